"""Pages built from the real Coursera crawl of January 2026, harvested by the real command."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from catalogue import clean

SAMPLES = Path(__file__).parents[1].parent / "shared" / "samples" / "coursera"
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
INDEX = MAP.replace("urlset", "sitemapindex")
HOME = "https://www.coursera.org"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the crawl of January 2026 is not here"),
]


def template(row: dict[str, Any], number: int) -> bytes:
    """A page that says a row in one of the three layers, by turns."""
    return (_jsonld_page, _state_page, _dom_page)[number % 3](row).encode("utf-8", "surrogatepass")


def _stated(text: str) -> str | None:
    return None if text == "N/A" else text


def _jsonld_page(row: dict[str, Any]) -> str:
    rating = {"@type": "AggregateRating", "ratingValue": _stated(row["rating"])}
    node = {
        "@type": "Course", "name": row["title"], "description": row["description"],
        "url": row["url"], "teaches": [{"name": each} for each in row["skillsGain"]],
        "educationalLevel": _level(row), "aggregateRating": rating,
        "provider": {"@type": "Organization", "name": row["partner"]},
        "hasCourseInstance": {"courseWorkload": _time(row)},
    }  # fmt: skip
    said = json.dumps(node, ensure_ascii=False).replace("</", "<\\/")
    return f'<html lang="en"><script type="application/ld+json">{said}</script><h1>Coursera</h1>'


def _state_page(row: dict[str, Any]) -> str:
    level = (_level(row) or "").removesuffix(" level").upper() or None
    node = {
        "slug": row["url"].rpartition("/")[2], "name": row["title"], "skills": row["skillsGain"],
        "description": row["description"], "difficultyLevel": level, "reviewCount": 10,
        "averageFiveStarRating": float(row["rating"]) if _stated(row["rating"]) else None,
        "primaryLanguages": [row["primaryLanguages"]], "workload": _time(row),
        "partners": [{"name": row["partner"]}],
    }  # fmt: skip
    said = json.dumps({"ROOT": {"a": [node]}}, ensure_ascii=False).replace("</", "<\\/")
    return f'<html lang="en"><div></div><script>window.__APOLLO_STATE__ = {said};</script>'


def _dom_page(row: dict[str, Any]) -> str:
    # The January crawl took prose for levels and times: it is put where that crawl looked.
    items = "".join(f"<li><span>{escape(each)}</span></li>" for each in row["skillsGain"])
    stars = f'<div aria-label="{row["rating"]} stars"></div>' if _stated(row["rating"]) else ""
    lines = "".join(
        f"<div>{escape(each)}</div>"
        for each in (row["difficultyLevel"], row["estimateCompleteTime"])
    )
    text = escape(row["description"]).replace("\n", "<br>")
    return f"""<html lang="en"><body><h1>{escape(row["title"])}</h1>
