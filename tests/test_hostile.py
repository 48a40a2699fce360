"""Hostile words the whole way, over real HTTP: a site's answer, the catalogue, every file of it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import feedparser
import icalendar
import pytest

from catalogue import clean
from catalogue.export.tables import cell

Ends = Callable[..., Any]
DAY = "2026-11-22"
WORDS = [
    *(
        "a\x00b\x07c\x1b[31md",
        "half \ud800 a pair \udfff",
        "<b>fat</b> &lt;script&gt;",
        "]]> &#0; &",
    ),
    *(
        "\u202eright to left\u202c",
        "\u2066isolated\u2069",
        "\ufeffmarked\ufffe",
        "z\u0335\u0321" * 50,
    ),
    *(
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "+1",
        "-2+3",
        "\t=1",
        "\uff1d1+1",
        '"";,\r\n"',
        "a\r\nb\nc",
    ),
    *("x" * 1_000_000, "mot " * 50_000, "<div>" * 20_000 + "deep", "&amp;" * 20_000 + "many"),
    *(
        "'; drop table course; --",
        "{{ 7 * 7 }} ${7*7} %s %(name)s",
        "javascript:alert(1)",
        "../../etc",
    ),
    *("Ã‰tÃ©", "e\u0301te\u0301", "🏳️‍🌈👩‍👩‍👧‍👦", "｡◕‿◕｡", "NULL", "None", "nan", "true", "0"),
    *("BEGIN:VEVENT\nEND:VCALENDAR", "\u2028line\u2029paragraph", "\U0010ffff\U000e0001tag"),
]
NOTHING = ["\u200b\u200c\ufeff", "<script>only()</script>", "\x00\x01", " \u00a0 ", "<!-- -->"]


def item(number: int, word: str) -> dict[str, Any]:
    """A course that says it everywhere; a very long one only once."""
    short = word if len(word) < 10_000 else "long"
    return {
        "id": number, "title": word, "description": short, "full_description": f"<p>{short}</p>",
        "url": f"https://a.example/{number}", "topics": [{"name": short}], "free": True,
        "offered_by": {"name": short}, "last_modified": f"{DAY}T00:00:00Z",
        "runs": [{"id": number, "title": short, "start_date": "2027-01-01T00:00:00Z"}],
    }  # fmt: skip


@pytest.fixture
def site(host: Callable[..., str]) -> Callable[[list[str]], str]:
    """A look-alike of MIT Learn whose courses are called so."""

    def start(words: list[str]) -> str:
        items = [item(number, each) for number, each in enumerate(words, 1)]

        def answer(target: str, _: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
            if "/courses/" not in target and "/programs/" not in target:
                return 404, {}, b""
            found = items if "/courses/" in target else []
            said = {"count": len(found), "next": None, "results": found}
            return 200, {"Content-Type": "application/json"}, json.dumps(said).encode()

        return host(answer)

    return start


def unseen(text: str) -> set[str]:
    """Signs that no file may hold: they break it, or show what is not there."""
    kinds = {sign: unicodedata.category(sign) for sign in set(text) - {"\n"}}
    bidi = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    return {sign for sign, kind in kinds.items() if kind in ("Cc", "Cs")} | (bidi & set(text))


def come_through(words: list[str], base: str, command: Ends) -> list[str]:
    """Crawl the site and export the catalogue; gives the titles that they must have."""
    ended = command("crawl", "mit_learn", "--base-url", base, "--day", DAY, "--json")
    titles = [title for each in words if (title := clean.line(each))]
    assert (ended.json[0]["read"], ended.json[0]["errors"]) == (len(titles), 0), ended.err
    assert ended.json[0]["rejected"] == len(words) - len(titles)
    assert not [title for title in titles if unseen(title)]

    table = list(csv.DictReader(io.StringIO(command("export", "csv").out)))
    assert sorted(row["title"] for row in table) == sorted(map(cell, titles))
    lines = [json.loads(line) for line in command("export", "jsonl").out.splitlines()]
    assert sorted(line["title"] for line in lines) == sorted(titles)
    feed = feedparser.parse(command("export", "atom", "--limit", "1000").out)
    assert (bool(feed.bozo), len(feed.entries)) == (False, len(titles))
    assert sorted(entry.title for entry in feed.entries) == sorted(titles)
    return titles


def test_invented_words_come_through(
    site: Callable[[list[str]], str], command: Ends, tmp_path: Path
) -> None:
    base = site(WORDS + NOTHING)
    titles = come_through(WORDS + NOTHING, base, command)
    calendar = icalendar.Calendar.from_ical(command("export", "ics", "--limit", "1000").out)
    assert len(calendar.events) == len(titles)
    moochub = json.loads(command("export", "moochub").out)
    assert sorted(each["attributes"]["name"] for each in moochub["data"]) == sorted(titles)

    feeds = [tmp_path / f"feed.{kind}" for kind in ("jsonl", "json", "csv")]
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "mit_learn", "-a", f"base_url={base}",
         *(part for path in feeds for part in ("-O", path)),
         "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", f"MOOCSCOUT_DAY={DAY}"],
        cwd=Path(__file__).parents[1], check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    *courses, last = [json.loads(line) for line in feeds[0].read_text("utf-8").splitlines()]
    assert sorted(course["title"] for course in courses) == sorted(titles)
    assert last["report"]["courses"] == len(titles)
    assert json.loads(feeds[1].read_text("utf-8")) == courses
    with feeds[2].open(encoding="utf-8", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == [
            cell(course["title"]) for course in courses
        ]
    loaded = command("load", feeds[0], "--db", tmp_path / "loaded.db", "--json")
    assert loaded.json[0]["read"] == len(titles), loaded.err


@pytest.fixture(autouse=True)
def long_cells() -> None:
    csv.field_size_limit(10_000_000)


@pytest.mark.shared
def test_real_words_come_through(
    site: Callable[[list[str]], str], command: Ends, shared: Path
) -> None:
    saved = json.loads((shared / "data" / "hostile_strings_dev.json").read_text("utf-8"))
    words = [case["value"] for case in saved]
    come_through(words, site(words), command)
