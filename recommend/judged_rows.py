"""Rows of a CSV of real courses as a catalogue in memory: the ranking itself is measured."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from catalogue import clean, providers, same, shape
from catalogue.errors import Unreadable
from catalogue.rows import COURSE_COLUMNS
from recommend import index


def catalogue_of(courses: Sequence[Mapping[str, Any]]) -> index.Index:
    """An index over the rows, in a catalogue of their own; a course's id is its place."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    shape.complete(db)
    rows = [_row(at, row) for at, row in enumerate(courses)]
    names = list(rows[0]) if rows else ["id"]
    db.execute("begin")
    db.executemany(
        f"insert into course ({', '.join(names)})"  # noqa: S608
        f" values ({', '.join(f':{name}' for name in names)})",
        rows,
    )
    _fill(db, "about", {"id": 1, "version": 0, "data_date": None})
    for platform in sorted({row["platform"] for row in rows}):
        named = {"name": platform, "title": platform, "audience": "public", "robots": "obeyed"}
        _fill(db, "platform", named)
    same.refresh(db)
    db.execute("commit")
    return index.in_memory(db)


def _fill(db: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> None:
    """A row with these values, and what may not be empty filled in with nothing that is read."""
    columns = db.execute(f"pragma table_info({table})")
    needed: dict[str, Any] = {
        name: 0 if kind == "INTEGER" else "-" for _, name, kind, must, *_ in columns if must
    }
    held = {**needed, **values}
    marks = ", ".join(f":{name}" for name in held)
    db.execute(f"insert into {table} ({', '.join(held)}) values ({marks})", held)  # noqa: S608


def _row(at: int, said: Mapping[str, Any]) -> dict[str, Any]:
    """A course row with the facts that the file states; what cannot be read is not stated."""
    kind = providers.kind(said.get("organisation") or None)
    load: clean.Workload | None = _read(clean.workload, said.get("workload"))
    taught = (said.get("language") or "").rstrip("?")
    return dict.fromkeys(COURSE_COLUMNS) | {
        "id": at,
        "platform": said.get("platform") or "-",
        "ref": said["cid"],
        "url": said.get("url") or "-",
        "title": said["title"] or "-",
        "kind": "course",
        "audience": "public",
        "language": taught or None,
        "provider": said.get("organisation") or None,
        "description": said.get("description") or None,
        "level": _read(clean.level, said.get("level")),
        "rating": _read(clean.stars, said.get("rating")),
        "quotes": "{}",
        "provider_kind": kind.kind if kind else None,
        "provider_kind_why": kind.why if kind else None,
        "first_seen": "-",
        "last_changed": "-",
        "hash": b"",
        "stems": "",
        **(load.columns() if load else {}),
    }


def _read(reader: Callable[[str], Any], words: str | None) -> Any:
    try:
        return reader(words) if words else None
    except Unreadable:
        return None
