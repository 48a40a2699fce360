"""What a person reads of a ranking, in French and English, with each language's typography.

French keeps a no-break space before ":" and inside « », a narrow one before ; ! ?.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from catalogue.months import in_months
from catalogue.words import fold
from recommend.phrases import (
    COURSES_FOR,
    FIELDS,
    LANGUAGES,
    LEVELS,
    PHRASES,
    PROVIDER_KINDS,
    SOURCES,
)
from recommend.sentences import LABELS, LACKING, SENTENCES

__all__ = [
    "COURSES_FOR",
    "FIELDS",
    "LABELS",
    "LANGUAGES",
    "LEVELS",
    "PHRASES",
    "PROVIDER_KINDS",
    "SENTENCES",
    "SOURCES",
]

_MONTHS: Mapping[str, str] = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_SIGNS: Mapping[str, str] = {"EUR": "€", "USD": "$", "GBP": "£"}
_NO_CURRENCY: Mapping[str, str] = {
    "en": "(currency not stated)",
    "fr": "(devise non indiquée)",
}
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_BLANK = re.compile(r"\{(\w+)\}")
_COUNTED = re.compile(r"<(\w+):([^|<>]*)\|([^|<>]*)>")


def phrase(lang: str, name: str, /, **values: Any) -> str:
    """A phrase of PHRASES with its blanks filled in as they are."""
    return PHRASES[name][lang].format(**values)


def more_words(lang: str, count: int) -> str:
    """ "1 more word", "3 more words" """
    return phrase(lang, "one_more" if count == 1 else "more", count=count)


def sentence(lang: str, rule: str, values: Mapping[str, Any]) -> str:
    """A rule's sentence; what stands in brackets is left out where a value in it is unknown.

    Of `<count:rating|ratings>` the form stands that the number `count` takes.
    """

    def kept(match: re.Match[str]) -> str:
        blanks = _BLANK.findall(match[1])
        return match[1] if all(values.get(name) is not None for name in blanks) else ""

    def counted(match: re.Match[str]) -> str:
        return match[2] if single(lang, values.get(match[1]) or 0) else match[3]

    shape = _COUNTED.sub(counted, _OPTIONAL.sub(kept, SENTENCES[rule][lang]))
    return _BLANK.sub(lambda match: value(lang, match[1], values.get(match[1])), shape)


def unstated(lang: str, name: str) -> str:
    """What a page does not state, as `Match.unknown` names it."""
    return (LABELS.get(name) or LACKING[name])[lang]


def value(lang: str, name: str, given: Any) -> str:
    """A value in words; the last part of its name says what it is: hours, weeks, money, day ..."""
    kind = name.rpartition("_")[2]
    if given is None:
        return "?"
    return _KINDS[kind](lang, given)


def number(lang: str, given: float, decimals: int = 1) -> str:
    """A figure with at most so many decimals, none of them 0 at its end."""
    text = f"{given:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "fr" else text


def points(lang: str, given: float, *, signed: bool = True) -> str:
    """Points with two decimals, and a true minus sign."""
    text = f"{given:+.2f}" if signed else f"{given:.2f}"
    text = text.replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if lang == "fr" else text


def single(lang: str, given: float) -> bool:
    """In French a plural begins at two, in English it is all that is not one."""
    return abs(given) < 2 if lang == "fr" else given == 1


def counted_points(lang: str, given: float) -> str:
    """ "4.93 points" """
    noun = "point" if single(lang, given) else "points"
    return f"{points(lang, given, signed=False)}\xa0{noun}"


def hours(lang: str, given: float) -> str:
    """ "2.5 h", a quarter of an hour exactly: "2.25 h"; less than an hour in minutes: "5 min" """
    if given > 0 and (minutes := max(1, round(60 * given))) < 60:
        return f"{minutes}\xa0min"
    return f"{number(lang, given, 2 if (4 * given).is_integer() else 1)}\xa0h"


def weeks(lang: str, given: float) -> str:
    """ "6 weeks"; "2 days" for less than one, to the day, or "0.5 days"."""
    if given < 1:
        return days(lang, round(7 * given, 0 if 7 * given >= 1 else 1))
    one, many = ("week", "weeks") if lang == "en" else ("semaine", "semaines")
    shown = number(lang, given)
    return f"{shown}\xa0{one if single(lang, float(shown.replace(',', '.'))) else many}"


def months(lang: str, given: float) -> str:
    """ "1 month", "3 mois" """
    return f"{given:g}\xa0{'mois' if lang == 'fr' else 'month' if given == 1 else 'months'}"


Ends = tuple[float | None, float | None]
"""Least and most of a figure: equal for one, None for an end that is not known."""


def length(lang: str, given: Ends) -> str:
    """Weeks: "6 weeks", "4 to 6 weeks", "at most 2 weeks"; "1 to 3 months" as a page counts."""
    counted = in_months(*given) if given[0] != given[1] else None
    return _range(lang, counted or given, months if counted else weeks)


def effort(lang: str, given: Ends) -> str:
    """Hours in all: "18 h", "1 to 2 h", "30 min to 2 h", "at least 5 h"."""
    return _range(lang, given, hours)


def _range(lang: str, given: Sequence[float | None], spoken: Callable[[str, float], str]) -> str:
    low, high = (None if end is None else spoken(lang, end) for end in given)
    if low is None or high is None:
        return phrase(lang, "at_least" if high is None else "at_most", least=low, most=high)
    figure, unit = low.split("\xa0")
    if low == high:
        return low
    # A unit that both have is said once, in the form of the latter: "1 to 4 weeks".
    shared = high.split("\xa0")[1].startswith(unit)
    return phrase(lang, "range", low=figure if shared else low, high=high)


def money(lang: str, given: float, currency: str | None = "EUR") -> str:
    """ "€49" in English, "49 €" in French; a currency without a sign by its code.

    Of an amount without a currency that it has none: "42 (currency not stated)".
    """
    decimals = 0 if float(given).is_integer() else 2
    amount = f"{given:,.{decimals}f}"
    sign = _SIGNS.get(currency, currency) if currency else _NO_CURRENCY[lang] if given else ""
    if lang == "fr":
        amount = amount.replace(",", "\u202f").replace(".", ",")
        return f"{amount}\xa0{sign}".rstrip()
    return f"{sign}{amount}" if len(sign) == 1 else f"{amount}\xa0{sign}".rstrip()


_PRICED = re.compile(r"(\d+(?:\.\d+)?) ([A-Z]{3})(?: \((\d+(?:\.\d+)?)\))?")


def priced(lang: str, words: str) -> str | None:
    """A price as a platform's data have it, "331.5 EUR (390.0)", in words; None for other words.

    What stands in brackets is the price without the reduction.
    """
    if not (found := _PRICED.fullmatch(words)):
        return None
    amount = money(lang, float(found[1]), found[2])
    if found[3] is None:
        return amount
    return phrase(lang, "reduced", money=amount, full=money(lang, float(found[3]), found[2]))


def day(lang: str, given: str) -> str:
    """ "10 January 2027", "10 janvier 2027", "1er janvier 2027" from an ISO day."""
    year, month, number_ = given.split("-")
    first = "1er" if lang == "fr" and number_ == "01" else str(int(number_))
    return f"{first}\xa0{_MONTHS[lang].split()[int(month) - 1]}\xa0{year}"


def dates(lang: str, stated: str) -> str:
    """A session's dates as the signal `open` states them: "start 2026-10-20, end 2026-11-17"."""
    said = (each.split(" ") for each in stated.split(", "))
    return ", ".join(phrase(lang, f"date_{name}", day=day(lang, given)) for name, given in said)


