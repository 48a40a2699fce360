"""Roles of official lists (ESCO, ROME, O*NET), found by a title that need not be exact."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from catalogue.errors import WrongUse
from catalogue.words import fold
from recommend.profile import Profile
from recommend.profiling.reading import proposals

SURE = 90
"""Likeness (rapidfuzz, 0 to 100) from which on a title may be the one meant."""
_AHEAD = 4
"""Points that the best title must be ahead of the next role's."""
NEAREST = 5
WANTS = 8
CURIOUS = 5
_GENDERS = re.compile(r"^([\w-]+) / ([\w-]+)( .*)?$")


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


@attrs.frozen
class Titled:
    """One title of a role."""

    title: str
    role: str
    """The list's own identifier of the role."""
    language: str


def titles(written: str) -> Iterator[str]:
    """The forms of a title: "Chargé / Chargée d'études" is "Chargé d'études" and its feminine."""
    if match := _GENDERS.match(written):
        rest = match[3] or ""
        yield from (f"{match[1]}{rest}", f"{match[2]}{rest}")
    elif "/" in written:
        yield from (part.strip() for part in written.split("/") if part.strip())
    else:
        yield written


def pick(given: str, known: Sequence[Titled]) -> Titled:
    """The role meant by a title. Raises WrongUse with the nearest five when that is not sure."""
    from rapidfuzz import fuzz, process

    wanted = plain(given)
    choices = [plain(each.title) for each in known]
    if wanted in choices:
        return known[choices.index(wanted)]
    near = process.extract(wanted, choices, scorer=fuzz.token_sort_ratio, limit=40)
    best: dict[str, tuple[float, Titled]] = {}
    for _, score, at in near:
        best.setdefault(known[at].role, (score, known[at]))
    ranked = list(best.values())
    if ranked and ranked[0][0] >= SURE:
        others = ranked[1][0] if len(ranked) > 1 else 0.0
        if ranked[0][0] - others >= _AHEAD:
            return ranked[0][1]
    shown = "".join(f"\n  {titled.title}" for _, titled in ranked[:NEAREST])
    raise WrongUse(f"no role is surely “{given}”; give one of these titles:{shown}")


def plain(title: str) -> str:
    """A title for comparing: folded, one kind of apostrophe, no surrounding blanks."""
    return " ".join(fold(title).replace("’", "'").split())


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV download. Raises WrongUse when it is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongUse(f"{path} cannot be read as CSV: {error}") from error


def listed(value: Any) -> list[str]:
    """A list of a Parquet column, which may be missing."""
    return [] if value is None else [" ".join(str(each).split()) for each in value]


def unknown(path: Path, wanted: Mapping[str, str]) -> WrongUse:
    """The error for a file that is none of those wanted: {what it is: a column it has}."""
    shown = "; ".join(f"{what} (it has a column {column})" for what, column in wanted.items())
    return WrongUse(f"{path} is none of the downloads that are read here: {shown}")
