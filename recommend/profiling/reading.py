"""Topics that a text speaks of, in the words of our lexicon and of the catalogue's courses.

The text itself is not kept: what is proposed are terms that the lexicon or several courses hold,
never a name, an address or a sentence that stands in one text alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import attrs

from recommend import lexicon, text
from recommend.index import Index

MOST = 12
_FEWEST = 3
"""Courses that must hold a phrase before it is taken for a topic."""
_BROAD = 0.1
"""A single word in more than this share of the courses is no topic."""


@attrs.frozen
class Proposal:
    """A topic, and the words of the text that made it."""

    topic: str
    words: tuple[str, ...]
    times: int

    @property
    def is_telling(self) -> bool:
        """Is it a phrase or a name, which one word seldom is?"""
        tokens = text.content(self.topic)
        return len(tokens) > 1 or _is_name(tokens[0])


class _Found:
    """Counts topics by the stems of their words."""

    def __init__(self) -> None:
        self.topics: dict[tuple[str, ...], str] = {}
        self.words: dict[tuple[str, ...], list[str]] = {}

    def add(self, topic: str, words: str) -> None:
        stems = tuple(text.stems(token)[0] for token in text.content(topic))
        self.topics.setdefault(stems, topic)
        self.words.setdefault(stems, []).append(words)

    def proposals(self) -> list[Proposal]:
        """Most often said first, phrases and names before words, then in the text's order."""
        found = [
            Proposal(topic, tuple(dict.fromkeys(self.words[stems])), len(self.words[stems]))
            for stems, topic in self.topics.items()
        ]
        return sorted(found, key=lambda each: (-each.times, not each.is_telling))


def proposals(words: str, language: str, index: Index | None = None) -> list[Proposal]:
    """At most MOST topics of a text written in `language`."""
    found = _Found()
    for clause in lexicon.clauses(words):
        for topic, said in _topics(clause, language, index):
            found.add(topic, said)
    return [each for each in found.proposals() if _worth(each, index)][:MOST]


def _topics(clause: str, language: str, index: Index | None) -> Iterator[tuple[str, str]]:
    covered: set[str] = set()
    for tokens, crossing in lexicon.met(clause, language):
        said = text.as_written(clause, *tokens)
        if len(tokens) > 1 or _is_name(tokens[0]):
            covered.update(tokens)
        name = len(tokens) == 1 and _is_name(tokens[0])
        yield text.name_as_written(tokens[0], clause) if name else crossing.written, said
    held = text.content(clause)
    for token in held:
        if _is_name(token) and token not in covered:
            covered.add(token)
            yield text.name_as_written(token, clause), token
    if index:
        free = [pair for pair in pairwise(held) if covered.isdisjoint(pair)]
        yield from _of_courses(clause, free, index)


def _of_courses(
    clause: str, pairs: list[tuple[str, str]], index: Index
) -> Iterator[tuple[str, str]]:
    """Phrases of the text that several courses hold."""
    phrases = {text.phrase(*pair): pair for pair in pairs}
    for term, posting in index.postings(phrases).items():
        if len(posting.docs) >= _FEWEST:
            written = text.as_written(clause, *phrases[term])
            yield written, written


def _is_name(token: str) -> bool:
    return text.is_name(token)


def _worth(proposal: Proposal, index: Index | None) -> bool:
    """Is it a topic? A single word must be a name, or be said twice and rare among courses."""
    if proposal.is_telling:
        return True
    if index is None or proposal.times < 2:
        return False
    tokens = text.content(proposal.topic)
    postings = index.postings([text.stems(tokens[0])[0]])
    return all(len(found.docs) <= _BROAD * index.courses for found in postings.values())


def whole_sentences(words: str) -> str:
    """A text that was cut off somewhere, without its broken last sentence."""
    lines = [" ".join(line.split()) for line in words.replace("\\n", "\n").splitlines()]
    kept = " ".join(line if line[-1] in ".!?" else f"{line}." for line in lines[:-1] if line)
    last = lines[-1] if lines else ""
    end = max(last.rfind(mark) for mark in ".!?")
    return " ".join(filter(None, [kept, last[: end + 1]])) or last
