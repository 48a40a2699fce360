"""What our pages read from the catalogue, and when they may answer from memory."""

from __future__ import annotations

import asyncio
import datetime
import json
import sqlite3
from collections.abc import Awaitable, Callable
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import attrs

from catalogue import reading
from catalogue.publish.metadata import DATABASE
from catalogue.publish.queries import QUERIES
from catalogue.reading import Row
from catalogue.sessions import OPEN_STATES, state_sql
from recommend import pace, served
from recommend.web.jsonld import is_web
from recommend.web.ranking import Ranker
from recommend.web.texts import LANGUAGES

PLUGIN = "moocscout"
NOT_STORED = "no-store"
"""The Cache-Control of a page that lacks what is still being worked out."""
_PAGES = 300
"""How many finished pages are kept, of 100 kB at most."""
_SHOWN = 6
_MOST = 14


class Site:
    """One Datasette's catalogue as our pages see it."""

    def __init__(self, datasette: Any) -> None:
        self.datasette = datasette
        self.config = datasette.plugin_config(PLUGIN) or {}
        self.public = bool(self.config.get("public"))
        self.path = Path(datasette.get_database(DATABASE).path)
        self.ranker = Ranker(self.path)
        self._overview: tuple[tuple[Any, ...], Row] | None = None
        self._pages: dict[Any, Any] = {}
        self._pages_of: tuple[Any, ...] = ()

    @property
    def day(self) -> str:
        """The day that pages answer for: the configured one, else today."""
        fixed = self.config.get("day")
        return str(fixed or datetime.date.today().isoformat())  # noqa: DTZ011 - the host's day

    async def read(self, read: Any) -> Any:
        """Run `read(connection)` in Datasette's threads."""
        return await self.datasette.get_database(DATABASE).execute_fn(read)

    async def page(self, asked: Any, made: Callable[[], Awaitable[Any]]) -> Any:
        """What `made` answers to a request, made once for each state of the file and day.

        A page that must not be stored is made anew each time.
        """
        now = (served.state(self.path), self.day)
        if now != self._pages_of:
            self._pages_of, self._pages = now, {}
        pages = self._pages
        if asked not in pages:
            response = await made()
            if response.status != 200 or response.headers.get("Cache-Control") == NOT_STORED:
                return response
            while len(pages) >= _PAGES:
                pages.pop(next(iter(pages)))
            pages[asked] = response
        return pages[asked]

    async def rendered(self, template: str, context: Row) -> str:
        """A template of ours, written in a thread: a long page holds up no other request."""
        return await asyncio.to_thread(self._templates.get_template(template).render, context)

    @cached_property
    def _templates(self) -> Any:
        """Datasette's templates without its coroutines, which double the time of a page."""
        return templates(self.datasette).overlay(enable_async=False)

    async def version(self) -> tuple[Any, ...]:
        """Which data this is: its version and its day."""
        overview = await self.overview()
        return overview["version"], overview["data_date"]

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


def templates(datasette: Any) -> Any:
    """Datasette's own templates, under their name in 0.65 or in 1.0."""
    older = getattr(datasette, "jinja_env", None)
    return datasette._jinja_env if older is None else older


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
        "providers": _most(db, "provider"),
        "languages": _most(db, "language"),
    }


def _most(db: sqlite3.Connection, column: str) -> list[Row]:
    """The values that most courses have in a column, with how many have them."""
    return reading.rows(
        db,
        f"select {column} as value, count(*) as courses from course"  # noqa: S608
        f" where withdrawn is null and {column} is not null group by {column}"
        f" order by courses desc, {column} limit {_MOST}",
    )


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


@attrs.frozen
class Filters:
    """What the courses of the search page must be; "" stands for anything."""

    q: str = ""
    provider: str = ""
    language: str = ""
    platform: str = ""
    ids: tuple[int, ...] | None = None
    """Only these, in this order: the courses of a topic."""
    open_on: str = ""
    """Only those to enrol in on this day."""

    @property
    def any(self) -> bool:
        """Is anything asked at all?"""
        return self != Filters()


