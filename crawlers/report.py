"""What a crawl can say of itself when it ends, for the catalogue or for a feed."""

from __future__ import annotations

import datetime as dt

from scrapy.crawler import Crawler

from catalogue.store import Report
from crawlers.spider import PlatformSpider


def report_of(crawler: Crawler, *, day: str, started: str, reason: str) -> Report:
    """The report of a crawl that ended now for this `reason`; Scrapy says "finished" for a walk
    that came to its end."""
    spider, stats = crawler.spider, crawler.stats
    assert isinstance(spider, PlatformSpider)  # noqa: S101 - the only kind we have
    raised = int(stats.get_value("spider_exceptions/count", 0))
    return Report(
        day=day,
        started=started,
        finished=now(),
        ended_by_itself=reason == "finished",
        announced=spider.announced,
        errors=len(spider.errors) + raised,
        requests=int(stats.get_value("downloader/request_count", 0)),
        base_url=spider.base,
        narrowed=spider.narrowed,
        issues=spider.issues,
        floor=None if spider.base == spider.home else 0,
    )


def now() -> str:
    """This moment, in UTC, to the second."""
    return moment(dt.datetime.now(dt.UTC))


def moment(time: dt.datetime) -> str:
    """A moment as the catalogue writes it."""
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
