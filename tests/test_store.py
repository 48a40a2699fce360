from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import reading, schema, store
from catalogue.command import problems
from catalogue.course import Course, Crawl, Issue, Platform, Quote, Session
from catalogue.errors import StoreError, WrongUse
from catalogue.file import SCHEMA_VERSION, open_for_reading, open_for_writing
from catalogue.harvest import Harvest

PLATFORM = Platform(
    name="fun",
    title="FUN",
    home="https://fun.example.org",
    languages=("fr", "en"),
    timezone="Europe/Paris",
    licence="facts only",
    terms="https://fun.example.org/terms",
    robots="Obeyed.",
    audience="public",
    floor=1,
)


def course(ref: str, **facts: Any) -> Course:
    given_facts = {"title": f"Cours {ref}", "url": f"https://fun.example.org/{ref}"} | facts
    return Course(platform="fun", ref=ref, **given_facts)


NUDGE = course(
    "1",
    title="Le nudge en pratique",
    language="fr",
    price=10.0,
    currency="EUR",
    weeks=6.0,
    total_hours=12.0,
    skills=("Nudge", "Économie comportementale"),
    quotes={"price": Quote(words="10 €", source="page")},
    sessions=(Session(ref="s1", start="2026-11-01", enrolment_start="2026-10-01"),),
)
LIGHT = course("2", title="Électricité pour tous", language="fr")
Crawler = Callable[..., Crawl]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.db"


@pytest.fixture
def crawl(db: Path) -> Crawler:
    def load(day: str, *courses: Course, unchanged: tuple[str, ...] = (), **facts: Any) -> Crawl:
        harvest = Harvest(db.with_suffix(".harvest") / "fun.db", day=day)
        harvest.add(courses)
        harvest.add_unchanged(unchanged)
        harvest.add_rejected(facts.pop("rejected", ()))
        report = store.Report(
            day=day, started=f"{day}T01:00:00Z", finished=f"{day}T02:00:00Z",
            **({"ended_by_itself": True} | facts),
        )  # fmt: skip
        try:
            return store.load(db, PLATFORM, harvest, report)
        finally:
            harvest.discard()

    return load


@pytest.fixture
def read(db: Path) -> Iterator[Callable[..., list[Any]]]:
    def select(sql: str, *values: Any) -> list[Any]:
        with sqlite3.connect(db) as connection:
            return connection.execute(sql, values).fetchall()

    return select


def test_a_course_comes_back_whole(db: Path, crawl: Crawler) -> None:
    assert crawl("2026-11-22", NUDGE).verdict == "complete"
    record = reading.course(open_for_reading(db), "fun", "1", "2026-11-22")
    assert record is not None
    assert record.pop("sessions") == [
        {"id": 1, "course_id": 1, "state": "ongoing-open", "withdrawn": None}
        | dict.fromkeys(c.name for c in schema.columns_of(Session))
        | {"ref": "s1", "start": "2026-11-01", "enrolment_start": "2026-10-01"}
    ]
    assert {name: value for name, value in record.items() if value is not None} == {
        "id": 1, "platform": "fun", "ref": "1", "title": "Le nudge en pratique",
        "url": "https://fun.example.org/1", "kind": "course", "audience": "public",
        "language": "fr", "price": 10.0, "currency": "EUR", "weeks": 6.0, "total_hours": 12.0,
        "skills": ["Nudge", "Économie comportementale"],
        "quotes": {"price": {"words": "10 €", "source": "page"}},
        "length_weeks": 6.0, "weekly_hours": 2.0, "hours": 12.0, "price_per_hour": 10 / 12,
        "first_seen": "2026-11-22", "last_changed": "2026-11-22", "last_checked": "2026-11-22",
    }  # fmt: skip


def test_a_subscription_is_no_price_of_its_hours(crawl: Crawler, read: Any) -> None:
    crawl("2026-11-22", attrs.evolve(NUDGE, access="subscription"))
    assert read("select price, price_per_hour from course") == [(10.0, None)]


@pytest.mark.parametrize(
    ("stated", "figures"),
    [
        ({"weeks_low": 4.0, "weeks_high": 8.0}, (6.0, None, None, None)),
        ({"total_hours_low": 1.0, "total_hours_high": 4.0}, (None, 2.5, None, 4.0)),
        (
            {"weeks_low": 4.0, "weeks_high": 6.0, "total_hours_low": 8.0, "total_hours_high": 12.0},
            (5.0, 10.0, 2.0, 1.0),
        ),
        (
            {
                "weeks_low": 4.0,
                "weeks_high": 6.0,
                "weekly_hours_low": 1.0,
                "weekly_hours_high": 3.0,
            },
            (5.0, 10.0, 2.0, 1.0),
        ),
        ({"weeks_low": 0.2, "weeks_high": 0.4, "total_hours": 14.0}, (0.3, 14.0, None, 10 / 14)),
        ({"weeks_low": 4.0, "total_hours_high": 2.0}, (None, None, None, None)),
    ],
)
def test_figures_are_the_middle_of_a_range_and_no_limit_makes_one(
    crawl: Crawler, read: Any, stated: dict[str, float], figures: tuple[float | None, ...]
) -> None:
    crawl("2026-11-22", attrs.evolve(NUDGE, **{"weeks": None, "total_hours": None} | stated))
    (found,) = read("select length_weeks, hours, weekly_hours, price_per_hour from course")
    assert found == pytest.approx(figures)


