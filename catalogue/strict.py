"""Courses from files that another program wrote: nothing is taken that the model does not declare.

`Course.from_json` trusts what we wrote ourselves; here every value is held against the type, the
closed list and the unit that its column declares.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import types
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from catalogue.course import Course, course_from
from catalogue.errors import Unreadable

_LARGEST = 2**53
"""Whole numbers beyond it are no facts of a course, and some programs cannot hold them."""

_WEB = ("https://", "http://")


def course(record: Any) -> Course:
    """The course that a JSON record is. Raises Unreadable, naming the field that cannot be."""
    declared(record, Course)
    return course_from(record)


def declared(record: Any, kind: type[Any]) -> None:
    """Raises Unreadable unless the JSON record is what the columns of `kind` declare."""
    _object(record, kind, "")


def parse(text: str | bytes) -> Any:
    """JSON as RFC 8259 has it: no NaN, and no depth that breaks a reader. Raises Unreadable."""
    try:
        return json.loads(text, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_head(text), "JSON") from error


def _head(text: str | bytes) -> str:
    return text[:80].decode("utf-8", "replace") if isinstance(text, bytes) else text[:80]


def _not_json(constant: str) -> None:
    raise ValueError(constant)


def _object(record: Any, kind: type[Any], where: str) -> None:
    """Is the record what the fields of `kind` allow, and no more?"""
    if not isinstance(record, dict):
        raise Unreadable(str(record)[:80], where or "course")
    hints = _hints(kind)
    fields = {field.name: field for field in attrs.fields(kind)}
    for name, value in record.items():
        if name not in fields:
            raise Unreadable(name, f"field of {kind.__name__}")
        _check(value, hints[name], where + name)
        _unit(value, fields[name].metadata, where + name)
    for name, field in fields.items():
        if field.default is attrs.NOTHING and name not in record:
            raise Unreadable(f"no {name}", where or "course")


def _check(value: Any, hint: Any, where: str) -> None:
    """Is the value of this type? Tuples are lists in JSON."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is not None:
            _check(value, inner[0], where)
    elif origin is tuple and isinstance(value, list):
        for each in value:
            _check(each, inner[0], where)
    elif origin is Mapping and isinstance(value, dict):
        for key, each in value.items():
            _check(key, str, where)
            _check(each, inner[1], where)
    elif attrs.has(hint):
        _object(value, hint, f"{where}.")
    elif not _plain(value, hint):
        raise Unreadable(repr(value)[:80], where)


def _plain(value: Any, kind: Any) -> bool:
    if kind is bool or isinstance(value, bool):
        return kind is bool and isinstance(value, bool)
    if kind is float or kind is int:
        number = (int, float) if kind is float else int
        return isinstance(value, number) and math.isfinite(value) and abs(value) <= _LARGEST
    return kind is str and isinstance(value, str) and _encodable(value)


def _encodable(text: str) -> bool:
    r"""Half a surrogate pair ("\ud800") is JSON, and no text that a file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unit(value: Any, metadata: Mapping[str, Any], where: str) -> None:
    """Is the value in its column's closed list, its date a date, its address on the web?"""
    options = metadata.get("options")
    if options and value is not None and value not in options:
        raise Unreadable(str(value)[:80], where)
    if metadata.get("unit") == "date" and value is not None and not _is_day(value):
        raise Unreadable(value[:80], where)
    if where.rpartition(".")[2] == "url" and value and not value.startswith(_WEB):
        raise Unreadable(value[:80], where)


def _is_day(text: str) -> bool:
    """2026-11-22 and no other of ISO 8601's ways to write it."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_HINTS: dict[type[Any], dict[str, Any]] = {}


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]
