"""`moocscout crawl`: many platforms in one process, a line each, a table at the end."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import click
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from catalogue import reading, terminal
from catalogue.errors import WrongUse
from catalogue.file import open_for_writing
from crawlers.order import CONTACT_HINT, Order, platforms
from crawlers.outcome import Outcome, tell
from crawlers.progress import Progress
from crawlers.spider import PlatformSpider

logger = logging.getLogger(__name__)
Spiders = list[type[PlatformSpider]]
FOLDER = click.Path(file_okay=False, path_type=Path)


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
@click.option("--only-new", is_flag=True, help="Only courses that the catalogue lacks.")
@click.option("--since", callback=terminal.day_of, metavar="DAY", help="Only pages changed since.")
@click.option("--fresh", is_flag=True, help="Do not resume an interrupted crawl.")
@click.option("--full", is_flag=True, help="Read every page, changed since last time or not.")
@click.option("--save-raw", type=FOLDER, metavar="DIR", help="Keep every answer in DIR.")
@click.option("--replay", type=FOLDER, metavar="DIR", help="Read DIR again; ask no site.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and stop.")
@click.option("--list", "list_", is_flag=True, help="List the platforms and stop.")
@click.option("-v", "--verbose", is_flag=True, help="Show Scrapy's own log.")
@terminal.day_option
@terminal.json_option
def crawl(names: tuple[str, ...], list_: bool, dry_run: bool, as_json: bool, **wishes: Any) -> None:
    """Harvest platforms into the catalogue; without a NAME, all of them.

    A crawl that was stopped is resumed by running it again. Courses that a
    complete crawl no longer finds are marked withdrawn; nothing is deleted.
    """
    spiders = platforms()
    if list_:
        _print_platforms(spiders, as_json=as_json)
        return
    order = Order(**wishes)
    chosen = _chosen(names, spiders, order)
    if dry_run:
        _print_plan(chosen, order)
        return
    settings = order.settings(offline=all(spider.offline for spider in chosen))
    open_for_writing(order.db).close()
    process = AsyncCrawlerProcess(settings)
    outcomes = [Outcome.of(crawler) for crawler in _run(process, chosen, order)]
    sys.exit(tell(outcomes, as_json=as_json))


def _print_platforms(spiders: dict[str, type[PlatformSpider]], *, as_json: bool) -> None:
    if as_json:
        terminal.print_json([{"name": n, "opt_in": bool(s.opt_in)} for n, s in spiders.items()])
        return
    width = max(map(len, spiders))
    for name, spider in spiders.items():
        note = "  (only when named)" if spider.opt_in else ""
        click.echo(f"{name:{width}}  {spider.title}, {spider.home}{note}")


def _chosen(
    names: tuple[str, ...], spiders: dict[str, type[PlatformSpider]], order: Order
) -> Spiders:
    for name in names:
        if name not in spiders:
            raise WrongUse(f"no platform is called {name!r}; there are: {', '.join(spiders)}")
        if words := spiders[name].opt_in:
            terminal.say(f"{name}: {words}")
    if order.base_url and len(names) != 1:
        raise WrongUse("--base-url points one platform at another host: name that one platform")
    return [spiders[n] for n in dict.fromkeys(names)] or [
        spider for spider in spiders.values() if not spider.opt_in
    ]


def _print_plan(chosen: Spiders, order: Order) -> None:
    settings = order.settings(offline=True)
    delay = settings.getfloat("DOWNLOAD_DELAY")
    click.echo(f"into {order.db}, as {settings['USER_AGENT']}, robots.txt obeyed")
    if order.nameless(settings) and not all(spider.offline for spider in chosen):
        terminal.say(CONTACT_HINT)
    for spider in chosen:
        last = reading.last_crawl(order.db, spider.name)
        said = f"{last['day']} {last['verdict']}, {last['read']} courses" if last else "never"
        requests = last["requests"] if last else None
        pause = max(delay, getattr(spider, "delay", 0.0) if not order.local else 0.0)
        asked = f"; {requests} requests then, at {pause:g} s each" if requests else ""
        where = str(order.replay or order.base_url or spider.home)
        wishes = spider(**order.spider_arguments).narrowed
        click.echo(f"{spider.name}: {where}, last crawl {said}{asked}")
        if wishes:
            click.echo(f"  {wishes}: it will be partial, and withdraw nothing")


def _run(process: AsyncCrawlerProcess, chosen: Spiders, order: Order) -> list[Crawler]:
    crawlers = [process.create_crawler(spider) for spider in chosen]
    with Progress(crawlers, sys.stderr):
        tasks = [process.crawl(crawler, **_arguments(crawler, order)) for crawler in crawlers]
        process.start()
    for crawler, task in zip(crawlers, tasks, strict=True):
        if task.done() and not task.cancelled() and (error := task.exception()):
            logger.error("%s did not start: %s", crawler.spidercls.name, error)
    return crawlers


def _arguments(crawler: Crawler, order: Order) -> dict[str, Any]:
    """What a spider is told. A platform that is off unless named is here because it was named."""
    named = {"despite_robots": "yes"} if getattr(crawler.spidercls, "opt_in", None) else {}
    return order.spider_arguments | named
