"""Does a file have every table, column and view of its schema version? What is missing is added.

Between two versions of the schema, tables grow by views and by columns that may be empty, and what
SQLite works out, views and generated columns, is worked out otherwise: a file of an earlier commit
lacks them, and whoever reads it must not stumble over that, nor take its figures for today's.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

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
    """What the file lacks, by name: "table rate", "column course.pace", "view quote".

    "today's column course.hours" is one that the file has, and works out otherwise.
    """
    try:
        there = set(db.execute(_THERE))
    except sqlite3.OperationalError as error:
        if not str(error).startswith("no such"):
            raise
        return [str(error).removeprefix("no such ").replace(": main.", " ").replace(":", "")]
    tables = {name for name, _ in there}
    search = () if _SEARCH in tables else (f"table {_SEARCH}",)
    missing = (*_missing_of_tables(there, tables), *_missing_of_views(there, tables), *search)
    return [*missing, *_worked_out_otherwise(db, there)]


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


def _worked_out_otherwise(db: sqlite3.Connection, there: set[tuple[str, str]]) -> Iterator[str]:
    """What the file has under a name of ours, and another SQL than ours makes."""
    made = dict(db.execute("select name, sql from sqlite_master where type in ('table', 'view')"))
    for table in TABLES:
        for column in _figures(table):
            if (table.name, column.name) in there and not _declares(made[table.name], column):
                yield f"today's column {table.name}.{column.name}"
    for name, view in VIEWS.items():
        if name in made and not made[name].endswith(f" {name} as {view.sql}"):
            yield f"today's view {name}"


def _figures(table: Table) -> list[Column]:
    """The columns that SQLite computes; each may read those before it."""
    return [column for column in table.columns if column.generated]


def _declares(sql: str, column: Column) -> bool:
    """Does this CREATE TABLE make the column as it is meant? SQLite keeps the words as given."""
    return bool(re.search(rf"[\s,(]{re.escape(column.sql)}\s*[,)]", sql))


def complete(db: sqlite3.Connection) -> None:
    """Add what is missing, and make views and generated columns as meant; the caller commits.

    What is added is empty, but for the search index and the rates that come with moocscout. Where
    figures are worked out anew, the data has a new version: no index rests on the old ones.

    A column that may not be empty cannot be added: it stays missing, and `lacking` says so.
    """
    renewed = False
    for name in VIEWS:
        db.execute(f"drop view if exists {name}")
    there = set(db.execute(_THERE))
    tables = {name for name, _ in there}
    for table in TABLES:
        if table.name not in tables:
            db.execute(table.sql)
        else:
            _add_columns(db, table, there)
            renewed |= _renew_figures(db, table, there)
        for index in table.index_sql:
            db.execute(index.replace("create index", "create index if not exists", 1))
    if "rate" not in tables:
        money.keep(db, money.read_rates())
    if _SEARCH not in tables:
        db.execute(FTS_SQL)
        db.execute(f"insert into {_SEARCH} ({_SEARCH}) values ('rebuild')")
    for name, view in VIEWS.items():
        db.execute(f"create view {name} as {view.sql}")
    if renewed:
        db.execute("update about set version = version + 1")


def _add_columns(db: sqlite3.Connection, table: Table, there: set[tuple[str, str]]) -> None:
    for column in table.columns:
        if (table.name, column.name) not in there and _may_be_added(column):
            _add_column(db, table, column)


def _add_column(db: sqlite3.Connection, table: Table, column: Column) -> None:
    db.execute(f"alter table {table.name} add column {column.sql}")


def _renew_figures(db: sqlite3.Connection, table: Table, there: set[tuple[str, str]]) -> bool:
    """Make a table's generated columns as they are meant, if any is not. They hold no data."""
    wanted = _figures(table)
    (sql,) = db.execute("select sql from sqlite_master where name = ?", [table.name]).fetchone()
    if all(_declares(sql, column) for column in wanted):
        return False
    with _readers_aside(db, table, wanted):
        for column in reversed(wanted):
            if (table.name, column.name) in there:
                db.execute(f"alter table {table.name} drop column {column.name}")
        for column in wanted:
            _add_column(db, table, column)
    return True


@contextmanager
def _readers_aside(
    db: sqlite3.Connection, table: Table, columns: Sequence[Column]
) -> Iterator[None]:
    """Without the views, whoever made them, and the indexes of these columns while they change.

    SQLite drops no column that one of them reads.
    """
    names = ", ".join(repr(column.name) for column in columns)
    aside = db.execute(
        "select type, name, sql from sqlite_master m where type = 'view' or type = 'index'"
        " and tbl_name = ? and sql is not null"
        f" and exists (select 1 from pragma_index_info(m.name) i where i.name in ({names}))",
        [table.name],
    ).fetchall()
    for kind, name, _ in aside:
        db.execute(f'drop {kind} "{name}"')
    yield
    for _, _, sql in aside:
        db.execute(sql)


def _may_be_added(column: Column) -> bool:
    return not column.required and not column.generated and "primary key" not in column.type
