"""Which courses matter to a profile, also those that the index no longer holds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from recommend import text
from recommend.index import Index
from recommend.profile import Profile
from recommend.query import terms_of
from recommend.search import Found, search

_RANKED = 12
_SHARE = 0.5
"""A course matters whose text is at least so near as half of the twelfth best's."""


def mattering(index: Index, profile: Profile, rows: Iterable[Mapping[str, Any]]) -> set[int]:
    """Ids of those course rows (id and the text columns) that the profile would look at."""
    found = search(index, terms_of(profile))
    best = sorted(found.cosines.values(), reverse=True)[:_RANKED]
    if not best:
        return set()
    least = best[-1] * _SHARE
    return {row["id"] for row in rows if _cosine(index, found, row) >= least}


def _cosine(index: Index, found: Found, row: Mapping[str, Any]) -> float:
    """The index's cosine, or for a course that it does not hold the same sum worked out here."""
    if row["id"] in found.cosines:
        return found.cosines[row["id"]]
    counts = Counter(text.course_terms(row))
    if not any(sought.query.term in counts for sought in found.sought):
        return 0.0
    postings = index.postings(counts)
    weights = {t: (1.0 + math.log(counts[t])) * each.idf for t, each in postings.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    shares = (s.factor * weights.get(s.query.term, 0.0) for s in found.sought)
    return math.fsum(shares) / length if length else 0.0
