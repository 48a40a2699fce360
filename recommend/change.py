"""What of a profile would have to change for a course to enter the list: one key each time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import attrs

from recommend import pace, wording
from recommend.match import Match
from recommend.profile import Profile
from recommend.signals import SILENT, Figure, cost
from recommend.signals.person import avoid, known

_LADDER = ("beginner", "intermediate", "advanced")
LIMITS = ("hours_per_week", "weeks_at_most", "budget")
"""Figures that a profile may leave out."""
_ASKS: Mapping[str, frozenset[str]] = {
    "hours_per_week": frozenset({"hours", "weeks", "total"}),
    "weeks_at_most": frozenset({"weeks", "total"}),
    "budget": frozenset({"price", "hourly"}),
    "certificate": frozenset({"certificate"}),
}
"""Key that may be left out -> the signals that ask for it."""


class Possible(NamedTuple):
    """One key of a profile with another value, not yet tried."""

    key: str
    value: Any
    about: Any
    """What a sentence says of it: the new figure, the topics taken out."""


class Change(NamedTuple):
    """One key of the profile with another value, and the number in the list that it gives."""

    key: str
    value: Any
    about: Any
    listed: int

    def says(self, lang: str) -> str:
        """ "3rd in the list if you accept 5 h a week" """
        place = wording.phrase(lang, "in_list", place=wording.ordinal(lang, self.listed))
        name, spoken = _SAID[self.key]
        if self.value is None and self.key in LIMITS:
            return wording.phrase(lang, f"if_no_{name}", place=place)
        return wording.phrase(lang, f"if_{name}", place=place, value=spoken(lang, self.about))

    def as_json(self, lang: str) -> dict[str, Any]:
        """Plain JSON values."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        said = self.says(lang)
        return {"key": self.key, "value": value, "listed": self.listed, "says": said}


def possible(profile: Profile, match: Match) -> Iterator[Possible]:
    """Changes of one key that would lift a signal that takes points away, here or elsewhere."""
    lost = {part.name for part in match.signals if part.points < 0}
    yield from _limits(profile, match.course, lost)
    yield from _choices(profile, match, lost)
    if unlearnt := _unlearnt(profile, match, lost):
        yield _without("knows", profile.knows, unlearnt)
    if "avoid" in lost:
        yield _without("avoid", profile.avoid, _held(avoid, "avoid", profile, match))
    # What these give to others may be all that stands before the course.
    yield from _without_limits(profile, {part.name for part in match.signals})
    for key in ("tone", "approach"):
        if getattr(profile, key):
            yield Possible(key, None, None)


def _without_limits(profile: Profile, told: set[str]) -> Iterator[Possible]:
    """Limits left out, of which the course's page states anything."""
    for key, names in _ASKS.items():
        if getattr(profile, key) not in (None, False) and not names.isdisjoint(told):
            yield Possible(key, False if key == "certificate" else None, None)


def _limits(profile: Profile, course: Mapping[str, Any], lost: set[str]) -> Iterator[Possible]:
    def upto(key: str, least: float) -> Possible:
        figure = float(math.ceil(least))
        return Possible(key, figure, figure)

    if {"hours", "weeks", "total"} & lost:
        needed = max(course["weekly_hours"] or 0.0, _in_time(course, profile))
        if needed > (profile.hours_per_week or math.inf):
            yield upto("hours_per_week", needed)
    if {"weeks", "total"} & lost:
        needed = max(pace.length(course).most, pace.own_span(course, profile).most)
        if needed > (profile.weeks_at_most or math.inf):
            yield upto("weeks_at_most", needed)
    if {"price", "hourly"} & lost and (paid := cost(course, profile)):
        yield upto("budget", paid)


def _in_time(course: Mapping[str, Any], profile: Profile) -> float:
    """Hours a week with which the whole course ends in time; 0 where that is not known."""
    weeks = profile.weeks_at_most
    return pace.effort(course).most / weeks if weeks else 0.0


def _choices(profile: Profile, match: Match, lost: set[str]) -> Iterator[Possible]:
    course, provider = match.course, match.signal("provider")
    if "language" in lost and course["language"]:
        code = course["language"].split("-")[0]
        yield Possible("reads", (*profile.reads, code), code)
    level = "beginner" if "introduction" in lost else course["level"]
    if level in _LADDER and level != profile.level:
        yield Possible("level", level, level)
    if "platform" in lost:
        name = course["platform"]
        yield Possible("platforms", (*profile.platforms, name), name)
    if "audience" in lost:
        yield Possible("audience", course["audience"], None)
    if "provider" in lost and provider:
        kind = provider.evidence[0].values["kind"]
        yield Possible("provider_kinds", (*profile.provider_kinds, kind), kind)


def _without(key: str, topics: tuple[str, ...], out: tuple[str, ...]) -> Possible:
    return Possible(key, tuple(topic for topic in topics if topic not in out), out)


def _unlearnt(profile: Profile, match: Match, lost: set[str]) -> tuple[str, ...]:
    """The topics known for which this course loses points."""
    held = set(_held(known, "knows", profile, match)) if "known" in lost else set()
    novelty = match.signal("novelty")
    if "novelty" in lost and novelty:
        words = f", {novelty.evidence[0].words}, "
        held |= {topic for topic in profile.knows if f", {topic}, " in words}
    return tuple(topic for topic in profile.knows if topic in held)


def _held(figure: Figure, key: str, profile: Profile, match: Match) -> tuple[str, ...]:
    """The topics for which a signal takes points: it names one, and then perhaps the next."""
    out: list[str] = []
    while (said := figure(match.course, (), profile, "")) and said is not SILENT:
        out.append(said.evidence[0].values["topic"])
        left: Any = tuple(topic for topic in getattr(profile, key) if topic not in out)
        profile = attrs.evolve(profile, **{key: left})
    return tuple(out)


_Spoken = Callable[[str, Any], str]


def _nothing(_lang: str, _about: Any) -> str:
    return ""


def _topics(lang: str, topics: tuple[str, ...]) -> str:
    return wording.listed(lang, [wording.quoted(lang, topic) for topic in topics])


_SAID: Mapping[str, tuple[str, _Spoken]] = {
    "weeks_at_most": ("weeks", wording.weeks),
    "hours_per_week": ("hours", wording.hours),
    "budget": ("budget", wording.money),
    "certificate": ("certificate", _nothing),
    "platforms": ("platforms", lambda _lang, name: str(name)),
    "provider_kinds": ("providers", lambda lang, kind: wording.PROVIDER_KINDS[kind][lang]),
    "approach": ("approach", _nothing),
    "tone": ("tone", _nothing),
    "audience": ("audience", _nothing),
    "level": ("level", lambda lang, level: wording.COURSES_FOR[level][lang]),
    "avoid": ("avoid", _topics),
    "knows": ("knows", _topics),
    "reads": ("reads", wording.read_language),
}
"""Key -> its phrase, and how what it is about is said; what asks least of a person first."""
EASE: Mapping[str, int] = {key: at for at, key in enumerate(_SAID)}
