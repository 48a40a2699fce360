"""The method page says what the code does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from catalogue.file import open_for_reading
from recommend import index, rank, signals, wording
from recommend.serving import application


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def figures(text: str) -> set[str]:
    """The numbers of a text, written in one way."""
    plain = text.replace("\u2212", "-").replace(",", ".")
    return set(re.findall(r"[+-]?\d+(?:\.\d+)?", plain))


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
    rules = {div.find("dt").text: words(div.find("dd")) for div in page.cssselect(".rules > div")}
    for name, figure in signals.SIGNALS.items():
        label = wording.LABELS[name][lang].replace("'", "’")
        said = rules[label]
        rule, _, _ = (figure.__doc__ or "").partition("\n")
        assert figures(rule) <= figures(said), name
        assert not re.search("[A-Z]{3}", said), name
    assert len(rules) == len(signals.SIGNALS)
    rows = [words(row) for row in page.xpath("//tbody/tr")]
    assert page.xpath("//code/text()") == [model]
    with closing(open_for_reading(path)) as db:
        titles = [title for (title,) in db.execute("select title from platform")]
    assert all(any(title in row for row in rows) for title in titles)
    assert page.get("lang") == lang
