"""How far each crawl has come: a bar when somebody is looking, plain lines otherwise."""

from __future__ import annotations

import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self, TextIO

from scrapy import signals
from scrapy.crawler import Crawler

from crawlers.spider import PlatformSpider

_BAR = 24
_EVERY_SECONDS = {True: 0.1, False: 15.0}


class Progress:
    """Context manager that listens to crawlers and writes to a stream, usually stderr.

    Our own rather than click's bar, which draws one bar of a length known from the start; here
    several crawls run at once and learn what the site announces on the way.
    """

    def __init__(self, crawlers: Sequence[Crawler], stream: TextIO) -> None:
        self.crawlers = crawlers
        self.stream = stream
        self.live = stream.isatty()
        self._last = time.monotonic()
        self._width = 0

    def __enter__(self) -> Self:
        for crawler in self.crawlers:
            crawler.signals.connect(self._moved, signal=signals.item_scraped)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self.live and self._width:
            self.stream.write("\r" + " " * self._width + "\r")
            self.stream.flush()

    def _moved(self, **_: Any) -> None:
        now = time.monotonic()
        if now - self._last < _EVERY_SECONDS[self.live]:
            return
        self._last = now
        words = "  ".join(filter(None, map(self._words, self.crawlers)))
        if self.live:
            self._width = max(self._width, len(words))
            self.stream.write("\r" + words.ljust(self._width))
        else:
            self.stream.write(words + "\n")
        self.stream.flush()

    def _words(self, crawler: Crawler) -> str:
        spider = crawler.spider
        if not isinstance(spider, PlatformSpider):
            return ""
        read = int(crawler.stats.get_value("courses/read", 0))
        total = spider.limit or spider.announced
        if not total:
            return f"{spider.name} {read} courses"
        done = min(read / total, 1.0)
        bar = "█" * round(done * _BAR) + "░" * (_BAR - round(done * _BAR))
        return (
            f"{spider.name} {bar} {read}/{total}" if self.live else f"{spider.name} {read}/{total}"
        )