LINE = (
    "select c.id, c.platform, c.ref, c.title, c.provider, c.url, c.language, c.level, c.weeks,"
    " c.weeks_low, c.weeks_high, c.weekly_hours_low, c.weekly_hours_high, c.weekly_hours,"
    " c.hours, c.total_hours_low, c.total_hours_high, c.access, c.price,"
    " c.currency, c.billing, c.summary from course c"
)
_WIDE = 400
"""How many of the best hits are looked through for those that pass the filters."""


def found(db: sqlite3.Connection, wanted: Filters, limit: int) -> list[Row]:
    """Courses for the search page, with the facts of a line each; the newest first where no word
    and no topic puts them in order.

    Courses are numbered as they are first seen: an index of the filter gives them in that order.
    """
    ids = wanted.ids
    if wanted.q:
        best = [row["id"] for row in reading.search(db, wanted.q, _WIDE)]
        ids = tuple(best if ids is None else [each for each in best if each in ids])
    # The plus keeps SQLite from reading all that are still listed, which is nearly all there are.
    wheres = ["+c.withdrawn is null"]
    values = {"ids": json.dumps(ids), "limit": limit, "day": wanted.open_on}
    for column in ("provider", "platform"):
        if value := getattr(wanted, column):
            wheres.append(f"c.{column} = :{column}")
            values[column] = value
    if wanted.language:
        tags = _variants(db, wanted.language)
        wheres.append("c.language in (select value from json_each(:tags))" if tags[1:]
                      else "c.language = :tag")  # fmt: skip
        values |= {"tags": json.dumps(tags), "tag": tags[0]}
    if wanted.open_on:
        wheres.append(_OPEN_COURSE)
    if ids is None:
        order = "order by c.id desc limit :limit"
    else:
        wheres.append("c.id in (select value from json_each(:ids))")
        order = ""
    hits = reading.rows(db, f"{LINE} where {' and '.join(wheres)} {order}", values)
    rows = [row | {"weekly_hours": pace.weekly(row)} for row in hits]
    places = {each: at for at, each in enumerate(ids or ())}
    return sorted(rows, key=lambda row: places[row["id"]])[:limit] if places else rows


def _variants(db: sqlite3.Connection, language: str) -> list[str]:
    """The language itself and those of its regions that the catalogue has: fr, fr-CA."""
    tags, last = [language], f"{language}-"
    # A dot is what comes after the hyphen.
    region = "select min(language) from course where language > ? and language < ?"
    while found := db.execute(region, [last, f"{language}."]).fetchone()[0]:
        tags.append(found)
        last = found
    return tags


_STATE_OF_DAY = state_sql(":day").replace("enrolment_", "s.enrolment_")
_OPEN_COURSE = (
    "exists (select 1 from session s where s.course_id = c.id and s.withdrawn is null and"  # noqa: S608
    f" {_STATE_OF_DAY} in ({', '.join(map(repr, OPEN_STATES))}))"
)


def passages(db: sqlite3.Connection, keys: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The summary of each course, or the beginning of its description where it has none."""
    rows = (
        db.execute(
            "select platform, ref, coalesce(summary, substr(description, 1, 3000), '')"
            " from course where platform = ? and ref = ?",
            key,
        ).fetchone()
        for key in keys
    )
    return {(platform, ref): text for platform, ref, text in rows}


def course(db: sqlite3.Connection, platform: str, ref: str, day: str) -> Row | None:
    """One course whole, with its platform, its history and a link that is safe to follow."""
    record = reading.course(db, platform, ref, day)
    if record is None:
        return None
    site = reading.rows(db, "select title, home from platform where name = ?", [platform])[0]
    record["platform_title"] = site["title"]
    record["weekly_hours"] = pace.weekly(record)
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
