"""Under a path of its own, as behind a proxy: every link of every page stays below it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from datasette.utils import PrefixedUrlString

from recommend import index
from recommend.serving import application

OURS = (
    "/", "/fr/", "/en/search?q=nudge", "/fr/recommend?profile=directeur-marketing",
    "/fr/recommend?wants=none", "/fr/recommend?wants=nudge&why=marketing", "/fr/course/fun/1",
    "/fr/compare?c=fun:1&c=fun:2", "/fr/changes?profile=directeur-marketing", "/fr/calendar",
    "/fr/topics", "/fr/memo?profile=directeur-marketing", "/fr/digest?wants=nudge", "/fr/method",
    "/fr/data", "/fr/api", "/fr/nowhere",
)  # fmt: skip
DATASETTES = ("/catalogue", "/catalogue/course", "/catalogue/course/1", "/catalogue/open_now")
LINKS = "//@href | //@action | //link/@href | //script/@src"


@pytest.fixture
def ask(stock: Callable[..., Path]) -> Callable[..., Any]:
    path = stock()
    index.ensure(path).close()
    served = application(path, day="2026-11-22")
    served._settings["base_url"] = "/mooc/"

    async def get(addresses: list[str]) -> list[Any]:
        return [await served.client.get(PrefixedUrlString(each)) for each in addresses]

    return lambda *addresses: asyncio.run(get(list(addresses)))


def links(text: str) -> set[str]:
    found = lxml.html.fromstring(text).xpath(LINKS)
    return {link.partition("#")[0] for link in found if not link.startswith(("http", "#", "?"))}


def check(ask: Callable[..., Any], pages: tuple[str, ...], sent: str) -> None:
    """Every link stands below the base and answers; `sent` is what a proxy leaves of the base."""
    every = set()
    for page, answer in zip(pages, ask(*(f"{sent}{page}" for page in pages)), strict=True):
        assert answer.status_code == (404 if page.endswith("nowhere") else 200), page
        for link in links(answer.text):
            assert link.startswith("/mooc/"), (page, link)
            assert not link.startswith("/mooc/mooc"), (page, link)
        every |= links(answer.text)
    # One of a kind: the addresses without their parameters.
    kinds = {link.partition("?")[0]: link.removeprefix("/mooc") for link in sorted(every)}
    followed = [link for name, link in kinds.items() if not name.endswith("nowhere")]
    for link, answer in zip(followed, ask(*(f"{sent}{each}" for each in followed)), strict=True):
        assert answer.status_code in (200, 302), link


def test_every_link_stays_below_the_base_that_a_proxy_takes_off(ask: Callable[..., Any]) -> None:
    check(ask, (*OURS, *DATASETTES), "")


def test_every_link_of_ours_does_so_where_a_proxy_keeps_it(ask: Callable[..., Any]) -> None:
    # Datasette's own pages double the base there, in links of its own.
    check(ask, OURS, "/mooc")


def test_a_form_is_sent_to_its_shorter_address_below_the_base(ask: Callable[..., Any]) -> None:
    (answer,) = ask("/mooc/fr/recommend?form=1&wants=nudge")
    assert answer.headers["location"].startswith("/mooc/fr/recommend?wants=nudge")


def test_the_document_of_the_api_says_where_it_is(ask: Callable[..., Any]) -> None:
    (answer,) = ask("/mooc/-/moocscout/api/v1/openapi.json")
    assert answer.json()["servers"] == [{"url": "/mooc"}]
