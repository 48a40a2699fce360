"""Index and profile -> matches with reasons: a score that is the sum of the parts shown.

Deterministic: same data, profile and day, same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from recommend import experience, facts, lexicon, opening, pace
from recommend.candidates import Candidates, courses, text_points
from recommend.files import digest
from recommend.index import Index
from recommend.match import Match, Part, Ranking, compared
from recommend.money import RATES_FILE
from recommend.profile import Profile
from recommend.shortlist import PER_PROVIDER, Chosen
from recommend.signals import Signal, signals
from recommend.signals.topic import TEXT_SCALE, Thin
from recommend.style import Style, stored
from recommend.text import ALONE_FILE

__all__ = ["PER_PROVIDER", "TEXT_SCALE", "explain", "model_of", "rank"]

ALSO = (
    *("platform", "ref", "url", "access", "price", "currency", "billing", "state"),
    *("start", "enrolment_start", "enrolment_end"),
)
"""What is said of the same course on another platform."""


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
    decisive = (*lexicon.FILES, RATES_FILE, experience.LEXICON_FILE, ALONE_FILE)
    return f"{index.model}-{digest(*decisive)}"


class Ranker(Candidates):
    """The same with reasons, for those that are shown."""

    def _whole(self, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """All that is known of courses, without what machines alone read."""
        found = self.db.execute("select name from pragma_table_xinfo('course')")
        columns = [name for (name,) in found if name not in ("hash", "stems")]
        return courses(self.db, columns, ids)

    def matches(self, chosen: Sequence[Chosen]) -> tuple[Match, ...]:
        """The candidates with their evidence, and their text told apart word by word."""
        ids = [each.candidate.course["id"] for each in chosen]
        held = self.index.memory.shown(ids, self._whole)
        sessions = facts.sessions(self.db, json.dumps(ids), self.day)
        styles = stored(self.index.store, json.dumps(ids))
        return tuple(
            self._match(each, dict(held[at]), sessions.get(at, []), styles.get(at))
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
        ending = pace.ending(course, best, self.profile, self.day)
        said, unknown = self._evidence(course, sessions, style)
        return Match(
            course=course,
            opening=best,
            finish=ending.finish,
            overruns=ending.overruns,
            score=total + sum(signal.points for signal in said),
            parts=(
                *self.theme.parts(course, total),
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
        course |= self.told(course["id"])
        course["wishes"] = wished = self.wishes.of(course)
        said, unknown = signals(course, sessions, self.profile, self.day, self.asked)
        thin = Thin(self.telling[course["id"]], self.found.cosine(course["id"]))
        of_text = (
            self.of_text("focus", wishes=wished),
            self.of_text("substance", substance=thin),
        )
        return [*said, *filter(None, of_text)], unknown

    def ranking(self, matches: tuple[Match, ...], lang: str | None) -> Ranking:
        """The answer, with what it was made from."""
        (date,) = self.db.execute("select data_date from about").fetchone()
        spoken = lang or self.profile.language or "en"
        model = model_of(self.index)
        return Ranking(self.profile, self.day, model, date, matches, spoken)
