"""How long a course takes this person: at the course's pace, or at his own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from recommend.opening import DATELESS, SHUT, Opening, after
from recommend.profile import Profile

Row = Mapping[str, Any]


class Span(NamedTuple):
    """Least and most of a figure, equal where one is stated; None at an end that nobody states."""

    low: float | None = None
    high: float | None = None

    @property
    def middle(self) -> float | None:
        """The figure, or what is between the ends; None where an end is not known."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2

    @property
    def most(self) -> float:
        """The most that is known to be asked; 0 where nothing is."""
        return self.low or 0.0 if self.high is None else self.high

    def each(self, of: Callable[[float], float]) -> Span:
        """Both ends made into something else."""
        low, high = self
        return Span(None if low is None else of(low), None if high is None else of(high))


UNKNOWN = Span()


def length(course: Row) -> Span:
    """Weeks that the page states."""
    if course["weeks"] is not None:
        return Span(course["weeks"], course["weeks"])
    return Span(course["weeks_low"], course["weeks_high"])


def effort(course: Row) -> Span:
    """Hours in all: the range that the page states, or one figure, else the limit."""
    ends = Span(course["total_hours_low"], course["total_hours_high"])
    if ends.middle is not None or course["hours"] is None:
        return ends
    return Span(course["hours"], course["hours"])


def stated_effort(course: Row) -> Span:
    """The same, without what follows from hours a week."""
    if course["total_hours"] is not None:
        return Span(course["total_hours"], course["total_hours"])
    return Span(course["total_hours_low"], course["total_hours_high"])


def is_short(course: Row) -> bool:
    """Is it over within a week? Then it has hours in all, and none a week."""
    lasts = length(course).middle
    return lasts is not None and lasts < 1


def weekly(course: Row) -> float | None:
    """Hours a week that the course asks; None when not known, and where it is over before."""
    return None if is_short(course) else course["weekly_hours"]


def to_dates(course: Row, state: str | None) -> bool:
    """Does it run to the dates of a session, whose state this is, and not at one's own pace?"""
    return course["pace"] == "instructor" and state != "archived-open"


def own_span(course: Row, profile: Profile) -> Span:
    """Weeks that the course's hours take at the profile's hours a week."""
    mine = profile.hours_per_week
    return effort(course).each(lambda hours: hours / mine) if mine else UNKNOWN


def own_weeks(course: Row, profile: Profile) -> float | None:
    """The most of `own_span`: nobody is to be done later than he is told."""
    return own_span(course, profile).high


def done_in(course: Row, profile: Profile) -> float | None:
    """Weeks after which he is done: his own, and where no pace is stated no fewer than the page's.

    A course that opens week by week cannot be done before its last one.
    """
    own = own_weeks(course, profile)
    return own if own is None or course["pace"] else max(own, length(course).most)


def at_own_pace(course: Row, profile: Profile) -> bool:
    """Do his hours a week decide when he is done? What is done within a week is at no pace."""
    own = own_weeks(course, profile)
    return own is not None and own > 1 and own == done_in(course, profile)


def lasting(course: Row, profile: Profile) -> Span:
    """Weeks that the course lasts for this person.

    His own weeks, never fewer than the course's where that runs to the dates of a session, or may.
    Stated weeks alone where the hours are not known.
    """
    own, stated = own_span(course, profile), length(course)
    if own == UNKNOWN or (course["pace"] == "instructor" and stated != UNKNOWN):
        return stated
    low, high = own
    if low is None or high is None:
        return own if stated == UNKNOWN else stated
    if course["pace"]:
        return own
    return Span(max(low, stated.low or 0.0), max(high, stated.most))


def weeks(course: Row, profile: Profile) -> float | None:
    """The middle of `lasting`."""
    return lasting(course, profile).middle


class Ending(NamedTuple):
    """When a person is done with a course."""

    finish: str | None
    """The day, if he begins as soon as he can; of a course that runs to the dates of a session, its
    last one. None if not known, where nobody can join any more, and where it overruns."""
    overruns: str | None = None
    """The session's last day, where his own pace goes beyond it."""


def ending(course: Row, opening: Opening | None, profile: Profile, day: str) -> Ending:
    """When this person is done."""
    if opening and opening.state in SHUT:
        return Ending(None)
    if to_dates(course, opening.state if opening else None):
        return Ending(opening.ends if opening else None)
    own, done = (_after(of(course, profile), opening, day) for of in (own_weeks, done_in))
    # A session that is over but open ends for nobody.
    ends = opening.ends if opening and opening.state != "archived-open" else None
    if ends and own and own > ends:
        return Ending(None, ends)
    return Ending(min(done, ends) if done and ends else done)


def _after(weeks: float | None, opening: Opening | None, day: str) -> str | None:
    """The day so many weeks after he can begin; None where no start is announced."""
    if weeks is None or (opening and opening.state == DATELESS):
        return None
    return after(opening.begins(day) if opening else day, weeks)
