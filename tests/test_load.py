"""`moocscout load`: feeds as Scrapy wrote them, cut off, mixed, foreign and hostile."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue import strict
from catalogue.course import Course, as_dict
from catalogue.errors import Unreadable, WrongUse
from crawlers.gathering import Feed
from crawlers.report import FeedReport

DAY = "2026-11-22"
SHELF = Path(__file__).parent / "fixtures" / "shelf.jsonl"
Ends = Callable[..., Any]


def shelf(platform: str = "fun") -> list[dict[str, Any]]:
    records = map(json.loads, SHELF.read_text(encoding="utf-8").splitlines())
    return [record for record in records if record["platform"] == platform]


def report(courses: int, platform: str = "fun", day: str = DAY, **said: Any) -> dict[str, Any]:
    """What a spider that met everything says, but for what is `said`."""
    facts = {
        "reason": "finished",
        "started": f"{day}T01:00:00Z",
        "finished": f"{day}T02:00:00Z",
        "ended_by_itself": True,
        "announced": courses,
        "errors": 0,
        "requests": courses + 3,
        "base_url": "http://127.0.0.1:8080",
        "courses": courses,
    }
    return as_dict(FeedReport(platform=platform, day=day, **(facts | said)))


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., Path]:
    """Write records, and a report where one is given, as a feed."""

    def write(
        courses: list[dict[str, Any]], said: dict[str, Any] | None = None, name: str = "out.jsonl"
    ) -> Path:
        rows = [*courses, {"report": said}] if said else courses
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path = tmp_path / name
        path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
        return path

    return write


def rows(tmp_path: Path, sql: str) -> list[Any]:
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        return db.execute(sql).fetchall()


def test_a_whole_feed_withdraws_and_rejects_as_a_crawl_does(
    command: Ends, feed: Callable[..., Path], tmp_path: Path
) -> None:
    courses = shelf() + [dict(shelf()[0], ref=f"more-{n}") for n in range(30)]
    first = command("load", feed(courses, report(len(courses))), "--json")
    assert (first.code, first.json[0]["verdict"]) == (0, "complete"), first.err
    assert first.json[0]["new"] == len(courses)
    kept, gone, refused = courses[2:], courses[0]["ref"], courses[1]["ref"]
    unchanged = (kept.pop()["ref"],)
    said = report(
        len(kept), day="2026-11-29", announced=len(kept) + 2,
        rejected={refused: "no title"}, unchanged=unchanged,
    )  # fmt: skip
    again = command("load", feed(kept, said, "out.jsonl.gz"), "--json")
    assert (again.code, again.json[0]["verdict"]) == (0, "complete"), again.err
    assert (again.json[0]["read"], again.json[0]["rejected"]) == (len(kept) + 1, 1)
    assert rows(tmp_path, "select ref from course where withdrawn = '2026-11-29'") == [(gone,)]


def test_what_scrapy_wrote_is_what_a_crawl_from_here_loads(
    command: Ends, demo_site: Any, tmp_path: Path
) -> None:
    site = demo_site("nau")
    out, here = tmp_path / "out.jsonl", tmp_path / "here.db"
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "nau", "-a", f"base_url={site.url}", "-O", out,
         "-s", f"MOOCSCOUT_DAY={DAY}", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0"],
        cwd=SHELF.parents[2], check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert command("load", out).code == 0
    assert command("crawl", "nau", "--base-url", site.url, "--day", DAY, "--db", here).code == 0
    columns = "select {} from course order by ref"
    names = [name for _, name, *_ in rows(tmp_path, "pragma table_info(course)") if name != "id"]
    loaded = rows(tmp_path, columns.format(", ".join(names)))
    with sqlite3.connect(here) as db:
        assert loaded == db.execute(columns.format(", ".join(names))).fetchall()


def test_unchanged_courses_that_the_catalogue_lacks_are_not_believed(
    command: Ends, feed: Callable[..., Path]
) -> None:
    said = report(0, announced=2, unchanged=("11047", "nowhere"))
    ended = command("load", feed([], said), "--json")
    assert (ended.code, ended.json[0]["verdict"]) == (1, "partial")
    assert "2 courses are unchanged since the job read them" in ended.err
    assert "MOOCSCOUT_FULL=1" in ended.err


def test_a_cut_feed_is_partial_and_says_why(
    command: Ends, feed: Callable[..., Path], tmp_path: Path
) -> None:
    courses = shelf()
    assert command("load", feed(courses, report(len(courses)))).code == 0
    path = feed(courses[:-1])
    path.write_bytes(path.read_bytes() + b'{"platform": "fun", "ref": "cut o')
    ended = command("load", path, "--day", "2026-11-29", "--json")
    assert (ended.code, ended.json[0]["verdict"]) == (1, "partial")
    assert ended.json[0]["day"] == "2026-11-29"
    assert "has no report line; a job that is killed writes none" in ended.err
    assert f"1 line of {path} could not be read: line {len(courses)}, JSON" in ended.err
    assert rows(tmp_path, "select count(*) from course where withdrawn is not null") == [(0,)]
    assert rows(tmp_path, "select field from issue where kind = 'malformed'") == [("feed",)]


def test_many_feeds_each_for_itself(command: Ends, feed: Callable[..., Path]) -> None:
    courses, foreign = shelf(), [dict(shelf()[0], platform="nowhere")]
    later = feed(courses, report(len(courses), day="2026-11-29"), "later.jsonl")
    earlier = feed(courses, report(len(courses)), "earlier.jsonl")
    alien = feed(foreign, report(1, "nowhere"), "alien.jsonl")
    ended = command("load", later, alien, earlier, "missing.jsonl", "--json")
    assert ended.code == 2
    by_day = {row.get("day"): row["verdict"] for row in ended.json}
    assert by_day == {"2026-11-22": "complete", "2026-11-29": "complete", None: None}
    assert f"nowhere: no platform is called so, as {alien} has it; there are: " in ended.err
    assert "missing.jsonl: it cannot be read: No such file" in ended.err
    stale = command("load", earlier)
    assert stale.code == 2
    assert "speaks for 2026-11-22, the catalogue for 2026-11-29 already" in stale.err


def test_narrowed_as_asked_is_no_failure(command: Ends, feed: Callable[..., Path]) -> None:
    said = report(3, announced=60, narrowed="limited to 3 courses")
    ended = command("load", feed(shelf()[:3], said))
    assert ended.code == 0
    assert "partial because limited to 3 courses" in ended.err


def test_a_site_of_its_own_is_held_to_its_floor(command: Ends, feed: Callable[..., Path]) -> None:
    courses = shelf()
    said = report(len(courses), base_url="https://www.fun-mooc.fr")
    ended = command("load", feed(courses, said))
    assert ended.code == 1
    assert "fewer than the 250 that this site has at least" in ended.err


# What a feed tells, without the command.


def test_one_stream_of_several_crawls(
    feed: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fun, coursera = shelf(), shelf("coursera")
    parts = [
        feed(fun, report(len(fun)), "1.jsonl"),
        feed(coursera, None, "2.jsonl"),
        feed(fun[:2], report(2, narrowed="x"), "3.jsonl"),
    ]
    stream = b"".join(part.read_bytes() for part in parts)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stream))))
    crawls = Feed("-", tmp_path / "h").read()
    assert [(c.platform, c.courses, bool(c.said)) for c in crawls] == [
        ("fun", len(fun), True),
        ("coursera", len(coursera), False),
        ("fun", 2, True),
    ]
    assert [len(crawl.harvest) for crawl in crawls] == [len(fun), len(coursera), 2]


def test_a_gzip_file_that_ends_early(feed: Callable[..., Path], tmp_path: Path) -> None:
    many = [dict(shelf()[0], ref=str(n), summary=str(hash(str(n)))) for n in range(3000)]
    path = feed(many, report(len(many)), "out.gz")
    path.write_bytes(path.read_bytes()[:-2000])
    (crawl,) = Feed(str(path), tmp_path / "h").read()
    assert 0 < crawl.courses < len(many)
    assert len(crawl.harvest) == crawl.courses
    assert crawl.doubts[0].startswith(f"{path} ends early: ")


def test_lines_that_are_missing_are_missed(feed: Callable[..., Path], tmp_path: Path) -> None:
    courses = shelf()
    (crawl,) = Feed(str(feed(courses[1:], report(len(courses)))), tmp_path / "h").read()
    assert crawl.doubts == (f"{crawl.source} holds {len(courses) - 1} of {len(courses)} courses",)


def test_a_crawl_that_was_stopped_did_not_end_by_itself(
    feed: Callable[..., Path], tmp_path: Path
) -> None:
    stopped = report(len(shelf()), reason="shutdown", ended_by_itself=False)
    for said, ended in ((stopped, False), (None, False), (report(len(shelf())), True)):
        (crawl,) = Feed(str(feed(shelf(), said)), tmp_path / f"h{ended}{said is None}").read()
        assert crawl.report(DAY, None).ended_by_itself is ended


def test_courses_are_checked_and_what_was_found_is_kept(
    feed: Callable[..., Path], tmp_path: Path
) -> None:
    courses = [
        dict(shelf()[0], ref="a", weeks=9000.0),
        dict(shelf()[0], ref="b", title="  "),
    ]
    issues = [{"platform": "fun", "kind": "fetch", "field": "/x", "count": 7, "example": "500"}]
    said = report(2, errors=7) | {"issues": issues}
    (crawl,) = Feed(str(feed(courses, said)), tmp_path / "h").read()
    assert crawl.doubts == ()
    assert (len(crawl.harvest), crawl.harvest.rejections) == (1, 1)
    counts = {issue.kind: issue.count for issue in crawl.report(DAY, None).issues}
    assert counts == {"implausible": 1, "rejected": 1, "fetch": 7}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"[]\n",
        b'{"title": "no platform"}\n',
        b"not json\n",
        b"\x1f\x8b\x00",
        b"SQLite format 3\x00",
        b'{"report": {"format": 99, "platform": "fun"}}\n',
        b"[" * 100_000,
    ],
    ids=lambda content: repr(content[:16]),
)
def test_what_is_no_feed_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(content)
    with pytest.raises(WrongUse, match=r"not a feed of a crawl .*scrapy crawl NAME"):
        Feed(str(path), tmp_path / "h").read()


def test_a_line_too_long_to_hold_is_passed_over(
    feed: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawlers.gathering._LONGEST_LINE", 4000)
    fat = dict(shelf()[0], ref="fat", description="x" * 9000)
    path = feed([fat, *shelf()], report(len(shelf()) + 1))
    (crawl,) = Feed(str(path), tmp_path / "h").read()
    assert crawl.courses == len(shelf())
    assert "line 1 has more than 4000 bytes" in crawl.doubts[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": 42}, "title not readable: '42'"),
        ({"title": None}, "title"),
        ({"title": "half a pair \ud800"}, "title"),
        ({"weeks": "six"}, "weeks"),
        ({"weeks": True}, "weeks"),
        ({"rating_count": 4.5}, "rating_count"),
        ({"enrolled": 10**30}, "enrolled"),
        ({"price": float("inf")}, "price"),
        ({"languages": "fr"}, "languages"),
        ({"languages": ["fr", 1]}, "languages"),
        ({"level": "expert"}, "level not readable: 'expert'"),
        ({"updated": "20261122"}, "updated"),
        ({"updated": "2026-02-30"}, "updated"),
        ({"sessions": [{"start": "2026-11-22"}]}, "no ref"),
        ({"sessions": [{"ref": "1", "url": "javascript:alert(1)"}]}, "sessions.url"),
        ({"quotes": {"weeks": "6"}}, "quotes"),
        ({"translations": {"en": {"title": 1}}}, "translations"),
        ({"owner": "me"}, "field of Course not readable: 'owner'"),
    ],
)
def test_a_course_is_held_to_what_its_columns_declare(change: dict[str, Any], words: str) -> None:
    record = shelf()[0]
    assert strict.course(record) == Course.from_json(json.dumps(record))
    with pytest.raises(Unreadable, match=words):
        strict.course(record | change)


@pytest.mark.parametrize("name", ["platform", "ref", "url", "title"])
def test_a_course_has_what_no_course_lacks(name: str) -> None:
    record = shelf()[0]
    del record[name]
    with pytest.raises(Unreadable, match=f"no {name}"):
        strict.course(record)


def test_a_report_comes_back_as_it_was_written() -> None:
    said = FeedReport.read(report(3, rejected={"1": "no title"}, unchanged=("2",)))
    assert FeedReport.read(json.loads(json.dumps(as_dict(said)))) == said
    with pytest.raises(Unreadable, match="report of format 1 not readable: '2'"):
        FeedReport.read(as_dict(attrs.evolve(said, format=2)))
