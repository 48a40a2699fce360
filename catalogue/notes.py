"""What a person should look at once courses have come in: issues, counted, and rejections."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from catalogue import check
from catalogue.course import Course, Issue
from catalogue.options import IssueKind

_LONGEST = 500


class Notes:
    """Gathered while one platform's courses come in, from its site, a feed or a file."""

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.rejected: dict[str, str] = {}
        self._issues: dict[tuple[str, str], Issue] = {}

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The issues noted so far."""
        return tuple(self._issues.values())

    def issue(
        self,
        kind: IssueKind,
        field: str,
        example: str | None,
        ref: str | None = None,
        count: int = 1,
    ) -> None:
        """Note something to look at: one Issue per kind and field, counted, the first one shown."""
        held = self._issues.get((kind, field))
        self._issues[kind, field] = (
            attrs.evolve(held, count=held.count + count)
            if held
            else Issue(
                platform=self.platform,
                kind=kind,
                field=field,
                count=count,
                example=example[:_LONGEST] if example else None,
                ref=ref,
            )
        )

    def reject(self, ref: str, why: str) -> None:
        """Note a listing that cannot become a course. It stays listed: it is not withdrawn."""
        self.rejected[ref] = why
        self.issue("rejected", why.split(":", maxsplit=1)[0], why, ref=ref)

    def checked(self, courses: Iterable[Course]) -> list[Course]:
        """The courses that can be kept, without facts that cannot be; the rest is noted."""
        kept = []
        for course in courses:
            if why := check.unpublishable(course):
                self.reject(course.ref, why)
                continue
            plausible, impossible = check.plausible(course)
            for field, words in impossible:
                self.issue("implausible", field, words, course.ref)
            kept.append(plausible)
        return kept
