"""The shipped roles' first courses by score, in the catalogue: table role_match."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import attrs
import pytest

from catalogue.course import Course
from recommend import index, profile, rank, roles, whynot
from recommend.match import Match
from recommend.shortlist import PER_PROVIDER

Stock = Callable[..., Path]
DAY = "2026-11-22"


@pytest.fixture
def shelf(stock: Stock) -> Iterator[index.Index]:
    found = index.ensure(stock())
    yield found
    found.close()


def test_every_shipped_role_has_its_places(shelf: index.Index) -> None:
    held = shelf.db.execute("select role, day, count(*) from role_match group by 1, 2").fetchall()
    listed = {role for role, *_ in held}
    assert listed <= set(profile.shipped())
    assert {"directeur-marketing", "cmo"} <= listed
    assert {day for _, day, _ in held} == {DAY}
    assert all(0 < count <= roles.DEPTH for *_, count in held)


def test_its_places_and_points_are_those_of_the_order_by_score(shelf: index.Index) -> None:
    who = profile.load("directeur-marketing")
    kept = roles.kept(shelf, who, DAY)
    assert kept == roles.ranked(shelf, who, DAY)
    explained = [explain(shelf, who, course_id) for course_id, _ in kept or ()]
    assert [match.score for match in explained] == [score for _, score in kept or ()]
    told = [whynot.why_not(shelf, who, DAY, match).place for match in explained]
    assert told == [*range(1, len(told) + 1)]
    points = shelf.db.execute(
        "select points from role_match where role = ? order by place", [who.name]
    ).fetchall()
    assert [each for (each,) in points] == [match.score / 100 for match in explained]


def explain(shelf: index.Index, who: profile.Profile, course_id: int) -> Match:
    sql = "select platform, ref from course where id = ?"
    key = shelf.db.execute(sql, [course_id]).fetchone()
    return rank.explain(shelf.db, shelf, who, DAY, key).matches[0]


def test_all_courses_of_a_provider_have_a_place_and_twins_share_one(stock: Stock) -> None:
    """It is no list: that takes three of a provider."""
    who = profile.load("directeur-marketing")
    offers = [("fun", at, f"Nudge marketing {at}") for at in range(5)]
    offers += [("fun", 9, "Le marketing des ports")]
    courses = [
        Course(platform=platform, ref=str(at), url=f"https://fun.example/{at}", title=title,
               provider="Quais", language="fr")
        for platform, at, title in [*offers, ("nau", 9, "Le marketing des ports")]
    ]  # fmt: skip
    with closing(index.ensure(stock(*courses))) as found:
        assert found.twins(6) == [7]
        places = [course_id for course_id, _ in roles.ranked(found, who, DAY)]
        assert sorted(places) == [1, 2, 3, 4, 5, 6]
        assert len(rank.rank(found.db, found, who, DAY).matches) == PER_PROVIDER


def test_another_day_and_a_changed_profile_are_not_answered_from_it(shelf: index.Index) -> None:
    who = profile.load("directeur-marketing")
    assert roles.kept(shelf, who, "2026-11-23") is None
    assert roles.kept(shelf, attrs.evolve(who, hours_per_week=9.0), DAY) is None


def test_a_new_version_of_the_data_has_new_places(stock: Stock) -> None:
    path = stock()
    index.ensure(path).close()
    with sqlite3.connect(path) as db:
        db.execute("update course set withdrawn = '2026-11-29'")
        db.execute("update about set version = version + 1, data_date = '2026-11-29'")
    db.close()
    found = index.ensure(path)
    assert found.db.execute("select count(*) from role_match").fetchone() == (0,)
    found.close()
