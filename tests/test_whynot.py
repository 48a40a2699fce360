"""Why not: what pushed a course down, and changes that are true when tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue.course import Course
from recommend import index, rank, whynot
from recommend.index import Index
from recommend.profile import Profile

DAY = "2026-11-22"
WHO = Profile(
    wants=("nudge",),
    language="en",
    reads=("en",),
    hours_per_week=3.0,
    weeks_at_most=6.0,
    budget=50.0,
    level="advanced",
    platforms=("fun",),
    certificate=True,
)


def course(ref: str, **facts: Any) -> Course:
    said: dict[str, Any] = {
        "platform": "fun",
        "language": "en",
        "level": "advanced",
        "price": 0.0,
        "weeks": 4.0,
        "weekly_hours_low": 2.0,
        "weekly_hours_high": 2.0,
        "certificate": "free",
    }
    url = f"https://fun.example/{ref}"
    return Course(ref=ref, url=url, title="Nudge in the shop", **(said | facts))


CASES: dict[str, dict[str, Any]] = {
    "hours_per_week": {"weekly_hours_low": 5.0, "weekly_hours_high": 5.0},
    "weeks_at_most": {"weeks": 12.0},
    "budget": {"price": 90.0, "currency": "EUR"},
    "reads": {"language": "es"},
    "level": {"level": "beginner"},
    "platforms": {"platform": "coursera"},
    "certificate": {"certificate": "none"},
}


@pytest.fixture
def shelf(stock: Callable[..., Path]) -> Iterator[Index]:
    good = [course(f"good{number:02}") for number in range(10)]
    odd = [course(name, **facts) for name, facts in CASES.items()]
    found = index.ensure(stock(*good, *odd))
    yield found
    found.close()


def asked(shelf: Index, name: str, who: Profile = WHO) -> tuple[whynot.WhyNot, Any]:
    platform = str(CASES.get(name, {}).get("platform", "fun"))
    (match,) = rank.explain(shelf.db, shelf, who, DAY, (platform, name)).matches
    return whynot.why_not(shelf, who, DAY, match), match


@pytest.mark.parametrize("name", CASES)
def test_what_would_have_to_change_is_true_when_tried(shelf: Index, name: str) -> None:
    found, match = asked(shelf, name)
    assert found.place is not None
    assert found.place > 10
    assert found.gap > 0
    by_key = {change.key: change for change in found.changes}
    for change in found.changes:
        changed = attrs.evolve(WHO, **{change.key: change.value})
        again = rank.rank(shelf.db, shelf, changed, DAY, 10, varied=False).matches
        places = [m.course["ref"] for m in again]
        assert places.index(match.course["ref"]) + 1 == change.place
    assert set(by_key) <= {name}


def test_some_changes_bring_a_course_to_the_top(shelf: Index) -> None:
    keys = {change.key for name in CASES for change in asked(shelf, name)[0].changes}
    assert {"hours_per_week", "reads", "level"} & keys


def test_one_of_the_ten_needs_no_change(shelf: Index) -> None:
    found, _ = asked(shelf, "good03")
    assert found.place is not None
    assert found.place <= 10
    assert (found.gap, found.changes, found.against) == (0, (), ("substance",))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_change_can_be_said(lang: str) -> None:
    values: dict[str, Any] = {
        "hours_per_week": 5.0,
        "weeks_at_most": 9.0,
        "budget": 90.0,
        "reads": ("fr", "es"),
        "level": "beginner",
        "platforms": ("fun", "coursera"),
    }
    for key in whynot._WORDS:
        said = whynot.Change(key, values.get(key), 1).says(lang)
        assert said.startswith("1er " if lang == "fr" else "1st ")
        assert "{" not in said
    spoken = {
        "en": "1st if you accept 5\xa0h a week",
        "fr": "1er si vous acceptez 5\xa0h par semaine",
    }
    assert whynot.Change("hours_per_week", 5.0, 1).says(lang) == spoken[lang]
