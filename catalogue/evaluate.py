"""How well the catalogue's rules do on real data: what `moocscout eval` prints."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from catalogue import clean
from catalogue.errors import Unreadable, WrongUse
from catalogue.likeness import clusters
from catalogue.listing import Listing

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


_LONGEST_CELL = 1 << 24
_GZIP = b"\x1f\x8b"


def read_rows(path: Path, *columns: str) -> list[dict[str, str]]:
    """The rows of a CSV file, packed with gzip or not, that has at least these columns.

    Raises WrongUse on a file that cannot be read, lacks a column or has no rows.
    """
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open("rb") as file:
            opened = gzip.open if file.read(2) == _GZIP else open
        with opened(path, "rt", encoding="utf-8-sig", newline="") as lines:
            rows = _rows(path, csv.DictReader(lines, restval=""), columns)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as error:
        raise WrongUse(f"{path} cannot be read as a CSV file: {_why(error)}") from error
    if not rows:
        raise WrongUse(f"{path} has no rows below the names of its columns: nothing to measure")
    return rows


def _rows(path: Path, reader: csv.DictReader[str], columns: Iterable[str]) -> list[dict[str, str]]:
    if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
        raise WrongUse(
            f"{path} lacks the column {missing[0]}; its first line must name"
            f" {', '.join(columns)}, with commas between"
        )
    try:
        return list(reader)
    except csv.Error as error:
        raise csv.Error(
            f"line {reader.reader.line_num}: {error}; is a quotation mark open?"
        ) from error


def _why(error: Exception) -> str:
    """What is wrong with a file, and what mends it."""
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return "its gzip data are cut off or damaged; fetch it again or pack it anew"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text; save it as CSV in UTF-8"
    return getattr(error, "strerror", None) or str(error)


TWIN_COURSES = ("id", "title", "description", "language", "organisation")
TWIN_PAIRS = ("id_a", "id_b", "label", "kind", "confidence")


def twins(
    courses: Iterable[Mapping[str, str]], pairs: Iterable[Mapping[str, str]]
) -> dict[str, Any]:
    """Precision and recall of the clusters found among courses, on pairs that people labelled.

    A course's id is its platform and ref, "fun:34"; a language that ends in "?" was guessed and
    counts as not stated. A pair is found when one cluster holds both; one that names a course that
    is not there is not found, and its missing ids are told as `absent`.
    """
    rows = list(courses)
    ids = {row["id"]: at for at, row in enumerate(rows, start=1)}
    found = clusters([_listing(at, row) for at, row in enumerate(rows, start=1)])
    cluster = {member.id: cluster[0].id for cluster in found for member in cluster}
    judged: list[dict[str, Any]] = []
    for pair in pairs:
        a, b = (cluster.get(ids.get(pair[name], 0)) for name in ("id_a", "id_b"))
        judged.append({**pair, "found": a is not None and a == b})
    sure = [pair for pair in judged if pair["confidence"] == "sure"]
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pair in judged:
        kinds[f"{pair['kind']} ({pair['confidence']})"].append(pair)
    return {
        "courses": len(rows),
        "absent": sorted({p[name] for p in judged for name in ("id_a", "id_b")} - ids.keys()),
        "clusters": len(found),
        "all": _confusion(judged),
        "sure": _confusion(sure),
        "kinds": {kind: _confusion(held) for kind, held in sorted(kinds.items())},
        "wrong": [pair for pair in judged if pair["found"] != (pair["label"] == "duplicate")],
    }


def _listing(at: int, row: Mapping[str, str]) -> Listing:
    platform, _, ref = row["id"].partition(":")
    guessed = row["language"].endswith("?")
    return Listing(
        id=at,
        platform=platform,
        ref=ref,
        title=clean.line(row["title"]) or row["title"],
        names=(row["organisation"],) if row["organisation"] else (),
        language=None if guessed else row["language"] or None,
        text=row["description"],
    )


def _confusion(pairs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts, precision and recall; None where nothing is to be divided by."""
    held = Counter((pair["label"] == "duplicate", pair["found"]) for pair in pairs)
    right, missed, wrong = held[True, True], held[True, False], held[False, True]
    return {
        "pairs": held.total(),
        "found": right,
        "missed": missed,
        "wrongly_found": wrong,
        "rightly_left": held[False, False],
        "precision": right / (right + wrong) if right + wrong else None,
        "recall": right / (right + missed) if right + missed else None,
    }
