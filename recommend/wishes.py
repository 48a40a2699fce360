"""Which courses speak of a profile's wishes: squarely, in title or skills, or anywhere."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from recommend import holding, topics, walk
from recommend.facts import ARRIVAL
from recommend.index import Index
from recommend.memory import Lately
from recommend.profile import Profile
from recommend.search import Found
from recommend.signals.topic import WISHES, Spoken
from recommend.text import FIELDS, headline, passages

_COURSES = 1000
"""Courses whose own words are remembered."""


class Focus(NamedTuple):
    """What wishes give a course's cosine that names none of them in its title or skills."""

    total: float
    most: float
    """What the one gives that gives most."""
    wishes: int


class Wishes:
    """The wishes of a profile against one index; nothing is read from it later."""

    def __init__(self, index: Index, profile: Profile, found: Found) -> None:
        self.wanted = profile.wants
        self.language = profile.language or "en"
        self.found = found
        held = holding.spoken(index, (*profile.wants, *profile.curious), self.language)
        self.ids = {topic: held[topic] for topic in profile.wants}
        """Ids of the listed courses that hold all words of each wish, in either language."""
        self._sure = holding.surely(index, profile.wants, self.language)
        key = "counts", profile.wants, self.language
        self.counts: array[int] = index.memory.theme(key, lambda: _counted(index, self.ids))
        """By course id, of how many wishes it speaks, counted as far as matters."""
        self._named = Lately(_COURSES).made
        self._spoken = Lately(_COURSES).made
        self._focus = Lately(_COURSES).made

    def named(self, course: Mapping[str, Any]) -> tuple[str, ...]:
        """Wishes that the course is squarely about: named in its title or skills."""
        return self._named(course["id"], lambda: self._read(course))

    def _read(self, course: Mapping[str, Any]) -> tuple[str, ...]:
        said = headline(course)
        return tuple(t for t in self.wanted if topics.named_in(t, self.language, said))

    def about(self, course: Mapping[str, Any]) -> tuple[str, ...]:
        """Wishes that the course is squarely about, or else those that it speaks of."""
        return self.named(course) or self.spoken(course).topics

    def held(self, course: Mapping[str, Any]) -> int:
        """Of how many wishes all words stand somewhere in the course, near each other or not."""
        return sum(course["id"] in ids for ids in self.ids.values())

    def spoken(self, course: Mapping[str, Any]) -> Spoken:
        """The wishes that the course speaks of: a passage has all their words near each other."""
        return self._spoken(course["id"], lambda: self._heard(course))

    def _heard(self, course: Mapping[str, Any]) -> Spoken:
        squarely = self.named(course)
        at = course["id"]
        asked = [topic for topic, ids in self.ids.items() if at in ids]
        # Most need no reading: the index holds words and phrases.
        open_ = [each for each in asked if each not in squarely and at not in self._sure[each]]
        said = (each for field in FIELDS for each in passages(course, field))
        heard = topics.spoken(open_, self.language, dict.fromkeys(said)) if open_ else ()
        spoken = (each for each in asked if each not in open_ or each in heard)
        return Spoken(tuple(spoken), bool(squarely))

    def focus(self, course: Mapping[str, Any]) -> Focus | None:
        """How a course's text score is spread over the wishes; None when it names one squarely."""
        if self.named(course):
            return None
        return self._focus(course["id"], lambda: self._spread(course["id"]))

    def _spread(self, course_id: int) -> Focus | None:
        shares: dict[str, float] = {}
        for sought, share in self.found.shares(course_id):
            if topic := sought.query.topic:
                shares[topic] = shares.get(topic, 0.0) + share
        if len(shares) < 2:
            return None
        return Focus(math.fsum(shares.values()), max(shares.values()), len(shares))


def _counted(index: Index, ids: Mapping[str, Collection[int]]) -> array[int]:
    length = len(index.stated()[ARRIVAL].codes)
    return walk.tally(length, ids.values(), len(WISHES) - 1)
