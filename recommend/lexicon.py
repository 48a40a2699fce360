"""The bridge between languages: what a French term is called on an English page, and back."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterator
from functools import cache

import attrs

from catalogue.words import fold
from recommend import files, text

BRIDGE_FILE = files.LEXICON / "bridge.csv"
_LONGEST = 5
"""Words in the longest entry that is looked for."""
_PAUSE = re.compile(r"[,;:.!?()«»…]+(?=\s|$)|[\n«»]")
"""What no entry reaches across: "innovation, produits" is no product innovation."""


@attrs.frozen
class Crossing:
    """A word or phrase of a text that the bridge knows."""

    written: str
    """As the lexicon writes it."""
    others: tuple[str, ...]
    """What the other language calls it."""


@cache
def bridge(language: str) -> dict[tuple[str, ...], dict[str, Crossing]]:
    """Entries by the stems of their words in `language` ("fr" or "en"), then by those folded."""
    found: dict[tuple[str, ...], dict[str, Crossing]] = {}
    for french, english, _field in pairs():
        here, there = (french, english) if language == "fr" else (english, french)
        if tokens := text.content(here):
            entry = found.setdefault(_key(tokens), {})
            words = fold(" ".join(tokens))
            others = entry[words].others if words in entry else ()
            entry[words] = Crossing(here, (*others, there))
    return found


@cache
def pairs() -> tuple[tuple[str, str, str], ...]:
    """All (french, english, field) of the lexicon."""
    with BRIDGE_FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        return tuple((french, english, field) for french, english, field in rows)


def _key(tokens: list[str]) -> tuple[str, ...]:
    return tuple(text.stems(token)[0] for token in tokens)


def crossing(tokens: list[str], language: str) -> Crossing | None:
    """What the bridge knows of these words as a whole.

    Of entries with the same stems, the one written most like them: "prospects" is "prospect", not
    "prospective".
    """
    entry = bridge(language).get(_key(tokens))
    if not entry:
        return None
    words = fold(" ".join(tokens))
    return entry.get(words) or entry[difflib.get_close_matches(words, entry, n=1, cutoff=0.0)[0]]


def crossings(words: str, language: str) -> Iterator[Crossing]:
    """What the bridge knows of a text written in `language`: longest entries, no overlaps."""
    for clause in _PAUSE.split(words):
        yield from _longest(text.content(clause), language)


def _longest(tokens: list[str], language: str) -> Iterator[Crossing]:
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + _LONGEST), at, -1):
            if found := crossing(tokens[at:end], language):
                yield found
                at = end
                break
        else:
            at += 1
