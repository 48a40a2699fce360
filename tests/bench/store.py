"""First load and weekly re-load through the product's writer, against the bare library calls.

Processor time: the clock also counts what else the machine is doing, and how busy its disk is.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
from sqlite_utils import Database

from catalogue import rows, schema, store
from catalogue.course import Course, Platform, as_dict
from catalogue.harvest import Harvest
from tests.bench.invented import courses

_LIBRARY_MOST = 50_000
"""Courses that sqlite-utils is given at most: beyond it takes minutes and grows in proportion."""
_PLATFORM = Platform(
    name="fun", title="FUN", home="https://example.org", languages=("fr",), timezone="UTC",
    licence="-", terms="-", robots="-", audience="public", floor=1,
)  # fmt: skip


Courses = Callable[[], Iterator[Course]]
_ROW = tuple[object, ...]


def _timed(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _gather(path: Path, found: Courses, day: str) -> Harvest:
    harvest = Harvest(path, day=day)
    harvest.add(found())
    return harvest


def _load(db: Path, found: Courses, day: str) -> float:
    harvest = _gather(db.with_name("harvest.db"), found, day)
    report = store.Report(day=day, started="", finished="", ended_by_itself=True)
    seconds = _timed(lambda: store.load(db, _PLATFORM, harvest, report))
    harvest.discard()
    return seconds


def _raw(path: Path, values: list[_ROW]) -> float:
    """The limit: one executemany upsert in a transaction, then the full-text index."""
    names = ", ".join(rows.COURSE_COLUMNS)
    db = sqlite3.connect(path)
    db.execute(f"create table course ({names}, unique (platform, ref))")
    indexed = ", ".join(schema.FTS_COLUMNS[:-1])
    db.execute(f"create virtual table f using fts5({indexed}, content='course')")

    def fill() -> None:
        db.executemany(
            f"insert into course values ({rows.marks(rows.COURSE_COLUMNS)})"
            " on conflict (platform, ref) do update set title = excluded.title",
            values,
        )
        db.execute("insert into f (f) values ('rebuild')")
        db.commit()

    return _timed(fill)


def _library(path: Path, values: list[_ROW]) -> tuple[float, float]:
    """sqlite-utils as its manual shows it: full-text triggers, upsert_all; then all again."""
    records = [dict(zip(rows.COURSE_COLUMNS, each, strict=True)) for each in values]
    db = Database(path)
    table = db["course"]
    table.insert(records[0], pk=("platform", "ref"))
    table.enable_fts(["title", "provider", "summary", "description"], create_triggers=True)

    def upsert() -> None:
        table.upsert_all(records, pk=("platform", "ref"))

    return _timed(upsert), _timed(upsert)


def _a_week_later(found: Iterator[Course]) -> Iterator[Course]:
    for number, course in enumerate(found):
        yield attrs.evolve(course, title=f"{course.title} !") if number % 100 == 0 else course


def _measure(folder: Path, count: int) -> dict[str, float]:
    """Seconds for each kind of work; the library's are those of `count` courses by proportion."""

    def now() -> Iterator[Course]:
        return courses(count)

    db = folder / "c.db"
    found = {
        "gathering a harvest, stems included": _timed(
            lambda: _gather(folder / "1.db", now, "2026-11-15").discard()
        )
        - _timed(lambda: sum(1 for _ in now())),
        _FIRST: _load(db, now, "2026-11-15"),
        "load with nothing changed": _load(db, now, "2026-11-16"),
        _CHANGED: _load(db, lambda: _a_week_later(now()), "2026-11-22"),
    }
    values = [rows.course(as_dict(course)) for course in now()]
    found[_RAW] = _raw(folder / "r.db", values)
    few = values[:_LIBRARY_MOST]
    both = (seconds * count / len(few) for seconds in _library(folder / "l.db", few))
    found["sqlite-utils upsert_all with search triggers"], found[_AGAIN] = both
    return found


_FIRST = "first load, sessions, history, search"
_CHANGED = "load with 1 % changed"
_RAW = "raw executemany upsert + search rebuild"
_AGAIN = "the same, all again"


def run(count: int, rounds: int) -> None:
    """Print the figures."""
    measured: list[dict[str, float]] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            measured.append(_measure(Path(folder), count))
    found = {name: statistics.median(each[name] for each in measured) for name in measured[0]}
    print(f"\nStore, {count} courses, median of {rounds}, processor time")
    for name, seconds in found.items():
        print(f"  {name:48} {seconds:8.3f} s  {seconds / found[_RAW]:6.2f} x raw")
    print(
        f"  1 % changed against first load {found[_CHANGED] / found[_FIRST]:.3f}; against"
        f" sqlite-utils again {found[_CHANGED] / found[_AGAIN]:.3f}"
    )
