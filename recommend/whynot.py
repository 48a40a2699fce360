"""Why a course is not among the first ten: what pushed it down, and what would have to change.

Each change alters one key of the profile and is tried: the courses are ranked again.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import attrs

from recommend import wording
from recommend.index import Index
from recommend.match import Match, says
from recommend.profile import Profile
from recommend.rank import Ranker
from recommend.shortlist import single
from recommend.signals import POINT, cost

FIRST = 10
"""Places that count as found."""
DEPTH = 50
"""The place of a course further down is not told."""
_LADDER = ("beginner", "intermediate", "advanced")


class Change(NamedTuple):
    """One key of the profile with another value, and the place that the course then has."""

    key: str
    value: Any
    place: int

    def says(self, lang: str) -> str:
        """ "3rd if you accept 5 h a week" """
        place = wording.ordinal(lang, self.place)
        name, values = _WORDS[self.key](self.value)
        return wording.phrase(lang, f"if_{name}", place=place, **values(lang))


class WhyNot(NamedTuple):
    """One course against the first ten of its profile."""

    place: int | None
    """Its place by score, twins counted once; None below DEPTH."""
    needed: int | None
    """Points of the tenth, in hundredths; None where there are fewer courses."""
    gap: int
    """Points that it lacks for the tenth place; 0 when it is among them."""
    against: tuple[str, ...]
    """Signals that take points away, most first."""
    changes: tuple[Change, ...]
    """What would bring it among the first ten, the best first."""

    def as_json(self, match: Match, lang: str) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "place": self.place,
            "beyond": None if self.place else DEPTH,
            "needed": None if self.needed is None else self.needed / POINT,
            "gap": self.gap / POINT,
            "against": [_part(match, name, lang) for name in self.against],
            "changes": [
                {"key": c.key, "value": _plain(c.value), "place": c.place, "says": c.says(lang)}
                for c in self.changes
            ],
        }


def _part(match: Match, name: str, lang: str) -> dict[str, Any]:
    part = match.signal(name)
    assert part is not None  # noqa: S101 - its name was taken from the match
    return {"name": name, "points": part.points / POINT, "says": says(part, lang)}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def why_not(
    index: Index, profile: Profile, day: str, match: Match, *, first: int = FIRST
) -> WhyNot:
    """What keeps a course, as `rank.explain` matched it, from the `first` places."""
    course_id = match.course["id"]
    ranker = Ranker(index.db, index, profile, day)
    best = single(ranker.best(DEPTH), DEPTH)
    place = _place(best, index, course_id)
    needed = best[first - 1].score if len(best) >= first else None
    lost = sorted((p.points, p.name) for p in match.parts if p.kind == "signal" and p.points < 0)
    inside = place is not None and place <= first
    gap = 0 if inside or needed is None else max(0, needed - match.score)
    changes = () if inside else _changes(index, profile, day, match, first)
    return WhyNot(place, needed, gap, tuple(name for _, name in lost), tuple(changes))


def _place(best: list[Any], index: Index, course_id: int) -> int | None:
    """The place of a course, or of the twin that stands for it."""
    same = {course_id, *index.twins(course_id)}
    ids = [candidate.course["id"] for candidate in best]
    return next((place for place, at in enumerate(ids, start=1) if at in same), None)


def _changes(index: Index, profile: Profile, day: str, match: Match, first: int) -> list[Change]:
    """The single changes that bring the course among the `first`, by ranking again."""
    found = []
    for key, value in dict(_possible(profile, match)).items():
        place = place_with(index, profile, day, match, key, value, first=first)
        if place is not None:
            found.append(Change(key, value, place))
    return sorted(found, key=lambda change: (change.place, change.key))


def place_with(
    index: Index, profile: Profile, day: str, match: Match, key: str, value: Any, *,
    first: int = FIRST,
) -> int | None:  # fmt: skip
    """The course's place under a profile with one key changed; None below the `first`."""
    changed = attrs.evolve(profile, **{key: value})
    best = single(Ranker(index.db, index, changed, day).best(first), first)
    return _place(best, index, match.course["id"])


def _possible(profile: Profile, match: Match) -> Iterator[tuple[str, Any]]:
    """Changes of one key that would lift a signal that takes points away."""
    course = match.course
    lost = {p.name for p in match.parts if p.kind == "signal" and p.points < 0}
    if "hours" in lost:
        yield "hours_per_week", float(math.ceil(course["weekly_hours"]))
    if "weeks" in lost and course["weeks"] is not None:
        yield "weeks_at_most", float(math.ceil(max(course["weeks"], _own(course, profile))))
    if {"price", "hourly"} & lost and (paid := cost(course, profile)):
        yield "budget", float(math.ceil(paid))
    if "certificate" in lost:
        yield "certificate", False
    if "language" in lost and course["language"]:
        yield "reads", (*profile.reads, course["language"].split("-")[0])
    if "level" in lost and course["level"] in _LADDER:
        yield "level", course["level"]
    if "platform" in lost:
        yield "platforms", (*profile.platforms, course["platform"])
    if "audience" in lost:
        yield "audience", course["audience"]
    yield from _without(profile, lost)


def _own(course: Any, profile: Profile) -> float:
    hours, mine = course["hours"], profile.hours_per_week
    return hours / mine if hours and mine else 0.0


def _without(profile: Profile, lost: set[str]) -> Iterator[tuple[str, Any]]:
    """Changes that take a wish, or a piece of knowledge, back."""
    if {"known", "novelty"} & lost:
        yield "knows", ()
    if "avoid" in lost:
        yield "avoid", ()
    if "tone" in lost and profile.tone:
        yield "tone", None
    if {"approach"} & lost:
        yield "approach", None
    if "provider" in lost:
        yield "provider_kinds", ()


def _named(name: str, kind: Any) -> Any:
    return lambda value: (name, lambda lang: {"value": kind(lang, value)})


def _bare(name: str) -> Any:
    return lambda _value: (name, lambda _lang: {})


_WORDS: dict[str, Any] = {
    "hours_per_week": _named("hours", wording.hours),
    "weeks_at_most": _named("weeks", wording.weeks),
    "budget": _named("budget", wording.money),
    "certificate": _bare("certificate"),
    "reads": _named("reads", lambda lang, codes: wording.read_language(lang, codes[-1])),
    "level": _named("level", lambda lang, level: wording.LEVELS[level][lang]),
    "platforms": _named("platforms", lambda _lang, names: names[-1]),
    "audience": _bare("audience"),
    "knows": _bare("knows"),
    "avoid": _bare("avoid"),
    "tone": _bare("tone"),
    "approach": _bare("approach"),
    "provider_kinds": _bare("providers"),
}
