"""Words on duration -> a row of signs, so that what reads them need know no language.

"18-20 hours a week, 8 weeks long" becomes "18.0 - 20.0 h % , 8.0 w". Words that say nothing of
duration become nothing; a word in no list makes the whole unreadable, so that "must have studied
for 60 hours" never becomes a workload of 60 hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalogue.clean import lexicon
from catalogue.clean.level import LEVEL_WORDS
from catalogue.clean.lexicon import ARTICLES, FIGURES, PER, PLUSES, RANGES, UNIT_OF
from catalogue.errors import Unreadable
from catalogue.words import fold


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _rules(*rules: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


_IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_GLUED = _any_of(
    word
    for word in {*UNIT_OF, *lexicon.WEEKLY, *lexicon.FILLERS, *FIGURES, *lexicon.IN_ALL}
    if _IDEOGRAPHIC.match(word)
)
_WEEK = _any_of(lexicon.UNITS["w"].split())
_DAYS = _any_of(lexicon.UNITS["d"].split())
_HOURS = _any_of(lexicon.UNITS["h"].split())
_EACH = _any_of(lexicon.DAYS_OF.split())
_SPAN = r"\d[\d.,]*(?:\s*(?:-|–|à|to|a|bis)\s*\d[\d.,]*)?"
_A = _any_of(lexicon.A_WEEK.split())
_IN_WORDS = _rules(
    (rf"({_GLUED})", r" \1 "),
    (r"(?<=\d)[, \u00a0\u202f](?=\d{3}(?!\d))", ""),
    (r"(?<=\d),(?=\d{1,2}(?!\d))", "."),
    (r"(?<=\d)\s*½", " ½"),
    (r"(?<![\d:])(\d{1,3}):([0-5]\d):([0-5]\d)(?![\d:])", r"\1 h \2 m \3 s"),
    (r"(?<![\d/.,])1/2(?![\d/])", " ½ "),
    (rf"(?<!\w)(?:{lexicon.HALF})(?!\w)", " ½ "),
    (rf"(?<!\w)(?:{lexicon.HALF_AN})[- '’]?(?:hour|heure|hora|stunde|ora)(?!\w)", " 30 m "),
    (rf"(?:/\s*|(?<!\w)(?:{_A})\s+(?:la\s+|der\s+)?)(?:{_WEEK})(?!\w)", " % "),
    (rf"(?<=\d)(\s*(?:{_DAYS}))\s+(?:{_EACH})\s+(?=\d[\d.,]*\s*(?:{_HOURS})(?![^\W\d]))", r"\1 @ "),
    (rf"(?<=\d)(\s*(?:{_WEEK}))\s+(?:{_EACH})\s+(?={_SPAN}\s*(?:{_HOURS})(?![^\W\d]))", r"\1 , "),
    (r"(?<!\w)(?:or more|ou plus|oder mehr|o más|ou mais|o più)(?!\w)", " + "),
    (r"(?<!\w)(?:от|від|od) (?=\d[\d.]* (?:до|do) \d)", " "),
    (r"(?<!\d)(?<!\d )[週周](?=\s*\d)", " % "),
    (r"(ساعة|يوم|أسبوع|اسبوع|شهر) واحدة?", r"1 \1"),
    (r"(?<!\w)(moins|plus) d['’]", r"\1 de "),
    (r"(?<!\w)un['’](?=\w)", "1 "),
    (rf"(?<!\w)(?:{lexicon.LIMITS['<']})(?!\w)", " < "),
    (rf"(?<!\w)(?:{lexicon.LIMITS['>']})(?!\w)", " > "),
    (r"\b(?:between|entre|zwischen|tra|fra) (\d+) (?:and|et|und|e|y) (?=\d)", r"\1 - "),
    (r"(?<!\w)(?:[dl]|qu)['’](?=\w)", " "),
    (r"(?<=[^\W\d])\.", " "),
)  # fmt: skip
_IN_SIGNS = _rules(
    (r"(?<=\d) = (?=[hms])", " "),
    (r"(?<=\d) < (?=\d)", " - "),
    (r"(\d+)\.0 ½", r"\1.5"),
    (r"(?<![hwM] )½(?= [hwM])", "0.5"),
    (r"(\d+)\.0 ([wM]) ½", r"\1.5 \2"),
    (r"(?<= h )½", "30.0 m"),
    (r"(?<= h )([0-5]?\d\.0)(?= [,%()]|$)", r"\1 m"),
    (r"(?<=[dwM]) - (?=\d+\.\d+ (?:- \d+\.\d+ )?[hms])", " , "),
    (r"(?<=[hms]) - (?=\d+\.\d+ (?:- \d+\.\d+ )?[dwM])", " , "),
    (r"(?<=[hmsdwM%]) / (?=\d)", " , "),
    (r"(?<=[hms] )/ d(?= |$)", "@"),
    (r"\( ([%@]) \)", r"\1"),
)
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e"
_LETTER = rf"(?:[^\W\d_]|[{_MARKS}])"
_TOKEN = re.compile(rf"\d+(?:\.\d+)?|[^\W\d_]{_LETTER}*(?:[-'’]{_LETTER}+)*|\S|\n")

_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")

_SIGN_OF = (
    dict.fromkeys(lexicon.FILLERS | RANGES | PLUSES | ARTICLES, "")
    | dict.fromkeys(lexicon.COUNTED, "#")
    | dict.fromkeys(lexicon.IN_ALL, "=")
    | dict.fromkeys(PER, "/")
    | dict.fromkeys(lexicon.WEEKLY, "%")
    | dict.fromkeys(lexicon.DAILY, "@")
    | dict.fromkeys(lexicon.SEPARATORS, ",")
    | UNIT_OF
    | lexicon.TWO_OF
    | lexicon.BRACKETS
    | {each: each for each in "<>%@½"}
)


def signs(said: str) -> str:
    """The signs of a text in lower case, blank-separated.

    Figures with a point; units h m s d w M Y; = (in all), % (a week), @ (a day), / (per something
    else), - (to), + (and), < (at most), > (at least), # (of things, not time); comma, brackets.

    Raises Unreadable at the first word that no list holds.
    """
    text = said
    for pattern, replacement in _IN_WORDS:
        text = pattern.sub(replacement, text)
    tokens = _TOKEN.findall(text)
    row: list[str] = []
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        sign = _sign(token, row[-1] if row else "", following)
        if sign is None:
            raise Unreadable(said, f"a workload ({token!r} is not understood)")
        row += [sign] if sign else []
    signed = " ".join(row)
    for pattern, replacement in _IN_SIGNS:
        signed = pattern.sub(replacement, signed)
    return signed


def _sign(word: str, before: str, after: str) -> str | None:
    """One word's sign, between the sign before it and the word after it."""
    if word[0].isdecimal():
        # "1.500" is a thousand and a half in half the languages, one and a half in the others.
        return None if _THOUSANDS.fullmatch(word) else str(float(word))
    measured = before in lexicon.UNITS
    figure_next = after[:1].isdecimal() or after in FIGURES
    if word in RANGES and figure_next and (measured or before[:1].isdecimal()):
        return "-"
    if word in lexicon.UP_TO and figure_next:
        return "<"
    if word == "+" or (word in PLUSES and figure_next and measured):
        return "+"
    if word == "plus" and before == "%":
        return "+"
    if word in FIGURES and (after in UNIT_OF or after == "½" or _joins(after)):
        return "/" if word in ARTICLES and measured else str(float(FIGURES[word]))
    if word in PER and (not measured or after in lexicon.FILLERS):
        return ""
    return "" if fold(word) in LEVEL_WORDS else _SIGN_OF.get(word)


def _joins(word: str) -> bool:
    """Is it a word between two figures: "two to three hours"? A dash may stand for anything."""
    return word in RANGES and word.isalpha()
