"""The list for frames, the page and feed of news: bare, harmless, and only the list framed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
import lxml.html
import pytest

from catalogue.course import Course
from recommend import index
from recommend.serving import application

Stock = Callable[..., Path]
Ask = Callable[[str], Any]
DAY = "2026-11-22"
HOSTILE = Course(
    platform="fun", ref="9", url="javascript:alert(1)", title="Nudge <script>alert(1)</script>",
    description="Nudge et marketing.", language="fr",
)  # fmt: skip


@pytest.fixture
def ask(stock: Stock) -> Iterator[Ask]:
    loop = asyncio.new_event_loop()
    path = stock(
        HOSTILE, Course(platform="fun", ref="1", url="https://fun.example/1", title="Nudge")
    )
    index.ensure(path).close()
    served = application(path, day=DAY)
    yield lambda address: loop.run_until_complete(served.client.get(address))
    loop.close()


def test_the_list_is_bare_and_may_be_framed(ask: Ask) -> None:
    answer = ask("/embed?profile=directeur-marketing&top=5")
    page = lxml.html.fromstring(answer.text)
    assert answer.status_code == 200
    assert "x-frame-options" not in answer.headers
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert not page.xpath("//script | //style | //link | //img")
    assert page.xpath("//a/@href") == ["https://fun.example/1"]
    assert len(page.xpath("//li")) == 2
    assert len(answer.text) < 3000


@pytest.mark.parametrize("path", ["/", "/recommend?profile=cmo", "/catalogue", "/embed", "/data"])
def test_nothing_else_may_be_framed(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_news_as_a_page_and_as_a_feed(ask: Ask) -> None:
    page = ask("/en/digest?profile=directeur-marketing")
    assert "New for" in page.text
    assert not lxml.html.fromstring(page.text).xpath("//script")
    feed = feedparser.parse(ask("/fr/digest?profile=directeur-marketing&format=atom").content)
    assert not feed.bozo
    assert len(feed.entries) == 2
    for wrong in ("", "?profile=nobody", "?profile=cmo&since=x", "?profile=cmo&format=exe"):
        assert ask(f"/digest{wrong}").status_code == 400
