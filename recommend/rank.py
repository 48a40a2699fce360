"""Index and profile -> matches with reasons: a score that is the sum of the parts shown.

Points are whole hundredths inside. The text of a course is worth TEXT_SCALE points times its
cosine; signals add and take away. Deterministic: same data, profile and day, same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from catalogue.dicts import rows
from recommend import experience, facts, lexicon, loops, opening, pace, text, theme
from recommend.files import digest
from recommend.index import Index
from recommend.match import Match, Part, Ranking, compared
from recommend.money import RATES_FILE
from recommend.profile import Profile
from recommend.rising import rising
from recommend.shortlist import PER_PROVIDER, POOL, Candidate, Chosen, choose, single
from recommend.signals import POINT, SILENT, Figure, Signal, asked, signals
from recommend.signals.topic import TEXT_SCALE, WISHES, Thin, Wished, focus, for_wishes, substance
from recommend.style import Style, stored
from recommend.walk import Counted, Group, Thinned, Walk

__all__ = ["PER_PROVIDER", "TEXT_SCALE", "explain", "model_of", "rank"]

_READ = ("id", "platform", "ref", "level", *text.FIELDS, "cluster_id")
"""What decides whether a course enters a list, beside what is known of all of them."""
ALSO = (
    *("platform", "ref", "url", "access", "price", "currency", "billing", "state"),
    *("start", "enrolment_start", "enrolment_end"),
)
"""What is said of the same course on another platform."""
_TEXTUAL: Mapping[str, Figure] = {"focus": focus, "substance": substance}
"""Signals that take away of what the text gives, and are weighed as it is."""


def rank(
    db: sqlite3.Connection,
    index: Index,
    profile: Profile,
    day: str,
    top: int = 12,
    *,
    lang: str | None = None,
    varied: bool = True,
) -> Ranking:
    """The `top` courses for a profile on a day (ISO date); not `varied`: by score alone.

    Only courses that hold a word of the profile are candidates, and all of them are: the walk
    down the text scores ends where no signal could lift a course into the list any more.
    """
    ranker = Ranker(db, index, profile, day)
    chosen = ranker.shortlist(top, varied=varied)
    return ranker.ranking(compared(ranker.matches(chosen), profile), lang)


def explain(
    db: sqlite3.Connection,
    index: Index,
    profile: Profile,
    day: str,
    key: tuple[str, str],
    *,
    lang: str | None = None,
) -> Ranking:
    """A ranking of one course, (platform, ref), with the points it has wherever it ranks."""
    ranker = Ranker(db, index, profile, day)
    sql = "select id from course where platform = ? and ref = ?"
    (course_id,) = db.execute(sql, key).fetchone()
    (candidate,) = ranker.candidates([course_id])
    return ranker.ranking(ranker.matches([Chosen(candidate)]), lang)


def model_of(index: Index) -> str:
    """The version of everything that decides points: text model, lexicon, rates."""
    decisive = (*lexicon.FILES, RATES_FILE, experience.LEXICON_FILE)
    return f"{index.model}-{digest(*decisive)}"


class Ranker:
    """One profile on one day, against one catalogue."""

    def __init__(self, db: sqlite3.Connection, index: Index, profile: Profile, day: str) -> None:
        self.db = db
        self.index = index
        self.profile = profile
        self.day = day
        self._theme = theme.of(index, profile)
        self.found = self._theme.found
        self._wishes = self._theme.wishes
        self._known = self._theme.known
        self._rising = rising(index, profile, day)
        self._named = self._theme.named | self._rising.ids
        self._asked = tuple(name for name in asked(profile) if name not in _TEXTUAL)
        self._walk, own = self._start()
        # Most courses name none of the topics known or avoided: their texts need no reading.
        self._own = own
        self._silent = tuple(name for name in own if name == "introduction")

    def _start(self) -> tuple[Walk, tuple[str, ...]]:
        """The walk down all courses, and the signals that read a course's own words."""
        made = self.index.memory.made
        groups, left = facts.grouped(self.index.stated(), self.profile, self.day, made)
        own = tuple(name for name in self._asked if name in left and name != "wishes")
        # Of those, only these two can add, where a topic known or on the rise is held.
        rest = facts.most(self.profile, own), self._known.ids | self._rising.ids
        stores = (self.db, self.index.store)
        every: tuple[Group, ...] = (self._spoken(), *groups)
        weight = self.profile.weight("text") * self.profile.weight("substance")
        thin = Thinned(self._telling, weight)
        said = self.found.scores, scale(self.profile), every, rest, stores, thin
        if loops.numpy is None:
            return Walk(*said), own
        from recommend.wide import WideWalk  # only where numpy is

        return WideWalk(*said, made=made), own

    @property
    def _telling(self) -> array[int]:
        """By course id, the words of its page that say something, counted as far as AMPLE."""
        return self.index.stated()[facts.TELLING].codes

    def _spoken(self) -> Counted:
        """What the signal `wishes` gives every course, at most."""
        weight = self.profile.weight("wishes")

        def made() -> Counted:
            points = (for_wishes(count, squarely=True) for count in range(len(WISHES)))
            return Counted(self._wishes.counts, [round(each * POINT * weight) for each in points])

        return self.index.memory.made((self._wishes, weight), made)

    def shortlist(self, top: int, *, varied: bool = True) -> list[Chosen]:
        """The list of `top`: chosen from a pool of the best, or the best alone."""
        pool = single(self.best(top * POOL), top * POOL)
        return choose(pool, self._wishes, top, varied=varied)

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
        return held

    def _settled(self, held: list[Candidate], length: int) -> list[Candidate]:
        """Sort, and make whole the candidates that are the best `length`: only those can count."""
        while True:
            held.sort(key=lambda candidate: candidate.key)
            kept = single(held, length)
            open_ = {id(candidate) for candidate in kept if not candidate.whole}
            if not open_:
                return kept
            held[:] = [self.whole(c) if id(c) in open_ else c for c in held]

    def whole(self, candidate: Candidate) -> Candidate:
        """The candidate with what is asked last, as it only takes away."""
        wished = self._wishes.of(candidate.course)
        spread = self._of_text("focus", wishes=wished) if wished.focus else None
        points = (spread.points if spread else 0) - self._over(wished)
        return candidate._replace(score=candidate.score + points, whole=True)

    def _over(self, wished: Wished) -> int:
        """What the walk gave too much, which goes by words alone: for wishes that are not spoken
        of, and for those that the course only touches on."""
        weight = self.profile.weight("wishes")
        given = for_wishes(wished.held, squarely=True) * POINT * weight
        own = for_wishes(len(wished.spoken), squarely=bool(wished.named)) * POINT * weight
        return round(given) - round(own)

    def _of_text(self, name: str, **told: object) -> Signal | None:
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
        read = partial(_courses, self.db, _READ)
        for course_id, row in self.index.memory.courses(points, read).items():
            course = {**row, **self._told(course_id)}
            names = self._own if course_id in self._named else self._silent
            said, _ = signals(course, (), self.profile, self.day, names)
            score = points[course_id] + sum(signal.points for signal in said)
            yield Candidate(course, self.found.cosine(course_id), score, whole=False)

    def _told(self, course_id: int) -> dict[str, Any]:
        """What signals cannot read off the course alone."""
        held = course_id in self._rising.ids
        return {
            "novelty": self._known.of(course_id),
            "rising": self._rising.topics if held else None,
        }

    def _columns(self) -> list[str]:
        """All that is known of a course, without what machines alone read."""
        found = self.db.execute("select name from pragma_table_xinfo('course')")
        return [name for (name,) in found if name not in ("hash", "stems")]

    def matches(self, chosen: Sequence[Chosen]) -> tuple[Match, ...]:
        """The candidates with their evidence, and their text told apart word by word."""
        courses = [each.candidate.course for each in chosen]
        ids = [course["id"] for course in courses]
        held = _courses(self.db, self.index.memory.made("columns", self._columns), ids)
        sessions = facts.sessions(self.db, json.dumps(ids), self.day)
        styles = stored(self.index.store, json.dumps(ids))
        return tuple(
            self._match(each, held[at], sessions.get(at, []), styles.get(at))
            for each, at in zip(chosen, ids, strict=True)
        )

    def _match(
        self,
        chosen: Chosen,
        course: dict[str, Any],
        sessions: Sequence[Mapping[str, Any]],
        style: Style | None,
    ) -> Match:
        best = opening.best(sessions)
        total = text_points(self.found.cosine(course["id"]), self.profile)
        said, unknown = self._evidence(course, sessions, style)
        return Match(
            course=course,
            opening=best,
            finish=pace.finish(course, best, self.profile, self.day),
            overruns=pace.overruns(course, best, self.profile, self.day),
            score=total + sum(signal.points for signal in said),
            parts=(
                *self._theme.parts(course, total),
                *(Part("signal", s.name, s.points, evidence=s.evidence) for s in said),
            ),
            unknown=tuple(unknown),
            also=self._also(chosen.candidate.course),
            capped=chosen.capped,
            adds=chosen.adds,
        )

    def _also(self, course: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
        """The same course elsewhere, with what a person compares; the open ones first."""
        if course["cluster_id"] is None:
            return ()
        from catalogue import elsewhere  # most courses are listed once

        also = elsewhere.also_on(self.db, course["id"], self.day)
        return tuple({name: row[name] for name in ALSO} for row in also)

    def _evidence(
        self, course: dict[str, Any], sessions: Sequence[Mapping[str, Any]], style: Style | None
    ) -> tuple[list[Signal], list[str]]:
        """All signals of a course, and the names of those that are unknown."""
        course["style"] = style
        course |= self._told(course["id"])
        course["wishes"] = wished = self._wishes.of(course)
        said, unknown = signals(course, sessions, self.profile, self.day, self._asked)
        thin = Thin(self._telling[course["id"]], self.found.cosine(course["id"]))
        of_text = (
            self._of_text("focus", wishes=wished),
            self._of_text("substance", substance=thin),
        )
        return [*said, *filter(None, of_text)], unknown

    def ranking(self, matches: tuple[Match, ...], lang: str | None) -> Ranking:
        """The answer, with what it was made from."""
        (date,) = self.db.execute("select data_date from about").fetchone()
        spoken = lang or self.profile.language or "en"
        model = model_of(self.index)
        return Ranking(self.profile, self.day, model, date, matches, spoken)


def scale(profile: Profile) -> float:
    """What a cosine of 1 is worth, in hundredths."""
    return TEXT_SCALE * POINT * profile.weight("text")


def text_points(cosine: float, profile: Profile) -> int:
    """What a cosine is worth, in hundredths."""
    return round(cosine * scale(profile))


def _courses(
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
