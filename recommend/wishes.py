"""Which courses speak of a profile's wishes: squarely, in title or skills, or anywhere."""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from recommend import holding, loops, topics
from recommend.facts import ARRIVAL
from recommend.index import Index
from recommend.memory import Lately
from recommend.profile import Profile
from recommend.search import Found
from recommend.signals.topic import WISHES, Focus, Wished
from recommend.text import FIELDS, headline, passages

_COURSES = 1000
"""Courses whose own words are remembered."""


class Wishes:
    """The wishes of a profile against one index; nothing is read from it later."""

    def __init__(self, index: Index, profile: Profile, found: Found) -> None:
        self.wanted = profile.wants
        self._curious = profile.curious
        self.language = profile.language or "en"
        self.found = found
        held = holding.spoken(index, (*profile.wants, *profile.curious), self.language)
        self.ids = {topic: held[topic] for topic in profile.wants}
        """Ids of the listed courses that hold all words of each wish, in either language."""
        self._sure = holding.surely(index, profile.wants, self.language)
        key = "counts", profile.wants, self.language
        self.counts: array[int] = index.memory.theme(key, lambda: _counted(index, self.ids))
        """By course id, of how many wishes it speaks, counted as far as matters."""
        self._read = Lately(_COURSES).made

    def of(self, course: Mapping[str, Any]) -> Wished:
        """What a course has of the wishes."""
        return self._read(course["id"], lambda: self._wished(course))

    def _wished(self, course: Mapping[str, Any]) -> Wished:
        at, said = course["id"], headline(course)
        named = tuple(t for t in self.wanted if topics.named_in(t, self.language, said))
        held = [topic for topic, ids in self.ids.items() if at in ids]
        # Most need no reading: the index holds words and phrases.
        open_ = [each for each in held if each not in named and at not in self._sure[each]]
        heard = self._heard(course, open_) if open_ else ()
        spoken = tuple(each for each in held if each not in open_ or each in heard)
        if named:
            return Wished(named, spoken, len(held))
        shares = self._shares(at)
        most = max(shares, key=shares.__getitem__, default=None)
        nice = any(topics.named_in(t, self.language, said) for t in self._curious)
        return Wished(named, spoken, len(held), None if nice else _spread(shares), most)

    def _heard(self, course: Mapping[str, Any], wanted: Sequence[str]) -> tuple[str, ...]:
        """Those whose words all stand near each other in a passage of the course."""
        said = (each for field in FIELDS for each in passages(course, field))
        return topics.spoken(wanted, self.language, dict.fromkeys(said))

    def _shares(self, course_id: int) -> dict[str, float]:
        """What the words of each wish give a course's cosine."""
        shares: dict[str, float] = {}
        for sought, share in self.found.shares(course_id):
            if topic := sought.query.topic:
                shares[topic] = shares.get(topic, 0.0) + share
        return shares


def _spread(shares: Mapping[str, float]) -> Focus | None:
    """How a course's text score is spread over the wishes; None where there is one or none."""
    if len(shares) < 2:
        return None
    return Focus(math.fsum(shares.values()), max(shares.values()), len(shares))


def _counted(index: Index, ids: Mapping[str, Collection[int]]) -> array[int]:
    length = len(index.stated()[ARRIVAL].codes)
    return loops.tally(length, ids.values(), len(WISHES) - 1)
