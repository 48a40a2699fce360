"""The catalogue as a MOOChub 3.0.1 feed (JSON:API), for other catalogues to harvest.

What MOOChub has no words for is left out: skills and levels outside ESCO, DigComp and GRETA go
into the keywords or nowhere, hours a week that are not whole are not rounded.
"""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from catalogue.export import licence
from catalogue.export.selection import stable_id
from catalogue.reading import Row

MEDIA_TYPE = "application/vnd.api+json; moochub-version=3.0"
_RESOURCE = {
    "identifier": "https://w3id.org/kim/hcrt/course",
    "type": "Concept",
    "inScheme": "https://w3id.org/kim/hcrt/scheme",
}
_ACCESS = {
    "free_full": ["free"],
    "free_audit_limited": ["free"],
    "free_trial": ["paid"],
    "paid": ["paid"],
    "subscription": ["paid"],
}
_FREQUENCY = {"once": "one-time", "month": "monthly", "year": "yearly"}
_EVERYBODY = "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/generalPublic"


def write(
    courses: Iterable[Row], platforms: Mapping[str, Row], file: BinaryIO, site: str | None
) -> None:
    """The feed as one page; `site` is the address that it will stand at."""
    head: dict[str, Any] = {"meta": {"attribution": attribution(platforms)}}
    if site:
        head["links"] = dict.fromkeys(("self", "first", "last"), site)
    start = json.dumps(head, ensure_ascii=False, sort_keys=True)
    file.write(start[:-1].encode() + b', "data": [')
    for number, course in enumerate(courses):
        line = json.dumps(resource(course, platforms[course["platform"]]), ensure_ascii=False)
        file.write((b",\n" if number else b"\n") + line.encode())
    file.write(b"\n]}\n")


def attribution(platforms: Mapping[str, Row]) -> list[dict[str, str]]:
    """Whose listings these are and under which terms."""
    return [
        {key: row[key] for key in ("title", "home", "licence", "terms")}
        for row in platforms.values()
    ]


def resource(course: Row, platform: Row) -> dict[str, Any]:
    """One course as a JSON:API resource; unknown facts are left out."""
    attributes: dict[str, Any] = {
        "name": course["title"],
        "courseCode": course["code"],
        "learningResourceType": _RESOURCE,
        "courseMode": ["online", "asynchronous"] if course["pace"] == "self" else None,
        "description": _as_html(course["description"] or course["summary"]),
        "inLanguage": course["languages"] or (course["language"] and [course["language"]]),
        "instructor": _named("Person", course["instructors"]),
        "publisher": {"type": "Organization", "name": platform["title"], "url": platform["home"]},
        "creator": _named("Organization", course["providers"] or [course["provider"]])
        or _named("Organization", [platform["title"]]),
        "url": course["url"],
        "license": [licence.spdx(course["licence"])],
        "duration": None if course["weeks"] is None else f"P{course['weeks']:g}W",
        "workload": _workload(course["weekly_hours"]),
        "access": _ACCESS.get(course["access"] or ""),
        "offer": _offers(course),
        "audience": [_EVERYBODY] if course["audience"] == "public" else None,
        "keywords": _once([*(course["skills"] or ()), *(course["subjects"] or ())]),
        "educationalCredentialsAwarded": _credentials(course["certificate"]),
        "dateModified": _moment(course["updated"], platform["timezone"]),
        **_dates(course["sessions"], platform["timezone"]),
    }
    known = {key: value for key, value in attributes.items() if value not in (None, [], "")}
    identity = str(stable_id(course["platform"], course["ref"]))
    return {"id": identity, "type": "Course", "attributes": known}


def _as_html(text: str | None) -> str | None:
    if text is None:
        return None
    paragraphs = (part.strip() for part in text.split("\n"))
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)


def _named(kind: str, names: Iterable[str | None] | None) -> list[dict[str, str]]:
    return [{"type": kind, "name": name} for name in _once(names or ())]


def _once(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


def _workload(weekly: float | None) -> dict[str, Any] | None:
    if weekly is None or weekly != int(weekly):
        return None
    return {"timeValue": int(weekly), "timeUnit": "h/week"}


def _offers(course: Row) -> list[dict[str, Any]]:
    """What following costs, and what the certificate costs. A price of 0 needs no currency."""
    frequency = _FREQUENCY.get(course["billing"] or "", "other")
    free = "free" in (_ACCESS.get(course["access"] or "") or ())
    following = 0.0 if free else course["price"]
    offers = (
        (following, "one-time" if following == 0 else frequency, "course"),
        (course["certificate_price"], "one-time", "certificate"),
    )
    return [
        {
            "price": price,
            "priceCurrency": course["currency"] or "EUR",
            "paymentFrequency": often,
            "category": category,
        }
        for price, often, category in offers
        if price == 0 or (price is not None and course["currency"])
    ]


def _credentials(certificate: str | None) -> list[str] | None:
    return ["certificate"] if certificate in ("free", "paid", "subscription") else None


def _dates(sessions: list[Row], zone: str) -> dict[str, Any]:
    """Days as moments in the platform's own time zone: a session ends at the end of its day."""
    last = sessions[-1] if sessions else {}
    return {
        "startDate": _once(_moment(s["start"], zone) for s in sessions),
        "endDate": _once(_moment(s["end"], zone, end=True) for s in sessions),
        "applicationStartDate": _moment(last.get("enrolment_start"), zone),
        "applicationDeadline": _moment(last.get("enrolment_end"), zone, end=True),
    }


def _moment(day: str | None, zone: str, *, end: bool = False) -> str | None:
    if day is None:
        return None
    time = dt.time(23, 59, 59) if end else dt.time()
    moment = dt.datetime.combine(dt.date.fromisoformat(day), time, tzinfo=ZoneInfo(zone))
    return moment.isoformat()
