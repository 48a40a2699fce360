"""Which courses to read first, and which never: by text and by what signals give.

Here in plain Python; `wide` has the same with numpy, for a server.
"""

from __future__ import annotations

import heapq
import sqlite3
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from recommend import loops
from recommend.facts import NOT_YET
from recommend.signals.topic import AMPLE, lost, thinned

SAMPLE = 200
"""How many of the best by text are judged before any is read."""
BATCH = 32

Stores = tuple[sqlite3.Connection, sqlite3.Connection]
"""The catalogue, and where the index is."""


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


class Walk:
    """The courses of one search, each with what it can score at most."""

    def __init__(
        self,
        scores: array[float],
        scale: float,
        groups: Sequence[Group],
        rest: tuple[int, Collection[int]],
        stores: Stores,
        thin: Thinned,
    ) -> None:
        """`scale`: points of a cosine of 1; `rest`: the most that no group gives, and to which."""
        self.scores = scores
        self.scale = scale
        self.thin = thin
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
        points = self.points(loops.top(self.scores, SAMPLE))
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
        if least is None or not self.scale:
            return loops.reaching(self.scores, 0.0)
        return loops.reaching(self.scores, (least - self.highest) / self.scale)

    def _give(self, ids: list[int], points: Mapping[int, int]) -> dict[int, int]:
        self._given.update(ids)
        return {at: points[at] for at in sorted(ids)}

    def points(self, ids: Sequence[int], least: float = NOT_YET) -> dict[int, int]:
        """What text and groups give the courses, without those that cannot reach `least`."""
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
