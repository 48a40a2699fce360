"""A site that speaks as Coursera: robots, site maps, /learn pages, the catalogue API.

The API answers although robots.txt forbids it, as the real one does. Pages carry ETag and
Last-Modified and answer 304 to who has them already.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from crawlers.demo.coursera_page import course_page, missing_page
from crawlers.demo.exchange import Answer, Asked, as_json, languages_wanted, page, plain, xml
from crawlers.demo.offer import Offer, Record
from crawlers.demo.richie_words import slug

ROBOTS = """User-agent: *
Allow: /api/utilities/v1/imageproxy
Disallow: /maestro/
Disallow: /api/
Disallow: /ui/
Disallow: /account/email_verify/
Disallow: /search
Disallow: /graphql-gateway
Sitemap: {url}/sitemap.xml
"""
CHILDREN = ("courses", "partners", "specializations")
ALWAYS = ("courseType", "id", "slug", "name")
WORKLOADS: tuple[Callable[[Record], str | None], ...] = (
    lambda course: f"{course['weekly']} hours/week" if course.get("weekly") else None,
    lambda course: _clock(course["hours"]) if course.get("hours") else None,
    lambda _: None,
    lambda course: (
        f"{course['weeks']} weeks of study, {course['weekly']}-{course['weekly'] + 2} hours a week"
        if course.get("weeks") and course.get("weekly")
        else None
    ),
)


class CourseraSite:
    """The Coursera look-alike on one day."""

    def __init__(self, offer: Offer, url: str, platform: str) -> None:  # noqa: ARG002
        self.offer = offer
        self.url = url
        self._partners = _numbered(offer, "partners", 700)
        self._instructors = _numbered(offer, "instructors", 226_000)

    def answer(self, asked: Asked) -> Answer:
        """The answer to one request."""
        parts = asked.path.strip("/").split("/")
        if asked.path == "/robots.txt":
            return plain(ROBOTS.format(url=self.url))
        if asked.path == "/sitemap.xml":
            return self._index()
        if asked.path.startswith("/sitemap~www~"):
            return self._sitemap(asked.path.removeprefix("/sitemap~www~").removesuffix(".xml"))
        if parts[0] == "learn" and len(parts) == 2:
            return self._learn(parts[1], asked)
        if parts[0] == "api" and len(parts) == 2:
            return self._api(parts[1], asked)
        return page(missing_page(), 404)

    # --- site maps

    def _index(self) -> Answer:
        entries = "".join(
            f"<sitemap><loc>{self.url}/sitemap~www~{name}.xml</loc>"
            f"<lastmod>{self.offer.day}</lastmod></sitemap>"
            for name in CHILDREN
        )
        return xml(_document("sitemapindex", entries))

    def _sitemap(self, name: str) -> Answer:
        if name not in CHILDREN:
            return page(missing_page(), 404)
        addresses = {
            "courses": [
                (f"/learn/{course['ref']}", self.offer.updated(course))
                for course in self.offer.listed
            ],
            "partners": [(f"/{slug(name)}", self.offer.day) for name in self._partners],
            "specializations": [],
        }[name]
        entries = "".join(
            f"<url><loc>{self.url}{path}</loc><lastmod>{lastmod}</lastmod></url>"
            for path, lastmod in addresses
        )
        return xml(_document("urlset", entries))

    # --- pages

    def _learn(self, ref: str, asked: Asked) -> Answer:
        course = next((each for each in self.offer.here if each["ref"] == ref), None)
        if course is None:
            return page(missing_page(), 404)
        wanted = languages_wanted(asked.headers.get("accept-language", "en"))
        language = "fr" if wanted[:1] == ["fr"] else "en"
        shown = page(course_page(course, self.url, language)).plus(
            ETag=_tag(course, language),
            Last_Modified=self._last_modified(course),
            Vary="Accept-Language",
            Cache_Control="private, max-age=0, must-revalidate",
        )
        return Answer(304, b"", shown.headers) if _known(asked, shown) else shown

    def _last_modified(self, course: Record) -> str:
        day = self.offer.updated(course)
        return f"{day:%a, %d %b %Y} 00:00:00 GMT"

    # --- catalogue API

    def _api(self, name: str, asked: Asked) -> Answer:
        if name == "courses.v1":
            if asked.parameter("q") == "search":
                return as_json({"errorCode": "Method not allowed"}, 405)
            return as_json(self._courses(asked))
        people = {"partners.v1": self._partners, "instructors.v1": self._instructors}.get(name)
        if people is None:
            return as_json({"errorCode": "Not found"}, 404)
        ids = asked.values("ids")
        found = [_element(name, *each) for each in people.items() if not ids or each[1] in ids]
        return as_json({"elements": found, "paging": {"total": len(found)}, "linked": {}})

    def _courses(self, asked: Asked) -> dict[str, Any]:
        start, limit = int(asked.parameter("start") or 0), int(asked.parameter("limit") or 100)
        found = self.offer.listed
        if asked.parameter("q") == "slug":
            found = [each for each in found if each["ref"] == asked.parameter("slug")]
        elif ids := asked.values("ids"):
            found = [each for each in found if each["id"] in ids]
        shown = found[start : start + limit]
        paging: dict[str, Any] = {}
        if start + limit < len(found):
            paging["next"] = str(start + limit)
        if start == 0:
            paging["total"] = self.offer.announced if found == self.offer.listed else len(found)
        fields = _fields(asked)
        elements = [self._course(each, fields) for each in shown]
        return {"elements": elements, "paging": paging, "linked": self._linked(asked, elements)}

    def _course(self, course: Record, fields: set[str]) -> dict[str, Any]:
        place = self.offer.records.index(course)
        every = {
            "courseType": "v2.ondemand",
            "id": course["id"],
            "slug": course["ref"],
            "name": course["title"],
            "description": course.get("description") or "",
            "primaryLanguages": [course["language"]],
            "subtitleLanguages": course.get("subtitles", []),
            "workload": WORKLOADS[place % 4](course),
            "partnerIds": [self._partners[name] for name in course["partners"]],
            "instructorIds": [self._instructors[name] for name in course["instructors"]],
            "photoUrl": f"{self.url}/images/{course['ref']}.png",
            "domainTypes": [_domain(course)] if course.get("domain") else [],
            "certificates": ["VerifiedCert"],
            "specializations": [],
        }
        return {
            key: value
            for key, value in every.items()
            if key in ALWAYS or (key in fields and value is not None)
        }

    def _linked(self, asked: Asked, elements: list[dict[str, Any]]) -> dict[str, Any]:
        """Filled only when `includes` names fields of the course, not resources."""
        linked = {}
        for field, name, people in (
            ("partnerIds", "partners.v1", self._partners),
            ("instructorIds", "instructors.v1", self._instructors),
        ):
            if field in asked.values("includes"):
                ids = {each for element in elements for each in element.get(field, ())}
                linked[name] = [_element(name, *each) for each in people.items() if each[1] in ids]
        return linked


def _numbered(offer: Offer, field: str, first: int) -> dict[str, str]:
    names = dict.fromkeys(name for course in offer.records for name in course[field])
    return {name: str(first + place) for place, name in enumerate(names)}


def _element(resource: str, name: str, number: str) -> dict[str, Any]:
    if resource == "partners.v1":
        return {"id": number, "name": name, "shortName": slug(name), "links": {}}
    first, _, last = name.rpartition(" ")
    # The real API leaves fullName empty for many: every third here.
    full = "" if int(number) % 3 == 0 else name
    return {"id": number, "firstName": first, "prefixName": "", "lastName": last, "fullName": full}


def _domain(course: Record) -> dict[str, str]:
    domain, subdomain = course["domain"]
    return {"domainId": slug(domain), "subdomainId": slug(subdomain)}


def _fields(asked: Asked) -> set[str]:
    text = ",".join(asked.query.get("fields", []))
    return {each.strip() for each in text.split(",")}


def _clock(hours: float) -> str:
    return f"{int(hours)}h {round(hours % 1 * 60)}m"


def _tag(course: Record, language: str) -> str:
    """The same for the same course on every port that a demo may get."""
    said = json.dumps([course, language], sort_keys=True).encode()
    return f'"{hashlib.blake2b(said, digest_size=12).hexdigest()}"'


def _known(asked: Asked, shown: Answer) -> bool:
    """Has the client this very page? If-None-Match goes before If-Modified-Since (RFC 9110)."""
    headers: Mapping[str, str] = asked.headers
    if tags := headers.get("if-none-match"):
        given = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return shown.headers["ETag"] in given or "*" in given
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(since) >= parsedate_to_datetime(shown.headers["Last-Modified"])
    except (TypeError, ValueError):
        return False


def _document(root: str, entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>\n'
    )
