"""How much of a course is new to a person: by TF-IDF weight, within what the person's field is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from recommend import holding
from recommend.holding import Form
from recommend.index import Index, Posting
from recommend.profile import Profile
from recommend.search import Found
from recommend.signals import field_of
from recommend.topics import forms


class Novelty(NamedTuple):
    """The share of a course's weight in the field that is not of topics known."""

    new: float
    words: str
    """The topics known that it holds."""


class Known(NamedTuple):
    """The topics that a profile knows, as posting lists, and the terms of its field."""

    topics: Mapping[str, list[Form]]
    """Topic -> its forms; a course holds a form when it holds all its stems."""
    field: tuple[Posting, ...]
    """The profile's and the known topics' single stems."""
    ids: frozenset[int]
    """The courses that hold any topic known."""

    def of(self, course_id: int) -> Novelty | None:
        """None for a course that holds no topic known: there is nothing to say."""
        if course_id not in self.ids:
            return None
        names: list[str] = []
        terms: dict[str, Posting] = {}
        for topic, held in self.topics.items():
            for form in held:
                if all(posting.weight(course_id) for posting in form):
                    names.append(topic)
                    terms |= {posting.term: posting for posting in form}
        known = _sum(terms.values(), course_id)
        return Novelty(1.0 - known / _sum(self.field, course_id), ", ".join(dict.fromkeys(names)))


def known(index: Index, profile: Profile, found: Found) -> Known:
    """What is needed to say how new any course is to the person."""
    language = profile.language or "en"
    # Whoever knows "marketing basics" does not know all of marketing.
    topics = [topic for topic in profile.knows if field_of(topic) == " ".join(topic.split())]
    held = holding.forms(index, topics, language)
    stems = {stem for topic in topics for form in forms(topic, language) for stem in form}
    singles = {s.posting.term: s.posting for s in found.sought if " " not in s.posting.term}
    field = tuple((singles | index.postings(stems)).values())
    return Known(held, field, frozenset(holding.courses(chain.from_iterable(held.values()))))


def _sum(postings: Iterable[Posting], course_id: int) -> float:
    return math.fsum(posting.weight(course_id) for posting in postings)
