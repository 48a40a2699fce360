"""Why a course is not in the list: its place, what pushed it down, what it does not speak of."""

from __future__ import annotations

import sqlite3
from typing import Any

from catalogue import reading
from catalogue.errors import WrongUse
from catalogue.reading import Row
from recommend import rank, whynot
from recommend.index import Index
from recommend.profile import Profile
from recommend.shortlist import PER_PROVIDER
from recommend.web.moves import Key, key_of

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
    matches = rank.rank(index.db, index, profile, day, top, lang=lang).as_json()["matches"]
    explained = rank.explain(index.db, index, profile, day, key, lang=lang)
    told = whynot.why_not(index, profile, day, explained.matches[0], first=top)
    said = explained.as_json()["matches"][0]
    inside = next((at for at, m in enumerate(matches, start=1) if key_of(m) == key), None)
    return facts | {
        "score": said["score"],
        "place": inside or told.place,
        "beyond": whynot.DEPTH,
        "inside": inside is not None,
        "needed": min((match["score"] for match in matches), default=0.0),
        "twin": _twin(index, facts["id"], matches),
        "capped": _capped(facts["provider"], matches),
        "down": [part for part in said["parts"] if part["name"] in told.against[:_REASONS]],
        "changes": [
            {"says": change.says(lang), "key": change.key, "value": change.value}
            for change in (() if inside else told.changes[:_REASONS])
        ],
        "missing": _missing(said, profile),
    }


def _missing(said: Row, profile: Profile) -> list[str]:
    """The topics wanted that no matched word of the course belongs to."""
    held = {part.get("topic") for part in said["parts"]}
    return [topic for topic in profile.wants if topic not in held]


def _twin(index: Index, course_id: int, matches: list[Row]) -> str | None:
    """The platform of the same course in the list."""
    twins = reading.rows(
        index.db,
        "select platform, ref from course where id in (select value from json_each(?))",
        [str(index.twins(course_id))],
    )
    keys = {(twin["platform"], twin["ref"]) for twin in twins}
    return next((key_of(match)[0] for match in matches if key_of(match) in keys), None)


def _capped(provider: str | None, matches: list[Any]) -> bool:
    """Does the list hold as many courses of this provider as it takes?"""
    named = (provider or "").casefold()
    same = [m for m in matches if (m["course"]["provider"] or "").casefold() == named]
    return bool(named) and len(same) >= PER_PROVIDER
