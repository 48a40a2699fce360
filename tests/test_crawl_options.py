"""Options of `moocscout crawl`, and conduct on the wire, against sites on loopback."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawlers.demo import DemoSite
from crawlers.demo.faults import Fault

DAY = "2026-11-22"
Sites = Callable[..., DemoSite]
Command = Callable[..., Any]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.db"


def select(db: Path, sql: str) -> list[Any]:
    with sqlite3.connect(db) as connection:
        return connection.execute(sql).fetchall()


def crawl(command: Command, site: Any, *options: object, name: str = "fun", day: str = DAY) -> Any:
    return command("crawl", name, "--base-url", site.url, "--day", day, "--json", *options)


def test_a_dry_run_says_what_it_would_do_and_asks_nobody(
    demo_site: Sites, command: Command, db: Path
) -> None:
    site = demo_site("fun")
    ended = command("crawl", "fun", "--base-url", site.url, "--dry-run")
    assert ended.code == 0
    assert f"fun: {site.url}, last crawl never" in ended.out
    assert "robots.txt obeyed" in ended.out
    assert site.paths() == []
    assert not db.exists()
    narrow = command("crawl", "academies", "--limit", "3", "--dry-run")
    assert "limited to 3 courses: it will be partial, and withdraw nothing" in narrow.out


def test_a_dry_run_needs_no_contact_and_names_what_the_crawl_will_need(command: Command) -> None:
    ended = command("crawl", "fun", "--dry-run")
    assert ended.code == 0
    assert "https://www.fun-mooc.fr, last crawl never" in ended.out
    assert "export MOOCSCOUT_CONTACT=" in ended.err
    assert "export MOOCSCOUT_CONTACT=" in command("crawl", "fun", MOOCSCOUT_CONTACT="foo").err
    for contact in ("me@example.org", "https://example.org/bots"):
        told = command("crawl", "fun", "--dry-run", MOOCSCOUT_CONTACT=contact)
        assert (f"(+{contact})" in told.out, told.err) == (True, "")
    plan = command("crawl", "fun", "--dry-run", "--json").json
    assert "export MOOCSCOUT_CONTACT=" in plan["refused"]
    assert [visit["name"] for visit in plan["platforms"]] == ["fun"]
    assert "CONTACT" not in command("crawl", "academies", "--dry-run").err


def test_what_was_saved_can_be_read_again_without_the_site(
    demo_site: Sites, command: Command, db: Path, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    with DemoSite(DAY, "fun") as site:
        address = site
        assert crawl(command, site, "--save-raw", raw).code == 0
    before = select(db, "select platform, ref, hash from course order by ref")
    db.unlink()
    ended = crawl(command, address_of(address), "--replay", raw)
    assert (ended.code, ended.json[0]["verdict"]) == (0, "complete"), ended.err
    assert select(db, "select platform, ref, hash from course order by ref") == before


def test_what_was_not_saved_is_said(command: Command, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    ended = command("crawl", "fun", "--replay", tmp_path / "raw")
    assert ended.code == 1
    assert "is not among the saved answers" in ended.err


def address_of(closed: DemoSite) -> Any:
    """A site that answers no more, under its old address."""
    port = closed.requests[0].headers["host"].rsplit(":", 1)[1]

    class Closed:
        url = f"http://127.0.0.1:{port}"

    return Closed()


def test_only_new_courses_are_asked_for(demo_site: Sites, command: Command, db: Path) -> None:
    with DemoSite(DAY, "fun", withdrawn={"11047"}) as site:
        port = int(site.url.rsplit(":", 1)[1])
        crawl(command, site, day="2026-11-15")
    with DemoSite(DAY, "fun", port=port) as site:
        ended = crawl(command, site, "--only-new")
        pages = [path for path in site.paths() if path.startswith("/fr/cours/")]
    assert ended.code == 0
    assert (ended.json[0]["new"], ended.json[0]["withdrawn"]) == (1, 0)
    assert len(pages) == 1
    assert ended.json[0]["reasons"] == ["only new courses were asked for"]


def test_only_pages_changed_since_a_day_are_asked_for(demo_site: Sites, command: Command) -> None:
    changed = {"nudge-en-pratique": {"price": 39}}
    site = demo_site("coursera", changed=changed)
    ended = crawl(command, site, "--since", "2026-11-22", name="coursera")
    pages = [path for path in site.paths() if path.startswith("/learn/")]
    assert pages == ["/learn/nudge-en-pratique"]
    assert (ended.code, ended.json[0]["read"]) == (0, 1)


def test_a_subject_narrows_before_anything_is_asked(demo_site: Sites, command: Command) -> None:
    site = demo_site("coursera")
    ended = crawl(command, site, "--match", "neuromarketing", name="coursera")
    pages = [path for path in site.paths() if path.startswith("/learn/")]
    assert ended.code == 0
    assert 1 <= len(pages) <= 5
    assert all("neuromarketing" in path for path in pages)


def test_nothing_a_site_says_leads_to_another_host(command: Command, stand_in: Any) -> None:
    other = stand_in({})
    index = f"<sitemapindex><sitemap><loc>{other.url}/sitemap~www~courses.xml</loc></sitemap>"
    site = stand_in({"/sitemap.xml": (200, "text/xml", f"{index}</sitemapindex>".encode())})
    ended = crawl(command, site, name="coursera")
    assert ended.code == 1
    assert other.asked == []


def test_a_redirect_to_another_host_is_not_followed(
    demo_site: Sites, command: Command, stand_in: Any
) -> None:
    other = stand_in({})
    site = stand_in(
        {"/sitemap.xml": (302, f"text/plain\r\nLocation: {other.url}/sitemap.xml", b"")}
    )
    ended = crawl(command, site, name="coursera")
    assert ended.code == 1
    assert other.asked == []


def test_a_robots_txt_that_forbids_is_obeyed_and_said(command: Command, stand_in: Any) -> None:
    site = stand_in({"/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /\n")})
    ended = crawl(command, site)
    assert ended.code == 1
    assert "Forbidden by robots.txt" in ended.err
    assert site.asked == ["/robots.txt"]


def test_a_crawl_delay_is_applied(command: Command, stand_in: Any) -> None:
    urls = "".join(f"<url><loc>https://www.coursera.org/learn/c{n}</loc></url>" for n in range(3))
    robots = b"User-agent: *\nCrawl-delay: 0.4\nAllow: /\n"
    site = stand_in(
        {
            "/robots.txt": (200, "text/plain", robots),
            "/sitemap.xml": (
                200,
                "text/xml",
                (
                    b"<sitemapindex><sitemap><loc>https://www.coursera.org/sitemap~www~courses.xml"
                    b"</loc></sitemap></sitemapindex>"
                ),
            ),
            "/sitemap~www~courses.xml": (200, "text/xml", f"<urlset>{urls}</urlset>".encode()),
        }
    )
    begin = time.monotonic()
    crawl(command, site, name="coursera")
    assert len(site.asked) == 6
    # A lower bound only: slower machines cannot make this fail.
    assert time.monotonic() - begin >= 4 * 0.4


def test_a_site_that_asks_to_wait_gets_its_time(demo_site: Sites, command: Command) -> None:
    fault = Fault(r"/api/v1\.0/courses/\?", "http_429", times=1, seconds=2)
    site = demo_site("fun", faults=[fault])
    begin = time.monotonic()
    ended = crawl(command, site, "--limit", "1")
    assert ended.json[0]["read"] == 1
    assert time.monotonic() - begin >= 2


def test_one_platform_s_failure_does_not_touch_another(
    command: Command, tmp_path: Path, db: Path
) -> None:
    """Academies come from a file; FUN is replayed from an empty folder, so nothing answers."""
    raw = tmp_path / "raw"
    raw.mkdir()
    ended = command("crawl", "fun", "academies", "--replay", raw, "--json", "--day", DAY)
    verdicts = {crawl["platform"]: crawl["verdict"] for crawl in ended.json}
    assert ended.code == 1
    assert verdicts == {"fun": "partial", "academies": "complete"}
    assert select(db, "select distinct platform from course") == [("academies",)]


def test_the_catalogue_api_runs_only_when_named_and_says_why(
    demo_site: Sites, command: Command
) -> None:
    site = demo_site("coursera")
    ended = crawl(command, site, name="coursera_api")
    assert (ended.code, ended.json[0]["verdict"]) == (0, "complete"), ended.err
    assert "robots.txt" in ended.err
    listed = command("crawl", "--list").out
    assert "coursera_api" in listed
    assert "(only when named)" in listed
