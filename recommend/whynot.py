"""Why a course is not in the list: its place, what it lacks, and what would have to change.

The list is what `rank.rank` chooses: several wishes, three of a provider, twins once. The order by
score is another thing; both are told. Each change alters one key of the profile and is tried: the
list is made again.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs

from recommend import wording
from recommend.change import EASE, Change, possible
from recommend.index import Index
from recommend.match import Match, Part, label, says
from recommend.passed_over import Other, Reason, reasons
from recommend.profile import Profile
from recommend.rank import Ranker
from recommend.shortlist import Chosen
from recommend.signals import POINT

TOP = 12
"""Courses in a list, where a person does not say how many."""
DEPTH = 50
"""The place by score of a course further down is not told."""


class Compared(NamedTuple):
    """A course beside the last of the list, part by part."""

    last: Other
    parts: tuple[tuple[str, int], ...]
    """(text or a signal's name, points more than the last has), what costs most first."""

    def says(self, lang: str) -> str:
        """ "Against no. 12 “Nudge” (31.20 points):" """
        points = wording.counted_points(lang, self.last.candidate.score / POINT)
        return wording.phrase(lang, "against", other=self.last.says(lang), points=points)

    def earned(self, lang: str) -> list[str]:
        """ "duration −6.00", "text +2.10" """
        return [
            wording.earned(lang, wording.LABELS[name][lang], points / POINT)
            for name, points in self.parts
        ]

    def as_json(self, lang: str) -> dict[str, Any]:
        """Plain JSON values."""
        parts = [
            {"name": name, "label": wording.LABELS[name][lang], "points": points / POINT}
            for name, points in self.parts
        ]
        return self.last.as_json() | {"says": self.says(lang), "parts": parts}


class WhyNot(NamedTuple):
    """One course against the list of its profile."""

    length: int
    """How many courses the list has."""
    listed: int | None
    """Its number in the list; None where it is not there."""
    place: int | None
    """Its place by score, twins counted once; None below DEPTH."""
    needed: int | None
    """Points of the list's last, in hundredths; None where the list is not full."""
    gap: int
    """Points that it lacks for that."""
    reasons: tuple[Reason, ...]
    """What else keeps it out of the list."""
    against: tuple[str, ...]
    """Signals that take points away, most first."""
    compared: Compared | None
    """Where points are what it lacks: what costs it those."""
    changes: tuple[Change, ...]
    """What would bring it into the list, the best first, and of equals what asks least."""

    def says(self, lang: str) -> str:
        """ "Not in the list of 12; 21st by score." Why the two differ, where they do."""
        if not self.length:
            return wording.phrase(lang, "no_list")
        name = "listed_" if self.listed else "unlisted_"
        if not self.place:
            name += "beyond" if self.ranked else "unranked"
        else:
            name += "same" if self.place == self.listed else "place"
        places = {
            "listed": self.listed and wording.ordinal(lang, self.listed),
            "place": wording.ordinal(lang, self.place or DEPTH),
        }
        said = wording.phrase(lang, name, length=self.length, **places)
        apart = self.listed and self.listed != self.place
        return f"{said} {wording.phrase(lang, 'differ')}" if apart else said

    @property
    def ranked(self) -> bool:
        """Has it a place by score, known or not? Without a word of the profile it has none."""
        return not any(reason.name == "words" for reason in self.reasons)

    @property
    def tried(self) -> bool:
        """Is a change of the profile what could bring it in?"""
        return not self.listed and not any(reason.final for reason in self.reasons)

    def lacks(self, lang: str) -> str | None:
        """ "7.91 points short of the last in the list." """
        if not self.gap:
            return None
        points = wording.counted_points(lang, self.gap / POINT)
        return wording.phrase(lang, "gap", points=points)

    def as_json(self, match: Match, lang: str) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "says": self.says(lang),
            "length": self.length,
            "listed": self.listed,
            "place": self.place,
            "beyond": DEPTH if self.ranked and not self.place else None,
            "needed": None if self.needed is None else self.needed / POINT,
            "gap": self.gap / POINT,
            "reasons": [reason.as_json(lang) for reason in self.reasons],
            "against": [_part(part, lang) for part in self.lost(match)],
            "compared": self.compared.as_json(lang) if self.compared else None,
            "changes": [change.as_json(lang) for change in self.changes],
        }

    def lost(self, match: Match) -> list[Part]:
        """The parts that take points away, most first."""
        return [part for name in self.against if (part := match.signal(name))]


