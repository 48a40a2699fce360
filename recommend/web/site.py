"""What our pages read from the catalogue, and when they may answer from memory."""

from __future__ import annotations

import datetime
import json
import sqlite3
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from catalogue import reading
from catalogue.publish.metadata import DATABASE
from catalogue.publish.queries import QUERIES
from catalogue.reading import Row
from recommend.web.jsonld import is_web
from recommend.web.ranking import Ranker
from recommend.web.texts import LANGUAGES

PLUGIN = "moocscout"
_SHOWN = 6


class Site:
    """One Datasette's catalogue as our pages see it."""

    def __init__(self, datasette: Any) -> None:
        self.datasette = datasette
        self.config = datasette.plugin_config(PLUGIN) or {}
        self.public = bool(self.config.get("public"))
        self.path = Path(datasette.get_database(DATABASE).path)
        self.ranker = Ranker(self.path)
        self._overview: tuple[tuple[Any, ...], Row] | None = None

    @property
    def day(self) -> str:
        """The day that pages answer for: the configured one, else today."""
        fixed = self.config.get("day")
        return str(fixed or datetime.date.today().isoformat())  # noqa: DTZ011 - the host's day

    async def read(self, read: Any) -> Any:
        """Run `read(connection)` in Datasette's threads."""
        return await self.datasette.get_database(DATABASE).execute_fn(read)

    async def overview(self) -> Row:
        """The numbers and lists of the home page, counted once per version and day."""
        day = self.day
        version = await self.read(_version)
        if self._overview is None or self._overview[0] != (*version, day):
            found = await self.read(lambda db: overview(db, day))
            self._overview = ((*version, day), found)
        return self._overview[1]


_sites: WeakKeyDictionary[Any, Site] = WeakKeyDictionary()


def has_catalogue(datasette: Any) -> bool:
    """Does this Datasette serve a catalogue? On any other the plugin keeps out of the way."""
    return DATABASE in datasette.databases


def site_of(datasette: Any) -> Site:
    """The Site of a Datasette, made once."""
    if datasette not in _sites:
        _sites[datasette] = Site(datasette)
    return _sites[datasette]


def _version(db: sqlite3.Connection) -> tuple[Any, ...]:
    row = db.execute("select version, data_date from about").fetchone()
    return (row[0], row[1])


def overview(db: sqlite3.Connection, day: str) -> Row:
    """Counts, platforms, courses that start soon and the newest ones, for a day."""
    stats = reading.stats(db, day)
    listed = sum(p["known"] - p["withdrawn"] for p in stats["platforms"])
    return stats | {
        "listed": listed,
        "open_now": sum(p["open_now"] for p in stats["platforms"]),
        "french": _count(db, "(language = 'fr' or language like 'fr-%')"),
        "free": _count(db, "(access in ('free_full', 'free_audit_limited') or price = 0)"),
        "soon": {lang: _soon(db, day, lang) or _soon(db, day, "") for lang in LANGUAGES},
        "newest": {lang: _newest(db, lang) or _newest(db, "") for lang in LANGUAGES},
    }


def _count(db: sqlite3.Connection, condition: str) -> int:
    sql = f"select count(*) from course where withdrawn is null and {condition}"  # noqa: S608
    return int(db.execute(sql).fetchone()[0])


def _soon(db: sqlite3.Connection, day: str, language: str) -> list[Row]:
    """Courses to enrol in that start next, in a language, or '' for any."""
    sql = next(query.sql for query in QUERIES if query.name == "starting_soon")
    found = reading.rows(db, sql, {"day": day, "days": "120", "language": language, "limit": "200"})
    first: dict[tuple[str, str], Row] = {}
    for row in found:
        if row["state"] == "future-open":
            first.setdefault((row["platform"], row["ref"]), row)
    return list(first.values())[:_SHOWN]


def _newest(db: sqlite3.Connection, language: str) -> list[Row]:
    return reading.rows(
        db,
        "select platform, ref, title, provider, language, first_seen from course"
        " where withdrawn is null and (:language = '' or language = :language)"
        " order by first_seen desc, id desc limit :shown",
        {"language": language, "shown": _SHOWN},
    )


def found(db: sqlite3.Connection, words: str, limit: int) -> list[Row]:
    """Courses for the search page, with the facts of a line each."""
    best = reading.search(db, words, limit)
    facts = reading.rows(
        db,
        "select id, language, level, weeks, weekly_hours_low, weekly_hours_high, weekly_hours,"
        " access, price, currency, billing, summary from course"
        " where id in (select value from json_each(?))",
        [json.dumps([row["id"] for row in best])],
    )
    by_id = {row["id"]: row for row in facts}
    return [row | by_id[row["id"]] for row in best]


def course(db: sqlite3.Connection, platform: str, ref: str, day: str) -> Row | None:
    """One course whole, with its platform, its history and a link that is safe to follow."""
    record = reading.course(db, platform, ref, day)
    if record is None:
        return None
    site = reading.rows(db, "select title, home from platform where name = ?", [platform])[0]
    record["platform_title"] = site["title"]
    record["link"] = record["url"] if is_web(record["url"]) else None
    record["history"] = reading.rows(
        db,
        "select day, field, old, new from change where course_id = ? and field <> 'new'"
        " order by id desc limit 200",
        [record["id"]],
    )
    return record


def tables(db: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    names = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
    return {
        name: db.execute(f'select count(*) from "{name}"').fetchone()[0]  # noqa: S608
        for name in names
        if name.isidentifier() and not name.startswith(("course_fts", "sqlite_", "_"))
    }
