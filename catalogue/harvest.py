"""What one crawl of one platform has gathered so far, in a small SQLite file of its own.

A harvest outlives the process that gathers it: a crawl killed after three of its four hours is
resumed, not begun again. It also keeps memory flat: courses are laid down as the rows that they
will be, so that `store.load` moves them into the catalogue within SQLite. The file is deleted once
its crawl is loaded.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import attrs

from catalogue import rows
from catalogue.course import Course, as_dict, hash_of, to_json

RESUMABLE_DAYS = 6
"""Courses read longer ago than this are read again: a weekly crawl never rests on old pages."""

_AT_ONCE = 500
"""Courses laid down in one transaction."""
_TABLES = ("read", "course", "session", "unchanged", "rejected", "validator")
_COURSE = rows.COURSE_COLUMNS + rows.DERIVED_COLUMNS
_FORMAT = zlib.crc32(repr((_COURSE, rows.SESSION_COLUMNS, "2")).encode()) >> 1
"""Another one, and a harvest left behind is begun again: other columns, or the rest of _SCHEMA."""
# The columns of courses and sessions have no type: the catalogue's own hold the values to theirs.
_SCHEMA = f"""
create table if not exists read (
  ref text primary key, hash blob not null, day text not null
) strict, without rowid;
create table if not exists course ({", ".join(_COURSE)}, primary key (ref));
create table if not exists session (
  course, place, {", ".join(rows.SESSION_COLUMNS)}, primary key (course, place)
) without rowid;
create table if not exists unchanged (ref text primary key) strict, without rowid;
create table if not exists rejected (ref text primary key, why text not null) strict, without rowid;
create table if not exists validator (
  ref text primary key, url text not null, etag text, modified text, listing text
) strict, without rowid;
create table if not exists purpose (id integer primary key check (id = 1), words text) strict;
pragma user_version = {_FORMAT};
"""
_ADD_COURSE = f"insert or replace into course values ({rows.marks(_COURSE)})"
_ADD_SESSION = f"insert into session values (?, ?, {rows.marks(rows.SESSION_COLUMNS)})"


@attrs.frozen(kw_only=True)
class Validator:
    """How a course's page can be told to be the one that we have read already (RFC 9110, 8.8)."""

    url: str
    etag: str | None = None
    modified: str | None = None
    """The page's Last-Modified header, word for word."""
    listing: str | None = None
    """A fingerprint of what a listing says of the course, where a listing leads to its page."""


class Harvest:
    """Courses of one platform, gathered page by page.

    `purpose` says what the crawl is after (address, narrowing): a file left behind by a crawl
    with another purpose is emptied.
    """

    def __init__(self, path: Path, *, purpose: str = "", day: str = "") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.day = day
        self._db = sqlite3.connect(path, isolation_level=None)
        # Synced by the operating system only: a power cut may cost the last pages, a kill none.
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._begin(purpose)

    def _begin(self, purpose: str) -> None:
        if self._db.execute("pragma user_version").fetchone()[0] != _FORMAT:
            for table in (*_TABLES, "purpose"):
                self._db.execute(f"drop table if exists {table}")
        self._db.executescript(_SCHEMA)
        held = self._db.execute("select words from purpose").fetchone()
        if held is None or held[0] != purpose:
            self.clear()
        self._db.execute("insert or replace into purpose values (1, ?)", [purpose])
        if self.day:
            oldest = dt.date.fromisoformat(self.day) - dt.timedelta(days=RESUMABLE_DAYS)
            self._db.execute("delete from read where day < ?", [oldest.isoformat()])

    def clear(self) -> None:
        """Forget everything gathered."""
        with self._db:
            self._db.execute("begin")
            for table in _TABLES:
                self._db.execute(f"delete from {table}")

    def add(self, courses: Iterable[Course]) -> None:
        """Keep courses; one read twice counts once, the later reading stands."""
        waiting = iter(courses)
        while some := list(islice(waiting, _AT_ONCE)):
            self._add({course.ref: as_dict(course) for course in some})

    def _add(self, records: dict[str, dict[str, Any]]) -> None:
        refs = [(ref,) for ref in records]
        hashes = ((ref, hash_of(to_json(each)), self.day) for ref, each in records.items())
        courses = ((*rows.course(each), *rows.derived(each)) for each in records.values())
        with self._db:
            self._db.execute("begin")
            self._db.executemany("insert or replace into read values (?, ?, ?)", hashes)
            self._db.executemany(_ADD_COURSE, courses)
            self._db.executemany("delete from session where course = ?", refs)
            self._db.executemany(_ADD_SESSION, _sessions(records))
            self._db.executemany("delete from rejected where ref = ?", refs)

    def add_unchanged(self, refs: Iterable[str]) -> None:
        """Keep that these courses are still listed as we know them."""
        self._db.executemany("insert or ignore into unchanged values (?)", [(r,) for r in refs])

    def add_rejected(self, refs: Iterable[tuple[str, str]]) -> None:
        """Keep that these (ref, why) are listed and could not be read."""
        self._db.executemany("insert or replace into rejected values (?, ?)", refs)

    def add_validator(self, ref: str, validator: Validator) -> None:
        """Keep how to ask next week whether this course's page has changed."""
        values = (ref, validator.url, validator.etag, validator.modified, validator.listing)
        self._db.execute("insert or replace into validator values (?, ?, ?, ?, ?)", values)

    def __contains__(self, ref: object) -> bool:
        found = self._db.execute("select 1 from read where ref = ?", [ref]).fetchone()
        return found is not None

    def __len__(self) -> int:
        """Distinct courses read or found unchanged."""
        sql = (
            "select (select count(*) from read)"
            " + (select count(*) from unchanged where ref not in (select ref from read))"
        )
        return int(self._db.execute(sql).fetchone()[0])

    @property
    def rejections(self) -> int:
        """Listings that could not become a course."""
        return int(self._db.execute("select count(*) from rejected").fetchone()[0])

    def close(self) -> None:
        """Let go of the file; it stays for a later run to resume."""
        self._db.close()

    def discard(self) -> None:
        """Delete the file: its courses are in the catalogue, or nobody wants them."""
        self._db.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


def _sessions(records: dict[str, dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for ref, record in records.items():
        for place, session in enumerate(record.get("sessions", ())):
            yield ref, place, *rows.session(session)
