"""Sites with schema.org markup: what a page says in each way of writing, and the walk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.course import Course, course_from
from catalogue.errors import Unreadable
from crawlers.engines import markup
from crawlers.engines.schema_course import IGNORED, Academy, Listed, Reading, read
from crawlers.platforms.edx import Edx
from crawlers.platforms.futurelearn import FutureLearn
from crawlers.platforms.openclassrooms import OpenClassrooms
from crawlers.platforms.openlearn import OpenLearn

FIXTURES = Path(__file__).parent / "fixtures" / "schema_org"
BRAND = Academy(platform="brand", timezone="Europe/Paris")
URL = "https://b.example/cours/vendre"


def reading(page: str, academy: Academy = BRAND, url: str = URL, **listed: Any) -> Reading:
    return read(page, Listed(ref="x", url=url, **listed), academy)


def block(content: Any) -> str:
    said = json.dumps(content).replace("</", "<\\/")
    return f'<script type="application/ld+json">{said}</script>'


def course_with(**properties: Any) -> Reading:
    return reading(block({"@type": "Course", "name": "Vendre", **properties}))


def facts(found: Reading, *columns: str) -> tuple[Any, ...]:
    return tuple(getattr(found.course, column) for column in columns)


# Pages


@pytest.mark.parametrize(
    ("name", "academy", "url", "listed"),
    [
        (
            "edx",
            Edx().academy,
            "https://www.edx.org/learn/marketing/port-town-university-brand-storytelling",
            {"updated": "2026-10-01", "subject": "marketing"},
        ),
        ("futurelearn", FutureLearn().academy, "https://www.futurelearn.com/courses/x", {}),
        (
            "openclassrooms",
            OpenClassrooms().academy,
            "https://openclassrooms.com/fr/courses/1-x",
            {},
        ),
        ("microdata", BRAND, URL, {}),
        ("rdfa", BRAND, "https://b.example/cours/photo", {}),
    ],
)
def test_a_page_gives_the_whole_record(
    name: str, academy: Academy, url: str, listed: dict[str, str]
) -> None:
    page = (FIXTURES / f"{name}.html").read_text("utf-8")
    expected = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    assert reading(page, academy, url, **listed).course == course_from(expected)


def test_what_is_new_or_broken_in_a_page_is_noted() -> None:
    page = (FIXTURES / "edx.html").read_text("utf-8") + block("") + "<script "
    page += 'type="application/ld+json">{{ broken</script>'
    found = reading(page, Edx().academy, "https://www.edx.org/learn/marketing/x")
    assert found.unknown == {"Course.hasPromptBook": "yes"}
    assert [(field, error.words) for field, error in found.unreadable] == [("JSON-LD", "{{ broken")]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<h1>Just a moment...</h1>", "a course in the page's markup"),
        (block({"@type": "WebPage", "name": "Help"}), "a course in the page's markup"),
        (block({"@type": "Course", "description": "x"}), "a title"),
        (
            block([{"@type": "Course", "name": n, "url": f"/cours/{n}"} for n in "ab"]),
            "a course in the page's markup",
        ),
        ("", "a course in the page's markup"),
    ],
    ids=["bot check", "other page", "no title", "listing", "empty"],
)
def test_a_page_that_is_no_course_says_why(page: str, wanted: str) -> None:
    with pytest.raises(Unreadable) as error:
        reading(page)
    assert error.value.wanted == wanted


@pytest.mark.parametrize(
    "content",
    [
        {"@type": "LearningResource", "name": "Vendre"},
        {"@type": "CourseInstance", "name": "Vendre", "startDate": "2027-01-01"},
        {"@type": "Product", "name": "Vendre"},
        {"@graph": [{"@type": "ItemList", "itemListElement": [{"item": {"@type": "Course",
         "name": "Vendre"}}]}]},
    ],
    ids=["resource", "instance", "product", "list"],
)  # fmt: skip
def test_a_course_may_go_by_another_type(content: Any) -> None:
    assert reading(block(content)).course.title == "Vendre"


def test_a_programme_is_told_from_the_courses_in_it() -> None:
    inner = {"@type": "Course", "name": "Inner", "url": "/cours/inner"}
    second = {"@type": "Course", "name": "Second", "url": "/cours/second"}
    whole = {"@type": "EducationalOccupationalProgram", "name": "Whole", "url": URL}
    found = reading(block(whole | {"hasCourse": [inner, second]}))
    assert facts(found, "title", "kind") == ("Whole", "programme")


# Shapes of facts


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ("P4W", (4.0, None, None)),
        ("P6M", (26.089, None, None)),
        ("P10W", (10.0, None, None)),
        ("PT600H", (None, None, 600.0)),
        ("PT33H19M51S", (None, None, 33.331)),
        ("6 weeks, 4 hours per week", (6.0, 4.0, None)),
        ("6 heures", (None, None, 6.0)),
    ],
)
def test_durations(said: str, columns: tuple[float | None, ...]) -> None:
    found = course_with(timeRequired=said)
    assert facts(found, "weeks", "weekly_hours_high", "total_hours") == columns


@pytest.mark.parametrize(
    ("instance", "columns"),
    [
        ({"courseWorkload": "PT22H"}, (None, None, 22.0)),
        (
            {"courseSchedule": {"duration": "PT3H", "repeatFrequency": "Weekly", "repeatCount": 6}},
            (6.0, 3.0, 18.0),
        ),
        (
            {"courseSchedule": {"duration": "PT3H", "repeatFrequency": "P1W", "repeatCount": "6"}},
            (6.0, 3.0, 18.0),
        ),
        ({"courseSchedule": {"duration": "PT20H"}}, (None, None, 20.0)),
        (
            [
                {"courseMode": "onsite", "courseWorkload": "PT40H"},
                {"courseMode": ["MOOC", "Online"], "courseWorkload": "PT8H"},
            ],
            (None, None, 8.0),
        ),
        ({"courseWorkload": "a lot"}, (None, None, None)),
    ],
    ids=["workload", "weekly", "ISO repeat", "once", "online first", "unreadable"],
)
def test_workloads(instance: Any, columns: tuple[float | None, ...]) -> None:
    found = course_with(hasCourseInstance=instance)
    assert facts(found, "weeks", "weekly_hours_low", "total_hours") == columns
    assert bool(found.unreadable) == (instance == {"courseWorkload": "a lot"})


@pytest.mark.parametrize(
    ("offers", "columns"),
    [
        ({"category": "Free"}, ("free_full", 0.0, None, None)),
        ({"category": "Partially Free"}, ("free_audit_limited", None, None, None)),
        ({"category": "subscription", "price": "Free"}, ("subscription", None, None, None)),
        ({"category": "Paid", "price": 0}, ("paid", None, None, None)),
        (
            {"category": "Paid", "price": "49,00", "priceCurrency": "EUR"},
            ("paid", 49.0, "EUR", None),
        ),
        ({"price": "0", "priceCurrency": "USD"}, (None, 0.0, "USD", None)),
        ({"price": "Free"}, (None, 0.0, None, None)),
        (
            [{"category": "Free"}, {"category": "Paid", "price": 30, "priceCurrency": "EUR"}],
            ("free_full", 0.0, None, None),
        ),
        (
            [{"category": "Partially Free", "price": 0}, {"category": "Paid", "price": 1.234}],
            ("free_audit_limited", 1.234, None, None),
        ),
        ([{"price": 10}, {"price": 10}], (None, 10.0, None, None)),
        ([{"price": 10}, {"price": 12}], (None, None, None, None)),
        ({"@type": "AggregateOffer", "lowPrice": 9, "highPrice": 19}, (None, None, None, None)),
        (
            {"priceSpecification": {"price": 15, "priceCurrency": "EUR", "unitCode": "MON"}},
            (None, 15.0, "EUR", "month"),
        ),
        ({"category": "Barter"}, (None, None, None, None)),
        ({"price": 5, "priceCurrency": "¤"}, (None, None, None, None)),
    ],
)
def test_offers(offers: Any, columns: tuple[Any, ...]) -> None:
    found = course_with(offers=offers)
    assert facts(found, "access", "price", "currency", "billing") == columns


@pytest.mark.parametrize(
    ("said", "offers", "columns"),
    [
        (True, None, (None, 0.0)),
        ("http://schema.org/True", None, (None, 0.0)),
        (False, None, ("paid", None)),
        ("perhaps", None, (None, None)),
        (True, {"category": "Partially Free"}, ("free_audit_limited", None)),
    ],
)
def test_accessible_for_free(said: Any, offers: Any, columns: tuple[Any, ...]) -> None:
    found = course_with(isAccessibleForFree=said, offers=offers)
    assert facts(found, "access", "price") == columns


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ({"ratingValue": 4.6, "ratingCount": 12}, (4.6, 12)),
        ({"ratingValue": "9", "bestRating": "10.0", "reviewCount": "1,204"}, (4.5, 1204)),
        ({"ratingValue": 0, "ratingCount": 0}, (None, None)),
        ({"ratingValue": "7", "ratingCount": 3}, (None, 3)),
        ({"ratingValue": "4", "bestRating": "best"}, (None, None)),
    ],
)
def test_ratings(said: Any, columns: tuple[Any, ...]) -> None:
    assert facts(course_with(aggregateRating=said), "rating", "rating_count") == columns


@pytest.mark.parametrize(
    ("properties", "languages"),
    [
        ({"inLanguage": "fr-FR"}, ("fr",)),
        ({"inLanguage": ["en", "fr"]}, ("en", "fr")),
        ({"inLanguage": {"@type": "Language", "name": "French", "alternateName": "fr"}}, ("fr",)),
        ({"inLanguage": {"@type": "Language", "name": "Français"}}, ("fr",)),
        ({"inLanguage": "en", "availableLanguage": ["fr", "es"]}, ("en",)),
        ({"availableLanguage": ["fr", "es"]}, ("fr", "es")),
        ({}, None),
    ],
)
def test_languages(properties: Any, languages: tuple[str, ...] | None) -> None:
    assert course_with(**properties).course.languages == languages


def test_a_layer_speaks_where_the_one_before_is_silent() -> None:
    page = block({"@type": "Course", "name": "Vendre", "courseCode": "V1"})
    page += """<div vocab="https://schema.org/" typeof="Course"><h2 property="name">Autre</h2>
