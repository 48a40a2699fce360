"""`moocscout crawl`: many platforms in one process, a line each, a table at the end."""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from catalogue import terminal
from catalogue.course import Crawl, as_dict
from catalogue.errors import MoocscoutError, WrongUse
from catalogue.file import open_for_writing
from crawlers.progress import Progress
from crawlers.spider import PlatformSpider

logger = logging.getLogger(__name__)

CONTACT_HINT = (
    "a crawl of the public web says who is asking; name an address at which a site owner can"
    " reach you:\n  export MOOCSCOUT_CONTACT=you@example.org"
)


@click.command(
    epilog="\b\nExamples:\n"
    "  moocscout crawl fun\n"
    "  moocscout crawl coursera --match marketing\n"
    "  moocscout crawl fun --base-url http://127.0.0.1:8080\n\n"
    "Exit codes: 0 complete (or narrowed as you asked), 1 partial, 2 wrong use."
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@terminal.db_option
@click.option("--base-url", metavar="URL", help="Ask this host instead (one NAME only).")
@click.option("--match", metavar="TEXT", help="Only listings about this subject.")
@click.option("--limit", type=click.IntRange(min=1), help="Read so many courses at most.")
@click.option("--fresh", is_flag=True, help="Do not resume an interrupted crawl.")
@click.option("--full", is_flag=True, help="Read every page, changed since last time or not.")
@click.option("--list", "list_", is_flag=True, help="List the platforms and stop.")
@click.option("-v", "--verbose", is_flag=True, help="Show Scrapy's own log.")
@terminal.day_option
@terminal.json_option
def crawl(
    names: tuple[str, ...],
    db: Path,
    base_url: str | None,
    match: str | None,
    limit: int | None,
    fresh: bool,
    full: bool,
    list_: bool,
    verbose: bool,
    day: str,
    as_json: bool,
) -> None:
    """Harvest platforms into the catalogue; without a NAME, all of them.

    A crawl that was stopped is resumed by running it again. Courses that a
    complete crawl no longer finds are marked withdrawn; nothing is deleted.
    """
    spiders = platforms()
    if list_:
        _print_platforms(spiders)
        return
    chosen = _chosen(names, spiders, base_url)
    settings = _settings(db, day, base_url, fresh=fresh, full=full, verbose=verbose)
    open_for_writing(db).close()
    arguments = {"base_url": base_url, "match": match, "limit": limit}
    crawlers = _run(chosen, settings, arguments)
    outcomes = {c.spidercls.name: _outcome(c) for c in crawlers}
    for name, outcome in outcomes.items():
        _report(name, outcome, crawlers, as_json=as_json)
    if as_json:
        terminal.print_json([_as_json(name, outcome) for name, outcome in outcomes.items()])
    sys.exit(_exit_code(crawlers, outcomes))


def platforms() -> dict[str, type[PlatformSpider]]:
    """Every platform file's spider, by name."""
    loader = SpiderLoader.from_settings(_project_settings())
    found = {name: loader.load(name) for name in loader.list()}
    return {n: spider for n, spider in sorted(found.items()) if issubclass(spider, PlatformSpider)}


def _project_settings() -> Settings:
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawlers.settings")
    return get_project_settings()


def _print_platforms(spiders: dict[str, type[PlatformSpider]]) -> None:
    width = max(map(len, spiders))
    for name, spider in spiders.items():
        note = "  (only when named)" if spider.opt_in else ""
        click.echo(f"{name:{width}}  {spider.title}, {spider.home}{note}")


def _chosen(
    names: tuple[str, ...], spiders: dict[str, type[PlatformSpider]], base_url: str | None
) -> list[type[PlatformSpider]]:
    for name in names:
        if name not in spiders:
            raise WrongUse(f"no platform is called {name!r}; there are: {', '.join(spiders)}")
        if words := spiders[name].opt_in:
            terminal.say(f"{name}: {words}")
    if base_url and len(names) != 1:
        raise WrongUse("--base-url points one platform at another host: name that one platform")
    if base_url and urlsplit(base_url).scheme not in ("http", "https"):
        raise WrongUse(f"--base-url must be an http(s) address, not {base_url!r}")
    return [spiders[n] for n in dict.fromkeys(names)] or [
        spider for spider in spiders.values() if not spider.opt_in
    ]


def _settings(
    db: Path, day: str, base_url: str | None, *, fresh: bool, full: bool, verbose: bool
) -> Settings:
    local = base_url is not None and is_loopback(base_url)
    settings = _project_settings()
    if not local and not settings.get("CONTACT"):
        raise WrongUse(CONTACT_HINT)
    changes: dict[str, Any] = {
        "MOOCSCOUT_DB": str(db),
        "MOOCSCOUT_DAY": day,
        "MOOCSCOUT_FRESH": fresh,
        "MOOCSCOUT_FULL": full,
        "LOG_LEVEL": "INFO",
        "LOG_INSTALL_ROOT_HANDLER": verbose,
    }
    if local:
        # Nobody's site but ours: the only place where the second between requests is waived.
        changes |= {
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
            "RETRY_AFTER_FIRST_WAIT": 0.2,
            "DOWNLOAD_TIMEOUT": 15,
        }
    settings.setdict(changes, priority="cmdline")
    if not verbose:
        # LOG_LEVEL filters handlers only: each record would still be made, at a cost per item.
        logging.getLogger("scrapy").setLevel(logging.WARNING)
    return settings


def is_loopback(url: str) -> bool:
    """Is this the address of this very machine?"""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _run(
    chosen: list[type[PlatformSpider]], settings: Settings, arguments: dict[str, Any]
) -> list[Crawler]:
    process = AsyncCrawlerProcess(settings)
    crawlers = [process.create_crawler(spider) for spider in chosen]
    with Progress(crawlers, sys.stderr):
        tasks = [process.crawl(crawler, **arguments) for crawler in crawlers]
        process.start()
    for crawler, task in zip(crawlers, tasks, strict=True):
        if task.done() and not task.cancelled() and (error := task.exception()):
            logger.error("%s did not start: %s", crawler.spidercls.name, error)
    return crawlers


def _outcome(crawler: Crawler) -> Crawl | MoocscoutError | None:
    spider = crawler.spider
    return spider.outcome if isinstance(spider, PlatformSpider) else None


def _report(
    name: str, outcome: Crawl | MoocscoutError | None, crawlers: list[Crawler], *, as_json: bool
) -> None:
    spider = next(c.spider for c in crawlers if c.spidercls.name == name)
    if isinstance(outcome, MoocscoutError):
        terminal.say(f"{name}: {outcome}")
    elif outcome is None:
        terminal.say(f"{name}: stopped; run the same command again to resume")
    else:
        counts = f"{outcome.new} new, {outcome.changed} changed, {outcome.withdrawn} withdrawn"
        counts += f", {outcome.back} back" if outcome.back else ""
        line = f"{name}: {outcome.verdict}, {outcome.read} courses read ({counts})"
        (terminal.say if as_json else click.echo)(line)
        for reason in outcome.reasons:
            terminal.say(f"  partial because {reason}")
        for error in spider.errors[:3] if isinstance(spider, PlatformSpider) else ():
            terminal.say(f"    {_plainly(error)}")


_UNREACHABLE = ("DNSLookupError", "CannotResolveHost", "ConnectionRefused", "DownloadFailed")


def _plainly(error: str) -> str:
    """An error of a request as a sentence, with the way out where the network is the trouble."""
    url, _, reason = error.partition(": ")
    if not any(name in reason for name in (*_UNREACHABLE, "TimeoutError", "NoRouteError")):
        return error
    host = urlsplit(url).netloc
    return f"could not reach {host}: {reason}; `moocscout demo` works without internet"


def _as_json(name: str, outcome: Crawl | MoocscoutError | None) -> dict[str, Any]:
    if isinstance(outcome, Crawl):
        return as_dict(outcome) | {"reasons": list(outcome.reasons)}
    return {"platform": name, "verdict": None, "error": str(outcome or "stopped")}


def _exit_code(crawlers: list[Crawler], outcomes: dict[str, Crawl | MoocscoutError | None]) -> int:
    """0 when every crawl is complete, or partial only because the operator narrowed it."""
    if any(isinstance(outcome, MoocscoutError) for outcome in outcomes.values()):
        return terminal.WRONG
    for crawler in crawlers:
        outcome, spider = outcomes[crawler.spidercls.name], crawler.spider
        if not isinstance(outcome, Crawl):
            return terminal.PARTIAL
        narrowed = spider.narrowed if isinstance(spider, PlatformSpider) else None
        if set(outcome.reasons) - {narrowed}:
            return terminal.PARTIAL
    return 0
