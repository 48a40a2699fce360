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
from catalogue.terminal import plain, say
from catalogue.words import fold
from recommend import lexicon, text
from recommend.profile import LANGUAGES, Profile, within
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
_JOINED = re.compile(r"\s(?:and|et|&)\s", re.IGNORECASE)
_FIGURE = r"(\d+|\d{1,3}(?:\s\d{3})+)(?:[.,](\d{1,2}))?"
_WEEKLY = r"(?:\s*(?:/\s*sem(?:aine|\.)?|par semaine|/\s*week|a week|per week))?"
_MONTHS = r"(?:mois|months?)"
WEEKS_A_MONTH = 52 / 12
_COUNTED = (
    "one two three four five six seven eight nine ten eleven twelve",
    "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "une",
)
_NUMBERS = {word: at for each in _COUNTED for at, word in enumerate(each.split(), start=1)}
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_LESS = re.compile(
    r"^(?:environ|à peu près|au plus|au maximum|maximum|max\.?|jusqu['’]à|about|around|up to"
    r"|at most|~|<|≤)\s*|\s*(?:environ|au plus|au maximum|maximum|max\.?|at most)$",
    re.IGNORECASE,
)
"""What is said beside a figure that is a limit anyway."""
_RANGE = re.compile(
    r"^(?:de |from |between |entre )?\d[\d\s.,]*\s?[a-zé€.]*\s?(?:à|to|et|and|-|–|ou|or)\s?(?=\d)",
    re.IGNORECASE,
)
"""The lower end of "2 à 3": of what one can give at most, the upper end counts."""
_FREE = ("gratuit", "free")
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
    """Hours a week: "3", "2,5 h", "2 h 30", "trois heures par semaine"; of "2 à 3", the 3."""
    said = _plain(answer)
    if found := re.fullmatch(rf"(\d+)\s*h\s*([0-5]\d)(?:\s*min)?{_WEEKLY}", said):
        return _within("hours_per_week", int(found[1]) + int(found[2]) / 60)
    if found := re.fullmatch(rf"(\d+)\s*(?:min\.?|minutes?){_WEEKLY}", said):
        return _within("hours_per_week", int(found[1]) / 60)
    return _within("hours_per_week", _figure(said, r"h|hrs?|heures?|hours?", _WEEKLY))


def weeks(answer: str) -> float:
    """Weeks: "6", "six semaines"; months are turned into whole weeks, of "4 à 6" the 6 counts."""
    said = _plain(answer)
    if re.search(rf"{_MONTHS}$", said, re.IGNORECASE):
        return _within("weeks_at_most", round(_figure(said, _MONTHS) * WEEKS_A_MONTH))
    return _within("weeks_at_most", _figure(said, r"sem\.?|semaines?|weeks?"))


def euros(answer: str) -> float:
    """An amount in euros: "80", "1 000 €", "49,90 euros", "gratuit"; of "50 à 80", the 80."""
    if fold(answer) in _FREE:
        return 0.0
    return _within("budget", _figure(_plain(answer), r"€|eur|euros?"))


def _plain(answer: str) -> str:
    """Number words as figures, of a range its upper end, without what a limit says anyway."""
    figures = _NUMBER.sub(lambda match: str(_NUMBERS[match[0].casefold()]), answer.strip())
    return _RANGE.sub("", _LESS.sub("", figures))


def _figure(answer: str, units: str, after: str = "") -> float:
    """A figure of at most two decimals, alone or with one of the units."""
    found = re.fullmatch(rf"{_FIGURE}\s*(?:{units})?{after}", answer, re.IGNORECASE)
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


def ask(lang: str | None, name: str) -> Profile:
    """Ask for a whole profile. An empty answer leaves its key out."""
    spoken = lang or _spoken()
    say(wording.phrase(spoken, "welcome"))
    said: dict[str, Any] = {}
    unanswered = ""
    for at, key in enumerate(READ, start=1):
        question = f"{at}/{len(READ)} {wording.QUESTIONS[key][spoken]}"
        try:
            said[key] = _answer(question, key, spoken)
        except EOFError:
            unanswered = unanswered or question
    if unanswered:
        say(wording.phrase(spoken, "ended", question=unanswered))
    answered = {key: value for key, value in said.items() if value is not None}
    profile = Profile(name=name, language=spoken, **answered)
    if not (profile.role or profile.text or profile.wants or profile.curious):
        raise WrongUse(wording.phrase(spoken, "nothing_said"))
    return profile if profile.reads else attrs.evolve(profile, reads=(spoken,))


def _spoken() -> str:
    """The language to ask in; French where nothing is answered."""
    try:
        return _answer(wording.LANGUAGE_QUESTION, "language", "en") or LANGUAGES[0]
    except EOFError:
        return LANGUAGES[0]


def _answer(question: str, key: str, lang: str) -> Any:
    """The answer to a question, asked again until it can be read; None for none.

    Answers from a pipe are lines: one that cannot be read is an error, since the next line answers
    the next question. Raises EOFError after the last line.
    """
    while True:
        click.echo(f"{question} ", nl=False, err=True)
        line = _line()
        given = line.strip()
        if not sys.stdin.isatty():
            say(plain(given))
        if not line:
            raise EOFError
        if not given:
            return None
        try:
            value = _READ_ANY[key](given)
        except ValueError:
            unread = wording.unread(lang, key, given)
            if not sys.stdin.isatty():
                raise WrongUse(f"{question} {unread}") from None
            say(plain(unread))
        else:
            _say_joined(key, value, lang)
            return value


def _line() -> str:
    try:
        line = sys.stdin.readline()
        line.encode()  # where the locale is none, what is no UTF-8 comes as surrogates
    except UnicodeError as error:
        raise WrongUse("the answers are not UTF-8 text; save them as UTF-8") from error
    return line


_READ_ANY = {**READ, "language": language}


def _say_joined(key: str, value: Any, lang: str) -> None:
    """Say that commas separate topics, where one may be two: "nudge and pricing"."""
    for topic in value if READ.get(key) is several else ():
        if _JOINED.search(topic) and not _is_known(topic):
            say(plain(wording.phrase(lang, "joined", topic=topic)))


def _is_known(topic: str) -> bool:
    """Is it one topic in the lexicon: "sales and marketing"?"""
    tokens = text.content(topic)
    return any(lexicon.crossing(tokens, language) for language in LANGUAGES)
