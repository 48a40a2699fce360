"""Judged courses -> nDCG@10 and friends: how good the ranking is for people like the profiles."""

from __future__ import annotations

import json
import math
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import attrs

from catalogue.errors import WrongUse
from catalogue.evaluate import read_rows
from catalogue.terminal import read_text
from recommend import fitting, index, judged_rows, listed, peers, text
from recommend.candidates import Candidates
from recommend.profile import LANGUAGES as PROFILE_LANGUAGES
from recommend.profile import Profile
from recommend.topics import named_in

DEPTH = 10
LISTED = 12
"""Length of the shortlist that coverage is measured on."""
KEPT = 200
"""How many ranked courses a report names."""
DAY = "2026-01-01"
"""The day that profiles plan from: no judged course states a date."""
_DRAWS = 2000
LANGUAGES = ("all", "fr", "en")
FIGURES = ("coverage", "twins", "followable")
OURS, SHORTLIST = "moocscout", "moocscout shortlist"
Judgements = Mapping[str, Mapping[str, int]]
GRADES = (0, 1, 2, 3)
_SAID = ("key", "lang", "role", "text", "topics")
_UNSTATED = dict.fromkeys(
    ("platform", "description", "url", "language", "organisation", "level", "workload", "rating"),
    "",
)
"""The columns that are read where a file has them."""


@attrs.frozen
class Judged:
    """How one profile's ranking did."""

    profile: str
    language: str
    ndcg: float
    judged: float
    """Share of the first ten that anybody judged, before the others are skipped."""
    coverage: float
    """Share of the wishes that a title or a text among the first twelve names."""
    ranked: tuple[str, ...]
    """The first KEPT, as ranked."""
    twins: float | None = None
    """Share of the first twelve that are the same as a course further up."""
    followable: float | None = None
    """Share of the first twelve that a busy person could follow, who says so (see `listed`)."""


@attrs.frozen
class Report:
    """Profile by profile, of one ranker."""

    profiles: tuple[Judged, ...]
    absent: str | None = None
    """Why it could not be measured."""

    def of(self, language: str | None) -> list[Judged]:
        """The profiles of a language; all for None and "all"."""
        return [each for each in self.profiles if language in (None, "all", each.language)]

    def ndcg(self, language: str | None = None) -> float:
        """Mean nDCG@10 over the profiles, or those of one language; nan for none."""
        held = [each.ndcg for each in self.of(language)]
        return fmean(held) if held else math.nan

    def mean(self, figure: str) -> float:
        """Mean over the profiles of coverage, twins or followable; nan where it is not measured."""
        held = [value for each in self.profiles if (value := getattr(each, figure)) is not None]
        return fmean(held) if held else math.nan

    def interval(self, language: str | None = None) -> tuple[float, float]:
        """95 % of the means of profiles drawn anew with replacement (bootstrap, seed fixed)."""
        held = [each.ndcg for each in self.of(language)]
        return bootstrap(held) if held else (math.nan, math.nan)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; what cannot be measured is null."""
        if self.absent:
            return {"absent": self.absent}
        return {
            "ndcg": {name: _stated(self.ndcg(name)) for name in LANGUAGES},
            "interval": {name: [_stated(end) for end in self.interval(name)] for name in LANGUAGES},
            **{figure: _stated(self.mean(figure)) for figure in FIGURES},
            "profiles": [attrs.asdict(each) for each in self.profiles],
        }


def _stated(value: float) -> float | None:
    return None if math.isnan(value) else value


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of the means of _DRAWS samples."""
    chance = random.Random(0)  # noqa: S311
    means = sorted(fmean(chance.choices(values, k=len(values))) for _ in range(_DRAWS))
    return means[int(0.025 * _DRAWS)], means[int(0.975 * _DRAWS) - 1]


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


