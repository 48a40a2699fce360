"""Does a file have every table, column and view of its schema version? What is missing is added.

Between two versions of the schema, tables grow by views and by columns that may be empty: a file
of an earlier commit lacks them, and whoever reads it must not stumble over that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from catalogue import money
from catalogue.schema import FTS_SQL, TABLES, Column, Table
from catalogue.views import VIEWS

_SEARCH = "course_fts"
_NAMES = ", ".join(repr(name) for name in (*(table.name for table in TABLES), *VIEWS, _SEARCH))
_THERE = (
    "select m.name, x.name from sqlite_master m, pragma_table_xinfo(m.name) x"
    f" where m.name in ({_NAMES})"
)


def lacking(db: sqlite3.Connection) -> list[str]:
    """What the file lacks, by name: "table rate", "column course.pace", "view quote"."""
    try:
        there = set(db.execute(_THERE))
    except sqlite3.OperationalError as error:
        if not str(error).startswith("no such"):
            raise
        return [str(error).removeprefix("no such ").replace(": main.", " ").replace(":", "")]
    tables = {name for name, _ in there}
    search = () if _SEARCH in tables else (f"table {_SEARCH}",)
    return [*_missing_of_tables(there, tables), *_missing_of_views(there, tables), *search]


def _missing_of_tables(there: set[tuple[str, str]], tables: set[str]) -> Iterator[str]:
    for table in TABLES:
        if table.name not in tables:
            yield f"table {table.name}"
            continue
        for column in table.columns:
            if (table.name, column.name) not in there:
                yield f"column {table.name}.{column.name}"


def _missing_of_views(there: set[tuple[str, str]], tables: set[str]) -> Iterator[str]:
    for name, view in VIEWS.items():
        if name not in tables:
            yield f"view {name}"
        else:
            yield from (
                f"column {name}.{column}" for column in view.columns if (name, column) not in there
            )


def complete(db: sqlite3.Connection) -> None:
    """Add what is missing, and make every view as it is meant; the caller commits.

    What is added is empty, but for the search index and the rates that come with moocscout.

    A column that may not be empty cannot be added: it stays missing, and `lacking` says so.
    """
    for name in VIEWS:
        db.execute(f"drop view if exists {name}")
    there = set(db.execute(_THERE))
    tables = {name for name, _ in there}
    for table in TABLES:
        if table.name not in tables:
            db.execute(table.sql)
        else:
            _add_columns(db, table, there)
        for index in table.index_sql:
            db.execute(index.replace("create index", "create index if not exists", 1))
    if "rate" not in tables:
        money.keep(db, money.read_rates())
    if _SEARCH not in tables:
        db.execute(FTS_SQL)
        db.execute(f"insert into {_SEARCH} ({_SEARCH}) values ('rebuild')")
    for name, view in VIEWS.items():
        db.execute(f"create view {name} as {view.sql}")


def _add_columns(db: sqlite3.Connection, table: Table, there: set[tuple[str, str]]) -> None:
    for column in table.columns:
        if (table.name, column.name) not in there and _may_be_added(column):
            db.execute(f"alter table {table.name} add column {column.sql}")


def _may_be_added(column: Column) -> bool:
    return not column.required and "primary key" not in column.type
