"""What every platform's spider has: its declarations, its way to ask, its way to report.

An engine subclasses PlatformSpider and walks a kind of site; a platform file subclasses an
engine and declares. Spiders fetch and count; turning an answer into a Course is a pure function
of the engine (`read`), which never touches the network.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, ClassVar, Protocol
from urllib.parse import urljoin, urlsplit

import attrs
import scrapy
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response, TextResponse
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from catalogue import clean
from catalogue.course import Course, Crawl, Issue, Platform
from catalogue.errors import MoocscoutError, Unreadable, WrongUse
from catalogue.harvest import Validator
from catalogue.notes import Notes
from catalogue.options import IssueKind

NOT_MODIFIED = 304
GONE_AT_MOST = 0.05
"""Share of the listed pages that may be gone before it is the site, not the courses, that fails."""
GONE_ALWAYS = 10
SKIPPED_AT_MOST = 10
"""Pages of one site's lists that may fail before the rest of them is not asked for."""


@attrs.frozen(kw_only=True)
class Page:
    """The only Scrapy item: what one answer gave. One item per page, not one per course."""

    courses: tuple[Course, ...] = ()
    unchanged: tuple[str, ...] = ()
    """Refs whose listing the platform says has not changed since we last read it."""


class Memory(Protocol):
    """What a spider may know of earlier work, so as not to ask for the same page twice."""

    @property
    def day(self) -> str | None:
        """The day that the crawl speaks for; None when nothing is kept for a next one."""

    def harvested(self, ref: str) -> bool:
        """Has an interrupted run of this same crawl read this course already?"""

    def updated(self, ref: str) -> str | None:
        """The `updated` day of the course as the catalogue has it; None when it has not."""

    def validator(self, ref: str) -> Validator | None:
        """How the course's page was when we read it; None when we have not."""

    def remember(self, ref: str, validator: Validator) -> None:
        """Keep how the page is now, for the next crawl."""


class NoMemory:
    """A spider run without a catalogue, as by `scrapy crawl`."""

    day: str | None = None

    def harvested(self, ref: str) -> bool:  # noqa: ARG002
        """Nothing was harvested before."""
        return False

    def updated(self, ref: str) -> str | None:  # noqa: ARG002
        """Nothing is known."""
        return None

    def validator(self, ref: str) -> Validator | None:  # noqa: ARG002
        """Nothing is known."""
        return None

    def remember(self, ref: str, validator: Validator) -> None:
        """Nobody will ask."""


