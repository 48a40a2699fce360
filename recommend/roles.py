"""The shipped roles' first courses by score, kept in the catalogue for SQL and course pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from recommend import index, loops, profile, tables
from recommend.candidates import Candidates
from recommend.index import Index
from recommend.profile import Profile
from recommend.signals import POINT

DEPTH = 50
"""Places kept of every role."""

Place = tuple[str, int, int, float, str, str]
"""role, place, course_id, points, day, profile: a row of table role_match, id apart."""


def refresh(db: sqlite3.Connection) -> None:
    """Rank for every shipped role on the day of the data; the caller holds the transaction."""
    (day,) = db.execute("select data_date from about").fetchone()
    found = index.current(db)
    loops.use_numpy()  # the fit has loaded it
    rows = _places(found, day) if found and day else ()
    tables.replace(db, tables.ROLE_MATCH, rows)


def _places(found: Index, day: str) -> Iterator[Place]:
    for who in map(profile.load, profile.shipped()):
        on, said = who.day or day, who.hash
        for place, (course_id, points) in enumerate(ranked(found, who, on), start=1):
            yield who.name, place, course_id, points / POINT, on, said


def ranked(found: Index, who: Profile, day: str) -> list[tuple[int, int]]:
    """Ids of the first DEPTH courses by score with their hundredths, best first, twins once.

    The order that "why not" tells a place in; a list is chosen from it (`Candidates.shortlist`).
    """
    best = Candidates(found.db, found, who, day).first(DEPTH)
    return [(candidate.course["id"], candidate.score) for candidate in best]


def kept(found: Index, who: Profile, day: str) -> list[tuple[int, int]] | None:
    """What `ranked` would give, where the catalogue has it for this very profile and day."""
    rows = found.store.execute(
        "select course_id, round(points * :point) from role_match"
        " where role = :role and profile = :hash and day = :day order by place",
        {"role": who.name, "hash": who.hash, "day": day, "point": POINT},
    )
    return [(course_id, int(points)) for course_id, points in rows] or None
