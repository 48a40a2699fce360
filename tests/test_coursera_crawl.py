"""Coursera walked over real HTTP, in a process of its own as a reactor cannot start twice."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import attrs
import pytest

from crawlers.platforms.coursera import Coursera
from crawlers.platforms.coursera_api import CourseraApi

FIXTURES = Path(__file__).parent / "fixtures" / "coursera"
LEARN = "https://www.coursera.org/learn/"

Site = Callable[[str], tuple[int, dict[str, str], bytes]]

RUN = """
import json, sys
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from crawlers.platforms.coursera import Coursera
from crawlers.platforms.coursera_api import CourseraApi
from catalogue.course import as_dict
from crawlers.spider import NoMemory
import crawlers.settings

asked = json.loads(sys.argv[1])
settings = {n: getattr(crawlers.settings, n) for n in dir(crawlers.settings) if n.isupper()}
settings |= {"ITEM_PIPELINES": {}, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False,
             "CONCURRENT_REQUESTS_PER_DOMAIN": 4, "RETRY_TIMES": 1, "LOG_LEVEL": "ERROR",
             "DOWNLOAD_TIMEOUT": 10, **asked["settings"]}
found = {"courses": [], "unchanged": [], "waiting": 0}

class Memory(NoMemory):
    def harvested(self, ref): return ref in asked["harvested"]
    def updated(self, ref): return asked["known"].get(ref)

def keep(item, spider):
    found["courses"] += [as_dict(course) for course in item.courses]
    found["unchanged"] += item.unchanged

def opened(spider):
    spider.memory = Memory()

def scheduled(request, spider):
    found["waiting"] = max(found["waiting"], len(spider.crawler.engine.scheduler))

def closed(spider):
    found.update(announced=spider.announced, rejected=spider.rejected, errors=spider.errors,
                 issues=[[i.kind, i.field, i.count] for i in spider.issues])

ours = Settings()
ours.setdict(settings, priority="cmdline")
process = CrawlerProcess(ours)
crawler = process.create_crawler({"coursera": Coursera, "coursera_api": CourseraApi}[asked["name"]])
for handler, signal in ((keep, signals.item_scraped), (opened, signals.spider_opened),
                        (scheduled, signals.request_scheduled), (closed, signals.spider_closed)):
    crawler.signals.connect(handler, signal)
