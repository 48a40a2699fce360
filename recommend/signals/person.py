"""Whom it suits: language, level, what the person knows, avoids and can use."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from recommend import experience, topics
from recommend.mention import mentioned
from recommend.profile import Profile
from recommend.signals.base import SILENT, Evidence, Row, Signal, quoted, signal
from recommend.text import clauses, content


def language(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """The course's language among those read: +4 the first, +2 another, -40 none of them.

    Subtitles in a language that is read leave -3. Never a filter: the loss is shown.
    """
    if not profile.reads:
        return SILENT
    taught = taught_in(course)
    if not taught:
        return None
    reads = [code.split("-")[0] for code in profile.reads]
    spoken = next((code for code in reads if code in taught), None)
    if spoken is not None:
        points, rule = (4.0 if spoken == reads[0] else 2.0), "language.read"
    elif spoken := next((c for c in reads if c in _codes(course["subtitles"])), None):
        points, rule = -3.0, "language.subtitles"
    else:
        points, rule = -40.0, "language.unread"
    values = {"language": spoken, "taught_languages": taught}
    return signal("language", points, quoted(course, rule, "language", "languages", **values))


def taught_in(course: Row) -> list[str]:
    """The codes of the languages that a course is taught in, countries left out."""
    return _codes(course["languages"]) or _codes([course["language"]])


def _codes(value: Any) -> list[str]:
    listed = _decoded(value) if isinstance(value, str) else value
    return list(dict.fromkeys(code.lower().split("-")[0] for code in listed or () if code))


@lru_cache(maxsize=256)
def _decoded(listed: str) -> Any:
    """A JSON list of languages: there are few."""
    return json.loads(listed)


_STEPS = {0: 3.0, 1: -1.0, 2: -4.0}
_LADDER = ("beginner", "intermediate", "advanced")


def level(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """The course's level against the person's: +3 the same, -1 one step off, -4 two."""
    if profile.level not in _LADDER:
        return SILENT
    if course["level"] is None:
        return None
    if course["level"] == "mixed":
        return signal("level", 1, quoted(course, "level.mixed", "level"))
    step = _LADDER.index(course["level"]) - _LADDER.index(profile.level)
    rule = "level.same" if step == 0 else "level.below" if step < 0 else "level.above"
    values = {"level": course["level"], "mine_level": profile.level}
    return signal("level", _STEPS[abs(step)], quoted(course, rule, "level", **values))


def known(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """A title on what the person knows: -8 when it is an introduction to it, else -3."""
    title = course["title"]
    introduces = course["level"] == "beginner" or experience.introductory(title) is not None
    for topic in profile.knows:
        field = field_of(topic)
        words = topics.named_in(field, profile.language or "en", title)
        # Whoever knows marketing, or its fundamentals, may well want SQL for marketing.
        first = introduces and _alone(field, profile, title)
        if words and (first or _names(topic, field)):
            rule = "known.introduction" if first else "known.topic"
            evidence = Evidence(rule, "title", words, "page", {"topic": topic})
            return signal("known", -8 if first else -3, evidence)
    return SILENT


def _names(topic: str, field: str) -> bool:
    """Is what a topic is about the topic itself, and not the bases of it?"""
    return field == " ".join(topic.split())


def _alone(field: str, profile: Profile, title: str) -> bool:
    """Does any clause of a title speak of nothing but the field, "marketing for beginners"?"""
    for clause in clauses(title):
        words = topics.named_in(field, profile.language or "en", clause)
        said = [word for word in content(clause) if experience.introductory(word) is None]
        if words and len(said) <= len(words.split()):
            return True
    return False


@lru_cache(maxsize=256)
def field_of(topic: str) -> str:
    """What a topic known is about: "marketing" for "marketing fundamentals"."""
    return " ".join(word for word in topic.split() if experience.introductory(word) is None)


def introduction(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:
    """A title that only begins, for a person with experience: -4.

    Silent where `known` says of which topic; a beginner may well begin.
    """
    behind = experience.behind(profile)
    word = experience.introductory(course["title"]) if behind else None
    if word is None:
        return SILENT
    of = known(course, sessions, profile, day)
    if of and of.points <= _KNOWN_INTRODUCTION:
        return SILENT
    return signal("introduction", -4, Evidence(f"introduction.{behind}", "title", word, "page"))


_KNOWN_INTRODUCTION = -800


def novelty(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """What the course holds of the person's field that he does not know: +2 all, -2 none of it.

    The shares are of the course's TF-IDF weights (see `recommend.novelty`); the index gives them.
    """
    found = course.get("novelty")
    if not profile.knows or found is None:
        return SILENT
    evidence = Evidence("novelty.share", None, found.words, "page", {"new_share": found.new})
    return signal("novelty", 4.0 * found.new - 2.0, evidence)


def rising(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """A title or skill on a wish that more and more courses speak of: +1.

    Which wishes are on the rise the index says (see `recommend.rising`).
    """
    for topic, rise in (course.get("rising") or {}).items():
        for field in ("title", "skills"):
            said = course[field]
            if said and (words := topics.named_in(topic, profile.language or "en", said)):
                values = {"topic": topic, "before_count": rise.before, "now_count": rise.now}
                evidence = Evidence("rising.topic", field, words, "page", values)
                return signal("rising", 1, evidence)
    return SILENT


def avoid(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """A topic that is not wanted: -10 in the title, -4 in the skills, -1 where a text mentions it.

    Title and skills are what a course is about; a text may say "nursing" of those it is not for.
    """
    for field, points in (("title", -10), ("skills", -4), ("summary", -1), ("description", -1)):
        says = topics.named_in if field in _HEADLINE else mentioned
        said = course[field]
        for topic in profile.avoid if said else ():
            if words := says(topic, profile.language or "en", said):
                rule = "avoid.named" if field in _HEADLINE else "avoid.mentioned"
                evidence = Evidence(rule, field, words, "page", {"topic": topic})
                return signal("avoid", points, evidence)
    return SILENT


_HEADLINE = ("title", "skills")


def platform(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Is it on a platform that can be used? -10 where it is not."""
    if not profile.platforms or course["platform"] in profile.platforms:
        return SILENT
    evidence = Evidence("platform.other", "platform", course["platform"], "platform")
    return signal("platform", -10, evidence)


def audience(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Whom the course is for: +2 as asked, -5 for others; public courses suit everybody."""
    if profile.audience is None or course["audience"] == "public":
        return SILENT
    same = course["audience"] == profile.audience
    rule = "audience.same" if same else "audience.other"
    evidence = Evidence(rule, "audience", course["audience"], "platform")
    return signal("audience", 2 if same else -5, evidence)


def provider(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """The kind of provider among those wished: +2, another kind: -2."""
    if not profile.provider_kinds:
        return SILENT
    kind = course.get("provider_kind")
    if kind is None:
        return None
    wished = kind in profile.provider_kinds
    rule = "provider.wished" if wished else "provider.other"
    words = course.get("provider_kind_why") or course["provider"]
    evidence = Evidence(rule, "provider", words, "platform", {"kind": kind})
    return signal("provider", 2 if wished else -2, evidence)
