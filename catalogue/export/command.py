"""`moocscout export`: the catalogue in the formats that other programs read."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import attrs
import click

from catalogue import terminal
from catalogue.errors import WrongUse
from catalogue.export import database, feeds, moochub, output, parquet, selection, tables, wording
from catalogue.export.selection import Selection
from catalogue.file import open_for_reading

KINDS = ("csv", "jsonl", "parquet", "db", "moochub", "atom", "ics")
_BINARY = ("parquet", "db")
_ONLY = {
    "sessions": ("csv", "parquet"),
    "lang": ("atom", "ics"),
    "site": ("atom", "moochub"),
    "limit": ("atom", "ics"),
}
"""Options that are of some kinds alone."""


@attrs.frozen(kw_only=True)
class Wish:
    """The options of `moocscout export`."""

    kind: str
    selection: Selection
    sessions: bool
    language: str
    site: str | None
    limit: int | None


@click.command(
    epilog="\b\nExamples:\n"
    "  moocscout export csv courses.csv\n"
    "  moocscout export csv sessions.csv --sessions\n"
    "  moocscout export atom nudge.xml --topic nudge --lang fr\n"
    "  moocscout export jsonl --platform fun | head -1"
)
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.argument("file", default=output.STDOUT, type=click.Path(allow_dash=True))
@terminal.db_option
@click.option("--platform", metavar="NAME", help="Only courses of this platform.")
@click.option("--topic", metavar="WORDS", help="Only courses that hold all of these words.")
@click.option("--withdrawn", is_flag=True, help="Courses no longer listed too.")
@click.option("--sessions", is_flag=True, help="csv, parquet: the sessions, not the courses.")
@click.option(
    "--lang", type=click.Choice(wording.LANGUAGES), help="atom, ics: whose words.  [default: en]"
)
@click.option("--site", metavar="URL", help="atom, moochub: the address it will stand at.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"atom, ics: so many entries.  [default: {feeds.MOST_ENTRIES}, {feeds.MOST_EVENTS}]",
)
def export(kind: str, file: str, db: Path, **options: Any) -> None:
    """Write the catalogue out as KIND: csv, jsonl, parquet, db, moochub, atom or ics.

    FILE is replaced at once when it is whole; without one, or as -, it is stdout.
    The same catalogue gives the same bytes.
    """
    wish = _wish(kind, file, options)
    if kind == "db":
        _copy(db, file)
        return
    with closing(open_for_reading(db)) as connection:
        # Every query sees one moment of the catalogue, whoever writes meanwhile.
        connection.execute("begin")
        selection.data_date(connection)
        with output.written(file) as opened:
            _WRITERS[kind](connection, wish, opened)


def _wish(kind: str, file: str, options: dict[str, Any]) -> Wish:
    chosen = Selection(
        platform=options["platform"], topic=options["topic"], withdrawn=options["withdrawn"]
    )
    for name, kinds in _ONLY.items():
        if options[name] and kind not in kinds:
            raise WrongUse(f"--{name} is for {' and '.join(kinds)}, {kind} has none; leave it away")
    if options["site"] and not terminal.is_web_address(options["site"]):
        raise WrongUse(f"--site {options['site']}: write the address as https://www.example.org")
    if kind == "db" and chosen != Selection():
        raise WrongUse("the .db is copied whole; `moocscout export jsonl` can choose")
    if kind in _BINARY and file == output.STDOUT and sys.stdout.isatty():
        raise WrongUse(f"{kind} is not for a screen; name a file: moocscout export {kind} FILE")
    return Wish(
        kind=kind,
        selection=chosen,
        sessions=options["sessions"],
        language=options["lang"] or "en",
        site=options["site"],
        limit=options["limit"],
    )


def _copy(db: Path, file: str) -> None:
    if file == output.STDOUT:
        database.write(db, sys.stdout.buffer)
        return
    with output.replacing(Path(file)) as part:
        database.copy(db, part, target=Path(file))


def _csv(db: sqlite3.Connection, wish: Wish, file: BinaryIO) -> None:
    write = tables.session_csv if wish.sessions else tables.course_csv
    write(selection.courses(db, wish.selection), file)


def _jsonl(db: sqlite3.Connection, wish: Wish, file: BinaryIO) -> None:
    tables.json_lines(selection.courses(db, wish.selection), file)


def _parquet(db: sqlite3.Connection, wish: Wish, file: BinaryIO) -> None:
    write = parquet.session_parquet if wish.sessions else parquet.course_parquet
    write(selection.courses(db, wish.selection), file)


def _moochub(db: sqlite3.Connection, wish: Wish, file: BinaryIO) -> None:
    platforms = selection.platforms(db)
    moochub.write(selection.courses(db, wish.selection), platforms, file, wish.site)


def _atom(db: sqlite3.Connection, wish: Wish, file: BinaryIO) -> None:
    courses = feeds.newest(selection.courses(db, wish.selection), wish.limit or feeds.MOST_ENTRIES)
    file.write(feeds.atom(_channel(db, wish), courses))


def _ics(db: sqlite3.Connection, wish: Wish, file: BinaryIO) -> None:
    courses = ((course, None) for course in selection.courses(db, wish.selection))
    file.write(feeds.ics(_channel(db, wish), courses, wish.limit or feeds.MOST_EVENTS))


def _channel(db: sqlite3.Connection, wish: Wish) -> feeds.Channel:
    known = selection.platforms(db)
    name = wish.selection.platform
    return feeds.Channel.of(
        wish.selection,
        language=wish.language,
        day=selection.data_date(db),
        platforms={name: known[name]} if name in known else known,
        site=wish.site,
    )


_WRITERS: dict[str, Callable[[sqlite3.Connection, Wish, BinaryIO], None]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "moochub": _moochub,
    "atom": _atom,
    "ics": _ics,
}
