"""What a profile's words find in an index: all of a ranking that no budget or diary changes.

It is worked out once for the words that somebody wrote, and kept: who moves a limit, and whoever
asks what would have to change, asks for the same words again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recommend import holding, novelty, parts
from recommend.facts import ARRIVAL
from recommend.index import Index
from recommend.match import Part
from recommend.memory import Lately
from recommend.profile import Profile
from recommend.query import terms_of
from recommend.search import search
from recommend.signals import field_of
from recommend.wishes import Wishes

READ = ("role", "text", "language", "wants", "knows", "avoid", "curious", "reads")
"""What of a profile decides it."""
_COURSES = 200
"""Courses whose points are remembered word by word."""


class Theme:
    """Text scores, wishes and topics known of one profile; it holds no connection."""

    def __init__(self, index: Index, profile: Profile) -> None:
        # A course behind the last that holds a word may be asked for, too.
        length = len(index.stated()[ARRIVAL].codes)
        self.found = search(index, terms_of(profile), upto=length)
        self.wishes = Wishes(index, profile, self.found)
        self.known = novelty.known(index, profile, self.found)
        language = profile.language or "en"
        asked = (*profile.avoid, *map(field_of, profile.knows))
        self.named: frozenset[int] = frozenset().union(
            *holding.spoken(index, asked, language).values()
        )
        """Ids of the listed courses that hold all words of a topic known or avoided, and others."""
        self._parts = Lately(_COURSES).made

    def parts(self, course: Mapping[str, Any], total: int) -> tuple[Part, ...]:
        """The `total` points of a course's text, in hundredths, word by word."""
        key = course["id"], total
        return self._parts(key, lambda: tuple(parts.parts(course, self.found, total)))


def of(index: Index, profile: Profile) -> Theme:
    """The theme of a profile, as the index remembers it."""
    said = {name: getattr(profile, name) for name in READ}
    # Of a profile that says nothing else, so that nothing else can be read.
    return index.memory.theme(tuple(said.values()), lambda: Theme(index, Profile(**said)))
