"""What is published is described: metadata, settings, saved queries, the dictionary."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest
from datasette.app import DEFAULT_SETTINGS

from catalogue import sessions
from catalogue.course import Course, Quote, Session
from catalogue.errors import StoreError
from catalogue.file import open_for_reading
from catalogue.publish import dictionary
from catalogue.publish.metadata import (
    DATABASE,
    FACETS,
    check_documented,
    metadata,
    settings,
    sortable,
    sources,
)
from catalogue.publish.queries import QUERIES
from catalogue.publish.query import Query
from catalogue.reading import rows
from catalogue.schema import TABLES
from catalogue.views import VIEWS
from recommend import index
from recommend.serving import application, tables
from recommend.tables import TABLES as INDEX_TABLES
from recommend.web import prepare_connection

Stock = Callable[..., Path]
DAY = "2026-11-22"
DATES = (None, "2026-10-01", "2026-11-22", "2026-11-29", "2027-02-01")
BY_NAME = {query.name: query for query in QUERIES}


def course(ref: str, **facts: Any) -> Course:
    known = {"platform": "fun", "url": f"https://fun.example/{ref}", "title": f"Cours {ref}"}
    return Course(ref=ref, **(known | facts))


def every_session() -> tuple[Session, ...]:
    """A session for each way that three of its dates may stand to the day."""
    return tuple(
        Session(ref=f"s{at}", start=start, end=None, enrolment_start=opens, enrolment_end=closes)
        for at, (start, opens, closes) in enumerate(
            (start, opens, closes) for start in DATES for opens in DATES for closes in DATES
        )
    )


NUDGE = course(
    "1",
    title="Le nudge en pratique",
    language="fr",
    provider="École des Quais",
    price=10.0,
    currency="EUR",
    total_hours=5.0,
    subjects=("Marketing",),
    quotes={"price": Quote(words="10 €", source="page")},
    sessions=every_session(),
)
POWER = course("2", title="Électricité pour tous", language="fr-CA", platform="coursera")


@pytest.fixture
def file(stock: Stock) -> Path:
    """Two crawls: the nudge's price rises and a third course goes."""
    stock(NUDGE, POWER, course("3"), day="2026-11-15")
    return stock(attrs.evolve(NUDGE, price=12.0), POWER, course("4"), day=DAY)


@pytest.fixture
def db(file: Path) -> Iterator[sqlite3.Connection]:
    """The catalogue with the SQL functions that saved queries use."""
    with closing(open_for_reading(file)) as found:
        prepare_connection(found, DATABASE, application(file, day=DAY))
        yield found


def ask(db: sqlite3.Connection, query: Query, **values: str) -> list[dict[str, Any]]:
    """A saved query's answer, its parameters as Datasette hands them over: text, '' for blank."""
    return rows(db, query.sql, dict.fromkeys(query.params, "") | values)


def test_a_catalogue_with_its_index_is_documented(file: Path) -> None:
    index.ensure(file).close()
    with closing(open_for_reading(file)) as db:
        check_documented(db, tables())


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("create table secret (x)", "table secret"),
        ("create view secret as select 1 as x", "table secret"),
        ("alter table course add column secret text", r"column course\.secret"),
        ("alter table session add column secret text", r"column session\.secret"),
    ],
)
def test_what_nobody_described_is_not_published(file: Path, sql: str, named: str) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute(sql)
        with pytest.raises(StoreError, match=f"{named} has no description"):
            check_documented(db, tables())


def test_every_column_has_its_meaning_unit_and_values() -> None:
    described = metadata(tables())["databases"][DATABASE]["tables"]
    for table in tables():
        assert described[table.name]["description"] == table.meaning
        assert list(described[table.name]["columns"]) == [c.name for c in table.columns]
    columns = described["course"]["columns"]
    assert columns["weekly_hours_low"].endswith("Unit: hours/week.")
    assert "One of: beginner, intermediate, advanced, mixed." in columns["level"]
    assert described["course"]["title"] == "Courses · Cours"
    assert all(described[name]["columns"] for name in VIEWS)


def test_the_index_is_described_but_not_listed() -> None:
    hidden = frozenset(table.name for table in INDEX_TABLES)
    described = metadata(tables(), hidden=hidden)["databases"][DATABASE]["tables"]
    assert {name for name, table in described.items() if table.get("hidden")} >= hidden
    assert not described["course"].get("hidden")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_facets_and_sorting_follow_an_index(table: Any) -> None:
    leading = {columns[0] for columns in (*table.indexes, table.unique) if columns}
    assert set(FACETS.get(table.name, ())) <= leading
    assert {n for n in sortable(table) if n not in leading} <= {"id", "name", "course_id"}


