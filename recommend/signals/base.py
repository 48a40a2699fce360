"""What every signal is made of: points in hundredths, and the evidence behind them."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from recommend.profile import Profile

Row = Mapping[str, Any]
POINT = 100


class Evidence(NamedTuple):
    """What a signal rests on: a rule, and the words on the page that it was applied to."""

    rule: str
    """Name of a sentence in `sentences`."""
    field: str | None = None
    words: str | None = None
    source: str | None = None
    values: Mapping[str, Any] = types.MappingProxyType({})
    """What the sentence is filled in with."""


class Signal(NamedTuple):
    """Points that a course wins or loses, in hundredths, and why."""

    name: str
    points: int
    evidence: tuple[Evidence, ...]


SILENT = Signal("", 0, ())
"""The profile does not ask, or there is nothing to say."""

Figure = Callable[[Row, Sequence[Row], Profile, str], Signal | None]


def signal(name: str, points: float, *evidence: Evidence) -> Signal:
    """A signal from points with decimals."""
    return Signal(name, round(points * POINT), evidence)


UNSAID = "unsaid"
"""A key of rows for which points alone are asked."""
_UNSAID = Evidence("")


def quoted(course: Row, rule: str, *fields: str, **values: Any) -> Evidence:
    """Evidence with the words that the first of the fields that has any was read from."""
    if UNSAID in course:
        return _UNSAID
    quotes = course["quotes"] or {}
    if isinstance(quotes, str):
        quotes = _decoded(quotes)
    field = next((field for field in fields if field in quotes), None)
    if field is not None:
        quote = quotes[field]
        return Evidence(rule, field, quote["words"], quote["source"], values)
    known = next((field for field in fields if course[field] is not None), None)
    return Evidence(rule, known, None, None, values)


@lru_cache(maxsize=1024)
def _decoded(quotes: str) -> Mapping[str, Any]:
    """One course's quotes are asked by every signal."""
    found: Mapping[str, Any] = json.loads(quotes)
    return found
