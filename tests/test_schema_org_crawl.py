"""Sites with schema.org markup: the walk, by the command, over real HTTP."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

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
    content = json.dumps({"@type": "Course", "name": title})
    page = f'<script type="application/ld+json">{content}</script>'
    return 200, HTML | {"ETag": f'"{title}"'}, page.encode()


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


def test_the_log_shows_conditional_requests(host: Any, command: Any) -> None:
    site = Site(edx(a=page_of("A"), b=page_of("B")))
    crawl = ("crawl", "edx", "--base-url", host(site), "-v")
    first, second = command(*crawl).err, command(*crawl, "--day", "2026-12-24").err
    assert "'conduct/conditional'" not in first
    assert "'conduct/conditional': 2" in second
    assert "'downloader/response_status_count/304': 2" in second


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
    counts = "select kind, count from issue"
    said, rows = crawl(site, sql=f"select ref, title from course union {counts}")
    assert set(rows) == {("a", "A"), ("renamed", "B"), ("f", "F"), ("gone", 2), ("rejected", 1)}
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
