"""How well the catalogue's rules do on real words: what `moocscout eval cleaning` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from catalogue import clean
from catalogue.errors import Unreadable, WrongUse

_READERS: dict[str, Callable[[str], Any]] = {
    "workload": clean.workload,
    "weeks": clean.weeks,
    "hours": clean.hours,
    "price": clean.price,
    "level": clean.level,
    "language": clean.language,
    "languages": clean.languages,
    "day": clean.day,
    "number": clean.number,
    "stars": clean.stars,
    "rating": clean.stars,
    "enrolled": clean.number,
}
OUTCOMES = ("read", "empty", "refused")


def cleaning(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    """Per row (field, value, platform, count) what was read from the value.

    Each result has the row's own columns, `outcome`, one of OUTCOMES, and `read`, JSON values:
    None where the words state nothing (empty) or no rule understands them (refused; `why`).
    Raises WrongUse on a missing column and on a field that no rule is for.
    """
    for row in rows:
        try:
            field, value, count = row["field"], row["value"], int(row.get("count") or 1)
            reader = _READERS[field]
        except (KeyError, ValueError) as error:
            raise WrongUse(
                f"cleaning: {error} in {dict(row)!r:.200}; the file needs the columns field"
                f" ({', '.join(sorted(_READERS))}), value, platform and count (a whole number)"
            ) from error
        yield {
            "field": field,
            "value": value,
            "platform": row.get("platform") or None,
            "count": count,
            **_outcome(reader, value),
        }


def _outcome(reader: Callable[[str], Any], value: str) -> dict[str, Any]:
    try:
        read = reader(value)
    except Unreadable as error:
        return {"outcome": "refused", "read": None, "why": error.wanted}
    return {"outcome": "empty" if read is None else "read", "read": _json(read)}


def _json(read: Any) -> Any:
    if attrs.has(type(read)):
        return {name: value for name, value in attrs.asdict(read).items() if value is not None}
    return list(read) if isinstance(read, tuple) else read


def cleaning_summary(results: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Per field, and for "all": strings, their weight (sum of counts), and the share of the
    weight that was read, empty and refused.
    """
    weights: dict[str, dict[str, float]] = {}
    for result in results:
        for name in (result["field"], "all"):
            held = weights.setdefault(name, dict.fromkeys(("strings", "weight", *OUTCOMES), 0))
            held["strings"] += 1
            held["weight"] += result["count"]
            held[result["outcome"]] += result["count"]
    return {
        name: held | {outcome: held[outcome] / (held["weight"] or 1) for outcome in OUTCOMES}
        for name, held in weights.items()
    }
