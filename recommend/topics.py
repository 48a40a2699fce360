"""Does a text speak of a topic? By stems, in the topic's own language and across the bridge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, product
from typing import NamedTuple

from catalogue.words import fold
from recommend import lexicon, text

Stems = tuple[str, ...]
WITHIN = 6
"""Words in a row, among which all of a topic's must stand for a text to speak of it."""
TURNED = 4
"""Words in a row, among which two may stand the other way round: "strategy of content"."""
_LINK = ""
_LINKS = frozenset({
    "of", "for", "in", "on", "to", "within",
    "de", "du", "des", "d", "en", "pour", "sur", "dans", "aux", "au", "à",
})  # fmt: skip
"""What leads from one to the other then; stands among the stems as _LINK."""
_WAYS = 3
"""How many ways to say a piece of a topic are put together with those of another."""


@lru_cache(maxsize=256)
def forms(topic: str, language: str) -> tuple[Stems, ...]:
    """The topic as runs of stems: as written, then as the other language calls it."""
    found = [_stems(words) for words in (topic, *across(topic, language))]
    return tuple(dict.fromkeys(form for form in found if form))


def across(topic: str, language: str) -> tuple[str, ...]:
    """What the other language calls the topic; nothing where the bridge does not know it."""
    return tuple(dict.fromkeys(_crossed(topic, language)))


def _crossed(topic: str, language: str) -> Iterator[str]:
    """The topic in the other language: known whole, of two pieces, or but for a word or two.

    "communication managériale" is of two pieces, which English has the other way round; of
    "intégration des nouveaux salariés" the bridge knows all that matters, "onboarding"; and
    "mesurer l'engagement des salariés" is one piece, as a verb says nothing alone.
    """
    words = text.content(topic)
    if crossing := lexicon.crossing(words, language):
        yield from lexicon.sought(crossing, language)
        return
    words = text.telling(words)
    pieces = [met for met in lexicon.met(topic, language) if not set(words).isdisjoint(met[0])]
    if len(pieces) == 2 and {*words}.issubset(chain(*(known for known, _ in pieces))):
        (_, first), (_, second) = pieces
        for one, other in product(first.others[:_WAYS], second.others[:_WAYS]):
            yield f"{other} {one}"
            yield f"{one} {other}"
        return
    for known, crossing in pieces:
        if len(known) > 1 and 2 * len(known) > len(words):
            yield from lexicon.sought(crossing, language)


def named_in(topic: str, language: str, words: str) -> str | None:
    """The words of a text that name the topic, as written in lower case; None when none do."""
    said = _said(words)
    for form in forms(topic, language):
        if said.stems.issuperset(form):
            for at in range(len(said.tokens) - len(form) + 1):
                if all(wanted in held for wanted, held in zip(form, said.runs[at:], strict=False)):
                    return " ".join(said.tokens[at : at + len(form)])
    return None


def spoken(wanted: Sequence[str], language: str, passages: Iterable[str]) -> tuple[str, ...]:
    """Of these topics, those whose words all stand near each other in one of the passages,
    with no end of a clause between them."""
    asked = {topic: forms(topic, language) for topic in wanted}
    stems = frozenset(stem for each in asked.values() for form in each for stem in form)
    found: set[str] = set()
    for stretch in chain.from_iterable(map(text.clauses, passages)):
        places = _places(stretch, stems)
        left = asked.keys() - found
        found |= {t for t in left if any(_together(form, places) for form in asked[t])}
    return tuple(topic for topic in wanted if topic in found)


def _places(passage: str, wanted: Collection[str]) -> list[tuple[int, str]]:
    """Where wanted stems stand. A stem begins as its word does: few words need be stemmed."""
    begin = {stem[0] for stem in wanted}
    return [
        (at, stem)
        for at, token in enumerate(text.tokens(passage))
        if token in _LINKS or (token[0] if token[0].isascii() else fold(token[0])[0]) in begin
        for stem in ((_LINK,) if token in _LINKS else text.stems(token))
        if stem in wanted or stem == _LINK
    ]


def _together(form: Stems, places: Sequence[tuple[int, str]]) -> bool:
    """Do the stems stand in their order, or two of them the other way round behind "of"?"""
    if _in_order(form, places, WITHIN):
        return True
    return len(form) == 2 and _in_order((form[1], _LINK, form[0]), places, TURNED)


def _in_order(form: Stems, places: Iterable[tuple[int, str]], within: int) -> bool:
    begun: list[int | None] = [None] * len(form)
    for at, stem in places:
        for place in reversed(range(len(form))):
            if form[place] == stem:
                begun[place] = begun[place - 1] if place else at
        if begun[-1] is not None and at - begun[-1] < within:
            return True
    return False


class _Said(NamedTuple):
    """A text's tokens, the stems of each, and all of them; between clauses an empty token."""

    tokens: tuple[str, ...]
    runs: tuple[Stems, ...]
    stems: frozenset[str]


@lru_cache(maxsize=2048)
def _said(words: str) -> _Said:
    """One text is asked about every topic of a profile."""
    tokens = tuple(token for run in text.runs(words) for token in (*run, ""))
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
