"""Topic: which wishes does the course speak of, squarely or not, and does its page say enough?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from recommend.profile import Profile
from recommend.signals.base import POINT, SILENT, Evidence, Row, Signal, signal

TEXT_SCALE = 200
"""Points for a cosine of 1: the best course for a profile, near 0.28, has some 55 points."""
WISHES = (0, 4, 8)
"""Points for no wish that the course speaks of in full, for one, for two or more."""
GRAZED = 0.5
"""How many times they count where neither title nor skills name a wish."""
AMPLE = 100
"""Telling words of a page that says enough; half of real pages say less than 50."""
THIN = 0.1
"""How much a page that says less loses: its text counts (words / AMPLE) ** THIN times."""


class Focus(NamedTuple):
    """What wishes give the cosine of a course that names none of them in its title or skills."""

    total: float
    most: float
    """What the one gives that gives most."""
    wishes: int


class Wished(NamedTuple):
    """What a course has of a profile's wishes."""

    named: tuple[str, ...] = ()
    """Those that it is squarely about: named in its title or skills."""
    spoken: tuple[str, ...] = ()
    """Those that it speaks of: all their words stand near each other in one of its passages."""
    held: int = 0
    """Of how many all words stand somewhere in it, near each other or not."""
    focus: Focus | None = None
    """How its text score is spread over them, where it names none squarely."""
    most: str | None = None
    """The one, wanted or nice to have, whose words give its text most; None where it names one."""

    @property
    def about(self) -> tuple[str, ...]:
        """Those that it is squarely about, or else those that it speaks of."""
        return self.named or self.spoken

    @property
    def drawn(self) -> tuple[str, ...]:
        """Those that bring it into a list: what it is about, or else holds words of."""
        return self.about or (() if self.most is None else (self.most,))


class Thin(NamedTuple):
    """How much a page says, and what its text gives."""

    words: int
    """Those that say something, of all its texts."""
    cosine: float


def focus(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Of wishes that are only touched on, the one that gives most counts: the others come off.

    So a course squarely on one wish stands before one that grazes all. Silent for a course that
    names a wish in its title or skills. The index gives the shares.
    """
    wished = course.get("wishes")
    found = wished.focus if wished else None
    if not profile.wants or found is None:
        return SILENT
    points = round((found.most - found.total) * TEXT_SCALE * POINT)
    values = {"wishes_count": found.wishes}
    return Signal("focus", points, (Evidence("focus.spread", values=values),))


def wishes(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """The wishes that the course speaks of in full: +4 for one, +8 for more; half if not squarely.

    The cosine cannot tell a wish said in full from one word of it said often. The index says which
    wishes they are.
    """
    found = course.get("wishes")
    if found is None or not found.spoken:
        return SILENT
    count = len(found.spoken)
    points = for_wishes(count, squarely=bool(found.named))
    rule = "wishes.one" if count == 1 else "wishes.more"
    values = {"wishes_topics": found.spoken, "wishes_count": count}
    return signal("wishes", points, Evidence(rule, values=values))


def for_wishes(count: int, *, squarely: bool) -> float:
    """Points for so many wishes spoken of in full."""
    return WISHES[min(count, len(WISHES) - 1)] * (1.0 if squarely else GRAZED)


def lost(words: int) -> float:
    """What a text of so many telling words loses of a cosine of 1, below 0."""
    return float((min(max(words, 2), AMPLE) / AMPLE) ** THIN - 1.0)


def thinned(share: float, cosine: float) -> int:
    """What a text loses by `lost`, in hundredths; less than a point is let go."""
    points = round(share * cosine * TEXT_SCALE * POINT)
    return 0 if points > -POINT else points


def substance(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """A page of few words loses a part of its text's points, at most a third; silent below a point.

    A vector of length one makes much of the only words that a page has: the remedy is a mild form
    of pivoted length normalisation (Singhal, Buckley & Mitra 1996).
    """
    found = course.get("substance")
    points = thinned(lost(found.words), found.cosine) if found else 0
    if found is None or not points:
        return SILENT
    values = {"words_count": found.words}
    return Signal("substance", points, (Evidence("substance.thin", values=values),))
