"""OneRoster 1.1 and 1.2: a zip of CSV files, of which only those about courses are opened.

users.csv, enrollments.csv, demographics.csv and the rest of them are about people: never opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from catalogue import clean
from catalogue.course import Course, Session
from catalogue.errors import WrongUse
from crawlers.files.columns import key_of
from crawlers.files.intake import Facts, Intake
from crawlers.files.opened import Archive
from crawlers.files.tables import Row, csv_from, decoded

OPENED = ("manifest.csv", "courses.csv", "classes.csv", "academicSessions.csv", "orgs.csv")
_GONE = "tobedeleted"
DELTA = "a OneRoster delta lists changes only"


@attrs.frozen(kw_only=True)
class _Files:
    """Rows of each file by sourcedId; empty for a file that is not there."""

    courses: list[Row]
    classes: Mapping[str, list[Row]]
    """By the course that they are classes of."""
    terms: Mapping[str, Row]
    orgs: Mapping[str, Row]
    delta: bool


def take(path: Path, intake: Intake) -> None:
    """Add the courses of a OneRoster zip, classes being their sessions. Raises WrongUse."""
    files = _files(path)
    if files.delta:
        intake.narrowed = DELTA
    for row in files.courses:
        where = f"{path.name}: courses.csv, line {row.line}"
        ref, title = _cell(row, "sourcedId"), _cell(row, "title")
        if _gone(row):
            continue
        if not ref or not title:
            missing = "title" if ref else "sourcedId"
            intake.refuse(where, f"{missing}: it is empty; mend it where it was exported", ref)
            continue
        intake.add(_course(row, ref, title, files, intake))


def _files(path: Path) -> _Files:
    with Archive(path) as archive:
        if "courses.csv" not in archive.names:
            raise WrongUse(
                f"{path.name} has no courses.csv at its top, so it is no OneRoster file of courses;"
                " export courses, classes and academicSessions"
            )
        rows = {name: _rows(archive, name) for name in OPENED if name in archive.names}
    modes = {
        _cell(row, "propertyName"): _cell(row, "value") for row in rows.get("manifest.csv", ())
    }
    return _Files(
        courses=rows["courses.csv"],
        classes=_classes(rows.get("classes.csv", [])),
        terms=_by_id(rows.get("academicSessions.csv", [])),
        orgs=_by_id(rows.get("orgs.csv", [])),
        delta=(modes.get("file.courses") or "").casefold() == "delta",
    )


def _rows(archive: Archive, name: str) -> list[Row]:
    table = csv_from(decoded(archive.read(name), name), f"{archive.path.name}: {name}")
    wanted = "propertyname" if name == "manifest.csv" else "sourcedid"
    if wanted not in map(key_of, table.header):
        raise WrongUse(f"{table.name} has no column {wanted}; its columns are {table.header}")
    if table.refused:
        line, why = table.refused[0]
        raise WrongUse(f"{table.name}, line {line}: {why}")
    return list(table.rows)


def _classes(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if _cell(row, "sourcedId") and not _gone(row):
            found.setdefault(_cell(row, "courseSourcedId") or "", []).append(row)
    return found


def _by_id(rows: list[Row]) -> dict[str, Row]:
    return {ref: row for row in rows if (ref := _cell(row, "sourcedId"))}


def _cell(row: Row, name: str) -> str | None:
    return clean.line(row.cells.get(name))


def _list(row: Row, name: str) -> list[str]:
    return [part for each in (row.cells.get(name) or "").split(",") if (part := each.strip())]


def _gone(row: Row) -> bool:
    return (_cell(row, "status") or "").casefold() == _GONE


def _course(row: Row, ref: str, title: str, files: _Files, intake: Intake) -> Course:
    facts = Facts(intake, ref)
    facts.take("updated", clean.day, _cell(row, "dateLastModified"))
    org = files.orgs.get(_cell(row, "orgSourcedId") or "")
    provider = _cell(org, "name") if org else None
    return Course(
        platform=intake.platform,
        ref=ref,
        url=intake.address(ref),
        title=title,
        audience=intake.audience,
        code=_cell(row, "courseCode"),
        provider=provider,
        providers=(provider,) if provider else None,
        subjects=clean.items(_list(row, "subjects")),
        sessions=tuple(_session(each, files, facts) for each in files.classes.get(ref, ())),
        quotes=facts.quotes,
        **facts.values,
    )


def _session(row: Row, files: _Files, facts: Facts) -> Session:
    """A class runs from the first day of its terms to the last."""
    ref = _cell(row, "sourcedId") or ""
    terms = [files.terms[each] for each in _list(row, "termSourcedIds") if each in files.terms]
    return Session(
        ref=ref,
        title=_cell(row, "title"),
        start=min(_days(terms, "startDate", facts), default=None),
        end=max(_days(terms, "endDate", facts), default=None),
    )


def _days(terms: list[Row], name: str, facts: Facts) -> list[str]:
    days: list[str] = []
    for term in terms:
        stated = Facts(facts.intake, facts.ref)
        stated.take(name, clean.day, _cell(term, name))
        days += stated.values.values()
    return days
