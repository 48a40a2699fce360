"""Of a list of courses, besides how relevant they are: which are twins, which one could follow."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from recommend.index import Index
from recommend.profile import Profile
from recommend.rank import Ranker
from recommend.shortlist import Chosen

HOURS, WEEKS = 4.0, 8.0
"""Hours a week and weeks that a busy person has: the judged profiles state none of their own."""
_BEYOND = ("language", "hours", "weeks", "price", "open", "platform")
"""Signals that take points away from a course that is beyond a person's limits."""


def limited(who: Profile) -> Profile:
    """The profile of the same person who is busy, and reads the profile's language and English."""
    reads = who.reads or tuple(dict.fromkeys((who.language or "en", "en")))
    return attrs.evolve(who, hours_per_week=HOURS, weeks_at_most=WEEKS, reads=reads)


def twins(found: Index, places: Sequence[int]) -> float:
    """Share of a list's courses that are the same as a course further up."""
    seen: set[int] = set()
    again = 0
    for place in places:
        again += place in seen
        seen.update(found.twins(place))
    return again / len(places) if places else 0.0


def followable(found: Index, who: Profile, day: str, places: Sequence[int]) -> float:
    """Share of a list's courses of which nothing known is beyond the person's limits."""
    ranker = Ranker(found.db, found, who, day)
    matches = ranker.matches([Chosen(course) for course in ranker.candidates(places)])
    beyond = [
        any((part := match.signal(name)) and part.points < 0 for name in _BEYOND)
        for match in matches
    ]
    return beyond.count(False) / len(beyond) if beyond else 0.0
