"""Does a text speak of a topic? By stems, in the topic's own language and across the bridge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from recommend import lexicon, text

Stems = tuple[str, ...]
WITHIN = 10
"""Words that say something, among which all of a topic's must stand for a text to speak of it."""
_WAYS = 3
"""How many ways to say a piece of a topic are put together with those of another."""


@lru_cache(maxsize=256)
def forms(topic: str, language: str) -> tuple[Stems, ...]:
    """The topic as runs of stems: as written, then as the other language calls it."""
    found = [_stems(topic), *_crossed(topic, language)]
    return tuple(dict.fromkeys(form for form in found if form))


def _crossed(topic: str, language: str) -> Iterator[Stems]:
    """The topic in the other language: known whole, of two pieces, or but for a word or two.

    "communication managériale" is of two pieces, which English has the other way round; of
    "intégration des nouveaux salariés" the bridge knows all that matters, "onboarding".
    """
    words = text.content(topic)
    if crossing := lexicon.crossing(words, language):
        yield from map(_stems, crossing.others)
        return
    pieces = list(lexicon.met(topic, language))
    if len(pieces) == 2 and sum(len(known) for known, _ in pieces) == len(words):
        (_, first), (_, second) = pieces
        for one, other in product(first.others[:_WAYS], second.others[:_WAYS]):
            yield _stems(f"{other} {one}")
            yield _stems(f"{one} {other}")
    for known, crossing in pieces:
        if len(known) > 1 and 2 * len(known) > len(words):
            yield from map(_stems, crossing.others)


def named_in(topic: str, language: str, words: str) -> str | None:
    """The words of a text that name the topic, as written in lower case; None when none do."""
    said = _said(words)
    for form in forms(topic, language):
        if said.stems.issuperset(form):
            for at in range(len(said.tokens) - len(form) + 1):
                if all(wanted in held for wanted, held in zip(form, said.runs[at:], strict=False)):
                    return " ".join(said.tokens[at : at + len(form)])
    return None


def spoken_in(topic: str, language: str, words: str) -> bool:
    """Do all words of the topic stand near each other, within WITHIN words of the text?"""
    said = _said(words)
    return any(
        said.stems.issuperset(form) and _together(form, said.runs)
        for form in forms(topic, language)
    )


def _together(form: Stems, runs: Sequence[Stems]) -> bool:
    """Does any stretch of WITHIN words hold all stems?"""
    last: dict[str, int] = {}
    for at, held in enumerate(runs):
        new = [stem for stem in held if stem in form]
        last.update(dict.fromkeys(new, at))
        if new and len(last) == len(set(form)) and at - min(last.values()) < WITHIN:
            return True
    return False


class _Said(NamedTuple):
    """A text's tokens, the stems of each, and all of them."""

    tokens: tuple[str, ...]
    runs: tuple[Stems, ...]
    stems: frozenset[str]


@lru_cache(maxsize=2048)
def _said(words: str) -> _Said:
    """One text is asked about every topic of a profile."""
    tokens = tuple(text.content(words))
    runs = tuple(text.stems(token) for token in tokens)
    return _Said(tokens, runs, frozenset(stem for held in runs for stem in held))


def _stems(words: str) -> Stems:
    return tuple(text.stems(token)[0] for token in text.content(words))


def telling(topic: str, words: Sequence[str]) -> list[str]:
    """The words that say more than the wish itself, and than a phrase that stands beside them."""
    tokens = {word: set(text.content(word)) for word in words}
    own = set(text.content(topic))
    whole = own <= set().union(*tokens.values())
    return [
        word
        for word, held in tokens.items()
        if not (whole and held <= own) and not any(held < other for other in tokens.values())
    ]
