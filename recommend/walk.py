"""Which courses to read first, and which never: by text and by what signals give.

The few loops over all courses are plain Python; with numpy, which a server loads and the command
line never does, they are the same sums in the same order, bit for bit.
"""

from __future__ import annotations

import heapq
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from recommend.facts import NOT_YET
from recommend.signals.base import POINT
from recommend.signals.topic import AMPLE, TEXT_SCALE, lost, thinned

numpy: Any = None
"""numpy, in a process that has called `use_numpy`."""
SAMPLE = 200
"""How many of the best by text are judged before any is read."""
WIDE_SAMPLE = 1000
"""The same with numpy, to which more courses cost little."""
BATCH = 32
_BLOCKS = 1024


def use_numpy() -> None:
    """Let numpy run the loops of this process from now on."""
    global numpy  # noqa: PLW0603 - set once, at start
    import numpy as imported

    numpy = imported


def add(scores: array[float], docs: array[int], weights: array[float], factor: float) -> None:
    """Add a posting list's weights, times the factor, to the scores of its courses."""
    if numpy:
        sums = numpy.frombuffer(scores)
        where = numpy.frombuffer(docs, numpy.int32)
        numpy.add.at(sums, where, numpy.frombuffer(weights, numpy.float32) * numpy.float64(factor))
        return
    for course_id, weight in zip(docs, weights, strict=True):
        scores[course_id] += factor * weight


def top(scores: array[float], count: int) -> Sequence[int]:
    """Ids of courses above 0 with the highest scores: `count` of them, or some more."""
    if numpy and len(scores) > _BLOCKS:
        held = numpy.frombuffer(scores)
        width = len(held) // _BLOCKS
        # The n-th highest of the blocks' maxima is at most the n-th highest score.
        highest = held[: width * _BLOCKS].reshape(_BLOCKS, width).max(axis=1)
        least = numpy.partition(highest, -count)[-count]
        return reaching(scores, float(least))
    return heapq.nlargest(count, reaching(scores, 0.0), key=scores.__getitem__)


def reaching(scores: array[float], least: float) -> Sequence[int]:
    """Ids of courses above 0 whose score is at least so high."""
    if numpy:
        held = numpy.frombuffer(scores)
        found: Sequence[int] = numpy.flatnonzero((held >= least) & (held > 0.0))
        return found
    return [at for at, score in enumerate(scores) if score > 0.0 and score >= least]


def meeting(lists: Iterable[array[int]]) -> Collection[int]:
    """The ids that stand in all of these ascending lists, of which none is empty."""
    few, *more = sorted(lists, key=len)
    if not numpy:
        return set(few).intersection(*more)
    found = numpy.frombuffer(few, numpy.int32)
    for each in more:
        held = numpy.frombuffer(each, numpy.int32)
        at = numpy.minimum(numpy.searchsorted(held, found), len(held) - 1)
        found = found[held[at] == found]
    ids: list[int] = found.tolist()
    return ids


def tally(length: int, groups: Iterable[Collection[int]], most: int) -> array[int]:
    """By id below `length`, in how many groups it stands, or `most`; no group holds an id twice."""
    counts = array("i", bytes(4 * length))
    for ids in groups:
        if numpy:
            held = numpy.frombuffer(counts, numpy.int32)
            where = numpy.fromiter(ids, numpy.int32, len(ids))
            held[where] = numpy.minimum(held[where] + 1, most)
            continue
        for each in ids:
            counts[each] = min(counts[each] + 1, most)
    return counts


class Group(Protocol):
    """Signals that give all courses with the same number the same points."""

    @property
    def codes(self) -> array[int]:
        """By course id, its number."""

    @property
    def points(self) -> array[float]:
        """By number; NOT_YET where nobody has asked."""

    @property
    def highest(self) -> int:
        """The most that any course wins, as far as is known."""

    def bound(self, db: sqlite3.Connection, store: sqlite3.Connection) -> None:
        """Work out what takes little to know the highest."""

    def work_out(self, db: sqlite3.Connection, store: sqlite3.Connection, numbers: Any) -> None:
        """Fill in the points of these numbers."""


class Counted:
    """A signal that gives points by a number that is known for every course."""

    def __init__(self, codes: array[int], points: Sequence[int]) -> None:
        """`codes`: by course id, its number; `points` of the numbers 0, 1 ..."""
        self.codes = codes
        self.points = array("d", points)
        self.highest = max(points)

    def bound(self, db: sqlite3.Connection, store: sqlite3.Connection) -> None:
        """All is known."""

    def work_out(self, db: sqlite3.Connection, store: sqlite3.Connection, numbers: Any) -> None:
        """Nothing is left to work out."""


class Thinned:
    """What the signal `substance` takes from every course's text."""

    def __init__(self, words: array[int], weight: float) -> None:
        """`words`: by course id, the telling words of its page, counted as far as AMPLE."""
        self.words = words
        self.weight = weight
        self.lost = array("d", map(lost, range(AMPLE + 1)))

    def points(self, course_id: int, cosine: float) -> int:
        """Hundredths, the signal's own: 0 or less."""
        return round(thinned(self.lost[self.words[course_id]], cosine) * self.weight)

    def by_numpy(self, ids: Any, cosines: Any) -> Any:
        """The same for several courses at once."""
        lost = numpy.frombuffer(self.lost)[numpy.frombuffer(self.words, numpy.int32)[ids]]
        points = numpy.rint(lost * cosines * TEXT_SCALE * POINT)
        return numpy.rint(numpy.where(points > -POINT, 0.0, points) * self.weight)


