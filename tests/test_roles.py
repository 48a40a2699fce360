"""The shipped roles' lists in the catalogue: table role_match."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import attrs
import pytest

from catalogue.course import Course
from recommend import index, profile, rank, roles

Stock = Callable[..., Path]
DAY = "2026-11-22"


@pytest.fixture
def shelf(stock: Stock) -> Iterator[index.Index]:
    found = index.ensure(stock())
    yield found
    found.close()


def test_every_shipped_role_has_its_list(shelf: index.Index) -> None:
    held = shelf.db.execute("select role, day, count(*) from role_match group by 1, 2").fetchall()
    listed = {role for role, *_ in held}
    assert listed <= set(profile.shipped())
    assert {"directeur-marketing", "cmo"} <= listed
    assert {day for _, day, _ in held} == {DAY}
    assert all(0 < count <= roles.DEPTH for *_, count in held)


def test_its_places_and_points_are_those_of_the_ranking(shelf: index.Index) -> None:
    who = profile.load("directeur-marketing")
    matches = rank.rank(shelf.db, shelf, who, DAY, roles.DEPTH, varied=False).matches
    expected = [(match.course["id"], match.score) for match in matches]
    assert roles.kept(shelf, who, DAY) == roles.ranked(shelf, who, DAY) == expected
    points = shelf.db.execute(
        "select points from role_match where role = ? order by place", [who.name]
    ).fetchall()
    assert [each for (each,) in points] == [score / 100 for _, score in expected]


@pytest.mark.parametrize("others", [5, 70])
def test_a_provider_whose_courses_are_passed_over(stock: Stock, others: int) -> None:
    """The list is that of the ranking also where it must go far down to be filled."""
    who = profile.load("directeur-marketing")
    offers = [("Quais", "Nudge marketing")] * 3 * roles.DEPTH
    offers += [(f"Collines {at}", "Cours de marketing") for at in range(others)]
    courses = [
        Course(platform="fun", ref=str(at), url=f"https://fun.example/{at}", title=title,
               provider=provider, language="fr")
        for at, (provider, title) in enumerate(offers)
    ]  # fmt: skip
    with closing(index.ensure(stock(*courses))) as found:
        matches = rank.rank(found.db, found, who, DAY, roles.DEPTH, varied=False).matches
        expected = [(match.course["id"], match.score) for match in matches]
        assert roles.ranked(found, who, DAY) == expected
        assert len(expected) == min(3 + others, roles.DEPTH)


def test_another_day_and_a_changed_profile_are_not_answered_from_it(shelf: index.Index) -> None:
    who = profile.load("directeur-marketing")
    assert roles.kept(shelf, who, "2026-11-23") is None
    assert roles.kept(shelf, attrs.evolve(who, hours_per_week=9.0), DAY) is None


def test_a_new_version_of_the_data_has_new_lists(stock: Stock) -> None:
    path = stock()
    index.ensure(path).close()
    with sqlite3.connect(path) as db:
        db.execute("update course set withdrawn = '2026-11-29'")
        db.execute("update about set version = version + 1, data_date = '2026-11-29'")
    db.close()
    found = index.ensure(path)
    assert found.db.execute("select count(*) from role_match").fetchone() == (0,)
    found.close()
