"""Coursera's catalogue API, which api.coursera.org/robots.txt asks robots to leave alone.

Off unless the operator says so by name: without `despite_robots="yes"` the spider asks nothing
and its crawl is one error, which says why. It gives the whole catalogue in some two hundred
requests, but neither price, level, rating, skills nor enrolment. Its courses carry the same refs
(slugs) and addresses as those of the course pages, under a platform name of their own: the two
are different sources, and twins are recognised by their address.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from catalogue import clean, words
from catalogue.course import Course, Quote
from catalogue.errors import Unreadable
from crawlers.engines.coursera import fetch
from crawlers.engines.coursera_page import effort, quoted
from crawlers.spider import Page, PlatformSpider

Element = dict[str, Any]
Linked = Mapping[str, Mapping[str, str]]
"""Resource -> id -> name, of partners.v1 and instructors.v1."""

_FIELDS = (
    "name,slug,description,primaryLanguages,subtitleLanguages,workload,partnerIds,instructorIds,"
    "domainTypes,certificates,courseType,partners.v1(name),"
    "instructors.v1(firstName,prefixName,lastName,fullName)"
)
_READ = {"id", "name", "slug", "description", "primaryLanguages", "subtitleLanguages",
         "workload", "partnerIds", "instructorIds", "domainTypes", "courseType"}  # fmt: skip
_IGNORED = {"certificates", "specializations", "photoUrl", "partnerLogo", "startDate",
            "previewLink", "s12nIds", "courseStatus", "courseMode", "upcomingSessionStartDate",
            "plannedLaunchDate", "premiumExperienceVariant"}  # fmt: skip
_JOINED = {"partners.v1": "partnerIds", "instructors.v1": "instructorIds"}
_NAME_FIELDS = {"partners.v1": "name", "instructors.v1": "firstName,prefixName,lastName,fullName"}
_PAGE = 100
_DEAD = "v1.session"
"""Courses of the platform's first software: their pages are no longer there."""


