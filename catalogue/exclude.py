"""The takedown list: courses that are not published, whatever their platform lists.

An excluded course is not hidden but removed from the file, with its sessions, its history and its
words in the search index, so that no reader of today or tomorrow can forget to skip it. A crawl
that meets it again counts it as read and keeps it out.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import attrs

from catalogue.errors import WrongUse
from catalogue.file import explained, open_for_writing, whole

COLUMNS = ("platform", "ref", "url", "reason", "day")
FILE = Path(__file__).resolve().parents[1] / "data" / "exclude.csv"
_HOST = re.compile(r"https?://[^/*\s]+(/\S*)?")


@attrs.frozen(kw_only=True)
class Exclusion:
    """One line of the list: a course by its platform and ref, or all those under an address."""

    platform: str | None
    ref: str | None
    url: str | None
    """An address; * stands for any characters. Scheme and a slash at the end do not matter."""
    reason: str
    day: str

    def covers(self, platform: str, ref: str, url: str) -> bool:
        """Is this course meant?"""
        if self.platform not in (None, platform) or self.ref not in (None, ref):
            return False
        return self.url is None or bool(_pattern(self.url).fullmatch(_bare(url)))


Rules = Sequence[Exclusion]


@lru_cache(maxsize=4096)
def _pattern(url: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, _bare(url).split("*"))), re.DOTALL)


def _bare(url: str) -> str:
    return re.sub(r"^https?://", "", url, flags=re.IGNORECASE).rstrip("/")


def listed() -> tuple[Exclusion, ...]:
    """The list in force: MOOCSCOUT_EXCLUDE, or the one that comes with the project.

    Raises WrongUse when a line cannot be understood: a takedown is never skipped silently.
    """
    named = os.environ.get("MOOCSCOUT_EXCLUDE")
    if named:
        return read(Path(named))
    return read(FILE) if FILE.exists() else ()


def read(path: Path) -> tuple[Exclusion, ...]:
    """The lines of a list. Raises WrongUse, naming the line and the fix."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise WrongUse(f"{path}, line 1: lacks the columns {', '.join(missing)}")
            return tuple(_rule(row, f"{path}, line {rows.line_num}") for row in rows)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise WrongUse(f"the takedown list {path} cannot be read: {why}") from error


def _rule(row: Mapping[str, str | None], where: str) -> Exclusion:
    if None in row:
        raise WrongUse(f"{where}: more cells than columns; put cells with commas in quotes")
    cells = {name: (row[name] or "").strip() or None for name in COLUMNS}
    platform, ref, url = cells["platform"], cells["ref"], cells["url"]
    if not url and not (platform and ref):
        raise WrongUse(f"{where}: name the course by platform and ref, or by its url")
    if url and not _HOST.fullmatch(url):
        raise WrongUse(f"{where}: url must be an address with its host, as https://x.org/course/*")
    if not cells["reason"]:
        raise WrongUse(f"{where}: reason is empty; say who asked, without naming a person")
    return Exclusion(
        platform=platform, ref=ref, url=url, reason=cells["reason"], day=_day(cells["day"], where)
    )


def _day(said: str | None, where: str) -> str:
    try:
        return dt.date.fromisoformat(said or "").isoformat()
    except ValueError:
        raise WrongUse(f"{where}: day {said or ''!r} is no day; write it as 2026-11-22") from None


def covered(rules: Rules, platform: str, ref: str, url: str) -> bool:
    """Does any line mean this course?"""
    return any(rule.covers(platform, ref, url) for rule in rules)


def remove(db: sqlite3.Connection, rules: Rules) -> int:
    """Remove the courses that the list means, within the caller's transaction; how many.

    Whatever points at them goes first: their sessions and changes, and rows of tables that were
    added to the file by others. Freed pages are overwritten.
    """
    if not rules:
        return 0
    found = [
        (course_id, platform, ref, url)
        for course_id, platform, ref, url in db.execute("select id, platform, ref, url from course")
        if covered(rules, platform, ref, url)
    ]
    if not found:
        return 0
    db.execute("pragma secure_delete = on")
    ids = json.dumps([row[0] for row in found])
    for table, column in _pointing_at_courses(db):
        db.execute(f'delete from "{table}" where "{column}" in {_LISTED}', [ids])
    db.executemany(
        "delete from issue where platform = ? and ref in (?, ?)", [row[1:] for row in found]
    )
    db.execute(f"delete from course where id in {_LISTED}", [ids])
    db.execute("insert into course_fts (course_fts) values ('rebuild')")
    # The ranking index belongs to a version of the data: it is fitted anew, without their words.
    db.execute("update about set version = version + 1")
    return len(found)


_LISTED = "(select value from json_each(?))"


def _pointing_at_courses(db: sqlite3.Connection) -> Iterable[tuple[str, str]]:
    return db.execute(
        'select m.name, f."from" from sqlite_master m, pragma_foreign_key_list(m.name) f'
        " where m.type = 'table' and f.\"table\" = 'course' order by m.name, f.\"from\""
    ).fetchall()


def apply(path: Path, rules: Rules | None = None) -> int:
    """Remove the listed courses from the catalogue at `path`, in one transaction; how many."""
    rules = listed() if rules is None else rules
    db = open_for_writing(path)
    try:
        with explained(path), whole(db):
            count = remove(db, rules)
    finally:
        db.close()
    return count
