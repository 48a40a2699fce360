"""How crawls ended, told to a person, to a program and to a scheduler."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import attrs
import click
from scrapy.crawler import Crawler

from catalogue import terminal
from catalogue.course import Crawl, as_dict
from catalogue.errors import MoocscoutError
from crawlers.report import unreached
from crawlers.spider import PlatformSpider

_COLUMNS = ("read", "new", "changed", "withdrawn", "back", "rejected", "requests", "errors")
_SHOWN_ERRORS = 10


@attrs.frozen(kw_only=True)
class Outcome:
    """One platform's crawl: what it came to, and what the spider met on the way."""

    name: str
    result: Crawl | MoocscoutError | None
    """None: stopped before its end; what it gathered is kept for the next run."""
    narrowed: str | None = None
    errors: tuple[str, ...] = ()

    @classmethod
    def of(cls, crawler: Crawler) -> Outcome:
        """The outcome of a crawler that has ended."""
        spider = crawler.spider
        if not isinstance(spider, PlatformSpider):
            return cls(name=crawler.spidercls.name, result=None)
        return cls(
            name=spider.name,
            result=spider.outcome,
            narrowed=spider.narrowed,
            errors=tuple(spider.errors),
        )

    @property
    def exit_code(self) -> int:
        """0 complete, or partial only because the operator narrowed it; 1 partial; 2 refused."""
        if isinstance(self.result, MoocscoutError):
            return terminal.WRONG
        if self.result is None or set(self.result.reasons) - {self.narrowed}:
            return terminal.PARTIAL
        return 0

    @property
    def remarks(self) -> list[str]:
        """What a person must know besides the counts."""
        if isinstance(self.result, MoocscoutError):
            return [f"{self.name}: {self.result}"]
        if self.result is None:
            return [f"{self.name}: stopped; run the same command again to resume"]
        said = [f"{self.name}: partial because {reason}" for reason in self.result.reasons]
        said += [f"  {_plainly(error)}" for error in self.errors[:_SHOWN_ERRORS]]
        more = len(self.errors) - _SHOWN_ERRORS
        return [*said, f"  and {more} more"] if more > 0 else said

    def as_json(self) -> dict[str, Any]:
        """The crawl's row, for programs."""
        if isinstance(self.result, Crawl):
            counts = {name: getattr(self.result, name) for name in _COLUMNS}
            return as_dict(self.result) | counts | {"reasons": list(self.result.reasons)}
        why = str(self.result) if self.result else "stopped"
        return {"platform": self.name, "verdict": None, "error": why}


def tell(outcomes: Sequence[Outcome], *, as_json: bool) -> int:
    """Print a table or JSON on stdout, remarks on stderr; returns the exit code of them all."""
    if as_json:
        terminal.print_json([outcome.as_json() for outcome in outcomes])
    else:
        _print_table(outcomes)
    for outcome in outcomes:
        for remark in outcome.remarks:
            terminal.say(remark)
    return max((outcome.exit_code for outcome in outcomes), default=0)


def _print_table(outcomes: Sequence[Outcome]) -> None:
    loaded = [each.result for each in outcomes if isinstance(each.result, Crawl)]
    if not loaded:
        return
    width = max(len("platform"), *(len(crawl.platform) for crawl in loaded))
    shown = [n for n in _COLUMNS[:4] if n] + [
        n for n in _COLUMNS[4:] if n == "requests" or any(getattr(c, n) for c in loaded)
    ]
    click.echo(f"{'platform':{width}}  verdict " + "".join(f"{n:>10}" for n in shown))
    for crawl in loaded:
        counts = "".join(f"{getattr(crawl, name):>10}" for name in shown)
        click.echo(f"{crawl.platform:{width}}  {crawl.verdict:8}{counts}")


def _plainly(error: str) -> str:
    """An error of a request as a sentence, with the way out where the network is the trouble."""
    url, _, reason = error.partition(": ")
    if "not in cache" in reason:
        return (
            f"{url} is not among the saved answers; was --base-url the same when they were saved?"
        )
    if not unreached(error):
        return error
    host = urlsplit(url).netloc
    return f"could not reach {host}: {reason}; `moocscout demo` works without internet"
