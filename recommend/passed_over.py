"""Why a list passes over a course whose score would do: its provider, its wishes, its twin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from recommend import wording
from recommend.match import Match
from recommend.shortlist import PER_PROVIDER, Candidate, Chosen
from recommend.signals import POINT
from recommend.wishes import Wishes

_NAMED = 3
"""Courses of the list that a reason names."""


class Other(NamedTuple):
    """A course of the list."""

    number: int
    """Its place in the list."""
    candidate: Candidate
    wishes: tuple[str, ...] = ()
    """Those for which it is named here."""

    def says(self, lang: str) -> str:
        """ "no. 3 “Nudge”, for “nudge marketing”" """
        title = wording.quoted(lang, self.candidate.course["title"])
        said = wording.phrase(lang, "numbered", number=self.number, title=title)
        if not self.wishes:
            return said
        wishes = ", ".join(wording.quoted(lang, wish) for wish in self.wishes)
        return said + wording.phrase(lang, "for_wishes", wishes=wishes)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        course = self.candidate.course
        named = {name: course[name] for name in ("platform", "ref", "title")}
        score = self.candidate.score / POINT
        return {"number": self.number, **named, "score": score, "wishes": list(self.wishes)}


class Reason(NamedTuple):
    """Why the list passes over a course, and the courses of the list that show it."""

    name: str
    """words, twin, provider, covered or room."""
    others: tuple[Other, ...] = ()
    provider: str = ""

    @property
    def final(self) -> bool:
        """Does no change of points help?"""
        return self.name in ("words", "twin")

    def says(self, lang: str) -> str:
        """The sentence before the courses, if there are any."""
        return wording.phrase(lang, f"over_{self.name}", provider=self.provider)

    def names(self, lang: str) -> list[str]:
        """The courses as a person reads them; a twin with its platform."""
        said = [(other.says(lang), other.candidate.course["platform"]) for other in self.others]
        return [f"{words} ({at})" if self.name == "twin" else words for words, at in said]

    def as_json(self, lang: str) -> dict[str, Any]:
        """Plain JSON values."""
        courses = [other.as_json() for other in self.others]
        return {"name": self.name, "says": self.says(lang), "courses": courses}


def reasons(
    match: Match,
    own: Candidate,
    chosen: Sequence[Chosen],
    wishes: Wishes,
    twins: Sequence[int],
    *,
    full: bool,
) -> tuple[Reason, ...]:
    """All that keeps a course out of a list, apart from a score below its last.

    `full`: the list has as many courses as were asked for.
    """
    listed = [Other(at, each.candidate) for at, each in enumerate(chosen, start=1)]
    if same := tuple(other for other in listed if other.candidate.course["id"] in twins):
        return (Reason("twin", same),)
    if not match.words:
        return (Reason("words"),)
    below = not listed or listed[-1].candidate.key < own.key
    if below and full:
        return ()
    of_provider = tuple(o for o in listed if own.provider and o.candidate.provider == own.provider)
    if len(of_provider) >= PER_PROVIDER:
        return (Reason("provider", of_provider, match.course["provider"]),)
    return () if below else tuple(_covered(own, listed, wishes))


def _covered(own: Candidate, listed: Sequence[Other], wishes: Wishes) -> Iterator[Reason]:
    """The list has its wishes already, and takes courses of fewer points for others."""
    mine = wishes.of(own.course).about
    same = [_about(other, wishes, among=mine) for other in listed]
    if found := tuple(other for other in same if other.wishes):
        yield Reason("covered", found[:_NAMED])
    lower = [
        _about(other, wishes, without=mine) for other in listed if other.candidate.key > own.key
    ]
    yield Reason("room", tuple(lower)[-_NAMED:])


def _about(
    other: Other, wishes: Wishes, *, among: Sequence[str] | None = None, without: Sequence[str] = ()
) -> Other:
    """The course with the wishes that it names, or else speaks of, as far as they are asked."""
    held = wishes.of(other.candidate.course).about
    kept = (w for w in held if w not in without and (among is None or w in among))
    return other._replace(wishes=tuple(kept))
