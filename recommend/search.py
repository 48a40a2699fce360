"""Text scores of all courses for one profile: cosines, as sums over the profile's terms."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable

import attrs

from recommend.index import Index, Posting
from recommend.query import QueryTerm


@attrs.frozen
class Sought:
    """A term of the query that some course holds, with its share of the cosine."""

    query: QueryTerm
    posting: Posting
    factor: float
    """Its weight in the query's vector, which has length one."""

    def share(self, course_id: int) -> float:
        """What the term adds to a course's cosine; 0 where the course does not hold it."""
        return self.factor * self.posting.weight(course_id)


@attrs.frozen
class Found:
    """The courses that hold any term of the query."""

    sought: tuple[Sought, ...]
    cosines: dict[int, float]
    """Course id -> cosine of its vector and the query's, above 0."""

    def shares(self, course_id: int) -> list[tuple[Sought, float]]:
        """What each term adds to a course's cosine, without those it does not hold."""
        shares = ((sought, sought.share(course_id)) for sought in self.sought)
        return [(sought, share) for sought, share in shares if share > 0.0]


def search(index: Index, query: Iterable[QueryTerm]) -> Found:
    """Score the courses. Terms that no course holds are left out, as TfidfVectorizer does."""
    wanted = {term.term: term for term in query if term.weight > 0.0}
    postings = index.postings(wanted)
    raw = {term: wanted[term].weight * posting.idf for term, posting in postings.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
    sought = tuple(
        Sought(wanted[term], posting, raw[term] / length) for term, posting in postings.items()
    )
    return Found(sought, _cosines(sought))


def _cosines(sought: Iterable[Sought]) -> dict[int, float]:
    sought = tuple(sought)
    highest = max((each.posting.docs[-1] for each in sought), default=-1)
    scores = array("d", bytes(8 * (highest + 1)))
    for each in sought:
        factor = each.factor
        for course_id, weight in zip(each.posting.docs, each.posting.weights, strict=True):
            scores[course_id] += factor * weight
    return {course_id: score for course_id, score in enumerate(scores) if score > 0.0}
