"""Is this course plausible, was this crawl complete? Pure verdicts."""

from __future__ import annotations

from typing import Any

import attrs

from catalogue.course import Course, Session

REJECTED_SHARE = 0.05
"""More rejected listings than this share of all, and the reading itself is in doubt."""
DROP_SHARE = 0.20
"""A larger fall against the last complete crawl is more likely our fault than the site's."""
UNREACHED = "the site could not be reached"
"""The doubt of a crawl to which nobody answered."""

_LIMITS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("weeks", "weeks_low", "weeks_high"), (0.01, 260)),
    "weekly_hours_low": (0, 80),
    "weekly_hours_high": (0.01, 80),
    **dict.fromkeys(("total_hours", "total_hours_low", "total_hours_high"), (0.01, 5000)),
    "price": (0, 200_000),
    "certificate_price": (0, 200_000),
    "rating": (0, 5),
    "rating_count": (0, 100_000_000),
    "enrolled": (0, 1_000_000_000),
}
_RANGES = tuple(
    (f"{name}_low", f"{name}_high") for name in ("weeks", "weekly_hours", "total_hours")
)
_IN_PLACE_OF = {
    f"{name}_{end}": name for name in ("weeks", "total_hours") for end in ("low", "high")
}
"""Ends of a range that is stated in place of one figure, and the figure's column."""


@attrs.frozen(kw_only=True)
class Facts:
    """What a crawl can say for itself when it ends."""

    finished: bool
    """It ended by itself: not stopped, not failed."""
    errors: int
    announced: int | None
    read: int
    """Distinct courses read or found unchanged."""
    rejected: int
    floor: int
    last_complete: int | None
    """Courses read by the platform's last complete crawl."""
    narrowed: str | None = None
    doubts: tuple[str, ...] = ()
    """What makes who brought the courses doubt that they are all there."""


def verdict(facts: Facts) -> tuple[str, tuple[str, ...]]:
    """("complete", ()) or ("partial", one sentence for each reason)."""
    reasons = tuple(_reasons(facts))
    return ("partial" if reasons else "complete"), reasons


def _reasons(facts: Facts) -> list[str]:
    met = facts.read + facts.rejected
    low = facts.last_complete is not None and facts.read < facts.last_complete * (1 - DROP_SHARE)
    checks = (
        (bool(facts.narrowed), f"{facts.narrowed}"),
        (not facts.finished, "the crawl did not run to its end"),
        (
            facts.errors > 0,
            f"{facts.errors} page{'s' * (facts.errors > 1)} could not be had",
        ),
        (
            facts.announced is not None and met < facts.announced and not facts.narrowed,
            f"the site announced {facts.announced} courses, {met} were met",
        ),
        (
            facts.read < facts.floor and not facts.narrowed,
            f"{facts.read} courses read, fewer than the {facts.floor} that this site has at least",
        ),
        (
            low and not facts.narrowed,
            f"{facts.read} courses read, the last complete crawl read {facts.last_complete}",
        ),
        (
            facts.rejected > REJECTED_SHARE * max(met, 1),
            f"{facts.rejected} of {met} listings were rejected",
        ),
    )
    return [words for wrong, words in checks if wrong] + list(facts.doubts)


def plausible(course: Course) -> tuple[Course, tuple[tuple[str, str], ...]]:
    """The course without facts that cannot be, and those facts as (field, words).

    A figure out of bounds is not corrected: it becomes unknown. Sessions that end before they
    start lose their end, ranges that are upside down both ends. A range beside the one figure that
    another part of the page states is left out, without a word.
    """
    impossible = {
        field: getattr(course, field)
        for field, (least, most) in _LIMITS.items()
        if (value := getattr(course, field)) is not None and not least <= value <= most
    }
    impossible |= _upside_down(course)
    sessions, ends = _mended(course.sessions)
    found = tuple((field, str(value)) for field, value in impossible.items())
    unknown: dict[str, Any] = dict.fromkeys((*impossible, *_beside_a_figure(course)))
    if not unknown and not ends:
        return course, ()
    quotes = {key: quote for key, quote in course.quotes.items() if key not in unknown}
    kept = attrs.evolve(course, **unknown, quotes=quotes, sessions=sessions)
    return kept, found + tuple(("session.end", end) for end in ends)


def _upside_down(course: Course) -> dict[str, float]:
    found: dict[str, float] = {}
    for names in _RANGES:
        low, high = (getattr(course, name) for name in names)
        if low is not None and high is not None and low > high:
            found |= dict(zip(names, (low, high), strict=True))
    return found


def _beside_a_figure(course: Course) -> list[str]:
    return [
        end
        for end, figure in _IN_PLACE_OF.items()
        if getattr(course, end) is not None and getattr(course, figure) is not None
    ]


def _mended(sessions: tuple[Session, ...]) -> tuple[tuple[Session, ...], list[str]]:
    ends = [s.end for s in sessions if s.start and s.end and s.end < s.start]
    if not ends:
        return sessions, []
    return tuple(
        attrs.evolve(s, end=None) if s.start and s.end and s.end < s.start else s for s in sessions
    ), ends


def unpublishable(course: Course) -> str | None:
    """Why a course cannot be kept at all; None when it can."""
    if not course.ref.strip():
        return "no identifier"
    if not course.title.strip():
        return "no title"
    if not course.url.startswith(("https://", "http://")):
        return f"address is not http: {course.url:.80}"
    return None
