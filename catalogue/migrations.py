"""How a catalogue file comes to the schema of today, one recorded step after the other.

A new file is made as of today by the first step, and the later ones find nothing to do.
"""

from __future__ import annotations

import sqlite3
import sys

from catalogue import money, schema, shape
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
    """Ranges of length and total; what is worked out of them, and what was worked out wrong."""
    shape.complete(db.conn)
    db.execute("pragma user_version = 2")


def migrate(db: sqlite3.Connection) -> None:
    """Apply what is missing. Each step and the record of it share one transaction."""
    db.execute("pragma journal_mode = wal")
    steps.apply(Database(db))
