"""Asks a site, a few times and politely, which engine could read it.

One request at a time, a second apart, robots.txt obeyed, the contact named: the settings of any
crawl. Nothing is asked twice, and no more than MOST times altogether.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

import attrs
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from catalogue import terminal
from catalogue.errors import Unreadable, WrongUse
from crawlers import recognising
from crawlers.engines import sitemap
from crawlers.order import CONTACT_HINT, has_contact, is_loopback, project_settings
from crawlers.recognising import Finding, Page
from crawlers.spider import PlatformSpider, text_of

MOST = 8
"""Requests, robots.txt included."""
RICHIE = "/api/v1.0/courses/"
OPENEDX = "/api/courses/v1/courses/"
MOOCHUB = "/bridges/moochub/courses"
MOODLE = "/local/ildmeta/get_moochub_courses.php"
_HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
_JSON = "application/json"
_API = "application/vnd.api+json, application/json;q=0.5"
_OK = 200


@attrs.define(kw_only=True)
class Probed:
    """What the site said."""

    home: str
    page: Page = attrs.Factory(Page)
    finding: Finding | None = None
    remarks: list[str] = attrs.Factory(list)
    """Every address asked, and what came of it."""
    unreachable: bool = False
    requests: int = 0
    crawl_delay: float | None = None
    """Seconds between requests that robots.txt asks for."""


class Probe(PlatformSpider):
    """Walks no list: asks each likely address once, the likeliest first, until one engine fits."""

    name = "probe"
    title = "A site that is not known yet"
    home = ""
    floor = 0
    licence = terms = ""
    # A site that is slow or refuses once is not asked again.
    custom_settings: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        "RETRY_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "crawlers.conduct.OnSite": 50,
            "crawlers.conduct.Robots": 100,
            "crawlers.conduct.Redirects": 600,
        },
    }

    def __init__(self, *, address: str, probed: Probed, **kwargs: Any) -> None:
        super().__init__(base_url=probed.home, **kwargs)
        self.address = address
        self.probed = probed
        self._maps: list[str] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Probe:
        """Scrapy's way to make it."""
        probe = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(probe.learn_robots, signal=signals.robots_parsed)
        return probe

    def learn_robots(self, robotparser: RobotParser, **_: Any) -> None:
        """Signal handler: where the site maps are and how long to wait, from robots.txt."""
        rules = getattr(robotparser, "rp", None)  # Protego; Scrapy's interface tells neither
        self._maps = list(getattr(rules, "sitemaps", ()))
        self.probed.crawl_delay = robotparser.crawl_delay("moocscout")

    async def start(self) -> AsyncIterator[Request]:
        """Ask, one after the other; nothing is left for Scrapy to schedule."""
        first = await self._ask(self.address, _HTML)
        page = text_of(first) if first else None
        if page is not None:
            self.probed.page = recognising.page(page.text, page.url)
        if not self.probed.unreachable:
            self.probed.finding = await self._by_api() or await self._by_markup(page)
        self.probed.requests = self._asked
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _by_api(self) -> Finding | None:
        if self.probed.page.is_moodle:
            found = await self._ask(MOODLE, _API)
            return recognising.moochub(found.body, MOODLE) if found else None
        if (answer := await self._ask(f"{RICHIE}?limit=5&scope=objects", _JSON)) and (
            finding := recognising.richie(answer.body)
        ):
            return await self._with_sample(finding)
        if (answer := await self._ask(f"{OPENEDX}?page_size=5", _JSON)) and (
            finding := recognising.openedx(answer.body)
        ):
            return finding
        answer = await self._ask(MOOCHUB, _API)
        return recognising.moochub(answer.body, MOOCHUB) if answer else None

    async def _with_sample(self, finding: Finding) -> Finding:
        """The finding with the course page that its engine reads besides the list."""
        answer = await self._ask(finding.sample, _HTML) if finding.sample else None
        if answer is None:
            return finding
        path = urlsplit(str(finding.sample)).path
        held = (_type(answer), answer.body)
        said = recognising.page(text.text, answer.url) if (text := text_of(answer)) else Page()
        return attrs.evolve(
            finding,
            languages=said.languages,
            licences=said.licences,
            answers={**finding.answers, path: held},
        )

    async def _by_markup(self, page: Any) -> Finding | None:
        listed = await self._listed()
        if page is not None and (finding := recognising.schema_org(page.text, page.url, listed)):
            return finding
        likely = recognising.likeliest(listed)
        answer = await self._ask(likely, _HTML) if likely else None
        course = text_of(answer) if answer else None
        return recognising.schema_org(course.text, course.url, listed) if course else None

    async def _listed(self) -> list[str]:
        """Addresses that the site maps list: of the first, or of one that an index names."""
        entries = await self._entries(next(iter(self._maps), "/sitemap.xml"))
        if entries and all(urlsplit(url).path.endswith((".xml", ".gz")) for url in entries):
            named = [url for url in entries if "cours" in url or "learn" in url]
            entries = await self._entries((named or entries)[0])
        return entries

    async def _entries(self, address: str) -> list[str]:
        answer = await self._ask(address, "*/*")
        try:
            return [entry.url for entry in sitemap.entries(answer.body)] if answer else []
        except Unreadable as error:
            self.probed.remarks.append(str(error))
            return []

    @property
    def _asked(self) -> int:
        return int(self.crawler.stats.get_value("downloader/request_count", 0))

    async def _ask(self, address: str, accept: str) -> Response | None:
        """The answer of one address; None, with a remark, where there is no good one."""
        url = urljoin(self.base + "/", address)
        if self._asked >= MOST:
            self.probed.remarks.append(f"{url}: not asked, {MOST} requests are enough")
            return None
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - it runs this very coroutine
        request = Request(url, headers={"Accept": accept}, callback=self.parse)
        try:
            response = await engine.download_async(request)
        except IgnoreRequest as error:
            self.probed.unreachable = "could not be had" in str(error)
            self.probed.remarks.append(f"{url}: {error or 'refused'}")
            return None
        except Exception as error:  # noqa: BLE001 - every way a download fails is an answer here
            self.probed.unreachable = not self.probed.remarks
            self.probed.remarks.append(f"{url}: {type(error).__name__}: {error}")
            return None
        self.probed.remarks.append(f"{response.url}: HTTP {response.status}, {_type(response)}")
        return response if response.status == _OK else None


def probe(url: str, *, verbose: bool = False) -> Probed:
    """Ask the site at this address. Raises WrongUse for no web address, or without a contact."""
    if not terminal.is_web_address(url):
        raise WrongUse(f"{url!r} is no web address; write it as https://www.example.org")
    settings = project_settings()
    changes: dict[str, Any] = {"LOG_INSTALL_ROOT_HANDLER": verbose}
    if is_loopback(url):
        changes |= {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_TIMEOUT": 15}
    elif not has_contact(settings):
        raise WrongUse(CONTACT_HINT)
    settings.setdict(changes, priority="cmdline")
    parts = urlsplit(url)
    probed = Probed(home=f"{parts.scheme}://{parts.netloc}")
    process = AsyncCrawlerProcess(settings)
    process.crawl(process.create_crawler(Probe), address=url, probed=probed)
    process.start()
    return probed


def _type(response: Response) -> str:
    said = response.headers.get("Content-Type") or b"no type"
    return said.decode("latin-1")
