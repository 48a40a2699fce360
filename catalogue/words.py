"""Words of two languages brought to a common form: accents folded, French and English stems.

Snowball stems are taken with the accents on and folded afterwards, which is what links
"prédictif" to "predictive". The union of both languages' stems is kept, since a French page
holds English words and the other way round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import chain, filterfalse
from typing import TypeVar

import Stemmer

from catalogue.spelling import one_spelling

Made = TypeVar("Made")

_TOKEN = re.compile(r"[^\W_]+(?:[+#]+(?!\w))?", re.UNICODE)
# The m of "I'm a cook" is cut off, too: with the article it would be a name, M&A.
_ELISION = re.compile(
    r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)|(?<=\bi)['’]m\b", re.IGNORECASE
)
# Their own memory of words is slow once it is full; `stems` has one.
_STEMMERS = tuple(Stemmer.Stemmer(name, 0) for name in ("french", "english"))
_FRENCH_ENDS = ("é", "és", "ée", "ées")
_SHORT = 40
_MOST = 100_000


class Remembered(dict[str, Made]):
    """What is made of each word, made once: texts say the same ones again and again.

    What is made of long ones is not kept: a page in a script without blanks is one word.
    """

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, written: str) -> Made:
        made = self._make(written)
        if len(written) <= _SHORT:
            if len(self) >= _MOST:
                self.clear()
            self[written] = made
        return made


def fold(text: str) -> str:
    """Lower case without accents: "Électricité" becomes "electricite"."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    # Letters of formulas are plain capitals only once they are decomposed.
    decomposed = unicodedata.normalize("NFKD", lowered.replace("œ", "oe")).casefold()
    return "".join(filterfalse(unicodedata.combining, decomposed))


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, accents kept, French elisions cut off."""
    return list(chain.from_iterable(map(between_blanks.__getitem__, text.split())))


def _between_blanks(written: str) -> tuple[str, ...]:
    lowered = written.casefold()
    if "'" in lowered or "’" in lowered:
        lowered = _ELISION.sub(" ", lowered)
    return tuple(_TOKEN.findall(lowered))


between_blanks = Remembered(_between_blanks)
"""The words of what stands between two blanks: none goes over a blank, nor any rule for them."""


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """The folded French and English stems of one word: one or two, each once.

    A word that ends in é is French alone: "ratés" is no English rate.
    """
    stemmers = _STEMMERS[:1] if word.endswith(_FRENCH_ENDS) else _STEMMERS
    spelled = one_spelling(word)
    found = dict.fromkeys(fold(stemmer.stemWord(spelled)) for stemmer in stemmers)
    return tuple(found)


@lru_cache(maxsize=50_000)
def _stems_between_blanks(written: str) -> tuple[str, ...]:
    """The stems of what stands between two blanks: a word, or several as in "l'e-santé,"."""
    return tuple(chain.from_iterable(map(stems, tokens(written))))


def stemmed(text: str) -> str:
    """The stems of a text, blank-separated, each once: the search index's shadow column."""
    once = dict.fromkeys(text.split())
    return " ".join(dict.fromkeys(chain.from_iterable(map(_stems_between_blanks, once))))
