"""Topics that a text speaks of, in the words of our lexicon and of the catalogue's courses.

The text itself is not kept: what is proposed are terms that the lexicon or several courses hold,
never a name, an address or a sentence that stands in one text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise

import attrs

from catalogue.words import fold
from recommend import lexicon, text
from recommend.index import Index
from recommend.profile import LANGUAGES
from recommend.profiling import adverts, cv

MOST = 20
_FEWEST = 3
"""Courses that must hold a phrase before it is taken for a topic."""
_BROAD = 0.1
"""A single word in more than this share of the courses is no topic."""
_AND = re.compile(r"\s(?:and|or|et|ou|&|/|\+)\s", re.IGNORECASE)

_OF = re.compile(rf"{_AND.pattern}|\s(?:for|of|pour|d['’]une?)\s", re.IGNORECASE)
"""The same in a wish, where "storytelling for donors" names storytelling."""


@attrs.frozen
class Proposal:
    """A topic, and the words of the text that made it."""

    topic: str
    words: tuple[str, ...]
    times: int
    is_listed: bool = False
    """Does the text name it as an item of its own: "churn, attribution and SQL"?"""
    is_wished: bool = False
    """Does the text say that it is wanted, and not only done: "Looking to learn: SQL"?"""

    @property
    def is_telling(self) -> bool:
        """Is it a phrase or a name, which one word seldom is?"""
        tokens = text.content(self.topic)
        return len(tokens) > 1 or text.is_proper(tokens[0])


class _Found:
    """Counts topics by the stems of their words."""

    def __init__(self) -> None:
        self.topics: dict[tuple[str, ...], str] = {}
        self.words: dict[tuple[str, ...], list[str]] = {}
        self.listed: set[tuple[str, ...]] = set()
        self.wished: set[tuple[str, ...]] = set()

    def add(self, topic: str, words: str, *, listed: bool, wished: bool) -> None:
        stems = tuple(text.stems(token)[0] for token in text.content(topic))
        self.topics.setdefault(stems, topic)
        self.words.setdefault(stems, []).append(words)
        if listed:
            self.listed.add(stems)
        if wished:
            self.wished.add(stems)

    def proposals(self) -> list[Proposal]:
        """What is wished, then what is most often said; phrases and names before words."""
        found = [self._proposal(stems, topic) for stems, topic in self.topics.items() if stems]
        # Equals stay in the text's order.
        return sorted(
            found, key=lambda p: (not p.is_wished, -p.times * (not p.is_wished), not p.is_telling)
        )

    def _proposal(self, stems: tuple[str, ...], topic: str) -> Proposal:
        marks = (stems in self.listed, stems in self.wished)
        return Proposal(topic, self._words(stems), len(self.words[stems]), *marks)

    def _words(self, stems: tuple[str, ...]) -> tuple[str, ...]:
        once: dict[str, str] = {}
        for words in self.words[stems]:
            once.setdefault(words.casefold(), words)
        return tuple(once.values())


def proposals(
    words: str, written_in: str, index: Index | None = None, *, language: str | None = None
) -> list[Proposal]:
    """At most MOST topics of a text, called as `language` does: without it, as the text does."""
    found = _Found()
    crossed = language not in (None, written_in)
    wished = frozenset(text.clauses(adverts.wished(words)))
    for clause in text.clauses(adverts.of_the_work(words)):
        items = _items(clause, _OF if clause in wished else _AND)
        # A clause may say one thing thousands of times.
        stands = cache(partial(_as_it_stands, clause))
        for tokens, topic in _topics(clause, written_in, index, crossed=crossed):
            said = stands(tuple(tokens))
            found.add(topic or said, said, listed=tokens in items, wished=clause in wished)
    return [
        each
        for each in found.proposals()
        if _worth(each, index) and adverts.is_a_topic(each.words[0], written_in)
    ][:MOST]


def _items(clause: str, between: re.Pattern[str] = _AND) -> list[list[str]]:
    """The words of what a clause counts up."""
    return [text.content(item) for item in between.split(clause)]


def _topics(
    clause: str, language: str, index: Index | None, *, crossed: bool
) -> Iterator[tuple[list[str], str]]:
    """Words of a clause with the topic that they are; "" for one that is called as it stands."""
    covered: set[str] = set()
    for tokens, crossing in lexicon.met(clause, language):
        name = len(tokens) == 1 and text.is_name(tokens[0])
        if len(tokens) > 1 or name:
            covered.update(tokens)
        if crossed:
            yield tokens, crossing.others[0]
        else:
            yield tokens, "" if name else crossing.written
    (other,) = (code for code in LANGUAGES if code != language)
    for tokens, crossing in lexicon.met(clause, other):
        if len(tokens) > 1 and covered.isdisjoint(tokens) and _is_spelt(crossing.written, tokens):
            covered.update(tokens)
            yield tokens, crossing.written
    for token in text.content(clause):
        # "M.A." has the letters of M&A.
        if text.is_name(token) and token not in covered and text.stretch(clause, [token]):
            covered.add(token)
            yield [token], ""
    if index:
        pairs = (pair for item in _items(clause) for pair in pairwise(item))
        yield from _of_courses([pair for pair in pairs if covered.isdisjoint(pair)], index)


def _is_spelt(written: str, tokens: Sequence[str]) -> bool:
    """Is an entry of the other language there in its own words: "category management"?"""
    return [fold(each) for each in text.content(written)] == [fold(each) for each in tokens]


def _of_courses(pairs: list[tuple[str, str]], index: Index) -> Iterator[tuple[list[str], str]]:
    """Phrases of the text that several courses hold."""
    phrases = {text.phrase(*pair): pair for pair in pairs}
    for term, posting in index.postings(phrases).items():
        if len(posting.docs) >= _FEWEST:
            yield list(phrases[term]), ""


def _as_it_stands(clause: str, tokens: Sequence[str]) -> str:
    """Tokens as the clause writes them, capitals and all, with what stands between them."""
    written = [
        text.name_as_written(token, clause) if text.is_name(token) else token for token in tokens
    ]
    between = r"\W+(?:\w{1,5}\W+){0,2}?"
    found = re.search(between.join(map(re.escape, written)), clause, re.IGNORECASE)
    return " ".join(found[0].split()) if found else " ".join(written)


def _worth(proposal: Proposal, index: Index | None) -> bool:
    """Is it a topic? A single word must be a name, an item of a list, or said twice, and rare."""
    if not proposal.is_wished and cv.is_language(proposal.topic):
        return False
    if proposal.is_telling:
        return True
    if not proposal.is_listed and (index is None or proposal.times < 2):
        return False
    tokens = text.content(proposal.topic)
    postings = index.postings([text.stems(tokens[0])[0]]) if index else {}
    most = _BROAD * index.courses if index else 0
    return all(len(found.docs) <= most for found in postings.values())


def whole_sentences(words: str) -> str:
    """A text that was cut off somewhere, without its broken last sentence."""
    lines = [" ".join(line.split()) for line in words.replace("\\n", "\n").splitlines()]
    kept = " ".join(line if line[-1] in ".!?" else f"{line}." for line in lines[:-1] if line)
    last = lines[-1] if lines else ""
    end = max(last.rfind(mark) for mark in ".!?")
    return " ".join(filter(None, [kept, last[: end + 1]])) or last
