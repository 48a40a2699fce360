"""`moocscout index`: fit the ranking index before anybody waits for it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from catalogue.errors import StoreError
from catalogue.terminal import db_option, json_option, print_json, say
from recommend import index as ranking


@click.command()
@db_option
@json_option
def index(db: Path, as_json: bool) -> None:
    """Fit the ranking index into the catalogue, if the data has changed."""
    with closing(ranking.ensure(db)) as found:
        if found.note:
            raise StoreError(f"the index cannot be kept: {found.note}")
        if as_json:
            print_json({"model": found.model, "courses": found.courses})
        else:
            say(f"{db}: {found.courses} courses are in the ranking index")
