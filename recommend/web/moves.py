"""What a changed profile moved against the role’s own list, and the way out when nothing fits."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from catalogue.reading import Row
from recommend import signals, wording
from recommend.pace import weekly, weeks
from recommend.profile import LANGUAGES, Profile, within
from recommend.web.texts import Words

Key = tuple[str, str]
_TRIED = 2
"""How many nearer figures of a longer list are tried."""


def key_of(match: Row) -> Key:
    """(platform, ref) of a match's course."""
    return match["course"]["platform"], match["course"]["ref"]


def moved(matches: list[Row], before: list[Row]) -> dict[Key, int | None]:
    """How many places each course has won (lost: below 0); None for one that is new."""
    places = {key_of(match): at for at, match in enumerate(before)}
    found: dict[Key, int | None] = {}
    for at, match in enumerate(matches):
        was = places.get(key_of(match))
        found[key_of(match)] = None if was is None else was - at
    return found


def left(matches: list[Row], before: list[Row]) -> list[Row]:
    """The matches that were in the role's own list and are not in this one, with their place."""
    kept = {key_of(match) for match in matches}
    return [
        match | {"place": at}
        for at, match in enumerate(before, start=1)
        if key_of(match) not in kept
    ]


class Way(NamedTuple):
    """A limit that no course of a list keeps to, and a change that may help; it is to be tried."""

    said: str
    go: str
    changes: dict[str, Any]
    keeps: Callable[[Row, Profile], bool]
    """Does a course keep to the limit as this profile has it?"""


def ways_out(
    matches: list[Row], deeper: list[Row], profile: Profile, words: Words
) -> Iterator[list[Way]]:
    """For each limit that no course of the list keeps to: changes, the nearest first.

    `deeper` are the matches of a longer list, where something nearer may be.
    """
    shown, more = ([match["course"] for match in each] for each in (matches, deeper))
    for limit in _LIMITS if shown else ():
        yield list(limit.ways(shown, more, profile, words))
    for choice in (_language, _platform) if shown else ():
        yield list(choice(shown, profile, words))


class _Limit(NamedTuple):
    """A figure of the profile that courses are held against."""

    name: str
    key: str
    of: Callable[[Row, Profile], float | None]
    """What a course asks of this person; None where its page does not say."""
    spoken: Callable[[str, float], str]
    upto: Callable[[float], float]
    """A figure rounded up to what one would say."""

    def ways(
        self, shown: list[Row], more: list[Row], profile: Profile, words: Words
    ) -> Iterator[Way]:
        """None where most pages do not say, or a course keeps to it."""
        mine = getattr(profile, self.key)
        known = self._figures(shown, profile)
        if mine is None or not _tell(known, shown) or min(known) <= mine:
            return
        least = self.upto(min(known))
        said = words(
            f"way_{self.name}",
            none=_none(len(known), len(shown), words),
            mine=self.spoken(words.lang, mine),
            least=self.spoken(words.lang, least),
        )
        for figure in self._nearest(least, self._figures(more, profile), mine):
            go = words(f"way_{self.name}_go", least=self.spoken(words.lang, figure))
            yield Way(said, go, {self.key: figure}, self._keeps)

    def _figures(self, courses: list[Row], profile: Profile) -> list[float]:
        return [n for course in courses if (n := self.of(course, profile)) is not None]

    def _nearest(self, least: float, others: list[float], mine: float) -> list[float]:
        """The figures that are worth a trial: a few below what the list asks, then that."""
        below = sorted({self.upto(n) for n in others if mine < n and self.upto(n) < least})
        return [n for n in (*below[:_TRIED], least) if within(self.key, n)]

    def _keeps(self, course: Row, profile: Profile) -> bool:
        asked = self.of(course, profile)
        return asked is not None and asked <= getattr(profile, self.key)


def _tell(known: list[float], shown: list[Row]) -> bool:
    """Is it known of most?"""
    return len(known) == len(shown) or (len(known) > 1 and len(known) * 2 >= len(shown))


def _none(known: int, every: int, words: Words) -> str:
    """Of the courses whose page does not say, nothing is claimed."""
    return words("way_none") if known == every else words("way_none_known", known=known)


def _weeks(course: Row, profile: Profile) -> float | None:
    """Weeks at this person's pace, to the tenth that is said."""
    lasts = weeks(course, profile)
    return None if lasts is None else round(lasts, 1)


def _whole(figure: float) -> float:
    return float(math.ceil(figure))


def _tenths(hours: float) -> float:
    """Tenths of an hour, or quarters: what `wording.hours` says."""
    return hours if (4 * hours).is_integer() else math.ceil(round(10 * hours, 6)) / 10


_LIMITS = (
    _Limit("hours", "hours_per_week", lambda course, _: weekly(course), wording.hours, _tenths),
    _Limit("weeks", "weeks_at_most", _weeks, wording.weeks, _whole),
    _Limit("price", "budget", signals.cost, wording.money, _whole),
)


def _language(courses: list[Row], profile: Profile, words: Words) -> Iterator[Way]:
    spoken = {_spoken(course) for course in courses}
    if profile.reads and "" not in spoken and not spoken & set(profile.reads):
        reads = tuple(dict.fromkeys((*LANGUAGES, *profile.reads)))
        yield Way(words("way_language"), words("way_language_go"), {"reads": reads}, _is_read)


def _is_read(course: Row, profile: Profile) -> bool:
    return _spoken(course) in profile.reads


def _spoken(course: Row) -> str:
    return str(course["language"] or "").partition("-")[0]


def _platform(courses: list[Row], profile: Profile, words: Words) -> Iterator[Way]:
    if profile.platforms and not any(each["platform"] in profile.platforms for each in courses):
        changes: dict[str, Any] = {"platforms": ()}
        yield Way(words("way_platform"), words("way_platform_go"), changes, lambda *_: True)
