"""Loading a crawl into the catalogue: one transaction, whole or not at all.

The hot path is our own SQL rather than sqlite-utils' upsert, which rewrites every row and its
full-text entry at each crawl: here hashes decide, in one join, what is written. Rows go from the
harvest into the catalogue within SQLite, all new ones by one statement and all changed ones by
another: the full-text index ends what it has begun after each statement, small as it may be.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from catalogue import check, exclude, rows, schema
from catalogue.course import Course, Crawl, Issue, Platform
from catalogue.file import explained, open_for_writing, whole
from catalogue.harvest import Harvest

_SEARCH_BUFFER = 8 << 20
"""Bytes of the full-text index that are gathered before they are written, SQLite's own being one
megabyte: a third faster, and a smaller index."""
_COLUMNS = rows.COURSE_COLUMNS + rows.DERIVED_COLUMNS
_WATCHED = tuple(f.name for f in attrs.fields(Course) if f.metadata.get("watched"))


@attrs.frozen(kw_only=True)
class Report:
    """What the spider and its run can say of a crawl, before any verdict."""

    day: str
    started: str
    finished: str
    ended_by_itself: bool
    announced: int | None = None
    errors: int = 0
    requests: int = 0
    base_url: str | None = None
    narrowed: str | None = None
    issues: tuple[Issue, ...] = ()
    floor: int | None = None
    """The floor to hold the crawl to; None: the platform's own."""
    doubts: tuple[str, ...] = ()
    """Further reasons why this cannot be the whole site, a sentence each."""


def load(path: Path, platform: Platform, harvest: Harvest, report: Report) -> Crawl:
    """Bring a harvest into the catalogue at `path` and say what may be concluded from it.

    One transaction: a reader, a kill or a full disk sees the catalogue before or after, never in
    between. Only a complete crawl withdraws courses. The harvest is left as it is.
    """
    db = open_for_writing(path)
    try:
        with explained(path):
            db.execute("attach ? as harvest", [str(harvest.path)])
            with whole(db):
                crawl = _Load(db, platform, harvest, report).run()
    finally:
        db.close()
    return crawl


