"""How a catalogue file comes to the schema of today, one recorded step after the other.

A new file is made as of today by the first step, and the later ones find nothing to do.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Sequence
from typing import Any

from catalogue import money, rows, schema, shape
from catalogue.views import VIEWS

# sqlite-utils loads pandas and numpy wherever they are installed, to know their types: half a
# second and 120 MB that a crawl has no use for. Where nobody has loaded them, it goes without.
_heavy = {"pandas", "numpy"} - sys.modules.keys()
sys.modules.update(dict.fromkeys(_heavy))  # type: ignore[arg-type] # None: cannot be imported
try:
    from sqlite_utils import Database, Migrations
finally:
    for _name in _heavy:
        del sys.modules[_name]

steps = Migrations("moocscout")


@steps()
def tables_of_version_1(db: Database) -> None:
    """Platforms, crawls, courses, sessions, changes, issues, full-text search."""
    for table in schema.TABLES:
        db.execute(table.sql)
        for index in table.index_sql:
            db.execute(index)
    for name, view in VIEWS.items():
        db.execute(f"create view {name} as {view.sql}")
    db.execute("insert into about (id, version) values (1, 0)")
    money.keep(db.conn, money.read_rates())
    db.execute(schema.FTS_SQL)
    # In the same transaction as the tables, so that a kill never leaves a file that is not ours.
    db.execute(f"pragma application_id = {schema.APPLICATION_ID}")
    db.execute("pragma user_version = 1")


@steps()
def ranges_of_version_2(db: Database) -> None:
    """Ranges of length and total; what is worked out of them, and what was worked out wrong; and
    the search's stems, for which British and American spelling are one now."""
    shape.complete(db.conn)
    _stem_anew(db)
    db.execute("pragma user_version = 2")


def _stem_anew(db: Database) -> None:
    """Make the search index over today's stems; the data has a new version where any changed."""
    columns = ", ".join((*rows.TEXTS, *rows.LISTS))
    courses = db.execute(f"select id, stems, {columns} from course").fetchall()
    changed = [
        (stems, at)
        for at, before, *said in courses
        if (stems := rows.stems(_as_read(said))) != before
    ]
    db.conn.executemany("update course set stems = ? where id = ?", changed)
    if changed:
        db.execute("insert into course_fts (course_fts) values ('rebuild')")
        db.execute("update about set version = version + 1")


def _as_read(said: Sequence[str | None]) -> dict[str, Any]:
    texts = dict(zip(rows.TEXTS, said, strict=False))
    lists = zip(rows.LISTS, said[len(rows.TEXTS) :], strict=True)
    return {**texts, **{name: json.loads(each) if each else () for name, each in lists}}


def migrate(db: sqlite3.Connection) -> None:
    """Apply what is missing. Each step and the record of it share one transaction."""
    db.execute("pragma journal_mode = wal")
    steps.apply(Database(db))
