"""YouTube: invented channels on loopback; a feed is a window that moves on."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import Course, Quote
from catalogue.errors import Unreadable, WrongUse
from crawlers.engines.youtube import DATA, Channel, channel, entries, read
from crawlers.files.tables import Row, csv_table

DAY = "2026-11-22"
UC = "UC" + "a" * 22
PL = "PL" + "b" * 16
HEADER = "name,channel_id,brand,language,audience,note\n"
BRAND = Channel(name="Boutique", id=UC, brand="Maison Exemple", language="fr")


SAVED = (Path(__file__).parent / "fixtures" / "youtube" / "feed.xml").read_text("utf-8")


def feed(*videos: str) -> bytes:
    """The saved feed, with these videos in place of its only one."""
    head, entry, foot = re.split(r"(?s)(<entry>.*</entry>)", SAVED)
    return (head + "".join(entry.replace("VIDEO", video) for video in videos) + foot).encode()


def test_a_video_is_a_tutorial_of_its_brand() -> None:
    (found,) = entries(feed("v1"))
    course, facts = read(found, BRAND, "youtube")
    assert course == Course(
        platform="youtube",
        ref="v1",
        url="https://www.youtube.com/watch?v=v1",
        title="Poser un rouge à lèvres",
        kind="tutorial",
        language="fr",
        languages=("fr",),
        provider="Maison Exemple",
        providers=("Maison Exemple",),
        description="Trois gestes.\nUn miroir.",
        updated="2026-11-03",
        quotes={"language": Quote(words="channel Boutique: fr", source="file")},
    )
    assert facts.unreadable == []


def test_a_channel_of_unstated_language_leaves_it_unknown() -> None:
    course, _ = read(entries(feed("v1"))[0], Channel(name="x", id=UC, brand="B"), "youtube")
    assert (course.language, course.languages, dict(course.quotes)) == (None, None, {})


def test_without_a_title_there_is_no_course() -> None:
    (found,) = entries(feed("v1").replace(b"<title>Poser", b"<subtitle>").replace(
        "un rouge à lèvres</title>".encode(), b"</subtitle>"))  # fmt: skip
    with pytest.raises(Unreadable):
        read(found, BRAND, "youtube")


@pytest.mark.parametrize(
    "data",
    [
        b"<rss/>",
        b"<html>",
        b"",
        b'<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed>&x;</feed>',
        b'<!DOCTYPE f [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>',
    ],
)
def test_what_is_no_feed_or_wants_more_is_refused(data: bytes) -> None:
    with pytest.raises(WrongUse):
        entries(data)


def row(**cells: str) -> Row:
    given = {"name": "n", "channel_id": UC, "brand": "b", "language": "", "audience": ""}
    return Row(2, given | cells)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"name": ""}, "name is empty"),
        ({"brand": ""}, "brand is empty"),
        ({"channel_id": "@maison"}, "not its @name"),
        ({"language": "klingonish"}, "write it as fr or en"),
        ({"audience": "everyone"}, "public, employees, customers"),
    ],
)
def test_a_bad_line_is_refused_with_its_fix(cells: dict[str, str], words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        channel(row(**cells))


def test_a_playlist_may_stand_for_a_channel() -> None:
    assert channel(row()).path == f"feeds/videos.xml?channel_id={UC}"
    assert channel(row(channel_id=PL)).path == f"feeds/videos.xml?playlist_id={PL}"


def test_the_file_that_comes_along_names_no_channel_that_was_not_verified() -> None:
    table = csv_table(DATA / "channels.csv")
    assert table.header == tuple(HEADER.strip().split(","))
    assert [channel(each) for each in table.rows] == []


FEED = f"/feeds/videos.xml?channel_id={UC}"
XML = "application/atom+xml"


@pytest.fixture
def channels(tmp_path: Path) -> Path:
    path = tmp_path / "channels.csv"
    path.write_text(HEADER + f"Boutique,{UC},Maison Exemple,fr,customers,vérifiée\n", "utf-8")
    return path


@pytest.fixture
def crawl(command: Callable[..., Any], channels: Path) -> Callable[..., Any]:
    def run(url: str, day: str = DAY) -> Any:
        return command(
            "crawl", "youtube", "--base-url", url, "--day", day, "--json",
            MOOCSCOUT_CHANNELS=str(channels),
        )  # fmt: skip

    return run


def select(tmp_path: Path, sql: str) -> list[Any]:
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        return db.execute(sql).fetchall()


def test_videos_stay_when_the_window_moves_on(
    crawl: Callable[..., Any], stand_in: Callable[..., Any], tmp_path: Path
) -> None:
    site = stand_in({FEED: (200, XML, feed("v1", "v2"))})
    first = crawl(site.url, "2026-11-15")
    site.answers[FEED] = (200, XML, feed("v2", "v3"))
    second = crawl(site.url)
    assert (first.code, second.code) == (0, 0), second.err
    assert second.json[0]["reasons"] == [
        "a feed lists its newest videos only; what it no longer lists stays in the catalogue"
    ]
    assert [second.json[0][n] for n in ("new", "changed", "withdrawn", "read")] == [1, 0, 0, 2]
    assert select(
        tmp_path,
        "select ref, kind, audience, withdrawn, last_checked from course c"
        " join course_checked k on k.course_id = c.id order by ref",
    ) == [
        ("v1", "tutorial", "customers", None, "2026-11-15"),
        ("v2", "tutorial", "customers", None, DAY),
        ("v3", "tutorial", "customers", None, DAY),
    ]


def test_a_feed_that_fails_is_an_error_all_the_same(
    crawl: Callable[..., Any], stand_in: Callable[..., Any]
) -> None:
    site = stand_in({FEED: (200, "text/html", b"<!DOCTYPE html><p>Before you continue")})
    ended = crawl(site.url)
    assert ended.code == 1
    assert "1 page could not be had" in ended.json[0]["reasons"]


def test_robots_txt_is_obeyed_where_it_disallows_the_feeds(
    crawl: Callable[..., Any], stand_in: Callable[..., Any]
) -> None:
    site = stand_in({
        FEED: (200, XML, feed("v1")),
        "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /feeds/videos.xml\n"),
    })  # fmt: skip
    ended = crawl(site.url)
    assert (ended.code, ended.json[0]["read"], site.asked) == (1, 0, ["/robots.txt"])
    assert "robots.txt" in ended.err


def test_a_bad_line_is_named_and_the_good_ones_are_read(
    crawl: Callable[..., Any], stand_in: Callable[..., Any], channels: Path
) -> None:
    with channels.open("a", encoding="utf-8") as file:
        file.write("Autre,@autre,Autre,fr,,\n")
    site = stand_in({FEED: (200, XML, feed("v1"))})
    ended = crawl(site.url)
    assert (ended.code, ended.json[0]["read"]) == (1, 1)
    assert "channels.csv, line 3: channel_id '@autre'" in ended.err
