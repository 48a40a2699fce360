"""What a good guest does and Scrapy does not: wait as long as the site asks.

Scrapy 2.19 parses robots.txt's Crawl-delay and applies it nowhere, and has no Retry-After.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections import defaultdict
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.httpcache import DummyPolicy
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from catalogue.harvest import Validator
from crawlers.order import CONTACT_HINT, has_contact, is_loopback
from crawlers.spider import Memory, NoMemory, PlatformSpider

logger = logging.getLogger(__name__)

ASKED_TO_WAIT = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
MOST_WAIT = 900.0
"""Seconds. A site that asks for more is left alone for this crawl."""
MOST_TIMES = 3
ROBOTS_BYTES = 500 * 1024
"""Of a robots.txt, all that is read: what RFC 9309 asks for at least."""
FIRST_WAIT = 5.0
"""Seconds to wait when the site says "too many" and not for how long; doubled each time."""


class RetryAfter:
    """Downloader middleware: on 429 and 503 the whole crawl of the site pauses, then asks again."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.first_wait = crawler.settings.getfloat("RETRY_AFTER_FIRST_WAIT", FIRST_WAIT)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryAfter:
        """Scrapy's way to make it."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Wait and repeat the request, or give the answer up as it is."""
        if response.status not in ASKED_TO_WAIT:
            return response
        times = int(request.meta.get("asked_to_wait", 0))
        wait = wait_of(response.headers.get("Retry-After"), dt.datetime.now(dt.UTC))
        seconds = self.first_wait * 2**times if wait is None else wait
        if times >= MOST_TIMES or seconds > MOST_WAIT:
            return response
        logger.info("%s asks to wait %.0f s (HTTP %d)", request.url, seconds, response.status)
        await self._pause(seconds)
        return request.replace(
            dont_filter=True,
            priority=request.priority + 1,
            meta={**request.meta, "asked_to_wait": times + 1},
        )

    async def _pause(self, seconds: float) -> None:
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - a response comes from a running engine
        engine.pause()
        try:
            await asyncio.sleep(seconds)
        finally:
            engine.unpause()
        self.crawler.stats.inc_value("conduct/waits")


class OnSite:
    """Downloader middleware: nothing that a site says leads us to another host, port or scheme.

    Instead of Scrapy's own, which ignores ports and drops what it refuses without a word: here
    the request fails, and the crawl knows.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        # The command asks for a contact before it starts; `scrapy crawl` and Scrapyd come by here.
        replayed = settings.getbool("HTTPCACHE_ENABLED")
        replayed = replayed and settings.getbool("HTTPCACHE_IGNORE_MISSING")
        self.nameless = not has_contact(settings) and not replayed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OnSite:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse what is not on the platform's own hosts, and the public web without a contact."""
        spider, parts = self.crawler.spider, urlparse_cached(request)
        hosts = spider.hosts if isinstance(spider, PlatformSpider) else {parts.netloc}
        if parts.scheme not in ("http", "https") or parts.netloc not in hosts:
            raise IgnoreRequest(f"not on {', '.join(sorted(hosts))}: not asked")
        if self.nameless and not is_loopback(request.url):
            raise IgnoreRequest(CONTACT_HINT)


