"""Numbers said in words, in French and English: "deux cents", "une centaine", "a hundred".

Our own: none of our libraries reads number words, and the answers that we ask for are small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze",
)
_UNITS = {word: at for each in _COUNTED for at, word in enumerate(each.split())}
_UNITS |= {
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "une": 1, "quinze": 15, "seize": 16, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "quatre-vingt": 80, "quatre-vingts": 80, "huitante": 80, "nonante": 90,
}  # fmt: skip
_TIMES = {
    "hundred": 100, "thousand": 1000, "couple": 2, "dozen": 12,
    "cent": 100, "cents": 100, "mille": 1000,
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(longest).replace("-", "[- ]") + r")(?!\w)"


_SMALL = (
    rf"(?:{_any(_TENS)}(?:[- ]{_any(_UNITS)}|[- ]et[- ]{_any(('un', 'une', 'onze'))})?"
    rf"|{_any(_UNITS)})"
)
_NUMBER = re.compile(
    rf"(?<!\d )\b(?:(?:(?P<first>{_SMALL})[- ]|a )?(?P<times>{_any(_TIMES)})"
    rf"(?:[- ](?:and )?(?P<more>{_SMALL}))?|(?P<small>{_SMALL}))"
    # Of "cent deux cents" no figure is made: side by side two are one with its thousands apart.
    rf"(?! {_any((*_UNITS, *_TENS, *_TIMES))})",
    re.IGNORECASE,
)


def in_figures(words: str) -> str:
    """A text with its number words as figures: "deux à trois heures" is "2 à 3 heures"."""
    return _NUMBER.sub(lambda match: str(_value(match)), words)


def _value(match: re.Match[str]) -> int:
    if match["small"]:
        return _small(match["small"])
    times = _TIMES[match["times"].casefold()]
    return times * (_small(match["first"]) if match["first"] else 1) + _small(match["more"] or "")


def _small(words: str) -> int:
    """A number below a hundred: tens, ones, or both."""
    said = words.casefold().replace(" ", "-")
    for tens in sorted(_TENS, key=len, reverse=True):
        if said == tens or said.startswith(f"{tens}-"):
            rest = said[len(tens) :].removeprefix("-").removeprefix("et-")
            return _TENS[tens] + _small(rest)
    return _UNITS.get(said, 0)
