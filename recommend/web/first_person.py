"""A sentence of the list, said to "you", as somebody says it of himself in a letter."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SAID: Mapping[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        ("vous en avez", "j’en ai"),
        ("il vous faut", "il me faut"),
        ("vous ne lisez pas", "je ne lis pas"),
        ("vous maîtrisez", "je maîtrise"),
        ("que vous écartez", "que j’écarte"),
        ("vous connaissez", "je connais"),
        ("vous disposez", "je dispose"),
        ("vous avez", "j’ai"),
        ("pour vous", "pour moi"),
        ("votre limite", "ma limite"),
        ("votre", "mon"),
        ("vos", "mes"),
    ),
    "en": (("to you", "to me"), ("your", "my"), ("you", "I")),
}
"""The longer one before the one that it holds."""


def first_person(sentence: str, lang: str) -> str:
    """ "2 h a week, you have 1" is "2 h a week, I have 1"."""
    for you, me in _SAID[lang]:
        sentence = re.sub(rf"\b{you}\b", me, sentence)
    return sentence
