"""`moocscout crawl` as an operator runs it: a process of its own, against sites on loopback."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawlers.demo import DemoSite
from crawlers.demo.faults import Fault

DAY = "2026-11-22"
Sites = Callable[..., DemoSite]
Ends = Callable[..., Any]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.db"


@pytest.fixture
def crawl(command: Ends) -> Ends:
    def run(site: DemoSite, name: str = "fun", *options: str, day: str = DAY) -> Any:
        return command("crawl", name, "--base-url", site.url, "--day", day, "--json", *options)

    return run


def select(db: Path, sql: str) -> list[Any]:
    with sqlite3.connect(db) as connection:
        return connection.execute(sql).fetchall()


def gathered(db: Path) -> int:
    """How many courses an interrupted crawl of Coursera has kept so far."""
    harvest = db.with_suffix(".harvest") / "coursera.db"
    try:
        return int(select(harvest, "select count(*) from read")[0][0])
    except sqlite3.OperationalError:
        return 0


def listed(db: Path) -> int:
    return int(select(db, "select count(*) from course where withdrawn is null")[0][0])


@pytest.mark.parametrize("name", ["fun", "coursera"])
def test_a_whole_crawl_and_the_same_again(
    name: str, db: Path, demo_site: Sites, crawl: Ends
) -> None:
    site = demo_site(name)
    ended = crawl(site, name)
    assert (ended.code, ended.json[0]["verdict"]) == (0, "complete"), ended.err
    assert ended.json[0]["read"] == ended.json[0]["new"] == ended.json[0]["announced"] == listed(db)
    tables = ("course", "session", "change", "course_fts_data")
    before = [select(db, f"select * from {table}") for table in tables]
    again = crawl(site, name, day="2026-11-29")
    assert (again.code, again.json[0]["verdict"]) == (0, "complete")
    assert again.json[0]["new"] == 0
    assert [select(db, f"select * from {table}") for table in tables] == before
    assert not list(db.parent.glob("*.harvest")), "the harvest is gone once it is loaded"


@pytest.mark.parametrize(("name", "few"), [("coursera", 4), ("fun", 8)])
def test_pages_that_have_not_changed_are_not_asked_for_again(
    name: str, few: int, db: Path, demo_site: Sites, crawl: Ends
) -> None:
    site = demo_site(name)
    first = crawl(site, name).json[0]["requests"]
    again = crawl(site, name, day="2026-11-29").json[0]
    assert first > listed(db)
    assert again["requests"] <= few, "robots.txt, site maps, vocabularies, the list"
    assert again["read"] == listed(db)
    anew = crawl(site, name, "--full", day="2026-11-30").json[0]
    assert anew["requests"] >= first


def test_after_a_fault_nothing_is_withdrawn_and_the_next_run_recovers(
    db: Path, demo_site: Sites, crawl: Ends
) -> None:
    whole = demo_site("fun")
    assert crawl(whole, day="2026-11-15").code == 0
    known = listed(db)
    fault = Fault(r"/api/v1\.0/courses/\?.*offset=", "truncated")
    ended = crawl(demo_site("fun", faults=[fault]))
    assert (ended.code, ended.json[0]["verdict"]) == (1, "partial")
    assert listed(db) == known
    assert "partial because" in ended.err
    recovered = crawl(whole)
    assert (recovered.code, recovered.json[0]["verdict"]) == (0, "complete")
    assert listed(db) == known


def test_a_site_that_asks_to_wait_is_waited_for(demo_site: Sites, crawl: Ends) -> None:
    site = demo_site("fun", faults=[Fault(r"/api/v1\.0/courses/\?", "http_429", times=1)])
    assert crawl(site).json[0]["verdict"] == "complete"


def test_courses_withdrawn_changed_and_back(db: Path, crawl: Ends) -> None:
    with DemoSite(DAY, "fun") as site:
        crawl(site, day="2026-11-08")
        port = int(site.url.rsplit(":", 1)[1])
    ref, title = select(db, "select ref, title from course order by id limit 1")[0]
    with DemoSite(DAY, "fun", withdrawn=[ref], port=port) as site:
        assert crawl(site, day="2026-11-15").json[0]["withdrawn"] == 1
    with DemoSite(DAY, "fun", changed={ref: {"title": "Un autre titre"}}, port=port) as site:
        found = crawl(site).json[0]
        assert (found["back"], found["changed"]) == (1, 1)
    history = select(db, "select field, old, new from change where course_id = 1 order by id")
    assert sorted(map(str, history)) == sorted(
        map(
            str,
            [
                ("new", None, None),
                ("withdrawn", None, "2026-11-15"),
                ("title", title, "Un autre titre"),
                ("back", "2026-11-15", DAY),
            ],
        )
    )


def test_half_the_courses_gone_is_not_believed(db: Path, demo_site: Sites, crawl: Ends) -> None:
    crawl(demo_site("fun"), day="2026-11-15")
    known = listed(db)
    ended = crawl(demo_site("fun", drop=0.5))
    assert (ended.code, listed(db)) == (1, known)
    assert "the last complete crawl read" in ended.err


def test_a_killed_crawl_leaves_the_catalogue_and_is_resumed(
    db: Path, demo_site: Sites, crawl: Ends
) -> None:
    crawl(demo_site("fun"), day="2026-11-15")
    before = select(db, "select * from course")
    slow = demo_site("coursera", faults=[Fault(r"/learn/", "slow")])
    process = subprocess.Popen(
        [sys.executable, "-m", "moocscout", "crawl", "coursera", "--base-url", slow.url,
         "--day", DAY, "--db", str(db)],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while gathered(db) < 6 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert select(db, "select * from course") == before
    asked = sum("/learn/" in path for path in slow.paths())
    ended = crawl(slow, "coursera")
    assert ended.json[0]["verdict"] == "complete"
    asked_again = sum("/learn/" in path for path in slow.paths()) - asked
    assert asked_again <= ended.json[0]["read"] - 4, (
        "pages read before the kill are not asked again"
    )


def test_ctrl_c_says_how_to_go_on(db: Path, demo_site: Sites, crawl: Ends) -> None:
    slow = demo_site("coursera", faults=[Fault(r"/learn/", "slow")])
    process = subprocess.Popen(
        [sys.executable, "-m", "moocscout", "crawl", "coursera", "--base-url", slow.url,
         "--day", DAY, "--db", str(db)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while sum("/learn/" in path for path in slow.paths()) < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "run the same command again to resume" in err
    assert "Traceback" not in err
    assert listed(db) == 0


def test_narrowing_reads_little_and_withdraws_nothing(
    db: Path, demo_site: Sites, crawl: Ends
) -> None:
    site = demo_site("coursera")
    crawl(site, "coursera", day="2026-11-15")
    known = listed(db)
    ended = crawl(site, "coursera", "--limit", "3", "--full")
    assert (ended.code, ended.json[0]["verdict"]) == (0, "partial")
    assert ended.json[0]["read"] == 3
    assert listed(db) == known


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["crawl", "nowhere"], "no platform is called 'nowhere'; there are: "),
        (["crawl", "fun"], "export MOOCSCOUT_CONTACT="),
        (["crawl", "--base-url", "http://127.0.0.1:9"], "name that one platform"),
        (["crawl", "fun", "--base-url", "file:///etc"], "must be an http(s) address"),
        (["crawl", "fun", "--day", "tomorrow"], "write it as 2026-11-22"),
        (["catalogue", "show", "fun", "1"], "run `moocscout crawl fun` first"),
    ],
)
def test_wrong_use_is_one_clear_line_and_exit_2(
    arguments: list[str], words: str, command: Ends
) -> None:
    ended = command(*arguments)
    assert ended.code == 2
    assert words in ended.err


def test_a_host_that_cannot_be_reached_is_named(crawl: Ends, db: Path) -> None:
    class Nowhere:
        url = "http://127.0.0.1:9"

    ended = crawl(Nowhere())  # type: ignore[arg-type]
    assert ended.code == 1
    assert "could not reach 127.0.0.1:9" in ended.err
    assert "`moocscout demo` works without internet" in ended.err


def test_robots_are_obeyed(demo_site: Sites, crawl: Ends, db: Path) -> None:
    site = demo_site("coursera")
    crawl(site, "coursera")
    asked = [path for path in site.paths() if path != "/robots.txt"]
    assert site.paths()[0] == "/robots.txt"
    assert not [path for path in asked if path.startswith(("/api", "/search"))]
    agents = {request.headers.get("user-agent") for request in site.requests}
    assert all("moocscout" in str(agent) for agent in agents)


def test_a_foreign_database_is_left_alone(db: Path, demo_site: Sites, crawl: Ends) -> None:
    sqlite3.connect(db).execute("create table theirs (x)")
    before = db.read_bytes()
    ended = crawl(demo_site("fun"))
    assert ended.code == 2
    assert "not a moocscout catalogue" in ended.err
    assert db.read_bytes() == before
