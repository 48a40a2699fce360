"""A catalogue of an earlier schema is brought to today's whole, or stays as it was."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue import reading, shape
from catalogue.command import problems
from catalogue.course import Course, Quote
from catalogue.errors import StoreError
from catalogue.file import SCHEMA_VERSION, open_for_reading, open_for_writing
from catalogue.migrations import migrate
from catalogue.schema import TABLES

SCHEMA_1 = Path(__file__).parent / "fixtures" / "schema_1.sql"
DAYS = Course(
    platform="fun", ref="days", url="https://fun.example/days", title="Le nudge en deux jours",
    language="fr", weeks=0.286, total_hours=14.0, price=70.0, currency="EUR",
    quotes={"total_hours": Quote(words="2 jours, 7 h/jour", source="page")},
)  # fmt: skip
MONTHLY = attrs.evolve(
    DAYS, ref="monthly", url="https://fun.example/monthly", title="Le nudge au mois", weeks=7.0,
    access="subscription", quotes={},
)  # fmt: skip
TABLE_NAMES = [table.name for table in TABLES]
READER = "create view analyst as select ref, weekly_hours + hours as both_hours from course"


@pytest.fixture
def today(stock: Callable[..., Path], tmp_path: Path) -> Path:
    """A catalogue with a history, and a view of its reader's own."""
    stock(DAYS, attrs.evolve(MONTHLY, price=90.0), day="2026-11-15")
    path = stock(DAYS, MONTHLY)
    return Path(shutil.copy(path, tmp_path / "today.db"))


@pytest.fixture
def old(today: Path, tmp_path: Path) -> Path:
    """The same catalogue as a moocscout of schema version 1 had made it."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(SCHEMA_1.read_text(encoding="utf-8"))
        db.execute("attach ? as today", [str(today)])
        for table in TABLE_NAMES:
            names = ", ".join(row[1] for row in db.execute(f"pragma table_info({table})"))
            db.execute(f"insert into main.{table} ({names}) select {names} from today.{table}")
        db.execute("update course set stems = 'other'")
        db.execute("insert into course_fts (course_fts) values ('rebuild')")
        triggers = "select sql from today.sqlite_master where type = 'trigger'"
        for (trigger,) in db.execute(triggers).fetchall():
            db.execute(trigger)
        db.execute(READER)
        db.commit()
    return path


def content(path: Path) -> dict[str, list[Any]]:
    """All that the file holds: its own names and SQL, and the rows of each table."""
    with closing(sqlite3.connect(path)) as db:
        held = {
            name: db.execute(f"select * from {name} order by 1").fetchall() for name in TABLE_NAMES
        }
        made = db.execute("select type, name, sql from sqlite_master order by 1, 2").fetchall()
        return held | {"": made, "version": db.execute("pragma user_version").fetchall()}


def stored(db: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """A table's rows without its generated columns, in any order of columns."""
    names = ", ".join(sorted(row[1] for row in db.execute(f"pragma table_info({table})")))
    rows = db.execute(f"select {names} from {table} order by {names}")
    keys = [column[0] for column in rows.description]
    return [dict(zip(keys, row, strict=True)) for row in rows]


FIGURES = "select ref, weekly_hours, hours, price_per_hour from course order by ref"


