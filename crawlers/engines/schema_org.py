"""Any site that lists its courses in site maps and marks up their pages with schema.org.

A platform file says how the addresses of course pages look; the rest is the same everywhere:
site maps first (those that robots.txt names, else /sitemap.xml), then each course's page, read
for its JSON-LD, microdata and RDFa. Asked for are the pages that match the operator's words, that
this run has not read yet, and that the site map does not date as the catalogue has them.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

import attrs
from scrapy import signals
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from catalogue.errors import Unreadable
from crawlers.engines import sitemap
from crawlers.engines.coursera import matches
from crawlers.engines.own_host import OwnHostSpider
from crawlers.engines.schema_course import Academy, Listed, Reading, read
from crawlers.engines.sitemap import Entry
from crawlers.spider import Page, text_of

MOST_MAPS = 1000
"""Site maps read at most: a site that names more is not the one that we mean."""
_ROBOTS_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class SchemaOrgSpider(OwnHostSpider):
    """Walks the site maps and course pages of one site.

    `match` narrows before anything is asked, so it can only look at the words of the addresses,
    by French or English stem.
    """

    site_maps: ClassVar[tuple[str, ...]] = ()
    """Where the site maps are; none: where robots.txt says, else /sitemap.xml."""
    course_path: ClassVar[str]
    """Pattern of the path of a course's page: group "ref" is the course's identifier on the
    site, and group "subject", where there is one, the subject it is filed under."""
    about: ClassVar[str] = "subjects"
    shown: ClassVar[Mapping[str, str]] = {}
    whole_site: ClassVar[Mapping[str, Any]] = {}
    untyped: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.academy = Academy(
            platform=self.name,
            timezone=self.timezone,
            audience=self.audience,
            about=self.about,
            shown=self.shown,
            whole_site=self.whole_site,
            untyped=self.untyped,
        )
        self.listed: dict[str, Listed] = {}

    async def start(self) -> AsyncIterator[Any]:
        """Read the site maps, then ask for the pages as fast as they are answered."""
        await self._read_maps()
        self.announced = len(self.listed)
        if not self.listed and not self.errors:
            self.error(self.base, "no course in the site maps: has the form of addresses changed?")
        unchanged, to_ask = self._sorted_out()
        if unchanged:
            yield Page(unchanged=tuple(unchanged))
        engine = self.crawler.engine
        for course in to_ask:
            if engine is None or engine.needs_backout():
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield self._ask_page(course)

    async def _read_maps(self) -> None:
        waiting = await self._first_maps()
        seen: set[str] = set()
        while waiting:
            address = waiting.pop(0)
            if address in seen:
                continue
            if len(seen) == MOST_MAPS:
                self.error(address, f"more than {MOST_MAPS} site maps")
                return
            seen.add(address)
            for entry in await self._entries(address):
                if not entry.is_map:
                    self._list(entry)
                elif inner := self._map_here(entry.url):
                    waiting.append(inner)

    async def _first_maps(self) -> list[str]:
        if self.site_maps:
            return [urljoin(self.base, path) for path in self.site_maps]
        robots = await self.fetch("/robots.txt", optional=True)
        said = robots.body[:500_000].decode("utf-8", "replace") if robots else ""
        named = [urljoin(self.base, url) for url in _ROBOTS_LINE.findall(said)]
        found = [address for url in named if (address := self._map_here(url))]
        return found or [urljoin(self.base, "/sitemap.xml")]

    def _map_here(self, url: str) -> str | None:
        address = self.here(url)
        if address is None:
            self.issue("site_changed", "site map", "on another host, not asked", ref=url)
        return address

    async def _entries(self, address: str) -> list[Entry]:
        """The entries of a site map; what cannot be had or read is noted, the rest is given."""
        response = await self.fetch(address)
        found: list[Entry] = []
        try:
            for entry in sitemap.entries(response.body, self.timezone) if response else ():
                found.append(entry)  # noqa: PERF402 - what comes before a failure is kept
        except Unreadable as error:
            self.error(address, str(error))
        return found

    def _list(self, entry: Entry) -> None:
        address = self.here(entry.url)
        course = self._course_at(address) if address else None
        if course is not None:
            self.listed.setdefault(course.ref, attrs.evolve(course, updated=entry.updated))

    def _course_at(self, address: str) -> Listed | None:
        """The course whose page is at this address; None when it is no course's page."""
        path = urlsplit(address).path
        found = re.fullmatch(self.course_path, path)
        if found is None:
            return None
        subject = found.groupdict().get("subject")
        words = subject.replace("-", " ") if subject else None
        return Listed(ref=found["ref"], url=self.home + path, subject=words)

    def _sorted_out(self) -> tuple[list[str], list[Listed]]:
        """Of the courses wanted: those that have not changed, and those to ask for."""
        wanted = [
            course
            for course in self.listed.values()
            if not self.match or matches(urlsplit(course.url).path.replace("/", "-"), self.match)
        ]
        unchanged: list[str] = []
        to_ask: list[Listed] = []
        for course in wanted[: self.limit]:
            if self.memory.harvested(course.ref) or self.stale(course.updated):
                continue
            if course.updated is not None and self.memory.updated(course.ref) == course.updated:
                unchanged.append(course.ref)
            else:
                to_ask.append(course)
        return unchanged, to_ask

    def _ask_page(self, course: Listed) -> Request:
        return self.ask_here(
            course.url,
            self.parse_page,
            self.missed_page,
            headers={"Accept-Language": self.languages[0]},
            whole=course.ref,
            listed=course,
        )

    def parse_page(self, response: Response, listed: Listed) -> Iterator[Page]:
        """A course's page: the course, or why it is none."""
        page = text_of(response)
        if page is None:
            self.reject(listed.ref, f"not a page: {response.url}")
            return
        try:
            reading = read(page.text, listed, self.academy)
        except Unreadable as error:
            self.reject(listed.ref, f"no {error.wanted}: {error.words}")
        else:
            yield self._note(reading)

    def _note(self, reading: Reading) -> Page:
        ref = reading.course.ref
        for field, error in reading.unreadable:
            self.unreadable(field, error, ref)
        for field, example in reading.unknown.items():
            self.issue("unknown_field", field, example, ref)
        return Page(courses=(reading.course,))

    def missed_page(self, failure: Failure) -> Iterator[Any]:
        """A page that moved is followed on the site; one that is gone is announced no longer."""
        listed: Listed = failure.request.cb_kwargs["listed"]  # type: ignore[attr-defined]
        target = self.target(failure)
        if target is None and not self.gone(failure):
            yield from self.failed(failure)
        elif target is None:
            self._leave_out(listed.ref, "its page is gone")
        elif self.here(target) is None:
            self.reject(listed.ref, f"moved to another site: {target}")
        else:
            yield from self._follow(failure, listed)

    def _follow(self, failure: Failure, listed: Listed) -> Iterator[Request]:
        request = self.again(failure)
        if request is None:
            self.failed(failure)
            return
        moved = self._course_at(request.url)
        if moved is None or (moved.ref != listed.ref and moved.ref in self.listed):
            self._leave_out(listed.ref, f"its page leads to {request.url}")
            return
        moved = attrs.evolve(moved, updated=listed.updated)
        yield request.replace(cb_kwargs={"listed": moved})

    def _leave_out(self, ref: str, why: str) -> None:
        """A course that the site map lists and the site has not."""
        self.leave_out(ref, why, among=len(self.listed), field="page", url=self.base)