<a data-track-component="partner"><span>{escape(row["partner"])}</span></a>
<div data-e2e="key-information">{stars}{lines}</div><div>Taught in {row["primaryLanguages"]}</div>
<h2>Skills you'll gain</h2><ul>{items}</ul>
<h2>There are 4 modules in this course</h2><div>{text}</div></body></html>"""


def _level(row: dict[str, Any]) -> str | None:
    level = row["difficultyLevel"]
    return level if level in ("Beginner level", "Intermediate level", "Advanced level") else None


def _time(row: dict[str, Any]) -> str | None:
    time = row["estimateCompleteTime"]
    return time if time.endswith(" to complete") and time[:1].isdigit() else None


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """Every French course and a fair sample of the others: 2,000."""
    packed = SAMPLES / "courses_2026-01_all_nomodules.jsonl.gz"
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        everything = [json.loads(line) for line in lines]
    french = [row for row in everything if row["primaryLanguages"] == "fr"]
    others = [row for row in everything if row["primaryLanguages"] != "fr"]
    return french + random.Random(2026).sample(others, 2000 - len(french))


@pytest.fixture(scope="module")
def site(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site on loopback with a page for each row."""
    folder = tmp_path_factory.mktemp("coursera")
    (folder / "learn").mkdir()
    for number, row in enumerate(rows):
        (folder / "learn" / row["url"].rpartition("/")[2]).write_bytes(template(row, number))
    locations = "".join(f"<url><loc>{escape(row['url'])}</loc></url>" for row in rows)
    (folder / "sitemap~www~courses.xml").write_text(MAP.format(locations), "utf-8")
    child = f"<sitemap><loc>{HOME}/sitemap~www~courses.xml</loc></sitemap>"
    (folder / "sitemap.xml").write_text(INDEX.format(child), "utf-8")

    class Handler(SimpleHTTPRequestHandler):
        wbufsize = 65536

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def harvested(
    site: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The crawl's report, and the catalogue's courses by address."""
    db = tmp_path_factory.mktemp("catalogue") / "catalogue.db"
    command = [sys.executable, "-m", "moocscout", "crawl", "coursera", "--json"]
    done = subprocess.run(
        [*command, "--base-url", site, "--db", str(db)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(db) as connection:
        connection.row_factory = sqlite3.Row
        courses = {row["ref"]: dict(row) for row in connection.execute("select * from course")}
    connection.close()
    return json.loads(done.stdout)[0], courses


def test_every_page_becomes_a_course(
    harvested: tuple[dict[str, Any], dict[str, dict[str, Any]]],
) -> None:
    report, courses = harvested
    counted = {name: report[name] for name in ("announced", "read", "rejected", "errors")}
    assert counted == {"announced": 2000, "read": 2000, "rejected": 0, "errors": 0}
    assert len(courses) == 2000


def test_every_course_says_what_its_page_said(
    harvested: tuple[dict[str, Any], dict[str, dict[str, Any]]], rows: list[dict[str, Any]]
) -> None:
    _, courses = harvested
    wrong = []
    for number, row in enumerate(rows):
        held = courses[row["url"].rpartition("/")[2]]
        held["skills"] = json.loads(held["skills"] or "null")
        quotes = json.loads(held["quotes"])
        time = quotes.get("weeks") or quotes.get("total_hours") or {"words": None}
        said = {column: held[column] for column in expected(row, number)}
        wrong += [(row["url"], said)] if said != expected(row, number) else []
        wrong += [(row["url"], time)] if time["words"] != _time(row) else []
        layer = ("jsonld", "state", "dom")[number % 3]
        wrong += [(row["url"], layer)] if quotes["title"]["source"] != layer else []
    assert wrong == []


def test_a_language_that_no_page_states_is_told_from_the_description(
    harvested: tuple[dict[str, Any], dict[str, dict[str, Any]]], rows: list[dict[str, Any]]
) -> None:
    _, courses = harvested
    unstated = [
        (row["primaryLanguages"].split("-")[0], courses[row["url"].rpartition("/")[2]]["language"])
        for row in rows[::3]
    ]
    told = [(code, said) for code, said in unstated if said]
    assert len(told) > 600
    # descriptions in another language than the course's own are among these, too
    assert sum(code != said for code, said in told) < 0.01 * len(told)


def expected(row: dict[str, Any], number: int) -> dict[str, Any]:
    """What the harvest must say of a row; None is unknown."""
    load = clean.workload(_time(row))
    columns = {
        "title": clean.line(row["title"]),
        "skills": list(clean.items(row["skillsGain"]) or ()) or None,
        "level": clean.level(_level(row)),
        "rating": clean.stars(_stated(row["rating"])),
        "provider": clean.line(row["partner"]),
        "weeks": load.weeks if load else None,
        "total_hours": load.total_hours if load else None,
        "description": clean.plain(row["description"]),
    }
    if number % 3:
        columns["language"] = clean.language(row["primaryLanguages"])
    return columns
