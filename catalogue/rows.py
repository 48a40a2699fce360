"""Between the model's objects and SQLite's rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from catalogue import providers, schema, words
from catalogue.course import Course, Session

COURSE_COLUMNS = tuple(c.name for c in schema.columns_of(Course))
SESSION_COLUMNS = tuple(c.name for c in schema.columns_of(Session))
SESSION_WATCHED = (
    *("start", "end", "enrolment_start", "enrolment_end"),
    *("price", "certificate_price", "currency"),
)
_JSON_PLACES = tuple(map(COURSE_COLUMNS.index, schema.json_fields(Course)))
TEXTS = ("title", "provider", "summary", "description")
LISTS = ("skills", "subjects", "outcomes")


def marks(names: Sequence[object]) -> str:
    """As many SQL placeholders as there are names."""
    return ", ".join("?" * len(names))


def of(thing: Any) -> tuple[Any, ...]:
    """An attrs object's column values, tuples as JSON."""
    values = (getattr(thing, column.name) for column in schema.columns_of(type(thing)))
    return tuple(_dumps(list(v)) if isinstance(v, tuple) else v for v in values)


def course(record: dict[str, Any]) -> tuple[Any, ...]:
    """The values of COURSE_COLUMNS from what `as_dict` makes of a course."""
    values = list(map(record.get, COURSE_COLUMNS))
    for place in _JSON_PLACES:
        if values[place] is not None:
            values[place] = _dumps(values[place])
    return tuple(values)


def session(record: dict[str, Any]) -> tuple[Any, ...]:
    """The values of SESSION_COLUMNS from a session of `as_dict`."""
    return tuple(
        _dumps(value) if isinstance(value, list) else value
        for value in map(record.get, SESSION_COLUMNS)
    )


DERIVED_COLUMNS = ("stems", "provider_kind", "provider_kind_why")
"""What we add to a course from its own words."""


def derived(record: dict[str, Any]) -> tuple[str, str | None, str | None]:
    """The values of DERIVED_COLUMNS."""
    kind = providers.kind(record.get("provider"))
    return (stems(record), kind.kind, kind.why) if kind else (stems(record), None, None)


def stems(record: dict[str, Any]) -> str:
    """The search index's shadow column for a course."""
    texts = [record.get(name) or "" for name in TEXTS]
    texts += [each for name in LISTS for each in record.get(name) or ()]
    return words.stemmed(" ".join(texts))


def session_changes(
    course_id: int, before: dict[str, list[Any]], after: dict[str, list[Any]]
) -> Iterator[tuple[int, str, Any, Any]]:
    """History rows (course_id, field, old, new) between two {session ref: SESSION_WATCHED}."""
    for ref in sorted(before.keys() | after.keys()):
        old, new = before.get(ref), after.get(ref)
        if old != new:
            field = "session gone" if new is None else "session new" if old is None else "session"
            yield course_id, field, _session_text(old), _session_text(new)


def _session_text(values: list[Any] | None) -> str | None:
    """A session in one line: "start/end, enrolment start/end, 420 EUR", unknown days empty."""
    if values is None:
        return None
    start, end, first, last = (day or "" for day in values[:4])
    price, certificate, currency = values[4:]
    said = f"{start}/{end}, enrolment {first}/{last}"
    said += "" if price is None else f", {price:g} {currency or '?'}"
    return said + (
        "" if certificate is None else f", certificate {certificate:g} {currency or '?'}"
    )


def text(value: Any) -> str | None:
    """A value as history keeps it."""
    return None if value is None else str(value)


_dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