<meta property="educationalLevel" content="Expert"><meta property="inLanguage" content="fr"></div>
<div itemscope itemtype="https://schema.org/Course"><meta itemprop="inLanguage" content="en">
</div>"""
    found = reading(page)
    assert facts(found, "title", "code", "level", "language") == ("Vendre", "V1", "advanced", "en")
    sources = {column: quote.source for column, quote in found.course.quotes.items()}
    assert sources == {"level": "rdfa", "languages": "microdata", "language": "microdata"}


def test_what_a_platform_declares_of_all_courses_gives_way_to_the_page() -> None:
    academy = Academy(
        platform="b", whole_site={"access": "free_full", "price": 0.0, "provider": "B"}
    )
    silent = reading(block({"@type": "Course", "name": "X"}), academy)
    assert facts(silent, "access", "price", "provider") == ("free_full", 0.0, "B")
    assert silent.course.quotes["price"].source == "platform"
    paid = {"@type": "Course", "name": "X", "provider": "C", "offers": {"category": "Paid"}}
    assert facts(reading(block(paid), academy), "access", "price", "provider") == (
        "paid",
        None,
        "C",
    )


# Ways of writing


def test_microdata_and_rdfa_survive_what_pages_do() -> None:
    page = """<p itemprop="name">loose</p><div itemscope itemref="a b" id="c">
