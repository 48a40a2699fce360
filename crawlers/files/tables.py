"""Tables: CSV in the encodings that offices write, and XLSX."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

import attrs

from catalogue.errors import WrongUse
from crawlers.files.opened import Archive, contents
from crawlers.pile import Pile

_DELIMITERS = ",;\t|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_CAPTIONS = 5
"""Lines that may stand above the one that names the columns."""
MOST_ROWS = 500_000
MOST_COLUMNS = 200
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_QUOTE = "put cells that hold the delimiter between quotation marks"


@attrs.frozen
class Row:
    """One row: the line that it begins on, and its cells by column name; blank cells are ""."""

    line: int
    cells: dict[str, str]


class Rows:
    """Rows in the order of their file, to be walked as often as need be."""

    def __init__(self, header: tuple[str, ...]) -> None:
        self._header = header
        self._pile = Pile()

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Put a row below the others; what it lacks at its end is blank."""
        padded = [cell.strip() for cell in cells] + [""] * (len(self._header) - len(cells))
        self._pile.add([line, padded[: len(self._header)]])

    def __len__(self) -> int:
        return len(self._pile)

    def __iter__(self) -> Iterator[Row]:
        for line, cells in self._pile:
            # Of two columns of one name the first counts.
            yield Row(line, dict(reversed(list(zip(self._header, cells, strict=True)))))


@attrs.frozen
class Table:
    """A table with its heading."""

    name: str
    header: tuple[str, ...]
    rows: Rows
    refused: tuple[tuple[int, str], ...] = ()
    """Rows that do not fit the heading: (line, why)."""


def decoded(data: bytes, name: str) -> str:
    """Text in UTF-8 or UTF-16 by its mark, in UTF-8, or else in Windows-1252."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise WrongUse(_not_text(name)) from error
    if data.startswith(_OLD_EXCEL):
        raise WrongUse(f"{name} is of an older Excel; save it as .xlsx or “CSV UTF-8”")
    if b"\0" in data:
        raise WrongUse(_not_text(name))
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongUse(_not_text(name))


def _not_text(name: str) -> str:
    return (
        f"{name} is not text in UTF-8, UTF-16 with its mark, or Windows-1252; save it as"
        " “CSV UTF-8” and import that"
    )


def csv_table(path: Path) -> Table:
    """The table of a CSV file. Raises WrongUse."""
    return csv_from(decoded(contents(path), path.name), path.name)


def csv_from(text: str, name: str) -> Table:
    """The table of a CSV text; its delimiter is the one that gives its first line most columns."""
    body, skipped = text, 0
    delimiter = ""
    if text[:4].casefold() == "sep=":  # Excel's own way to name the delimiter
        first, _, body = text.partition("\n")
        delimiter, skipped = first[4:5], 1
    delimiter = delimiter or _delimiter(body)
    return _table(name, _records(body, delimiter, name, skipped))


def _delimiter(text: str) -> str:
    first = next((line for line in _lines(text) if line.strip()), "")
    return max(_DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark))))


def _lines(text: str) -> Iterator[str]:
    """Lines as a file opened for csv gives them. A StringIO would hold four bytes a character."""
    return (found[0] for found in _LINE.finditer(text))


def _records(
    text: str, delimiter: str, name: str, skipped: int
) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    line = 1 + skipped
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise WrongUse(
            f"{name}, line {line}: {error}; is a quotation mark opened there and never closed?"
        ) from error


def _table(name: str, records: Iterable[tuple[int, Sequence[str]]]) -> Table:
    filled = ((line, cells) for line, cells in records if any(cell.strip() for cell in cells))
    first = list(islice(filled, _CAPTIONS + 1))
    heading = _heading(first)
    header = tuple(cell.strip() for cell in first[heading][1]) if first else ()
    while header and not header[-1]:
        header = header[:-1]
    if not header:
        raise WrongUse(f"{name} holds no table; its first line must name the columns")
    rows = Rows(header)
    refused: list[tuple[int, str]] = []
    for count, (line, cells) in enumerate(chain(first[heading + 1 :], filled)):
        if count == MOST_ROWS:
            raise WrongUse(f"{name} has more than {MOST_ROWS:,} rows; import it in parts")
        if any(cell.strip() for cell in cells[len(header) :]):
            refused.append((line, f"more cells than the {len(header)} columns; {_QUOTE}"))
            continue
        rows.add(line, cells)
    return Table(name, header, rows, tuple(refused))


def _heading(first: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Which of the first rows names the columns: captions above it fill one cell each."""
    wide = (n for n, (_, cells) in enumerate(first) if sum(map(bool, map(str.strip, cells))) > 1)
    return next(wide, 0)


def xlsx_table(path: Path, sheet: str | None = None) -> Table:
    """The table of a workbook's sheet, of its first one where none is named. Raises WrongUse."""
    _refuse_entities(path)
    with _workbook(path) as book:
        if not book.worksheets or (sheet is not None and sheet not in book.sheetnames):
            wanted = f"no sheet {sheet!r}" if sheet else "no sheet"
            raise WrongUse(f"{path.name} has {wanted}; its sheets are {book.sheetnames}")
        chosen = book[sheet] if sheet else book.worksheets[0]
        # The size that a sheet states for itself may be the largest there is.
        chosen.reset_dimensions()
        rows = chosen.iter_rows(values_only=True, max_col=MOST_COLUMNS)
        records = ((n, [_cell(value) for value in row]) for n, row in enumerate(rows, start=1))
        return _table(path.name, records)


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """An open workbook. openpyxl raises whatever comes on a damaged one, while it is read too,
    and warns of every feature of Excel that it leaves out.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with (
                path.open("rb") as file,
                closing(load_workbook(file, read_only=True, data_only=True)) as book,
            ):
                yield book
        except WrongUse:
            raise
        except Exception as error:
            raise WrongUse(
                f"{path.name} is not a whole workbook ({error}); save it again"
            ) from error


def _refuse_entities(path: Path) -> None:
    """Workbooks never declare a document type; one that does is after something else."""
    with Archive(path) as archive:
        for name in archive.names:
            if name.endswith((".xml", ".rels")):
                data = archive.read(name).replace(b"\0", b"")
                if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                    raise WrongUse(f"{path.name} is refused: {name} declares entities; save it"
                                   " again from a spreadsheet")  # fmt: skip


def _cell(value: Any) -> str:
    """A cell as text: days in ISO, whole numbers without ".0", durations in hours."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.timedelta):
        return f"{value.total_seconds() / 3600:g} h"
    if isinstance(value, dt.time):
        return f"{value.hour + value.minute / 60:g} h"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
