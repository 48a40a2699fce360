"""From a ranking to a list worth reading: several wishes covered, twins once, no provider alone.

Relevance ranks; the list is then filled greedily, a course that speaks squarely of a wish which
nothing chosen yet speaks of counting COVER points more, and one on nothing but wishes of which it
has ENOUGH less. The list stays in the order of its scores.
The idea is that of xQuAD (Santos, Macdonald & Ounis 2010), with a person's wishes as the aspects.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from catalogue.options import KNOWN_HOUSE, KNOWN_PROVIDER
from recommend.signals.base import POINT
from recommend.wishes import Wishes

PER_PROVIDER = 3
COVER = 16
"""Points, in the choice alone, for a wish that nothing chosen yet is squarely about."""
ENOUGH = 2
"""Courses on a wish, or on a word of it, from which on another one counts REPEAT points less."""
REPEAT = 8
GRAZED = 0.5
"""How much of a wish a course covers that speaks of it without naming it in title or skills."""
_NO_WISH = ""
"""What brings a course that has no word of any: counted as if ENOUGH had come for it."""
POOL = 4
"""How many times the list's length courses are considered for it."""
DEEP = 6
"""And how many more for each wish that none of them speaks of."""


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
        """The provider's name for counting, its faculties with it; empty when none is stated."""
        _, known, name = (self.course.get("provider_kind_why") or "").partition(KNOWN_PROVIDER)
        return (
            name.removesuffix(KNOWN_HOUSE) if known else self.course["provider"] or ""
        ).casefold()


class Chosen(NamedTuple):
    """A candidate that is in the list."""

    candidate: Candidate
    capped: bool = False
    """The last that the list takes of its provider, though better ones of it are left out."""
    adds: tuple[str, ...] = ()
    """Wishes that it is the first in the list to be squarely about."""


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
    """`top` of a pool, three of a provider, by relevance alone or covering the wishes.

    The pool's best comes first: of equals, the first is taken.
    """
    covered = _Coverage(wishes, pool) if varied else None
    chosen: list[Candidate] = []
    of: dict[str, int] = {}
    for best in _greedily(pool, covered) if covered else pool:
        if len(chosen) == top:
            break
        if best.provider and of.get(best.provider, 0) == PER_PROVIDER:
            continue
        of[best.provider] = of.get(best.provider, 0) + 1
        chosen.append(best)
        if covered:
            covered.take(best)
    chosen.sort(key=attrgetter("key"))
    return _told(chosen, pool, wishes)


def _greedily(pool: list[Candidate], covered: _Coverage) -> Iterator[Candidate]:
    """Always the one that is worth most now; of equals, the first of the pool.

    What a course is worth only falls while the list is filled, so that one whose worth has not
    fallen goes before all that had less (lazy greedy, Minoux 1978).
    """
    order = [(-covered.worth(candidate), at) for at, candidate in enumerate(pool)]
    heapq.heapify(order)
    while order:
        was, at = order[0]
        now = -covered.worth(pool[at])
        if now > was:
            heapq.heapreplace(order, (now, at))
        else:
            heapq.heappop(order)
            yield pool[at]


class _Coverage:
    """How much of each wish is still open while the list is filled."""

    def __init__(self, wishes: Wishes, pool: list[Candidate]) -> None:
        self._left = dict.fromkeys(wishes.wanted, 1.0)
        self._times: dict[str, int] = defaultdict(int, {_NO_WISH: ENOUGH})
        self._of = {id(candidate): _brought(wishes, candidate) for candidate in pool}

    def worth(self, candidate: Candidate) -> float:
        """Score, what it would cover, and less what the list has."""
        covers, drawn = self._of[id(candidate)]
        gain = COVER * sum([share * self._left[topic] for topic, share in covers])
        had = min([self._times[topic] for topic in drawn], default=0)
        again = REPEAT * max(0, had - ENOUGH + 1)
        return candidate.score + POINT * (gain - again)

    def take(self, candidate: Candidate) -> None:
        """What the candidate covers need not be covered again."""
        covers, drawn = self._of[id(candidate)]
        for topic, share in covers:
            self._left[topic] *= 1.0 - share
        for topic in drawn:
            self._times[topic] += 1


def _brought(
    wishes: Wishes, candidate: Candidate
) -> tuple[Sequence[tuple[str, float]], tuple[str, ...]]:
    """What a course covers of each wish, and the wishes that bring it into the list."""
    wished = wishes.of(candidate.course)
    shares = dict.fromkeys(wished.spoken, GRAZED) | dict.fromkeys(wished.named, 1.0)
    return [*shares.items()], wished.drawn or (_NO_WISH,)


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
        adds = tuple(topic for topic in wishes.of(candidate.course).named if topic not in seen)
        seen.update(adds)
        told.append(Chosen(candidate, capped, adds))
    return told
