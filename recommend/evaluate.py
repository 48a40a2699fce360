"""Judged courses -> nDCG@10: how good the text ranking is for people like those of the profiles."""

from __future__ import annotations

import csv
import gzip
import json
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import attrs

from recommend import index, text
from recommend.profile import Profile
from recommend.query import terms_of
from recommend.search import search

DEPTH = 10


@attrs.frozen
class Judged:
    """How one profile's ranking did."""

    profile: str
    language: str
    ndcg: float
    judged: float
    """Share of the first ten that anybody judged, before the others are skipped."""
    ranked: tuple[str, ...]
    """The first ten, as ranked."""


@attrs.frozen
class Report:
    """Profile by profile."""

    profiles: tuple[Judged, ...]

    def ndcg(self, language: str | None = None) -> float:
        """Mean nDCG@10 over the profiles, or those of one language; nan for none."""
        held = [each.ndcg for each in self.profiles if language in (None, each.language)]
        return fmean(held) if held else math.nan

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        means = {"all": self.ndcg(), "fr": self.ndcg("fr"), "en": self.ndcg("en")}
        return {"ndcg": means, "profiles": [attrs.asdict(each) for each in self.profiles]}


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """nDCG at `depth` on the condensed list: courses that nobody judged are skipped.

    Gain 2^grade - 1, discount log2(rank + 1), ideal from all grades (Järvelin & Kekäläinen
    2002; gain of Burges et al. 2005; condensed lists of Sakai 2007). 0 when nothing is relevant.
    """
    held = [grades[course] for course in ranked if course in grades]
    ideal = _dcg(sorted(grades.values(), reverse=True)[:depth])
    return _dcg(held[:depth]) / ideal if ideal else 0.0


def _dcg(grades: Iterable[int]) -> float:
    return math.fsum(
        (2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1)
    )


def ranking(
    courses: Sequence[Mapping[str, Any]],
    profiles: Sequence[Profile],
    judgements: Mapping[str, Mapping[str, int]],
) -> Report:
    """Rank the courses by text for each profile and compare with the grades.

    `courses` are rows with "cid", "platform" and the columns of `text.FIELDS`; judgements are
    {profile name: {cid: grade}}.
    """
    names = [row["cid"] for row in courses]
    fitted = fitted_on(courses)
    found = []
    for profile in profiles:
        cosines = search(fitted, terms_of(profile)).cosines
        order = sorted(cosines, key=lambda at: (-cosines[at], names[at]))
        ranked = [names[at] for at in order]
        found.append(_judged(profile, ranked, judgements[profile.name]))
    return Report(tuple(found))


def _judged(profile: Profile, ranked: Sequence[str], grades: Mapping[str, int]) -> Judged:
    first = tuple(ranked[:DEPTH])
    share = sum(course in grades for course in first) / max(len(first), 1)
    return Judged(profile.name, profile.language or "en", ndcg(ranked, grades), share, first)


def fitted_on(courses: Sequence[Mapping[str, Any]]) -> index.Index:
    """An index over rows that are in no catalogue; a course's id is its place among them."""
    store = sqlite3.connect(":memory:", isolation_level=None)
    rows = [{field: row.get(field) for field in text.FIELDS} for row in courses]
    index.write(store, [row | {"id": at, "platform": "-"} for at, row in enumerate(rows)], 0)
    return index.Index(store, store, index.model(), len(rows))


def read_courses(path: Path) -> list[dict[str, Any]]:
    """Courses of a CSV like courses_real.csv.gz of ../shared: `organisation` is the provider."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [row | {"provider": row["organisation"]} for row in csv.DictReader(lines)]


def read_profiles(path: Path) -> list[Profile]:
    """Profiles of a JSON such as ../shared/data/profiles_dev.json."""
    return [
        Profile(
            name=said["key"],
            role=said["role"],
            text=said["text"],
            language=said["lang"],
            wants=tuple(topic.strip() for topic in said["topics"].split(",")),
        )
        for said in json.loads(path.read_text(encoding="utf-8"))
    ]
