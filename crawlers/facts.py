"""Facts taken from a source's answer, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from catalogue import clean
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

    def take_workload(
        self,
        words: str,
        source: str,
        reader: Callable[[str], clean.Workload | None] = clean.workload,
        quote: str = "",
        field: str = "workload",
    ) -> bool:
        """Read length and effort off the same words; were any stated?

        `quote` is what the page says, where that is other words; `field` names an Issue.
        """
        try:
            load = reader(words)
        except Unreadable as error:
            self.unreadable.append((self.within + field, error))
            return False
        for column, value in load.columns().items() if load else ():
            self.take(column, lambda each: each, value, source, quote or words)
        return load is not None

    def take_free_track(self, prose: str | None, source: str, *, of_course: bool = True) -> None:
        """What the page's prose says that following the course for free leaves out.

        Where that is prose `of_course` itself, not what every page of the site answers, and
        nothing else tells what one pays, then one pays nothing, for a part.
        """
        said = clean.free_track(prose)
        self.take("free_track", lambda words: words, said, source)
        if of_course and not self.values.keys() & {"access", "price"}:
            self.take("access", lambda _: "free_audit_limited", said, source)


def rows(value: Any) -> list[Mapping[str, Any]]:
    """The objects of a JSON list; empty for anything else."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
