"""What a ranking says: parts, matches, and both as plain JSON values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import attrs

from recommend import pace, topics, wording
from recommend.opening import Opening
from recommend.profile import Profile
from recommend.signals import POINT, Evidence, undecided
from recommend.text import headline

_SHOWN = (
    "platform",
    "ref",
    "title",
    "url",
    "provider",
    "language",
    "weeks",
    "weeks_low",
    "weeks_high",
    "weekly_hours",
    "hours",
    "total_hours_low",
    "total_hours_high",
    "price",
    "currency",
    "billing",
    "access",
    "certificate",
    "certificate_price",
    "level",
    "pace",
)

LOOSE = 0.25
"""Share of the best text's points below which a course is there for other things."""
LITTLE = 20 * POINT
"""A text that earns less is a chance word or two: the best for a profile earn some 50 points."""


class Part(NamedTuple):
    """One line of a score. Text parts are words, signal parts the names of signals."""

    kind: str
    """text or signal."""
    name: str
    points: int
    """Hundredths."""
    origin: str | None = None
    """For a word that came over the bridge, the profile's own words."""
    topic: str | None = None
    """The wish that a word belongs to."""
    phrase: str | None = None
    """What the bridge led to, where the word is one of several of it."""
    evidence: tuple[Any, ...] = ()
    """dicts {term, fields, points} of a text part, with {page} where the page writes the word
    otherwise; `signals.Evidence` of a signal."""


class Match(NamedTuple):
    """One course, its score and what it is made of."""

    course: Mapping[str, Any]
    opening: Opening | None
    finish: str | None
    score: int
    """Hundredths: the sum of the parts."""
    parts: tuple[Part, ...]
    unknown: tuple[str, ...]
    also: tuple[Mapping[str, Any], ...] = ()
    """The same course on other platforms."""
    capped: bool = False
    """It is the last of its provider that the shortlist takes, though there are others."""
    adds: tuple[str, ...] = ()
    """Wishes that it is the first in the shortlist to be squarely about."""
    loose: bool = False
    """It has little to do with the wishes, beside the others of the list."""
    overruns: str | None = None
    """The session's last day, where the person's own pace goes beyond it: no `finish` then."""

    @property
    def words(self) -> list[Part]:
        """The parts that the text gave."""
        return [part for part in self.parts if part.kind == "text"]

    @property
    def signals(self) -> list[Part]:
        """The parts that signals gave."""
        return [part for part in self.parts if part.kind == "signal"]

    @property
    def text(self) -> int:
        """Hundredths that the text gave."""
        return sum(part.points for part in self.words)

    @property
    def wished(self) -> int:
        """Hundredths of them that the words of wishes gave, wanted or nice to have."""
        return sum(part.points for part in self.words if part.topic)

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """Wishes that it is squarely about, then those that it speaks of."""
        wished = self.course.get("wishes")
        return tuple(dict.fromkeys((*wished.named, *wished.spoken))) if wished else ()

    def signal(self, name: str) -> Part | None:
        """A signal's part; None where it has none. A word may bear the same name."""
        return next((part for part in self.signals if part.name == name), None)


def compared(matches: Sequence[Match], profile: Profile) -> tuple[Match, ...]:
    """The matches of a list, of which those are told that are there for other things than wishes:
    they speak of none in full, name nothing that would be nice, and the words of the wishes earn
    less than LOOSE of what the best one's do, or than LITTLE."""
    least = LOOSE * max((match.wished for match in matches), default=0)
    least = max(least, LITTLE * profile.weight("text"))
    return tuple(
        match._replace(
            loose=bool(profile.wants) and match.wished < least and not _names_any(match, profile)
        )
        for match in matches
    )


def _names_any(match: Match, profile: Profile) -> bool:
    """Does the course speak of a wish, or name something that would be nice?"""
    said, language = headline(match.course), profile.language or "en"
    return match.signal("wishes") is not None or any(
        topics.named_in(topic, language, said) for topic in profile.curious
    )


