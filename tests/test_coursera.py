"""Coursera: what a page says in each layer, what is believed, and the walk over real HTTP."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import clean
from catalogue.course import Course, Quote, course_from
from crawlers.engines.coursera import matches
from crawlers.engines.coursera_page import Reading, merged, read
from crawlers.platforms.coursera import Coursera
from crawlers.platforms.coursera_api import CourseraApi

FIXTURES = Path(__file__).parent / "fixtures" / "coursera"
SAMPLES = Path(__file__).parents[1].parent / "shared" / "samples" / "coursera"
PROPERTIES = [
    "@id", "@type", "@value", "name", "slug", "description", "skills", "difficultyLevel", "ratings",
    "averageFiveStarRating", "ratingCount", "primaryLanguages", "partners", "fullName", "__ref",
    "hasCourseInstance", "courseWorkload", "courseSchedule", "duration", "repeatFrequency",
    "repeatCount", "teaches", "offers", "price", "category", "priceCurrency", "aggregateRating",
    "ratingValue", "bestRating", "inLanguage", "provider", "syllabusSections", "workload",
    "material", "modules", "itemListElement", "totalHistoricalEnrollment", "educationalLevel",
]  # fmt: skip
LEARN = "https://www.coursera.org/learn/"


def reading(name: str, slug: str = "x", old: str = "", new: str = "") -> Reading:
    html = (FIXTURES / f"{name}.html").read_text("utf-8")
    assert old in html
    return read(html.replace(old, new).encode(), LEARN + slug, "2026-11-01")


def course(found: Reading) -> Course:
    assert found.course is not None
    return found.course


def sources(found: Course) -> dict[str, str]:
    return {name: quote.source for name, quote in found.quotes.items()}


# Pages


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("three_layers", "brand-strategy-workshop"),
        ("jsonld_only", "data-for-managers"),
        ("state_only", "pricing-basics"),
        ("dom_only", "projects-tour-of-colour"),
        ("french", "marketing-digital"),
        ("hostile", "hostile"),
    ],
)
def test_a_page_gives_the_whole_record(name: str, slug: str) -> None:
    expected = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    assert course(reading(name, slug)) == course_from(expected)


def test_a_page_of_three_layers_is_noted_where_they_disagree_and_where_it_is_new() -> None:
    notes = reading("three_layers", "brand-strategy-workshop").notes
    assert [(note.kind, note.field) for note in notes] == [
        ("layers_disagree", "level"),
        ("unknown_field", "Course.hasMerchantReturnPolicy"),
    ]
    assert notes[0].words == "jsonld: intermediate; state: intermediate; dom: beginner"


def test_a_course_without_title_is_rejected_and_a_bot_check_is_a_failure() -> None:
    assert reading("no_title").rejected == "no title in any layer of the page"
    found = reading("challenge")
    assert (found.course, found.rejected) == (None, None)
    assert found.failed is not None
    assert found.failed.startswith("no course in this answer: Just a moment...")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PROPERTIES), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(PROPERTIES), JSON))
@settings(max_examples=200, deadline=None)
def test_no_values_make_the_reader_fail(node: dict[str, Any]) -> None:
    said = json.dumps(node | {"@type": "Course"}).replace("</", "<\\/")
    page = f"""<script type="application/ld+json">{said}</script><script>window.S = {said};</script>
<h2>Skills you'll gain</h2><ul><li>x</ul>"""
    found = read(page.encode("utf-8", "replace"), LEARN + "x")
    assert found.course or found.rejected
    if found.course:
        assert course_from(json.loads(found.course.to_json())) == found.course


@pytest.mark.parametrize(
    "page", [b"", b"\x89PNG\r\n\x1a\n\x00", b"<html", b'{"error": 1}', b"\xff\xfe"]
)
def test_an_answer_that_is_no_page_is_a_failure(page: bytes) -> None:
    assert read(page, LEARN + "x").failed


def test_words_that_cannot_be_read_are_noted_and_their_facts_unknown() -> None:
    found = reading("hostile")
    assert {(note.kind, note.field, note.words) for note in found.notes} == {
        ("unreadable", "level", "Grand Master"),
        ("unreadable", "access", "Barter"),
        ("unreadable", "rating_count", "inf"),
        ("unreadable", "enrolled", "many"),
    }


