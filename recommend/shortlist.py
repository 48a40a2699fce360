"""From a ranking to a list worth reading: several wishes covered, twins once, no provider alone.

Relevance ranks; the list is then filled greedily, a course that speaks squarely of a wish which
nothing chosen yet speaks of counting COVER points more, and one on nothing but wishes of which it
has ENOUGH less. The list stays in the order of its scores.
The idea is that of xQuAD (Santos, Macdonald & Ounis 2010), with a person's wishes as the aspects.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from recommend import holding, topics
from recommend.index import Index
from recommend.profile import Profile
from recommend.search import Found
from recommend.signals.base import POINT
from recommend.signals.topic import Spoken

PER_PROVIDER = 3
COVER = 16
"""Points, in the choice alone, for a wish that nothing chosen yet is squarely about."""
ENOUGH = 2
"""Courses on a wish, from which on another one on it counts REPEAT points less, each time."""
REPEAT = 8
GRAZED = 0.5
"""How much of a wish a course covers that speaks of it without naming it in title or skills."""
POOL = 4
"""How many times the list's length courses are considered for it."""


class Candidate(NamedTuple):
    """A course with its total, before anything is said of why."""

    course: Mapping[str, Any]
    cosine: float
    score: int
    whole: bool = True
    """False while a signal that only takes away has not been asked yet."""

    @property
    def key(self) -> tuple[int, float, str, str]:
        """Best first; equal scores by unrounded text, then by name."""
        return -self.score, -self.cosine, self.course["platform"], self.course["ref"]

    @property
    def provider(self) -> str:
        """The provider's name for counting; empty when none is stated."""
        return (self.course["provider"] or "").casefold()


class Chosen(NamedTuple):
    """A candidate that is in the list."""

    candidate: Candidate
    capped: bool = False
    """The last that the list takes of its provider, though better ones of it are left out."""
    adds: tuple[str, ...] = ()
    """Wishes that it is the first in the list to be squarely about."""


class Focus(NamedTuple):
    """What wishes give a course's cosine that names none of them in its title or skills."""

    total: float
    most: float
    """What the one gives that gives most."""
    wishes: int


class Wishes:
    """Which courses speak of which of a profile's wishes."""

    def __init__(self, index: Index, profile: Profile) -> None:
        self.index = index
        self.profile = profile
        self._named: dict[int, tuple[str, ...]] = {}

    @cached_property
    def ids(self) -> dict[str, set[int]]:
        """Ids of the listed courses that hold all words of each wish, in either language."""
        profile = self.profile
        asked = (*profile.wants, *profile.curious)
        held = holding.spoken(self.index, asked, profile.language or "en")
        return {topic: held[topic] for topic in profile.wants}

    def named(self, course: Mapping[str, Any]) -> tuple[str, ...]:
        """Wishes that the course is squarely about: named in its title or skills."""
        if course["id"] not in self._named:
            self._named[course["id"]] = self._read(course)
        return self._named[course["id"]]

    def _read(self, course: Mapping[str, Any]) -> tuple[str, ...]:
        language = self.profile.language or "en"
        said = " . ".join((course["title"], *_listed(course["skills"])))
        return tuple(t for t in self.profile.wants if topics.named_in(t, language, said))

    def focus(self, course: Mapping[str, Any], found: Found) -> Focus | None:
        """How a course's text score is spread over the wishes; None when it names one squarely."""
        if self.named(course):
            return None
        shares: dict[str, float] = {}
        for sought, share in found.shares(course["id"]):
            if sought.query.topic:
                topic = sought.query.topic
                shares[topic] = shares.get(topic, 0.0) + share
        if len(shares) < 2:
            return None
        return Focus(math.fsum(shares.values()), max(shares.values()), len(shares))

    def spoken(self, course: Mapping[str, Any]) -> Spoken:
        """What the signal `wishes` reads."""
        return Spoken(self.grazed(course), bool(self.named(course)))

    def grazed(self, course: Mapping[str, Any]) -> tuple[str, ...]:
        """Wishes all of whose words stand somewhere in the course."""
        return tuple(topic for topic, ids in self.ids.items() if course["id"] in ids)


