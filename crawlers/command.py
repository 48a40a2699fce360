"""`moocscout crawl`: many platforms in one process, a line each, a table at the end."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import click
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from catalogue import exclude, reading, terminal
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
        plan = _plan(chosen, order)
        terminal.print_json(plan) if as_json else _print_plan(plan)
        return
    settings = order.settings(offline=all(spider.offline for spider in chosen))
    exclude.listed()
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


def _plan(chosen: Spiders, order: Order) -> dict[str, Any]:
    """What would be asked of whom, as whom, and why the crawl would be refused, if it would."""
    settings = order.settings(offline=True)
    nameless = order.nameless(settings) and not all(spider.offline for spider in chosen)
    return {
        "db": str(order.db),
        "user_agent": settings["USER_AGENT"],
        "refused": CONTACT_HINT if nameless else None,
        "platforms": [_visit(spider, order, settings) for spider in chosen],
    }


def _visit(spider: type[PlatformSpider], order: Order, settings: Settings) -> dict[str, Any]:
    return {
        "name": spider.name,
        "address": str(order.replay or order.base_url or spider.home),
        "seconds_between": max(
            settings.getfloat("DOWNLOAD_DELAY"), 0.0 if order.local else spider.delay
        ),
        "last_crawl": reading.last_crawl(order.db, spider.name),
        "narrowed": spider(**order.spider_arguments).narrowed,
    }


def _print_plan(plan: dict[str, Any]) -> None:
    click.echo(f"into {plan['db']}, as {plan['user_agent']}, robots.txt obeyed")
    if plan["refused"]:
        terminal.say(plan["refused"])
    for visit in plan["platforms"]:
        last, pause = visit["last_crawl"], visit["seconds_between"]
        said = f"{last['day']} {last['verdict']}, {last['read']} courses" if last else "never"
        requests = last["requests"] if last else None
        asked = f"; {requests} requests then, at {pause:g} s each" if requests else ""
        click.echo(f"{visit['name']}: {visit['address']}, last crawl {said}{asked}")
        if visit["narrowed"]:
            click.echo(f"  {visit['narrowed']}: it will be partial, and withdraw nothing")


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
