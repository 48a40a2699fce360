"""What a course is: every column declared once, with its type, unit and meaning.

From the classes here come the SQLite tables (`schema`), the data dictionary and Datasette's
descriptions (`publish`). None always means "the page did not say": never no, zero or empty text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import attrs

from catalogue.options import (
    ACCESS,
    AUDIENCES,
    BILLING,
    CERTIFICATES,
    ISSUE_KINDS,
    KINDS,
    LEVELS,
    PACES,
    VERDICTS,
)

SOURCES = ("api", "page", "jsonld", "microdata", "rdfa", "state", "dom", "file", "platform")


def column(
    meaning: str,
    *,
    unit: str | None = None,
    options: tuple[str, ...] = (),
    watched: bool = False,
    references: str | None = None,
    default: Any = attrs.NOTHING,
) -> Any:
    """Declare a column: what it means, its unit, its closed list of values.

    `watched` columns are those whose changes a person cares about: each change becomes a row of
    the change table. `references` names the table that the value is an id of.
    """
    return attrs.field(
        default=default,
        metadata={
            "meaning": meaning,
            "unit": unit,
            "options": options,
            "watched": watched,
            "references": references,
        },
    )


def _end(which: str, *, of: str, unit: str) -> Any:
    meaning = f"Where a range or a limit is stated in place of one {of}: the {which}."
    return column(meaning, unit=unit, watched=True, default=None)


@attrs.frozen(kw_only=True)
class Quote:
    """The words on the page that a value was read from."""

    words: str
    source: str
    """Which part of the platform's answer spoke: one of SOURCES."""


@attrs.frozen(kw_only=True)
class Session:
    """One run of a course, with the dates that the platform states (its own days, ISO 8601)."""

    ref: str = column("The platform's identifier of the session, or its start date.")
    title: str | None = column("The session's name, as written.", default=None)
    url: str | None = column("Where one enrols in this session.", default=None)
    start: str | None = column("First day of teaching.", unit="date", default=None)
    end: str | None = column(
        "Last day of teaching; empty when none is stated.", unit="date", default=None
    )
    enrolment_start: str | None = column(
        "First day on which one can enrol.", unit="date", default=None
    )
    enrolment_end: str | None = column(
        "Last day on which one can enrol; empty when none is stated.", unit="date", default=None
    )
    languages: tuple[str, ...] | None = column(
        "Languages of this session, BCP 47 codes.", default=None
    )
    access: str | None = column(
        "What one pays to follow this session.", options=ACCESS, default=None
    )
    price: float | None = column(
        "Price of following this session; 0 means free.", unit="currency", default=None
    )
    currency: str | None = column("ISO 4217 code of the session's prices.", default=None)
    certificate: str | None = column(
        "What one pays for this session's certificate.", options=CERTIFICATES, default=None
    )
    certificate_price: float | None = column(
        "Price of this session's certificate.", unit="currency", default=None
    )


