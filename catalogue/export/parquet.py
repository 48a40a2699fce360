"""Courses and sessions as Parquet, each column with its meaning and unit in the file."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from catalogue.errors import WrongUse
from catalogue.export.selection import COURSE_COLUMNS, is_json
from catalogue.export.tables import SESSION_ROW, columns_named, session_rows
from catalogue.reading import Row
from catalogue.schema import Column

_BATCH = 10_000
_MAPPINGS = ("quotes", "translations")


def course_parquet(courses: Iterable[Row], file: BinaryIO) -> None:
    """One row per course; lists are lists, days are dates. Raises WrongUse without pyarrow."""
    _parquet(COURSE_COLUMNS, courses, file)


def session_parquet(courses: Iterable[Row], file: BinaryIO) -> None:
    """One row per session, with the platform and ref of its course."""
    _parquet(SESSION_ROW, session_rows(courses), file)


def _arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise WrongUse(
            "Parquet needs pyarrow; install it beside moocscout: pip install 'moocscout[parquet]'"
            " (or `pip install pyarrow`). `moocscout export jsonl` needs nothing more"
        ) from None
    return pyarrow


def _parquet(columns: tuple[Column, ...], rows: Iterable[Row], file: BinaryIO) -> None:
    arrow = _arrow()
    names = columns_named(columns)
    schema = arrow.schema(
        _field(arrow, name, column) for name, column in zip(names, columns, strict=True)
    )
    with arrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            shaped = [
                {n: _shaped(c, row[n]) for n, c in zip(names, columns, strict=True)}
                for row in batch
            ]
            writer.write_table(arrow.Table.from_pylist(shaped, schema=schema))


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    walk = iter(rows)
    while batch := list(islice(walk, _BATCH)):
        yield batch


def _field(arrow: Any, name: str, column: Column) -> Any:
    said = {
        "meaning": column.meaning.removesuffix(" JSON.") if _is_list(column) else column.meaning
    }
    if column.unit:
        said["unit"] = column.unit
    return arrow.field(name, _type(arrow, column), metadata=said)


def _is_list(column: Column) -> bool:
    return is_json(column) and column.name not in _MAPPINGS


def _type(arrow: Any, column: Column) -> Any:
    if _is_list(column):
        return arrow.list_(arrow.string())
    if column.unit == "date":
        return arrow.date32()
    return {"REAL": arrow.float64(), "INTEGER": arrow.int64()}.get(column.type, arrow.string())


def _shaped(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if column.name in _MAPPINGS:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return dt.date.fromisoformat(value) if column.unit == "date" else value
