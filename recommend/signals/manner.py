"""Manner: doing or knowing, exercises first, academic or promotional; by `recommend.style`."""

from __future__ import annotations

from collections.abc import Sequence

from recommend import style
from recommend.profile import Profile
from recommend.signals.base import SILENT, Evidence, Row, Signal, signal
from recommend.style import EXCLAMATION, Said, Style

SHOWN = 4
"""Phrases that an evidence quotes."""
_PROVIDERS = {
    "university": (1.0, 0.0),
    "business_school": (0.5, 0.0),
    "company": (0.0, 0.5),
    "brand_academy": (0.0, 0.5),
}
"""What a kind of provider adds to the weights (academic, promotional) of a text's phrases."""
MILD = 0.5
"""How far from the middle a tone may lie before it loses points that nobody asked for."""


def _style(course: Row) -> Style | None:
    """What the index kept, or read now for a row from elsewhere."""
    return course["style"] if "style" in course else style.read(course)


def _evidence(rule: str, said: Sequence[Said], **values: float) -> list[Evidence]:
    """The heaviest phrases, one by one, each with the field that it stands in first."""
    heaviest = sorted(said, key=lambda each: (-each.weight, each.words))
    shown = [each for each in heaviest if each.words != EXCLAMATION][:SHOWN]
    marks = next((each.times for each in said if each.words == EXCLAMATION), None)
    told = values | {"marks_count": marks}
    quoted = [Evidence(rule, each.field, each.words, "page", told) for each in shown]
    return quoted or [Evidence(rule, values=told)]


def approach(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Practice against theory, where the profile wishes one: +4 all of it, -4 none.

    For both in balance +2 halfway and -2 at either end.
    """
    if profile.approach is None:
        return SILENT
    found = _style(course)
    share = found.practice if found else None
    if found is None or share is None:
        return None
    points = {
        "practice": 8.0 * share - 4.0,
        "theory": 4.0 - 8.0 * share,
        "both": 2.0 - 8.0 * abs(share - 0.5),
    }[profile.approach]
    phrases = found.said
    said = (*phrases.get("practice", ()), *phrases.get("theory", ()))
    values = {"practice_share": share, "theory_share": 1.0 - share}
    return signal("approach", points, *_evidence("approach.shares", said, **values))


def exercises(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Does one do before one is told? +2 where practice is wished and the page says so."""
    if profile.approach != "practice":
        return SILENT
    found = _style(course)
    if not found or not found.weight("exercises"):
        return SILENT
    said = found.said.get("exercises", ())
    return signal("exercises", 2, *_evidence("exercises.first", said))


def tone(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """From academic to promotional: as wished +2, the opposite -2; not asked, extremes lose to -2.

    Balanced, where it is wished: +1 in the middle, -2 at either end.
    """
    found = _style(course)
    if found is None:
        return None if profile.tone else SILENT
    kind = _PROVIDERS.get(course.get("provider_kind") or "", (0.0, 0.0))
    at = style.axis(found.weight("academic") + kind[0], found.weight("promotional") + kind[1])
    points = {
        "academic": -2.0 * at,
        "promotional": 2.0 * at,
        "balanced": 1.0 - 3.0 * abs(at),
        None: -4.0 * max(0.0, abs(at) - MILD),
    }[profile.tone]
    if not profile.tone and points == 0:
        return SILENT
    pole = style.tone_of(at)
    poles = ("academic", "promotional") if pole == "neither" else (pole,)
    phrases = found.said
    chosen = [each for pole in poles for each in phrases.get(pole, ())]
    return signal("tone", points, *_evidence(f"tone.{pole}", chosen, at_axis=at))
