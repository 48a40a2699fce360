"""`moocscout profile new`: a profile from a dozen questions, in French or English."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import click

from catalogue.errors import WrongUse
from catalogue.options import LEVELS
from catalogue.words import fold
from recommend.profile import LANGUAGES, Profile
from recommend.profiling import wording
from recommend.wording import LANGUAGES as NAMED

Answer = Callable[[str], Any]
"""What an answer means; ValueError when it cannot be read."""

_YES = ("y", "yes", "o", "oui", "1", "true")
_NO = ("n", "no", "non", "0", "false")
_READ_LANGUAGES = {
    fold(name): code for code, named in NAMED.items() for name in (code, *named.values())
}
_LANGUAGES = {name: code for name, code in _READ_LANGUAGES.items() if code in LANGUAGES}
_AND = re.compile(r"[,;/&\s]+(?:(?:et|and)\s+)?")
_FIGURE = r"(\d+|\d{1,3}(?:\s\d{3})+)(?:[.,](\d{1,2}))?"
_WEEKLY = r"(?:\s*(?:/\s*sem(?:aine|\.)?|par semaine|/\s*week|a week|per week))?"
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
    """Topics between commas or semicolons, each once."""
    return tuple(dict.fromkeys(filter(None, map(words, re.split(r"[,;]", answer)))))


def languages(answer: str) -> tuple[str, ...]:
    """Languages by code or by name: "fr, en", "français et anglais"."""
    return tuple(dict.fromkeys(_among(_READ_LANGUAGES, each) for each in _AND.split(answer)))


def language(answer: str) -> str:
    """One language by code or by name."""
    return str(_among(_LANGUAGES, answer))


def hours(answer: str) -> float:
    """Hours a week, more than none: "3", "2,5 h", "2 h 30", "3 heures par semaine"."""
    if found := re.fullmatch(rf"(\d+)\s*h\s*([0-5]\d)(?:\s*min)?{_WEEKLY}", answer):
        return _above_zero(int(found[1]) + int(found[2]) / 60)
    return _above_zero(_figure(answer, r"h|hrs?|heures?|hours?", _WEEKLY))


def weeks(answer: str) -> float:
    """Weeks, more than none: "6", "6 semaines". Months are refused: no whole number of weeks."""
    return _above_zero(_figure(answer, r"sem\.?|semaines?|weeks?"))


def euros(answer: str) -> float:
    """An amount in euros: "80", "1 000 €", "49,90 euros"."""
    return _figure(answer, r"€|eur|euros?")


def _figure(answer: str, units: str, after: str = "") -> float:
    """A figure of at most two decimals, alone or with one of the units."""
    found = re.fullmatch(rf"{_FIGURE}\s*(?:{units})?{after}", answer, re.IGNORECASE)
    if not found:
        raise ValueError(answer)
    return float("".join(found[1].split()) + "." + (found[2] or "0"))


def _above_zero(given: float) -> float:
    if not given:
        raise ValueError(given)
    return given


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


def ask(lang: str | None, name: str) -> Profile:
    """Ask for a whole profile. An empty answer leaves its key out."""
    spoken = lang or _answer(wording.LANGUAGE_QUESTION, language, "en") or LANGUAGES[0]
    click.echo(wording.phrase(spoken, "welcome"), err=True)
    said: dict[str, Any] = {"name": name, "language": spoken}
    for at, (key, read) in enumerate(READ.items(), start=1):
        question = f"{at}/{len(READ)} {wording.QUESTIONS[key][spoken]}"
        if (value := _answer(question, read, spoken)) is not None:
            said[key] = value
    profile = Profile(**said)
    if not (profile.role or profile.text or profile.wants or profile.curious):
        raise WrongUse(wording.phrase(spoken, "nothing_said"))
    return profile if profile.reads else attrs.evolve(profile, reads=(spoken,))


def _answer(question: str, read: Answer, lang: str) -> Any:
    """The answer to a question, asked again until it can be read; None for none.

    Answers from a pipe are lines: one that cannot be read is an error, since the next line answers
    the next question; after the last line, nothing more is said.
    """
    while True:
        click.echo(f"{question} ", nl=False, err=True)
        given = sys.stdin.readline().strip()
        if not sys.stdin.isatty():
            click.echo(given, err=True)
        if not given:
            return None
        try:
            return read(given)
        except ValueError:
            unread = wording.phrase(lang, "unread", answer=given)
            if not sys.stdin.isatty():
                raise WrongUse(f"{question} {unread}") from None
            click.echo(unread, err=True)