class Bound:
    """The most that a group of signals can give every course; numpy alone asks."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._open = -1
        self._most: Any = None

    def most(self) -> Any:
        """By course id, hundredths: made anew where more is known than when it was asked last."""
        # What is known is never forgotten.
        if self._open:
            known = numpy.frombuffer(self._group.points)
            open_ = int((known == NOT_YET).sum())
            if open_ != self._open:
                points = numpy.where(known == NOT_YET, self._group.highest, known)
                codes = numpy.frombuffer(self._group.codes, numpy.int32)
                self._most, self._open = points.astype(numpy.int32)[codes], open_
        return self._most

    def given(self, ids: Any, stores: tuple[sqlite3.Connection, sqlite3.Connection]) -> Any:
        """What the group gives these courses, worked out where nobody had asked."""
        if not self._open:
            return self._most[ids]
        group = self._group
        numbers = numpy.frombuffer(group.codes, numpy.int32)[ids]
        points = numpy.frombuffer(group.points)
        open_ = points[numbers] == NOT_YET
        if open_.any():
            group.work_out(*stores, numpy.unique(numbers[open_]).tolist())
        return points[numbers]


class Walk:
    """The courses of one search, each with what it can score at most."""

    def __init__(
        self,
        scores: array[float],
        scale: float,
        groups: Sequence[Group],
        rest: tuple[int, Collection[int]],
        stores: tuple[sqlite3.Connection, sqlite3.Connection],
        thin: Thinned,
        bounds: Sequence[Bound],
    ) -> None:
        """`scale`: points of a cosine of 1; `rest`: the most that no group gives, and to which.

        `bounds` are those of the groups.
        """
        self.scores = scores
        self.scale = scale
        self.thin = thin
        self.bounds = bounds
        self.groups = groups
        for group in groups:
            group.bound(*stores)
        most, self.favoured = rest
        self.rest = most if self.favoured else 0
        self.highest = self.rest + sum(group.highest for group in groups)
        self._stores = stores
        self._given: set[int] = set()

    def first(self, count: int) -> dict[int, int]:
        """Points of `count` courses that will very likely be in the list, by id."""
        if numpy:
            ids, sums = self._sums(top(self.scores, WIDE_SAMPLE), NOT_YET)
            best = numpy.argsort(-sums, kind="stable")[:count]
            return self._give(ids[best].tolist(), _as_dict(ids[best], sums[best]))
        points = self.points(top(self.scores, SAMPLE))
        return self._give(heapq.nlargest(count, points, key=points.__getitem__), points)

    def then(self, least: int | None) -> Iterator[tuple[int, dict[int, int]]]:
        """All others that can score `least`, the most promising first: (their most, points)."""
        left = self.points(self._open(least), NOT_YET if least is None else least)
        most = {
            at: points + self.rest * (at in self.favoured)
            for at, points in left.items()
            if at not in self._given
        }
        # Of thousands that could enter, few batches are asked for: a heap sorts no more than those.
        order = [(-points, at) for at, points in most.items()]
        heapq.heapify(order)
        while order:
            chunk = [heapq.heappop(order)[1] for _ in range(min(BATCH, len(order)))]
            yield most[chunk[0]], self._give(chunk, left)

    def _open(self, least: int | None) -> Sequence[int]:
        """Ids of the courses above 0 that could score `least`, and perhaps some that could not."""
        if least is None:
            return reaching(self.scores, 0.0)
        if not numpy:
            return reaching(self.scores, (least - self.highest) / self.scale if self.scale else 0.0)
        held = numpy.frombuffer(self.scores)
        # Whole numbers as narrow as the bounds: twice as fast to add as any mixture.
        most = numpy.rint(held * self.scale).astype(numpy.int32)
        for bound in self.bounds:
            most += bound.most()[: len(held)]
        found: Sequence[int] = numpy.flatnonzero((most + self.rest >= least) & (held > 0.0))
        return found

    def _give(self, ids: list[int], points: Mapping[int, int]) -> dict[int, int]:
        self._given.update(ids)
        return {at: points[at] for at in sorted(ids)}

    def points(self, ids: Sequence[int], least: float = NOT_YET) -> dict[int, int]:
        """What text and groups give the courses, without those that cannot reach `least`."""
        return _as_dict(*self._sums(ids, least)) if numpy else self._plainly(ids, least)

    def _plainly(self, ids: Sequence[int], least: float) -> dict[int, int]:
        sums: dict[int, float] = {at: round(self.scores[at] * self.scale) for at in ids}
        left = self.highest
        for group in self.groups:
            left -= group.highest
            codes, points = group.codes, group.points
            new = {codes[at] for at in sums if points[codes[at]] == NOT_YET}
            if new:
                group.work_out(*self._stores, new)
            sums = {
                at: reached
                for at, held in sums.items()
                if (reached := held + points[codes[at]]) + left >= least
            }
        # What thin pages lose is asked last, of the few that are left.
        whole = {at: int(held) + self.thin.points(at, self.scores[at]) for at, held in sums.items()}
        return {at: points for at, points in whole.items() if points + self.rest >= least}

    def _sums(self, ids: Sequence[int], least: float) -> tuple[Any, Any]:
        """The same with numpy: ids and points, in two arrays."""
        found = numpy.asarray(ids, dtype=numpy.int64)
        sums = numpy.rint(numpy.frombuffer(self.scores)[found] * self.scale)
        left = self.highest
        for group, bound in zip(self.groups, self.bounds, strict=True):
            left -= group.highest
            sums = sums + bound.given(found, self._stores)
            stays = sums + left >= least
            found, sums = found[stays], sums[stays]
        sums = sums + self.thin.by_numpy(found, numpy.frombuffer(self.scores)[found])
        stays = sums + self.rest >= least
        return found[stays], sums[stays]


def _as_dict(ids: Any, points: Any) -> dict[int, int]:
    return dict(zip(ids.tolist(), points.astype(int).tolist(), strict=True))
