"""Loading a crawl into the catalogue: one transaction, whole or not at all.

The hot path is our own SQL rather than sqlite-utils' upsert, which rewrites every row and its
full-text entry at each crawl: here hashes decide, in one join, what is written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from catalogue import check, exclude, rows, schema
from catalogue.course import Course, Crawl, Issue, Platform
from catalogue.file import explained, open_for_writing, whole
from catalogue.harvest import Harvest

_CHUNK = 1000
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
            self.db.execute("insert into course_fts (course_fts) values ('rebuild')")
            self._create_triggers()
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

    def _insert_new(self) -> int:
        """Courses of the harvest that the catalogue has never seen."""
        names = (
            *rows.COURSE_COLUMNS,
            "first_seen",
            "last_changed",
            "hash",
            *rows.DERIVED_COLUMNS,
        )
        insert = f"insert into course ({', '.join(names)}) values ({rows.marks(names)})"
        day = self.report.day
        count = 0
        for chunk in self._chunks(
            "select r.ref, r.hash, r.course from harvest.read r where not exists"
            " (select 1 from course c where c.platform = :platform and c.ref = r.ref)"
        ):
            read = [(json.loads(text), hash_) for _, hash_, text in chunk]
            records = [(r, hash_) for r, hash_ in read if not self._is_excluded(r)]
            self.db.executemany(
                insert,
                [(*rows.course(r), day, day, hash_, *rows.derived(r)) for r, hash_ in records],
            )
            ids = self._ids(record["ref"] for record, _ in records)
            self._insert_sessions(
                (ids[record["ref"]], session)
                for record, _ in records
                for session in record.get("sessions", ())
            )
            self._note((course_id, "new", None, None) for course_id in ids.values())
            count += len(records)
        return count

    def _is_excluded(self, record: dict[str, Any]) -> bool:
        return exclude.covered(self.excluded, self.platform.name, record["ref"], record["url"])

    def _chunks(self, select: str) -> Iterator[list[Any]]:
        """Rows of the harvest, some at a time: `select` starts with r.ref and ends in a where.

        Each chunk is fetched whole before anything is written, since a cursor must not walk a
        table that grows, and starts behind the last one, so that memory stays flat.
        """
        sql = f"{select} and r.ref > :after order by r.ref limit {_CHUNK}"
        after = ""
        while found := self.db.execute(
            sql, {"platform": self.platform.name, "after": after}
        ).fetchall():
            yield found
            after = found[-1][0]

    def _ids(self, refs: Iterable[str]) -> dict[str, int]:
        found = self.db.execute(
            "select ref, id from course where platform = ?"
            " and ref in (select value from json_each(?))",
            [self.platform.name, json.dumps(list(refs))],
        )
        return dict(found)

    def _insert_sessions(self, sessions: Iterable[tuple[int, dict[str, Any]]]) -> None:
        """Write sessions, each with the id of its course."""
        names = ("course_id", *rows.SESSION_COLUMNS)
        updates = ", ".join(f"{n} = excluded.{n}" for n in rows.SESSION_COLUMNS[1:])
        self.db.executemany(
            f"insert into session ({', '.join(names)}) values ({rows.marks(names)})"
            f" on conflict (course_id, ref) do update set {updates}, withdrawn = null",
            [(course_id, *rows.session(session)) for course_id, session in sessions],
        )

    def _update_changed(self) -> int:
        """Courses of which the platform now says something else."""
        names = (*rows.COURSE_COLUMNS, "last_changed", "hash", *rows.DERIVED_COLUMNS)
        update = f"update course set {', '.join(f'{n} = ?' for n in names)} where id = ?"
        count = 0
        for chunk in self._chunks(
            "select r.ref, r.hash, r.course, c.id from harvest.read r"
            " join course c on c.platform = :platform and c.ref = r.ref where c.hash <> r.hash"
        ):
            for _, hash_, text, course_id in chunk:
                record = json.loads(text)
                self._note(self._differences(course_id, record))
                values = (*rows.course(record), self.report.day, hash_, *rows.derived(record))
                self.db.execute(update, (*values, course_id))
                self._update_sessions(course_id, record.get("sessions", ()))
            count += len(chunk)
        return count

    def _differences(
        self, course_id: int, record: dict[str, Any]
    ) -> Iterator[tuple[int, str, Any, Any]]:
        select = f"select {', '.join(_WATCHED)} from course where id = ?"
        before = self.db.execute(select, [course_id]).fetchone()
        for field, old in zip(_WATCHED, before, strict=True):
            new = record.get(field)
            if old != new:
                yield course_id, field, old, new

    def _update_sessions(self, course_id: int, sessions: Sequence[dict[str, Any]]) -> None:
        before = {
            ref: watched
            for ref, *watched in self.db.execute(
                f"select ref, {', '.join(rows.SESSION_WATCHED)} from session"
                " where course_id = ? and withdrawn is null",
                [course_id],
            )
        }
        after = {s["ref"]: [s.get(name) for name in rows.SESSION_WATCHED] for s in sessions}
        self._note(rows.session_changes(course_id, before, after))
        self.db.executemany(
            "update session set withdrawn = ? where course_id = ? and ref = ?",
            [(self.report.day, course_id, ref) for ref in before.keys() - after.keys()],
        )
        self._insert_sessions((course_id, session) for session in sessions)

    def _bring_back(self) -> int:
        found = self.db.execute(
            "select id, withdrawn from course where platform = ? and withdrawn is not null"
            " and ref in (select ref from harvest.read union select ref from harvest.unchanged)",
            [self.platform.name],
        ).fetchall()
        self._note((course_id, "back", gone, self.report.day) for course_id, gone in found)
        self.db.executemany(
            "update course set withdrawn = null where id = ?", [row[:1] for row in found]
        )
        return len(found)

    def _withdraw(self) -> int:
        gone = self.db.execute(
            "select id from course where platform = ? and withdrawn is null and ref not in"
            " (select ref from harvest.read union select ref from harvest.unchanged"
            "  union select ref from harvest.rejected)",
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
                "delete from sighting where course_id in"
                " (select id from course where platform = ?)",
                [self.platform.name],
            )
            return
        self.db.execute(
            "insert or replace into sighting (course_id, crawl_id)"
            " select c.id, ? from course c where c.platform = ? and c.ref in"
            " (select ref from harvest.read union select ref from harvest.unchanged)",
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

    def _create_triggers(self) -> None:
        """Keep the full-text index current, touching it only where its words changed.

        Not there during a first load: building the index once at the end is twice as fast.
        """
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
