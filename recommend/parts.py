"""The points that a course's text earns, told apart word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recommend.match import Part
from recommend.search import Found, Sought
from recommend.signals.base import POINT
from recommend.text import Standing, content, is_alike, passages, standing, stretch


def parts(course: Mapping[str, Any], found: Found, total: int) -> Iterator[Part]:
    """One part per matched word, most points first; they add up to `total`, in hundredths."""
    shares = found.shares(course["id"])
    points = apportioned([share for _, share in shares], total)
    where = standing(course, [sought.query.term for sought, _ in shares])
    words: dict[tuple[str, str | None, str | None, str | None], list[tuple[Sought, int]]] = {}
    for (sought, _), mine in zip(shares, points, strict=True):
        query = sought.query
        words.setdefault((query.word, query.origin, query.topic, query.phrase), []).append(
            (sought, mine)
        )
    told = (
        Part(
            "text",
            word,
            sum(mine for _, mine in held),
            origin,
            topic,
            phrase,
            _terms(course, held, where),
        )
        for (word, origin, topic, phrase), held in words.items()
    )
    yield from sorted(told, key=lambda part: (-part.points, part.name, part.origin or ""))


def _terms(
    course: Mapping[str, Any], held: Sequence[tuple[Sought, int]], where: Mapping[str, Standing]
) -> tuple[dict[str, Any], ...]:
    """`page` is how the page writes the word, where it has another form of it."""
    found = []
    for sought, mine in held:
        term, (fields, written) = sought.query.term, where[sought.query.term]
        told = {"term": term, "fields": fields, "points": mine / POINT}
        if written and not any(is_alike(each, sought.query.word) for each in written):
            told["page"] = _as_on_page(course, where[term])
        found.append(told)
    return tuple(found)


def _as_on_page(course: Mapping[str, Any], where: Standing) -> list[str]:
    said = [passage for field in where.fields for passage in passages(course, field)]
    forms = (
        next(filter(None, (stretch(passage, content(form)) for passage in said)), form)
        for form in where.written
    )
    return list(dict.fromkeys(forms))


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
