"""`moocscout rates`: the exchange rates that amounts are brought to euros with."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from catalogue import money, terminal
from catalogue.file import explained, open_for_writing


@click.command(epilog="\b\nExample:\n  moocscout rates --file my_rates.csv")
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=money.RATES_FILE,
    show_default="data/money/rates.csv",
    help="A CSV table with the columns currency, per_euro and day.",
)
@terminal.db_option
@terminal.json_option
def rates(path: Path, db: Path, as_json: bool) -> None:
    """Bring the rates of a file into the catalogue, and show them with their days.

    Edit the file whenever rates have moved; currencies that it does not name have no euros.
    """
    held = money.read_rates(path)
    with closing(open_for_writing(db)) as connection, explained(db), connection:
        connection.execute("begin immediate")
        written = money.keep(connection, held)
    if as_json:
        rows = [{"currency": r.currency, "per_euro": r.per_euro, "day": r.day} for r in held]
        terminal.print_json({"rates": rows, "written": written})
        return
    for rate in held:
        click.echo(f"{rate.currency}  {rate.per_euro:>12,.4f} for 1 EUR on {rate.day}")
    terminal.say(f"{written} rows of the catalogue's rates written")
