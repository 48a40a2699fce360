"""Which of a course's sessions speaks for it on a day: the one a person could join soonest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from catalogue.sessions import OPEN_STATES

Row = Mapping[str, Any]

ORDER = (
    "ongoing-open",
    "future-open",
    "archived-open",
    "future-not-yet-open",
    "to-be-scheduled",
    "unknown",
    "future-closed",
    "ongoing-closed",
    "archived",
)
"""The best first; `unknown` before those that are surely closed."""
DATELESS = "to-be-scheduled"
SHUT = ORDER[-3:]
"""In these nobody can join any more."""


@attrs.frozen
class Opening:
    """When one can enrol and learn: the state of the best session and its dates (ISO days)."""

    state: str
    session: str
    opens: str | None
    closes: str | None
    starts: str | None
    ends: str | None

    @property
    def is_open(self) -> bool:
        """Can one enrol now? "future-not-yet-open" is not."""
        return self.state in OPEN_STATES

    def closes_in(self, day: str) -> int | None:
        """Days left to enrol, today not counted; None when no last day is stated, or not open."""
        if self.closes is None or not self.is_open:
            return None
        return (_date(self.closes) - _date(day)).days

    def begins(self, day: str) -> str:
        """The day from which one could learn."""
        return max(day, self.starts or day, self.opens or day)


def best(sessions: Iterable[Row]) -> Opening | None:
    """The opening of a course from its sessions with their states; None without any.

    Of equal states the one that starts first stands, then the lowest reference. Sessions that the
    platform no longer lists do not count.
    """
    listed = [session for session in sessions if not session["withdrawn"]]
    if not listed:
        return None
    first = min(listed, key=lambda s: (ORDER.index(s["state"]), s["start"] or "9999", s["ref"]))
    return Opening(
        state=first["state"],
        session=first["ref"],
        opens=first["enrolment_start"],
        closes=first["enrolment_end"],
        starts=first["start"],
        ends=first["end"],
    )


def after(day: str, weeks: float) -> str | None:
    """The day some weeks later; None beyond what a calendar holds or a person plans."""
    if weeks > 520:
        return None
    try:
        return (_date(day) + datetime.timedelta(days=-(-weeks * 7 // 1))).isoformat()
    except OverflowError:
        return None


def _date(day: str) -> datetime.date:
    return datetime.date.fromisoformat(day)