@attrs.frozen
class Cases:
    """What rankers are compared on."""

    courses: Sequence[Mapping[str, Any]]
    profiles: Sequence[Profile]
    judgements: Judgements
    found: index.Index | None = None
    """The courses as a catalogue; without it twins and what one could follow are not measured."""

    def report(self, ranked: Callable[[Profile], list[int]]) -> Report:
        """A ranker's report; it gives the places of courses, best first."""
        return Report(tuple(self._judged(who, ranked) for who in self.profiles))

    def _judged(self, who: Profile, ranked: Callable[[Profile], list[int]]) -> Judged:
        places = ranked(who)
        names = [self.courses[at]["cid"] for at in places]
        grades = self.judgements[who.name]
        first = names[:DEPTH]
        judged = Judged(
            profile=who.name,
            language=who.language or "en",
            ndcg=ndcg(names, grades),
            judged=sum(course in grades for course in first) / max(len(first), 1),
            coverage=self._coverage(who, places[:LISTED]),
            ranked=tuple(names[:KEPT]),
        )
        if not self.found:
            return judged
        busy = listed.limited(who)
        return attrs.evolve(
            judged,
            twins=listed.twins(self.found, places[:LISTED]),
            followable=listed.followable(self.found, busy, DAY, ranked(busy)[:LISTED]),
        )

    def _coverage(self, who: Profile, places: Sequence[int]) -> float:
        rows = [self.courses[at] for at in places]
        texts = [f"{row['title']} . {row['description']}" for row in rows]
        language = who.language or "en"
        named = [any(named_in(t, language, text) for text in texts) for t in who.wants]
        return sum(named) / len(named) if named else 1.0


def ranking(
    courses: Sequence[Mapping[str, Any]],
    profiles: Sequence[Profile],
    judgements: Judgements,
) -> Report:
    """Rank the courses for each profile as `moocscout recommend` does, and compare with the grades.

    `courses` are rows with "cid", "platform" and the columns of the CSV files of ../shared;
    judgements are {profile name: {cid: grade}}. The order measured is that of the scores, from
    which the shortlist is chosen.
    """
    cases = Cases(courses, profiles, judgements)
    return cases.report(ours(judged_rows.catalogue_of(courses)))


def ours(found: index.Index) -> Callable[[Profile], list[int]]:
    """Our order by score: the ids of courses, best first."""

    def ranked(who: Profile) -> list[int]:
        best = Candidates(found.db, found, who, DAY).best(KEPT)
        return [candidate.course["id"] for candidate in best[: peers.DEPTH]]

    return ranked


def shortlisted(found: index.Index) -> Callable[[Profile], list[int]]:
    """What a person is shown: the shortlist, and behind it the rest by score."""

    def ranked(who: Profile) -> list[int]:
        asked = Candidates(found.db, found, who, DAY)
        first = [chosen.candidate.course["id"] for chosen in asked.shortlist(LISTED)]
        rest = [candidate.course["id"] for candidate in asked.best(KEPT)]
        return list(dict.fromkeys([*first, *rest]))[: peers.DEPTH]

    return ranked


def side_by_side(cases: Cases, found: index.Index) -> dict[str, Report]:
    """Every ranker's report on the same cases, ours last."""
    reports = {}
    for name, fit in peers.PEERS.items():
        try:
            reports[name] = cases.report(fit(cases.courses))
        except peers.Absent as why:
            reports[name] = Report((), str(why))
    reports[OURS] = cases.report(ours(found))
    reports[SHORTLIST] = cases.report(shortlisted(found))
    return reports


def fitted_on(courses: Sequence[Mapping[str, Any]]) -> index.Index:
    """An index over rows that are in no catalogue; a course's id is its place among them."""
    store = sqlite3.connect(":memory:", isolation_level=None)
    rows = [{field: row.get(field) for field in text.FIELDS} for row in courses]
    hashes = dict.fromkeys(range(len(rows)), b"")
    fitting.write_rows(store, hashes, lambda ids: (rows[at] | {"id": at} for at in ids), 0)
    return index.Index(store, store, index.model(), len(rows))