<i itemprop="x y">1</i></div>
<div id="a" itemprop="z" itemscope itemref="c"><i itemprop="x">2</i></div>
<i typeof>
<b property="og:x schema:name dc:y">N</b><b property="http://schema.org/teaches" resource="#t">
</b></i>"""
    found = markup.layers(page)
    assert found["microdata"].nodes == (
        {"x": ["1"], "y": ["1"], "z": [{"x": ["2"]}]},
        {"x": ["2"]},
        {"name": ["loose"]},
    )
    assert found["rdfa"].nodes == ({"name": ["N"], "teaches": [{"@id": "#t"}]},)


def test_items_that_refer_to_each_other_are_no_endless_tree() -> None:
    page = """<div id="p"><div itemscope itemprop="a" itemref="q"></div></div>
<div id="q"><div itemscope itemprop="b" itemref="p"></div></div>"""
    assert markup.layers(page)["microdata"].nodes == ()


@pytest.mark.parametrize(
    "page",
    [
        "<div itemscope itemprop=x>" * 20_000,
        "<div typeof=Course property=x>" * 20_000,
        "<div itemscope id=a itemref=a itemprop=a>" * 5_000,
    ],
)
def test_a_page_made_to_be_slow_is_read_at_once(page: str) -> None:
    # where the reading is quadratic, or recursive, this hangs or fails
    assert len(markup.layers(page)["microdata"].nodes) < 200


PROPERTIES = sorted(IGNORED | {"@id", "@type", "name", "offers", "price", "hasCourseInstance",
    "courseSchedule", "duration", "courseMode", "aggregateRating", "ratingValue", "bestRating",
    "educationalCredentialAwarded", "inLanguage", "startDate", "category", "provider", "teaches",
    "priceCurrency", "isAccessibleForFree", "timeRequired", "educationalLevel", "keywords",
})  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PROPERTIES), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(PROPERTIES), JSON))
@settings(max_examples=300, deadline=None)
def test_no_values_make_the_reader_fail(node: dict[str, Any]) -> None:
    found = reading(block({**node, "@type": "Course", "name": "X"}))
    assert Course.from_json(found.course.to_json()) == found.course


@given(st.text(alphabet="<>/=\"' aitemscoprtyf\x00", max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_page_makes_the_reader_fail(text: str) -> None:
    markup.layers(f"<div itemscope><a itemprop=x typeof=y {text}")


# Platforms


@pytest.mark.parametrize(
    ("spider", "path", "ref"),
    [
        (Edx, "/learn/marketing/x-brand", "x-brand"),
        (Edx, "/learn/marketing", None),
        (Edx, "/es/learn/marketing/x-brand", None),
        (FutureLearn, "/courses/digital-skills", "digital-skills"),
        (FutureLearn, "/courses/categories", None),
        (FutureLearn, "/courses/digital-skills/1/steps/2", None),
        (OpenClassrooms, "/fr/courses/5873861-racontez-votre-marque", "5873861"),
        (OpenClassrooms, "/en/courses/5873861-x", None),
        (OpenLearn, "/openlearn/money-business/marketing/content-section-0", "marketing"),
        (OpenLearn, "/openlearn/money-business/sales/marketing/content-section-overview",
         "marketing"),
        (OpenLearn, "/openlearn/money-business/marketing/content-section-3", None),
    ],
)  # fmt: skip
def test_a_platform_knows_its_courses_by_their_address(
    spider: Any, path: str, ref: str | None
) -> None:
    platform = spider()
    found = platform._course_at(platform.home + path)
    assert (found.ref if found else None) == ref


@pytest.mark.parametrize(
    ("spider", "shown", "columns"),
    [
        (OpenLearn, "<p>15 hours study</p><p>Level 1: Introductory</p>", (15.0, "beginner")),
        (OpenLearn, "<p>15 hours of good study</p>", (None, None)),
        (OpenClassrooms, "<li>6 heures</li><li><b>Facile</b></li>", (6.0, "beginner")),
    ],
)
def test_words_on_the_page(spider: Any, shown: str, columns: tuple[Any, ...]) -> None:
    page = f"<body>{block({'@type': 'Course', 'name': 'X'})}{shown}</body>"
    assert facts(reading(page, spider().academy), "total_hours", "level") == columns


# The walk

Answer = tuple[int, Mapping[str, str], bytes]
XML = {"Content-Type": "application/xml"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
HOME = "https://www.edx.org"


def site_map(*paths: str, index: bool = False) -> bytes:
    kind, entry = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    urls = "".join(
        f"<{entry}><loc>{path.partition('@')[0]}</loc>"
        + f"<lastmod>{path.partition('@')[2]}</lastmod>" * ("@" in path)
        + f"</{entry}>"
        for path in paths
    )
    return f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</{kind}>'.encode()


def page_of(title: str) -> Answer:
    content = {"@type": "Course", "name": title, "hasCourseInstance": {"courseMode": "Online"}}
    return 200, HTML | {"ETag": f'"{title}"'}, block(content).encode()


class Site:
    """Gives set answers; a page whose ETag is sent back has not changed."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = {"/robots.txt": (200, {"Content-Type": "text/plain"}, b"")} | answers
        self.asked: list[str] = []

    def __call__(self, target: str, headers: Mapping[str, str]) -> Answer:
        self.asked.append(target)
        status, own, body = self.answers.get(target, (404, HTML, b"gone"))
        if own.get("ETag") and headers.get("If-None-Match") == own["ETag"]:
            return 304, own, b""
        return status, own, body

    def pages(self) -> list[str]:
        return [path for path in self.asked if path.startswith("/learn/")]


