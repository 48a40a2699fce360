"""The site's own CSV, row by row: what a spreadsheet would run is words, the rest is as it was."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.course import Course
from catalogue.export.tables import cell
from recommend.serving import application
from recommend.web.csv_guard import harmless

Stock = Callable[..., Path]
EVIL = '=HYPERLINK("https://x.example","Cours")'
TITLES = (
    EVIL,
    "+33 1 23",
    "Nudge;=1+1",
    '"Guillemets", et\nlignes',
    "-5",
    "Électricité",
    "@SUM(A1)",
)


def passed_on(chunks: list[bytes], kind: bytes = b"text/csv; charset=utf-8") -> bytes:
    """What comes out where an application answers in these pieces."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"Content-Type", kind), (b"content-length", b"7")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for chunk in chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/catalogue/course.csv", "query_string": b""}
    asyncio.run(harmless(app)(scope, None, send))
    lengths = [name for name, _ in sent[0]["headers"] if name.lower() == b"content-length"]
    assert bool(lengths) is (b"html" in kind)
    return b"".join(message.get("body", b"") for message in sent)


@given(
    st.lists(st.lists(st.sampled_from(TITLES) | st.text(max_size=20), min_size=2, max_size=2)),
    st.integers(1, 40),
)
def test_wherever_it_is_cut_each_cell_is_that_of_the_export(
    rows: list[list[str]], size: int
) -> None:
    rows = [[words.replace("\x00", "").replace("\r", " ") for words in row] for row in rows]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    data = text.getvalue().encode("utf-8", "replace")
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    found = list(csv.reader(io.StringIO(passed_on(chunks).decode(), newline="")))
    given_rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    for row, was in zip(found, given_rows, strict=True):
        for words, before in zip(row, was, strict=True):
            figure = re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", before, re.IGNORECASE)
            assert words == (before if figure else cell(before))


def test_other_answers_pass_untouched() -> None:
    assert passed_on([b"<p>=1+1</p>"], b"text/html") == b"<p>=1+1</p>"


@pytest.mark.parametrize(
    "address", ["course.csv?_size=max", "course.csv?_dl=1", "new_this_week.csv"]
)
def test_no_address_of_the_site_gives_a_formula(stock: Stock, address: str) -> None:
    courses = [
        Course(platform="fun", ref=str(at), url=f"https://x.example/{at}", title=title, price=0.0)
        for at, title in enumerate(TITLES)
    ]
    served = application(stock(*courses), day="2026-11-22")
    answer = asyncio.run(served.client.get(f"/catalogue/{address}"))
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert {row["title"] for row in rows} == {
        f"'{EVIL}", "'+33 1 23", "Nudge;'=1+1", '"Guillemets", et\nlignes', "-5", "Électricité",
        "'@SUM(A1)",
    }  # fmt: skip
    assert {row["price"] for row in rows} == {"0.0"}
