"""Quality, lightly: other learners' rating, how fresh the page is, how much it states."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from recommend.profile import Profile
from recommend.signals.base import SILENT, Evidence, Row, Signal, quoted, signal

PRIOR, PRIOR_COUNT = 4.4, 20
"""Stars of a course nobody has rated, and how many ratings that guess is worth."""
YEAR = 365.25
_FACTS = (
    ("language",),
    ("level",),
    ("weeks", "weeks_low", "weeks_high"),
    ("hours", "weekly_hours", "total_hours_low", "total_hours_high"),
    ("price", "access"),
    ("certificate",),
    ("pace",),
    ("description",),
)
"""What a page should state; any of the columns will do."""


def rating(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Stars, drawn towards PRIOR the fewer have voted: 4 points a star from there, +2 to -3.

    Without a count the stars say nothing: 0.
    """
    stars, count = course["rating"], course["rating_count"]
    if stars is None:
        return None
    values = {"stars": float(stars), "count": count, "mean_figure": PRIOR}
    if count is None:
        return signal("rating", 0, quoted(course, "rating.uncounted", "rating", **values))
    shrunk = (stars * count + PRIOR * PRIOR_COUNT) / (count + PRIOR_COUNT)
    points = max(-3.0, min(2.0, 4.0 * (shrunk - PRIOR)))
    # To the digit that is shown: stars that the count does not move are not said twice.
    values["shrunk_stars"] = shrunk if round(shrunk, 1) != round(stars, 1) else None
    return signal("rating", points, quoted(course, "rating.shrunk", "rating", **values))


def freshness(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Years since the page changed, or else since the last session began: +1, after three to -2."""
    known = course["updated"] or _session(sessions, day)
    if known is None:
        return None
    field = "updated" if course["updated"] else "session"
    rule = "freshness.coming" if field == "session" and known >= day else f"freshness.{field}"
    age = (datetime.date.fromisoformat(day) - datetime.date.fromisoformat(known[:10])).days / YEAR
    points = 1.0 if age <= 1 else 0.0 if age <= 3 else -min(2.0, (age - 3.0) / 2)
    evidence = Evidence(rule, field, known, "platform", {"known_day": known[:10]})
    return signal("freshness", points, evidence)


def _session(sessions: Sequence[Row], day: str) -> str | None:
    """The start of the next session, else of the last one; None without any."""
    starts = sorted(s["start"] for s in sessions if s["start"] and not s["withdrawn"])
    return next((start for start in starts if start >= day), starts[-1] if starts else None)


def completeness(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """How many of the facts that a page should state it does: +0.3 all, 0 none."""
    stated = [any(course[column] is not None for column in fact) for fact in _FACTS]
    stated.append(any(not session["withdrawn"] for session in sessions))
    if not any(stated):
        return SILENT
    values = {"stated_count": sum(stated), "all_count": len(stated)}
    evidence = Evidence("completeness.stated", values=values)
    return signal("completeness", 0.3 * sum(stated) / len(stated), evidence)
