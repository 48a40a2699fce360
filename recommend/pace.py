"""How long a course takes this person: at the course's pace, or at his own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from recommend.opening import DATELESS, SHUT, Opening, after
from recommend.profile import Profile

Row = Mapping[str, Any]


def is_short(course: Row) -> bool:
    """Is it over within a week? Then it has hours in all, and none a week."""
    return course["weeks"] is not None and course["weeks"] < 1


def weekly(course: Row) -> float | None:
    """Hours a week that the course asks; None when not known, and where it is over before."""
    return None if is_short(course) else course["weekly_hours"]


def to_dates(course: Row, state: str | None) -> bool:
    """Does it run to the dates of a session, whose state this is, and not at one's own pace?"""
    return course["pace"] == "instructor" and state != "archived-open"


def own_weeks(course: Row, profile: Profile) -> float | None:
    """Weeks that the course's hours take at the profile's hours a week; None when not known."""
    if not profile.hours_per_week or course["hours"] is None:
        return None
    return float(course["hours"]) / profile.hours_per_week


def weeks(course: Row, profile: Profile) -> float | None:
    """Weeks that the course lasts for this person.

    His own weeks, never fewer than the course's where that runs to the dates of a session. Stated
    weeks alone where the hours are not known.
    """
    own, stated = own_weeks(course, profile), course["weeks"]
    if own is None:
        return None if stated is None else float(stated)
    if course["pace"] == "instructor" and stated is not None:
        return float(stated)
    return own


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
    done = _done(course, opening, profile, day)
    late = done and opening and opening.ends and done > opening.ends
    # A session that is over but open ends for nobody.
    if opening and late and opening.state != "archived-open":
        return Ending(None, opening.ends)
    return Ending(done)


def _done(course: Row, opening: Opening | None, profile: Profile, day: str) -> str | None:
    """The day on which his own pace brings him through; None where no start is announced."""
    own = own_weeks(course, profile)
    if own is None or (opening and opening.state == DATELESS):
        return None
    return after(opening.begins(day) if opening else day, own)
