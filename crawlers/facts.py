"""Facts taken from a source's answer, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from catalogue.course import Quote
from catalogue.errors import Unreadable


@attrs.frozen
class Facts:
    """Facts while they are read, each with its words; the first source to state one wins."""

    unreadable: list[tuple[str, Unreadable]] = attrs.Factory(list)
    values: dict[str, Any] = attrs.Factory(dict)
    quotes: dict[str, Quote] = attrs.Factory(dict)
    within: str = ""

    def take(
        self, field: str, reader: Callable[[Any], Any], said: Any, source: str, words: str = ""
    ) -> None:
        """Read a fact unless it is known; note the words, or that they cannot be read."""
        if field in self.values or said is None:
            return
        try:
            value = reader(said)
        except Unreadable as error:
            self.unreadable.append((self.within + field, error))
            return
        if value is not None:
            self.values[field] = value
            self.quotes[field] = Quote(words=words or str(said).strip(), source=source)


def rows(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a JSON list; empty for anything else."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
