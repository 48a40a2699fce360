"""What a person's answer to a question of `profile new` means, in French or English."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from catalogue.options import LEVELS
from catalogue.words import fold
from recommend.profile import LANGUAGES, within
from recommend.profiling.numbers import in_figures
from recommend.wording import LANGUAGES as NAMED

Answer = Callable[[str], Any]
"""What an answer means; ValueError when it cannot be read."""

_YES = ("y", "yes", "o", "oui", "1", "true")
_NO = ("n", "no", "non", "0", "false")
_READ_LANGUAGES = {
    fold(name): code for code, named in NAMED.items() for name in (code, *named.values())
}
_LANGUAGES = {name: code for name, code in _READ_LANGUAGES.items() if code in LANGUAGES}
_BOTH = {"les deux": ("fr", "en"), "both": ("en", "fr")}
_QUOTES = re.compile('["“”„«»]')
_AND = re.compile(r"[,;/&\s]+(?:(?:et|and)\s+)?")
_FIGURE = r"(\d+|\d{1,3}(?:\s\d{3})+)(?:[.,](\d{1,2}))?\s*(?:d'|de |of )?"
_WEEKLY = (
    r"(?:\s*(?:/\s*(?:sem(?:aine|\.)?|week|wk)|(?:par|chaque|la) semaine|(?:a|per|each|every) week"
    r"|weekly|hebdo(?:madaires?)?))?"
)
_APIECE = r"(?:\s*(?:par|le|un|per|a|each|/)\s*(?:cours|course)|\s*(?:each|piece|chacun))?"
_DAYS = r"(?:jours?|days?)"
WEEKS_A_MONTH = 52 / 12
_LENGTHS: Mapping[str, float] = {
    r"(?:mois|months?)": WEEKS_A_MONTH,
    r"(?:trimestres?|quarters?)": 3 * WEEKS_A_MONTH,
    r"(?:semestres?)": 6 * WEEKS_A_MONTH,
    r"(?:ans?|annees?|years?)": 12 * WEEKS_A_MONTH,
}
"""Units of a length, and the weeks of each."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LESS = re.compile(
    r"^(?:(?:environ|a peu pres|au plus|au maximum|maximum|max\.?|moins de|pas plus de|jusqu'a"
    r"|dans les|about|around|up to|at most|less than|under|below|(?:not|no) more than|~|<|≤)\s*)+"
    r"|\s*(?:environ|au plus|au maximum|maximum|max\.?|at most|or so)$"
)
"""What is said beside a figure that is a limit anyway."""
_RANGE = re.compile(
    r"^(?:de |from |between |entre )?\d[\d\s.,]*\s?[a-z€.]*\s?(?:a|to|et|and|-|–|ou|or)\s?(?=\d)"
)
"""The lower end of "2 à 3": of what one can give at most, the upper end counts."""
_HALF_HOUR = re.compile(r"\b(?:half an hour|(?:une )?demi[- ]?heure)\b")
_ONE = re.compile(r"^an? (?=day|hour|week|month|quarter|year)")
_HALVES = re.compile(r"(\d+)(\s*(?:h|heures?|hours?|mois|months?)?)(?: et demie?| and a half)\b")
_FREE = re.compile(
    r"(?:(?:only|seulement|uniquement|que du|rien que du) )?"
    r"(?:gratuit|gratuite|gratuits|gratuitement|free|free of charge|rien|nothing|zero)"
    r"(?: (?:only|courses|courses only|seulement|uniquement))?"
)
_ANY = (
    "peu importe", "peu m'importe", "n'importe", "n'importe lequel", "indifferent", "egal",
    "ca m'est egal", "aucune importance", "sans importance", "pas de preference", "sans preference",
    "pas de limite", "sans limite", "sans limites", "aucune limite", "illimite", "aucune idee",
    "je ne sais pas", "ne sais pas", "any", "anything", "whatever", "either", "unlimited",
    "no limit", "no limits", "no preference", "without limit", "don't mind", "i don't mind",
    "don't care", "i don't care", "don't know", "i don't know", "no idea", "?", "-",
)  # fmt: skip
"""Answers of those to whom a limit is all the same: it is left out."""
_ALL = (*_ANY, "tout", "tous", "toutes", "all")
"""Answers of those to whom all languages are one."""
_NONE = (
    *_ANY, "rien", "aucun", "aucune", "aucun sujet", "neant", "non", "nothing", "none", "no", "n/a",
    "na", "nil", "no topic", "nothing special", "rien de special", "rien de particulier",
)  # fmt: skip
"""Answers of those who have no topic to name."""
_LEVELS = {
    "debutant": "beginner", "debutante": "beginner",
    "intermediaire": "intermediate",
    "avance": "advanced", "avancee": "advanced", "expert": "advanced", "experte": "advanced",
    **{level: level for level in LEVELS if level != "mixed"},
}  # fmt: skip


def words(answer: str) -> str:
    """Text as typed."""
    return " ".join(answer.split())


