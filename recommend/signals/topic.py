"""Topic: is the course about one of the wishes, or does it only touch on several?"""

from __future__ import annotations

from collections.abc import Sequence

from recommend.profile import Profile
from recommend.signals.base import POINT, SILENT, Evidence, Row, Signal

TEXT_SCALE = 200
"""Points for a cosine of 1: the best course for a profile, near 0.28, has some 55 points."""


def focus(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Of wishes that are only touched on, the one that gives most counts: the others come off.

    So a course squarely on one wish stands before one that grazes all. Silent for a course that
    names a wish in its title or skills. The index gives the shares.
    """
    found = course.get("focus")
    if not profile.wants or found is None:
        return SILENT
    points = round((found.most - found.total) * TEXT_SCALE * POINT)
    values = {"wishes_count": found.wishes}
    return Signal("focus", points, (Evidence("focus.spread", None, None, None, values),))
