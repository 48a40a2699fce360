"""`moocscout profile new`: a profile from a dozen questions, in French or English."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from catalogue.errors import WrongUse
from catalogue.terminal import STOPPED, plain, say, wrapped
from recommend import lexicon, text
from recommend.profile import LANGUAGES, Profile
from recommend.profiling import answers, wording
from recommend.profiling.answers import READ

TOPICS = ("wants", "curious", "knows", "avoid")
_JOINED = re.compile(r"\s(?:and|et|&)\s", re.IGNORECASE)


def ask(lang: str | None, name: str) -> Profile:
    """Ask for a whole profile. An empty answer leaves its key out."""
    with left(lang or LANGUAGES[0]):
        spoken = lang or _spoken()
    with left(spoken):
        answered = _answered(spoken)
    profile = Profile(name=name, language=spoken, **answered)
    if not (profile.role or profile.text or profile.wants or profile.curious):
        raise WrongUse(wording.phrase(spoken, "nothing_said"))
    return profile


@contextmanager
def left(lang: str) -> Iterator[None]:
    """Of a dialogue that the person leaves, say that nothing is written, and end."""
    try:
        yield
    except KeyboardInterrupt:
        say("\n" + wording.phrase(lang, "stopped"))
        sys.exit(STOPPED)


def _answered(lang: str) -> dict[str, Any]:
    """The keys that were answered."""
    say(wrapped(wording.phrase(lang, "welcome")))
    said: dict[str, Any] = {}
    unanswered = ""
    for at, key in enumerate(READ, start=1):
        question = f"{at}/{len(READ)} {wording.QUESTIONS[key][lang]}"
        try:
            said[key] = _answer(question, key, lang)
        except EOFError:
            unanswered = unanswered or question
    if unanswered:
        say(wording.phrase(lang, "ended", question=unanswered))
    return {key: value for key, value in said.items() if value is not None}


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
        click.echo(f"{wrapped(question)} ", nl=False, err=True)
        line = typed()
        given = line.strip()
        if not sys.stdin.isatty():
            say(plain(given))
        if not line:
            raise EOFError
        if not given:
            return None
        try:
            value = answers.read(key, given, lang)
        except ValueError:
            unread = wording.unread(lang, key, given)
            if not sys.stdin.isatty():
                raise WrongUse(f"{question} {unread}") from None
            say(plain(unread))
        else:
            if value is None:
                say(plain(wording.phrase(lang, "left_out", answer=given)))
            _say_joined(key, value, lang)
            return value


def typed() -> str:
    """A line as typed; "" behind a pipe's last. At a terminal, Ctrl-D leaves as Ctrl-C does."""
    try:
        line = sys.stdin.readline()
        line.encode()  # where the locale is none, what is no UTF-8 comes as surrogates
    except UnicodeError as error:
        raise WrongUse("the answers are not UTF-8 text; save them as UTF-8") from error
    if not line and sys.stdin.isatty():
        raise KeyboardInterrupt
    return line


def _say_joined(key: str, value: Any, lang: str) -> None:
    """Say that commas separate topics, where one may be two: "nudge and pricing"."""
    for topic in value or () if key in TOPICS else ():
        if _JOINED.search(topic) and not _is_known(topic):
            say(plain(wording.phrase(lang, "joined", topic=topic)))


def _is_known(topic: str) -> bool:
    """Is it one topic in the lexicon: "sales and marketing"?"""
    tokens = text.content(topic)
    return any(lexicon.crossing(tokens, language) for language in LANGUAGES)