def test_a_platforms_words_cannot_become_markup(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        words = ("<script>canary()</script>", "javascript:canary()", "fun")
        db.execute(
            "update platform set licence = ?1, terms = ?2, robots = ?1 where name = ?3", words
        )
    with closing(open_for_reading(file)) as db:
        described = metadata(platforms=sources(db))["databases"][DATABASE]["description_html"]
    assert "&lt;script&gt;" in described
    assert "<script" not in described
    assert "javascript:" not in described


@pytest.mark.parametrize("public", [True, False])
def test_settings_are_datasettes(public: bool) -> None:
    assert set(settings(public=public)) <= set(DEFAULT_SETTINGS)
    assert settings(public=public)["suggest_facets"] is False
    assert settings(public=True)["default_allow_sql"] is False


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_query_declares_what_it_takes_and_gives(query: Query, db: sqlite3.Connection) -> None:
    assert set(re.findall(r"(?<!:):(\w+)", query.sql)) == set(query.params)
    cursor = db.execute(query.sql, dict.fromkeys(query.params, ""))
    assert [column[0] for column in cursor.description] == list(query.columns)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_query_answers_whatever_is_typed(query: Query, db: sqlite3.Connection) -> None:
    for typed in ("x", "-1", '" OR 1', "'; --", "9999999999999999999999", "𝕳"):
        ask(db, query, **dict.fromkeys(query.params, typed))


def test_open_now_lists_what_the_states_call_open(db: sqlite3.Connection) -> None:
    expected = {s.ref for s in every_session() if sessions.state(s, DAY) in sessions.OPEN_STATES}
    found = ask(db, BY_NAME["open_now"], limit="1000")
    assert {row["state"] for row in found} == {"ongoing-open", "future-open"}
    assert len(found) == len(expected)
    ends = [row["enrolment_end"] for row in found]
    stated = [end for end in ends if end]
    assert ends[: len(stated)] == sorted(stated), "closing first comes first, undated last"


def test_open_now_answers_for_another_day(db: sqlite3.Connection) -> None:
    found = ask(db, BY_NAME["open_now"], day=" 2026-12-24 ", limit="1000")
    states = [sessions.state(session, "2026-12-24") for session in every_session()]
    assert len(found) == sum(state in sessions.OPEN_STATES for state in states)


def test_a_limit_is_kept_within_bounds(db: sqlite3.Connection) -> None:
    soon = BY_NAME["starting_soon"]
    assert len(ask(db, soon, limit="3", days="100")) == 3
    assert len(ask(db, soon, limit="0", days="100")) == 1
    assert {row["start"] for row in ask(db, soon)} == {"2026-11-29"}


def test_search_finds_other_endings_and_accents(db: sqlite3.Connection) -> None:
    for typed in ("nudges", "NUDGE", "le nudge"):
        assert [row["ref"] for row in ask(db, BY_NAME["search"], q=typed)] == ["1"]
    assert [row["ref"] for row in ask(db, BY_NAME["search"], q="electricite")] == ["2"]
    assert [row["ref"] for row in ask(db, BY_NAME["search"], q="electricite", language="fr")] == [
        "2"
    ]


def test_history_reads_as_it_was(db: sqlite3.Connection) -> None:
    changed = ask(db, BY_NAME["changed_this_week"])
    prices = [(row["old"], row["new"]) for row in changed if row["field"] == "price"]
    assert prices == [("10.0", "12.0")]
    assert {row["ref"] for row in ask(db, BY_NAME["gone"])} == {"3"}
    assert {row["ref"] for row in ask(db, BY_NAME["new_this_week"])} == {"4"}
    words = ask(db, BY_NAME["words_behind"], platform="fun", ref="1")
    assert words == [{"field": "price", "words": "10 €", "source": "page"}]


def test_counts_per_platform(db: sqlite3.Connection) -> None:
    counted = {row["platform"]: row for row in ask(db, BY_NAME["by_platform"])}
    assert (counted["fun"]["courses"], counted["fun"]["withdrawn"]) == (2, 1)
    assert counted["coursera"]["french"] == 1
    assert counted["fun"]["verdict"] == "complete"
    (known,) = [r for r in ask(db, BY_NAME["how_much_is_known"]) if r["platform"] == "coursera"]
    assert (known["language_known"], known["level_known"]) == (100.0, 0.0)


FOLLOWS_AN_INDEX = (
    "open_now", "starting_soon", "new_this_week", "changed_this_week", "gone", "price_per_hour",
    "words_behind",
)  # fmt: skip


@pytest.mark.parametrize("name", FOLLOWS_AN_INDEX)
def test_lists_follow_an_index(name: str, db: sqlite3.Connection) -> None:
    query = BY_NAME[name]
    plan = [
        row[3]
        for row in db.execute(f"explain query plan {query.sql}", dict.fromkeys(query.params, ""))
    ]
    assert not [line for line in plan if "TEMP B-TREE" in line], plan
    scans = [line for line in plan if re.match(r"SCAN (c|s|h|course|session|change)\b", line)]
    assert all("USING" in line and "INDEX" in line for line in scans), plan


def test_the_dictionary_names_every_column() -> None:
    written = dictionary.markdown(tables())
    for table in tables():
        assert f"## {table.name}\n" in written
        for column in table.columns:
            assert f"| {column.name} | {column.type} | {column.unit or ''} |" in written
    assert all(f"| {query.name} |" in written for query in QUERIES)
