"""Judged courses -> nDCG@10 and friends: how good the ranking is for people like the profiles."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

import attrs

from recommend import index, listed, peers
from recommend.candidates import Candidates
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


def unmeasurable(grades: Mapping[str, int], known: Container[str]) -> str | None:
    """Why a ranking cannot be measured by these grades when only the known courses are ranked."""
    if not grades:
        return "no grades in the judgements file"
    if not any(course in known for course in grades):
        return "none of the graded courses is in the courses file"
    if not any(grade and course in known for course, grade in grades.items()):
        return "no grade above 0 for a course of the courses file"
    return None
