"""Holds one platform's harvest until its crawl ends, then hands it to the store."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import suppress
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from catalogue import check, store
from catalogue.course import Course, Crawl
from catalogue.errors import MoocscoutError
from catalogue.harvest import Harvest, Validator
from catalogue.reading import Known
from crawlers.spider import Page, PlatformSpider

logger = logging.getLogger(__name__)


class HarvestMemory:
    """What a spider may know: this crawl's harvest so far, and what the catalogue has."""

    def __init__(self, harvest: Harvest, known: Known) -> None:
        self._harvest = harvest
        self._known = known
        self.day: str | None = harvest.day

    def harvested(self, ref: str) -> bool:
        """Has an interrupted run of this same crawl read this course already?"""
        return ref in self._harvest

    def updated(self, ref: str) -> str | None:
        """The `updated` day of the course as the catalogue has it."""
        return self._known.updated(ref)

    def validator(self, ref: str) -> Validator | None:
        """How the course's page was when we read it."""
        return self._known.validator(ref)

    def remember(self, ref: str, validator: Validator) -> None:
        """Keep how the page is now."""
        self._harvest.add_validator(ref, validator)


class CataloguePipeline:
    """Active when the setting MOOCSCOUT_DB names a catalogue; plain `scrapy crawl` goes without.

    The outcome is left on the spider as `outcome`: a Crawl, or the error that kept the harvest
    out of the catalogue. A crawl that was stopped leaves its harvest for the next run to resume.
    """

    def __init__(self, crawler: Crawler) -> None:
        path = crawler.settings.get("MOOCSCOUT_DB")
        if not path:
            raise NotConfigured
        self.crawler = crawler
        self.path = Path(path)
        self.day = crawler.settings.get("MOOCSCOUT_DAY") or _now()[:10]
        self.started = _now()
        crawler.signals.connect(self.finish, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CataloguePipeline:
        """Scrapy's way to make it."""
        return cls(crawler)

    @property
    def spider(self) -> PlatformSpider:
        """The spider that this pipeline serves."""
        spider = self.crawler.spider
        assert isinstance(spider, PlatformSpider)  # noqa: S101 - the only kind we have
        return spider

    def open_spider(self) -> None:
        """Open the harvest; what an interrupted run of the same crawl read is still in it."""
        spider = self.spider
        folder = self.path.with_suffix(".harvest")
        purpose = f"{spider.base} {spider.narrowed or 'whole'}"
        self.harvest = Harvest(folder / f"{spider.name}.db", purpose=purpose, day=self.day)
        if self.crawler.settings.getbool("MOOCSCOUT_FRESH"):
            self.harvest.clear()
        self.resumed = len(self.harvest)
        full = self.crawler.settings.getbool("MOOCSCOUT_FULL")
        self.known = Known(None if full else self.path, spider.name)
        spider.memory = HarvestMemory(self.harvest, self.known)

    def process_item(self, item: Page) -> Page:
        """Keep one page's courses, each checked."""
        courses = [kept for course in item.courses if (kept := self._checked(course))]
        self.harvest.add(courses)
        self.harvest.add_unchanged(item.unchanged)
        stats = self.crawler.stats
        stats.inc_value("courses/read", len(courses) + len(item.unchanged))
        return item

    def _checked(self, course: Course) -> Course | None:
        if why := check.unpublishable(course):
            self.spider.reject(course.ref, why)
            return None
        kept, impossible = check.plausible(course)
        for field, words in impossible:
            self.spider.issue("implausible", field, words, course.ref)
        return kept

    def finish(self, spider: PlatformSpider, reason: str) -> None:
        """Signal handler: the crawl has ended, for this `reason`."""
        self.known.close()
        if reason == "shutdown":
            self.harvest.close()
            return
        try:
            spider.outcome = self._load(reason)
            self.harvest.discard()
            with suppress(OSError):  # another platform's harvest is still in it
                self.harvest.path.parent.rmdir()
        except MoocscoutError as error:
            self.harvest.close()
            spider.outcome = error

    def _load(self, reason: str) -> Crawl:
        spider, stats = self.spider, self.crawler.stats
        self.harvest.add_rejected(spider.rejected.items())
        failures = len(spider.errors) + int(stats.get_value("spider_exceptions/count", 0))
        report = store.Report(
            day=self.day,
            started=self.started,
            finished=_now(),
            ended_by_itself=reason == "finished",
            announced=spider.announced,
            errors=failures,
            requests=int(stats.get_value("downloader/request_count", 0)),
            base_url=spider.base,
            narrowed=spider.narrowed,
            issues=spider.issues,
            floor=None if spider.base == spider.home else 0,
        )
        return store.load(self.path, spider.platform(), self.harvest, report)


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