@attrs.frozen(kw_only=True)
class Course:
    """One course as one platform lists it. Harvested text is plain text, never HTML."""

    platform: str = column("Name of the platform's file, such as fun or coursera.")
    ref: str = column("The platform's own identifier of the course.")
    url: str = column("The course's page on the platform.")
    title: str = column("The course's title, in the language of its page.", watched=True)
    kind: str = column("What sort of offer this is.", options=KINDS, default="course")
    audience: str = column("Whom the provider made it for.", options=AUDIENCES, default="public")
    code: str | None = column("The provider's own number for the course.", default=None)
    language: str | None = column(
        "Main language of the course, a BCP 47 code.", watched=True, default=None
    )
    languages: tuple[str, ...] | None = column(
        "All languages that the course is taught in, BCP 47 codes.", default=None
    )
    subtitles: tuple[str, ...] | None = column(
        "Languages of the subtitles, BCP 47 codes.", default=None
    )
    provider: str | None = column("Who offers the course: the first one named.", default=None)
    providers: tuple[str, ...] | None = column("Every organisation named.", default=None)
    instructors: tuple[str, ...] | None = column("Instructors' public names.", default=None)
    summary: str | None = column("The short introduction.", default=None)
    description: str | None = column("The full description.", default=None)
    outcomes: tuple[str, ...] | None = column(
        "What you will learn: sentences as written.", default=None
    )
    skills: tuple[str, ...] | None = column("Skill tags.", default=None)
    subjects: tuple[str, ...] | None = column("Subjects, as the platform files it.", default=None)
    plan: tuple[str, ...] | None = column("Titles of the modules or weeks, in order.", default=None)
    format: str | None = column("How the course is taught, as written.", default=None)
    prerequisites: str | None = column("What one must know before.", default=None)
    assessment: str | None = column("How one is assessed and certified, as written.", default=None)
    level: str | None = column("Level of the course.", options=LEVELS, watched=True, default=None)
    pace: str | None = column(
        "self: at one's own pace; instructor: to the session's dates.",
        options=PACES,
        watched=True,
        default=None,
    )
    weeks: float | None = column(
        "How long the course lasts, as stated.", unit="weeks", watched=True, default=None
    )
    weeks_low: float | None = _end("least", of="length", unit="weeks")
    weeks_high: float | None = _end("most", of="length", unit="weeks")
    weekly_hours_low: float | None = column(
        "Stated hours a week; the lower figure of a range.",
        unit="hours/week",
        watched=True,
        default=None,
    )
    weekly_hours_high: float | None = column(
        "Stated hours a week; the upper figure of a range.",
        unit="hours/week",
        watched=True,
        default=None,
    )
    total_hours: float | None = column(
        "Stated effort for the whole course.", unit="hours", watched=True, default=None
    )
    total_hours_low: float | None = _end("least", of="total", unit="hours")
    total_hours_high: float | None = _end("most", of="total", unit="hours")
    access: str | None = column(
        "What one pays to follow the course.", options=ACCESS, watched=True, default=None
    )
    price: float | None = column(
        "Price of following the course; 0 means free.",
        unit="currency",
        watched=True,
        default=None,
    )
    free_track: str | None = column(
        "What following the course for free leaves out, as written.", default=None
    )
    currency: str | None = column(
        "ISO 4217 code of the course's prices.", watched=True, default=None
    )
    billing: str | None = column(
        "How the price is paid.", options=BILLING, watched=True, default=None
    )
    certificate: str | None = column(
        "What one pays for the certificate.", options=CERTIFICATES, watched=True, default=None
    )
    certificate_price: float | None = column(
        "Price of the certificate.", unit="currency", watched=True, default=None
    )
    rating: float | None = column(
        "Learners' rating, brought to a scale of 0 to 5.", unit="stars", default=None
    )
    rating_count: int | None = column(
        "How many ratings the figure rests on.", unit="ratings", default=None
    )
    enrolled: int | None = column(
        "How many people ever enrolled, as stated.", unit="people", default=None
    )
    licence: str | None = column("Licence of the course's content, as written.", default=None)
    updated: str | None = column(
        "Day on which the platform says the listing last changed.", unit="date", default=None
    )
    translations: Mapping[str, Mapping[str, str]] | None = column(
        "The same course's title, summary or description in other languages, by BCP 47 code.",
        default=None,
    )
    quotes: Mapping[str, Quote] = column(
        "For each fact, the words it was read from and which part of the answer said them.",
        default=attrs.Factory(dict),
    )
    sessions: tuple[Session, ...] = attrs.field(default=(), metadata={"table": "session"})

    @property
    def key(self) -> tuple[str, str]:
        """(platform, ref): what makes a course the same one next week."""
        return self.platform, self.ref

    def to_json(self) -> str:
        """The whole course as one line of JSON, keys sorted, unknown facts left out."""
        return to_json(as_dict(self))

    @classmethod
    def from_json(cls, text: str) -> Course:
        """Read what `to_json` wrote."""
        return course_from(json.loads(text))

    @property
    def hash(self) -> bytes:
        """16 bytes that differ when anything that the platform says has changed."""
        return hash_of(self.to_json())


