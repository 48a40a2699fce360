"""Datasette's metadata and settings, generated from the tables' own descriptions.

An undocumented table cannot be published: `check_documented` refuses a file that holds a table,
a view or a column whose meaning nobody has written down.
"""

from __future__ import annotations

import html
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from catalogue.errors import StoreError
from catalogue.publish.queries import QUERIES
from catalogue.publish.query import Query
from catalogue.reading import Row, rows
from catalogue.schema import COURSE_TABLE, TABLES, Column, Table
from catalogue.views import VIEWS, View

DATABASE = "catalogue"
"""The database's name in every address, whatever the file is called."""

PAGE_SIZE = 20

TITLES_FR = {
    "platform": "Plateformes",
    "crawl": "Visites",
    "course": "Cours",
    "session": "Sessions",
    "change": "Changements",
    "issue": "Anomalies",
    "sighting": "Observations",
    "rate": "Taux de change",
    "same_course": "Le même cours ailleurs",
    "role_match": "Les premiers cours de chaque métier",
    "about": "À propos",
}

FACETS = {
    "course": ("platform", "language", "level", "access", "provider_kind"),
    "change": ("day",),
    "issue": ("platform",),
    "crawl": ("platform",),
}
"""Columns with few values that an index leads with: a facet on any other is a scan of the table."""

HIDDEN = ("_sqlite_migrations", "course_fts", "sqlite_")
"""Tables of SQLite's and sqlite-utils' own, by how their names begin: served, but not listed."""

INTERNAL = frozenset({"sighting", "validator"})
"""Tables of the crawler's own bookkeeping: described and served, but not listed."""


def metadata(
    tables: Sequence[Table] = TABLES,
    *,
    platforms: Sequence[Row] = (),
    hidden: frozenset[str] = frozenset(),
    queries: Sequence[Query] = QUERIES,
    plugins: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Datasette's metadata for these tables; `hidden` ones are described but not listed.

    `platforms` are rows of the platform table: the sources, each with its licence and terms.
    """
    unlisted = hidden | INTERNAL
    described = {table.name: _table(table, hidden=table.name in unlisted) for table in tables}
    described |= {name: _view(view) for name, view in VIEWS.items()}
    described |= {name: {"hidden": True} for name in HIDDEN if not name.endswith("_")}
    return {
        "title": "moocscout · the MOOC catalogue",
        "description": "Online courses as their platforms list them: one row per course, every"
        " figure with the words it was read from. An empty cell means that the page did not say.",
        "databases": {
            DATABASE: {
                "title": "Catalogue · le catalogue des cours",
                "description_html": _sources(platforms),
                "tables": described,
                "queries": {query.name: query.as_metadata() for query in queries},
            }
        },
        "plugins": dict(plugins or {}),
    }


def settings(*, public: bool) -> dict[str, Any]:
    """Datasette's settings. A public host runs no SQL but the saved queries."""
    shared = {
        "default_page_size": PAGE_SIZE,
        "suggest_facets": False,
        "truncate_cells_html": 120,
        # Counted once for each state of the file, then kept: see recommend.served.
        "facet_time_limit_ms": 1500,
        "max_csv_mb": 20,
    }
    if not public:
        return shared | {"sql_time_limit_ms": 2000, "max_returned_rows": 1000}
    return shared | {
        "sql_time_limit_ms": 500,
        "max_returned_rows": 500,
        "default_allow_sql": False,
        "allow_facet": False,
        "allow_csv_stream": False,
        "allow_download": True,
        "trace_debug": False,
        "template_debug": False,
    }


def check_documented(db: sqlite3.Connection, tables: Sequence[Table]) -> None:
    """Raise StoreError when the file holds something that nobody has described."""
    documented = {table.name: {c.name: c.meaning for c in table.columns} for table in tables}
    documented |= {name: dict(view.columns) for name, view in VIEWS.items()}
    named = "select name from sqlite_master where type in ('table', 'view') order by name"
    for (name,) in db.execute(named):
        if name.startswith(HIDDEN):
            continue
        if name not in documented:
            raise _undocumented(f"table {name}")
        for row in db.execute("select name from pragma_table_xinfo(?)", [name]):
            if not documented[name].get(row[0]):
                raise _undocumented(f"column {name}.{row[0]}")


def _undocumented(what: str) -> StoreError:
    return StoreError(
        f"{what} has no description, so it cannot be published; describe it where its table is"
        " declared, or remove it from the file"
    )


def sources(db: sqlite3.Connection) -> list[Row]:
    """The platforms of the file, for `metadata`."""
    return rows(db, "select name, title, home, licence, terms, robots from platform order by title")


def _table(table: Table, *, hidden: bool) -> dict[str, Any]:
    french = TITLES_FR.get(table.name)
    described: dict[str, Any] = {
        "title": table.title if french in (None, table.title) else f"{table.title} · {french}",
        "description": table.meaning,
        "columns": {column.name: described_column(column) for column in table.columns},
        "size": PAGE_SIZE,
        "sortable_columns": sortable(table),
    }
    if table.label:
        described["label_column"] = table.label
    if table is COURSE_TABLE:
        described |= {"fts_table": "course_fts", "fts_pk": "id"}
    if facets := FACETS.get(table.name):
        described["facets"] = list(facets)
    if hidden:
        described["hidden"] = True
    return described


def sortable(table: Table) -> list[str]:
    """Columns that an index puts in order: sorting by any other reads the whole table."""
    leading = [columns[0] for columns in (*table.indexes, table.unique) if columns]
    keys = [column.name for column in table.columns if "primary key" in column.type]
    return list(dict.fromkeys([*keys, *leading]))


def described_column(column: Column) -> str:
    """A column's meaning with its unit and its closed list of values."""
    words = [column.meaning]
    if column.unit:
        words.append(f"Unit: {column.unit}.")
    if column.options:
        words.append(f"One of: {', '.join(column.options)}.")
    return " ".join(words)


def _view(view: View) -> dict[str, Any]:
    return {"description": view.meaning, "columns": dict(view.columns), "size": PAGE_SIZE}


def _sources(platforms: Sequence[Row]) -> str:
    """Where the rows come from and under which terms, as HTML; the platforms' words escaped."""
    items = "".join(
        f"<li><strong>{html.escape(p['title'])}</strong>: {html.escape(p['licence'])}"
        f"{_terms(p['terms'])} robots.txt: {html.escape(p['robots'])}</li>"
        for p in platforms
    )
    intro = "<p>Course texts belong to their platforms; facts are read from public listings.</p>"
    if not items:
        return intro
    summary = "<summary>Sources and licences · Sources et licences</summary>"
    return f'{intro}<details class="sources">{summary}<ul>{items}</ul></details>'


def _terms(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        return ""
    return f' (<a href="{html.escape(address)}" rel="noopener nofollow">terms</a>)'
