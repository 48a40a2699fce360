"""First load and weekly re-load through the product's writer, against the bare library calls."""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import attrs
from sqlite_utils import Database

from catalogue import rows, schema, store
from catalogue.course import Course, Platform
from catalogue.harvest import Harvest
from tests.bench.invented import courses

_PLATFORM = Platform(
    name="fun", title="FUN", home="https://example.org", languages=("fr",), timezone="UTC",
    licence="-", terms="-", robots="-", audience="public", floor=1,
)  # fmt: skip


def _harvest(path: Path, found: list[Course], day: str) -> Harvest:
    harvest = Harvest(path, day=day)
    harvest.add(found)
    return harvest


def _load(db: Path, harvest: Harvest, day: str) -> float:
    report = store.Report(day=day, started="", finished="", ended_by_itself=True)
    begin = time.perf_counter()
    store.load(db, _PLATFORM, harvest, report)
    return time.perf_counter() - begin


def _records(found: list[Course]) -> list[tuple[object, ...]]:
    texts = [course.to_json() for course in found]
    return [rows.course(json.loads(text)) for text in texts]


def _raw(path: Path, values: list[tuple[object, ...]]) -> float:
    """The limit: one executemany upsert in a transaction, then the full-text index."""
    names = ", ".join(rows.COURSE_COLUMNS)
    db = sqlite3.connect(path)
    db.execute(f"create table course ({names}, unique (platform, ref))")
    indexed = ", ".join(schema.FTS_COLUMNS[:-1])
    db.execute(f"create virtual table f using fts5({indexed}, content='course')")
    begin = time.perf_counter()
    db.executemany(
        f"insert into course values ({rows.marks(rows.COURSE_COLUMNS)})"
        " on conflict (platform, ref) do update set title = excluded.title",
        values,
    )
    db.execute("insert into f (f) values ('rebuild')")
    db.commit()
    return time.perf_counter() - begin


def _library(path: Path, found: list[Course]) -> tuple[float, float]:
    """sqlite-utils as its manual shows it: full-text triggers, upsert_all; then all again."""
    records = [dict(zip(rows.COURSE_COLUMNS, each, strict=True)) for each in _records(found)]
    db = Database(path)
    table = db["course"]
    table.insert(records[0], pk=("platform", "ref"))
    table.enable_fts(["title", "provider", "summary", "description"], create_triggers=True)
    times = []
    for _ in range(2):
        begin = time.perf_counter()
        table.upsert_all(records, pk=("platform", "ref"))
        times.append(time.perf_counter() - begin)
    return times[0], times[1]


def _median(rounds: int, measure: Callable[[Path], dict[str, float]]) -> dict[str, float]:
    found: list[dict[str, float]] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(Path(folder)))
    return {name: statistics.median(each[name] for each in found) for name in found[0]}


def run(count: int, rounds: int) -> None:
    before = list(courses(count))
    after = [
        attrs.evolve(course, title=course.title + " !") if number % 100 == 0 else course
        for number, course in enumerate(before)
    ]

    def measure(folder: Path) -> dict[str, float]:
        db = folder / "c.db"
        first = _load(db, _harvest(folder / "1.db", before, "2026-11-15"), "2026-11-15")
        same = _load(db, _harvest(folder / "2.db", before, "2026-11-16"), "2026-11-16")
        changed = _load(db, _harvest(folder / "3.db", after, "2026-11-22"), "2026-11-22")
        upsert, again = _library(folder / "l.db", before)
        return {
            "first load, sessions, history, stems, search": first,
            "load with nothing changed": same,
            "load with 1 % changed": changed,
            "raw executemany upsert + search rebuild": _raw(folder / "r.db", _records(before)),
            "sqlite-utils upsert_all with search triggers": upsert,
            "the same, all again": again,
        }

    found = _median(rounds, measure)
    raw = found["raw executemany upsert + search rebuild"]
    print(f"\nStore, {count} courses, median of {rounds}")
    for name, seconds in found.items():
        print(f"  {name:48} {seconds:8.3f} s  {seconds / raw:6.2f} x raw")
    first = found["first load, sessions, history, stems, search"]
    changed = found["load with 1 % changed"]
    print(
        f"  1 % changed against first load {changed / first:.3f}; against sqlite-utils again "
        f"{changed / found['the same, all again']:.3f}"
    )