def read_courses(path: Path) -> list[dict[str, Any]]:
    """Courses of a CSV like courses_real.csv.gz of ../shared: `organisation` is the provider.

    What a file without other columns than cid and title does not state is empty. Raises WrongUse
    on a file that is none, and on a cid that is empty or stands twice.
    """
    rows = read_rows(path, "cid", "title")
    if nameless := [row["title"] for row in rows if not row["cid"]]:
        raise WrongUse(f"{path}: a row has no cid (title: {nameless[0]!r:.100}); give it one")
    _once(path, "cid", (row["cid"] for row in rows))
    if not any(peers.words(f"{row['title']} {row.get('description', '')}") for row in rows):
        raise WrongUse(f"{path} has no words in title and description: nothing to rank by")
    return [{**_UNSTATED, **row, "provider": row.get("organisation", "")} for row in rows]


def _once(path: Path, key: str, names: Iterable[str]) -> None:
    name, times = Counter(names).most_common(1)[0]
    if times > 1:
        raise WrongUse(f"{path}: the {key} {name!r:.200} stands {times} times; keep one of them")


def read_profiles(path: Path) -> list[Profile]:
    """Profiles of a JSON such as ../shared/data/profiles_dev.json.

    Raises WrongUse on another file, and on a profile without one of its five keys.
    """
    held = _read_json(path)
    if not isinstance(held, list) or not held:
        raise WrongUse(f"{path} must be a JSON list of profiles, each with {', '.join(_SAID)}")
    people = [_profile(f"{path}, profile {at}", said) for at, said in enumerate(held, start=1)]
    _once(path, "key", (who.name for who in people))
    return people


def _profile(where: str, said: Any) -> Profile:
    for key in _SAID:
        if not isinstance(said, dict) or not isinstance(said.get(key), str):
            raise WrongUse(f"{where}: {key} is missing or no text; each has {', '.join(_SAID)}")
    if said["lang"] not in PROFILE_LANGUAGES:
        raise WrongUse(f"{where}: lang is {said['lang']!r:.50}; it must be fr or en")
    topics = (topic.strip() for topic in said["topics"].split(","))
    who = Profile(
        name=said["key"],
        role=said["role"],
        text=said["text"],
        language=said["lang"],
        wants=tuple(topic for topic in topics if topic),
    )
    if not peers.words(peers.said(who)):
        raise WrongUse(f"{where}: role, text and topics have no word to look for; fill them in")
    return who


def read_judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades of a JSON such as ../shared/data/judgements_dev.json: {profile name: {cid: grade}}.

    Raises WrongUse on another file, and on a grade that is not one of GRADES.
    """
    held = _read_json(path)
    if not isinstance(held, dict):
        raise WrongUse(f"{path} must be a JSON object: the grades of courses by profile and cid")
    return {name: _grades(f"{path}, {name}", graded) for name, graded in held.items()}


def _grades(where: str, graded: Any) -> dict[str, int]:
    if not isinstance(graded, dict):
        raise WrongUse(f"{where}: must be an object that gives courses, by cid, their grades")
    for course, grade in graded.items():
        if isinstance(grade, bool) or grade not in GRADES:
            raise WrongUse(
                f"{where}: the grade of {course!r:.200} is {json.dumps(grade):.50};"
                " grades are the numbers 0, 1, 2 and 3"
            )
    return {course: int(grade) for course, grade in graded.items()}


def _read_json(path: Path) -> Any:
    try:
        held = json.loads(read_text(str(path)))
        json.dumps(held, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"{path} is not JSON: {error}") from error
    return held


def unmeasurable(grades: Mapping[str, int], known: Container[str]) -> str | None:
    """Why a ranking cannot be measured by these grades when only the known courses are ranked."""
    if not grades:
        return "no grades in the judgements file"
    if not any(course in known for course in grades):
        return "none of the graded courses is in the courses file"
    if not any(grade and course in known for course, grade in grades.items()):
        return "no grade above 0 for a course of the courses file"
    return None
