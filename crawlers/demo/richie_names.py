"""The things that a Richie site's courses point at: subjects, levels, organisations, persons.

Each has an id counted over all the courses that the site ever had, so that a course that goes
does not renumber the others, and an address in each language of the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from crawlers.demo.offer import Offer, Record
from crawlers.demo.richie_words import IN_ENGLISH, PATHS, slug

KINDS = ("subjects", "levels", "organizations", "persons", "licences")
_FIRST_ID = {"subjects": 101, "levels": 151, "organizations": 2801, "persons": 5201, "licences": 1}
_KEYS = {"subjects": "subjects", "organizations": "organisations", "persons": "instructors"}


@attrs.frozen
class Named:
    """One subject, level, organisation, person or licence."""

    id: str
    kind: str
    name: str
    place: int

    def title(self, language: str) -> str:
        """Its name in a language of the site, its own where it has no other."""
        return IN_ENGLISH.get(self.name, self.name) if language == "en" else self.name

    def path(self, language: str) -> str:
        """The address of its page."""
        folder = PATHS[language].get(self.kind)
        name = slug(self.title(language))
        return f"/{language}/{folder}/{name}/" if folder else f"/{language}/{name}/"


class Names:
    """All names of one site, by kind and by id."""

    def __init__(self, offer: Offer) -> None:
        self.by_kind = {kind: _numbered(kind, offer) for kind in KINDS}

    def of(self, kind: str, record: Record) -> list[Named]:
        """What one course points at, in its order."""
        return [self.by_kind[kind][name] for name in named(kind, record)]

    def categories(self, record: Record) -> list[Named]:
        """Subjects and level: what Richie mixes in `categories`."""
        return self.of("subjects", record) + self.of("levels", record)

    def vocabulary(self, kind: str, language: str) -> list[dict[str, Any]]:
        """The elements of one vocabulary; empty for a kind that does not exist."""
        return [_element(each, language) for each in self.by_kind.get(kind, {}).values()]

    def every(self) -> Iterator[Named]:
        """All of them."""
        for names in self.by_kind.values():
            yield from names.values()


def named(kind: str, record: Record) -> list[str]:
    """The names that a record has of a kind."""
    if kind in _KEYS:
        return list(record.get(_KEYS[kind], ()))
    name = record.get({"levels": "level", "licences": "licence"}[kind])
    return [name] if name else []


def _numbered(kind: str, offer: Offer) -> dict[str, Named]:
    names = dict.fromkeys(name for record in offer.records for name in named(kind, record))
    step = 1 if kind == "licences" else 2
    return {
        name: Named(str(_FIRST_ID[kind] + place * step), kind, name, place)
        for place, name in enumerate(names)
    }


def _element(each: Named, language: str) -> dict[str, Any]:
    if each.kind == "licences":
        return {"id": each.id, "title": each.name}
    if each.kind == "organizations":
        return {"id": each.id, "logo": None, "title": each.name}
    if each.kind == "persons":
        return {"id": each.id, "portrait": None, "title": each.name}
    branch = "00020001" if each.kind == "subjects" else "00020002"
    return {
        "icon": None,
        "id": each.id,
        "is_meta": False,
        "logo": None,
        "nb_children": 0,
        "path": f"{branch}{each.place + 1:04d}",
        "title": each.title(language),
    }