def _listed(value: Any) -> Sequence[str]:
    return json.loads(value) if isinstance(value, str) else value or ()


def single(ordered: Iterable[Candidate], length: int) -> list[Candidate]:
    """The first `length`, of twins only the best."""
    chosen: list[Candidate] = []
    clusters: set[int] = set()
    for candidate in ordered:
        if len(chosen) == length:
            break
        cluster = candidate.course["cluster_id"]
        if cluster not in clusters:
            chosen.append(candidate)
        if cluster is not None:
            clusters.add(cluster)
    return chosen


def choose(pool: list[Candidate], wishes: Wishes, top: int, *, varied: bool = True) -> list[Chosen]:
    """`top` of a pool in order, three of a provider, by relevance alone or covering the wishes."""
    covered = _Coverage(wishes, pool) if varied else None
    rest = list(pool)
    chosen: list[Candidate] = []
    of: dict[str, int] = {}
    while rest and len(chosen) < top:
        best = max(rest, key=covered.worth) if covered else rest[0]
        rest.remove(best)
        if best.provider and of.get(best.provider, 0) == PER_PROVIDER:
            continue
        of[best.provider] = of.get(best.provider, 0) + 1
        chosen.append(best)
        if covered:
            covered.take(best)
    chosen.sort(key=lambda candidate: candidate.key)
    return _told(chosen, pool, wishes)


class _Coverage:
    """How much of each wish is still open while the list is filled."""

    def __init__(self, wishes: Wishes, pool: list[Candidate]) -> None:
        self.left = dict.fromkeys(wishes.profile.wants, 1.0)
        self.times = dict.fromkeys(wishes.profile.wants, 0)
        self.covers = {}
        self.about = {}
        self.order = {}
        for candidate in pool:
            course = candidate.course
            squarely, all_ = wishes.named(course), wishes.grazed(course)
            shares = dict.fromkeys(all_, GRAZED) | dict.fromkeys(squarely, 1.0)
            self.covers[course["id"]] = shares
            self.about[course["id"]] = squarely or all_
            score, cosine, platform, ref = candidate.key
            reverse = [-ord(char) for char in f"{platform}:{ref}"]
            self.order[course["id"]] = -score, -cosine, reverse

    def worth(self, candidate: Candidate) -> tuple[float, tuple[Any, ...]]:
        """Score, what it would cover, and less what the list has; of equals the better one."""
        course_id = candidate.course["id"]
        covers = self.covers[course_id]
        gain = COVER * sum(share * self.left[topic] for topic, share in covers.items())
        had = min((self.times[topic] for topic in self.about[course_id]), default=0)
        again = REPEAT * max(0, had - ENOUGH + 1)
        return candidate.score + POINT * (gain - again), self.order[course_id]

    def take(self, candidate: Candidate) -> None:
        """What the candidate covers need not be covered again."""
        course_id = candidate.course["id"]
        for topic, share in self.covers[course_id].items():
            self.left[topic] *= 1.0 - share
        for topic in self.about[course_id]:
            self.times[topic] += 1


def _told(chosen: list[Candidate], pool: list[Candidate], wishes: Wishes) -> list[Chosen]:
    """With each course what it adds to those above it, and whether its provider has more."""
    taken = {candidate.course["id"] for candidate in chosen}
    lowest = chosen[-1].key if chosen else ()
    more = {c.provider for c in pool if c.course["id"] not in taken and c.key < lowest}
    counts: dict[str, int] = {}
    seen: set[str] = set()
    told = []
    for candidate in chosen:
        counts[candidate.provider] = place = counts.get(candidate.provider, 0) + 1
        capped = bool(candidate.provider) and place == PER_PROVIDER and candidate.provider in more
        adds = tuple(topic for topic in wishes.named(candidate.course) if topic not in seen)
        seen.update(adds)
        told.append(Chosen(candidate, capped, adds))
    return told
