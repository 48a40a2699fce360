"""Which of the two languages a few words are in: stop words, then our lexicon's sides, endings."""

from __future__ import annotations

import re
from functools import cache

from catalogue.words import fold, tokens
from recommend import files, lexicon, text
from recommend.profile import LANGUAGES

CLEAR = 4
"""So many more stop words of one language than of the other decide alone."""
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu)['’](?=\w)", re.IGNORECASE)
_ACCENTS = re.compile(r"[àâçéèêëîïôùûœ]")
_ENDINGS = {
    "fr": re.compile(r"(?:eur|eurs|euse|trice|ier|iers|iere|ieres|iste|istes|ique|iques|aux|eux)$"),
    "en": re.compile(r"(?:er|ers|or|ist|ists|ing|ness|ship|ity|ies|ment|ics)$"),
}


def language_of(words: str) -> str:
    """ "fr" or "en", as the words of a profile or a text have it; English where nothing tells."""
    # "a" is an article in English, a verb in French: it tells nothing, "à" does.
    held = [fold(each) for each in tokens(words) if each != "a"]
    stops = sum((token in _stops("fr")) - (token in _stops("en")) for token in held)
    if abs(stops) < CLEAR:
        stops += len(_ELIDED.findall(words)) + sum(map(_leaning, tokens(words)))
    return "fr" if stops > 0 else "en"


def is_known(token: str) -> bool:
    """Is it a word of our lexicon, in either language, as it is spelt?"""
    return any(fold(token) in _vocabulary(code) for code in LANGUAGES)


def _leaning(token: str) -> int:
    """1 for a French word, -1 for an English one, 0 for what is in both or cannot be told."""
    folded = fold(token)
    known = {code for code in LANGUAGES if folded in _vocabulary(code)}
    if not known:
        if _ACCENTS.search(token):
            return 1
        known = {code for code, endings in _ENDINGS.items() if endings.search(folded)}
    return ("fr" in known) - ("en" in known)


@cache
def _stops(language: str) -> frozenset[str]:
    path = files.LEXICON / f"stopwords_{language}.txt"
    return frozenset(map(fold, files.lines(path)))


@cache
def _vocabulary(language: str) -> frozenset[str]:
    """The words of one side of the lexicon's pairs, folded; names are in no language."""
    side = LANGUAGES.index(language)
    written = {token for pair in lexicon.pairs() for token in tokens(pair[side])}
    return frozenset(fold(token) for token in written if not text.is_name(token))
