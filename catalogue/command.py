"""`moocscout catalogue` and `moocscout check`."""

from __future__ import annotations

import sqlite3
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from catalogue import reading, shape, terminal
from catalogue.errors import WrongUse
from catalogue.file import lacking, open_for_reading, open_for_writing


@click.group()
def catalogue() -> None:
    """Show a course whole; search; counts per platform."""


@catalogue.command(
    short_help="Show one course with the words behind each fact.",
    epilog="\b\nExample, of the catalogue of `moocscout demo`:\n"
    "  moocscout catalogue show coursera nudging-for-marketers",
)
@click.argument("platform")
@click.argument("ref")
@terminal.db_option
@terminal.day_option
@terminal.json_option
def show(platform: str, ref: str, db: Path, day: str, as_json: bool) -> None:
    """Show the course REF of PLATFORM with its sessions and the words behind each fact."""
    with closing(open_for_reading(db)) as connection:
        record = reading.course(connection, platform, ref, day)
    if record is None:
        raise WrongUse(
            f"no course {ref!r} of {platform!r}; `moocscout catalogue search WORDS` finds courses"
        )
    if as_json:
        terminal.print_json(record)
    else:
        _print_course(record)


def _print_course(record: dict[str, Any]) -> None:
    quotes = record["quotes"] or {}
    for name, value in record.items():
        if (value is None and name not in quotes) or name in ("quotes", "sessions", "id"):
            continue
        said = f"   “{quotes[name]['words']}” ({quotes[name]['source']})" if name in quotes else ""
        _print_field(name, said.strip() if value is None else f"{_shown(value)}{said}")
    for session in record["sessions"]:
        dates = f"{session['start'] or '?'} to {session['end'] or 'no end stated'}"
        _print_field("session", f"{dates}: {session['state']}")


def _print_field(name: str, words: str) -> None:
    """A field in 80 columns: its name, and its words in a column of their own."""
    indent = " " * 19
    lines = [
        line
        for part in words.splitlines()
        for line in textwrap.wrap(part, 61, break_long_words=False, break_on_hyphens=False) or [""]
    ]
    shown = f"\n{indent}".join(map(terminal.plain, lines))
    click.echo(f"{name:18} {shown}".replace(f"\n{indent}\n", "\n\n"))


def _shown(value: Any) -> str:
    """A value for a person: a list with semicolons, a translation by its address, 5 for 5.0."""
    if isinstance(value, list):
        return "; ".join(map(_shown, value))
    if isinstance(value, dict):
        return "; ".join(f"{name} {_shown(each.get('url', each))}" for name, each in value.items())
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


@catalogue.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000))
@terminal.db_option
@terminal.json_option
def search(words: tuple[str, ...], top: int, db: Path, as_json: bool) -> None:
    """Find courses by WORDS; accents and endings do not matter."""
    with closing(open_for_reading(db)) as connection:
        found = reading.search(connection, " ".join(words), top)
    if as_json:
        terminal.print_json(found)
        return
    for row in found:
        click.echo(terminal.plain(f"{row['platform']}:{row['ref']}  {row['title']}"))
    if not found:
        terminal.say("no listed course holds all of these words")


@catalogue.command(short_help="Count per platform.")
@terminal.db_option
@terminal.day_option
@terminal.json_option
def stats(db: Path, day: str, as_json: bool) -> None:
    """Count per platform: known, withdrawn, open, issues, the last crawl and its verdict."""
    with closing(open_for_reading(db)) as connection:
        found = reading.stats(connection, day)
    if as_json:
        terminal.print_json(found)
        return
    click.echo(
        f"{'platform':16}{'known':>8}{'withdrawn':>11}{'open now':>10}{'issues':>8}  last crawl"
    )
    for row in found["platforms"]:
        last = row["last_crawl"]
        said = f"{last['day']} {last['verdict']}" if last else "never"
        counts = f"{row['known']:>8}{row['withdrawn']:>11}{row['open_now']:>10}{row['issues']:>8}"
        click.echo(f"{row['platform']:16}{counts}  {said}")


@click.command()
@terminal.db_option
@terminal.json_option
def check(db: Path, as_json: bool) -> None:
    """Say whether the catalogue is sound; bring one of an older moocscout up to date.

    Tables, columns and views that it lacks, or works out otherwise, are added, and named.
    Exit codes: 0 sound, 1 something is wrong with it, 2 it is not a catalogue.
    """
    missing = lacking(db)
    with closing(open_for_writing(db, create=False)) as connection:
        found = problems(connection)
    if as_json:
        said = {"db": str(db), "sound": not found, "problems": found, "added": missing}
        terminal.print_json(said)
    else:
        click.echo("".join(f"added: {name}\n" for name in missing), nl=False)
        click.echo("\n".join(found) if found else f"{db}: sound")
    sys.exit(terminal.PARTIAL if found else 0)


def problems(db: sqlite3.Connection) -> list[str]:
    """What is wrong with the file, one sentence each: pages, references, search index, schema."""
    said = [row[0] for row in db.execute("pragma integrity_check") if row[0] != "ok"]
    said += [
        f"row {rowid} of {table} points at a {parent} that is not there"
        for table, rowid, parent, _ in db.execute("pragma foreign_key_check")
    ]
    try:
        db.execute("insert into course_fts (course_fts, rank) values ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        said.append("the search index does not fit the courses; `moocscout crawl` rebuilds it")
    return said + [f"it lacks {name}" for name in shape.lacking(db)]
