"""Time: hours a week, weeks, all hours together, and when one can enrol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recommend import opening, pace
from recommend.profile import Profile
from recommend.signals.base import SILENT, UNSAID, Evidence, Row, Signal, quoted, signal


def hours(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:
    """Hours a week against the person's own: +5 when they fit, down to -8 at twice as many.

    At one's own pace more hours only take longer, which is the matter of `weeks`; what is over
    within a week has hours in all, the matter of `total`.
    """
    mine, asked = profile.hours_per_week, pace.weekly(course)
    if not mine:
        return SILENT
    free = course["pace"] == "self"
    if asked is None and not (free and course["hours"] is not None):
        return SILENT if pace.is_short(course) and course["hours"] is not None else None
    values = {"hours": asked, "mine_hours": mine, "total_hours": course["hours"]}
    if UNSAID not in course:
        values |= _finish(course, opening.best(sessions), profile, day)
    fields = ("weekly_hours_low", "weekly_hours_high", "total_hours", "weeks")
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
    own = pace.own_weeks(course, profile)
    return {
        "day": done,
        "ends_day": late,
        # What is done within a week is at no pace.
        "pace_hours": profile.hours_per_week if paced and own and own > 1 else None,
    }


def weeks(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Weeks at this person's pace against the most he accepts: +3, down to -6 at twice."""
    most = profile.weeks_at_most
    if not most:
        return SILENT
    lasts = pace.weeks(course, profile)
    if lasts is None:
        return None
    own = lasts != course["weeks"]
    lasts = round(lasts, 1)  # as it is said: twenty seconds are beyond no limit
    values = {"weeks": lasts, "most_weeks": most, "mine_hours": profile.hours_per_week}
    rule = ("weeks.fit" if lasts <= most else "weeks.more") + ("_own" if own else "")
    if rule == "weeks.fit_own" and lasts <= 1:
        rule = "weeks.fit_one"
    points = 3.0 if lasts <= most else -min(6.0, 6.0 * (lasts / most - 1.0))
    return signal("weeks", points, quoted(course, rule, "weeks", "total_hours", **values))


def total(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """All hours against all that there are, hours a week times weeks: +0.5, down to -2 at twice."""
    held = (profile.hours_per_week or 0.0) * (profile.weeks_at_most or 0.0)
    if not held:
        return SILENT
    if course["hours"] is None:
        return None
    asked = round(float(course["hours"]), 1)
    values = {"total_hours": asked, "held_hours": held}
    rule, points = ("total.fit", 0.5) if asked <= held else ("total.more", -2.0)
    points = max(points, 2.0 * (1.0 - asked / held)) if asked > held else points
    fields = ("total_hours", "weekly_hours_low", "weeks")
    return signal("total", points, quoted(course, rule, *fields, **values))


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
