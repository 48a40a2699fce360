"""The same course on several platforms: found, kept beside the courses, never merged.

What a person decided in data/twins.csv goes before what is found. A withdrawn course stays in its
cluster, but is not offered as the better deal.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from catalogue import byhand
from catalogue.likeness import Cluster, Verdicts, clusters
from catalogue.listing import Listing, title_in

__all__ = ["Cluster", "Listing", "Summary", "clusters", "refresh"]

OWN_DECISIONS = os.environ.get("MOOCSCOUT_TWINS")
DECISIONS = Path(OWN_DECISIONS) if OWN_DECISIONS else byhand.DATA / "twins.csv"
"""What is decided by hand; MOOCSCOUT_TWINS names another file, for every command."""
COLUMNS = ("platform_a", "ref_a", "platform_b", "ref_b", "verdict", "note")
VERDICTS = ("same", "not_same")
_FIELDS = ("course_id", "cluster_id", "nearest_id", "score", "reason")


@attrs.frozen
class Decision:
    """What a person says of two listings."""

    a: tuple[str, str]
    b: tuple[str, str]
    same: bool
    note: str


@attrs.frozen
class Summary:
    """What a refresh found."""

    courses: int
    clusters: int
    listings: int
    """Courses that are in a cluster."""
    reasons: dict[str, int]
    unknown: tuple[str, ...]
    """Lines of the decisions that name a course that is not in the catalogue."""
    written: int
    """Rows that differ from those of the last time."""


def read_decisions(path: Path = DECISIONS) -> list[Decision]:
    """The file of decisions. Raises WrongUse, naming the line, where it cannot be that."""
    return byhand.read(path, COLUMNS, _decision)


def _decision(cells: dict[str, str]) -> Decision:
    if cells["verdict"] not in VERDICTS:
        raise ValueError(f"{cells['verdict']!r} is none of {', '.join(VERDICTS)}")
    a, b = (cells["platform_a"], cells["ref_a"]), (cells["platform_b"], cells["ref_b"])
    if a == b or not all((*a, *b)):
        raise ValueError("name two listings, each by platform and ref")
    return Decision(a, b, cells["verdict"] == "same", cells["note"])


def listings(db: sqlite3.Connection) -> list[Listing]:
    """Every course of the catalogue, withdrawn ones too, as they are compared."""
    return list(_listings(db))


def _listings(db: sqlite3.Connection) -> Iterator[Listing]:
    cursor = db.execute(
        "select id, platform, ref, title, provider, providers, language, kind, code,"
        " substr(coalesce(description, summary), 1, 1500), translations from course"
    )
    for id_, platform, ref, title, provider, others, language, kind, code, text, other in cursor:
        named = (provider, *(json.loads(others) if others else ()))
        yield Listing(
            id=id_,
            platform=platform,
            ref=ref,
            title=title,
            names=tuple(dict.fromkeys(filter(None, named))),
            language=language,
            kind=kind,
            code=code,
            text=text or "",
            translated=_titles(json.loads(other)) if other else (),
        )


def _titles(translations: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """The titles of the course's pages in other languages, where they tell one."""
    told = (each.get("title") or title_in(each.get("url") or "") for each in translations.values())
    return tuple(filter(None, told))


def refresh(db: sqlite3.Connection, decisions: Sequence[Decision] | None = None) -> Summary:
    """Find the clusters anew, keep them, and say what was found.

    Only rows that differ are written. The caller holds the transaction.
    """
    courses = listings(db)
    decided = read_decisions() if decisions is None else decisions
    ids = {(each.platform, each.ref): each.id for each in courses}
    verdicts, unknown = _verdicts(decided, ids)
    found = clusters(courses, verdicts)
    members = [
        (member.id, cluster[0].id, member.nearest, member.score, member.reason)
        for cluster in found
        for member in cluster
    ]
    reasons: dict[str, int] = {}
    for *_, reason in members:
        reasons[reason] = reasons.get(reason, 0) + 1
    return Summary(
        courses=len(courses),
        clusters=len(found),
        listings=len(members),
        reasons=dict(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))),
        unknown=unknown,
        written=_keep(db, set(members)),
    )


def _verdicts(
    decided: Sequence[Decision], ids: dict[tuple[str, str], int]
) -> tuple[Verdicts, tuple[str, ...]]:
    verdicts, unknown = {}, []
    for each in decided:
        missing = [":".join(key) for key in (each.a, each.b) if key not in ids]
        unknown += missing
        if not missing:
            verdicts[frozenset((ids[each.a], ids[each.b]))] = (each.same, each.note)
    return verdicts, tuple(unknown)


def _keep(db: sqlite3.Connection, members: set[tuple[Any, ...]]) -> int:
    before = set(db.execute(f"select {', '.join(_FIELDS)} from same_course"))
    gone, new = before - members, members - before
    db.executemany("delete from same_course where course_id = ?", [row[:1] for row in gone])
    db.executemany(
        f"insert into same_course ({', '.join(_FIELDS)}) values (?, ?, ?, ?, ?)", sorted(new)
    )
    return len(gone | new)
