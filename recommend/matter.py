"""Which courses matter to a profile, also those that the index no longer holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from recommend import text
from recommend.index import Index
from recommend.profile import Profile
from recommend.query import terms_of
from recommend.radar import index_terms
from recommend.search import search
from recommend.topics import forms

_RANKED = 12
_SHARE = 0.5
"""A course matters whose text is at least half as near as the twelfth best's."""


def mattering(index: Index, profile: Profile, gone: Iterable[Mapping[str, Any]]) -> set[int]:
    """Ids of the courses that the profile would read, listed or `gone` (rows of text columns).

    The index knows the words of listed courses alone, so that one withdrawn matters when it names
    a wish.
    """
    cosines = search(index, terms_of(profile)).cosines
    best = sorted(cosines.values(), reverse=True)[:_RANKED]
    least = best[-1] * _SHARE if best else 1.0
    near = {course_id for course_id, cosine in cosines.items() if cosine >= least}
    return near.union(row["id"] for row in gone if _names_wish(profile, row))


def _names_wish(profile: Profile, row: Mapping[str, Any]) -> bool:
    held = frozenset(text.course_terms(row))
    wishes = (*profile.wants, *profile.curious)
    named = (form for wish in wishes for form in forms(wish, profile.language or "en"))
    return any(held.issuperset(index_terms(form)) for form in named)