def test_what_was_worked_out_wrong_is_right_and_nothing_is_lost(
    old: Path, today: Path, command: Callable[..., Any]
) -> None:
    with closing(sqlite3.connect(old)) as db:
        assert db.execute(FIGURES).fetchall() == [
            ("days", pytest.approx(49, abs=0.1), 14, 5), ("monthly", 2, 14, 5),
        ]  # fmt: skip
    done = command("check", "--db", old)
    assert (done.code, done.out.splitlines()[-1]) == (0, f"{old}: sound")
    assert "added: column course.weeks_low\n" in done.out
    assert "added: today's column course.weekly_hours\n" in done.out
    assert "added: today's view completeness\n" in done.out
    with closing(open_for_reading(old)) as db, closing(open_for_reading(today)) as new:
        assert db.execute(FIGURES).fetchall() == [
            ("days", None, 14, 5), ("monthly", 2, 14, None),
        ]  # fmt: skip
        for table in sorted({*TABLE_NAMES} - {"about"}):
            assert stored(db, table) == stored(new, table), table
        assert len(stored(db, "change")) == 3
        assert [row["ref"] for row in reading.search(db, "nudges deux jours")] == ["days"]
        assert db.execute("select both_hours from analyst").fetchall() == [(None,), (16.0,)]
        made = "select name, type from sqlite_master where name <> 'analyst' order by 1"
        assert db.execute(made).fetchall() == new.execute(made).fetchall()
        assert shape.lacking(db) == []
        version = "select version from about"
        assert db.execute(version).fetchone() > new.execute(version).fetchone(), (
            "no index rests on what was worked out before"
        )
    assert command("check", "--db", old).out == f"{old}: sound\n"


def test_an_older_catalogue_is_not_read_and_the_way_out_is_named(old: Path) -> None:
    before = content(old)
    with pytest.raises(StoreError, match=rf"older moocscout; `moocscout check --db {old}` migr"):
        open_for_reading(old)
    assert content(old) == before


def test_it_is_crawled_on(old: Path, stock: Callable[..., Path], tmp_path: Path) -> None:
    shutil.copy(old, tmp_path / "catalogue.db")
    ranged = attrs.evolve(DAYS, weeks=None, weeks_low=4.0, weeks_high=8.0)
    path = stock(ranged, MONTHLY, day="2026-11-29")
    with closing(open_for_reading(path)) as db:
        assert db.execute("select length_weeks from course where ref = 'days'").fetchone() == (6,)
        found = db.execute("select field from change where day = '2026-11-29' order by field")
        assert found.fetchall() == [("weeks",), ("weeks_high",), ("weeks_low",)]
    with closing(open_for_writing(path)) as db:
        assert problems(db) == []


def test_stopped_anywhere_it_is_the_old_file(old: Path) -> None:
    """SQLite gives up after so many steps, ever more of them, until they are enough."""
    before, stops = content(old), 0
    while stopped(old, after=int(10 * 1.5**stops)):
        stops += 1
        assert content(old) == before
    assert stops > 5
    with closing(open_for_reading(old)) as db:
        assert shape.lacking(db) == []


def stopped(path: Path, after: int) -> bool:
    """Is the migration given up after so many times ten steps of SQLite?"""
    left = iter(range(after))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.set_progress_handler(lambda: next(left, None) is None, 10)
        try:
            migrate(db)
        except sqlite3.OperationalError:
            return True
    return False


KILLED = """
import os, signal, sqlite3, sys
from catalogue.migrations import migrate
db = sqlite3.connect(sys.argv[1], isolation_level=None)
def kill(said):
    if "drop column" in said:
        os.kill(os.getpid(), signal.SIGKILL)
db.set_trace_callback(kill)
migrate(db)
"""


def test_killed_it_is_the_old_file_and_is_brought_on_by_the_next(old: Path) -> None:
    before = content(old)
    done = subprocess.run([sys.executable, "-c", KILLED, old], check=False)
    assert done.returncode == -signal.SIGKILL
    assert content(old) == before
    with closing(open_for_writing(old)) as db:
        assert db.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)
        assert problems(db) == []


def test_a_migrated_file_is_what_a_new_one_is(old: Path, today: Path) -> None:
    """But for the order of the columns."""
    open_for_writing(old).close()
    columns = {}
    for path in (old, today):
        with closing(open_for_reading(path)) as db:
            columns[path] = {
                table: sorted(row[1:] for row in db.execute(f"pragma table_xinfo({table})"))
                for table in TABLE_NAMES
            }
    assert columns[old] == columns[today]