class PlatformSpider(scrapy.Spider):
    """A platform: class attributes declare it, `start` walks it.

    Arguments, all optional: base_url, another host that speaks as this platform (a staging copy,
    a loopback replay); match, read only listings with this text; limit, read so many at most;
    only_new, read only courses that the catalogue lacks; since, only pages changed since that day.
    """

    title: ClassVar[str]
    home: ClassVar[str]
    """https address of the site, without a slash at the end."""
    languages: ClassVar[tuple[str, ...]] = ("en",)
    """Languages that the site answers in, the preferred one first."""
    timezone: ClassVar[str] = "UTC"
    """Zone in which the site's days are meant."""
    floor: ClassVar[int]
    """Fewer courses than this cannot be the whole site: the crawl is partial."""
    licence: ClassVar[str]
    """Under what terms the listing data stands; shown where it is published."""
    terms: ClassVar[str]
    """Address of the site's terms of use."""
    robots: ClassVar[str] = "Obeyed."
    """A line on the site's robots.txt and what follows from it."""
    audience: ClassVar[str] = "public"
    delay: ClassVar[float] = 1.0
    """Seconds between two requests at least. The site's own Crawl-delay may ask for more."""
    offline: ClassVar[bool] = False
    """It reads a file of ours and asks no site."""
    opt_in: ClassVar[str | None] = None
    """Why this platform is crawled only when the operator names it; None: it is one of all."""

    def __init__(
        self,
        *args: Any,
        base_url: str | None = None,
        match: str | None = None,
        limit: str | int | None = None,
        only_new: str | bool = False,
        since: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.base = (base_url or self.home).rstrip("/")
        self.match = match or None
        self.limit = _count(limit) if limit else None
        self.only_new = only_new in (True, "1", "yes")
        self.since = _day(since) if since else None
        self.memory: Memory = NoMemory()
        self.announced: int | None = None
        self.notes = Notes(self.name)
        self.errors: list[str] = []
        self.left_out = 0
        self.skipped = 0
        self.ended: str | None = None
        """Why the crawl ended, in Scrapy's words; None while it runs."""
        self.outcome: Crawl | MoocscoutError | None = None
        self.hosts = {urlsplit(self.base).netloc}

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Wait as long as the platform declares; only the command waives that, for loopback."""
        super().update_settings(settings)
        delay = max(cls.delay, settings.getfloat("DOWNLOAD_DELAY"))
        settings.set("DOWNLOAD_DELAY", delay, priority="spider")

    @classmethod
    def platform(cls) -> Platform:
        """The platform's declarations as the catalogue keeps them."""
        return Platform(
            name=cls.name,
            title=cls.title,
            home=cls.home,
            languages=cls.languages,
            timezone=cls.timezone,
            licence=cls.licence,
            terms=cls.terms,
            robots=cls.robots,
            audience=cls.audience,
            floor=cls.floor,
        )

    @property
    def narrowed(self) -> str | None:
        """Why this run cannot see the whole site, in words; None when it can."""
        wishes = (
            (self.match, f"narrowed to “{self.match}”"),
            (self.limit, f"limited to {self.limit} course{'s' * (self.limit != 1)}"),
            (self.only_new, "only new courses were asked for"),
            (self.since, f"only pages changed since {self.since} were asked for"),
        )
        return ", ".join(words for wish, words in wishes if wish) or None

    def stale(self, updated: str | None) -> bool:
        """Did the operator ask for later pages only? One of unknown day is never stale."""
        return bool(self.since and updated and updated < self.since)

    def closed(self, reason: str) -> None:
        """Scrapy's own hook, the first to hear of the end: before feeds and pipelines close."""
        self.ended = reason

    def parse(self, response: Response, **_: Any) -> Iterable[Any]:
        """What `scrapy parse` calls where no callback is named."""
        names = [name for name in dir(type(self)) if name.startswith("parse_")]
        self.logger.error(
            "%s cannot be read alone; name one of %s with -c, and its arguments with --cbkwargs",
            response.url,
            ", ".join(names),
        )
        return ()

    async def start(self) -> AsyncIterator[Request]:
        """Engines say where a walk begins."""
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def ask(
        self,
        path: str,
        callback: Callable[..., Any],
        *,
        headers: dict[str, str] | None = None,
        meta: dict[str, Any] | None = None,
        whole: str | None = None,
        **cb_kwargs: Any,
    ) -> Request:
        """A request to this platform; each ends in its callback or is counted as a failure.

        Scrapy's filter of duplicates is off: what redirects to a page asked for before, or in a
        circle, would be dropped without a word.

        `whole` is the ref of the course of which this page is all that there is: it is asked for
        conditionally, and a page that has not changed gives Page(unchanged=(ref,)).

        `path` is relative to the base, or an address on the platform's home, which is then asked
        of the base: a replayed site map keeps naming the real host.
        """
        return Request(
            urljoin(self.base + "/", path.removeprefix(self.home)),
            callback=callback,
            errback=self.failed,
            headers=headers,
            meta={**(meta or {}), **({"whole_course": whole} if whole else {})},
            cb_kwargs=cb_kwargs,
            dont_filter=True,
        )

    def failed(self, failure: Failure) -> Iterable[Any]:
        """A request that gave nothing: it is an error of the crawl, which is then partial."""
        if isinstance(failure.value, MoocscoutError | sqlite3.Error):
            failure.raiseException()  # our own file's trouble, not the site's
        request: Request = failure.request  # type: ignore[attr-defined]
        if _status(failure) == NOT_MODIFIED and "whole_course" in request.meta:
            return (Page(unchanged=(request.meta["whole_course"],)),)
        self.error(request.url, _reason(failure))
        return ()

    def error(self, url: str, reason: str) -> None:
        """Note that an answer could not be had or used: the crawl cannot be complete."""
        self.errors.append(f"{url}: {reason}")
        # For Scrapy's log; the command says it at the end.
        self.logger.info("%s: %s", url, reason)
        self.issue("fetch", urlsplit(url).path, reason, ref=url)

    def may_skip(self) -> bool:
        """May a walk go on behind a page of the list that failed? Not for ever: what a broken
        site says of its length may be anything."""
        self.skipped += 1
        return self.skipped <= SKIPPED_AT_MOST

    def reject(self, ref: str, why: str) -> None:
        """Note a listing that cannot become a course. It stays listed: it is not withdrawn."""
        self.notes.reject(ref, why)

    def leave_out(self, ref: str, why: str, *, among: int, field: str, url: str) -> None:
        """A course that is listed and has no page any more: it is announced no longer.

        When much of the `among` listed courses is gone, it is the site that fails, and the crawl
        with it.
        """
        self.issue("gone", field, why, ref=ref)
        self.left_out += 1
        self.announced = (self.announced or 0) - 1
        if self.left_out == max(GONE_ALWAYS, int(among * GONE_AT_MOST)) + 1:
            self.error(url, f"{self.left_out} listed courses have no page")

    def issue(
        self, kind: IssueKind, field: str, example: str | None, ref: str | None = None
    ) -> None:
        """Note something to look at: one Issue per kind and field, counted."""
        self.notes.issue(kind, field, example, ref)

    def unreadable(self, field: str, error: Unreadable, ref: str | None) -> None:
        """Note words of a field that no rule understands; the fact stays unknown."""
        self.issue("unreadable", field, error.words, ref)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The issues noted so far."""
        return self.notes.issues

    @property
    def rejected(self) -> dict[str, str]:
        """Why each listing that could not become a course could not, by ref."""
        return self.notes.rejected

    def json(self, response: Response) -> Any:
        """The JSON of an answer, or None after noting that it is not JSON."""
        try:
            return json.loads(response.body)
        except ValueError:
            said = (response.headers.get("Content-Type") or b"no type").decode("latin-1")
            self.error(response.url, f"JSON expected, got {said}: {response.body[:80]!r}")
            return None


def _count(said: str | int) -> int:
    if not str(said).isdecimal() or int(said) < 1:
        raise WrongUse(f"limit must be a whole number from 1 up, not {said!r}")
    return int(said)


def _day(said: str) -> str:
    day = clean.day(said) if re.fullmatch(r"\d{4}-\d\d-\d\d", said) else None
    if day is None:
        raise WrongUse(f"since must be a day such as 2026-11-22, not {said!r}")
    return day


def _status(failure: Failure) -> int | None:
    return failure.value.response.status if isinstance(failure.value, HttpError) else None


def _reason(failure: Failure) -> str:
    error = failure.value
    if status := _status(failure):
        return f"HTTP {status}"
    if isinstance(error, IgnoreRequest):
        return str(error) or "not allowed"
    return f"{type(error).__name__}: {error}"


def text_of(response: Response) -> TextResponse | None:
    """The response when it is text, else None (an image where a page was due)."""
    return response if isinstance(response, TextResponse) else None
