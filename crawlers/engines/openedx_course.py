"""Runs of an Open edX instance's course list -> courses; pure.

The list has one row per run, and nothing above it: runs of one organisation and number are one
course. Its newest run speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import attrs

from catalogue import clean
from catalogue.clean import Workload
from catalogue.course import Course, Quote, Session
from catalogue.errors import Unreadable
from catalogue.words import fold
from crawlers.facts import Facts

Run = Mapping[str, Any]
_READ = {
    "id", "course_id", "name", "number", "org", "short_description", "overview", "effort", "start",
    "start_type", "end", "enrollment_start", "enrollment_end", "pacing", "hidden",
    "course_about_url",
}  # fmt: skip
# Pictures and films; the start in words; addresses for programs; and whether one must be invited
# or can use a telephone, for which there is no column.
IGNORED = {
    "media", "start_display", "blocks_url", "mobile_available", "invitation_only",
    "certificate_available_date", "is_enrolled",
}  # fmt: skip
_KEY = re.compile(r"course-v1:(?P<org>[^+/]+)\+(?P<number>[^+/]+)\+(?P<run>[^+/]+)")
_OLD_KEY = re.compile(r"(?P<org>[^+/:]+)/(?P<number>[^+/]+)/(?P<run>[^+/]+)")
_TRIAL = re.compile(
    r"(?:(?:a|my|the|un|mon|open|edx) ){0,2}(?:test|demo|demonstration)(?: course| run)?(?: \d+)?"
)
_UNSET = "2030-01-01"
"""The start that Open edX gives to a course of which nobody has set one."""
_PACES = {"self": "self", "instructor": "instructor"}
_HOURS_ALONE = re.compile(
    r"[\d.,]+(?:\s*(?:-|–|to|à)\s*[\d.,]+)?\s*(?:h|hrs?|hours?|heures?)?\.?", re.IGNORECASE
)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_KMOOC = re.compile(r"[\d:]*@(?P<weeks>\d+)#[\d:]*(?:\$(?P<hours>\d+):(?P<minutes>\d\d))?")


@attrs.frozen(kw_only=True)
class Instance:
    """What reading needs to know of the site."""

    platform: str
    home: str
    timezone: str = "UTC"
    audience: str = "public"
    language: str | None = None
    """The language of all its courses, where they have one; the list does not tell."""


@attrs.frozen(kw_only=True)
class Reading:
    """A course, and what in its rows nobody could read or has foreseen."""

    course: Course
    unreadable: tuple[tuple[str, Unreadable], ...] = ()
    unknown: Mapping[str, str] = attrs.Factory(dict)


def course_of(run: Run) -> str | None:
    """Ref ("ORG+NUMBER") of the course that a run is of; None where it is of nobody's.

    Such are copies for one class (ccx-v1), hidden runs, and runs called "Test" or "Demo". A run
    without organisation and number is filed under its own id.
    """
    return None if _private(run) else ref_of(run)


def id_of(run: Run) -> str:
    """The run's key; two releases name it in two ways."""
    return str(run.get("id") or run.get("course_id") or "")


def ref_of(run: Run) -> str:
    """The course that a run is of: its organisation and number."""
    key = _KEY.fullmatch(id_of(run)) or _OLD_KEY.fullmatch(id_of(run))
    org = clean.line(str(run.get("org") or (key["org"] if key else "")))
    number = clean.line(str(run.get("number") or (key["number"] if key else "")))
    return f"{org}+{number}" if org and number else id_of(run)


def _private(run: Run) -> bool:
    name = " ".join(re.findall(r"\w+", fold(str(run.get("name") or ""))))
    trial = _TRIAL.fullmatch(name) or str(run.get("number")) == "DemoX"
    return id_of(run).startswith("ccx-v1:") or run.get("hidden") is True or bool(trial)


def newest(runs: Sequence[Run]) -> Run:
    """The run that speaks for the course: of the latest start that is set, by key among equals."""
    return max(runs, key=lambda run: (_start_words(run) or "", id_of(run)))


