"""What a changed profile moved against the role’s own list, and the way out when nothing fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from catalogue.reading import Row
from recommend import signals, wording
from recommend.pace import weekly, weeks
from recommend.profile import Profile
from recommend.web.texts import Words
from recommend.web.wish import Wish

Key = tuple[str, str]


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


def ways_out(matches: list[Row], wish: Wish, words: Words) -> Iterator[Row]:
    """For each limit that no course keeps to: a sentence, and the nearest change that helps."""
    courses = [match["course"] for match in matches]
    for way in _WAYS:
        if courses and (found := way(courses, wish.profile, words)):
            said, go, changes = found
            yield {"said": said, "go": go, "query": wish.with_(**changes)}


_Way = tuple[str, str, dict[str, Any]] | None


def _least(values: Iterable[float | None], most: float | None) -> float | None:
    """The lowest value where every known one is above the limit, and half of them are known."""
    every = list(values)
    known = [value for value in every if value is not None]
    if most is None or len(known) * 2 < len(every) or not known:
        return None
    return min(known) if min(known) > most else None


def _hours(courses: list[Row], profile: Profile, words: Words) -> _Way:
    mine = profile.hours_per_week
    least = _least((weekly(course) for course in courses), mine)
    if least is None or mine is None:
        return None
    shown = {"mine": wording.hours(words.lang, mine), "least": wording.hours(words.lang, least)}
    return words("way_hours", **shown), words("way_hours_go", **shown), {"hours_per_week": least}


def _weeks(courses: list[Row], profile: Profile, words: Words) -> _Way:
    mine = profile.weeks_at_most
    least = _least((weeks(course, profile) for course in courses), mine)
    if least is None or mine is None:
        return None
    needed = float(-(-least // 1))
    shown = {"mine": wording.weeks(words.lang, mine), "least": wording.weeks(words.lang, needed)}
    return words("way_weeks", **shown), words("way_weeks_go", **shown), {"weeks_at_most": needed}


def _price(courses: list[Row], profile: Profile, words: Words) -> _Way:
    mine = profile.budget
    least = _least((signals.cost(course, profile) for course in courses), mine)
    if least is None or mine is None:
        return None
    needed = float(-(-least // 1))
    money = {name: wording.money(words.lang, n, "EUR") for name, n in _pair(mine, needed)}
    return words("way_price", **money), words("way_price_go", **money), {"budget": needed}


def _pair(mine: float, least: float) -> list[tuple[str, float]]:
    return [("mine", mine), ("least", least)]


def _language(courses: list[Row], profile: Profile, words: Words) -> _Way:
    spoken = {(course["language"] or "").partition("-")[0] for course in courses}
    if not profile.reads or "" in spoken or spoken & set(profile.reads):
        return None
    return words("way_language"), words("way_language_go"), {"reads": ("fr", "en")}


def _platform(courses: list[Row], profile: Profile, words: Words) -> _Way:
    if not profile.platforms or any(each["platform"] in profile.platforms for each in courses):
        return None
    return words("way_platform"), words("way_platform_go"), {"platforms": ()}


_WAYS: tuple[Callable[[list[Row], Profile, Words], _Way], ...] = (
    _hours,
    _weeks,
    _price,
    _language,
    _platform,
)
