"""Wishes on the rise: those that many of the courses which arrived lately speak of."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from recommend.facts import ARRIVAL
from recommend.index import Index, Posting
from recommend.memory import Memory
from recommend.profile import Profile
from recommend.topics import forms

WEEKS = 12
FEWEST = 3
"""Courses that must have come to speak of a topic in these weeks."""
SHARE = 0.25
"""They must be so many, against those that spoke of it before."""


class Rise(NamedTuple):
    """How many listed courses speak of a topic."""

    before: int
    """Without those that arrived in the last WEEKS."""
    now: int


class Rising(NamedTuple):
    """A profile's wishes on the rise, and the courses that speak of any."""

    topics: Mapping[str, Rise]
    ids: frozenset[int]


def rising(index: Index, profile: Profile, day: str) -> Rising:
    """Which of the topics wanted or curious of are on the rise on a day (ISO date)."""
    memory = index.memory or Memory()
    asked = (*profile.wants, *profile.curious)
    key = "rising", asked, profile.language, day
    return memory.made(key, lambda: _rising(index, asked, profile.language or "en", day))


def _rising(index: Index, asked: Sequence[str], language: str, day: str) -> Rising:
    recent = _recent(index, day)
    stems = {topic: forms(topic, language) for topic in asked}
    postings = index.postings({stem for held in stems.values() for form in held for stem in form})
    found, ids = {}, set[int]()
    for topic, written in stems.items():
        held = _holding(written, postings)
        new = sum(map(recent, held))
        before = len(held) - new
        if new >= FEWEST and new >= SHARE * before:
            found[topic] = Rise(before, len(held))
            ids |= held
    return Rising(found, frozenset(ids))


def _holding(written: Sequence[Sequence[str]], postings: Mapping[str, Posting]) -> set[int]:
    """The courses that hold all words of any form."""
    found: set[int] = set()
    for form in written:
        if all(stem in postings for stem in form):
            found |= set.intersection(*(set(postings[stem].docs) for stem in form))
    return found


def _recent(index: Index, day: str) -> Callable[[int], bool]:
    """Did a listed course arrive in the last weeks? What a platform's first crawl found did not."""
    arrivals = index.stated()[ARRIVAL]
    since = datetime.date.fromisoformat(day) - datetime.timedelta(weeks=WEEKS)
    rows = index.db.execute(
        "select id from course"
        " join (select platform as known, min(day) as first from crawl group by platform)"
        " on known = platform where id in (select value from json_each(?))"
        " and first_seen > first and first_seen between ? and ?",
        [json.dumps(arrivals.firsts.tolist()), since.isoformat(), day],
    )
    lately = {arrivals.codes[found] for (found,) in rows}
    return lambda course_id: arrivals.codes[course_id] in lately