@attrs.frozen(kw_only=True)
class Platform:
    """A site that courses come from, as its platform file declares it."""

    name: str = column("Name of the platform's file.")
    title: str = column("The platform's name.")
    home: str = column("Address of the site.")
    languages: tuple[str, ...] = column("Languages that the site answers in, BCP 47 codes.")
    timezone: str = column("Time zone in which the site's days are meant.")
    licence: str = column("Terms under which the listing data stands.")
    terms: str = column("Address of the site's terms of use.")
    robots: str = column("Stance towards the site's robots.txt.")
    audience: str = column("Whom its courses are for.", options=AUDIENCES)
    floor: int = column("Fewer courses than this are not the whole site.", unit="courses")


@attrs.frozen(kw_only=True)
class Crawl:
    """One visit to one platform, and what may be concluded from it."""

    platform: str = column("Name of the platform's file.")
    day: str = column("The day that the crawl speaks for.", unit="date")
    started: str = column("When it began.", unit="UTC time")
    finished: str = column("When its harvest was loaded.", unit="UTC time")
    verdict: str = column(
        "complete: everything that the site announced was read; only such a crawl may withdraw.",
        options=VERDICTS,
    )
    reasons: tuple[str, ...] = column("Why the crawl is not complete, one sentence each.")
    base_url: str | None = column("The address that was asked.", default=None)
    announced: int | None = column(
        "How many courses the site said it has.", unit="courses", default=None
    )
    read: int = column("Courses read, those found unchanged included.", unit="courses", default=0)
    rejected: int = column("Listings that could not become a course.", unit="courses", default=0)
    new: int = column("Courses seen for the first time.", unit="courses", default=0)
    changed: int = column(
        "Courses of which the platform says something else, be it a word.",
        unit="courses",
        default=0,
    )
    withdrawn: int = column("Courses no longer listed.", unit="courses", default=0)
    back: int = column("Courses listed again.", unit="courses", default=0)
    requests: int = column("Requests sent.", unit="requests", default=0)
    errors: int = column("Requests and pages that failed.", unit="errors", default=0)


@attrs.frozen(kw_only=True)
class Issue:
    """Something in a crawl that a person should look at: one row per kind and field."""

    platform: str = column("Name of the platform's file.")
    kind: str = column(
        "; ".join(f"{kind}: {meaning}" for kind, meaning in ISSUE_KINDS.items()) + ".",
        options=tuple(ISSUE_KINDS),
    )
    field: str = column("The field or address pattern that it is about.")
    count: int = column("How many times it was met in the crawl.", unit="times", default=1)
    example: str | None = column("The words of the first one met.", default=None)
    ref: str | None = column("The course or address of the first one met.", default=None)


@attrs.frozen(kw_only=True)
class Change:
    """One fact about one course that became another."""

    day: str = column("The day of the crawl that saw it.", unit="date")
    field: str = column("The column that changed; new, withdrawn, back or sessions.")
    old: str | None = column("What was said before.", default=None)
    new: str | None = column("What is said now.", default=None)


to_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""What `as_dict` gives as one line of JSON."""


def hash_of(text: str) -> bytes:
    """16 bytes that stand for a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def as_dict(thing: Any) -> dict[str, Any]:
    """An attrs object as plain JSON values, without what is unknown or empty by default."""
    found = {}
    for name in _names(type(thing)):
        value = getattr(thing, name)
        if value is not None and value not in ({}, ()):
            found[name] = value if type(value) in _PLAIN else _plain(value)
    return found


_PLAIN = frozenset({str, int, float, bool})


_NAMES: dict[type, tuple[str, ...]] = {}


def _names(model: type) -> tuple[str, ...]:
    if model not in _NAMES:
        _NAMES[model] = tuple(field.name for field in attrs.fields(model))
    return _NAMES[model]


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return as_dict(value)


def course_from(record: Mapping[str, Any]) -> Course:
    """A Course from the dict that `as_dict` makes. Unknown keys raise TypeError."""
    values = {key: _tuple(value) for key, value in record.items()}
    values["sessions"] = tuple(
        Session(**{key: _tuple(value) for key, value in session.items()})
        for session in record.get("sessions", ())
    )
    values["quotes"] = {key: Quote(**quote) for key, quote in record.get("quotes", {}).items()}
    return Course(**values)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
