from __future__ import annotations

from typing import Any

import attrs
import pytest

from catalogue import check
from catalogue.course import Course, Quote, Session

GOOD = check.Facts(
    finished=True, errors=0, announced=100, read=98, rejected=2, floor=50, last_complete=100
)
COURSE = Course(platform="fun", ref="1", url="https://example.org/1", title="Nudge")


def test_a_crawl_that_met_all_that_was_announced_is_complete() -> None:
    assert check.verdict(GOOD) == ("complete", ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"finished": False}, "did not run to its end"),
        ({"errors": 1}, "1 page could not be had"),
        ({"announced": 101}, "announced 101 courses, 100 were met"),
        ({"floor": 99}, "fewer than the 99"),
        ({"last_complete": 123}, "the last complete crawl read 123"),
        ({"rejected": 6, "announced": None}, "6 of 104 listings were rejected"),
        ({"narrowed": "limited to 98 courses"}, "limited to 98"),
    ],
)
def test_each_doubt_makes_it_partial_and_is_said(change: dict[str, Any], words: str) -> None:
    verdict, reasons = check.verdict(attrs.evolve(GOOD, **change))
    assert verdict == "partial"
    assert any(words in reason for reason in reasons), reasons


def test_a_narrowed_crawl_is_not_blamed_for_reading_little() -> None:
    facts = attrs.evolve(GOOD, narrowed="limited to 5 courses", read=5, announced=None, rejected=0)
    assert check.verdict(facts) == ("partial", ("limited to 5 courses",))


def test_impossible_figures_become_unknown_and_are_reported() -> None:
    course = attrs.evolve(
        COURSE,
        weeks=900.0,
        rating=11.0,
        total_hours=12.0,
        quotes={"weeks": Quote(words="900 semaines", source="page")},
        sessions=(Session(ref="a", start="2026-02-01", end="2026-01-01"),),
    )
    kept, found = check.plausible(course)
    assert kept == attrs.evolve(
        course,
        weeks=None,
        rating=None,
        quotes={},
        sessions=(Session(ref="a", start="2026-02-01"),),
    )
    assert found == (("weeks", "900.0"), ("rating", "11.0"), ("session.end", "2026-01-01"))


def test_a_range_beside_the_figure_that_is_stated_is_left_out() -> None:
    figure: dict[str, Any] = {"weeks": 6.0, "total_hours_low": 3.0}
    said = Quote(words="4 - 8 weeks", source="dom")
    both = attrs.evolve(
        COURSE, **figure, weeks_low=4.0, weeks_high=8.0, quotes={"weeks": said, "weeks_low": said}
    )
    assert check.plausible(both) == (attrs.evolve(COURSE, **figure, quotes={"weeks": said}), ())


def test_a_range_upside_down_is_none() -> None:
    kept, found = check.plausible(attrs.evolve(COURSE, weeks_low=8.0, weeks_high=4.0))
    assert (kept, found) == (COURSE, (("weeks_low", "8.0"), ("weeks_high", "4.0")))


def test_a_plausible_course_is_left_alone() -> None:
    assert check.plausible(COURSE) == (COURSE, ())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": "  "}, "no title"),
        ({"ref": ""}, "no identifier"),
        ({"url": "javascript:alert(1)"}, "not http"),
    ],
)
def test_what_cannot_be_kept_at_all(change: dict[str, str], why: str) -> None:
    assert why in str(check.unpublishable(attrs.evolve(COURSE, **change)))
