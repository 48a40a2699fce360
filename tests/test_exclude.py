"""The takedown list: an excluded course is in no table, no search, no index, and stays out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue import exclude, reading
from catalogue.command import problems
from catalogue.course import Course
from catalogue.errors import WrongUse
from catalogue.file import open_for_reading
from catalogue.publish.metadata import sources
from crawlers.demo import DemoSite
from recommend import index

HEADER = "platform,ref,url,reason,day\n"
Stock = Callable[..., Path]


@pytest.fixture
def takedown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write the list in force: lines without the heading."""

    def write(*lines: str, header: str = HEADER) -> Path:
        path = tmp_path / "exclude.csv"
        path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        monkeypatch.setenv("MOOCSCOUT_EXCLUDE", str(path))
        return path

    return write


def refs(db: Path) -> set[str]:
    with sqlite3.connect(db) as connection:
        return {f"{p}:{r}" for p, r in connection.execute("select platform, ref from course")}


def everything(db: Path) -> str:
    """All that any table says, the search index's own tables included."""
    with sqlite3.connect(db) as connection:
        names = [row[0] for row in connection.execute("select name from sqlite_master")]
        found = []
        for name in names:
            try:
                found += connection.execute(f'select * from "{name}"').fetchall()
            except sqlite3.OperationalError:  # an index or a trigger
                continue
        return repr(found)


def test_the_project_s_own_list_can_be_read() -> None:
    assert exclude.read(exclude.FILE) is not None


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("fun,2,,The university asked,2026-11-20", {"fun:2"}),
        (",,https://fun.example/2,asked,2026-11-20", {"fun:2"}),
        (",,http://fun.example/2/,asked,2026-11-20", {"fun:2"}),
        ("fun,,https://fun.example/*,asked,2026-11-20", {"fun:*"}),
        ("coursera,2,https://fun.example/*,asked,2026-11-20", set()),
        ("fun,no-such,,asked,2026-11-20", set()),
    ],
)
def test_a_listed_course_is_removed_and_nothing_else(
    line: str, gone: set[str], stock: Stock, takedown: Any
) -> None:
    db = stock()
    before = refs(db)
    takedown(line)
    want = {each for each in before if each.startswith("fun:")} if "fun:*" in gone else gone
    assert exclude.apply(db) == len(want)
    assert before - refs(db) == want
    with sqlite3.connect(db) as connection:
        assert problems(connection) == []


def test_no_word_of_it_is_left_in_the_file(stock: Stock, takedown: Any) -> None:
    secret = Course(
        platform="fun", ref="secret", url="https://fun.example/s", title="Zygomorphe",
        provider="Quincaillerie", summary="xylotomie",
    )  # fmt: skip
    plain = Course(platform="fun", ref="plain", url="https://fun.example/p", title="Pain")
    db = stock(secret, plain)
    index.ensure(db).close()
    assert "zygomorph" in everything(db).casefold()
    takedown("fun,secret,,asked,2026-11-20")
    assert exclude.apply(db) == 1
    index.ensure(db).close()
    said = everything(db).casefold()
    assert not [word for word in ("zygomorph", "quincaill", "xylotom") if word in said]
    with open_for_reading(db) as connection:
        assert reading.search(connection, "zygomorphe") == []
        assert len(reading.search(connection, "pain")) == 1
        assert sources(connection)
    with sqlite3.connect(db) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    assert b"ygomorph" not in db.read_bytes(), "freed pages are overwritten"


def test_it_stays_out_when_it_is_crawled_again(
    command: Any, demo_site: Callable[..., DemoSite], takedown: Any, tmp_path: Path
) -> None:
    db, site = tmp_path / "catalogue.db", demo_site("fun")
    crawl = ("crawl", "fun", "--base-url", site.url, "--json", "--day")
    first = command(*crawl, "2026-11-15").json[0]
    victim = min(refs(db))
    listed = takedown(f"fun,{victim.partition(':')[2]},,asked,2026-11-20")
    for day in ("2026-11-22", "2026-11-29"):
        again = command(*crawl, day, "--full", MOOCSCOUT_EXCLUDE=str(listed)).json[0]
        assert (again["verdict"], again["read"]) == ("complete", first["read"]), again
        assert again.get("new", 0) == 0
        assert victim not in refs(db)
    assert len(refs(db)) == first["read"] - 1


def test_a_course_taken_off_the_list_comes_back_with_the_next_crawl(
    stock: Stock, takedown: Any
) -> None:
    takedown("fun,2,,asked,2026-11-20")
    assert "fun:2" not in refs(stock())
    takedown()
    assert "fun:2" in refs(stock(day="2026-11-29"))


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        ("platform,ref\n", "fun,2", "line 1: lacks the columns url, reason, day"),
        (HEADER, ",,,asked,2026-11-20", "line 2: name the course by platform and ref"),
        (HEADER, "fun,,,asked,2026-11-20", "line 2: name the course by platform and ref"),
        (HEADER, ",,*,asked,2026-11-20", "must be an address with its host"),
        (HEADER, ",,https://*/2,asked,2026-11-20", "must be an address with its host"),
        (HEADER, "fun,2,,,2026-11-20", "reason is empty"),
        (HEADER, "fun,2,,asked,soon", "write it as 2026-11-22"),
        (HEADER, "fun,2,,asked, and paid,2026-11-20", "more cells than columns"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named_and_nothing_is_loaded(
    header: str, line: str, words: str, stock: Stock, takedown: Any, tmp_path: Path
) -> None:
    takedown(line, header=header)
    with pytest.raises(WrongUse, match=words.replace("*", r"\*")):
        stock()
    assert not (tmp_path / "catalogue.db").exists() or not refs(tmp_path / "catalogue.db")


def test_a_list_that_is_not_there_is_an_error(
    stock: Stock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOOCSCOUT_EXCLUDE", str(tmp_path / "nowhere.csv"))
    with pytest.raises(WrongUse, match="cannot be read"):
        stock()
