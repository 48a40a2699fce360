"""Roles of official lists (ESCO, ROME, O*NET), and what their downloads have in common."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from catalogue.errors import WrongUse
from catalogue.terminal import read_text
from catalogue.words import fold
from recommend.profile import Profile
from recommend.profiling.parquet import is_parquet
from recommend.profiling.reading import proposals

WANTS = 8
CURIOUS = 5


@attrs.frozen
class Role:
    """A role as an official list describes it."""

    title: str
    text: str
    language: str
    source: str
    """Who says so, of which version, under which licence."""
    wants: tuple[str, ...] = ()
    curious: tuple[str, ...] = ()
    label: str = ""
    """What the list calls the role, where the title is another name of it."""
    others: tuple[str, ...] = ()
    """Other roles of the list that bear the title as well."""

    def profile(self) -> Profile:
        """A profile to go on from; topics are read from the text where the list names few."""
        found = [each.topic for each in proposals(self.text, self.language)]
        wants = _distinct((*self.wants, *found))[:WANTS]
        curious = _distinct(each for each in self.curious if each not in wants)[:CURIOUS]
        return Profile(
            role=self.title[:1].upper() + self.title[1:],
            text=self.text,
            language=self.language,
            wants=wants,
            curious=curious,
            reads=("fr", "en") if self.language == "fr" else ("en",),
        )


def _distinct(topics: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for topic in topics:
        kept.setdefault(fold(topic), topic)
    return tuple(kept.values())


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV download. Raises WrongUse when it is none."""
    if is_parquet(path):
        raise WrongUse(f"{path} is a Parquet file; give the CSV of the same list")
    try:
        return list(csv.DictReader(io.StringIO(read_text(str(path)), newline="")))
    except csv.Error as error:
        raise WrongUse(
            f"{path} cannot be read as CSV: {error}; give the file as it was downloaded"
        ) from error


def listed(value: Any) -> list[str]:
    """A list of a Parquet column, which may be missing."""
    return [] if value is None else [" ".join(str(each).split()) for each in value]


def unknown(path: Path, wanted: Mapping[str, str]) -> WrongUse:
    """The error for a file that is none of those wanted: {what it is: a column it has}."""
    shown = "; ".join(f"{what} (it has a column {column})" for what, column in wanted.items())
    return WrongUse(f"{path} is none of the downloads that are read here: {shown}")