def edx(**pages: Answer) -> dict[str, Answer]:
    paths = [f"{HOME}/learn/art/{name}" for name in pages]
    answers: dict[str, Answer] = {f"/learn/art/{name}": answer for name, answer in pages.items()}
    return {"/sitemap.xml": (200, XML, site_map(*paths, f"{HOME}/about"))} | answers


@pytest.fixture
def crawl(host: Any, command: Any, tmp_path: Path) -> Callable[..., tuple[dict[str, Any], Any]]:
    """Crawl a look-alike of edX for real: what the command says of it, and rows of a query."""

    def run(site: Site, *options: str, name: str = "edx", sql: str = "") -> tuple[Any, Any]:
        ended = command("crawl", name, "--base-url", host(site), "--json", *options)
        with sqlite3.connect(tmp_path / "catalogue.db") as db:
            rows = db.execute(sql or "select ref, title, url from course order by ref").fetchall()
        return ended.json[0], rows

    return run


def test_a_walk_reads_every_course_of_the_site_maps(crawl: Any) -> None:
    site = Site(edx(a=page_of("A"), b=page_of("B")))
    site.answers["/sitemap.xml"] = (
        200,
        XML,
        site_map(
            f"{HOME}/maps/one.xml",
            f"{HOME}/maps/two.xml@2026-01-01",
            f"{HOME}/sitemap.xml",
            "https://elsewhere.example/three.xml",
            index=True,
        ),
    )
    site.answers["/maps/one.xml"] = (200, XML, site_map(f"{HOME}/learn/art/a"))
    site.answers["/maps/two.xml"] = (
        200,
        XML,
        site_map(
            f"{HOME}/learn/art/a",
            f"{HOME}/learn/music/b@2026-10-01",
            "https://elsewhere.example/learn/art/c",
            "http://[::1/learn/art/c",
            f"{HOME}//elsewhere.example/learn/art/c",
        ),
    )
    site.answers["/learn/music/b"] = page_of("B")
    said, rows = crawl(site)
    assert (said["verdict"], said["announced"], said["read"]) == ("complete", 2, 2)
    assert rows == [
        ("a", "A", f"{HOME}/learn/art/a"),
        ("b", "B", f"{HOME}/learn/music/b"),
    ]


