"""What a table and a column are: as SQLite has them, and as a person reads about them."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping

import attrs


@attrs.frozen(kw_only=True)
class Column:
    """One column as SQLite has it and as a person reads about it."""

    name: str
    type: str
    """TEXT, INTEGER, REAL or BLOB (the tables are STRICT)."""
    meaning: str
    unit: str | None = None
    options: tuple[str, ...] = ()
    required: bool = False
    references: str | None = None
    """The table, and for one without an integer id its column, that the value points at."""
    generated: str | None = None
    """SQL of a column that SQLite computes."""

    @property
    def sql(self) -> str:
        """The column's definition in CREATE TABLE."""
        words = [self.name, self.type]
        if self.generated:
            words.append(f"generated always as ({self.generated}) virtual")
        if self.required:
            words.append("not null")
        if self.options:
            words.append(f"check ({self.name} in ({', '.join(map(repr, self.options))}))")
        if self.references:
            # Named in full: Datasette cannot follow a key whose column SQLite has to look up.
            column = "" if "(" in self.references else " (id)"
            words.append(f"references {self.references}{column}")
        return " ".join(words)


@attrs.frozen(kw_only=True)
class Table:
    """One table: what a row is, its columns, what makes a row the same one."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    label: str | None = None
    """The column that names a row to a person."""
    without_rowid: bool = False
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def sql(self) -> str:
        """CREATE TABLE."""
        lines = [column.sql for column in self.columns]
        if self.unique:
            kind = "primary key" if self.without_rowid else "unique"
            lines.append(f"{kind} ({', '.join(self.unique)})")
        options = "strict, without rowid" if self.without_rowid else "strict"
        return f"create table {self.name} (\n  " + ",\n  ".join(lines) + f"\n) {options}"

    @property
    def index_sql(self) -> tuple[str, ...]:
        """CREATE INDEX statements."""
        return tuple(
            f"create index {self.name}_{'_'.join(columns)} on {self.name} ({', '.join(columns)})"
            for columns in self.indexes
        )


_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bytes: "BLOB"}


def columns_of(model: type) -> tuple[Column, ...]:
    """The columns that a model class declares, in its order; tuples and mappings become JSON."""
    hints = typing.get_type_hints(model)
    return tuple(
        _column(field, hints[field.name])
        for field in attrs.fields(model)
        if "meaning" in field.metadata
    )


def _column(field: attrs.Attribute[typing.Any], hint: object) -> Column:
    optional = type(None) in typing.get_args(hint)
    inner = next((arg for arg in typing.get_args(hint) if arg is not type(None)), hint)
    bare = inner if isinstance(hint, types.UnionType) else hint
    type_name = _TYPES.get(typing.cast("type", bare), "TEXT")
    meaning = field.metadata["meaning"]
    if is_json(bare):
        meaning = f"{meaning} JSON."
    return Column(
        name=field.name,
        type=type_name,
        meaning=meaning,
        unit=field.metadata["unit"],
        options=field.metadata["options"],
        references=field.metadata["references"],
        required=not optional and not is_json(bare),
    )


def is_json(hint: object) -> bool:
    """Is a value of this type kept as JSON text?"""
    return typing.get_origin(hint) in (tuple, dict, Mapping)


def json_fields(model: type) -> frozenset[str]:
    """Names of the model's fields that are kept as JSON text."""
    return frozenset(c.name for c in columns_of(model) if c.meaning.endswith(" JSON."))