process.crawl(crawler, base_url=asked["base"], **asked["arguments"])
process.start()
json.dump(found, sys.stdout)
"""


@attrs.define
class Loopback:
    """A web server on loopback that answers from a function and remembers what it was asked."""

    base: str
    asked: list[str] = attrs.field(factory=list)
    headers: list[dict[str, str]] = attrs.field(factory=list)
    site: Site = lambda _: (404, {}, b"")

    def crawl(
        self,
        name: str = "coursera",
        harvested: tuple[str, ...] = (),
        known: dict[str, str] | None = None,
        settings: dict[str, Any] | None = None,
        **arguments: str,
    ) -> dict[str, Any]:
        asked = {"name": name, "base": self.base, "arguments": arguments, "known": known or {},
                 "harvested": harvested, "settings": settings or {}}  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", RUN, json.dumps(asked)],
            capture_output=True, text=True, timeout=120, check=False,
            cwd=Path(__file__).parents[1],
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout), log=done.stderr)


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65536  # head and body in one packet: apart, each answer waits for an ACK

        def do_GET(self) -> None:
            held.asked.append(self.path)
            held.headers.append(dict(self.headers))
            status, headers, body = held.site(self.path)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = "Content-Length" in headers

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held = Loopback(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield held
    server.shutdown()
    thread.join()
    server.server_close()


INDEX = """<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://www.coursera.org/sitemap~www~specializations.xml</loc></sitemap>
<sitemap><loc>https://www.coursera.org/sitemap~www~courses.xml</loc></sitemap>
</sitemapindex>"""


def sitemap(slugs: dict[str, str | None]) -> bytes:
    urls = "".join(
        f"<url><loc>{LEARN}{slug}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"
        for slug, day in slugs.items()
    )
    start = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{start}{urls}</urlset>".encode()


def small_page(title: str) -> bytes:
    heading = "<h2>Skills you'll gain</h2><ul><li>Pricing</li></ul>"
    return f"<html><body><h1>{title}</h1>{heading}</body></html>".encode()


def coursera(
    slugs: dict[str, str | None], answers: dict[str, tuple[int, dict[str, str], bytes]]
) -> Site:
    known = {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /api/\nDisallow: /search\n"),
        "/sitemap.xml": (200, {"Content-Type": "application/xml"}, INDEX.encode()),
        "/sitemap~www~courses.xml": (200, {"Content-Type": "application/xml"}, sitemap(slugs)),
    }
    pages = {
        f"/learn/{slug}": (200, {"Content-Type": "text/html"}, small_page(slug)) for slug in slugs
    }
    everything = known | pages | answers
    return lambda path: everything.get(path, (404, {}, b"no"))


def refs(found: dict[str, Any]) -> list[str]:
    return sorted(each["ref"] for each in found["courses"])


def test_a_walk_reads_every_course_of_the_site_map(loopback: Loopback) -> None:
    slugs: dict[str, str | None] = {"a": "2026-10-01", "b?specialization=c": None, "a ": None}
    loopback.site = coursera({"a": "2026-10-01", "b": None}, {
        "/sitemap~www~courses.xml": (200, {}, sitemap(slugs | {"b": None})),
    })  # fmt: skip
    found = loopback.crawl()
    assert (found["announced"], found["errors"], found["rejected"]) == (2, [], {})
    assert refs(found) == ["a", "b"]
    first = min(found["courses"], key=lambda each: str(each["ref"]))
    assert first | {"quotes": None} == {
        "platform": "coursera", "ref": "a", "url": f"{loopback.base}/learn/a", "title": "a",
        "kind": "course",
        "audience": "public", "skills": ["Pricing"], "updated": "2026-10-01", "quotes": None,
    }  # fmt: skip
    assert loopback.asked[0] == "/robots.txt"
    assert {each["Accept-Language"] for each in loopback.headers[1:]} == {"en"}
    assert not any("Cookie" in each for each in loopback.headers)


def test_a_gzipped_site_map_is_read_and_one_cut_off_is_an_error(loopback: Loopback) -> None:
    index = INDEX.replace("courses.xml", "courses.xml.gz").encode()
    packed = gzip.compress(sitemap({"a": None, "b": None}))
    answers = {"/sitemap.xml": (200, {}, index)}
    answers["/sitemap~www~courses.xml.gz"] = (200, {"Content-Type": "application/gzip"}, packed)
    loopback.site = coursera({"a": None, "b": None}, answers)
    assert refs(loopback.crawl()) == ["a", "b"]
    answers["/sitemap~www~courses.xml.gz"] = (200, {}, packed[:-20])
    loopback.site = coursera({"a": None, "b": None}, answers)
    assert "site map not readable" in loopback.crawl()["errors"][0]
    cut = sitemap({"a": None, "b": None})[:-20]
    loopback.site = coursera({"a": None}, {"/sitemap~www~courses.xml": (200, {}, cut)})
    found = loopback.crawl()
    assert refs(found) == ["a"]
    assert "site map not readable" in found["errors"][0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, b""), "HTTP 404"),
        ((503, {"Retry-After": "0"}, b""), "HTTP 503"),
        ((200, {}, b"<html>maintenance</html>"), "no courses in the site maps"),
        ((200, {}, b"down"), "site map not readable"),
    ],
)
def test_a_site_map_that_cannot_be_had_is_an_error(
    loopback: Loopback, answer: tuple[int, dict[str, str], bytes], said: str
) -> None:
    loopback.site = coursera({"a": None}, {"/sitemap.xml": answer})
    found = loopback.crawl()
    assert (found["courses"], found["announced"]) == ([], 0)
    assert said in " ".join(found["errors"])


def test_a_page_that_fails_is_an_error_and_one_that_is_gone_is_not(loopback: Loopback) -> None:
    page = small_page("cut")
    slugs: dict[str, str | None] = dict.fromkeys(
        ["fine", "gone", "never", "busy", "down", "cut", "barred", "check", "untitled", "moved"]
    )
    loopback.site = coursera(slugs, {
        "/learn/gone": (404, {}, b"no"),
        "/learn/never": (410, {}, b"no"),
        "/learn/busy": (429, {"Retry-After": "0"}, b"slow down"),
        "/learn/down": (500, {}, b"oh"),
        "/learn/cut": (200, {"Content-Length": str(len(page) + 50)}, page),
        "/learn/barred": (403, {}, b"no"),
        "/learn/check": (200, {}, (FIXTURES / "challenge.html").read_bytes()),
        "/learn/untitled": (200, {}, (FIXTURES / "no_title.html").read_bytes()),
        "/learn/moved": (301, {"Location": "/learn/fine"}, b""),
    })  # fmt: skip
    found = loopback.crawl(settings={"DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter"})
    assert refs(found) == ["fine"]
    assert found["announced"] == 7  # gone, never and moved are announced no longer
    assert found["rejected"] == {"untitled": "no title in any layer of the page"}
    failed = {error.split(": ")[0].rpartition("/")[2] for error in found["errors"]}
    assert failed == {"busy", "down", "cut", "barred", "check"}
    assert ["gone", "/learn", 3] in found["issues"]


def test_when_much_is_gone_it_is_the_site_that_fails(loopback: Loopback) -> None:
    slugs: dict[str, str | None] = {f"c{number}": None for number in range(20)}
    gone = {f"/learn/c{number}": (404, dict[str, str](), b"") for number in range(11)}
    loopback.site = coursera(slugs, gone)
    assert "11 listed courses have no page" in loopback.crawl()["errors"][0]


def test_an_interrupted_run_goes_on_where_it_was(loopback: Loopback) -> None:
    slugs: dict[str, str | None] = {
        "read": "2026-10-01", "same": "2026-10-01", "newer": "2026-10-02", "undated": None,
    }  # fmt: skip
    loopback.site = coursera(slugs, {})
    known = {"same": "2026-10-01", "newer": "2026-10-01", "read": "2026-10-01"}
    found = loopback.crawl(harvested=("read",), known=known)
    assert (refs(found), found["unchanged"]) == (["newer", "undated"], ["same"])
    assert (found["announced"], found["errors"]) == (4, [])
    assert "/learn/read" not in loopback.asked
    assert "/learn/same" not in loopback.asked


def test_a_narrowed_walk_asks_only_for_what_is_wanted(loopback: Loopback) -> None:
    names = ["digital-marketing", "welding", "marketing-numerique", "content-marketing"]
    loopback.site = coursera(dict.fromkeys(names), {})
    found = loopback.crawl(match="marketing", limit="2")
    assert refs(found) == ["digital-marketing", "marketing-numerique"]
    assert found["announced"] == 4
    assert sum(path.startswith("/learn/") for path in loopback.asked) == 2


def test_pages_are_asked_for_in_order_and_never_queued(loopback: Loopback) -> None:
    slugs = [f"c{number}" for number in range(60)]
    loopback.site = coursera(dict.fromkeys(slugs), {})
    slow = {"DOWNLOAD_DELAY": 0.01, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
    found = loopback.crawl(settings=slow)
    asked = [path.removeprefix("/learn/") for path in loopback.asked if "/learn/" in path]
    assert asked == slugs
    assert found["waiting"] < 3


def test_robots_are_obeyed(loopback: Loopback) -> None:
    robots = {"/robots.txt": (200, dict[str, str](), b"User-agent: *\nDisallow: /learn/\n")}
    loopback.site = coursera({"a": None}, robots)
    found = loopback.crawl()
    assert found["courses"] == []
    assert "robots" in found["errors"][0]
    assert "/learn/a" not in loopback.asked


# The catalogue API


def element(slug: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"id-{slug}",
        "slug": slug,
        "name": slug.title(),
        "courseType": "v2.ondemand",
    } | more


def api(pages: dict[str, dict[str, Any]]) -> Site:
    def site(path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/robots.txt":
            return 200, {}, b"User-agent: *\nDisallow: /api/\n"
        name = path.removeprefix("/api/").partition("&")[0]
        said = next((page for start, page in pages.items() if name == start), None)
        return (200 if said else 404), {}, json.dumps(said).encode()

    return site


def test_the_api_is_not_asked_unless_the_operator_says_so(loopback: Loopback) -> None:
    found = loopback.crawl("coursera_api")
    assert (found["courses"], loopback.asked) == ([], [])
    (error,) = found["errors"]
    assert str(CourseraApi.opt_in) in error
    assert "despite_robots=yes" in error


def test_the_api_is_paged_joined_and_read(loopback: Loopback) -> None:
    loopback.site = api(
        json.loads((FIXTURES.parent / "coursera_api" / "pages.json").read_text("utf-8"))
    )
    found = loopback.crawl("coursera_api", despite_robots="yes")
    assert (found["announced"], found["errors"]) == (3, [])
    assert found["rejected"] == {"id-x": "no name or no slug in the catalogue's answer"}
    assert ["unknown_field", "brandNew", 1] in found["issues"]
    first, second = sorted(found["courses"], key=lambda each: each["ref"])
    assert first.pop("quotes")["weeks"] == {
        "words": "4 weeks of study, 2-4 hours a week", "source": "api",
    }  # fmt: skip
    assert first == {
        "platform": "coursera_api", "ref": "one", "url": LEARN + "one", "title": "One",
        "kind": "course", "audience": "public", "language": "fr", "languages": ["fr"],
        "subtitles": ["en", "zh-CN"], "provider": "Example University",
        "providers": ["Example University"], "instructors": ["Dr Ada Li", "Jo Roux"],
        "description": "First.\nThen.", "subjects": ["business", "marketing"], "weeks": 4.0,
        "weekly_hours_low": 2.0, "weekly_hours_high": 4.0,
    }  # fmt: skip
    assert (second["kind"], second["provider"]) == ("guided_project", "Example Bank")
    assert not any(path.startswith("/api/courses.v1?start=300") for path in loopback.asked)


def test_the_api_fails_on_page_two(loopback: Loopback) -> None:
    one = {"elements": [element("one")], "paging": {"next": "100", "total": 2}, "linked": {}}
    loopback.site = api({"courses.v1?start=0": one})
    found = loopback.crawl("coursera_api", despite_robots="yes")
    assert refs(found) == ["one"]
    assert "HTTP 404" in found["errors"][0]


def test_both_platforms_are_declared_alike() -> None:
    for platform in (Coursera.platform(), CourseraApi.platform()):
        assert platform.home.startswith("https://")
        assert platform.floor >= 10_000
        assert "/api" in platform.robots