def test_each_column_comes_from_the_first_layer_that_can_be_read() -> None:
    layers: dict[str, Any] = {
        "jsonld": {"title": "One", "level": "Grand Master", "workload": "PT10H", "language": "en"},
        "state": {"title": "Two", "level": "BEGINNER", "workload": "4 weeks, 2 hours a week"},
        "dom": {"title": "Three", "level": "Advanced level", "language": "French"},
    }
    columns, quotes, notes = merged(layers)
    assert columns == {
        "title": "One",
        "level": "beginner",
        "language": "fr",
        "languages": ("fr",),
        "total_hours": 10.0,
        "weeks": 4.0,
        "weekly_hours_low": 2.0,
        "weekly_hours_high": 2.0,
    }
    assert quotes["level"] == Quote(words="BEGINNER", source="state")
    assert quotes["total_hours"] == Quote(words="PT10H", source="jsonld")
    assert quotes["weeks"].source == "state"
    assert {(note.kind, note.field) for note in notes} == {
        ("unreadable", "level"),
        ("layers_disagree", "level"),
        ("layers_disagree", "language"),
    }


@pytest.mark.parametrize(
    ("stated", "access"),
    [
        ("Free", "free_full"),
        ("Partially Free", "free_audit_limited"),
        ("Paid", "paid"),
        ("Subscription", "subscription"),
    ],
)
def test_an_offer_is_what_its_category_says(stated: str, access: str) -> None:
    found = course(reading("three_layers", "brand-strategy-workshop", "Partially Free", stated))
    assert (found.access, found.price) == (access, None)


def test_a_price_counts_where_one_is_stated() -> None:
    new = '"category":"Paid","price":"49,00","priceCurrency":"EUR"'
    old = '"category":"Partially Free"'
    found = course(reading("three_layers", "brand-strategy-workshop", old, new))
    assert (found.access, found.price, found.currency) == ("paid", 49.0, "EUR")


def test_other_courses_on_the_page_are_not_this_one() -> None:
    found = course(reading("three_layers", "another-course"))
    assert (found.title, found.level, found.skills, found.rating) == (
        "Another Course",
        "advanced",
        ("Welding",),
        1.2,
    )


def test_the_site_s_own_language_is_not_the_course_s() -> None:
    html = (FIXTURES / "three_layers.html").read_text("utf-8")
    changed = html.replace('"primaryLanguages":["en"],"sub', '"primaryLanguages":["fr"],"sub')
    found = read(changed.encode(), LEARN + "brand-strategy-workshop")
    assert course(found).language == "fr"
    assert "language" in [note.field for note in found.notes if note.kind == "layers_disagree"]


def test_a_state_that_is_cut_off_tells_only_what_it_tells_of_one_course() -> None:
    state = '<script>self.push("{\\"skills\\":[\\"Pricing\\"],\\"difficultyLevel\\":\\"BEGINNER\\",'
    state += '\\"averageFiveStarRating\\":4.8},{\\"averageFiveStarRating\\":2</script>'
    found = course(read(f"<h1>Prices</h1>{state}".encode(), LEARN + "prices"))
    assert (found.skills, found.level, found.rating) == (("Pricing",), "beginner", None)
    assert sources(found)["skills"] == "state"


def test_a_state_may_be_json_in_a_string() -> None:
    state = json.dumps({"course": {"slug": "p", "name": "Prices", "skills": ["Pricing"]}})
    page = f"<script>window.S = JSON.parse({json.dumps(state)});</script>"
    assert course(read(page.encode(), LEARN + "p")).skills == ("Pricing",)


@pytest.mark.parametrize(
    ("shown", "columns"),
    [
        ("8 hours to complete", (None, None, 8.0)),
        ("1 week to complete", (1.0, None, None)),
        ("2.5 months to complete", (10.871, None, None)),
        ("Approx. 21 hours to complete", (None, None, 21.0)),
        ("You'll need a solid understanding of JavaScript to complete this course.", (None,) * 3),
        ("No prior background experience is required to complete", (None, None, None)),
    ],
)
def test_the_time_shown_is_told_from_prose(shown: str, columns: tuple[float | None, ...]) -> None:
    new = f"<div>{shown}</div>"
    found = course(reading("dom_only", "x", "<div>2.5 months to complete</div>", new))
    assert (found.weeks, found.weekly_hours_high, found.total_hours) == columns


def test_the_time_shown_may_come_with_hours_a_week() -> None:
    new = "<div>2 weeks to complete</div><div>at 10 hours a week</div>"
    found = course(reading("dom_only", "x", "<div>2.5 months to complete</div>", new))
    assert (found.weeks, found.weekly_hours_high) == (2.0, 10.0)
    assert found.quotes["weeks"].words == "2 weeks at 10 hours a week"


def test_no_break_spaces_of_french_survive() -> None:
    title = "Qu’est-ce qu’un prix\u202f? Le\u00a0guide"
    page = f"<h1> {title}\n</h1><h2>Skills you'll gain</h2><ul><li>x</ul>"
    assert course(read(page.encode(), LEARN + "p")).title == title


