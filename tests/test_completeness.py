"""How much is known of each course and platform, and what happened since a day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue.course import Course, Session
from catalogue.file import open_for_reading
from catalogue.reading import changes_since, rows
from catalogue.views import EVENTS, EXPECTED

Stock = Callable[..., Path]


def course(ref: str, **facts: Any) -> Course:
    given = {"platform": "fun", "url": f"https://fun.example/{ref}", "title": f"Cours {ref}"}
    return Course(ref=ref, **(given | facts))


WHOLE = course(
    "whole",
    language="fr",
    level="beginner",
    weeks=4.0,
    weekly_hours_low=2.0,
    weekly_hours_high=3.0,
    access="free_full",
    certificate="none",
    pace="self",
    provider="École des Quais",
    description="Tout est dit.",
    skills=("Nudge",),
)
BARE = course("bare", price=3.0, sessions=(Session(ref="s"),))


def test_known_and_missing_facts(stock: Stock) -> None:
    with closing(open_for_reading(stock(WHOLE, BARE))) as db:
        found = rows(db, "select * from completeness order by share desc")
        platform = rows(db, "select * from platform_completeness")
    every = len(EXPECTED)
    assert [(row["known"], row["expected"], row["share"]) for row in found] == [
        (every, every, 1.0),
        (3, every, round(3 / every, 2)),
    ]
    assert found[0]["missing"] is None
    missing = "language, level, weeks, hours, certificate, provider, description, aims"
    assert found[1]["missing"] == missing
    assert platform == [
        {"platform": "fun", "courses": 2, "share": round((every + 3) / 2 / every, 2)}
        | {fact: 50.0 if fact in missing.split(", ") else 100.0 for fact in EXPECTED}
    ]


def test_a_withdrawn_session_is_no_date(stock: Stock) -> None:
    stock(BARE, day="2026-11-15")
    with closing(open_for_reading(stock(attrs.evolve(BARE, sessions=())))) as db:
        assert "sessions" in db.execute("select missing from completeness").fetchone()[0]


DATED = course(
    "dated",
    price=10.0,
    currency="EUR",
    level="beginner",
    certificate_price=30.0,
    sessions=(
        Session(ref="a", start="2026-01-01", enrolment_end="2026-02-01", price=5.0, currency="EUR"),
        Session(ref="b", start="2026-12-01"),
        Session(ref="c", start="2026-12-01", price=5.0, currency="EUR"),
    ),
)


@pytest.fixture
def moved(stock: Stock) -> Path:
    stock(DATED, WHOLE, day="2026-11-01")
    dearer = attrs.evolve(
        DATED,
        price=12.5,
        certificate_price=9.0,
        level="advanced",
        sessions=(
            attrs.evolve(DATED.sessions[0], enrolment_end="2026-12-31"),
            attrs.evolve(DATED.sessions[1], start="2026-12-08"),
            attrs.evolve(DATED.sessions[2], price=6.0),
            Session(ref="d", start="2027-01-01"),
        ),
    )
    stock(dearer, course("late"), day="2026-11-08")
    stock(attrs.evolve(dearer, price=9.0, currency="USD"), WHOLE, day="2026-11-15")
    return stock(attrs.evolve(dearer, price=None, currency="USD"), WHOLE, day="2026-11-22")


def test_what_happened_in_words(moved: Path) -> None:
    with closing(open_for_reading(moved)) as db:
        found = [
            (row["day"][-2:], row["ref"], row["what"]) for row in changes_since(db, "2026-11-02")
        ]
    assert found == [
        ("22", "dated", "price gone"),
        ("15", "dated", "price restated"), ("15", "dated", "currency"),
        ("15", "whole", "back"), ("15", "late", "gone"),
        ("08", "late", "new"), ("08", "dated", "level"),
        ("08", "dated", "price up"), ("08", "dated", "certificate price down"),
        ("08", "dated", "reopened"), ("08", "dated", "dates moved"),
        ("08", "dated", "session price"), ("08", "dated", "session added"),
        ("08", "whole", "gone"),
    ]  # fmt: skip
    assert {what for *_, what in found} - {"level", "currency"} <= set(EVENTS)


def test_since_a_day_of_one_sort_of_some_courses(moved: Path) -> None:
    with closing(open_for_reading(moved)) as db:
        assert [row["ref"] for row in changes_since(db, "2026-11-09", what=["gone", "back"])] == [
            "whole",
            "late",
        ]
        assert changes_since(db, "2026-11-01", platform="coursera") == []
        assert {row["ref"] for row in changes_since(db, "2026-11-01", courses={1})} == {"dated"}
        assert changes_since(db, "2026-11-01", courses=()) == []
        assert len(changes_since(db, "2026-11-01", limit=3)) == 3
        assert changes_since(db, "2026-11-23") == []
        one = changes_since(db, "2026-11-08", what=["price up"])[0]
    assert (one["old"], one["new"], one["url"]) == ("10.0", "12.5", "https://fun.example/dated")
