"""What the site remembers, and that it forgets it when the catalogue file changes."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from recommend import index
from recommend.serving import application
from recommend.web import around, ranking
from recommend.web.site import NOT_STORED, site_of
from recommend.web.warming import warm

DAY = "2026-11-22"
LONG = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select"


@pytest.fixture
def path(stock: Callable[..., Path]) -> Path:
    found = stock()
    index.ensure(found).close()
    return found


@pytest.fixture
def served(path: Path) -> Any:
    return application(path, day=DAY)


def change(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update platform set title = title || '!'")


def counting(answer: Any) -> tuple[list[int], Callable[[], Awaitable[Any]]]:
    calls: list[int] = []

    async def made() -> Any:
        calls.append(1)
        return answer

    return calls, made


def test_a_page_is_made_once_until_the_file_changes(path: Path, served: Any) -> None:
    from datasette.utils.asgi import Response

    async def ask() -> None:
        site, response = site_of(served), Response.html("x")
        calls, made = counting(response)
        assert await site.page("a", made) is await site.page("a", made)
        assert len(calls) == 1
        change(path)
        await site.page("a", made)
        assert len(calls) == 2
        for passing in (Response.html("x", status=400), Response.html("x")):
            if passing.status == 200:
                passing.headers["Cache-Control"] = NOT_STORED
            calls, made = counting(passing)
            await site.page(passing, made)
            await site.page(passing, made)
            assert len(calls) == 2

    asyncio.run(ask())


def test_a_new_title_is_on_the_page_at_once(path: Path, served: Any) -> None:
    async def ask() -> tuple[str, str, str]:
        addresses = "/fr/method", "/fr/method", "/catalogue/platform"
        first, again, _ = [(await served.client.get(each)).text for each in addresses]
        change(path)
        return first, again, (await served.client.get("/catalogue/platform")).text

    first, again, table = asyncio.run(ask())
    assert first == again
    assert "FUN!" in table


def test_what_took_long_is_asked_once(path: Path, served: Any) -> None:
    async def ask() -> None:
        db = served.get_database("catalogue")
        counted = await db.execute(f"{LONG} count(*) from n")
        assert await db.execute(f"{LONG} count(*) from n") is counted
        wide = await db.execute(f"{LONG} printf('%0200d', i) from n", truncate=True)
        assert await db.execute(f"{LONG} printf('%0200d', i) from n", truncate=True) is not wide
        change(path)
        assert await db.execute(f"{LONG} count(*) from n") is not counted

    asyncio.run(ask())


def test_work_is_shared_by_all_who_wait_and_tried_again_when_it_failed(served: Any) -> None:
    calls: list[int] = []

    def work(found: Any) -> int:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError(found)
        return len(calls)

    async def ask() -> list[int]:
        ranker, version = site_of(served).ranker, await site_of(served).version()
        with pytest.raises(ValueError, match="Index"):
            await ranker.ask(("x",), work, version)
        return list(await asyncio.gather(*(ranker.ask(("x",), work, version) for _ in range(3))))

    assert asyncio.run(ask()) == [2, 2, 2]


def test_somebody_who_leaves_does_not_end_the_work_of_others(served: Any) -> None:
    async def ask() -> int:
        ranker, version = site_of(served).ranker, await site_of(served).version()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ranker.ask(("x",), _slow, version), 0.01)
        return int(await ranker.ask(("x",), _slow, version))

    assert asyncio.run(ask()) == 300000


def _slow(found: Any) -> int:
    return int(found.db.execute(f"{LONG} count(*) from n").fetchone()[0])


def test_a_site_that_is_warm_has_what_its_first_visitors_ask_for(served: Any) -> None:
    async def ask() -> int:
        await warm(served)
        ranker = site_of(served).ranker
        held = len(ranker._answers)
        for role in ranking.roles("fr"):
            await around.places(site_of(served), role)
        await served.client.get("/fr/")
        return len(ranker._answers) - held

    assert asyncio.run(ask()) == 0


def test_other_pages_are_answered_while_a_ranking_takes_its_time(served: Any) -> None:
    async def ask() -> bool:
        ranker, version = site_of(served).ranker, await site_of(served).version()
        long = asyncio.gather(*(ranker.ask((n,), _slow, version) for n in range(60)))
        for address in ("/fr/search?q=nudge", "/catalogue/course", "/-/versions.json"):
            assert (await served.client.get(address)).status_code == 200
        answered_first = not long.done()
        await long
        return answered_first

    assert asyncio.run(ask())
