"""The method page says what the code does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import lxml.html
import pytest

from catalogue.file import open_for_reading
from recommend import index, rank, signals, wording
from recommend.serving import application
from recommend.signals.topic import focus


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_signal_platform_and_version_is_on_the_page(
    stock: Callable[..., Path], lang: str
) -> None:
    path = stock()
    with closing(index.ensure(path)) as found:
        model = rank.model_of(found)
    served = application(path, day="2026-11-22")
    answer = asyncio.run(served.client.get(f"/{lang}/method"))
    page = lxml.html.fromstring(answer.text)
    rows = [" ".join(" ".join(row.itertext()).split()) for row in page.xpath("//tbody/tr")]
    for name, figure in {**signals.SIGNALS, "focus": focus}.items():
        rule = " ".join((figure.__doc__ or "").split("\n")[0].split())
        assert [row for row in rows if row.startswith(wording.LABELS[name][lang]) and rule in row]
    assert page.xpath("//code/text()") == [model]
    with closing(open_for_reading(path)) as db:
        titles = [title for (title,) in db.execute("select title from platform")]
    assert all(any(title in row for row in rows) for title in titles)
    assert page.get("lang") == lang
