"""`moocscout profile new`: a profile from a dozen questions, in French or English."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import click

from catalogue.course import LEVELS
from catalogue.errors import WrongUse
from recommend.profile import LANGUAGES, Profile
from recommend.profiling import wording

Answer = Callable[[str], Any]
"""What an answer means; ValueError when it cannot be read."""

_YES = ("y", "yes", "o", "oui", "1", "true")
_NO = ("n", "no", "non", "0", "false")
_LANGUAGES = {
    "fr": "fr", "français": "fr", "francais": "fr", "french": "fr",
    "en": "en", "anglais": "en", "english": "en",
}  # fmt: skip
_LEVELS = {
    "débutant": "beginner", "debutant": "beginner",
    "intermédiaire": "intermediate", "intermediaire": "intermediate",
    "avancé": "advanced", "avance": "advanced", "expert": "advanced",
    **{level: level for level in LEVELS if level != "mixed"},
}  # fmt: skip


def words(answer: str) -> str:
    """Text as typed."""
    return " ".join(answer.split())


def several(answer: str) -> tuple[str, ...]:
    """Topics between commas or semicolons, each once."""
    return tuple(dict.fromkeys(filter(None, map(words, re.split(r"[,;]", answer)))))


def languages(answer: str) -> tuple[str, ...]:
    """fr, en by code or by name."""
    return tuple(dict.fromkeys(_among(_LANGUAGES, each) for each in re.split(r"[,;/\s]+", answer)))


def language(answer: str) -> str:
    """One language by code or by name."""
    return str(_among(_LANGUAGES, answer))


def figure(answer: str) -> float:
    """ "3", "2,5 h" or "80 €"."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(?:€|\w*\.?)?", answer)
    if not found:
        raise ValueError(answer)
    return float(found[1].replace(",", "."))


def flag(answer: str) -> bool:
    """Yes or no."""
    return bool(_among(dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False), answer))


def level(answer: str) -> str:
    """A level by its name in either language."""
    return str(_among(_LEVELS, answer))


def _among(known: Mapping[str, Any], answer: str) -> Any:
    if (given := answer.casefold()) not in known:
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
    "hours_per_week": figure,
    "weeks_at_most": figure,
    "budget": figure,
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