def test_the_next_week_asks_only_for_what_has_changed(crawl: Any) -> None:
    site = Site(edx(a=page_of("A"), b=page_of("B"), c=page_of("C")))
    dated = [f"{HOME}/learn/art/a@2026-10-01", f"{HOME}/learn/art/b", f"{HOME}/learn/art/c"]
    site.answers["/sitemap.xml"] = (200, XML, site_map(*dated))
    crawl(site)
    site.asked.clear()
    site.answers["/learn/art/c"] = page_of("Changed")
    said, rows = crawl(site, "--day", "2026-12-24")
    assert sorted(site.pages()) == ["/learn/art/b", "/learn/art/c"]
    assert (said["verdict"], said["read"], said["changed"]) == ("complete", 3, 1)
    assert [title for _, title, _ in rows] == ["A", "B", "Changed"]


def test_redirects_are_followed_on_the_site_only(crawl: Any) -> None:
    away = "https://elsewhere.example/learn/art/d"
    site = Site(
        edx(
            a=page_of("A"),
            b=(301, {"Location": "/learn/art/renamed"}, b""),
            c=(302, {"Location": "/learn/art/a"}, b""),
            d=(301, {"Location": away}, b""),
            e=(301, {"Location": "/search"}, b""),
            f=(301, {"Location": f"{HOME}/learn/art/f/"}, b""),
        )
        | {"/learn/art/renamed": page_of("B"), "/learn/art/f/": page_of("F")}
    )
    said, rows = crawl(site, sql="select ref, title from course union select kind, ref from issue")
    assert set(rows) == {
        ("a", "A"),
        ("renamed", "B"),
        ("f", "F"),
        ("gone", "c"),
        ("rejected", "d"),
    }
    assert (said["announced"], said["read"], said["rejected"]) == (4, 3, 1)
    assert said.get("errors", 0) == 0


