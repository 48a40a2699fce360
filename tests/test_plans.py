"""No page reads a table of the courses' size from end to end, or sorts it, where an index serves.

SQLite is asked for its plan of every statement that the pages run, with the statistics of a
catalogue of 250,000 courses. So this holds at that size, and a slow machine cannot break it.
"""

from __future__ import annotations

import asyncio
import csv
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from catalogue import file
from catalogue.publish.metadata import sortable
from catalogue.schema import COURSE_TABLE, TABLES
from catalogue.views import VIEWS
from recommend import index, served
from recommend.serving import application
from recommend.web import ranking

DAY = "2026-11-22"
STATISTICS = Path(__file__).parent / "fixtures" / "statistics-of-250000.csv"
LARGE = {"course", "session", "change", "sighting", "validator", "same_course", "term", "style"}
ROLE = "profile=directeur-marketing"
OURS = (
    "/fr/", "/fr/search?q=nudge", "/fr/search?provider=Quais", "/fr/search?language=fr",
    "/fr/search?platform=fun", "/fr/search?open=1", "/fr/search?topic=nudge&language=fr&open=1",
    f"/fr/recommend?{ROLE}", f"/fr/recommend?{ROLE}&hours=1&why=fun:1", "/fr/recommend?wants=none",
    "/fr/course/fun/1", "/fr/compare?c=fun:1&c=fun:2", "/fr/changes", f"/fr/changes?{ROLE}",
    "/fr/calendar", "/fr/calendar.ics?month=2026-12", "/fr/calendar.ics?course=fun:1",
    "/fr/topics", f"/fr/memo?{ROLE}", f"/fr/digest?{ROLE}", f"/fr/digest?{ROLE}&format=atom",
    f"/fr/embed?{ROLE}", "/fr/method", "/fr/data", "/fr/api",
)  # fmt: skip
API = tuple(
    f"/-/moocscout/api/v1/{path}"
    for path in (
        f"recommend?{ROLE}", f"explain/fun/1?{ROLE}", "courses/fun/1", "search?q=nudge", "search",
        "changes", "changes?what=new&platform=fun", "calendar", "topics", "stats", "platforms",
    )
)  # fmt: skip
TABLE_PAGES = tuple(
    f"/catalogue/{page}"
    for page in (
        *(table.name for table in TABLES), *VIEWS, "course/1", "course?_search=nudge",
        "course?platform=fun&language=fr", "course?level=beginner", "change?day=2026-11-22",
        *(f"course?_sort={column}" for column in sortable(COURSE_TABLE)),
        *(f"course?_sort_desc={column}" for column in sortable(COURSE_TABLE)),
    )
)  # fmt: skip

ONCE = {
    "select p.name as platform, p.title, (select count(*)": "home's numbers",
    "select count(*) from course where withdrawn is null and": "home's numbers",
    "select provider as value": "home's lists",
    "select language as value": "home's lists",
    "first_seen desc, id desc limit 6": "home's newest, from the end of an index",
    "nullif(c.first_seen, f.first)": "the topics",
    "select distinct course_id from session": "the topics",
    "from platform_completeness": "the share of known facts, a row for each platform",
    "select count(*) from ": "rows of a table",
}
"""What is worked out once for each state of the file, and kept: it may read all of a table."""
ALLOWED = {
    "where course_fts match": "the best of the courses that hold a word are all that hold it",
    "from json_each(": "sorts at most 400 courses that are named",
    'select count(*) from "': "rows of a table, on a page that is kept while the file stays",
    'from change where "day" = ': "sorts the changes of one day",
    "where id in ()": "finds nothing, at once",
    "course_id = ": "sorts the sessions or changes of one course",
    "as value, count(*) as count from (": "a facet is a count; the plan's order is of few values",
    "where +c.withdrawn is null order by c.id desc limit": "begins at the newest and stops",
    "exists (select 1 from session s where": "walks from the newest until fifty are open",
    "from (select * from (select s.": "sorts at most 200 dates of one month",
    "from course_event e join course c": "the changes since a day, numbered within their day",
}
"""Statements that may sort what they have found, and why that is little or is the question."""


