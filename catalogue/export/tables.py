"""Courses and sessions as CSV for spreadsheets, and as JSON Lines for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from catalogue.export.selection import COURSE_COLUMNS, SESSION_COLUMNS
from catalogue.reading import Row
from catalogue.schema import Column

LIST_MARK = " | "
_COURSE_KEY = tuple(c for c in COURSE_COLUMNS if c.name in ("platform", "ref"))
SESSION_ROW = (*_COURSE_KEY, *SESSION_COLUMNS)
"""Columns of a sessions table: the course's key first; the session's own ref is `session`."""

# A cell that begins so is run as a formula, in full-width letters too; and a spreadsheet that
# takes another delimiter than ours, as a French one does, begins a cell inside of one.
_FORMULA = re.compile(r"(^|[;\t\r\n|])((?:[^\S\t\r\n]|[\"'\u200b\ufeff])*)(?=[=+\-@＝＋－＠])")
_LEADING_CONTROL = re.compile(r"^(?=[\t\r\n])")


def course_csv(courses: Iterable[Row], file: BinaryIO) -> None:
    """One line per course; lists are parted by " | ", the words behind the facts left out."""
    columns = [column for column in COURSE_COLUMNS if column.name not in ("quotes", "translations")]
    _csv(columns_named(columns), courses, file)


def session_csv(courses: Iterable[Row], file: BinaryIO) -> None:
    """One line per session, with the platform and ref of its course."""
    _csv(columns_named(SESSION_ROW), session_rows(courses), file)


def columns_named(columns: Iterable[Column]) -> list[str]:
    """Names for a heading; a session's ref, next to its course's, is called session."""
    names: list[str] = []
    for column in columns:
        names.append("session" if column.name in names else column.name)
    return names


def session_rows(courses: Iterable[Row]) -> Iterator[Row]:
    """The sessions of the courses as rows of SESSION_ROW."""
    for course in courses:
        for session in course["sessions"]:
            key = {"platform": course["platform"], "ref": course["ref"]}
            yield key | {("session" if k == "ref" else k): v for k, v in session.items()}


def _csv(names: list[str], rows: Iterable[Row], file: BinaryIO) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        lines = csv.writer(text)  # ends lines as RFC 4180 does, and so quotes a bare \r
        lines.writerow(names)
        lines.writerows([cell(row[name]) for name in names] for row in rows)
    finally:
        text.detach()


def cell(value: Any) -> Any:
    """A value as a spreadsheet's cell; text that it would run begins with an apostrophe."""
    if isinstance(value, list):
        value = LIST_MARK.join(map(str, value))
    if not isinstance(value, str):
        return value
    return _LEADING_CONTROL.sub("'", _FORMULA.sub(r"\1'\2", value))


def json_lines(courses: Iterable[Row], file: BinaryIO) -> None:
    """One course per line, whole and unaltered; what is not known is left out."""
    for course in courses:
        known = _known(course)
        known["sessions"] = [_known(session) for session in course["sessions"]]
        file.write(json.dumps(known, ensure_ascii=False, sort_keys=True).encode() + b"\n")


def _known(row: Row) -> Row:
    return {key: value for key, value in row.items() if value is not None}
