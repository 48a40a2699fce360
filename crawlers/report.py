"""What a crawl can say of itself when it ends, for the catalogue or for a feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs
from scrapy.crawler import Crawler

from catalogue import check, strict
from catalogue.course import Issue, column
from catalogue.errors import Unreadable
from catalogue.store import Report
from crawlers.spider import PlatformSpider

FORMAT = 1
"""Of a feed's report line; a reader refuses one that it does not know."""


@attrs.frozen(kw_only=True)
class FeedReport:
    """The last line of a feed: what `moocscout load` must know besides the courses."""

    platform: str = column("Name of the platform's file.")
    reason: str = column("Why the crawl ended, in Scrapy's words.")
    day: str = column("The day that the crawl speaks for.", unit="date")
    started: str = column("When it began.", unit="UTC time")
    finished: str = column("When it ended.", unit="UTC time")
    ended_by_itself: bool = column("Did the walk come to its end?")
    announced: int | None = column("How many courses the site said it has.", default=None)
    errors: int = column("Requests and pages that failed.")
    requests: int = column("Requests sent.")
    base_url: str | None = column("The address that was asked.", default=None)
    narrowed: str | None = column("Why it could not see the whole site.", default=None)
    courses: int = column("Lines of courses that it wrote.")
    unchanged: tuple[str, ...] = column("Refs still listed as last time.", default=())
    rejected: Mapping[str, str] = column("Why, by ref.", default=attrs.Factory(dict))
    issues: tuple[Issue, ...] = column("What a person should look at.", default=())
    format: int = column("Of this line.", default=FORMAT)

    @classmethod
    def of(cls, report: Report, platform: str, **more: Any) -> FeedReport:
        """A crawl's report with what else the feed must say."""
        shared = {f.name for f in attrs.fields(cls)} & {f.name for f in attrs.fields(Report)}
        return cls(platform=platform, **{n: getattr(report, n) for n in shared}, **more)

    @classmethod
    def read(cls, record: Any) -> FeedReport:
        """A report from JSON. Raises Unreadable when it is none, or of another format."""
        if isinstance(record, dict) and record.get("format") != FORMAT:
            raise Unreadable(str(record.get("format")), f"report of format {FORMAT}")
        strict.declared(record, cls)
        issues = tuple(Issue(**issue) for issue in record.get("issues", ()))
        unchanged = tuple(record.get("unchanged", ()))
        return cls(**{**record, "issues": issues, "unchanged": unchanged})


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
        doubts=(check.UNREACHED,) if spider.errors and all(map(unreached, spider.errors)) else (),
    )


def unreached(error: str) -> bool:
    """Did nobody answer the request of this error? As "ADDRESS: Exception: words"."""
    reason = error.partition(": ")[2]
    return any(name in reason for name in _UNREACHABLE)


_UNREACHABLE = (
    "DNSLookupError",
    "CannotResolveHost",
    "ConnectionRefused",
    "DownloadFailed",
    "TimeoutError",
    "NoRouteError",
)


def now() -> str:
    """This moment, in UTC, to the second."""
    return moment(dt.datetime.now(dt.UTC))


def moment(time: dt.datetime) -> str:
    """A moment as the catalogue writes it."""
    return time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
