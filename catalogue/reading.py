"""Reading the catalogue with the standard library alone: a course whole, a search, the counts."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from catalogue import words
from catalogue.dicts import Row, rows
from catalogue.errors import StoreError, WrongUse
from catalogue.file import explained, open_for_reading
from catalogue.harvest import Validator
from catalogue.sessions import OPEN_STATES, state_sql

__all__ = [
    "Known",
    "Row",
    "changes_since",
    "course",
    "last_crawl",
    "match_query",
    "named",
    "rows",
    "search",
    "sessions",
    "stats",
]


def course(db: sqlite3.Connection, platform: str, ref: str, day: str) -> Row | None:
    """One course whole, with its sessions and their states on `day`; None when there is none.

    JSON columns come decoded; `hash` and `stems` are left out.
    """
    found = rows(db, "select * from course where platform = ? and ref = ?", [platform, ref])
    if not found:
        return None
    record = _decoded(found[0])
    del record["hash"], record["stems"]
    checked = "select last_checked from course_checked where course_id = ?"
    record["last_checked"] = db.execute(checked, [record["id"]]).fetchone()[0]
    record["sessions"] = sessions(db, record["id"], day)
    return record


def sessions(db: sqlite3.Connection, course_id: int, day: str) -> list[Row]:
    """A course's sessions in the order of their dates, each with its state on `day`."""
    found = rows(
        db,
        f"select *, {state_sql(':day')} as state from session"
        " where course_id = :course order by start, ref",
        {"day": day, "course": course_id},
    )
    return [_decoded(session) for session in found]


def _decoded(record: Row) -> Row:
    """JSON text of a row as values. Text that merely looks like JSON is not in these columns."""
    names = {"languages", "subtitles", "providers", "instructors", "outcomes", "skills"}
    names |= {"subjects", "plan", "translations", "quotes"}
    return {
        key: json.loads(value) if key in names and value is not None else value
        for key, value in record.items()
    }


def match_query(text: str) -> str:
    """FTS5 syntax that finds every word of `text`, as written or by its French or English stem.

    Anything may be typed: what FTS5 would read as syntax is quoted. Empty when no word is left.
    """
    parts = []
    for word in words.tokens(text):
        alternatives = [f'"{word}"', *(f'stems : "{stem}"' for stem in words.stems(word))]
        parts.append(f"({' OR '.join(alternatives)})")
    return " AND ".join(parts)


def search(db: sqlite3.Connection, text: str, limit: int = 20) -> list[Row]:
    """Courses still listed that hold every word of `text`, best first."""
    query = match_query(text)
    if not query:
        return []
    return rows(
        db,
        "select c.id, c.platform, c.ref, c.title, c.provider, c.url from course_fts f"
        " join course c on c.id = f.rowid where course_fts match ? and c.withdrawn is null"
        " order by bm25(course_fts, 8, 2, 4, 2, 2, 1, 1), c.id limit ?",
        [query, limit],
    )


def named(db: sqlite3.Connection, name: str) -> tuple[str, str]:
    """The (platform, ref) that a person means: "fun:34", "fun/34", an address, or a title.

    A title may be typed on a plain keyboard: its words count, not their case and accents, nor which
    blanks, apostrophes, dashes and quotation marks stand between them. Raises WrongUse that names
    the courses with that title when there are several, else the nearest titles.
    """
    if parts := re.fullmatch(r"([a-z][a-z0-9_]*)[:/](.+)", name):
        found = rows(
            db, "select platform, ref from course where platform = ? and ref = ?", parts.groups()
        )
        if found:
            return found[0]["platform"], found[0]["ref"]
    found = _called(db, name)
    if len(found) == 1:
        return found[0]["platform"], found[0]["ref"]
    if found:
        raise WrongUse(
            f"{len(found)} courses are called “{name}”; name one of them as platform:ref:"
            + _lines(found[:_SHOWN])
        )
    near = _lines(search(db, name, _SHOWN))
    raise WrongUse(
        f"no course is called “{name}”; name one as platform:ref{_such_as(db)}."
        + (f" Near it:{near}" if near else " `moocscout catalogue search WORDS` finds them.")
    )


def _such_as(db: sqlite3.Connection) -> str:
    """A course that there is, as an example."""
    found = rows(db, "select platform, ref from course where withdrawn is null limit 1")
    return "".join(f", such as {row['platform']}:{row['ref']}" for row in found)


_SHOWN = 5


def _called(db: sqlite3.Connection, name: str) -> list[Row]:
    """The courses with this address or title, as written or else word by word."""
    select = "select platform, ref, title from course"
    found = rows(db, f"{select} where url = ? or title = ? collate nocase", [name, name])
    query = match_query(name)
    if found or not query:
        return found
    having = "(select rowid from course_fts where course_fts match ?)"
    said = _words(name)
    held = rows(db, f"{select} where id in {having}", [query])
    return [row for row in held if _words(row["title"]) == said]