class _Load:
    """The steps of one load, in the order that they are written."""

    def __init__(
        self, db: sqlite3.Connection, platform: Platform, harvest: Harvest, report: Report
    ) -> None:
        self.db = db
        self.platform = platform
        self.report = report
        self.crawl_id = 0
        self.excluded = exclude.listed()
        self.counts = {"read": len(harvest), "rejected": harvest.rejections}

    def run(self) -> Crawl:
        self._upsert_platform()
        exclude.remove(self.db, self.excluded)
        self._compare()
        verdict, reasons = check.verdict(self._facts())
        crawl = Crawl(
            platform=self.platform.name,
            day=self.report.day,
            started=self.report.started,
            finished=self.report.finished,
            verdict=verdict,
            reasons=reasons,
            base_url=self.report.base_url,
            announced=self.report.announced,
            requests=self.report.requests,
            errors=self.report.errors,
            **self.counts,
        )
        self.crawl_id = self._insert("crawl", schema.columns_of(Crawl), [rows.of(crawl)])
        first = self.db.execute("select 1 from course limit 1").fetchone() is None
        if not first:
            self._create_triggers()
        crawl = attrs.evolve(
            crawl,
            new=self._insert_new(),
            changed=self._update_changed(),
            back=self._bring_back(),
            withdrawn=self._withdraw() if verdict == "complete" else 0,
        )
        self._note_sightings(complete=verdict == "complete")
        self._insert_issues()
        self._keep_validators()
        if first:
            self._build_search()
        self._close(crawl)
        return crawl

    def _facts(self) -> check.Facts:
        last = self.db.execute(
            "select read from crawl where platform = ? and verdict = 'complete'"
            " order by id desc limit 1",
            [self.platform.name],
        ).fetchone()
        floor = self.report.floor
        return check.Facts(
            finished=self.report.ended_by_itself,
            errors=self.report.errors,
            announced=self.report.announced,
            floor=self.platform.floor if floor is None else floor,
            last_complete=last[0] if last else None,
            narrowed=self.report.narrowed,
            doubts=self.report.doubts,
            **self.counts,
        )

    def _upsert_platform(self) -> None:
        columns = [c.name for c in schema.columns_of(Platform)]
        updates = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
        changed = " or ".join(f"{name} is not excluded.{name}" for name in columns[1:])
        self.db.execute(
            f"insert into platform ({', '.join(columns)}) values ({rows.marks(columns)})"
            f" on conflict (name) do update set {updates} where {changed}",
            rows.of(self.platform),
        )

    def _insert(
        self, table: str, columns: Sequence[schema.Column], values: Iterable[Sequence[Any]]
    ) -> int:
        names = [column.name for column in columns]
        cursor = self.db.cursor()
        sql = f"insert into {table} ({', '.join(names)}) values ({rows.marks(names)})"
        for row in values:
            cursor.execute(sql, row)
        return int(cursor.lastrowid or 0)

    def _compare(self) -> None:
        """Note the courses that are new (without an id) or of which something else is said."""
        self.db.execute(
            "create temp table news (ref text primary key, id integer) strict, without rowid"
        )
        self.db.execute(
            "insert into news select r.ref, c.id from harvest.read r"
            " left join course c on c.platform = ? and c.ref = r.ref where c.hash is not r.hash",
            [self.platform.name],
        )

    def _insert_new(self) -> int:
        """Courses of the harvest that the catalogue has never seen."""
        last = self.db.execute("select coalesce(max(id), 0) from course").fetchone()[0]
        self.db.create_function("excluded", 2, self._is_excluded, deterministic=True)
        names = ", ".join(_COLUMNS)
        count = self.db.execute(
            f"insert into course ({names}, first_seen, last_changed, hash)"
            f" select {', '.join(f'r.{name}' for name in _COLUMNS)}, :day, :day, h.hash"
            " from news n cross join harvest.read h using (ref) cross join harvest.course r"
            " using (ref) where n.id is null and not excluded(r.ref, r.url) order by n.ref",
            {"day": self.report.day},
        ).rowcount
        self._insert_sessions("where c.id > ?", [last])
        self.db.execute(
            "insert into change (course_id, crawl_id, day, field)"
            " select id, ?, ?, 'new' from course where id > ? order by id",
            [self.crawl_id, self.report.day, last],
        )
        return count

    def _is_excluded(self, ref: str, url: str) -> bool:
        return exclude.covered(self.excluded, self.platform.name, ref, url)

    def _insert_sessions(self, which: str, values: Sequence[Any]) -> None:
        """Write the sessions of courses c: the catalogue's row of each where it has one."""
        names = ", ".join(rows.SESSION_COLUMNS)
        updates = ", ".join(f"{n} = excluded.{n}" for n in rows.SESSION_COLUMNS[1:])
        self.db.execute(
            f"insert into session (course_id, {names})"
            f" select c.id, {', '.join(f's.{n}' for n in rows.SESSION_COLUMNS)}"
            f" from course c cross join harvest.session s on s.course = c.ref {which}"
            " order by c.id, s.place"
            f" on conflict (course_id, ref) do update set {updates}, withdrawn = null",
            values,
        )

    def _update_changed(self) -> int:
        """Courses of which the platform now says something else."""
        changed = self.db.execute("select id, ref from news where id is not null order by ref")
        for course_id, ref in changed:
            self._note(self._differences(course_id, ref))
            self._update_sessions(course_id, ref)
        updates = ", ".join(f"{name} = r.{name}" for name in _COLUMNS)
        return self.db.execute(
            f"update course set {updates}, hash = h.hash, last_changed = ? from news n"
            " join harvest.read h using (ref) join harvest.course r using (ref)"
            " where course.id = n.id",
            [self.report.day],
        ).rowcount

    def _differences(self, course_id: int, ref: str) -> Iterator[tuple[int, str, Any, Any]]:
        names = ", ".join(_WATCHED)
        before, now = (
            self.db.execute(f"select {names} from {table} where {key} = ?", [value]).fetchone()
            for table, key, value in (("course", "id", course_id), ("harvest.course", "ref", ref))
        )
        for field, old, new in zip(_WATCHED, before, now, strict=True):
            if old != new:
                yield course_id, field, old, new

    def _update_sessions(self, course_id: int, ref: str) -> None:
        names = ", ".join(rows.SESSION_WATCHED)
        before, after = (
            {session: watched for session, *watched in self.db.execute(sql, [value])}
            for sql, value in (
                (f"select ref, {names} from session where course_id = ? and withdrawn is null",
                 course_id),
                (f"select ref, {names} from harvest.session where course = ? order by place", ref),
            )
        )  # fmt: skip
        self._note(rows.session_changes(course_id, before, after))
        self.db.executemany(
            "update session set withdrawn = ? where course_id = ? and ref = ?",
            [(self.report.day, course_id, gone) for gone in before.keys() - after.keys()],
        )
        self._insert_sessions("where c.id = ?", [course_id])

    def _bring_back(self) -> int:
        found = self.db.execute(
            # Few are withdrawn: the "greater" and the plus lead SQLite to the index of those.
            "select id, withdrawn from course c where +platform = ? and withdrawn > ''"
            f" and ({_met('read')} or {_met('unchanged')}) order by +id",
            [self.platform.name],
        ).fetchall()
        self._note((course_id, "back", gone, self.report.day) for course_id, gone in found)
        self.db.executemany(
            "update course set withdrawn = null where id = ?", [row[:1] for row in found]
        )
        return len(found)

    def _withdraw(self) -> int:
        gone = self.db.execute(
            # The inner query walks the index of platforms and refs alone, and no row: few are
            # missing, and only of these need be known whether they are withdrawn already.
            "select id from course where withdrawn is null and id in"
            " (select id from course c where platform = ? and ref >= '' and not"
            f"  ({_met('read')} or {_met('unchanged')} or {_met('rejected')})) order by id",
            [self.platform.name],
        ).fetchall()
        self._note((course_id, "withdrawn", None, self.report.day) for (course_id,) in gone)
        self.db.executemany(
            "update course set withdrawn = ? where id = ?",
            [(self.report.day, course_id) for (course_id,) in gone],
        )
        return len(gone)

    def _note(self, changes: Iterable[tuple[int, str, Any, Any]]) -> None:
        """Write rows of history: (course_id, field, old, new)."""
        self.db.executemany(
            "insert into change (course_id, crawl_id, day, field, old, new)"
            " values (?, ?, ?, ?, ?, ?)",
            [
                (course_id, self.crawl_id, self.report.day, field, rows.text(old), rows.text(new))
                for course_id, field, old, new in changes
            ],
        )

    def _note_sightings(self, *, complete: bool) -> None:
        if complete:
            self.db.execute(
                "delete from sighting where"
                " (select platform from course where id = sighting.course_id) = ?",
                [self.platform.name],
            )
            return
        self.db.execute(
            "insert or replace into sighting (course_id, crawl_id)"
            " select c.id, ? from course c where c.platform = ?"
            f" and ({_met('read')} or {_met('unchanged')})",
            [self.crawl_id, self.platform.name],
        )

    def _keep_validators(self) -> None:
        fields = ("url", "etag", "modified", "listing")
        updates = ", ".join(f"{name} = excluded.{name}" for name in fields)
        changed = " or ".join(f"validator.{name} is not excluded.{name}" for name in fields)
        self.db.execute(
            "insert into validator (course_id, url, etag, modified, listing)"
            " select c.id, v.url, v.etag, v.modified, v.listing from harvest.validator v"
            " join course c on c.platform = ? and c.ref = v.ref where true"
            f" on conflict (course_id) do update set {updates} where {changed}",
            [self.platform.name],
        )

    def _insert_issues(self) -> None:
        columns = schema.columns_of(Issue)
        crawl = schema.Column(name="crawl_id", type="INTEGER", meaning="")
        values = [(self.crawl_id, *rows.of(issue)) for issue in self.report.issues]
        self._insert("issue", (crawl, *columns), values)

    def _close(self, crawl: Crawl) -> None:
        counts = ("new", "changed", "back", "withdrawn")
        self.db.execute(
            f"update crawl set {', '.join(f'{n} = ?' for n in counts)} where id = ?",
            [*(getattr(crawl, name) for name in counts), self.crawl_id],
        )
        moved = any(getattr(crawl, name) for name in counts)
        self.db.execute(
            "update about set version = version + ?, data_date = max(coalesce(data_date, ''), ?)",
            [int(moved), crawl.day],
        )

    def _build_search(self) -> None:
        """The full-text index of a first load: built at once, twice as fast as row by row."""
        self.db.execute(
            "insert into course_fts (course_fts, rank) values ('hashsize', ?)", [_SEARCH_BUFFER]
        )
        self.db.execute("insert into course_fts (course_fts) values ('rebuild')")
        self._create_triggers()

    def _create_triggers(self) -> None:
        """Keep the full-text index current, touching it only where its words changed."""
        names = schema.FTS_COLUMNS
        listed = ", ".join(names)
        old, new = (", ".join(f"{row}.{name}" for name in names) for row in ("old", "new"))
        differs = " or ".join(f"old.{name} is not new.{name}" for name in names)
        remove = f"insert into course_fts (course_fts, rowid, {listed}) values ('delete', old.id, {old});"  # noqa: E501
        add = f"insert into course_fts (rowid, {listed}) values (new.id, {new});"
        self.db.execute(
            f"create trigger if not exists course_fts_new after insert on course begin {add} end"
        )
        self.db.execute(
            "create trigger if not exists course_fts_changed after update on course"
            f" when {differs} begin {remove} {add} end"
        )


def _met(table: str) -> str:
    """SQL: was course c met, as this table of the harvest keeps it?"""
    return f"exists (select 1 from harvest.{table} met where met.ref = c.ref)"