def several(answer: str) -> tuple[str, ...]:
    """Topics between commas or semicolons, each once, without quotation marks."""
    pieces = re.split(r"[,;]", _QUOTES.sub(" ", answer))
    return tuple(dict.fromkeys(filter(None, map(words, pieces))))


def languages(answer: str) -> tuple[str, ...]:
    """Languages by code or by name: "fr, en", "français et anglais", "les deux"."""
    if both := _BOTH.get(fold(answer)):
        return both
    return tuple(dict.fromkeys(_among(_READ_LANGUAGES, each) for each in _AND.split(answer)))


def language(answer: str) -> str:
    """One language by code or by name."""
    return str(_among(_LANGUAGES, answer))


def hours(answer: str) -> float:
    """Hours a week: "3", "2,5 h", "2 h 30", "trois heures par semaine"; of "2 à 3", the 3."""
    said = _plain(answer)
    if found := re.fullmatch(rf"(\d+)\s*(?:h|heures?)\s*([0-5]\d)(?:\s*min)?{_WEEKLY}", said):
        return _within("hours_per_week", round(int(found[1]) + int(found[2]) / 60, 2))
    if found := re.fullmatch(rf"(\d+)\s*(?:min\.?|minutes?){_WEEKLY}", said):
        return _within("hours_per_week", round(int(found[1]) / 60, 2))
    return _within("hours_per_week", _figure(said, r"h|hrs?|heures?|hours?", _WEEKLY))


def weeks(answer: str) -> float:
    """Weeks: "6", "six semaines"; months are turned into whole weeks, of "4 à 6" the 6 counts.

    Days are as many weeks as they begin: "10 jours" is 2.
    """
    said = _plain(answer)
    if re.search(rf"\d.*{_DAYS}$", said):
        return _within("weeks_at_most", math.ceil(_figure(said, _DAYS) / 7))
    for unit, weeks_each in _LENGTHS.items():
        if re.search(rf"\d.*{unit}$", said):
            return _within("weeks_at_most", round(_figure(said, unit) * weeks_each))
    return _within("weeks_at_most", _figure(said, r"sem\.?|semaines?|weeks?"))


def euros(answer: str) -> float:
    """An amount in euros: "80", "1 000 €", "cent euros", "gratuit"; of "50 à 80", the 80."""
    said = _plain(answer)
    if _FREE.fullmatch(said) or _FREE.fullmatch(fold(answer)):
        return 0.0
    return _within("budget", _figure(said.removeprefix("€"), r"€|eur|euros?", _APIECE))


def _plain(answer: str) -> str:
    """Number words as figures, of a range its upper end, without what a limit says anyway."""
    said = " ".join(fold(answer).replace("’", "'").strip(" .!").split())
    figures = in_figures(_ONE.sub("1 ", _HALF_HOUR.sub("30 min", said)))
    figures = _HALVES.sub(r"\1.5\2", figures)
    return _RANGE.sub("", _LESS.sub("", figures))


def _figure(answer: str, units: str, after: str = "") -> float:
    """A figure of at most two decimals, alone or with one of the units."""
    found = re.fullmatch(rf"{_FIGURE}(?:{units})?{after}", answer)
    if not found:
        raise ValueError(answer)
    return float("".join(found[1].split()) + "." + (found[2] or "0"))


def _within(key: str, given: float) -> float:
    """The figure, where a profile may hold it."""
    if not within(key, given):
        raise ValueError(given)
    return float(given)


def flag(answer: str) -> bool:
    """Yes or no."""
    return bool(_among(dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False), answer))


def level(answer: str) -> str:
    """A level by its name in either language."""
    return str(_among(_LEVELS, answer))


def _among(known: Mapping[str, Any], answer: str) -> Any:
    if (given := fold(answer)) not in known:
        raise ValueError(answer)
    return known[given]


READ: Mapping[str, Answer] = {
    "role": words,
    "text": words,
    "wants": several,
    "curious": several,
    "knows": several,
    "avoid": several,
    "reads": languages,
    "hours_per_week": hours,
    "weeks_at_most": weeks,
    "budget": euros,
    "certificate": flag,
    "level": level,
}
"""The keys that are asked for, in this order."""


_SKIPPING: Mapping[Answer, tuple[str, ...]] = {
    **dict.fromkeys((words, several), _NONE),
    **dict.fromkeys((hours, weeks, euros, flag, level), _ANY),
    languages: _ALL,
}


def read(key: str, answer: str, lang: str = LANGUAGES[0]) -> Any:
    """What an answer means for a key; None where it names nothing, or no limit.

    In English a comma before three digits of an amount parts its thousands: "1,500" is 1500.
    Raises ValueError when it cannot be read.
    """
    reader = language if key == "language" else READ[key]
    said = fold(answer).replace("’", "'").strip(" .!")
    if said in _SKIPPING.get(reader, ()):
        return None
    return reader(_THOUSANDS.sub("", answer) if reader is euros and lang == "en" else answer)
