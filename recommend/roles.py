"""The shipped roles' lists, kept in the catalogue: for questions in SQL, and for course pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from recommend import index, profile, tables, theme, walk
from recommend.index import Index
from recommend.profile import Profile
from recommend.rank import Ranker
from recommend.shortlist import choose, single
from recommend.signals import POINT

DEPTH = 50
"""Places kept of every role."""
_POOL = 2 * DEPTH
"""Half of what `Ranker.shortlist` considers."""

Place = tuple[str, int, int, float, str, str]
"""role, place, course_id, points, day, profile: a row of table role_match, id apart."""


def refresh(db: sqlite3.Connection) -> None:
    """Rank for every shipped role on the day of the data; the caller holds the transaction."""
    (day,) = db.execute("select data_date from about").fetchone()
    found = index.current(db)
    walk.use_numpy()  # the fit has loaded it
    rows = _places(found, day) if found and day else ()
    tables.replace(db, tables.ROLE_MATCH, rows)


def _places(found: Index, day: str) -> Iterator[Place]:
    for who in map(profile.load, profile.shipped()):
        on, said = who.day or day, who.hash
        for place, (course_id, points) in enumerate(ranked(found, who, on), start=1):
            yield who.name, place, course_id, points / POINT, on, said


def ranked(found: Index, who: Profile, day: str) -> list[tuple[int, int]]:
    """Ids of the first DEPTH courses by score with their hundredths, best first."""
    # A list takes few courses of a provider: it is seldom that many are passed over.
    pool = single(_ranker(found, who, day).best(_POOL), _POOL)
    chosen = choose(pool, theme.of(found, who).wishes, DEPTH, varied=False)
    if len(chosen) < DEPTH and len(pool) == _POOL:
        chosen = _ranker(found, who, day).shortlist(DEPTH, varied=False)
    return [(each.candidate.course["id"], each.candidate.score) for each in chosen]


def _ranker(found: Index, who: Profile, day: str) -> Ranker:
    return Ranker(found.db, found, who, day)


def kept(found: Index, who: Profile, day: str) -> list[tuple[int, int]] | None:
    """What `ranked` would give, where the catalogue has it for this very profile and day."""
    rows = found.store.execute(
        "select course_id, round(points * :point) from role_match"
        " where role = :role and profile = :hash and day = :day order by place",
        {"role": who.name, "hash": who.hash, "day": day, "point": POINT},
    )
    return [(course_id, int(points)) for course_id, points in rows] or None
