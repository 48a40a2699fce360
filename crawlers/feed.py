"""Feeds: `scrapy crawl NAME -O out.jsonl` writes one course per line, then what the crawl came to.

Scrapy would write our only item, a Page of courses, as it stands. The formats are registered in
settings.FEED_EXPORTERS. JSON Lines is the one that `moocscout load` reads: its last line is
`{"report": ...}`, written when the spider has closed, so a feed of a killed job has none. JSON
and CSV hold the courses alone.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, ClassVar, Self

import attrs
from scrapy.crawler import Crawler
from scrapy.exporters import (
    BaseItemExporter,
    CsvItemExporter,
    JsonItemExporter,
    JsonLinesItemExporter,
)

from catalogue.course import Course, as_dict
from catalogue.export.tables import cell
from crawlers.report import FeedReport, moment, now, report_of
from crawlers.spider import Page, PlatformSpider


class _OfCourses(BaseItemExporter):
    """Takes pages apart: each course is an item of the feed, checked as for the catalogue."""

    crawler: Crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: Any, **options: Any) -> Self:
        """Scrapy's way to make it."""
        exporter = cls(file, **options)  # type: ignore[call-arg]
        exporter.crawler = crawler
        exporter.written = 0
        exporter.unchanged = []
        return exporter

    written: int
    unchanged: list[str]

    def export_item(self, item: Page) -> None:
        """Write the courses of one page."""
        for course in self.spider.notes.checked(item.courses):
            super().export_item(as_dict(course))  # type: ignore[safe-super]
            self.written += 1
        self.unchanged += item.unchanged

    @property
    def spider(self) -> PlatformSpider:
        """The spider whose feed it is."""
        spider = self.crawler.spider
        assert isinstance(spider, PlatformSpider)  # noqa: S101 - the only kind we have
        return spider


class JsonLines(_OfCourses, JsonLinesItemExporter):
    """One course per line, then the report."""

    def finish_exporting(self) -> None:
        """Write the report, unless the crawl goes on in another file (batches)."""
        if self.spider.ended:
            line = json.dumps({"report": self._report()}, ensure_ascii=False)
            self.file.write(line.encode(self.encoding or "utf-8") + b"\n")

    def _report(self) -> dict[str, Any]:
        spider, crawler = self.spider, self.crawler
        began = crawler.stats.get_value("start_time") or dt.datetime.now(dt.UTC)
        day = crawler.settings.get("MOOCSCOUT_DAY") or now()[:10]
        report = report_of(crawler, day=day, started=moment(began), reason=str(spider.ended))
        said = FeedReport.of(
            report,
            spider.name,
            reason=str(spider.ended),
            courses=self.written,
            unchanged=tuple(self.unchanged),
            rejected=spider.rejected,
        )
        return as_dict(said)


class Json(_OfCourses, JsonItemExporter):
    """One array of courses, without a report."""


class Csv(_OfCourses, CsvItemExporter):
    """One row per course, every column in the model's order; lists are joined by " | "."""

    columns: ClassVar[list[str]] = [field.name for field in attrs.fields(Course)]

    def __init__(self, file: Any, **options: Any) -> None:
        super().__init__(file, **options)
        self.fields_to_export = self.fields_to_export or self.columns

    def serialize_field(self, field: Any, name: str, value: Any) -> Any:  # noqa: ARG002
        """A cell: text that no spreadsheet would run, lists of text joined, the rest as JSON."""
        deeper = isinstance(value, list) and not all(isinstance(each, str) for each in value)
        if deeper or isinstance(value, dict):
            value = json.dumps(value, ensure_ascii=False)
        return cell(value)
