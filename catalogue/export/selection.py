"""Which courses go out, each whole: facts decoded, sessions and the day it was last seen."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator
from typing import Any

import attrs

from catalogue import reading
from catalogue.errors import WrongUse
from catalogue.reading import Row
from catalogue.schema import COURSE_TABLE, TABLES, Column

_OWN = {"id", "hash", "stems"}
"""Columns that mean something inside the file only."""

LAST_CHECKED = Column(
    name="last_checked",
    type="TEXT",
    meaning="Day on which the course was last seen on its platform.",
    unit="date",
)
_SESSION_TABLE = next(table for table in TABLES if table.name == "session")
COURSE_COLUMNS = (*(c for c in COURSE_TABLE.columns if c.name not in _OWN), LAST_CHECKED)
SESSION_COLUMNS = tuple(c for c in _SESSION_TABLE.columns if c.name not in {"id", "course_id"})


@attrs.frozen(kw_only=True)
class Selection:
    """What of the catalogue is wanted; everything that is listed where nothing is said."""

    platform: str | None = None
    topic: str | None = None
    """Words that a course must hold, all of them, as in the search."""
    withdrawn: bool = False
    """Courses and sessions no longer listed too."""


def courses(db: sqlite3.Connection, selection: Selection) -> Iterator[Row]:
    """The selected courses in the order of platform and ref, never all of them in memory.

    Raises WrongUse when the platform is not in the catalogue or the topic holds no word.
    """
    where, values = _where(db, selection)
    names = ", ".join(f"c.{c.name}" for c in COURSE_COLUMNS if c is not LAST_CHECKED)
    cursor = db.execute(
        f"select c.id, {names}, (select k.last_checked from course_checked k"
        f" where k.course_id = c.id) from course c where {where} order by c.platform, c.ref",
        values,
    )
    for course_id, *cells in cursor:
        row = decoded(COURSE_COLUMNS, cells)
        yield row | {"sessions": _sessions(db, course_id, selection)}


def _where(db: sqlite3.Connection, selection: Selection) -> tuple[str, list[Any]]:
    wheres, values = ["true" if selection.withdrawn else "c.withdrawn is null"], []
    if selection.platform is not None:
        known = [name for (name,) in db.execute("select name from platform order by name")]
        if selection.platform not in known:
            raise WrongUse(
                f"no platform {selection.platform!r} is in the catalogue; there are:"
                f" {', '.join(known) or 'none yet'}"
            )
        wheres.append("c.platform = ?")
        values.append(selection.platform)
    if selection.topic is not None:
        query = reading.match_query(selection.topic)
        if not query:
            raise WrongUse(f"the topic {selection.topic!r} holds no word; name one, such as nudge")
        wheres.append("c.id in (select rowid from course_fts where course_fts match ?)")
        values.append(query)
    return " and ".join(wheres), values


def _sessions(db: sqlite3.Connection, course_id: int, selection: Selection) -> list[Row]:
    names = ", ".join(column.name for column in SESSION_COLUMNS)
    listed = "" if selection.withdrawn else "and withdrawn is null"
    cursor = db.execute(
        f"select {names} from session where course_id = ? {listed} order by start, ref",
        [course_id],
    )
    return [decoded(SESSION_COLUMNS, cells) for cells in cursor]


def decoded(columns: tuple[Column, ...], cells: Any) -> Row:
    """A row as values, JSON text read."""
    return {
        column.name: json.loads(cell) if cell is not None and is_json(column) else cell
        for column, cell in zip(columns, cells, strict=True)
    }


def is_json(column: Column) -> bool:
    """Is the column's text JSON?"""
    return column.meaning.endswith(" JSON.")


def platforms(db: sqlite3.Connection) -> dict[str, Row]:
    """The platforms by name."""
    return {row["name"]: row for row in reading.rows(db, "select * from platform order by name")}


def data_date(db: sqlite3.Connection) -> str:
    """The day that the catalogue speaks for: that of its newest crawl."""
    (day,) = db.execute("select data_date from about").fetchone()
    if day is None:
        raise WrongUse("the catalogue is empty; run `moocscout crawl fun` first")
    return str(day)


def stable_id(*names: str) -> uuid.UUID:
    """The same UUID for the same names, this week and next, on any machine."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "moocscout:" + "/".join(names))