def test_a_page_gone_is_left_out_and_one_that_fails_is_an_error(crawl: Any) -> None:
    broken = (500, HTML, b"")
    whole = Site(edx(a=page_of("A"), b=page_of("B"), c=page_of("C")))
    crawl(whole)
    gone = Site(edx(a=page_of("A"), b=(404, HTML, b""), c=(410, HTML, b"")))
    said, rows = crawl(gone, sql="select ref from course where withdrawn is not null")
    assert (said["verdict"], rows) == ("partial", [])  # two of three gone: a fall, as of a fault
    failing = Site(edx(a=page_of("A"), b=page_of("B"), c=broken))
    said, _ = crawl(failing)
    assert (said["verdict"], said["errors"]) == ("partial", 1)


def test_when_much_is_gone_it_is_the_site_that_fails(crawl: Any) -> None:
    pages = {f"c{n}": (404, HTML, b"") for n in range(11)}
    said, _ = crawl(Site(edx(a=page_of("A"), **pages)))
    assert (said["verdict"], said["errors"]) == ("partial", 1)


@pytest.mark.parametrize(
    "answer",
    [
        (500, XML, b""),
        (200, HTML, b"<h1>Just a moment"),
        (200, XML, site_map(f"{HOME}/learn/art/a")[:-20]),
        (301, {"Location": "https://elsewhere.example/sitemap.xml"}, b""),
        (301, {"Location": "/sitemap.xml"}, b""),
        (200, XML, site_map(f"{HOME}/courses/art/a")),
    ],
    ids=["500", "html", "cut off", "moved away", "in a circle", "other addresses"],
)
def test_site_maps_that_cannot_be_read_make_it_partial(crawl: Any, answer: Answer) -> None:
    site = Site(edx(a=page_of("A")) | {"/sitemap.xml": answer})
    said, _ = crawl(site)
    assert (said["verdict"], said["errors"]) == ("partial", 1)


def test_a_narrowed_walk_asks_only_for_what_is_wanted(crawl: Any) -> None:
    site = Site(edx(storytelling=page_of("S"), welding=page_of("W"), story=page_of("T")))
    crawl(site, "--match", "welding art")
    assert site.pages() == ["/learn/art/welding"]
    site.asked.clear()
    crawl(site, "--limit", "2", "--fresh")
    assert len(site.pages()) == 2


def test_site_maps_are_where_robots_txt_says(crawl: Any) -> None:
    home = "https://openclassrooms.com"
    robots = f"User-agent: *\nSitemap: https://elsewhere.example/x.xml\nsitemap: {home}/m.xml.gz\n"
    site = Site(
        {
            "/robots.txt": (200, {"Content-Type": "text/plain"}, robots.encode()),
            "/m.xml.gz": (200, XML, site_map(f"{home}/fr/courses/7-vendre")),
            "/fr/courses/7-vendre": (200, HTML, b'<p itemprop="name">Vendre</p>'),
        }
    )
    said, rows = crawl(site, name="openclassrooms")
    assert (said["verdict"], rows) == (
        "complete",
        [("7", "Vendre", f"{home}/fr/courses/7-vendre")],
    )


# Recorded


@pytest.mark.shared
def test_google_s_own_example(shared: Path) -> None:
    said = json.loads((shared / "samples/jsonld/google_course_info_example.json").read_text())
    found = reading(block(said))
    assert (found.unreadable, found.unknown) == ((), {})
    assert facts(
        found, "title", "level", "total_hours", "access", "price", "currency", "certificate_price",
        "rating", "rating_count", "enrolled", "languages", "subjects", "format",
    ) == (
        said["name"], "advanced", 22.0, "paid", 10.99, "EUR", 5.0, 4.0, 1234, 12345, ("en",),
        tuple(said["about"]), "Online, Blended",
    )  # fmt: skip
    assert [(each.start, each.end) for each in found.course.sessions] == [
        ("2027-07-01", "2027-07-31")
    ]


@pytest.mark.shared
def test_schema_org_s_own_examples_say_the_same_in_rdfa_and_json_ld(shared: Path) -> None:
    text = (shared / "samples/jsonld/schemaorg_course_examples.txt").read_text("utf-8")
    for example in text.split("TYPES:")[2:]:  # the first has no name in its JSON-LD
        rdfa, _, jsonld = example.partition("RDFA:")[2].partition("JSON:")
        one, other = (reading(each).course for each in (rdfa, jsonld))
        columns = "title", "provider", "instructors", "code", "assessment", "price", "sessions"
        for column in columns:
            assert getattr(one, column) == getattr(other, column), column
