"""Time: hours a week, weeks, all hours together, and when one can enrol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recommend import opening, pace
from recommend.profile import Profile
from recommend.signals.base import SILENT, UNSAID, Evidence, Row, Signal, quoted, signal

_LENGTH = ("weeks", "weeks_low", "weeks_high")
_TOTAL = ("total_hours", "total_hours_low", "total_hours_high")


def hours(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:
    """Hours a week against the person's own: +5 when they fit, down to -8 at twice as many.

    At one's own pace more hours only take longer, which is the matter of `weeks`; what is over
    within a week has hours in all, the matter of `total`.
    """
    mine, asked = profile.hours_per_week, pace.weekly(course)
    if not mine:
        return SILENT
    free, in_all = course["pace"] == "self", pace.effort(course)
    if asked is None and not (free and in_all != pace.UNKNOWN):
        return SILENT if pace.is_short(course) and in_all != pace.UNKNOWN else None
    values = {"hours": asked, "mine_hours": mine, "effort": in_all}
    if UNSAID not in course:
        values |= _finish(course, opening.best(sessions), profile, day)
    fields = ("weekly_hours_low", "weekly_hours_high", *_TOTAL, *_LENGTH)
    if asked is None:
        return signal("hours", 3, quoted(course, "hours.own_pace", *fields, **values))
    if asked <= mine:
        return signal("hours", 5, quoted(course, "hours.fit", *fields, **values))
    if free:
        return signal("hours", 1, quoted(course, "hours.more_own_pace", *fields, **values))
    points = -min(8.0, 8.0 * (asked / mine - 1.0))
    return signal("hours", points, quoted(course, "hours.more", *fields, **values))


def _finish(
    course: Row, best: opening.Opening | None, profile: Profile, day: str
) -> dict[str, Any]:
    """When the person is done, and the session's end where his pace goes beyond it."""
    done, late = pace.ending(course, best, profile, day)
    paced = done and not pace.to_dates(course, best.state if best else None)
    own = paced and pace.at_own_pace(course, profile)
    return {
        "day": done,
        "ends_day": late,
        "pace_hours": profile.hours_per_week if own else None,
    }


def weeks(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Weeks at this person's pace against the most he accepts: +3, down to -6 at twice."""
    most = profile.weeks_at_most
    if not most:
        return SILENT
    lasts = pace.lasting(course, profile)
    own = "" if lasts == pace.length(course) else "_own"
    if (found := _held_against(most, lasts, best=3.0, worst=6.0)) is None:
        return None
    kind, points = found
    rule = f"weeks.{kind}{own}"
    if rule == "weeks.fit_own" and lasts.high is not None and lasts.high <= 1:
        rule = "weeks.fit_one"
    values = {"length": lasts, "most_weeks": most, "mine_hours": profile.hours_per_week}
    return signal("weeks", points, quoted(course, rule, *_LENGTH, *_TOTAL, **values))


def _held_against(
    most: float, asked: pace.Span, *, best: float, worst: float
) -> tuple[str, float] | None:
    """What a course asks against the most that there is: what is said of it, and its points.

    fit: all of the range is within, `best`. more: even the least is beyond; may: only the most is.
    Of both the middle is held against the person, down to minus `worst` at twice what he has; of a
    course that asks so much "or more", that. None where a limit that a page states proves nothing.
    """
    # To the tenth, as it is said: twenty seconds are beyond no limit.
    low, high = asked.each(_to_the_tenth)
    if high is not None and high <= most:
        return "fit", best
    if low is None or (high is None and low <= most):
        return None
    middle = (low + (low if high is None else high)) / 2
    points = -min(worst, max(0.0, worst * (middle / most - 1.0)))
    return "more" if low > most else "may", points


def _to_the_tenth(figure: float) -> float:
    return round(figure, 1)


def total(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """All hours against all that there are, hours a week times weeks: +0.5, down to -2 at twice."""
    held = (profile.hours_per_week or 0.0) * (profile.weeks_at_most or 0.0)
    if not held:
        return SILENT
    asked = pace.effort(course)
    if (found := _held_against(held, asked, best=0.5, worst=2.0)) is None:
        return None
    kind, points = found
    fields = (*_TOTAL, "weekly_hours_low", *_LENGTH)
    values = {"effort": asked, "held_hours": held}
    return signal("total", points, quoted(course, f"total.{kind}", *fields, **values))


_OPEN = {
    "ongoing-open": 5.0,
    "future-open": 5.0,
    "archived-open": 4.0,
    "future-not-yet-open": 1.0,
    "to-be-scheduled": -1.0,
    "future-closed": -3.0,
    "ongoing-closed": -4.0,
    "archived": -6.0,
}
SOON = 14
"""Days to the end of enrolment from which on it is said how many are left."""


def open_state(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Can one enrol on the day? +5 open now, +1 opens later, down to -6 over."""
    best = opening.best(sessions)
    if best is None or best.state == "unknown":
        return None
    left = best.closes_in(day)
    rule = f"open.{best.state}"
    if left is not None and left <= SOON:
        rule = "open.closing"
    elif best.closes and best.is_open:
        rule = "open.until"
    dates = {
        "closes_day": best.closes,
        "opens_day": best.opens,
        "starts_day": best.starts,
        "begins_day": best.starts if best.starts and best.starts > day else None,
    }
    words = ", ".join(f"{field} {date}" for field, date in _dates(best))
    evidence = Evidence(rule, "session", words or None, "platform", dates | {"left": left})
    return signal("open", _OPEN[best.state], evidence)


def undecided(best: opening.Opening | None) -> Evidence | None:
    """What a session says whose dates do not tell whether one can enrol; None for any other."""
    if best is None or best.state != "unknown":
        return None
    values = {"opens_day": best.opens, "closes_day": best.closes}
    if best.ends:
        values |= {"starts_day": best.starts, "ends_day": best.ends}
    else:
        values["since_day"] = best.starts
    rule = "open.unclear" if best.opens or best.closes else "open.unstated"
    return Evidence(rule, "session", values=values)


def _dates(best: opening.Opening) -> list[tuple[str, str]]:
    stated = (
        ("enrolment_start", best.opens),
        ("enrolment_end", best.closes),
        ("start", best.starts),
        ("end", best.ends),
    )
    return [(field, date) for field, date in stated if date]
