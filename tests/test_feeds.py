"""`scrapy crawl`, `list` and `parse` from the checkout's root, as Scrapy users expect them."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import Course
from catalogue.export.tables import cell
from crawlers.demo import DemoSite
from crawlers.demo.faults import Fault
from crawlers.demo.offer import records
from crawlers.report import FeedReport

ROOT = Path(__file__).parents[1]
DAY = "2026-11-22"
QUICK = (
    "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", f"MOOCSCOUT_DAY={DAY}",
    "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=4",
)  # fmt: skip
EVIL = '=HYPERLINK("http://evil.example";"click")'


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith("MOOCSCOUT")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def scrapy(*arguments: object) -> str:
    process = start(*arguments)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Traceback" not in err, err
    return out


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One whole crawl into three formats; one title is a spreadsheet's formula."""
    folder = tmp_path_factory.mktemp("feeds")
    evil = {records("fun")[0]["ref"]: {"title": EVIL}}
    with DemoSite(DAY, "fun", changed=evil) as site:
        wanted = [o for kind in ("jsonl", "json", "csv") for o in ("-O", folder / f"out.{kind}")]
        scrapy("crawl", "fun", "-a", f"base_url={site.url}", *wanted, *QUICK)
    return folder


def test_a_feed_has_one_course_per_line_and_the_report_last(feeds: Path) -> None:
    *courses, last = lines(feeds / "out.jsonl")
    read = [Course.from_json(json.dumps(course)) for course in courses]
    report = FeedReport.read(last["report"])
    assert len({course.key for course in read}) == len(read) == report.courses == report.announced
    assert {course.platform for course in read} == {report.platform} == {"fun"}
    assert (report.reason, report.ended_by_itself, report.errors) == ("finished", True, 0)
    assert (report.day, report.narrowed, report.unchanged) == (DAY, None, ())
    assert report.requests > report.courses
    assert report.started <= report.finished


def test_json_and_csv_hold_the_same_courses(feeds: Path) -> None:
    *courses, _ = lines(feeds / "out.jsonl")
    assert json.loads((feeds / "out.json").read_text(encoding="utf-8")) == courses
    with (feeds / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["title"] for row in rows] == [cell(course["title"]) for course in courses]
    priced = next(n for n, course in enumerate(courses) if course.get("price"))
    assert float(rows[priced]["price"]) == courses[priced]["price"]
    assert json.loads(rows[priced]["sessions"] or "[]") == courses[priced].get("sessions", [])
    assert rows[priced]["rating"] == "", "unknown is empty"


def test_a_hostile_title_comes_through_whole(feeds: Path) -> None:
    assert EVIL in [line.get("title") for line in lines(feeds / "out.jsonl")]
    with (feeds / "out.csv").open(encoding="utf-8", newline="") as file:
        assert "'" + EVIL in [row["title"] for row in csv.DictReader(file)]


def test_a_limit_and_a_fault_are_in_the_report(demo_site: Any, tmp_path: Path) -> None:
    site = demo_site("coursera", faults=[Fault(r"/learn/", "http_500", times=99)])
    feed = tmp_path / "out.jsonl"
    scrapy(
        "crawl", "coursera", "-a", f"base_url={site.url}", "-a", "limit=2", "-O", feed,
        "-s", "RETRY_TIMES=0", *QUICK,
    )  # fmt: skip
    (only,) = lines(feed)
    report = FeedReport.read(only["report"])
    assert report.narrowed == "limited to 2 courses"
    assert (report.courses, report.errors, report.ended_by_itself) == (0, 2, True)
    assert [issue.kind for issue in report.issues] == ["fetch", "fetch"]