@pytest.mark.parametrize(
    ("slug", "text", "found"),
    [
        ("foundations-of-digital-marketing", "marketing digital", True),
        ("foundations-of-digital-marketing", "Digitales Marketings", True),
        ("strategie-de-marque", "stratégies", True),
        ("foundations-of-digital-marketing", "marketing social", False),
        ("market-research", "marketing", True),  # one stem: a page too many, never one too few
        ("supermarket", "market", False),
    ],
)
def test_courses_are_narrowed_by_the_words_of_their_slug(slug: str, text: str, found: bool) -> None:
    assert matches(slug, text) is found


# The walk, over HTTP, in a process of its own as a reactor cannot start twice

Site = Callable[[str], tuple[int, dict[str, str], bytes]]

RUN = """
import json, resource, sys
from scrapy import signals
from scrapy.crawler import CrawlerProcess
from crawlers.platforms.coursera import Coursera
from crawlers.platforms.coursera_api import CourseraApi
from catalogue.course import as_dict
import crawlers.settings

asked = json.loads(sys.argv[1])
settings = {n: getattr(crawlers.settings, n) for n in dir(crawlers.settings) if n.isupper()}
settings |= {"ITEM_PIPELINES": {}, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False,
             "CONCURRENT_REQUESTS_PER_DOMAIN": 4, "RETRY_TIMES": 1, "LOG_LEVEL": "ERROR",
             "DOWNLOAD_TIMEOUT": 10, **asked["settings"]}
found = {"courses": [], "unchanged": [], "waiting": 0}

class Memory:
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

process = CrawlerProcess(settings)
crawler = process.create_crawler({"coursera": Coursera, "coursera_api": CourseraApi}[asked["name"]])
for handler, signal in ((keep, signals.item_scraped), (opened, signals.spider_opened),
                        (scheduled, signals.request_scheduled), (closed, signals.spider_closed)):
    crawler.signals.connect(handler, signal)
process.crawl(crawler, base_url=asked["base"], **asked["arguments"])
process.start()
found["seconds"] = crawler.stats.get_value("elapsed_time_seconds")
found["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
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
        "platform": "coursera", "ref": "a", "url": LEARN + "a", "title": "a", "kind": "course",
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
    assert found["errors"] == [f"{loopback.base}: {CourseraApi.opt_in}"]


def test_the_api_is_paged_joined_and_read(loopback: Loopback) -> None:
    loopback.site = api({
        "courses.v1?start=0": {
            "elements": [
                element("one", description="First.\nThen.", primaryLanguages=["fr"],
                        subtitleLanguages=["en", "zh-CN"],
                        workload="4 weeks of study, 2-4 hours a week",
                        partnerIds=["6"], instructorIds=["9", "8"], certificates=["VerifiedCert"],
                        domainTypes=[{"domainId": "business", "subdomainId": "marketing"}]),
                element("dead", courseType="v1.session"),
            ],
            "paging": {"next": "100", "total": 4},
            "linked": {
                "partners.v1": [{"id": "6", "name": "Example University"}],
                "instructors.v1": [
                    {"id": "9", "fullName": "", "prefixName": "Dr", "firstName": "Ada",
                     "lastName": "Li"},
                    {"id": "8", "fullName": "Jo Roux"}],
            },
        },
        "courses.v1?start=100": {
            "elements": [
                element("projects-two", partnerIds=["7"], brandNew=1), element("x", name=" ")
            ],
            "paging": {"next": "200"}, "linked": {},
        },
        "courses.v1?start=200": {"elements": [], "paging": {"next": "300"}},
        "partners.v1?ids=7": {"elements": [{"id": "7", "name": "Example Bank"}]},
    })  # fmt: skip
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


# The real crawl of January 2026


def template(row: dict[str, Any], number: int) -> bytes:
    """A page that says a row in one of the three layers, by turns."""
    return (_jsonld_page, _state_page, _dom_page)[number % 3](row).encode("utf-8", "surrogatepass")


def _stated(text: str) -> str | None:
    return None if text == "N/A" else text


def _jsonld_page(row: dict[str, Any]) -> str:
    rating = {"@type": "AggregateRating", "ratingValue": _stated(row["rating"])}
    node = {
        "@type": "Course", "name": row["title"], "description": row["description"],
        "url": row["url"], "teaches": [{"name": each} for each in row["skillsGain"]],
        "educationalLevel": _level(row), "aggregateRating": rating,
        "provider": {"@type": "Organization", "name": row["partner"]},
        "hasCourseInstance": {"courseWorkload": _time(row)},
    }  # fmt: skip
    said = json.dumps(node, ensure_ascii=False).replace("</", "<\\/")
    return f'<html lang="en"><script type="application/ld+json">{said}</script><h1>Coursera</h1>'


def _state_page(row: dict[str, Any]) -> str:
    level = (_level(row) or "").removesuffix(" level").upper() or None
    node = {
        "slug": row["url"].rpartition("/")[2], "name": row["title"], "skills": row["skillsGain"],
        "description": row["description"], "difficultyLevel": level, "reviewCount": 10,
        "averageFiveStarRating": float(row["rating"]) if _stated(row["rating"]) else None,
        "primaryLanguages": [row["primaryLanguages"]], "workload": _time(row),
        "partners": [{"name": row["partner"]}],
    }  # fmt: skip
    said = json.dumps({"ROOT": {"a": [node]}}, ensure_ascii=False).replace("</", "<\\/")
    return f'<html lang="en"><div></div><script>window.__APOLLO_STATE__ = {said};</script>'


def _dom_page(row: dict[str, Any]) -> str:
    # The January crawl took prose for levels and times: it is put where that crawl looked.
    items = "".join(f"<li><span>{escape(each)}</span></li>" for each in row["skillsGain"])
    stars = f'<div aria-label="{row["rating"]} stars"></div>' if _stated(row["rating"]) else ""
    lines = "".join(
        f"<div>{escape(each)}</div>"
        for each in (row["difficultyLevel"], row["estimateCompleteTime"])
    )
    text = escape(row["description"]).replace("\n", "<br>")
    return f"""<html lang="en"><body><h1>{escape(row["title"])}</h1>
