"""Richie, the catalogue software of FUN, NAU and others: list API first, then each page.

The API gives no prose but a short introduction, so each listed course costs one page more. A
course is emitted only when its page was read: from the list alone it would have fewer facts
than last week and would overwrite good ones. Its page missing (404) rejects the course, which
thereby stays listed; any other failure is an error, which makes the crawl partial.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from catalogue.errors import Unreadable
from catalogue.words import fold
from crawlers.engines.richie_course import Reading, Vocabulary, read
from crawlers.engines.richie_page import detail_page
from crawlers.engines.richie_runs import Site
from crawlers.engines.richie_week import Week, listing_of
from crawlers.spider import Page, PlatformSpider

PAGE = 100
WALKS = 2
MOVES = 3
GONE = (404, 410)
QUERY = range(3, 101)
"""How many characters the API's query= takes; 400 outside of it."""


class RichieSpider(PlatformSpider):
    """Walks vocabularies, list and pages of one Richie site."""

    vocabularies: ClassVar[tuple[str, ...]] = ("subjects", "levels", "organizations")
    """Kinds of names to fetch before the list, which gives ids only. A kind that the site does
    not have answers with an empty list, not with an error."""
    topics: ClassVar[tuple[str, ...]] = ("subjects",)
    """Those of the vocabularies whose names are subjects."""
    # Every answer sets the cookie django_language, which then wins over Accept-Language.
    custom_settings: dict[str, Any] | None = {"COOKIES_ENABLED": False}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = Site(
            platform=self.name,
            base=self.base,
            home=self.home,
            languages=self.languages,
            timezone=self.timezone,
            audience=self.audience,
        )
        self.words = Vocabulary(topics=self.topics)
        self._seen: set[str] = set()
        self._taken = 0
        self._step = 0
        """How many courses a page of the list holds: the site may give fewer than asked for."""

    async def start(self) -> AsyncIterator[Request]:
        """The site map where there is a last week to compare with, then the vocabularies."""
        self.week = Week(self.memory)
        if self.memory.day is None:
            yield self._ask_words(0, 0)
        else:
            request = self.ask("sitemap.xml", self.parse_days)
            yield request.replace(errback=self.missed_days)

    def parse_days(self, response: Response) -> Iterator[Request]:
        """Days of last change, then the vocabularies, each asking for the next when done."""
        self.week.learn(response.body, self.timezone)
        yield self._ask_words(0, 0)

    def missed_days(self, failure: Failure) -> Iterator[Request]:  # noqa: ARG002
        """A site without a site map: every page is asked for."""
        yield self._ask_words(0, 0)

    def _ask_api(self, path: str, query: Mapping[str, Any], callback: Any, **where: Any) -> Request:
        """A request that gets JSON in the site's first language.

        Django REST answers `Accept: text/html` with an HTML page, and an unknown address with a
        redirect to a page.
        """
        return self.ask(
            f"api/v1.0/{path}/?{urlencode(query)}",
            callback,
            headers={"Accept": "application/json", "Accept-Language": self.languages[0]},
            meta={"dont_redirect": True},
            **where,
        )

    def _ask_words(self, kind: int, offset: int) -> Request:
        query = {"limit": PAGE, "offset": offset, "scope": "objects"}
        return self._ask_api(
            self.vocabularies[kind], query, self.parse_words, kind=kind, offset=offset
        )

    def parse_words(self, response: Response, kind: int, offset: int) -> Iterator[Request]:
        """Names of one kind; then the rest of them, the next kind, or the list of courses.

        A vocabulary that cannot be had ends the crawl, in error: read without it, every course
        would lose its subjects or its level.
        """
        answer = self._answer(response)
        if answer is None:
            return
        count, total, terms = answer
        self.words.add(self.vocabularies[kind], terms)
        if count and offset + count < total:
            yield self._ask_words(kind, offset + count)
        elif kind + 1 < len(self.vocabularies):
            yield self._ask_words(kind + 1, 0)
        else:
            yield self._ask_list(0, walk=1)

    def _ask_list(self, offset: int, walk: int) -> Request:
        query: dict[str, Any] = {"limit": PAGE, "offset": offset, "scope": "objects"}
        if self.match and len(self.match) in QUERY:
            query["query"] = self.match
        request = self._ask_api("courses", query, self.parse_list, offset=offset, walk=walk)
        return request.replace(errback=self.missed_list)

    def parse_list(self, response: Response, offset: int, walk: int) -> Iterator[Request | Page]:
        """One page of the list: its courses, then the page after it."""
        answer = self._answer(response)
        if answer is None:
            yield from self._skip(offset, walk)
            return
        count, total, courses = answer
        self._announce(total)
        self._step = max(count, self._step)
        for listed in courses:
            yield from self._take(listed)
        yield from self._next(count, offset + count, total, walk)

    def parse(self, response: Response, **_: Any) -> Iterable[Request | Page]:
        """A page of the list alone, for `scrapy parse -d 2`; its address must say format=json."""
        self.week = Week(self.memory)
        if urlsplit(response.url).path.endswith("/api/v1.0/courses/"):
            return self.parse_list(response, offset=0, walk=WALKS)
        return super().parse(response)

    def missed_list(self, failure: Failure) -> Iterator[Request]:
        """A page of the list failed: an error, but the pages after it are still read."""
        self.failed(failure)
        where = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield from self._skip(where["offset"], where["walk"])

    def _skip(self, offset: int, walk: int) -> Iterator[Request]:
        step = self._step or PAGE
        if self.may_skip():
            yield from self._next(step, offset + step, self.announced or 0, walk)

    def _next(self, count: int, offset: int, total: int, walk: int) -> Iterator[Request]:
        """The next page; after the last one a second walk, if courses slipped through.

        The order of the list follows the courses' states, so it shifts while it is read: pages
        overlap, and what overlaps pushes something else out of sight.
        """
        if self._enough:
            return
        if count and offset < total:
            yield self._ask_list(offset, walk)
        elif walk < WALKS and len(self._seen) < (self.announced or 0):
            yield self._ask_list(0, walk + 1)

    def _announce(self, total: int) -> None:
        """Keep the highest figure stated: a list that shrinks while read has not been read."""
        if self.announced is not None and total != self.announced:
            self.issue("site_changed", "total_count", f"{self.announced}, then {total}")
        self.announced = max(total, self.announced or 0)

    @property
    def _enough(self) -> bool:
        return self.limit is not None and self._taken >= self.limit

    def _take(self, listed: Mapping[str, Any]) -> Iterator[Request | Page]:
        ref = str(listed.get("id") or "")
        if not ref:
            self.reject(str(listed.get("absolute_url")), f"no id: {listed!s:.200}")
        elif ref not in self._seen:
            self._seen.add(ref)
            if self._matches(listed) and not self._enough:
                self._taken += 1
                yield from self._take_page(ref, listed)

    def _matches(self, listed: Mapping[str, Any]) -> bool:
        if not self.match or len(self.match) in QUERY:
            return True
        return fold(self.match) in fold(f"{listed.get('title')} {listed.get('introduction')}")

    def _take_page(self, ref: str, listed: Mapping[str, Any]) -> Iterator[Request | Page]:
        address = self.site.address(str(listed.get("absolute_url") or ""))
        if not self._ours(address):
            self.reject(ref, f"no address on this site: {listed.get('absolute_url')!r}")
        elif self.week.unchanged(ref, address, listing_of(listed, self.words)):
            yield Page(unchanged=(ref,))
        elif not (self.memory.harvested(ref) or self.stale(self.week.changed(address))):
            yield self._ask_page(address, ref=ref, listed=listed, moves=0)

    def _ours(self, address: str) -> bool:
        return urlsplit(address).netloc == urlsplit(self.base).netloc

    def _ask_page(self, address: str, **where: Any) -> Request:
        """Scrapy would drop without a word what redirects to another host, or to a page asked
        for already; so redirects are followed here, and every request counts."""
        return self.ask(
            address,
            self.parse_page,
            headers={"Accept-Language": self.languages[0]},
            meta={"dont_redirect": True},
            **where,
        ).replace(errback=self.missed_page)

    def parse_page(
        self,
        response: Response,
        ref: str,
        listed: Mapping[str, Any],
        moves: int,  # noqa: ARG002
    ) -> Iterator[Page]:
        """A course's page: the course, or why it is none."""
        page = detail_page(response.body)
        if not page.is_course:
            self.reject(ref, f"not a course's page: {response.url}")
        elif page.hidden:
            self.reject(ref, "noindex: the page asks not to be listed")
        else:
            try:
                yield self._note(read(listed, page, self.words, self.site))
                address = self.site.address(str(listed["absolute_url"]))
                self.week.keep(ref, address, listing_of(listed, self.words))
            except Unreadable as error:
                self.reject(ref, f"{error.wanted}: {error.words}")

    def _note(self, reading: Reading) -> Page:
        ref = reading.course.ref
        for field, error in reading.unreadable:
            self.unreadable(field, error, ref)
        for field, example in reading.unknown.items():
            self.issue("unknown_field", field, example, ref)
        return Page(courses=(reading.course,))

    def missed_page(self, failure: Failure) -> Iterator[Request]:
        """A page that is gone rejects its course, one that moved is followed; any other failure
        is the crawl's."""
        error = failure.value
        where = failure.request.cb_kwargs  # type: ignore[attr-defined]
        if isinstance(error, HttpError) and error.response.status in GONE:
            self.reject(where["ref"], f"page: HTTP {error.response.status}")
        elif isinstance(error, HttpError) and error.response.headers.get("Location"):
            yield from self._follow(error.response, **where)
        else:
            self.failed(failure)

    def _follow(
        self, response: Response, ref: str, listed: Mapping[str, Any], moves: int
    ) -> Iterator[Request]:
        location = response.headers.get("Location") or b""
        target = response.urljoin(location.decode("latin-1"))
        if not self._ours(target):
            self.reject(ref, f"moved to another site: {target}")
        elif moves == MOVES:
            self.error(response.url, f"redirected more than {MOVES} times")
        else:
            yield self._ask_page(target, ref=ref, listed=listed, moves=moves + 1)

    def _answer(self, response: Response) -> tuple[int, int, list[Mapping[str, Any]]] | None:
        """(count, total, objects) of an answer of the API; None after noting what is wrong."""
        answer = self.json(response)
        if answer is None:
            return None
        try:
            meta, objects = answer["meta"], answer["objects"]
            return int(meta["count"]), int(meta["total_count"]), list(map(dict, objects))
        except (KeyError, TypeError, ValueError):
            self.error(response.url, f"not a Richie list: {response.body[:80]!r}")
            return None
