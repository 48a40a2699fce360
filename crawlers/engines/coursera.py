"""Coursera as its robots.txt allows it: the site map of courses, then each /learn page.

The walk: sitemap.xml lists the site's maps, one of them (sitemap~www~courses.xml) lists every
course. Each course is one page of about a megabyte, so a run asks for as few as it can: those
that match the words given, that this run has not read yet, and that the site map does not date
as the catalogue already has them.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit

from scrapy import signals
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from catalogue import words
from catalogue.errors import Unreadable
from crawlers.engines import sitemap
from crawlers.engines.coursera_layers import slug_of
from crawlers.engines.coursera_page import Reading, read
from crawlers.engines.sitemap import Entry
from crawlers.spider import Page, PlatformSpider

_COURSES = re.compile(r"/sitemap~www~courses[^/]*\.xml(?:\.gz)?$")
_GONE = (404, 410)


class CourseraSpider(PlatformSpider):
    """Walks a site that speaks as Coursera.

    `match` narrows before anything is asked, so it can only look at the words of the addresses:
    a course is read when its slug holds every word given, in any order and by French or English
    stem ("marketing digital" matches /learn/foundations-of-digital-marketing-and-e-commerce).
    """

    # The pages show English to who asks in English, and the third layer is read by English words.
    headers: ClassVar[dict[str, str]] = {"Accept-Language": "en"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed: set[str] = set()

    async def start(self) -> AsyncIterator[Any]:
        """Read the site maps, then ask for the pages as fast as they are answered.

        15,000 requests are never held at once: the next is made when the scheduler has none.
        """
        listing = await self.listing()
        self.listed = set(listing)
        self.announced = len(listing)
        unchanged, to_ask = self.sorted_out(listing)
        if unchanged:
            yield Page(unchanged=tuple(unchanged))
        engine = self.crawler.engine
        for slug in to_ask:
            if engine is None or engine.needs_backout():
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            yield self.ask_page(slug, listing[slug])

    async def listing(self) -> dict[str, str | None]:
        """Slug -> day of its last change, in the site map's order, of every course listed."""
        index = await self.entries("/sitemap.xml")
        maps = [entry.url for entry in index if _COURSES.search(urlsplit(entry.url).path)]
        listing: dict[str, str | None] = {}
        for url in maps:
            for entry in await self.entries(self.own(url)):
                if slug := slug_of(entry.url):
                    listing.setdefault(unquote(slug), entry.updated)
        if not listing and not self.errors:
            self.error(self.base + "/sitemap.xml", "no courses in the site maps listed here")
        return listing

    def own(self, url: str) -> str:
        """The path of an address: a replayed index names other hosts than the one asked."""
        return urlsplit(url).path

    async def entries(self, path: str) -> list[Entry]:
        """The entries of a site map; what cannot be had or read is noted, the rest is given."""
        response = await fetch(self, path, self.headers)
        found: list[Entry] = []
        try:
            for entry in sitemap.entries(response.body, self.timezone) if response else ():
                found.append(entry)  # noqa: PERF402 - what comes before a failure is kept
        except Unreadable as error:
            self.error(self.base + path, str(error))
        return found

    def sorted_out(self, listing: dict[str, str | None]) -> tuple[list[str], list[str]]:
        """Of the courses wanted: those that have not changed, and those to ask for."""
        wanted = [slug for slug in listing if not self.match or matches(slug, self.match)]
        unchanged: list[str] = []
        to_ask: list[str] = []
        for slug in wanted[: self.limit]:
            if self.memory.harvested(slug) or self.stale(listing[slug]):
                continue
            known = listing[slug] is not None and self.memory.updated(slug) == listing[slug]
            (unchanged if known else to_ask).append(slug)
        return unchanged, to_ask

    def ask_page(self, slug: str, updated: str | None) -> Request:
        """A request for a course's page."""
        return self.ask(
            f"/learn/{slug}",
            self.parse_page,
            headers=self.headers,
            meta={"handle_httpstatus_list": list(_GONE)},
            whole=slug,
            slug=slug,
            updated=updated,
        )

    def parse(self, response: Response, **_: Any) -> Iterable[Page]:
        """A course's page alone, as `scrapy parse` asks for it."""
        slug = unquote(slug_of(urlsplit(response.url).path) or "")
        return self.parse_page(response, slug, None) if slug else super().parse(response)

    def parse_page(self, response: Response, slug: str, updated: str | None) -> Iterable[Page]:
        """One course's page; Coursera redirects from the old address of a renamed course."""
        found = unquote(slug_of(urlsplit(response.url).path) or "")
        if response.status in _GONE or (found != slug and (not found or found in self.listed)):
            self.leave_out(
                slug,
                f"HTTP {response.status} at {response.url}",
                among=len(self.listed),
                field="/learn",
                url=self.base + "/learn",
            )
            return
        url = f"{self.base}/learn/{found}"
        yield from self.taken(response, read(response.body, url, updated, self.name), found)

    def taken(self, response: Response, reading: Reading, slug: str) -> Iterator[Page]:
        """The course of a reading; what kept it from being one is noted."""
        for note in reading.notes:
            self.issue(note.kind, note.field, note.words, ref=slug)
        if reading.failed:
            self.error(response.url, reading.failed)
        if reading.rejected:
            self.reject(slug, reading.rejected)
        if reading.course:
            yield Page(courses=(reading.course,))


async def fetch(
    spider: PlatformSpider, path: str, headers: dict[str, str], **meta: Any
) -> Response | None:
    """An answer in line, or None after noting as an error why there is none."""
    request = spider.ask(path, spider.parse, headers=headers, meta=meta)
    engine = spider.crawler.engine
    try:
        response = await engine.download_async(request) if engine else None
    except Exception as error:  # noqa: BLE001 - every way a download fails is an error of the crawl
        failure = Failure(error)  # type: ignore[no-untyped-call]
        failure.request = request  # type: ignore[attr-defined]
        spider.failed(failure)
        return None
    if response is None or response.status != 200:
        spider.error(request.url, f"HTTP {response.status}" if response else "not asked")
        return None
    return response


def matches(slug: str, text: str) -> bool:
    """Does a slug hold every word of a text, by French or English stem, accents aside?"""
    held = {stem for word in words.tokens(slug.replace("-", " ")) for stem in words.stems(word)}
    return all(held & _stems(word) for word in words.tokens(text))


def _stems(word: str) -> set[str]:
    """Slugs have no accents, and stemming goes another way without them."""
    return {*words.stems(word), *words.stems(words.fold(word))}
