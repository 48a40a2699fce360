"""What a file gives while it is read, whatever its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from catalogue import clean
from catalogue.course import Course, Quote
from catalogue.errors import Unreadable, WrongUse
from catalogue.notes import Notes

_AT_ONCE = 500


@attrs.define(kw_only=True)
class Intake:
    """Courses of one academy, gathered from one or more files."""

    platform: str
    audience: str
    home: str | None = None
    """Where its people find the courses: the address of those for which a file gives none."""
    notes: Notes = attrs.field(init=False)
    hand_on: Callable[[Iterable[Course]], None] | None = None
    """Takes the courses off our hands, some hundred at a time; None: they stay in `courses`."""
    courses: dict[str, Course] = attrs.Factory(dict)
    """Those not handed on yet, by ref."""
    refs: set[str] = attrs.Factory(set)
    languages: Counter[str] = attrs.Factory(Counter)
    """How many courses are in each language."""
    listed: int = 0
    """How many courses the files list, readable or not."""
    errors: list[str] = attrs.Factory(list)
    """What could not be read and has no identifier to be kept listed by: "file, line 3: why"."""
    remarks: list[str] = attrs.Factory(list)
    took: list[str] = attrs.Factory(list)
    """What each file was taken for, in words."""
    narrowed: str | None = None

    def __attrs_post_init__(self) -> None:
        self.notes = Notes(self.platform)

    def add(self, course: Course) -> None:
        """Take a course; of two with one identifier the first stands."""
        if course.ref in self.refs:
            self.notes.issue("duplicate", "ref", course.ref, course.ref)
            return
        self.listed += 1
        self.refs.add(course.ref)
        self.languages.update(filter(None, (course.language,)))
        self.courses[course.ref] = course
        if len(self.courses) == _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand on the courses that wait, each without facts that cannot be."""
        if self.hand_on:
            self.hand_on(self.notes.checked(self.courses.values()))
            self.courses.clear()

    def refuse(self, where: str, why: str, ref: str | None = None) -> None:
        """Note what cannot become a course. One with a known identifier is not withdrawn."""
        self.listed += 1
        if ref:
            self.notes.reject(ref, why)
            self.remarks.append(f"{where}: {why}")
        else:
            self.errors.append(f"{where}: {why}")

    def address(self, ref: str, template: str | None = None) -> str:
        """The address of a course that states none. Raises WrongUse when nobody named one."""
        if template:
            return template.replace("{ref}", ref)
        if self.home:
            return self.home
        raise WrongUse(
            "the file gives no address for its courses; name the page where people find them,"
            " such as --home https://academy.example.com"
        )


@attrs.define
class Facts:
    """Facts of one course while they are read from a file, each with its words."""

    intake: Intake
    ref: str
    values: dict[str, Any] = attrs.Factory(dict)
    quotes: dict[str, Quote] = attrs.Factory(dict)

    def take(
        self, field: str, reader: Callable[[str], Any], words: str | None, said: str = ""
    ) -> None:
        """Read a fact; what cannot be read becomes an Issue and stays unknown."""
        if words is None or clean.blank(words):
            return
        try:
            value = reader(words)
        except Unreadable as error:
            self.intake.notes.issue("unreadable", field, error.words, self.ref)
            return
        if value is not None:
            self.state(field, value, said or words)

    def take_all(self, field: str, reader: Callable[[str], Mapping[str, Any]], words: str) -> None:
        """Read several facts off the same words; what cannot be read is one Issue of `field`."""
        if clean.blank(words):
            return
        try:
            read = reader(words)
        except Unreadable as error:
            self.intake.notes.issue("unreadable", field, error.words, self.ref)
            return
        for name, value in read.items():
            self.state(name, value, words)

    def state(self, field: str, value: Any, words: str) -> None:
        """Keep a fact that was read, with its words."""
        self.values[field] = value
        self.quotes[field] = Quote(words=words, source="file")
