"""The shapes in which MOOChub platforms state a value, brought to a few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_TONGUES = ("fr", "en", "de")
"""Of names in several languages, the one that our readers know best is taken."""


def first(said: Mapping[str, Any], *keys: str) -> Any:
    """The value of the first of these keys that says anything."""
    values = (said.get(key) for key in keys)
    return next((each for each in values if each not in (None, "", [], {})), None)


def many(value: Any) -> list[Any]:
    """One value or a list: a list."""
    if isinstance(value, list):
        return [each for each in value if each is not None]
    return [] if value in (None, "") else [value]


def text(value: Any) -> str | None:
    """A value in words: text and numbers as they stand."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def words_in(value: Any) -> Iterator[str]:
    """The texts of a value, one or a list."""
    for each in many(value):
        if words := text(each):
            yield words


def names_of(value: Any) -> Iterator[str]:
    """The name of a thing: its own text, its `name`, or that name in one of its languages."""
    if not isinstance(value, Mapping):
        yield from words_in(value)
        return
    named = value.get("name")
    tongues = {
        str(each.get("inLanguage") or ""): words
        for each in many(named)
        if isinstance(each, Mapping) and (words := text(each.get("name")))
    }
    if tongues:
        codes = (code for tongue in _TONGUES for code in tongues if code.startswith(tongue))
        yield tongues[next(codes, next(iter(tongues)))]
    else:
        yield from words_in(named)
