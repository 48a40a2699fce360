"""The points that a course's text earns, told apart word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recommend.match import Part
from recommend.search import Found, Sought
from recommend.signals.base import POINT
from recommend.text import fields_of


def parts(course: Mapping[str, Any], found: Found, total: int) -> Iterator[Part]:
    """One part per matched word, most points first; they add up to `total`, in hundredths."""
    shares = found.shares(course["id"])
    points = apportioned([share for _, share in shares], total)
    fields = fields_of(course, [sought.query.term for sought, _ in shares])
    words: dict[tuple[str, str | None, str | None], list[tuple[Sought, int]]] = {}
    for (sought, _), mine in zip(shares, points, strict=True):
        query = sought.query
        words.setdefault((query.word, query.origin, query.topic), []).append((sought, mine))
    told = (
        Part("text", word, sum(mine for _, mine in held), origin, topic, _terms(held, fields))
        for (word, origin, topic), held in words.items()
    )
    yield from sorted(told, key=lambda part: (-part.points, part.name, part.origin or ""))


def _terms(
    held: Sequence[tuple[Sought, int]], fields: Mapping[str, Sequence[str]]
) -> tuple[Any, ...]:
    return tuple(
        {"term": sought.query.term, "fields": fields[sought.query.term], "points": mine / POINT}
        for sought, mine in held
    )


def apportioned(shares: Sequence[float], total: int) -> list[int]:
    """Whole numbers in proportion to the shares that add up to `total` (largest remainders)."""
    whole = sum(shares)
    if not whole:
        return [0 for _ in shares]
    exact = [share / whole * total for share in shares]
    found = [int(each) for each in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (found[at] - exact[at], at))
    for at in by_remainder[: total - sum(found)]:
        found[at] += 1
    return found
