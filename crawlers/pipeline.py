"""Holds one platform's harvest until its crawl ends, then hands it to the store."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

import attrs
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.python.failure import Failure

from catalogue import store
from catalogue.course import Crawl
from catalogue.errors import MoocscoutError
from catalogue.file import explained
from catalogue.harvest import Harvest, Validator
from catalogue.reading import Known
from crawlers.report import now, report_of
from crawlers.spider import Page, PlatformSpider

logger = logging.getLogger(__name__)


class HarvestMemory:
    """What a spider may know: this crawl's harvest so far, and what the catalogue has."""

    def __init__(self, harvest: Harvest, known: Known, *, only_new: bool = False) -> None:
        self._harvest = harvest
        self._known = known
        self._only_new = only_new
        self.day: str | None = harvest.day

    def harvested(self, ref: str) -> bool:
        """Need this course not be asked for: read by an interrupted run, or not new?"""
        return ref in self._harvest or (self._only_new and ref in self._known)

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
        self.day = crawler.settings.get("MOOCSCOUT_DAY") or now()[:10]
        self.started = now()
        self.broken: MoocscoutError | None = None
        """Why the catalogue or the harvest cannot be used any more."""
        crawler.signals.connect(self.finish, signal=signals.spider_closed)
        for met in (signals.spider_error, signals.item_error):
            crawler.signals.connect(self.give_up, signal=met)

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
        spider.memory = HarvestMemory(self.harvest, self.known, only_new=spider.only_new)

    def process_item(self, item: Page) -> Page:
        """Keep one page's courses, each checked; a feed gets them checked too."""
        courses = self.spider.notes.checked(item.courses)
        self.harvest.add(courses)
        self.harvest.add_unchanged(item.unchanged)
        stats = self.crawler.stats
        stats.inc_value("courses/read", len(courses) + len(item.unchanged))
        return attrs.evolve(item, courses=tuple(courses))

    def give_up(self, failure: Failure) -> None:
        """Signal handler: end the crawl where our own files fail; that is no fault of the site."""
        try:
            with explained(self.harvest.path):
                failure.raiseException()
        except MoocscoutError as error:
            if self.broken is None:
                self.broken = error
                self.crawler.engine.close_spider(self.spider, "our own file failed")
        except Exception:  # noqa: BLE001 - counted by Scrapy, and an error of the crawl
            return

    def finish(self, spider: PlatformSpider, reason: str) -> None:
        """Signal handler: the crawl has ended, for this `reason`."""
        self.known.close()
        if reason == "shutdown" or self.broken:
            self.harvest.close()
            spider.outcome = self.broken
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
        self.harvest.add_rejected(self.spider.rejected.items())
        report = report_of(self.crawler, day=self.day, started=self.started, reason=reason)
        return store.load(self.path, self.spider.platform(), self.harvest, report)