_KIND_WHY = (
    ("word in its name: ", "mot de son nom\xa0: "),
    ("providers.csv: ", "providers.csv\xa0: "),
    (", with which it begins", ", par quoi son nom commence"),
)


def kind_why(lang: str, why: str) -> str:
    """Why a provider is of its kind, which the catalogue keeps in English."""
    for english, french in _KIND_WHY if lang == "fr" else ():
        why = why.replace(english, french)
    return why


def days(lang: str, given: float) -> str:
    """ "5 days" """
    one, many = ("day", "days") if lang == "en" else ("jour", "jours")
    return f"{number(lang, given)}\xa0{one if single(lang, given) else many}"


def language(lang: str, code: str) -> str:
    """A language's name in words, its code where there is none."""
    names = LANGUAGES.get(plain := code.lower().partition("-")[0])
    return names[lang] if names else _named_elsewhere(lang, plain) or code


@cache
def _named_elsewhere(lang: str, code: str) -> str | None:
    """The name of one of the world's other languages, as the CLDR has it."""
    from babel import Locale  # slow to load, and most courses are in a language of ours

    return Locale.parse(lang).languages.get(code)


def languages(lang: str, codes: Sequence[str]) -> str:
    """ "French and English" """
    return listed(lang, [language(lang, code) for code in codes])


_MUTE = ("hébreu", "hindi")


def read_language(lang: str, code: str) -> str:
    """A language as what one reads: "French", "le français", "l'anglais"."""
    name = language(lang, code)
    if lang == "en" or name == code:
        return name
    elided = fold(name[0]) in "aeiou" or name in _MUTE
    return f"l’{name}" if elided else f"le {name}"


def ordinal(lang: str, given: int) -> str:
    """ "1st", "2nd", "11th" in English, "1er", "2e" in French."""
    if lang == "fr":
        return "1er" if given == 1 else f"{given}e"
    last = (
        "th" if given % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(given % 10, "th")
    )
    return f"{given}{last}"


def share(lang: str, given: float) -> str:
    """ "62%" """
    return f"{round(100 * given)}{chr(0x202F) if lang == 'fr' else ''}%"


def stars(lang: str, given: float) -> str:
    """ "4.6 stars" """
    one, many = ("étoile", "étoiles") if lang == "fr" else ("star", "stars")
    return f"{number(lang, given)}\xa0{one if single(lang, given) else many}"


def count(lang: str, given: int) -> str:
    """ "3,200" in English, "3 200" in French."""
    return f"{given:,}".replace(",", "\u202f" if lang == "fr" else ",")


def listed(lang: str, names: Sequence[str]) -> str:
    """ "one, two and three" """
    *first, last = names
    return f"{', '.join(first)} {'et' if lang == 'fr' else 'and'} {last}" if first else last


def joined(said: Iterable[str]) -> str:
    """Pieces of one line; where it is broken, the next line does not begin with the dot."""
    return "\xa0· ".join(said)


def earned(lang: str, name: str, given: float) -> str:
    """A name and its points, which stay on one line."""
    return f"{name}\xa0{points(lang, given)}"


def quoted(lang: str, words: str) -> str:
    """Words in the language's quotation marks."""
    return f"«\xa0{words}\xa0»" if lang == "fr" else f"“{words}”"


_KINDS: Mapping[str, Callable[[str, Any], str]] = {
    "hours": hours,
    "weeks": weeks,
    "length": length,
    "effort": effort,
    "money": money,
    "day": day,
    "left": days,
    "language": language,
    "languages": languages,
    "level": lambda lang, name: LEVELS[name][lang],
    "topic": quoted,
    "topics": lambda lang, names: ", ".join(quoted(lang, name) for name in names),
    "share": share,
    "stars": stars,
    "figure": number,
    "count": count,
    "kind": lambda lang, name: PROVIDER_KINDS[name][lang],
}
