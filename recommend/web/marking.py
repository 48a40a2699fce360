"""The matched words inside a course's own text, marked where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from recommend import text

_WORD = re.compile(r"[^\W_]+(?:[+#]+(?!\w))?")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_SHOWN = 260
Runs = list[tuple[str, bool]]
"""Pieces of a text in order; with each, is it a matched word?"""


def terms_of(parts: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The index terms that answer a wish; where none does, all that the text matched."""
    matched = [part for part in parts if part["kind"] == "text"]
    telling = [part for part in matched if part["topic"]] or matched
    return frozenset(term["term"] for part in telling for term in part["evidence"])


def excerpt(passage: str | None, terms: frozenset[str]) -> Runs:
    """The part of a text that says most of the terms, cut to a few lines and marked."""
    if not passage:
        return []
    sentences = [each for each in _SENTENCE.split(passage.strip()) if each.strip()]
    hits = [sum(hit for _, hit in marked(each, terms)) for each in sentences]
    first = hits.index(max(hits)) if hits else 0
    shown = " ".join(" ".join(sentences[first:]).split())
    cut = shown if len(shown) <= _SHOWN else shown[:_SHOWN].rsplit(" ", 1)[0] + "…"
    return marked(("… " if first else "") + cut, terms)


def marked(passage: str, terms: frozenset[str]) -> Runs:
    """The text in runs, matched words apart."""
    runs: Runs = []
    done = 0
    for start, end in _hits(passage, terms):
        if start > done:
            runs.append((passage[done:start], False))
        runs.append((passage[start:end], True))
        done = end
    return [*runs, (passage[done:], False)] if done < len(passage) else runs


def _hits(passage: str, terms: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where matched words stand: single words, and the two words of a matched phrase."""
    found = [(each, stems) for each in _WORD.finditer(passage) if (stems := _stems(each[0]))]
    hit = {at for at, (_, stems) in enumerate(found) if terms.intersection(stems)}
    for at, ((_, first), (_, second)) in enumerate(pairwise(found)):
        if f"{first[0]} {second[0]}" in terms:
            hit |= {at, at + 1}
    yield from (found[at][0].span() for at in sorted(hit))


def _stems(word: str) -> tuple[str, ...]:
    return text.stems(word.casefold())
