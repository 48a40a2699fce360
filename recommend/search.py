"""Text scores of all courses for one profile: cosines, as sums over the profile's terms."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from recommend import loops
from recommend.index import Index, Posting
from recommend.memory import Lately
from recommend.query import QueryTerm

_COURSES = 1000
"""Courses whose shares are remembered."""


class Sought(NamedTuple):
    """A term of the query that some course holds, with its share of the cosine."""

    query: QueryTerm
    posting: Posting
    factor: float
    """Its weight in the query's vector, which has length one."""

    def share(self, course_id: int) -> float:
        """What the term adds to a course's cosine; 0 where the course does not hold it."""
        # Written out, as a list of twelve asks this some ten thousand times.
        docs = self.posting.docs
        at = bisect_left(docs, course_id)
        if at == len(docs) or docs[at] != course_id:
            return 0.0
        return self.factor * self.posting.weights[at]


class Found:
    """The courses that hold any term of the query."""

    def __init__(self, sought: tuple[Sought, ...], scores: array[float]) -> None:
        self.sought = sought
        self.scores = scores
        """By course id, the cosine of its vector and the query's; 0 for all others."""
        self._shares = Lately(_COURSES).made

    @cached_property
    def cosines(self) -> dict[int, float]:
        """Course id -> cosine, of those above 0."""
        return {course_id: score for course_id, score in enumerate(self.scores) if score > 0.0}

    def cosine(self, course_id: int) -> float:
        """A course's cosine."""
        return self.scores[course_id] if course_id < len(self.scores) else 0.0

    def shares(self, course_id: int) -> list[tuple[Sought, float]]:
        """What each term adds to a course's cosine, without those it does not hold."""
        return self._shares(course_id, lambda: self._told_apart(course_id))

    def _told_apart(self, course_id: int) -> list[tuple[Sought, float]]:
        shares = ((sought, sought.share(course_id)) for sought in self.sought)
        return [(sought, share) for sought, share in shares if share > 0.0]


def search(index: Index, query: Iterable[QueryTerm], *, upto: int = 0) -> Found:
    """Score the courses. Terms that no course holds are left out, as TfidfVectorizer does.

    `upto`: there are scores for the course ids below it, also behind the last that holds a term.
    """
    wanted = {term.term: term for term in query if term.weight > 0.0}
    postings = index.postings(wanted)
    raw = {term: wanted[term].weight * posting.idf for term, posting in postings.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
    sought = tuple(
        Sought(wanted[term], posting, raw[term] / length) for term, posting in postings.items()
    )
    return Found(sought, _scores(sought, upto))


def _scores(sought: tuple[Sought, ...], upto: int) -> array[float]:
    highest = max((each.posting.docs[-1] for each in sought), default=-1)
    scores = array("d", bytes(8 * max(upto, highest + 1)))
    for each in sought:
        loops.add(scores, each.posting.docs, each.posting.weights, each.factor)
    return scores
