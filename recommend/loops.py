"""The few loops over all courses, in plain Python or, in a server, with numpy.

The command line never loads numpy, which takes longer to import than a list takes to rank. Both
ways give the same sums in the same order, bit for bit.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import Any

numpy: Any = None
"""numpy, in a process that has called `use_numpy`."""
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