@pytest.fixture
def running(demo_site: Any, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A slow crawl that has begun to write its feed."""
    site = demo_site("coursera", faults=[Fault(r"/learn/", "slow")])
    feed = tmp_path / "out.jsonl"
    process = start("crawl", "coursera", "-a", f"base_url={site.url}", "-O", feed, *QUICK)
    deadline = time.monotonic() + 30
    while not (feed.exists() and feed.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.02)
    yield process, feed
    process.kill()
    process.communicate()


def test_a_killed_job_leaves_no_report(running: tuple[subprocess.Popen[str], Path]) -> None:
    process, feed = running
    process.kill()
    process.wait()
    assert b'"report"' not in feed.read_bytes()


def test_a_stopped_job_says_so(running: tuple[subprocess.Popen[str], Path]) -> None:
    process, feed = running
    process.send_signal(signal.SIGINT)
    process.wait(30)
    report = FeedReport.read(lines(feed)[-1]["report"])
    assert (report.reason, report.ended_by_itself) == ("shutdown", False)
    assert report.courses == len(lines(feed)) - 1


def test_what_a_catalogue_knows_already_is_in_the_report(demo_site: Any, tmp_path: Path) -> None:
    site, feed = demo_site("nau"), tmp_path / "out.jsonl"
    for _ in range(2):
        scrapy(
            "crawl", "nau", "-a", f"base_url={site.url}", "-O", feed, *QUICK,
            "-s", f"MOOCSCOUT_DB={tmp_path / 'catalogue.db'}",
        )  # fmt: skip
    (only,) = lines(feed)
    report = FeedReport.read(only["report"])
    assert len(report.unchanged) == report.announced == len(site.offer.listed)


def test_of_a_feed_in_parts_only_the_last_reports(demo_site: Any, tmp_path: Path) -> None:
    site = demo_site("nau")
    scrapy(
        "crawl", "nau", "-a", f"base_url={site.url}", "-O", tmp_path / "%(batch_id)d.jsonl",
        *QUICK, "-s", "FEED_EXPORT_BATCH_ITEM_COUNT=3",
    )  # fmt: skip
    assert [list(line)[:1] for line in lines(tmp_path / "1.jsonl")] == [["platform"]] * 3
    assert "report" in lines(tmp_path / "2.jsonl")[-1]


@pytest.mark.parametrize("wish", ["limit=few", "limit=0", "since=hier", "since=2026-02-30"])
def test_a_wish_that_cannot_be_meant_is_refused(wish: str) -> None:
    process = start("crawl", "nau", "-a", "base_url=http://127.0.0.1:9", "-a", wish)
    log = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert f"not {wish.partition('=')[2]!r}" in log or "not readable" in log


def test_the_public_web_is_not_asked_without_a_contact(tmp_path: Path) -> None:
    feed = tmp_path / "out.jsonl"
    process = start("crawl", "nau", "-a", "base_url=https://nau.invalid", "-O", feed, *QUICK)
    process.communicate(timeout=60)
    report = FeedReport.read(lines(feed)[-1]["report"])
    assert (report.requests, report.errors, report.courses) == (0, 1, 0)
    assert "export MOOCSCOUT_CONTACT=" in str(report.issues[0].example)


def test_scrapy_list_names_every_platform_file() -> None:
    files = (ROOT / "crawlers" / "platforms").glob("[!_]*.py")
    assert sorted(scrapy("list").split()) == sorted(path.stem for path in files)


@pytest.mark.parametrize(
    ("name", "path", "options"),
    [
        ("coursera", "/learn/{ref}", ()),
        ("fun", "/api/v1.0/courses/?scope=objects&limit=2&format=json", ("-d", "2")),
    ],
)
def test_scrapy_parse_shows_a_course(
    name: str, path: str, options: tuple[str, ...], demo_site: Callable[..., DemoSite]
) -> None:
    site = demo_site(name)
    url = site.url + path.format(ref=site.offer.listed[0]["ref"])
    said = scrapy(
        "parse", f"--spider={name}", "-a", f"base_url={site.url}", "-a", "limit=2", url,
        "--nocolour", "--nolinks", *options, *QUICK,
    )  # fmt: skip
    assert f"'platform': '{name}'" in said


def test_scrapy_parse_names_the_callbacks_where_a_page_cannot_be_read_alone(
    demo_site: Callable[..., DemoSite],
) -> None:
    site = demo_site("fun")
    process = start(
        "parse", "--spider=fun", "-a", f"base_url={site.url}", site.url + "/fr/", *QUICK
    )
    _, err = process.communicate(timeout=60)
    assert "name one of parse_days, parse_list, parse_page, parse_words with -c" in err
