"""What is unclear in a profile: by itself, and against a catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from catalogue.words import fold
from recommend import holding, language, lexicon, text, topics
from recommend.candidates import courses
from recommend.index import Index
from recommend.profile import LANGUAGES, Profile
from recommend.profiling import limits, wording
from recommend.signals import SILENT
from recommend.signals.person import avoid

_WISHES = ("wants", "curious")
_NO_WISHES = ("knows", "avoid")
TOPICS = (*_WISHES, *_NO_WISHES)
BROAD = 0.25
"""A topic in more than this share of the courses does not tell them apart."""
_NEAR = 88
"""Likeness (rapidfuzz's ratio, 0 to 100) from which on a word may be the one that was meant."""
_AT_ONCE = 100
"""Courses that are read at once to find one that goes down for a topic."""
_INITIALS = re.compile(r"\w+(?:\s?&\s?\w+)+")
"""B&B: of names with an ampersand, one that `text` does not know as a word."""


@attrs.frozen
class Remark:
    """Something that a person should look at."""

    rule: str
    """Name of a sentence in `wording.REMARKS`."""
    values: Mapping[str, Any]

    def says(self, lang: str) -> str:
        """The remark in a sentence."""
        return wording.remark(lang, self.rule, self.values)

    def as_json(self, lang: str) -> dict[str, Any]:
        """Plain JSON values."""
        return {"rule": self.rule, **self.values, "says": self.says(lang)}


def by_itself(profile: Profile) -> Iterator[Remark]:
    """What is missing, said twice, contradictory or says nothing."""
    if not profile.wants:
        yield Remark("no_topic", {})
    for key in ("hours_per_week", "weeks_at_most", "reads", "level"):
        if not getattr(profile, key):
            yield Remark(f"missing.{key}", {"key": key})
    said = [(key, topic) for key in TOPICS for topic in getattr(profile, key)]
    for key, topic in said:
        if not text.content(topic):
            yield Remark(_why_nothing(topic), {"key": key, "topic": topic})
    yield from _said_again(said)
    if profile.budget == 0 and profile.certificate:
        yield Remark("free_certificate", {})


def _why_nothing(topic: str) -> str:
    """The remark on a topic of which no word is read."""
    found = text.tokens(topic)
    if not found:
        return "no_word"
    if _INITIALS.fullmatch(topic.strip()):
        return "initials"
    short = all(len(token) == 1 or token.isdigit() for token in found)
    return "too_short" if short else "says_nothing"


def _said_again(said: list[tuple[str, str]]) -> Iterator[Remark]:
    """Topics of the same stems and figures: both wished for and not, or said in several ways."""
    alike: dict[Any, list[tuple[str, str]]] = {}
    for key, topic in said:
        if form := topics.forms(topic, "fr")[:1]:
            figures = tuple(filter(str.isdigit, text.tokens(topic)))  # "Python 2" is no "Python 3"
            alike.setdefault((form, figures), []).append((key, topic))
    for group in alike.values():
        wished, other = (
            [each for each in group if each[0] in side] for side in (_WISHES, _NO_WISHES)
        )
        if wished and other:
            (key, topic), (other_key, _) = wished[0], other[0]
            yield Remark("contradiction", {"topic": topic, "key": key, "other_key": other_key})
        for same in (wished, other):
            if len(same) > 1:
                keys = ", ".join(dict.fromkeys(key for key, _ in same))
                yield Remark("twice", {"keys": keys, "topics": [topic for _, topic in same]})


def against(profile: Profile, found: Index) -> Iterator[Remark]:
    """What the catalogue cannot answer: topics that no course has, or too many, or others."""
    shelf = _Shelf(profile, found)
    for key in ("wants", "curious"):
        for topic in getattr(profile, key):
            if text.content(topic) and (remark := shelf.remark(key, topic)):
                yield remark
    for topic in filter(text.content, profile.avoid):
        if not shelf.avoids(topic):
            yield Remark("unavoided", {"key": "avoid", "topic": topic, "near": shelf.near(topic)})
    listed = [name for (name,) in found.db.execute("select name from platform order by name")]
    for name in profile.platforms:
        if name not in listed:
            yield Remark("platform", {"name": name, "known": ", ".join(listed)})
    for limit in limits.few(profile, found):
        said = {"key": limit.key, "limit": getattr(profile, limit.key, ())}
        counts = {"count": limit.courses, "courses": limit.known}
        yield Remark(f"few.{limit.key}", said | counts)


class _Shelf:
    """The courses of a catalogue, asked for one profile's topics."""

    def __init__(self, profile: Profile, found: Index) -> None:
        self.profile = profile
        self.index = found
        self.language = profile.language or "en"
        (self.other,) = (code for code in LANGUAGES if code != self.language)
        self.reads_other = self.other in profile.reads

    def remark(self, key: str, topic: str) -> Remark | None:
        """The first thing to say of a topic."""
        forms = topics.forms(topic, self.language)
        everywhere = holding.spoken(self.index, [topic], self.language)[topic]
        values = {"key": key, "topic": topic}
        if not everywhere:
            return Remark("nowhere", values | {"near": self.near(topic)})
        if len(everywhere) > max(BROAD * self.index.courses, 10):
            counts = {"count": len(everywhere), "courses": self.index.courses}
            return Remark("broad", values | counts)
        friend = lexicon.false_friends(self.language).get(fold(topic))
        if friend and self._taught(everywhere) == {self.other}:
            return Remark("false_friend", values | {"other": friend})
        tokens = text.content(topic)
        # A name is the same in both languages.
        crossed = len(forms) > 1 or all(map(text.is_name, tokens))
        crossed = crossed or lexicon.crossing(tokens, self.language) is not None
        if self.reads_other and not crossed and self.other not in self._taught(everywhere):
            return Remark("unbridged", values)
        return None

    def avoids(self, topic: str) -> bool:
        """Does any course go down for the topic? Its words may stand here and there in many."""
        held = sorted(holding.spoken(self.index, [topic], self.language)[topic])
        who = Profile(language=self.language, avoid=(topic,))
        for at in range(0, len(held), _AT_ONCE):
            rows = courses(self.index.db, ("id", *text.FIELDS), held[at : at + _AT_ONCE])
            if any(avoid(row, (), who, "") is not SILENT for row in rows.values()):
                return True
        return False

    def _taught(self, courses: set[int]) -> set[str]:
        """The languages of courses."""
        rows = self.index.db.execute(
            "select distinct substr(language, 1, 2) from course"
            " where id in (select value from json_each(?))",
            [json.dumps(sorted(courses))],
        )
        return {code for (code,) in rows if code}

    def near(self, topic: str) -> list[str]:
        """What courses call the topic, where it seems to be misspelt: "neuromarkting".

        Words that a course or the lexicon has are spelt as they are meant.
        """
        from rapidfuzz import fuzz, process

        tokens = text.content(topic)
        unknown = [each for each in tokens if not (language.is_known(each) or self._is_met(each))]
        words = [shown for (shown,) in self.index.store.execute("select shown from term")]
        near = (
            word
            for each in dict.fromkeys([topic, *unknown] if unknown else [])
            for word, _, _ in process.extract(
                each, words, scorer=fuzz.ratio, processor=fold, score_cutoff=_NEAR, limit=2
            )
        )
        return list(dict.fromkeys(near))[:3]

    def _is_met(self, token: str) -> bool:
        """Does any course hold the word?"""
        return bool(self.index.postings(text.stems(token)))
