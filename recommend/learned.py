"""Pairs of terms that the catalogue itself teaches: candidates for a person to look at.

Two kinds of courses speak both languages: those whose page exists in both (`translations`), and
French ones with English skill tags. Words that keep each other's company there more than chance
allows are a pair. The rule is strict: likelihood ratio (Dunning 1993, "Accurate Methods for the
Statistics of Surprise and Coincidence"), its p-value corrected for all pairs tried (Bonferroni),
each the other's best partner (competitive linking, Melamed 2000), and at least half of the courses
of either hold both.

The ranking does not use them. On 367 French courses with English tags the rule finds 34 pairs, of
which a third are no translations ("boucles", "computer programming"), and with all of them nDCG@10
on the judged profiles stays what it is (0.774). A good one is added to the lexicon by hand.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise, product
from typing import Any

import attrs

from catalogue.words import fold
from recommend import lexicon, text
from recommend.language import language_of

CHANCE = 0.001
"""Highest probability that chance alone makes any of the pairs."""
FEWEST = 4
"""Courses in which both stand."""
SHARE = 0.5
"""Of the courses of either, so many hold both."""

Row = Mapping[str, Any]
Unit = tuple[str, ...]
"""A word or two words in a row, by their stems."""


@attrs.frozen
class Pair:
    """A French and an English term that go together."""

    french: str
    english: str
    courses: int
    french_courses: int
    english_courses: int
    likelihood: float


class _Counts:
    """In how many courses units stand, alone and together, and how they are written."""

    def __init__(self) -> None:
        self.courses = 0
        self.alone: tuple[Counter[Unit], Counter[Unit]] = Counter(), Counter()
        self.together: Counter[tuple[Unit, Unit]] = Counter()
        self.written: tuple[dict[Unit, Counter[str]], dict[Unit, Counter[str]]] = {}, {}

    def add(self, french: Mapping[Unit, str], english: Mapping[Unit, str]) -> None:
        self.courses += 1
        for side, units in enumerate((french, english)):
            self.alone[side].update(units.keys())
            for unit, written in units.items():
                self.written[side].setdefault(unit, Counter())[written] += 1
        self.together.update(product(french, english))

    def name(self, side: int, unit: Unit) -> str:
        """The unit as it is written most often; of equals, the first in the alphabet."""
        return min(self.written[side][unit].items(), key=lambda item: (-item[1], item[0]))[0]


def pairs(rows: Iterable[Row]) -> list[Pair]:
    """The pairs that course rows teach, the surest first; those of the lexicon are left out."""
    counts = _Counts()
    for row in rows:
        french, english = bilingual(row)
        if french and english:
            counts.add(french, english)
    sure = {
        both: ratio
        for both, held in counts.together.items()
        if held >= FEWEST and (ratio := _ratio(counts, both)) and _is_sure(counts, both, ratio)
    }
    found = (_pair(counts, both, ratio) for both, ratio in _best(sure))
    return sorted(found, key=lambda pair: (-pair.likelihood, pair.french, pair.english))


def bilingual(row: Row) -> tuple[dict[Unit, str], dict[Unit, str]]:
    """The French and the English units of a course: {unit: as written}."""
    spoken = str(row.get("language") or "")[:2]
    if spoken not in ("fr", "en"):
        return {}, {}
    mine = _units([row["title"]])
    other = "en" if spoken == "fr" else "fr"
    theirs = _units([_translated(row, other)])
    if spoken == "fr" and not theirs:
        theirs = _tags(text.passages(row, "skills"))
        mine |= _units([row.get("summary"), row.get("description")])
    return (mine, theirs) if spoken == "fr" else (theirs, mine)


def _translated(row: Row, language: str) -> str | None:
    value = row.get("translations")
    said = json.loads(value) if isinstance(value, str) else value or {}
    return next((t.get("title") for code, t in said.items() if code[:2] == language), None)


def _units(texts: Iterable[str | None]) -> dict[Unit, str]:
    """Words and phrases of two words."""
    found: dict[Unit, str] = {}
    for words in filter(None, texts):
        for clause in text.clauses(words):
            tokens = text.content(clause)
            for token in tokens:
                found.setdefault(_stems([token]), token)
            for pair in pairwise(tokens):
                found.setdefault(_stems(list(pair)), text.as_written(clause, *pair))
    return found


def _tags(tags: Iterable[str]) -> dict[Unit, str]:
    """English skill tags, each one unit; what has an accent is no English."""
    return {
        _stems(tokens): fold(tag)
        for tag in tags
        if tag.isascii() and (tokens := text.content(tag)) and language_of(tag) == "en"
    }


def _stems(tokens: list[str]) -> Unit:
    return tuple(text.stems(token)[0] for token in tokens)


def _ratio(counts: _Counts, both: tuple[Unit, Unit]) -> float:
    """Dunning's G² of a pair; 0 where the two avoid each other."""
    held = counts.together[both]
    french, english = (counts.alone[side][unit] for side, unit in enumerate(both))
    if held * counts.courses <= french * english:
        return 0.0
    table = (
        (held, french, english),
        (french - held, french, counts.courses - english),
        (english - held, counts.courses - french, english),
        (
            counts.courses - french - english + held,
            counts.courses - french,
            counts.courses - english,
        ),
    )
    return 2.0 * math.fsum(
        seen * math.log(seen * counts.courses / (row * column))
        for seen, row, column in table
        if seen
    )


def _is_sure(counts: _Counts, both: tuple[Unit, Unit], ratio: float) -> bool:
    held = counts.together[both]
    if any(held < SHARE * counts.alone[side][unit] for side, unit in enumerate(both)):
        return False
    # The tail of chi squared with one degree of freedom.
    return math.erfc(math.sqrt(ratio / 2.0)) * len(counts.together) < CHANCE


def _best(
    sure: Mapping[tuple[Unit, Unit], float],
) -> Iterator[tuple[tuple[Unit, Unit], float]]:
    """Pairs whose two units are each other's best; the surest takes its units first."""
    taken: tuple[set[Unit], set[Unit]] = set(), set()
    for both, ratio in sorted(sure.items(), key=_surest):
        free = both[0] not in taken[0] and both[1] not in taken[1]
        taken[0].add(both[0])
        taken[1].add(both[1])
        if free and not _known(both):
            yield both, ratio


def _surest(item: tuple[tuple[Unit, Unit], float]) -> tuple[float, int, tuple[Unit, Unit]]:
    """Of equals the longer, as a phrase's words are as sure as the phrase."""
    both, ratio = item
    return -ratio, -sum(map(len, both)), both


def _known(both: tuple[Unit, Unit]) -> bool:
    """Are the two one term anyway, or a pair of the lexicon?"""
    return both[0] == both[1] or both in _lexicon()


@cache
def _lexicon() -> frozenset[tuple[Unit, Unit]]:
    return frozenset(
        (_stems(text.content(french)), _stems(text.content(english)))
        for french, english, _ in lexicon.pairs()
    )


def _pair(counts: _Counts, both: tuple[Unit, Unit], ratio: float) -> Pair:
    return Pair(
        french=counts.name(0, both[0]),
        english=counts.name(1, both[1]),
        courses=counts.together[both],
        french_courses=counts.alone[0][both[0]],
        english_courses=counts.alone[1][both[1]],
        likelihood=ratio,
    )
