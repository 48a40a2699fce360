"""`moocscout twins`: find the same course on several platforms."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import attrs
import click

from catalogue import providers, same, terminal
from catalogue.file import open_for_writing


@click.command(epilog="\b\nExample:\n  moocscout twins --json")
@click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    default=same.DECISIONS,
    show_default="data/twins.csv",
    help="A CSV table of what a person decided: same or not_same. For this once: set"
    " MOOCSCOUT_TWINS for all commands.",
)
@terminal.db_option
@terminal.json_option
def twins(decisions: Path, db: Path, as_json: bool) -> None:
    """Find the same course on several platforms, and keep what was found.

    Courses are never merged: table same_course says which are one, how sure
    that is and why. What sort of organisation a provider is, by
    data/providers.csv, is brought up to date, too.
    """
    decided = same.read_decisions(decisions)
    with closing(open_for_writing(db, create=False)) as connection, connection:
        connection.execute("begin immediate")
        kinds = providers.refresh(connection)
        found = same.refresh(connection, decided)
    if as_json:
        terminal.print_json(attrs.asdict(found) | {"provider_kinds_written": kinds})
        return
    click.echo(
        f"{found.courses} listings; {found.listings} of them are {found.clusters} courses listed"
        " more than once"
    )
    for reason, count in found.reasons.items():
        click.echo(f"{count:>8}  {reason}")
    for name in found.unknown:
        terminal.say(f"{decisions.name} names {name}, which is not in the catalogue")