def test_a_length_that_becomes_a_range_is_seen(crawl: Crawler, read: Any) -> None:
    crawl("2026-11-15", NUDGE)
    crawl("2026-11-22", attrs.evolve(NUDGE, weeks=None, weeks_low=4.0, weeks_high=8.0))
    assert read("select field, old, new from change where field <> 'new'") == [
        ("weeks", "6.0", None), ("weeks_low", None, "4.0"), ("weeks_high", None, "8.0"),
    ]  # fmt: skip


def test_two_days_have_hours_in_all_and_none_a_week(crawl: Crawler, read: Any) -> None:
    crawl("2026-11-22", attrs.evolve(NUDGE, weeks=0.286, total_hours=14.0))
    assert read("select hours, weekly_hours from course") == [(14.0, None)]


def test_nothing_is_written_when_nothing_changed(crawl: Crawler, read: Any) -> None:
    crawl("2026-11-15", NUDGE, LIGHT)
    tables = ("course", "session", "change", "sighting", "course_fts_data", "about")
    before = {name: read(f"select * from {name}") for name in tables if name != "about"}
    outcome = crawl("2026-11-22", NUDGE, LIGHT)
    assert (outcome.read, outcome.new, outcome.changed, outcome.withdrawn) == (2, 0, 0, 0)
    assert {name: read(f"select * from {name}") for name in tables if name != "about"} == before
    assert read("select version, data_date from about") == [(1, "2026-11-22")]
    assert read("select distinct last_checked from course_checked") == [("2026-11-22",)]


def test_every_watched_change_is_a_row(crawl: Crawler, read: Any) -> None:
    crawl("2026-11-15", NUDGE)
    moved = attrs.evolve(
        NUDGE,
        price=12.5,
        summary="not watched",
        sessions=(
            Session(ref="s1", start="2026-11-08", enrolment_start="2026-10-01"),
            Session(ref="s2", start="2027-01-05"),
        ),
    )
    assert crawl("2026-11-22", moved).changed == 1
    assert read("select day, field, old, new from change where crawl_id = 2 order by id") == [
        ("2026-11-22", "price", "10.0", "12.5"),
        ("2026-11-22", "session", "2026-11-01/, enrolment 2026-10-01/",
         "2026-11-08/, enrolment 2026-10-01/"),
        ("2026-11-22", "session new", None, "2027-01-05/, enrolment /"),
    ]  # fmt: skip
    assert read("select first_seen, last_changed from course") == [("2026-11-15", "2026-11-22")]


def test_only_a_complete_crawl_withdraws_and_what_returns_is_back(
    crawl: Crawler, read: Any
) -> None:
    many = [course(str(n)) for n in range(10)]
    crawl("2026-11-01", *many)
    assert crawl("2026-11-08", *many[:9], errors=1).withdrawn == 0
    assert read("select count(*) from course where withdrawn is not null") == [(0,)]
    assert read("select last_checked from course_checked where course_id = 10") == [("2026-11-01",)]
    assert crawl("2026-11-15", *many[:9]).withdrawn == 1
    assert read("select ref, withdrawn from course where withdrawn is not null") == [
        ("9", "2026-11-15")
    ]
    assert crawl("2026-11-22", *many).back == 1
    assert read("select count(*) from course where withdrawn is not null") == [(0,)]
    history = "select day, field from change where course_id = 10 order by id"
    assert read(history) == [
        ("2026-11-01", "new"), ("2026-11-15", "withdrawn"), ("2026-11-22", "back"),
    ]  # fmt: skip


def test_a_rejected_listing_is_still_listed(crawl: Crawler, read: Any) -> None:
    many = [course(str(n)) for n in range(40)]
    crawl("2026-11-01", *many)
    outcome = crawl("2026-11-08", *many[:39], rejected=[("39", "no title")])
    assert (outcome.verdict, outcome.rejected, outcome.withdrawn) == ("complete", 1, 0)