<a data-track-component="partner"><span>{escape(row["partner"])}</span></a>
<div data-e2e="key-information">{stars}{lines}</div><div>Taught in {row["primaryLanguages"]}</div>
<h2>Skills you'll gain</h2><ul>{items}</ul>
<h2>There are 4 modules in this course</h2><div>{text}</div></body></html>"""


def _level(row: dict[str, Any]) -> str | None:
    level = row["difficultyLevel"]
    return level if level in ("Beginner level", "Intermediate level", "Advanced level") else None


def _time(row: dict[str, Any]) -> str | None:
    time = row["estimateCompleteTime"]
    return time if time.endswith(" to complete") and time[:1].isdigit() else None


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    packed = SAMPLES / "courses_2026-01_all_nomodules.jsonl.gz"
    if not packed.exists():
        pytest.skip("../shared/samples/coursera is not beside this checkout")
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        everything = [json.loads(line) for line in lines]
    french = [row for row in everything if row["primaryLanguages"] == "fr"]
    others = [row for row in everything if row["primaryLanguages"] != "fr"]
    return french + random.Random(2026).sample(others, 2000 - len(french))


@pytest.mark.shared
def test_two_thousand_real_courses_are_harvested_and_say_what_they_said(
    loopback: Loopback, rows: list[dict[str, Any]]
) -> None:
    pages = {
        f"/learn/{row['url'].rpartition('/')[2]}": template(row, number)
        for number, row in enumerate(rows)
    }
    walk = coursera({path.rpartition("/")[2]: None for path in pages}, {})
    loopback.site = lambda path: (200, {}, pages[path]) if path in pages else walk(path)
    found = loopback.crawl()
    assert (found["announced"], found["errors"], found["rejected"]) == (2000, [], {})
    held = {each["url"]: each for each in found["courses"]}
    wrong = [
        (row["url"], column, want, held[row["url"]].get(column))
        for number, row in enumerate(rows)
        for column, want in expected(row, number).items()
        if held[row["url"]].get(column) != want
    ]
    assert wrong == []
    times = {url: each["quotes"].get("weeks") or each["quotes"].get("total_hours")
             for url, each in held.items()}  # fmt: skip
    assert {row["url"]: _time(row) for row in rows} == {
        url: quote and quote["words"] for url, quote in times.items()
    }
    assert found["waiting"] < 50  # requests held at once
    unstated = [(row["primaryLanguages"], held[row["url"]].get("language")) for row in rows[::3]]
    mistaken = [(code, said) for code, said in unstated if said not in (None, clean.language(code))]
    print(  # noqa: T201 - figures for the report, shown by -s
        f"\n{2000 / found['seconds']:.0f} pages/s, peak {found['peak_megabytes']:.0f} MB,"
        f" {found['waiting']} requests waiting at most; of {len(unstated)} without a language"
        f" {sum(said is not None for _, said in unstated)} detected, {len(mistaken)} wrong:"
        f" {mistaken}"
    )


def expected(row: dict[str, Any], number: int) -> dict[str, Any]:
    """What the harvest must say of a row; None is unknown."""
    load = clean.workload(_time(row))
    columns = {
        "title": clean.line(row["title"]),
        "skills": list(clean.items(row["skillsGain"]) or ()) or None,
        "level": clean.level(_level(row)),
        "rating": clean.stars(_stated(row["rating"])),
        "provider": clean.line(row["partner"]),
        "weeks": load.weeks if load else None,
        "total_hours": load.total_hours if load else None,
        "description": clean.plain(row["description"]),
    }
    if number % 3:
        columns["language"] = clean.language(row["primaryLanguages"])
    return columns
