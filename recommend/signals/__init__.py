"""One named figure per thing that a professional values, each with its evidence.

A signal is a pure function of a course row, its sessions, the profile and the day. None means that
the page does not say what the signal needs: no points, and shown as not stated. A signal that the
profile does not ask for is SILENT. Points are hundredths, so that sums are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from recommend import experience
from recommend.profile import Profile
from recommend.signals.base import POINT, SILENT, Evidence, Figure, Row, Signal
from recommend.signals.manner import approach, exercises, tone
from recommend.signals.money import certificate, cost, hourly, lacking, price
from recommend.signals.person import (
    audience,
    avoid,
    field_of,
    introduction,
    known,
    language,
    level,
    novelty,
    platform,
    provider,
    rising,
    taught_in,
)
from recommend.signals.quality import completeness, freshness, rating
from recommend.signals.time import hours, open_state, total, undecided, weeks
from recommend.signals.topic import focus, substance, wishes

__all__ = [
    "HIGHEST",
    "POINT",
    "SIGNALS",
    "SILENT",
    "Evidence",
    "Figure",
    "Signal",
    "asked",
    "cost",
    "field_of",
    "hours",
    "open_state",
    "signals",
    "taught_in",
    "undecided",
]

SIGNALS: Mapping[str, Figure] = {
    "focus": focus,
    "wishes": wishes,
    "substance": substance,
    "hours": hours,
    "weeks": weeks,
    "total": total,
    "price": price,
    "hourly": hourly,
    "certificate": certificate,
    "open": open_state,
    "language": language,
    "level": level,
    "introduction": introduction,
    "known": known,
    "novelty": novelty,
    "rising": rising,
    "avoid": avoid,
    "platform": platform,
    "audience": audience,
    "provider": provider,
    "approach": approach,
    "exercises": exercises,
    "tone": tone,
    "rating": rating,
    "freshness": freshness,
    "completeness": completeness,
}
HIGHEST: Mapping[str, int] = {
    "wishes": 800,
    "hours": 500,
    "weeks": 300,
    "total": 50,
    "price": 400,
    "hourly": 100,
    "certificate": 300,
    "open": 500,
    "language": 400,
    "level": 300,
    "novelty": 200,
    "rising": 100,
    "audience": 200,
    "provider": 200,
    "approach": 400,
    "exercises": 200,
    "tone": 200,
    "rating": 200,
    "freshness": 100,
    "completeness": 30,
}
"""The most that a signal can add, in hundredths; those not named only take away."""
_ASKED: Mapping[str, Callable[[Profile], object]] = {
    "focus": lambda who: who.wants,
    "wishes": lambda who: who.wants,
    "hours": lambda who: who.hours_per_week,
    "weeks": lambda who: who.weeks_at_most,
    "total": lambda who: who.hours_per_week and who.weeks_at_most,
    "price": lambda who: who.budget is not None,
    "hourly": lambda who: who.budget is not None,
    "certificate": lambda who: who.certificate,
    "language": lambda who: who.reads,
    "level": lambda who: who.level,
    "introduction": experience.behind,
    "known": lambda who: who.knows,
    "novelty": lambda who: who.knows,
    "rising": lambda who: who.wants or who.curious,
    "avoid": lambda who: who.avoid,
    "platform": lambda who: who.platforms,
    "audience": lambda who: who.audience,
    "provider": lambda who: who.provider_kinds,
    "approach": lambda who: who.approach,
    "exercises": lambda who: who.approach == "practice",
}
"""What in a profile asks for a signal; those not named speak for everybody."""


_FOLLOWS: Mapping[str, str] = {"total": "weeks", "hourly": "price"}
"""Signals that are unknown because another one is: the other is named alone."""


def asked(profile: Profile) -> tuple[str, ...]:
    """Names of the signals that can say anything for a profile."""
    return tuple(
        name
        for name in SIGNALS
        if profile.weight(name) and (name not in _ASKED or _ASKED[name](profile))
    )


def signals(
    course: Row,
    sessions: Sequence[Row],
    profile: Profile,
    day: str,
    names: Sequence[str] | None = None,
) -> tuple[list[Signal], list[str]]:
    """All signals with something to say, scaled by the profile's weights; names of the unknown.

    Of a price that is stated, what lacks to judge it is named: "billing", "currency" and the like.

    `names` are those that the profile asks for, where a caller with many courses has them.
    """
    said, unknown = [], []
    for name in asked(profile) if names is None else names:
        signal = SIGNALS[name](course, sessions, profile, day)
        if signal is None:
            unknown.append(name)
        elif signal is not SILENT:
            scaled = round(signal.points * profile.weight(name))
            same = scaled == signal.points
            said.append(signal if same else signal._replace(points=scaled))
    first = (name for name in unknown if _FOLLOWS.get(name) not in unknown)
    return said, list(dict.fromkeys(lacking(course) if n == "price" else n for n in first))
