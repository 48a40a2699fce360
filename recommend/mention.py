"""Does running text mention a topic: in the topic's own words, and not in somebody's name?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from recommend import text, topics

_PARTICLES = r"(?:(?:de|du|des|la|le|les|of|the)\s+|[dl]['’])*"
_CAPITAL = r"(?P<next>[A-ZÀ-ÖØ-Þ][\w.&'’-]*)"
_BEFORE = re.compile(rf"(?<![\w.&'’-]){_CAPITAL}\s+{_PARTICLES}$")
_BEHIND = re.compile(rf"\s+{_PARTICLES}{_CAPITAL}")
_NEAR = 80
"""Characters beside a word in which the rest of its name is looked for."""


def mentioned(topic: str, language: str, words: str) -> str | None:
    """The topic as the words write it, or as the other language calls it; None for no mention.

    But for case, accents and plurals it is the same words: "influences" are no "influenceurs".
    Software is none in "Siemens Digital Industries Software", unless the topic has a capital, too.
    """
    if topics.named_in(topic, language, words) is None:
        return None
    is_proper = any(char.isupper() for char in topic)
    for at, said in _standing(topic, language, words):
        named = any(map(text.is_name, text.tokens(said)))
        if is_proper or named or not _in_a_name(words, at, at + len(said)):
            return said.lower()
    return None


def _standing(topic: str, language: str, words: str) -> Iterator[tuple[int, str]]:
    """Where one of the topic's forms begins, and how it is written there."""
    for window in _windows(topic, language, words):
        at = 0
        while (said := text.stretch(words[at:], window)) is not None:
            at = words.index(said, at)
            yield at, said
            at += len(said)


def _windows(topic: str, language: str, words: str) -> list[tuple[str, ...]]:
    """The runs of a text's words that are a form of the topic, each once."""
    tokens = text.content(words)
    forms = [text.content(each) for each in (topic, *topics.across(topic, language))]
    runs = (
        tuple(tokens[at : at + len(form)])
        for form in forms
        for at in range(len(tokens) - len(form) + 1)
        if all(map(_alike, form, tokens[at : at + len(form)]))
    )
    return list(dict.fromkeys(runs))


@lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> bool:
    if one[0] != other[0] and one.isascii() and other.isascii():
        return False
    named = text.is_name(one) or text.is_name(other)
    return one == other if named else text.is_alike(one, other)


def _in_a_name(words: str, start: int, end: int) -> bool:
    """Is what stands there written with a capital, beside another such word?"""
    said = words[start:end]
    if not said[0].isupper() or (said.isupper() and len(said) > 1):
        return False
    before = _BEFORE.search(words[max(0, start - _NEAR) : start])
    behind = _BEHIND.match(words[end : end + _NEAR])
    return any(found and _tells(found["next"]) for found in (before, behind))


def _tells(word: str) -> bool:
    """Is it more than an article that begins a sentence?"""
    return bool(text.content(word))