def test_unchanged_listings_count_as_read(crawl: Crawler) -> None:
    crawl("2026-11-01", NUDGE, LIGHT)
    outcome = crawl("2026-11-08", NUDGE, unchanged=("2",), announced=2)
    assert (outcome.verdict, outcome.read, outcome.withdrawn) == ("complete", 2, 0)


def test_a_session_no_longer_listed_is_kept_and_dated(crawl: Crawler, read: Any) -> None:
    crawl("2026-11-01", NUDGE)
    crawl("2026-11-08", attrs.evolve(NUDGE, sessions=()))
    assert read("select ref, withdrawn from session") == [("s1", "2026-11-08")]
    crawl("2026-11-15", NUDGE)
    assert read("select ref, withdrawn from session") == [("s1", None)]


@pytest.mark.parametrize(
    ("typed", "refs"),
    [
        ("electricite", ["2"]),
        ("ÉLECTRICITÉ", ["2"]),
        ("nudges", ["1"]),
        ("nudging pratiques", ["1"]),
        ("nuage", []),
        ("économies comportementales", ["1"]),
        ('"nudge" (pratique* ^NEAR', []),
        ('"nudge" (pratique*', ["1"]),
        ("...", []),
    ],
)
@pytest.mark.parametrize("first", [True, False], ids=["first load", "later load"])
def test_search_in_both_languages(
    db: Path, crawl: Crawler, typed: str, refs: list[str], first: bool
) -> None:
    if not first:
        crawl("2026-11-01", course("9", title="Une autre histoire"))
    crawl("2026-11-08", NUDGE, LIGHT)
    found = reading.search(open_for_reading(db), typed)
    assert [row["ref"] for row in found] == refs


def test_search_follows_changes(db: Path, crawl: Crawler) -> None:
    crawl("2026-11-01", NUDGE, LIGHT)
    crawl("2026-11-08", attrs.evolve(NUDGE, title="Autre chose", skills=None), LIGHT)
    assert reading.search(open_for_reading(db), "nudge") == []
    assert problems(open_for_writing(db)) == []


def test_issues_are_published_rows(crawl: Crawler, read: Any) -> None:
    issue = Issue(platform="fun", kind="unknown_field", field="mascot", count=3, example="🦊")
    crawl("2026-11-01", NUDGE, issues=(issue,))
    assert read("select platform, kind, field, count, example, ref from issue") == [
        ("fun", "unknown_field", "mascot", 3, "🦊", None)
    ]


def test_a_failing_load_leaves_the_catalogue_as_it_was(db: Path, crawl: Crawler) -> None:
    crawl("2026-11-01", NUDGE)
    before = db.read_bytes()
    with pytest.raises(sqlite3.IntegrityError):
        crawl("2026-11-08", LIGHT, attrs.evolve(NUDGE, level="nonsense"))
    assert db.read_bytes() == before


def _load_slowly(path: Path) -> None:
    harvest = Harvest(path.with_suffix(".harvest") / "fun.db", day="2026-11-08")
    harvest.add(course(str(n), description="mot " * 200) for n in range(8000))
    path.with_suffix(".ready").touch()
    report = store.Report(
        day="2026-11-08", started="", finished="", ended_by_itself=True, announced=8000
    )
    store.load(path, PLATFORM, harvest, report)


@pytest.mark.parametrize("wait", [0.0, 0.1, 0.3, 0.6])
def test_a_kill_at_any_moment_leaves_the_last_whole_catalogue(
    db: Path, crawl: Crawler, read: Any, wait: float
) -> None:
    crawl("2026-11-01", NUDGE, LIGHT)
    process = multiprocessing.get_context("spawn").Process(target=_load_slowly, args=(db,))
    process.start()
    while not db.with_suffix(".ready").exists() and process.is_alive():
        time.sleep(0.01)
    time.sleep(wait)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert read("select count(*) from course")[0][0] in (2, 8000)
    assert read("pragma integrity_check") == [("ok",)]
    assert crawl("2026-11-09", *[course(str(n)) for n in range(8000)]).verdict == "complete"


def test_a_harvest_outlives_its_process_but_not_its_purpose(tmp_path: Path) -> None:
    path = tmp_path / "h" / "fun.db"
    harvest = Harvest(path, purpose="whole", day="2026-11-20")
    harvest.add([NUDGE])
    harvest.close()
    resumed = Harvest(path, purpose="whole", day="2026-11-21")
    assert "1" in resumed
    assert len(resumed) == 1
    resumed.close()
    assert "1" not in Harvest(path, purpose="whole", day="2026-11-28"), "too old to rest on"
    other = Harvest(path, purpose="narrowed", day="2026-11-21")
    assert len(other) == 0


