"""Index and profile -> the best courses with their points: which, and how many, not yet why.

Points are whole hundredths. The text of a course is worth TEXT_SCALE points times its cosine;
signals add and take away. Most of them are the same for many courses, and are asked once for all
of those (see `facts`); only what a course's own words decide is asked course by course.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from catalogue.dicts import rows
from recommend import facts, loops, text, theme
from recommend.index import Index
from recommend.profile import Profile
from recommend.rising import rising
from recommend.shortlist import DEEP, POOL, Candidate, Chosen, choose, single
from recommend.signals import POINT, SILENT, Figure, Signal, asked, signals
from recommend.signals.topic import TEXT_SCALE, WISHES, Wished, focus, for_wishes, substance
from recommend.walk import Counted, Group, Thinned, Walk

_READ = ("id", "platform", "ref", "level", *text.FIELDS, "cluster_id", "provider_kind_why")
"""What decides whether a course enters a list, beside what is known of all of them."""
_TEXTUAL: Mapping[str, Figure] = {"focus": focus, "substance": substance}
"""Signals that take away of what the text gives, and are weighed as it is."""


class Candidates:
    """The courses that hold a word of one profile, on one day."""

    def __init__(self, db: sqlite3.Connection, index: Index, profile: Profile, day: str) -> None:
        self.db = db
        self.index = index
        self.profile = profile
        self.day = day
        self.theme = theme.of(index, profile)
        self.found = self.theme.found
        self.wishes = self.theme.wishes
        self._known = self.theme.known
        self._rising = rising(index, profile, day)
        self._named = self.theme.named | self._rising.ids
        self.asked = tuple(name for name in asked(profile) if name not in _TEXTUAL)
        self._walk, own = self._start()
        # Most courses name none of the topics known or avoided: their texts need no reading.
        self._own = own
        self._silent = tuple(name for name in own if name == "introduction")

    def _start(self) -> tuple[Walk, tuple[str, ...]]:
        """The walk down all courses, and the signals that read a course's own words."""
        made = self.index.memory.made
        groups, left = facts.grouped(self.index.stated(), self.profile, self.day, made)
        own = tuple(name for name in self.asked if name in left and name != "wishes")
        # Of those, only these two can add, where a topic known or on the rise is held.
        rest = facts.most(self.profile, own), self._known.ids | self._rising.ids
        stores = (self.db, self.index.store)
        every: tuple[Group, ...] = (self._spoken(), *groups)
        weight = self.profile.weight("text") * self.profile.weight("substance")
        thin = Thinned(self.telling, weight)
        said = self.found.scores, scale(self.profile), every, rest, stores, thin
        if loops.numpy is None:
            return Walk(*said), own
        from recommend.wide import WideWalk  # only where numpy is

        return WideWalk(*said, made=made), own

    @property
    def telling(self) -> array[int]:
        """By course id, the words of its page that say something, counted as far as AMPLE."""
        return self.index.stated()[facts.TELLING].codes

    def _spoken(self) -> Counted:
        """What the signal `wishes` gives every course, at most."""
        weight = self.profile.weight("wishes")

        def made() -> Counted:
            points = (for_wishes(count, squarely=True) for count in range(len(WISHES)))
            return Counted(self.wishes.counts, [round(each * POINT * weight) for each in points])

        return self.index.memory.made((self.wishes, weight), made)

    def shortlist(self, top: int, *, varied: bool = True) -> list[Chosen]:
        """The list of `top`: chosen from a pool of the best, or the best alone."""
        pool = self.first(top * POOL)
        return choose(self._deepened(pool) if varied else pool, self.wishes, top, varied=varied)

    def _deepened(self, pool: list[Candidate]) -> list[Candidate]:
        """The pool, and for each wish that nothing in it speaks of the best few that may."""
        heard = {topic for each in pool for topic in self.wishes.of(each.course).spoken}
        ids = {
            at
            for topic in self.wishes.wanted
            if topic not in heard
            for at in heapq.nlargest(DEEP, self.wishes.ids[topic], key=self.found.cosine)
        }
        more = map(self.whole, self.candidates(ids - {each.course["id"] for each in pool}))
        every = sorted((*pool, *more), key=attrgetter("key"))
        return single(every, len(every))

    def first(self, length: int) -> list[Candidate]:
        """The best `length` by score, of twins only the best."""
        return single(self.best(length), length)

    def best(self, length: int) -> list[Candidate]:
        """All courses down to at least the best `length`, twins not counted, best first.

        The walk down what each course can score at most ends where nothing left could enter.
        """
        held = list(self._judged(self._walk.first(length + length // 4)))
        kept = self._settled(held, length)
        for most, chunk in self._walk.then(kept[-1].score if len(kept) == length else None):
            if len(kept) == length and most < kept[-1].score:
                break
            held += self._judged(chunk)
            kept = self._settled(held, length)
        held.sort(key=attrgetter("key"))
        return held

    def _settled(self, held: list[Candidate], length: int) -> list[Candidate]:
        """The best `length`, of twins only the best."""
        return single(self._best_first(held), length)

    def _best_first(self, held: list[Candidate]) -> Iterator[Candidate]:
        """The candidates by their whole score; each is made whole, and kept so, as it is reached.

        What makes a candidate whole only takes away: the first of a heap that is whole is the best.
        """
        order = [(candidate.key, at) for at, candidate in enumerate(held)]
        heapq.heapify(order)
        while order:
            at = order[0][1]
            if held[at].whole:
                heapq.heappop(order)
                yield held[at]
            else:
                held[at] = self.whole(held[at])
                heapq.heapreplace(order, (held[at].key, at))

    def whole(self, candidate: Candidate) -> Candidate:
        """The candidate with what is asked last, as it only takes away."""
        wished = self.wishes.of(candidate.course)
        spread = self.of_text("focus", wishes=wished) if wished.focus else None
        points = (spread.points if spread else 0) - self._over(wished)
        return candidate._replace(score=candidate.score + points, whole=True)

    def _over(self, wished: Wished) -> int:
        """What the walk gave too much, which goes by words alone: for wishes that are not spoken
        of, and for those that the course only touches on."""
        weight = self.profile.weight("wishes")
        given = for_wishes(wished.held, squarely=True) * POINT * weight
        own = for_wishes(len(wished.spoken), squarely=bool(wished.named)) * POINT * weight
        return round(given) - round(own)

    def of_text(self, name: str, **told: object) -> Signal | None:
        """One of the signals that take away of what the text gives; None for nothing."""
        signal = _TEXTUAL[name](told, (), self.profile, self.day)
        if signal is None or signal is SILENT:
            return None
        weight = self.profile.weight("text") * self.profile.weight(name)
        points = round(signal.points * weight)
        return signal._replace(points=points) if points else None

    def candidates(self, ids: Iterable[int]) -> Iterator[Candidate]:
        """The listed courses with these ids, each with its total."""
        return self._judged(self._walk.points(sorted(ids)))

    def _judged(self, points: Mapping[int, int]) -> Iterator[Candidate]:
        """Courses from what text and groups of signals give them: what their own words add."""
        read = partial(courses, self.db, _READ)
        for course_id, row in self.index.memory.courses(points, read).items():
            course = {**row, **self.told(course_id)}
            names = self._own if course_id in self._named else self._silent
            said, _ = signals(course, (), self.profile, self.day, names)
            score = points[course_id] + sum(signal.points for signal in said)
            yield Candidate(course, self.found.cosine(course_id), score, whole=False)

    def told(self, course_id: int) -> dict[str, Any]:
        """What signals cannot read off the course alone."""
        held = course_id in self._rising.ids
        return {
            "novelty": self._known.of(course_id),
            "rising": self._rising.topics if held else None,
        }


def scale(profile: Profile) -> float:
    """What a cosine of 1 is worth, in hundredths."""
    return TEXT_SCALE * POINT * profile.weight("text")


def text_points(cosine: float, profile: Profile) -> int:
    """What a cosine is worth, in hundredths."""
    return round(cosine * scale(profile))


def courses(
    db: sqlite3.Connection, columns: Sequence[str], ids: Iterable[int]
) -> dict[int, dict[str, Any]]:
    """Rows of courses by their ids."""
    found = rows(
        db,
        f"select {', '.join(columns)} from course"  # noqa: S608
        " left join same_course on course_id = id"
        " where id in (select value from json_each(?))",
        [json.dumps(list(ids))],
    )
    return {row["id"]: row for row in found}
