"""How much of a course is new to a person: by TF-IDF weight, within what the person's field is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from recommend import holding
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

    topics: tuple[tuple[str, tuple[tuple[Posting, ...], ...]], ...]
    """(topic, its forms); a course holds a form when it holds all its stems."""
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
        for topic, held in self.topics:
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
    stems = {topic: forms(topic, language) for topic in topics}
    postings = index.postings({stem for held in stems.values() for form in held for stem in form})
    held = tuple(
        (topic, tuple(tuple(postings[stem] for stem in form) for form in found_forms))
        for topic, all_forms in stems.items()
        if (found_forms := [form for form in all_forms if all(s in postings for s in form)])
    )
    singles = {s.posting.term: s.posting for s in found.sought if " " not in s.posting.term}
    field = tuple((singles | postings).values())
    ids = holding.courses(form for _, topic_forms in held for form in topic_forms)
    return Known(held, field, frozenset(ids))


def _sum(postings: Iterable[Posting], course_id: int) -> float:
    return math.fsum(posting.weight(course_id) for posting in postings)
