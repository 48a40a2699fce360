"""How many courses of a catalogue a profile's limits leave, by the signals that rank them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import attrs

from recommend import facts
from recommend.index import Index
from recommend.profile import Profile

LIMITS: Mapping[str, tuple[str, str]] = {
    "reads": ("language", "person"),
    "hours_per_week": ("hours", "time"),
    "weeks_at_most": ("weeks", "time"),
    "budget": ("price", "money"),
}
"""The profile's key -> the signal that asks for it, and the signal's group of facts."""
_LISTED = 12
"""As many courses as a list has: with fewer, and fewer than half, there is little to choose."""
_SHARE = 0.05


ALL = "all"
"""In the place of a key: all limits that the profile states, where they are several."""


class Left(NamedTuple):
    """What one limit leaves, or all of them together."""

    key: str
    courses: int
    """Courses within the limit; for all together, those that are known to be beyond none."""
    known: int
    """Courses of which it can be said."""

    @property
    def is_few(self) -> bool:
        """Is it little to choose from?"""
        few = self.courses < min(_LISTED, self.known / 2)
        return few or self.courses < _SHARE * self.known


def few(profile: Profile, index: Index) -> list[Left]:
    """The limits that leave little to choose from; all together only where none does alone."""
    *each, together = left(profile, index)
    return [one for one in each if one.is_few] or [together] * (len(each) > 1 and together.is_few)


def left(profile: Profile, index: Index) -> Iterator[Left]:
    """What each limit that the profile states leaves of the listed courses, then all together."""
    listed = [at for (at,) in index.db.execute("select id from course where withdrawn is null")]
    plain = attrs.evolve(profile, weights={})
    within_all = set(listed)
    for key, (name, group) in LIMITS.items():
        if getattr(profile, key) not in (None, ()):
            found = _points(name, group, plain, index)
            given = {at: found.points[found.codes[at]] for at in listed}
            told = Counter(points > 0 for points in given.values() if points)
            within_all -= {at for at, points in given.items() if points < 0}
            yield Left(key, told[True], told.total())
    yield Left(ALL, len(within_all), len(listed))


def _points(name: str, group: str, profile: Profile, index: Index) -> facts.Points:
    """One signal's points, by the numbers of the facts that it reads."""
    alone = facts.GROUPS[group]._replace(names=(name,))
    # These signals look at no session, so that the day is all the same.
    found = facts.Points(alone, index.stated()[group], profile, day="")
    found.work_out(index.db, index.store, range(len(found.points)))
    return found