def _words(title: str) -> list[str]:
    return [words.fold(word) for word in words.tokens(title)]


def _lines(found: Sequence[Row]) -> str:
    return "".join(f"\n  {row['platform']}:{row['ref']}  {row['title']}" for row in found)


def changes_since(
    db: sqlite3.Connection,
    day: str,
    *,
    what: Sequence[str] = (),
    platform: str | None = None,
    courses: Collection[int] | None = None,
    limit: int | None = 1000,
) -> list[Row]:
    """What happened on `day` and later, the latest first: rows of view course_event, the course
    named beside.

    `what` takes only such events (`views.EVENTS` or a column's name), `courses` only those ids;
    no `limit` is None.
    """
    of = "" if courses is None else " and e.course_id in (select value from json_each(:courses))"
    return rows(
        db,
        "select e.*, c.platform, c.ref, c.title, c.url from course_event e"
        " join course c on c.id = e.course_id where e.day >= :day"
        " and (:platform is null or c.platform = :platform)"
        " and (:what = '[]' or e.what in (select value from json_each(:what)))"
        f"{of} order by e.day desc, e.change_id limit :limit",
        {"day": day, "what": json.dumps(list(what)), "platform": platform}
        | {"courses": json.dumps(sorted(courses or ())), "limit": -1 if limit is None else limit},
    )


class Known:
    """What the catalogue has of one platform's courses, asked course by course during a crawl.

    Answers nothing where there is no catalogue yet. Withdrawn courses are not known: one that
    returns is read anew.
    """

    def __init__(self, path: Path | None, platform: str) -> None:
        self.platform = platform
        self._path = path or Path()
        self._db: sqlite3.Connection | None = None
        with suppress(StoreError):
            self._db = open_for_reading(path) if path else None

    def __contains__(self, ref: str) -> bool:
        return self._row("select 1 from course c", ref) is not None

    def updated(self, ref: str) -> str | None:
        """The day on which the platform last updated the course, as we have it."""
        row = self._row("select c.updated from course c", ref)
        return row[0] if row else None

    def validator(self, ref: str) -> Validator | None:
        """How the course's page was when we read it."""
        select = "select v.url, v.etag, v.modified, v.listing from course c"
        row = self._row(f"{select} join validator v on v.course_id = c.id", ref)
        if row is None:
            return None
        return Validator(url=row[0], etag=row[1], modified=row[2], listing=row[3])

    def _row(self, select: str, ref: str) -> tuple[Any, ...] | None:
        if self._db is None:
            return None
        where = "where c.platform = ? and c.ref = ? and c.withdrawn is null"
        with explained(self._path):
            found: tuple[Any, ...] | None = self._db.execute(
                f"{select} {where}", [self.platform, ref]
            ).fetchone()
        return found

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()


def stats(db: sqlite3.Connection, day: str) -> dict[str, Any]:
    """Counts per platform: known, withdrawn, open on `day`, issues and the last crawl."""
    opened = ", ".join(repr(name) for name in OPEN_STATES)
    found = rows(
        db,
        f"""select p.name as platform, p.title,
  (select count(*) from course c where c.platform = p.name) as known,
  (select count(*) from course c where c.platform = p.name and c.withdrawn is not null)
    as withdrawn,
  (select count(distinct s.course_id) from session s join course c on c.id = s.course_id
    where c.platform = p.name and c.withdrawn is null and s.withdrawn is null
    and {state_sql(":day").replace("enrolment_", "s.enrolment_")} in ({opened})) as open_now,
  (select count(*) from issue i where i.crawl_id =
    (select max(id) from crawl k where k.platform = p.name)) as issues
from platform p order by p.name""",
        {"day": day},
    )
    for row in found:
        row["last_crawl"] = _last_crawl(db, row["platform"])
    version, data_date = db.execute("select version, data_date from about").fetchone()
    return {"day": day, "version": version, "data_date": data_date, "platforms": found}


def last_crawl(path: Path, platform: str) -> Row | None:
    """A platform's newest crawl; None when there is none, or no catalogue."""
    try:
        db = open_for_reading(path)
    except StoreError:
        return None
    with closing(db):
        return _last_crawl(db, platform)


def _last_crawl(db: sqlite3.Connection, platform: str) -> Row | None:
    found = rows(db, "select * from crawl where platform = ? order by id desc limit 1", [platform])
    if not found:
        return None
    return found[0] | {"reasons": json.loads(found[0]["reasons"])}
