"""Where a Richie site keeps its courses, and which of a course's texts it shows in a language."""

from __future__ import annotations

from typing import Any

import attrs

from crawlers.demo.offer import Record
from crawlers.demo.richie_words import PATHS, slug


@attrs.frozen
class Addresses:
    """The addresses of one site; the first language is its own."""

    url: str
    languages: tuple[str, ...]

    def text(self, record: Record, field: str, language: str) -> Any:
        """A field in a language, in the course's own where it has no other."""
        english = self._english(record, language)
        return english.get(field, record.get(field))

    def path(self, record: Record, language: str) -> str:
        """The course's address; one that exists in one language only keeps its folder's name."""
        folder = PATHS[language if language in self.spoken(record) else self.languages[0]]
        return f"/{language}/{folder['course']}/{self.slug(record, language)}/"

    def slug(self, record: Record, language: str) -> str:
        """The last part of the address."""
        if english := self._english(record, language):
            return slug(english["title"])
        return record.get("slug") or slug(record["title"])

    def spoken(self, record: Record) -> tuple[str, ...]:
        """The languages in which the course has a page of its own."""
        return self.languages if record.get("english") else self.languages[:1]

    def archive(self, record: Record) -> str | None:
        """The address of the course's snapshot, if it has one."""
        own = self.path(record, self.languages[0])
        return f"{own}archive/" if record.get("snapshot") else None

    def _english(self, record: Record, language: str) -> dict[str, Any]:
        return (record.get("english") or {}) if language == "en" else {}