class CourseraApiSpider(PlatformSpider):
    """Pages through courses.v1. Argument despite_robots: "yes" to ask at all."""

    opt_in: ClassVar[str | None] = (
        "robots.txt of api.coursera.org disallows /api/; the platform coursera reads the same"
        " courses from pages that it allows"
    )
    site: ClassVar[str] = "https://www.coursera.org"
    """Where the courses themselves are."""

    def __init__(self, *args: Any, despite_robots: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.despite_robots = despite_robots == "yes"
        self.linked: dict[str, dict[str, str]] = {"partners.v1": {}, "instructors.v1": {}}
        self.taken = 0

    async def start(self) -> AsyncIterator[Any]:
        """The first page, or the reason why there is none."""
        if self.despite_robots:
            yield self.ask_list("0")
        else:
            self.error(self.base, f"{self.opt_in}; despite_robots=yes asks all the same")

    def ask_list(self, start: str) -> Request:
        """A request for the page that begins at this offset, a string of the API's."""
        query = {"start": start, "limit": _PAGE, "fields": _FIELDS}
        query["includes"] = "partnerIds,instructorIds"
        path = "/api/courses.v1?" + urlencode(query)
        request = self.ask(path, self.parse_list, meta={"dont_obey_robotstxt": True}, start=start)
        return request.replace(errback=self.missed_list)

    def missed_list(self, failure: Failure) -> Iterator[Request]:
        """A page that failed is an error, but the pages after it are still read."""
        self.failed(failure)
        yield from self.skip(failure.request.cb_kwargs["start"])  # type: ignore[attr-defined]

    def skip(self, start: str) -> Iterator[Request]:
        """The page after one that could not be had: offsets are numbers, written as strings."""
        more = start.isdecimal() and int(start) + _PAGE < (self.announced or 0)
        if more and self.may_skip():
            yield self.ask_list(str(int(start) + _PAGE))

    async def parse_list(self, response: Response, start: str) -> AsyncIterator[Any]:
        """One page of the catalogue and the request for the next.

        Only the first page states a total. An empty page is an end as good as no next offset.
        """
        said = self.json(response)
        elements = said.get("elements") if isinstance(said, dict) else None
        if not isinstance(elements, list):
            if said is not None:
                self.error(response.url, "no list of elements in this answer")
            for request in self.skip(start):
                yield request
            return
        paging = said.get("paging") or {}
        if self.announced is None and isinstance(paging.get("total"), int):
            self.announced = paging["total"]
        if elements and paging.get("next") and not self._enough(elements):
            yield self.ask_list(str(paging["next"]))
        await self.join(elements, said.get("linked") or {})
        yield Page(courses=tuple(self.courses(elements)))

    def _enough(self, elements: list[Element]) -> bool:
        coming = sum(map(self._wanted, elements))
        return self.limit is not None and self.taken + coming >= self.limit

    async def join(self, elements: list[Element], linked: Mapping[str, list[Element]]) -> None:
        """Learn the names behind the ids: from `linked`, or by asking where that is empty."""
        for resource, ids_field in _JOINED.items():
            known = self.linked[resource]
            known |= names(linked.get(resource) or ())
            ids = [each for element in elements for each in element.get(ids_field) or ()]
            missing = [each for each in dict.fromkeys(ids) if each not in known]
            if missing:
                known |= await self.ask_names(resource, missing)

    async def ask_names(self, resource: str, ids: list[str]) -> dict[str, str]:
        """Names by id; an id that the API does not know is not asked for again."""
        query = urlencode({"ids": ",".join(ids), "fields": _NAME_FIELDS[resource]})
        response = await fetch(self, f"/api/{resource}?{query}", {}, dont_obey_robotstxt=True)
        said = self.json(response) if response else None
        found = names(said.get("elements") or ()) if isinstance(said, dict) else {}
        return dict.fromkeys(ids, "") | found

    def courses(self, elements: list[Element]) -> Iterable[Course]:
        """The courses of a page that are wanted and can be read."""
        for element in elements:
            if element.get("courseType") == _DEAD:
                self.issue("gone", _DEAD, str(element.get("slug")))
                self.announced = self.announced and self.announced - 1
            elif not element.get("slug") or not clean.line(element.get("name")):
                self.reject(str(element.get("id")), "no name or no slug in the catalogue's answer")
            elif self._wanted(element) and (self.limit is None or self.taken < self.limit):
                self.taken += 1
                yield self.course(element)

    def _wanted(self, element: Element) -> bool:
        if not self.match:
            return True
        text = words.stemmed(f"{element.get('name')} {element.get('description') or ''}").split()
        return all(set(words.stems(word)) & set(text) for word in words.tokens(self.match))

    def course(self, element: Element) -> Course:
        """One element as a Course, its troubles noted."""
        for name in element.keys() - _READ - _IGNORED:
            self.issue("unknown_field", name, str(element[name]), ref=element["slug"])
        course, troubles = read(element, self.linked, platform=self.name, site=self.site)
        for field, error in troubles:
            self.unreadable(field, error, course.ref)
        return course


def names(elements: Iterable[Element]) -> dict[str, str]:
    """Id -> name; an instructor whose fullName is empty is prefix, first and last name."""
    found = {}
    for element in elements:
        parts = (element.get(part) for part in ("prefixName", "firstName", "lastName"))
        name = element.get("name") or element.get("fullName") or " ".join(filter(None, parts))
        found[str(element["id"])] = clean.line(name) or ""
    return found


def read(
    element: Element, linked: Linked, *, platform: str = "coursera_api", site: str
) -> tuple[Course, list[tuple[str, Unreadable]]]:
    """One element of courses.v1 as a Course, and the fields whose words could not be read."""
    slug = element["slug"]
    columns: dict[str, Any] = {}
    quotes: dict[str, Quote] = {}
    troubles: list[tuple[str, Unreadable]] = []
    for field, columns_of in _READERS.items():
        value = element.get(field)
        try:
            found = columns_of(value, linked) if value else {}
        except Unreadable as error:
            troubles.append((field, error))
            continue
        stated = {name: value for name, value in found.items() if value is not None}
        columns |= stated
        quotes |= dict.fromkeys(stated, Quote(words=_said(value), source="api"))
    kind = "guided_project" if slug.startswith("projects-") else "course"
    course = Course(
        platform=platform, ref=slug, url=f"{site}/learn/{slug}", kind=kind, quotes=quotes, **columns
    )
    return course, troubles


def _said(value: Any) -> str:
    if isinstance(value, list):
        return quoted(tuple(str(each) for each in value))
    return quoted(str(value))


def _languages(codes: list[str], _: Linked) -> dict[str, Any]:
    found = clean.languages(codes)
    return {"language": found[0], "languages": found} if found else {}


def _providers(ids: list[str], linked: Linked) -> dict[str, Any]:
    found = clean.items(linked["partners.v1"].get(each) for each in ids)
    return {"provider": found[0], "providers": found} if found else {}


def _instructors(ids: list[str], linked: Linked) -> dict[str, Any]:
    return {"instructors": clean.items(linked["instructors.v1"].get(each) for each in ids)}


def _subjects(domains: list[Mapping[str, str]], _: Linked) -> dict[str, Any]:
    """business/marketing is filed under both: the API has ids for names."""
    ids = (domain.get(part) for domain in domains for part in ("domainId", "subdomainId"))
    return {"subjects": clean.items(each.replace("-", " ") for each in ids if each)}


_READERS: dict[str, Any] = {
    "name": lambda value, _: {"title": clean.line(value)},
    "description": lambda value, _: {"description": clean.plain(value)},
    "primaryLanguages": _languages,
    "subtitleLanguages": lambda value, _: {"subtitles": clean.languages(value)},
    "workload": lambda value, _: effort(value),
    "partnerIds": _providers,
    "instructorIds": _instructors,
    "domainTypes": _subjects,
}
