"""Wishes on the rise: those that many of the courses which arrived lately speak of."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from recommend import holding
from recommend.facts import ARRIVAL
from recommend.index import Index
from recommend.profile import Profile

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
    asked = (*profile.wants, *profile.curious)
    key = "rising", asked, profile.language, day
    return index.memory.made(key, lambda: _rising(index, asked, profile.language or "en", day))


def _rising(index: Index, asked: Sequence[str], language: str, day: str) -> Rising:
    recent = _recent(index, day)
    found, ids = {}, set[int]()
    for topic, held in holding.spoken(index, asked, language).items():
        new = sum(map(recent, held))
        before = len(held) - new
        if new >= FEWEST and new >= SHARE * before:
            found[topic] = Rise(before, len(held))
            ids |= held
    return Rising(found, frozenset(ids))


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
