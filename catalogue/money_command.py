"""`moocscout rates`: the exchange rates that amounts are brought to euros with."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from catalogue import money, terminal
from catalogue.file import open_for_writing

_BANK = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"


@click.command(
    epilog=f"\b\nExample:\n  curl -O {_BANK}\n  moocscout rates --file eurofxref-daily.xml"
)
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=money.RATES_FILE,
    show_default="data/money/rates.csv",
    help="A CSV table with the columns currency, per_euro and day, or a file of the"
    " European Central Bank (or MOOCSCOUT_RATES).",
)
@terminal.db_option
@terminal.json_option
def rates(path: Path, db: Path, as_json: bool) -> None:
    """Bring the rates of a file into the catalogue, and show them with their days.

    The rates that come with moocscout are old and rounded. The European Central
    Bank publishes its own every working day: eurofxref-daily.xml, eurofxref.zip
    and eurofxref-hist.zip are read as they are. Where MOOCSCOUT_RATES names a
    file, ranking uses it, and each weekly run brings it in anew. A currency that
    the file does not name has no euros.
    """
    held = money.read_rates(path)
    with closing(open_for_writing(db, create=False)) as connection, connection:
        connection.execute("begin immediate")
        written = money.keep(connection, held)
    if as_json:
        rows = [{"currency": r.currency, "per_euro": r.per_euro, "day": r.day} for r in held]
        terminal.print_json({"rates": rows, "written": written})
        return
    for rate in held:
        click.echo(f"{rate.currency}  {rate.per_euro:>12,.4f} for 1 EUR on {rate.day}")
    terminal.say(f"{written} rows of the catalogue's rates written")