@pytest.fixture
def large(stock: Callable[..., Path]) -> Path:
    """A small catalogue that SQLite takes for a large one."""
    path = stock()
    index.ensure(path).close()
    with closing(sqlite3.connect(path)) as db, db, STATISTICS.open(encoding="utf-8") as lines:
        db.execute("analyze")
        db.execute("delete from sqlite_stat1")
        rows = [(row["table"], row["index"] or None, row["statistics"])
                for row in csv.DictReader(lines)]  # fmt: skip
        db.executemany("insert into sqlite_stat1 values (?, ?, ?)", rows)
    return path


@pytest.fixture
def asked(large: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, list[str]]]:
    """Page -> the statements that it runs, asked for twice so that what is kept is not asked."""
    statements: list[str] = []
    opened = file.open_for_reading

    def traced(path: Path, **options: Any) -> sqlite3.Connection:
        db = opened(path, **options)
        db.set_trace_callback(statements.append)
        return db

    for module in (served, ranking):
        monkeypatch.setattr(module, "open_for_reading", traced)

    def ask(*pages: str, times: int) -> dict[str, list[str]]:
        async def run() -> dict[str, list[str]]:
            datasette = application(large, day=DAY)
            found = {}
            for number in range(times):
                for page in pages:
                    statements.clear()
                    more = f"{'&' if '?' in page else '?'}_={number}" if "/api/" not in page else ""
                    answer = await datasette.client.get(page + more)
                    assert answer.status_code == 200, page
                    found[page] = list(statements)
            return found

        return asyncio.run(run())

    return ask


def faults(path: Path, statement: str) -> Iterator[str]:
    """The steps of a statement's plan that read or sort a large table whole."""
    with closing(file.open_for_reading(path)) as db:
        for name in ("today", "match_query", "escape_fts"):
            db.create_function(name, -1, lambda *_: DAY)
        steps = [row[3] for row in db.execute(f"explain query plan {statement}")]
    views = " ".join(view.sql for name, view in VIEWS.items() if name in statement)
    aliases = re.findall(rf"\b(?:{'|'.join(LARGE)})(?: as)? (\w+)", f"{statement} {views}")
    large = LARGE.union(aliases)
    read = {step.split()[1] for step in steps if step.startswith(("SCAN ", "SEARCH "))}
    for step in steps if read & large else ():
        scanned = step.startswith("SCAN ") and step.split()[1] in large and "VIRTUAL" not in step
        if scanned or "TEMP B-TREE" in step:
            yield step


def excused(statement: str, reasons: dict[str, str]) -> bool:
    return any(part in statement for part in reasons)


def selects(statements: list[str]) -> list[str]:
    plain = (" ".join(each.split()) for each in statements)
    return sorted({each for each in plain if each.lower().startswith(("select", "with"))})


def test_no_page_of_ours_reads_or_sorts_a_table_whole(asked: Any, large: Path) -> None:
    for page, statements in asked(*OURS, *API, times=2).items():
        for each in selects(statements):
            assert excused(each, ALLOWED) or not list(faults(large, each)), (page, each)


def test_what_reads_whole_tables_is_named_and_asked_once(asked: Any, large: Path) -> None:
    for page, statements in asked(*OURS, *API, times=1).items():
        for each in selects(statements):
            known = excused(each, ALLOWED | ONCE)
            assert known or not list(faults(large, each)), (page, each)


def test_tables_and_their_filters_walk_an_index(asked: Any, large: Path) -> None:
    for page, statements in asked(*TABLE_PAGES, times=1).items():
        for each in selects(statements):
            # The first rows of a table or view, in the order of its key, are where a scan begins.
            begun = re.search(r"limit 21$", each) and " where " not in each
            wrong = [step for step in faults(large, each) if not (begun and "SCAN" in step)]
            assert excused(each, ALLOWED | ONCE) or not wrong, (page, each, wrong)


def test_a_fault_is_found(large: Path) -> None:
    for statement in (
        "select title from course where title like 'x%'",
        "select c.title from course c order by c.title limit 5",
        "select s.ref from session as s where s.title = 'x'",
        "select * from course_money where price = 3",
    ):
        assert list(faults(large, statement)), statement
    assert not list(faults(large, "select title from course where platform = 'fun' and ref = '1'"))
