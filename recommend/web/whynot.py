"""Why a course is not in the list: its place, what pushed it down, what it does not speak of."""

from __future__ import annotations

import sqlite3

from catalogue import reading
from catalogue.errors import WrongUse
from catalogue.reading import Row
from recommend import rank, text, topics, whynot
from recommend.index import Index
from recommend.match import Match
from recommend.profile import LANGUAGES, Profile
from recommend.web.moves import Key

_CHOICES = 6
_REASONS = 4


def meant(db: sqlite3.Connection, asked: str) -> tuple[Key | None, list[Row]]:
    """The course that a person means, else the courses that he may mean."""
    try:
        return reading.named(db, asked), []
    except WrongUse:
        found = reading.search(db, asked, _CHOICES)
    if len(found) == 1:
        return (found[0]["platform"], found[0]["ref"]), []
    return None, found


def why_not(index: Index, profile: Profile, day: str, top: int, key: Key, lang: str) -> Row:
    """One course against the list of `top`: plain values for the page."""
    facts = reading.rows(
        index.db,
        "select id, title, provider, language, withdrawn from course"
        " where platform = ? and ref = ?",
        key,
    )[0]
    if facts["withdrawn"]:
        return facts
    explained = rank.explain(index.db, index, profile, day, key, lang=lang)
    (match,) = explained.matches
    told = whynot.why_not(index, profile, day, match, top=top)
    said = told.as_json(match, lang)
    return facts | {
        "says": said["says"],
        "listed": told.listed,
        "lacks": told.lacks(lang),
        "reasons": said["reasons"],
        "compared": said["compared"],
        "down": said["against"][:_REASONS],
        "changes": [
            {"says": change.says(lang), "key": change.key, "value": change.value}
            for change in told.changes[:_REASONS]
        ],
        "tried": told.tried,
        "missing": _missing(match, profile),
    }


def _missing(match: Match, profile: Profile) -> list[str]:
    """The wishes of which the course's page surely has no word, nor a translation of one."""
    language, said = profile.language or "en", frozenset(text.course_terms(match.course))
    spoken = (match.course["language"] or "").partition("-")[0]
    return [
        topic
        for topic in profile.wants
        if (spoken == language or (spoken in LANGUAGES and topics.across(topic, language)))
        and said.isdisjoint(stem for form in topics.forms(topic, language) for stem in form)
    ]
