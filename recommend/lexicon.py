"""The bridge between languages: what a French term is called on an English page, and back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from catalogue import spelling
from catalogue import words as word_rules
from catalogue.words import fold
from recommend import files, text

BRIDGE_FILE = files.LEXICON / "bridge.csv"
WISHES_FILE = files.LEXICON / "wishes_fr.csv"
"""How the French word a wish, "trouver des clients": no title says it, and nothing leads to it."""
FALSE_FRIENDS_FILE = files.LEXICON / "false_friends.csv"
IMPORTED_FILE = files.LEXICON / "esco.csv"
"""What an operator brought in with `moocscout lexicon esco`; it need not exist."""
FILES = BRIDGE_FILE, WISHES_FILE, FALSE_FRIENDS_FILE, IMPORTED_FILE
"""What decides where the bridge leads."""
_RULES = tuple(map(Path, (__file__, text.__file__, word_rules.__file__, spelling.__file__)))
"""The code that makes entries of them."""
_LONGEST = 5
"""Words in the longest entry that is looked for."""


class Crossing(NamedTuple):
    """A word or phrase of a text that the bridge knows."""

    written: str
    """As the lexicon writes it."""
    others: tuple[str, ...]
    """What the other language calls it."""


Stems = tuple[str, ...]
Entries = dict[Stems, dict[str, tuple[str, tuple[str, ...]]]]
"""Crossings as plain tuples, by the stems of their words, then by those words folded."""


@cache
def bridge(language: str) -> Entries:
    """The entries of `language` ("fr" or "en")."""
    read = (BRIDGE_FILE, WISHES_FILE, IMPORTED_FILE, *text.FILES, *_RULES)
    return files.kept(f"bridge-{language}", read, lambda: _bridge(language))


def _bridge(language: str) -> Entries:
    """What was brought in is asked only where our own pairs say nothing."""
    written = (*pairs(), *wishes()) if language == "fr" else pairs()
    ours = _entries(written, language)
    return _entries(_read(IMPORTED_FILE), language) | ours if IMPORTED_FILE.exists() else ours


def _entries(listed: Iterable[tuple[str, str, str]], language: str) -> Entries:
    found: Entries = {}
    for french, english, _field in listed:
        here, there = (french, english) if language == "fr" else (english, french)
        tokens = text.content(here)
        key = _key(tokens, language)
        # "case studies" would be any "case": of it, "study" is read nowhere.
        if tokens and len(key) == len(tokens):
            entry = found.setdefault(key, {})
            words = fold(" ".join(tokens))
            written, others = entry.get(words, (here, ()))
            # "project management" is also what is read of "IT project management".
            shorter = min(written, here, key=lambda each: len(each.split()))
            entry[words] = shorter, (*others, there)
    return found


@cache
def pairs() -> tuple[tuple[str, str, str], ...]:
    """All (french, english, field) that we wrote."""
    return _read(BRIDGE_FILE)


@cache
def wishes() -> tuple[tuple[str, str, str], ...]:
    """All (french, english, field) that lead from French to English alone."""
    return _read(WISHES_FILE)


def _read(path: Path) -> tuple[tuple[str, str, str], ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        return tuple((french, english, field) for french, english, field in rows)


def _key(tokens: list[str], language: str) -> Stems:
    """The stems of words. The French one also takes the s of English plurals, but for "-ies"."""
    if language == "en":
        tokens = [_singular(token) for token in tokens]
    return tuple(stems[0] for token in tokens if (stems := text.stems(token)))


def _singular(token: str) -> str:
    named = text.is_name(token) or not token.endswith("ies")
    return token if named else f"{token[:-3]}y"


def crossing(tokens: list[str], language: str) -> Crossing | None:
    """What the bridge knows of these words as a whole.

    Of entries with the same stems, the one written most like them.
    """
    key = _key(tokens, language)
    entry = bridge(language).get(key)
    if not entry or len(key) < len(tokens):
        return None
    words = fold(" ".join(tokens))
    if words in entry:
        return Crossing(*entry[words])
    import difflib  # seldom two entries have the same stems

    (best,) = difflib.get_close_matches(words, entry, n=1, cutoff=0.0)
    return Crossing(*entry[best])


def met(words: str, language: str) -> Iterator[tuple[list[str], Crossing]]:
    """The entries of the bridge that a text in `language` holds, each with its words there.

    The longest entries, without overlaps.
    """
    for clause in text.clauses(words):
        yield from _longest(text.content(clause), language)


def _longest(tokens: list[str], language: str) -> Iterator[tuple[list[str], Crossing]]:
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + _LONGEST), at, -1):
            if found := crossing(tokens[at:end], language):
                yield tokens[at:end], found
                at = end
                break
        else:
            at += 1


def sought(crossing: Crossing, language: str) -> tuple[str, ...]:
    """What is looked for on pages of what the other language calls words of `language`.

    No French word that English spells alike and means otherwise: of the English pages that say
    "mode", few are on fashion.
    """
    if language == "fr":
        return crossing.others
    return tuple(each for each in crossing.others if fold(each) not in _alike())


@cache
def _alike() -> frozenset[str]:
    return frozenset(friend for friend, other in false_friends("fr").items() if friend == other)


@cache
def false_friends(language: str) -> dict[str, str]:
    """Words of `language`, folded, that the other language has too, with another meaning."""
    with FALSE_FRIENDS_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    mine, theirs = ("french", "english") if language == "fr" else ("english", "french")
    return {fold(row[mine]): row[theirs] for row in rows}
