"""A profile as weighted terms: what it says, and what the other language calls it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from recommend import lexicon, text
from recommend.experience import trade, wished
from recommend.profile import LANGUAGES, Profile

WANTED = 2.0
CURIOUS = 1.0
ROLE = 1.0
TEXT = 1.0
"""How many times a word counts, by where the profile says it."""
APART = 0.5
"""What scales the single words of a phrase that is wished for, or came over the bridge."""


class QueryTerm(NamedTuple):
    """One term that a profile looks for."""

    term: str
    weight: float
    """Grows with the logarithm of how often the profile says it, as in a course's text."""
    word: str
    """The word or phrase as a person reads it; terms of one word share it."""
    origin: str | None = None
    """The profile's own words, where the bridge between languages led from them to this one."""
    topic: str | None = None
    """The wish that it belongs to; None for what only the role or the text says."""
    phrase: str | None = None
    """What the bridge led to, where the term is one word of it: "small business" for business."""


class _Passage(NamedTuple):
    """A piece of what the profile says, and how many times its words count."""

    words: str
    times: float
    topic: str | None = None
    own: str | None = None
    """What of it is looked for as written; None for all. Over the bridge goes the whole."""


class _Said:
    """Counts what a profile says, term by term; the first word to give a term names it."""

    def __init__(self) -> None:
        self.counts: dict[str, float] = {}
        self.named: dict[str, tuple[str, str | None, str | None, str | None]] = {}

    def add(
        self,
        words: str,
        passage: _Passage,
        origin: str | None = None,
        *,
        bridged: bool = False,
    ) -> None:
        """Count the terms of `words`, which the passage says itself or by the bridge."""
        runs = text.runs(words)
        pairs = [pair for run in runs for pair in pairwise(run)]
        times = passage.times
        for pair in pairs:
            term = text.phrase(*pair)
            if self._is_new(term, times):
                self.named[term] = text.as_written(words, *pair), origin, passage.topic, None
        # The words of a phrase say less apart: "open" is not open innovation.
        whole = not pairs or not (bridged or passage.topic)
        of = words if bridged and pairs else None
        tokens = list(chain.from_iterable(runs))
        telling = tokens if bridged else text.telling(tokens)
        for token in telling:
            for stem in text.stems(token):
                if self._is_new(stem, times if whole else times * APART):
                    self.named[stem] = _shown(token, words), origin, passage.topic, of

    def _is_new(self, term: str, times: float) -> bool:
        """Count a term; is it the first time, so that it needs a name?"""
        self.counts[term] = self.counts.get(term, 0.0) + times
        return term not in self.named


def _shown(token: str, words: str) -> str:
    """A word as a person reads it: a name with its capitals."""
    return text.name_as_written(token, words) if text.is_name(token) else token


def terms_of(profile: Profile) -> tuple[QueryTerm, ...]:
    """All terms that the profile looks for, in the order in which it says them."""
    said = _Said()
    passages = tuple(_passages(profile))
    for passage in passages:
        said.add(passage.own or passage.words, passage)
    for language in _crossed(profile):
        for passage in passages:
            for words, crossing in lexicon.met(passage.words, language):
                origin = text.stretch(passage.words, words) or passage.topic
                for other in lexicon.sought(crossing, language):
                    said.add(other, passage, origin, bridged=True)
    return tuple(
        QueryTerm(term, _sublinear(count), *said.named[term]) for term, count in said.counts.items()
    )


def _passages(profile: Profile) -> Iterator[_Passage]:
    """What the profile says, wishes first."""
    yield from (_Passage(topic, WANTED, topic) for topic in profile.wants)
    yield from (_Passage(topic, CURIOUS, topic) for topic in profile.curious)
    yield _Passage(profile.role, ROLE, own=trade(profile.role))
    yield _Passage(wished(profile.text), TEXT)


def _crossed(profile: Profile) -> Iterator[str]:
    """The profile's language, where the person reads the other one.

    Whoever does not say what he reads is taken to read English, in which most courses are.
    """
    language = profile.language or "en"
    reads = profile.reads or ("en",)
    if any(other in reads for other in LANGUAGES if other != language):
        yield language


def _sublinear(count: float) -> float:
    """1 + ln(count), scikit-learn's sublinear tf, continued straight to 0 below one."""
    return 1.0 + math.log(count) if count >= 1.0 else count