class Ranking(NamedTuple):
    """The shortlist for one profile on one day."""

    profile: Profile
    day: str
    model: str
    data_date: str | None
    matches: tuple[Match, ...]
    lang: str

    @property
    def uncovered(self) -> tuple[str, ...]:
        """Wishes that no course of it speaks of."""
        spoken = {topic for match in self.matches for topic in match.speaks_of}
        return tuple(topic for topic in self.profile.wants if topic not in spoken)

    def as_json(self) -> dict[str, Any]:
        """The ranking as plain JSON values; sentences are in `lang`."""
        profile = {"name": self.profile.name, "hash": self.profile.hash}
        return {
            "profile": profile | self.profile.as_dict(),
            "day": self.day,
            "model": self.model,
            "data_date": self.data_date,
            "matches": [match_json(match, self.lang) for match in self.matches],
            "uncovered": list(self.uncovered),
        }


def match_json(match: Match, lang: str) -> dict[str, Any]:
    """One match as plain JSON values."""
    course = {name: match.course[name] for name in _SHOWN}
    course["weekly_hours"] = pace.weekly(course)
    said = match.course["languages"]
    course["languages"] = json.loads(said) if said else None
    return {
        "course": course | _when(match, lang),
        "score": match.score / POINT,
        "parts": [_part_json(part, lang) for part in match.parts],
        "unknown": list(match.unknown),
        "also": [dict(also) for also in match.also],
        "capped": match.capped,
        "adds": list(match.adds),
        "loose": match.loose,
        "speaks_of": list(match.speaks_of),
    }


def _when(match: Match, lang: str) -> dict[str, Any]:
    opened = _opening_json(match, lang)
    return {"open": opened, "finish": match.finish, "overruns": match.overruns}


def _opening_json(match: Match, lang: str) -> dict[str, Any] | None:
    if match.opening is None:
        return None
    return attrs.asdict(match.opening) | {"words": opening_says(match, lang)}


def opening_says(match: Match, lang: str) -> str | None:
    """Whether one can enrol, and the session's days where its dates do not tell; None unknown."""
    if part := match.signal("open"):
        return says(part, lang)
    evidence = undecided(match.opening)
    return _sentence(evidence, lang) if evidence else None


def _part_json(part: Part, lang: str) -> dict[str, Any]:
    found = {"kind": part.kind, "name": part.name, "points": part.points / POINT}
    if part.kind == "text":
        told = {
            "label": label(part, lang),
            "from": part.origin,
            "phrase": part.phrase,
            "topic": part.topic,
        }
        return found | told | {"evidence": list(part.evidence)}
    evidence = [_evidence_json(each, lang) for each in part.evidence]
    return found | {"label": label(part, lang), "says": says(part, lang), "evidence": evidence}


def label(part: Part, lang: str) -> str:
    """A part's name as a person reads it: "personalisation (from personnalisation)"."""
    if part.kind == "signal":
        return wording.LABELS[part.name][lang]
    return named(part.name, part.origin, part.phrase, lang)


def named(words: str, origin: str | None, phrase: str | None, lang: str) -> str:
    """Words of a course with the profile's own, from which the bridge led to them."""
    if origin and origin.casefold() != words.casefold():
        said = wording.phrase(
            lang, "from_phrase" if phrase else "from", origin=origin, phrase=phrase
        )
        return f"{words} ({said})"
    return words


def says(part: Part, lang: str) -> str:
    """A signal's sentence."""
    return "; ".join(dict.fromkeys(_sentence(evidence, lang) for evidence in part.evidence))


def _sentence(evidence: Evidence, lang: str) -> str:
    """A rule's sentence, into which the words may go that it was applied to."""
    values = {**evidence.values, "said_topic": evidence.words}
    return wording.sentence(lang, evidence.rule, values)


def _evidence_json(evidence: Evidence, lang: str) -> dict[str, Any]:
    return {
        "field": evidence.field,
        "words": evidence.words,
        "source": evidence.source,
        "rule": _sentence(evidence, lang),
    }