def _part(part: Part, lang: str) -> dict[str, Any]:
    named = {"name": part.name, "label": label(part, lang), "points": part.points / POINT}
    return named | {"says": says(part, lang)}


def why_not(index: Index, profile: Profile, day: str, match: Match, *, top: int = TOP) -> WhyNot:
    """What keeps a course, as `rank.explain` matched it, out of the list of `top`."""
    ranker = Ranker(index.db, index, profile, day)
    chosen = ranker.shortlist(top)
    listed, place = _listed(chosen, match), _place(ranker, index, match)
    needed = chosen[-1].candidate.score if len(chosen) == top else None
    found = WhyNot(len(chosen), listed, place, needed, 0, (), _lost(match), None, ())
    if listed:
        return found
    (own,) = map(ranker.whole, ranker.candidates([match.course["id"]]))
    twins = index.twins(match.course["id"])
    over = reasons(match, own, chosen, ranker.wishes, twins, full=len(chosen) == top)
    found = found._replace(reasons=over)
    if not found.tried:
        return found
    gap = 0 if needed is None else max(0, needed - match.score)
    return found._replace(
        gap=gap,
        compared=_compared(ranker, match, chosen) if gap else None,
        changes=_changes(index, profile, day, match, top),
    )


def _listed(chosen: list[Chosen], match: Match) -> int | None:
    ids = [each.candidate.course["id"] for each in chosen]
    return ids.index(match.course["id"]) + 1 if match.course["id"] in ids else None


def _place(ranker: Ranker, index: Index, match: Match) -> int | None:
    """The place by score of a course, or of the twin that stands for it."""
    same = {match.course["id"], *index.twins(match.course["id"])}
    ids = [candidate.course["id"] for candidate in ranker.first(DEPTH)]
    return next((place for place, at in enumerate(ids, start=1) if at in same), None)


def _lost(match: Match) -> tuple[str, ...]:
    found = sorted((part.points, part.name) for part in match.signals if part.points < 0)
    return tuple(name for _, name in found)


def _compared(ranker: Ranker, match: Match, chosen: list[Chosen]) -> Compared:
    """The differences to the list's last; they add up to what is lacking."""
    last = Other(len(chosen), chosen[-1].candidate)
    (other,) = ranker.matches(chosen[-1:])
    mine, its = _points(match), _points(other)
    more = {name: mine.get(name, 0) - its.get(name, 0) for name in {**mine, **its}}
    parts = sorted(((name, points) for name, points in more.items() if points), key=_by_points)
    return Compared(last, tuple(parts))


def _by_points(part: tuple[str, int]) -> tuple[int, str]:
    return part[1], part[0]


def _points(match: Match) -> dict[str, int]:
    """Hundredths by signal, and of the text as a whole."""
    return {part.name: part.points for part in match.signals} | {"text": match.text}


def _changes(
    index: Index, profile: Profile, day: str, match: Match, top: int
) -> tuple[Change, ...]:
    """The single changes that bring the course into the list, which is made again each time.

    Of each key the first that does: a limit that is moved, before one that is given up.
    """
    found: dict[str, Change] = {}
    for each in possible(profile, match):
        if each.key not in found:
            changed = attrs.evolve(profile, **{each.key: each.value})
            listed = _listed(Ranker(index.db, index, changed, day).shortlist(top), match)
            if listed:
                found[each.key] = Change(*each, listed)
    return tuple(sorted(found.values(), key=lambda change: (change.listed, EASE[change.key])))
