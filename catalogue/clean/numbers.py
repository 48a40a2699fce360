"""Figures as people write them: "3 120", "12,345", "1.2k", "4,8 sur 5"."""

from __future__ import annotations

import re

from catalogue.clean.text import stated
from catalogue.errors import Unreadable

FIGURE = r"\d+(?:[ \u00a0\u202f\u2009.,'’]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
_SUFFIXES = {
    "k": 1e3, "thousand": 1e3, "mille": 1e3, "mila": 1e3, "mil": 1e3, "tsd": 1e3, "тыс": 1e3,
    "тис": 1e3, "千": 1e3, "万": 1e4, "萬": 1e4, "만": 1e4, "lakh": 1e5, "lakhs": 1e5,
    "m": 1e6, "mn": 1e6, "million": 1e6, "millions": 1e6, "mio": 1e6, "млн": 1e6,
    "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<figure>{FIGURE})\s*(?P<suffix>{'|'.join(_SUFFIXES)})?(?!\w|[.,]\d|\s*%)",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?:^|\s)[-−]$")
_STARS = re.compile(
    r"(?P<value>\d+(?:[.,]\d+)?)\s*(?:★|⭐)?(?:/|out of|of|sur|von|de|su)\s*(?P<best>\d+)"
    r"(?:\s*(?:stars?|étoiles?))?|(?P<alone>\d+(?:[.,]\d+)?)\s*(?:stars?|étoiles?|★|⭐)?",
)


def figure(text: str) -> float:
    """The value of a written figure: the last of two different marks is the decimal one.

    A single mark before exactly three digits parts thousands: "12,345" and "12.345" are 12345.
    """
    digits = re.sub(r"[ \u00a0\u202f\u2009'’]", "", text)
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return float(digits)
    thousands = len(marks) > 1 and len(set(marks)) == 1
    if thousands or (len(marks) == 1 and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits)):
        return float(re.sub(r"[.,]", "", digits))
    whole, _, decimals = digits.rpartition(marks[-1])
    return float(re.sub(r"[.,]", "", whole) + "." + decimals)


def number(text: str | None) -> int | None:
    """The one count in some words: "3 120 déjà inscrits !" is 3120, "1.2k" is 1200.

    Raises Unreadable when there is no figure, or more than one.
    """
    said = stated(text, "one number")
    if said is None:
        return None
    found = list(_NUMBER.finditer(said))
    if len(found) != 1 or _NEGATIVE.search(said[: found[0].start()]):
        raise Unreadable(text, "one number")
    suffix = (found[0]["suffix"] or "").casefold()
    if suffix:
        return round(float(found[0]["figure"].replace(",", ".")) * _SUFFIXES[suffix])
    value = figure(found[0]["figure"])
    if not value.is_integer():
        raise Unreadable(text, "a whole number")
    return int(value)


def stars(value: str | float | None, best: float = 5.0) -> float | None:
    """A rating brought to 0..5, from a scale of 0 to `best` unless the words name another.

    Raises Unreadable on words, and on figures off the scale.
    """
    said = None if value is None else stated(str(value), "a rating")
    if said is None:
        return None
    found = _STARS.fullmatch(said.casefold())
    if not found:
        raise Unreadable(value, "a rating")
    top = float(found["best"] or best)
    rating = float((found["value"] or found["alone"]).replace(",", "."))
    if not top or rating > top:
        raise Unreadable(value, f"a rating of 0 to {top:g}")
    return round(rating * 5 / top, 3)