class Robots(RobotsTxtMiddleware):
    """Scrapy's obedience to robots.txt, without its gaps.

    Of several requests that wait for one robots.txt, Scrapy 2.19 gives the rules to the first
    alone and lets the others pass; here they queue. RFC 9309, 2.3.1.4: a server error must be
    taken as "disallow everything", where Scrapy takes it as "allow"; a robots.txt that is not
    there (2.3.1.3) allows. Longer ones than the RFC has us read (2.5) are cut, as each request
    would be held against all of it.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.reasons: dict[str, str] = {}
        self.queues: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host, one request at a time; refuses where there are none."""
        host = urlparse_cached(request).netloc
        async with self.queues[host]:
            rules = await super().robot_parser(request)
        if reason := self.reasons.get(host):
            raise IgnoreRequest(f"robots.txt could not be had ({reason}), so nothing is asked")
        return rules

    def process_response(self, request: Request, response: Response) -> Response:
        """Note a robots.txt that its server fails to give."""
        if not _is_robots(request):
            return response
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.reasons[urlparse_cached(request).netloc] = f"HTTP {response.status}"
        return response.replace(body=response.body[:ROBOTS_BYTES])

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """Note a robots.txt that nobody gives."""
        if not _is_robots(request) or isinstance(exception, IgnoreRequest):
            return None
        reason = f"{type(exception).__name__}: {exception}"
        self.reasons[urlparse_cached(request).netloc] = reason
        return Response(request.url)  # without one Scrapy would log a traceback, and go on


def _is_robots(request: Request) -> bool:
    return urlparse_cached(request).path == "/robots.txt"


class Redirects(RedirectMiddleware):
    """Scrapy's, which warns in every log that no referer middleware is there: nor shall it be."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Redirects:
        """Scrapy's way to make it, without listening for the moment to warn."""
        made = cls(crawler.settings)
        made.crawler = crawler
        return made


class SaveEverything(DummyPolicy):
    """HTTP cache policy of --save-raw: keeps each answer, never answers from what is kept."""

    def is_cached_response_fresh(self, *_: object) -> bool:
        """Always ask."""
        return False

    def is_cached_response_valid(self, *_: object) -> bool:
        """Always keep the new answer."""
        return False


class Conditional:
    """Downloader middleware: asks "only if it has changed" for pages that we have read before."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Conditional:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add the validators of the page as we read it."""
        ref = request.meta.get("whole_course")
        held = self._memory.validator(ref) if ref else None
        if held is None or held.url != request.url:
            return
        self.crawler.stats.inc_value("conduct/conditional")
        if held.etag:
            request.headers["If-None-Match"] = held.etag
        if held.modified:
            request.headers["If-Modified-Since"] = held.modified

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember the validators of a page."""
        ref = request.meta.get("whole_course")
        if ref and response.status == HTTPStatus.OK:
            etag, modified = (_header(response, name) for name in ("ETag", "Last-Modified"))
            if etag or modified:
                held = Validator(url=response.url, etag=etag, modified=modified)
                self._memory.remember(ref, held)
        return response

    @property
    def _memory(self) -> Memory:
        spider = self.crawler.spider
        return spider.memory if isinstance(spider, PlatformSpider) else NoMemory()


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def wait_of(header: bytes | None, now: dt.datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3): a number or a date."""
    if not header:
        return None
    text = header.decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return None


class CrawlDelay:
    """Extension: applies robots.txt's Crawl-delay where it is longer than our own delay."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.apply, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelay:
        """Scrapy's way to make it."""
        return cls(crawler)

    def apply(self, robotparser: RobotParser, request: Request, **_: Any) -> None:
        """Signal handler: hold this host's download slot to the delay that robots.txt states."""
        agent = self.crawler.settings.get("ROBOTSTXT_USER_AGENT")
        delay = robotparser.crawl_delay(agent)
        ours = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        if delay is None or delay <= ours:
            return
        delay = min(delay, MOST_WAIT)
        assert self.crawler.engine is not None  # noqa: S101 - robots.txt came through it
        downloader = self.crawler.engine.downloader
        host = urlparse_cached(request).hostname or ""
        downloader.per_slot_settings.setdefault(host, {})["delay"] = delay
        if host in downloader.slots:
            downloader.slots[host].delay = delay
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None:
            throttle.mindelay = delay
            throttle.maxdelay = max(throttle.maxdelay, delay)
        self.crawler.stats.set_value("conduct/crawl_delay", delay)
        logger.info("robots.txt of %s asks for %.0f s between requests", host, delay)
