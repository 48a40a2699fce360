"""What every subcommand shares: the --db option, days, JSON, errors, progress.

Exit codes: 0 done, 1 partial (something could not be had, nothing is lost), 2 wrong use, 130
stopped by the person (Ctrl-C).
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import sys
import textwrap
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

import click

from catalogue.errors import MoocscoutError, WrongUse
from catalogue.sessions import YEARS

PARTIAL = 1
WRONG = 2
STOPPED = 130
WIDTH = 80
Command = TypeVar("Command", bound=Callable[..., Any])


def default_db(*, make_folder: bool = True) -> Path:
    """data/catalogue.db of a checkout that one stands in, else one in the user's data folder."""
    here = Path("data")
    if here.is_dir() and Path("moocscout.py").is_file():
        return here / "catalogue.db"
    from platformdirs import user_data_path

    return user_data_path("moocscout", ensure_exists=make_folder) / "catalogue.db"


class _Db(click.Option):
    """The option --db: its help names the file that is used, looked for when help is asked."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its line of the help."""
        self.show_default = str(default_db(make_folder=False))
        return super().get_help_record(ctx)


def db_option(command: Command) -> Command:
    """--db FILE, or MOOCSCOUT_DB, or the default; what SQLite says of it is said with the fix."""

    @wraps(command)
    def explained(*arguments: Any, db: Path, **options: Any) -> Any:
        try:
            return command(*arguments, db=db, **options)
        except sqlite3.DatabaseError:
            from catalogue import file  # takes longer to import than a list takes to rank

            with file.explained(db):
                raise

    return click.option(
        "--db",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="MOOCSCOUT_DB",
        default=default_db,
        cls=_Db,
        help="The catalogue file (or MOOCSCOUT_DB).",
    )(cast("Command", explained))


def port_option(meaning: str) -> Callable[[Command], Command]:
    """--port N: where a site listens."""
    return click.option(
        "--port",
        default=8001,
        show_default=True,
        type=click.IntRange(0, 65535),
        help=f"{meaning}; 0 takes a free one.",
    )


def json_option(command: Command) -> Command:
    """--json: for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(
        command
    )


def day_option(command: Command) -> Command:
    """--day YYYY-MM-DD; today where none is given."""
    return click.option(
        "--day",
        callback=_day_or_today,
        metavar="YYYY-MM-DD",
        help="The day to answer for.  [default: today]",
    )(command)


def _day_or_today(context: click.Context, option: click.Parameter, value: str | None) -> str:
    today = dt.date.today()  # noqa: DTZ011 - the person's own day is meant
    return day_of(context, option, value) or today.isoformat()


def day_of(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Callback of an option that is a day; None where it is not given."""
    if value is None:
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; write it as 2026-11-22") from None
    if day.year not in YEARS:
        raise click.BadParameter(f"{value!r} is not between {YEARS[0]} and {YEARS[-1]}")
    return day.isoformat()


def is_web_address(said: str) -> bool:
    """Is this an http(s) address with its host?"""
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def print_json(value: Any) -> None:
    """One JSON document on stdout, readable and stable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """A line for a person, on stderr, so that stdout holds the answer alone."""
    click.echo(text, err=True)


def plain(words: str) -> str:
    """Harvested words without what could move a terminal's cursor or turn its text around."""
    return "".join(char if char.isprintable() or char in "\xa0\u202f" else " " for char in words)


def wrapped(words: str) -> str:
    """A sentence on lines of WIDTH; no-break blanks are kept."""
    lines = textwrap.wrap(words, WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def colourful(stream: Any) -> bool:
    """May colours be used? Not when NO_COLOR is set or nobody is looking."""
    return not os.environ.get("NO_COLOR") and bool(stream.isatty())


def read_text(name: str) -> str:
    """A file's text, or stdin's for "-", without the mark that Windows' editors put before it.

    Raises WrongUse when it cannot be read.
    """
    try:
        held = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
        held.encode()  # where the locale is none, stdin gives surrogates for what is no UTF-8
    except OSError as error:
        raise WrongUse(f"{name} cannot be read: {error.strerror}") from error
    except UnicodeError as error:
        read = error.object if isinstance(error, UnicodeDecodeError) else b""
        raise WrongUse(_not_utf8(name, read)) from error
    if "\0" in held:
        raise WrongUse(_not_utf8(name, b"\xff\xfe"))
    return held.removeprefix("\ufeff")


def _not_utf8(name: str, held: bytes) -> str:
    """What is wrong with a text in another encoding, and how to save it anew."""
    wide = held.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "UTF-16" if wide else "WINDOWS-1252"
    given = "FILE" if name == "-" else name
    return (
        f"{name} cannot be read: it is not UTF-8 text; save it as UTF-8 in your editor, or convert"
        f" it with: iconv -f {encoding} -t UTF-8 {given} > NEW"
    )


def run(group: click.Command) -> None:
    """Run the command; an error that a person can mend is one line on stderr and exit code 2."""
    try:
        # Not standalone, click gives an early exit's code back instead of leaving with it.
        code = group.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG)
    except (click.Abort, KeyboardInterrupt):
        say("stopped; the catalogue is as it was before")
        sys.exit(STOPPED)
    except MoocscoutError as error:
        # It may name harvested titles.
        say("\n".join(map(plain, f"moocscout: {error}".splitlines())))
        sys.exit(WRONG)
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(0)
    if isinstance(code, int):
        sys.exit(code)
