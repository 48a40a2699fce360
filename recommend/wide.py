"""The walk of `walk` with numpy, which a server loads: the same courses, the same points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy

from recommend import loops
from recommend.facts import NOT_YET
from recommend.signals.base import POINT
from recommend.signals.topic import TEXT_SCALE
from recommend.walk import Group, Stores, Walk

SAMPLE = 1000
"""As in `walk`; here more courses cost little."""


class Bound:
    """The most that a group of signals can give every course."""

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

    def given(self, ids: Any, stores: Stores) -> Any:
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


class WideWalk(Walk):
    """The courses of one search, many looked at at once."""

    def __init__(self, *said: Any, made: Callable[..., Any]) -> None:
        """As `Walk`; `made` remembers bounds from question to question."""
        super().__init__(*said)
        self._bounds = [made(("bound", group), partial(Bound, group)) for group in self.groups]
        self._scores = numpy.frombuffer(self.scores)

    def first(self, count: int) -> dict[int, int]:
        """Points of `count` courses that will very likely be in the list, by id."""
        ids, sums = self._sums(loops.top(self.scores, SAMPLE), NOT_YET)
        if len(ids) > count:
            # Which of equals does not matter: `then` gives the others.
            best = numpy.argpartition(-sums, count)[:count]
            ids, sums = ids[best], sums[best]
        return self._give(ids.tolist(), _as_dict(ids, sums))

    def _open(self, least: int | None) -> Any:
        if least is None:
            return super()._open(least)
        # Whole numbers as narrow as the bounds: twice as fast to add as any mixture.
        most = numpy.rint(self._scores * self.scale).astype(numpy.int32)
        for bound in self._bounds:
            most += bound.most()[: len(most)]
        return numpy.flatnonzero((most + self.rest >= least) & (self._scores > 0.0))

    def points(self, ids: Sequence[int], least: float = NOT_YET) -> dict[int, int]:
        """What text and groups give the courses, without those that cannot reach `least`."""
        return _as_dict(*self._sums(ids, least))

    def _sums(self, ids: Sequence[int], least: float) -> tuple[Any, Any]:
        """The same as two arrays."""
        found = numpy.asarray(ids, dtype=numpy.int64)
        sums = numpy.rint(self._scores[found] * self.scale)
        left = self.highest
        for group, bound in zip(self.groups, self._bounds, strict=True):
            left -= group.highest
            sums = sums + bound.given(found, self._stores)
            stays = sums + left >= least
            found, sums = found[stays], sums[stays]
        sums = sums + self._thinned(found)
        stays = sums + self.rest >= least
        return found[stays], sums[stays]

    def _thinned(self, ids: Any) -> Any:
        """What `Thinned.points` gives these courses."""
        thin = self.thin
        lost = numpy.frombuffer(thin.lost)[numpy.frombuffer(thin.words, numpy.int32)[ids]]
        points = numpy.rint(lost * self._scores[ids] * TEXT_SCALE * POINT)
        return numpy.rint(numpy.where(points > -POINT, 0.0, points) * thin.weight)


def _as_dict(ids: Any, points: Any) -> dict[int, int]:
    return dict(zip(ids.tolist(), points.astype(int).tolist(), strict=True))
