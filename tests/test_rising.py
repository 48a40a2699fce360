"""Wishes on the rise: counted by when courses arrived, a point for the courses on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue.course import Course
from recommend import index, rank, wording
from recommend.profile import Profile
from recommend.rising import Rise, rising

FIRST, WEEK, DAY = "2026-09-01", "2026-11-15", "2026-11-22"
WHO = Profile(wants=("nudge", "podcast"), curious=("crowdsourcing",), language="en", reads=("en",))


def course(ref: str, title: str, **said: object) -> Course:
    url = f"https://fun.example/{ref}"
    return Course(platform="fun", ref=ref, title=title, url=url, language="en", **said)


def shelf(nudges: int, podcasts: int) -> list[Course]:
    first = [course(f"n{at}", f"Nudge number {at}") for at in range(nudges)]
    first += [course(f"p{at}", f"Podcast number {at}") for at in range(podcasts)]
    return [*first, course("sea", "The sea", description="A nudge of the wind.")]


@pytest.fixture
def grown(stock: Callable[..., Path]) -> Path:
    """Four courses on podcasts before and after; three on nudging became seven."""
    stock(*shelf(3, 4), day=FIRST)
    return stock(*shelf(7, 4), day=WEEK)


def test_a_topic_rises_by_what_arrived_in_the_last_weeks(grown: Path) -> None:
    found = index.ensure(grown)
    assert rising(found, WHO, DAY).topics == {"nudge": Rise(before=4, now=8)}
    assert rising(found, WHO, "2027-03-01").topics == {}
    assert rising(found, WHO, FIRST).topics == {}
    found.close()


def test_a_first_visit_finds_nothing_that_rises(stock: Callable[..., Path]) -> None:
    found = index.ensure(stock(*shelf(7, 4), day=WEEK))
    assert rising(found, WHO, DAY) == ({}, frozenset())
    found.close()


def test_few_new_ones_beside_many_old_are_no_rise(stock: Callable[..., Path]) -> None:
    stock(*shelf(20, 4), day=FIRST)
    found = index.ensure(stock(*shelf(23, 4), day=WEEK))
    assert rising(found, WHO, DAY).topics == {}
    found.close()


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "more and more courses on “nudge”: 4, then 8 in twelve weeks"),
        ("fr", "de plus en plus de cours sur «\xa0nudge\xa0»\xa0: 4, puis 8 en douze semaines"),
    ],
)
def test_a_course_squarely_on_it_gains_a_point_and_says_why(
    grown: Path, lang: str, says: str
) -> None:
    found = index.ensure(grown)
    matches = {m.course["ref"]: m for m in rank.rank(found.db, found, WHO, DAY, 50).matches}
    part = matches["n0"].signal("rising")
    assert part is not None
    assert part.points == 100
    (evidence,) = part.evidence
    assert (evidence.field, evidence.words) == ("title", "nudge")
    assert wording.sentence(lang, evidence.rule, evidence.values) == says
    assert matches["p0"].signal("rising") is None
    assert matches["sea"].signal("rising") is None
    found.close()