def test_a_harvest_of_an_earlier_moocscout_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "fun.db"
    with sqlite3.connect(path) as old:
        old.executescript(
            "create table read (ref text primary key, hash blob, course text, day text);"
            "create table purpose (id integer primary key, words text);"
            "insert into read values ('1', x'00', '{}', '2026-11-20');"
            "insert into purpose values (1, 'whole');"
        )
    old.close()
    harvest = Harvest(path, purpose="whole", day="2026-11-21")
    assert len(harvest) == 0
    harvest.add([NUDGE])
    assert "1" in harvest
    harvest.discard()


@pytest.mark.parametrize("at_once", [True, False])
def test_of_a_course_read_twice_the_later_reading_stands(
    at_once: bool, db: Path, tmp_path: Path, read: Any
) -> None:
    sessions = tuple(Session(ref=f"s{n}") for n in range(3))
    first = attrs.evolve(NUDGE, sessions=sessions)
    second = attrs.evolve(NUDGE, title="Le nudge", skills=None, sessions=sessions[1:2])
    harvest = Harvest(tmp_path / "fun.db", day="2026-11-21")
    for courses in ([first, second],) if at_once else ([first], [second]):
        harvest.add(courses)
    report = store.Report(day="2026-11-21", started="", finished="", ended_by_itself=True)
    assert store.load(db, PLATFORM, harvest, report).read == 1
    harvest.discard()
    assert read("select title, skills from course") == [("Le nudge", None)]
    assert read("select ref from session") == [("s1",)]


def test_whose_file_it_is_is_said(tmp_path: Path, crawl: Crawler, db: Path) -> None:
    crawl("2026-11-01", NUDGE)
    foreign = tmp_path / "foreign.db"
    sqlite3.connect(foreign).execute("create table t (x)")
    text = tmp_path / "text.db"
    text.write_text("not a database, " * 100)
    with pytest.raises(StoreError, match="not a moocscout catalogue"):
        open_for_reading(foreign)
    with pytest.raises(StoreError, match="not a catalogue"):
        open_for_writing(text)
    with pytest.raises(StoreError, match="does not exist; run"):
        open_for_reading(tmp_path / "none.db")
    with pytest.raises(StoreError, match="is not a folder"):
        open_for_writing(tmp_path / "no" / "c.db")
    with sqlite3.connect(db) as newer:
        newer.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(StoreError, match="newer moocscout"):
        open_for_writing(db)


def test_a_locked_and_a_read_only_catalogue_are_said(
    db: Path, crawl: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl("2026-11-01", NUDGE)
    monkeypatch.setattr("catalogue.file.BUSY_SECONDS", 0.1)
    writer = sqlite3.connect(db, isolation_level=None)
    writer.execute("begin immediate")
    with pytest.raises(StoreError, match="another process is writing"):
        crawl("2026-11-08", LIGHT)
    writer.close()


def test_named_finds_by_key_address_and_title(db: Path, crawl: Crawler) -> None:
    crawl("2026-11-01", NUDGE, LIGHT)
    connection = open_for_reading(db)
    for name in ("fun:1", "fun/1", "https://fun.example.org/1", "le nudge en pratique"):
        assert reading.named(connection, name) == ("fun", "1")
    with pytest.raises(WrongUse, match="Near it:\n  fun:1  Le nudge en pratique"):
        reading.named(connection, "nudges")


def test_stats_count(db: Path, crawl: Crawler) -> None:
    crawl("2026-11-01", NUDGE, LIGHT)
    said = reading.stats(open_for_reading(db), "2026-11-22")
    platform = said["platforms"][0]
    last = platform.pop("last_crawl")
    assert (last["verdict"], last["reasons"], last["read"]) == ("complete", [], 2)
    assert platform == {
        "platform": "fun", "title": "FUN", "known": 2, "withdrawn": 0, "open_now": 1, "issues": 0,
    }  # fmt: skip


def test_every_column_says_what_it_means(db: Path, crawl: Crawler, read: Any) -> None:
    crawl("2026-11-01", NUDGE)
    for table in schema.TABLES:
        assert table.meaning.endswith(".")
        assert [c.name for c in table.columns] == [
            row[1] for row in read(f"pragma table_xinfo({table.name})")
        ]
        assert all(column.meaning.endswith(".") for column in table.columns)
        strict = read("select strict from pragma_table_list where name = ?", table.name)
        assert strict == [(1,)]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(
    title=TEXT,
    skills=st.lists(TEXT).map(tuple),
    price=st.none() | st.floats(0, 1e5),
    translations=st.none() | st.dictionaries(TEXT, st.dictionaries(TEXT, TEXT)),
)
def test_a_course_survives_json(
    title: str, skills: tuple[str, ...], price: float | None, translations: Any
) -> None:
    before = course("1", title=title, skills=skills or None, price=price,
                    translations=translations or None)  # fmt: skip
    assert Course.from_json(before.to_json()) == before
    assert json.loads(before.to_json())["title"] == title