def read(runs: Sequence[Run], instance: Instance) -> Reading:
    """One course from its runs. Raises Unreadable where the newest has neither key nor name."""
    facts = Facts()
    main = newest(runs)
    title = clean.line(str(main.get("name") or ""))
    if title is None or not id_of(main):
        raise Unreadable(dict(main), "a name and a key")
    if said := clean.line(_text(main.get("effort"))):
        facts.take_workload(said, "api", effort, field="effort")
    facts.take("pace", _pace, main.get("pacing") or None, "api")
    summary = clean.plain(_text(main.get("short_description")))
    description = clean.plain(_text(main.get("overview")))
    _take_language(facts, f"{summary or ''} {description or ''}", instance)
    facts.take_free_track(f"{summary or ''}\n{description or ''}", "api")
    org = clean.line(_text(main.get("org")))
    sessions = (_session(run, instance, title, facts.unreadable) for run in runs)
    course = Course(
        platform=instance.platform,
        ref=ref_of(main),
        url=_about(main, instance),
        title=title,
        audience=instance.audience,
        code=clean.line(_text(main.get("number"))),
        provider=org,
        providers=(org,) if org else None,
        summary=summary,
        description=description,
        sessions=tuple(sorted(sessions, key=lambda each: (each.start or "9999", each.ref))),
        quotes=facts.quotes,
        **facts.values,
    )
    unknown = {
        key: str(value)
        for run in runs
        for key, value in run.items()
        if key not in _READ and key not in IGNORED
    }
    return Reading(course=course, unreadable=tuple(facts.unreadable), unknown=unknown)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _about(run: Run, instance: Instance) -> str:
    """The page on the course: the instance's own, or where the newer releases say it is."""
    said = str(run.get("course_about_url") or "")
    if said.startswith(("https://", "http://")):
        return said
    return f"{instance.home}/courses/{quote(id_of(run), safe=':+@/')}/about"


def _pace(said: Any) -> str:
    if not isinstance(said, str) or said not in _PACES:
        raise Unreadable(said, "a pace")
    return _PACES[said]


def _take_language(facts: Facts, prose: str, instance: Instance) -> None:
    """The list names none: the site's own, or what the prose is written in."""
    if declared := instance.language:
        facts.values["language"] = declared
        facts.quotes["language"] = Quote(words="stated for the whole site", source="platform")
    elif found := clean.detected(prose):
        facts.take("language", lambda _: found, "detected from the description", "page")


def effort(words: str) -> Workload | None:
    """The field that Studio labels "Hours of Effort per Week": hours alone are a week's.

    "04:00" is four hours. K-MOOC writes learning@weeks#video$total: "00:15@07#01:40$07:00" is 7
    weeks and 7 hours in all. Other words mean what they say. Raises Unreadable.
    """
    if clock := _CLOCK.fullmatch(words):
        hours = round(int(clock[1]) + int(clock[2]) / 60, 3) or None
        return Workload(weekly_low=hours, weekly_high=hours)
    if parts := _KMOOC.fullmatch(words):
        total = int(parts["hours"] or 0) + int(parts["minutes"] or 0) / 60
        return Workload(weeks=float(parts["weeks"]) or None, total_hours=round(total, 3) or None)
    if _HOURS_ALONE.fullmatch(words):
        unit = "" if re.search(r"[a-zA-Z]\.?$", words) else " hours"
        return clean.workload(f"{words.rstrip('.')}{unit} per week")
    return clean.workload(words)


def _session(
    run: Run, instance: Instance, title: str, unreadable: list[tuple[str, Unreadable]]
) -> Session:
    facts = Facts(unreadable=unreadable, within="session.")
    stated = {"start": _start_words(run), "end": run.get("end")}
    stated |= {f"enrolment_{each}": run.get(f"enrollment_{each}") for each in ("start", "end")}
    for field, said in stated.items():
        words = clean.line(_text(said))
        facts.take(field, lambda each: clean.day(each, instance.timezone), words, "api")
    name = clean.line(_text(run.get("name")))
    return Session(
        ref=id_of(run),
        title=None if name == title else name,
        url=_about(run, instance),
        **facts.values,
    )


def _start_words(run: Run) -> str | None:
    """The start as stated; none where the type says that it is empty, or it is the unset one."""
    said = str(run.get("start") or "")
    unset = run.get("start_type") == "empty" or said.startswith(_UNSET)
    return None if unset or not said else said
