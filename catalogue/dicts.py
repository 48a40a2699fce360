"""The rows of a query by the names of their columns: all that a light reader needs."""

from __future__ import annotations

import sqlite3
from typing import Any

Row = dict[str, Any]


def rows(db: sqlite3.Connection, sql: str, values: Any = ()) -> list[Row]:
    """The rows of a query as dicts."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
