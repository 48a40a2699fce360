"""`moocscout load`: feeds of crawls that ran elsewhere, brought into one catalogue."""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path

import attrs
import click

from catalogue import reading, store, terminal
from catalogue.course import Crawl
from catalogue.errors import MoocscoutError, WrongUse
from catalogue.file import open_for_writing
from crawlers.gathering import Feed, Gathered
from crawlers.order import platforms
from crawlers.outcome import Outcome, tell
from crawlers.spider import PlatformSpider

Spiders = dict[str, type[PlatformSpider]]


@click.command(
    epilog="\b\nExamples:\n"
    "  scrapy crawl fun -O fun.jsonl && moocscout load fun.jsonl\n"
    "  zcat feeds/*.jsonl.gz | moocscout load -\n\n"
    "Exit codes: 0 complete (or narrowed as was asked), 1 partial, 2 wrong use."
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@terminal.db_option
@terminal.day_option
@terminal.json_option
def load(feeds: tuple[str, ...], db: Path, day: str, as_json: bool) -> None:
    """Bring feeds of crawls run elsewhere into the catalogue.

    FEED is the JSON Lines of `scrapy crawl NAME -O FEED`, gzipped or not, by
    Scrapyd or any Scrapy cloud; - reads the standard input. The same rules
    decide as for a crawl from here: only a complete one withdraws courses. A
    feed says its day in its last line; --day is for one that was cut off.
    """
    spiders = platforms()
    open_for_writing(db).close()
    outcomes: list[Outcome] = []
    crawls: list[Gathered] = []
    with tempfile.TemporaryDirectory(prefix="moocscout-load-") as folder:
        for number, name in enumerate(dict.fromkeys(feeds)):
            try:
                crawls += Feed(name, Path(folder) / str(number)).read()
            except MoocscoutError as error:
                outcomes.append(Outcome(name=name, result=error))
        crawls.sort(key=lambda crawl: crawl.said.finished if crawl.said else crawl.day(day))
        outcomes += [_brought(crawl, spiders, db, day) for crawl in crawls]
    sys.exit(tell(outcomes, as_json=as_json))


def _brought(crawl: Gathered, spiders: Spiders, db: Path, day: str) -> Outcome:
    """One crawl of a feed, loaded or refused; the others go on either way."""
    narrowed = crawl.said.narrowed if crawl.said else None
    try:
        result: Crawl | MoocscoutError = _loaded(crawl, spiders, db, day)
    except MoocscoutError as error:
        result = error
    finally:
        crawl.harvest.discard()
    return Outcome(name=crawl.platform, result=result, narrowed=narrowed)


def _loaded(crawl: Gathered, spiders: Spiders, db: Path, day: str) -> Crawl:
    spider = spiders.get(crawl.platform)
    if spider is None:
        known = ", ".join(spiders)
        raise WrongUse(f"no platform is called so, as {crawl.source} has it; there are: {known}")
    last = reading.last_crawl(db, crawl.platform)
    if last and crawl.day(day) < last["day"]:
        raise WrongUse(
            f"{crawl.source} speaks for {crawl.day(day)}, the catalogue for {last['day']} already;"
            " load the older feed first"
        )
    elsewhere = crawl.said is not None and crawl.said.base_url != spider.home
    report = crawl.report(day, floor=0 if elsewhere else None)
    if lacking := _lacking(crawl, db):
        report = attrs.evolve(report, doubts=(*report.doubts, lacking))
    return store.load(db, spider.platform(), crawl.harvest, report)


def _lacking(crawl: Gathered, db: Path) -> str | None:
    """Why courses that the job found unchanged, by a catalogue of its own, cannot count as read."""
    known = reading.Known(db, crawl.platform)
    with closing(known):
        refs = crawl.said.unchanged if crawl.said else ()
        count = sum(ref not in known for ref in refs)
    return (
        f"{count} courses are unchanged since the job read them, and this catalogue has not got"
        " them; run the job with -s MOOCSCOUT_FULL=1"
        if count
        else None
    )
