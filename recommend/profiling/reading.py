"""Topics that a text speaks of, in the words of our lexicon and of the catalogue's courses.

The text itself is not kept: what is proposed are terms that the lexicon or several courses hold,
never a name, an address or a sentence that stands in one text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import attrs

from catalogue.words import fold
from recommend import files, lexicon, text
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
        """Most often said first, longer topics before words, then in the order of the text."""
        found = [
            Proposal(topic, tuple(dict.fromkeys(self.words[stems])), len(self.words[stems]))
            for stems, topic in self.topics.items()
        ]
        return sorted(found, key=lambda each: (-each.times, " " not in each.topic))


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
        said = " ".join(tokens)
        if len(tokens) > 1 or _is_name(tokens[0]):
            covered.update(tokens)
        name = len(tokens) == 1 and _is_name(tokens[0])
        yield _named(tokens[0], clause) if name else crossing.written, said
    held = text.content(clause)
    for token in held:
        if _is_name(token) and token not in covered:
            covered.add(token)
            yield _named(token, clause), token
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
    return text.stems(token) == (token,) and token in set(text.names().values())


def _named(term: str, clause: str) -> str:
    """A name as the text writes it, capitals and all; as our list does where it is not found."""
    written = _written()[term]
    found = (
        re.search(rf"(?<!\w){re.escape(each)}(?!\w)", clause, re.IGNORECASE) for each in written
    )
    return next((match[0] for match in found if match), written[0])


@cache
def _written() -> dict[str, list[str]]:
    """The ways to write each name, its own first."""
    found: dict[str, list[str]] = {}
    for line in files.lines(text.NAMES_FILE):
        written, _, term = (part.strip() for part in line.partition("="))
        found.setdefault(fold(term or written), []).append(written)
    return found


def _worth(proposal: Proposal, index: Index | None) -> bool:
    """Is it a topic? A single word must be a name, or be said twice and rare among courses."""
    tokens = text.content(proposal.topic)
    if len(tokens) > 1 or _is_name(tokens[0]):
        return True
    if index is None or proposal.times < 2:
        return False
    postings = index.postings([text.stems(tokens[0])[0]])
    return all(len(found.docs) <= _BROAD * index.courses for found in postings.values())


def whole_sentences(words: str) -> str:
    """A text that was cut off somewhere, without its broken last sentence."""
    lines = [" ".join(line.split()) for line in words.replace("\\n", "\n").splitlines()]
    kept = " ".join(line if line[-1] in ".!?" else f"{line}." for line in lines[:-1] if line)
    last = lines[-1] if lines else ""
    end = max(last.rfind(mark) for mark in ".!?")
    return " ".join(filter(None, [kept, last[: end + 1]])) or last
