"""The CSV tables that we keep by hand and an operator may edit: rates, providers, twins."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from catalogue.errors import WrongUse

DATA = Path(__file__).resolve().parents[1] / "data"
Row = TypeVar("Row")


def read(path: Path, columns: Sequence[str], row: Callable[[dict[str, str]], Row]) -> list[Row]:
    """Each line of the file as `row` makes it from its cells, blanks around them cut off.

    Raises WrongUse with the line's number when a column is missing or `row` raises ValueError.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restval="")
            if missing := set(columns) - set(reader.fieldnames or ()):
                raise WrongUse(f"{path} lacks the column {min(missing)}; see its first line")
            return [_made(path, reader.line_num, cells, columns, row) for cells in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise WrongUse(f"{path} cannot be read as a CSV table in UTF-8: {why}") from error


def _made(
    path: Path,
    line: int,
    cells: dict[str, str],
    columns: Sequence[str],
    row: Callable[[dict[str, str]], Row],
) -> Row:
    try:
        return row({name: cells[name].strip() for name in columns})
    except ValueError as error:
        raise WrongUse(f"{path}, line {line}: {error}") from error
