"""MOOChub, the exchange of the German-speaking platforms: JSON:API, in versions 2 and 3.

The version is negotiated: the newest first, and where the server answers 406 (or has nothing at
its address) the one before. A Sunset header says when the version that was answered will end:
it becomes an Issue, so that somebody looks before that day.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from catalogue.course import Course
from catalogue.errors import Unreadable
from catalogue.words import fold
from crawlers.engines.moochub_course import Provider, Resource, read, ref_of
from crawlers.engines.moochub_values import many
from crawlers.engines.own_host import OwnHostSpider
from crawlers.spider import Page

logger = logging.getLogger(__name__)

_NOT_ACCEPTABLE = 406
_TYPES = {"course", "courses"}
_PAGE = re.compile(r"(?<=[?&]page=)\d+")
_VERSION = re.compile(rb"moochub-version=\s*\"?(\d+)")


class MoochubSpider(OwnHostSpider):
    """Walks the list of one platform, page by page."""

    feeds: ClassVar[Mapping[int, str]]
    """Version -> path of its list, for every version that the platform may speak."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.provider = Provider(
            platform=self.name, home=self.home, timezone=self.timezone, audience=self.audience
        )
        self._asked: set[str] = set()
        self._seen: set[str] = set()
        self._taken = 0
        self._last = 0
        """Number of the last page, as the pages read so far have it; 0 where they do not say."""

    async def start(self) -> AsyncIterator[Request]:
        """The newest version's first page."""
        yield self._ask_version(max(self.feeds))

    def _ask_version(self, version: int) -> Request:
        return self._ask_list(urljoin(self.base, self.feeds[version]), version)

    def _ask_list(self, address: str, version: int) -> Request:
        self._asked.add(address)
        # The server takes all that follows "moochub-version=" for the version: nothing may.
        accept = f"application/vnd.api+json; moochub-version={version}"
        return self.ask_here(
            address, self.parse_list, self.missed_list, headers={"Accept": accept}, version=version
        )

    def missed_list(self, failure: Failure) -> Iterator[Request]:
        """A version that is not spoken makes way for the one before; a page that moved is
        followed on the site; anything else is an error."""
        version = failure.request.cb_kwargs["version"]  # type: ignore[attr-defined]
        older = max((each for each in self.feeds if each < version), default=None)
        if request := self.again(failure):
            yield request
        elif older is not None and not self._seen and self._refused(failure, version, older):
            self.issue("site_changed", "version", f"{version} is refused, {older} is asked for")
            yield self._ask_version(older)
        else:
            self.failed(failure)
            yield from self._skip(failure.request.url, version)  # type: ignore[attr-defined]

    def _skip(self, address: str, version: int) -> Iterator[Request]:
        """The page after one that could not be had, where the list is known to go on."""
        page = _page(address)
        if page is not None and page < self._last and self.may_skip():
            yield self._ask_list(_PAGE.sub(str(page + 1), address), version)

    def _refused(self, failure: Failure, version: int, older: int) -> bool:
        error = failure.value
        refused = isinstance(error, HttpError) and error.response.status == _NOT_ACCEPTABLE
        return refused or (self.gone(failure) and self.feeds[version] != self.feeds[older])

    def parse_list(self, response: Response, version: int) -> Iterator[Page | Request]:
        """One page of the list: its courses, then the page after it."""
        self._heed(response)
        answer = self.json(response)
        if not isinstance(answer, Mapping) or not isinstance(answer.get("data"), list | dict):
            if answer is not None:
                self.error(response.url, f"not a MOOChub list: {response.body[:80]!r}")
            yield from self._skip(response.url, version)
            return
        found = (course for each in many(answer["data"]) for course in self._read(each))
        yield Page(courses=tuple(found))
        yield from self._next(response, answer.get("links"), version)

    def _heed(self, response: Response) -> None:
        """What the headers say of the version: its end, or that it is one we do not know."""
        if sunset := response.headers.get("Sunset"):
            day = sunset.decode("latin-1")
            logger.warning("%s ends this version of its list on %s", self.name, day)
            self.issue("site_changed", "Sunset", day, ref=response.url)
        spoken = _VERSION.search(response.headers.get("Content-Type") or b"")
        if spoken and int(spoken[1]) not in self.feeds:
            self.issue("site_changed", "version", f"answers in {spoken[1].decode()}", response.url)

    def _next(self, response: Response, links: Any, version: int) -> Iterator[Request]:
        """The last page has no `next`, or null; lists in one file have no links at all."""
        links = links if isinstance(links, Mapping) else {}
        said = _link(links.get("next"))
        self._last = _page(_link(links.get("last"))) or self._last
        if said is None:
            if self._last > (_page(response.url) or 1):
                self.error(response.url, f"no next page, but the last one is {self._last}")
            return
        address = self.here(urljoin(response.url, said))
        if address is None:
            self.error(response.url, f"the next page is on another host: {said}")
        elif address in self._asked:
            self.error(response.url, f"the list goes in a circle: {said}")
        elif self.limit is None or self._taken < self.limit:
            yield self._ask_list(address, version)

    def _read(self, resource: Any) -> Iterator[Course]:
        if not isinstance(resource, Mapping):
            self.reject("no resource", f"no resource: {resource!s:.200}")
            return
        kind, ref = str(resource.get("type") or ""), ref_of(resource) or ""
        if kind.casefold() not in _TYPES:
            self.issue("unknown_field", "type", kind, ref)
            return
        if ref in self._seen:
            self.issue("duplicate", "id", ref, ref)
            return
        if ref:
            self._seen.add(ref)
        if self._wanted(resource, ref):
            self._taken += 1
            yield from self._course(resource, ref)

    def _wanted(self, resource: Resource, ref: str) -> bool:
        if self.limit is not None and self._taken >= self.limit:
            return False
        said = resource.get("attributes")
        words = "".join(
            f" {said.get(key)}" for key in ("name", "abstract", "description", "keywords")
        ) if isinstance(said, Mapping) else ""  # fmt: skip
        return not self.memory.harvested(ref) and (
            not self.match or fold(self.match) in fold(words)
        )

    def _course(self, resource: Resource, ref: str) -> Iterator[Course]:
        try:
            reading = read(resource, self.provider)
        except Unreadable as error:
            self.reject(ref or "no id", f"no {error.wanted.partition(' ')[2]}: {error.words}")
            return
        for field, words in reading.unreadable:
            self.unreadable(field, words, ref)
        for field, example in reading.unknown.items():
            self.issue("unknown_field", field, example, ref)
        if not self.stale(reading.course.updated):
            yield reading.course


def _link(said: Any) -> str | None:
    """A JSON:API link: an address, or an object with one; null is none."""
    if isinstance(said, Mapping):
        said = said.get("href")
    return said if isinstance(said, str) and said else None


def _page(url: str | None) -> int | None:
    said = _PAGE.search(url) if url else None
    return int(said[0]) if said else None
