"""The saved queries and their charts, on the demo's catalogue as an analyst meets it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest

from catalogue import same
from catalogue.file import open_for_reading, open_for_writing
from catalogue.publish import charts
from catalogue.publish.metadata import DATABASE
from catalogue.publish.queries import QUERIES
from catalogue.publish.query import Chart, Query
from catalogue.reading import rows
from catalogue.schema import TABLES
from catalogue.views import VIEWS
from recommend.serving import application
from recommend.web import prepare_connection, saved_chart, saved_query

DAY = "2026-11-22"
BY_NAME = {query.name: query for query in QUERIES}
COURSE = {"platform": "coursera", "ref": "nudge-en-pratique"}
ASKED: dict[str, tuple[dict[str, str], ...]] = {
    "open_now": ({"language": "fr", "limit": "5"}, {"platform": "fun", "day": "2026-12-01"}),
    "starting_soon": ({"days": "90"}, {"days": "200", "language": "fr"}),
    "sessions_calendar": ({"language": "fr"},),
    "session_states": ({"platform": "fun"}, {"day": "2027-03-01"}),
    "closing_calendar": ({"language": "fr"},),
    "new_this_week": ({"language": "fr"}, {"limit": "1"}),
    "changed_this_week": ({"field": "price"},),
    "gone": ({"platform": "fun"},),
    "events_since": ({"what": "price up"}, {"since": "2026-11-22", "platform": "fun"}),
    "price_moves": ({"platform": "coursera"}, {"days": "7"}),
    "platform_churn": ({"platform": "fun"},),
    "new_providers": ({"days": "30", "limit": "3"},),
    "search": ({"q": "neuromarketing"}, {"q": "marketing", "language": "fr"}),
    "words_behind": (COURSE,),
    "history": (COURSE,),
    "fits_my_time": ({"hours": "2", "weeks": "6", "free": "yes"}, {"language": "fr"}),
    "best_rated": ({"at_least": "50", "language": "en"},),
    "french_subtitles": ({"platform": "coursera"},),
    "languages": ({"platform": "fun"},),
    "hours_by_provider": ({"platform": "coursera"},),
    "subjects": ({"language": "fr"},),
    "topic_coverage": ({"q": "nudge"},),
    "topics_by_month": ({"platform": "coursera"}, {"subject": "Marketing"}),
    "rising_skills": ({"days": "30", "language": "en"},),
    "french_gaps": ({"french": "2"},),
    "topic_in_french": ({"q": "marketing"},),
    "by_level": ({"language": "fr"},),
    "by_provider_kind": ({"platform": "fun"},),
    "providers_everywhere": ({"limit": "2"},),
    "weekly_hours": ({"platform": "fun", "language": "fr"},),
    "price_per_hour": ({"currency": "usd"},),
    "price_bands": ({"platform": "fun"},),
    "access_by_platform": ({"language": "fr"},),
    "what_free_leaves_out": ({"platform": "coursera", "language": "en"},),
    "certificates": ({},),
    "price_by_level": ({"platform": "coursera"},),
    "same_elsewhere": ({"platform": "coursera"},),
    "by_platform": ({},),
    "issues_by_platform": ({"platform": "fun"},),
    "how_much_is_known": ({},),
    "visits": ({"verdict": "complete", "platform": "fun"},),
    "licences": ({"platform": "fun"},),
}
CHARTS = [query for query in QUERIES if query.chart]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, demo_run: Any) -> Path:
    """The demo's two weeks with their twins, and what they lack: a course that is gone, subtitles
    in French, an issue."""
    path = tmp_path_factory.mktemp("queries") / "catalogue.db"
    with (
        closing(sqlite3.connect(demo_run.catalogue)) as source,
        closing(sqlite3.connect(path)) as copy,
    ):
        source.backup(copy)
    with closing(open_for_writing(path)) as db:
        same.refresh(db, ())
        db.execute(
            "update course set withdrawn = ? where platform = 'fun' and ref = '11047'", [DAY]
        )
        db.execute(
            "update course set subtitles = '[\"fr\"]' where platform = 'coursera'"
            " and language = 'en' and id % 5 = 0"
        )
        (crawl,) = db.execute("select max(id) from crawl where platform = 'fun'").fetchone()
        db.execute(
            "insert into issue (crawl_id, platform, kind, field, count, example)"
            " values (?, 'fun', 'unreadable', 'price', 2, 'much')",
            [crawl],
        )
    return path


@pytest.fixture(scope="module")
def db(demo: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_for_reading(demo)) as found:
        prepare_connection(found, DATABASE, application(demo, day=DAY))
        yield found


def ask(db: sqlite3.Connection, query: Query, values: dict[str, str]) -> list[dict[str, Any]]:
    return rows(db, query.sql, dict.fromkeys(query.params, "") | values)


def test_there_are_enough_and_each_is_asked_here() -> None:
    assert len(QUERIES) >= 40
    assert list(BY_NAME) == list(ASKED), "in the order of the list"
    for name, asked in ASKED.items():
        for values in asked:
            assert set(values) <= set(BY_NAME[name].params), name


def test_no_name_hides_a_table_or_a_view() -> None:
    """Datasette finds a saved query before a table at the same address."""
    assert not BY_NAME.keys() & ({table.name for table in TABLES} | VIEWS.keys())


@pytest.mark.parametrize(
    ("name", "values"),
    [(name, values) for name, asked in ASKED.items() for values in ({}, *asked)],
    ids=lambda value: value if isinstance(value, str) else "-".join(value.values()),
)
def test_it_answers(name: str, values: dict[str, str], db: sqlite3.Connection) -> None:
    query = BY_NAME[name]
    needed = {"q": "marketing"} if "q" in query.params else {}
    needed |= COURSE if name in ("words_behind", "history") else {}
    found = ask(db, query, needed | values)
    assert found
    assert list(found[0]) == list(query.columns)
    if "limit" in values:
        assert len(found) == int(values["limit"])
    for column in ("platform", "language"):
        if column in values and column in found[0]:
            assert {row[column].partition("-")[0] for row in found} == {values[column]}


def test_two_that_are_the_same_are_told_once(db: sqlite3.Connection) -> None:
    query = BY_NAME["same_elsewhere"]
    for platform in ("", "fun", "coursera"):
        pairs = [
            frozenset(((row["platform"], row["ref"]), (row["elsewhere"], row["ref_elsewhere"])))
            for row in ask(db, query, {"platform": platform})
        ]
        assert len(pairs) == len(set(pairs)), platform


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_it_says_what_it_is_in_both_languages(query: Query) -> None:
    page = lxml.html.fromstring(f"<div>{query.as_metadata()['description_html']}</div>")
    (french,) = page.xpath("//p[@lang='fr']")
    assert french.text_content() == f"{query.title_fr}\u00a0: {query.description_fr}"
    assert query.description.endswith(".")
    assert query.description_fr.endswith(".")
    assert not re.search(r"(?<![\u202f])[;!?]|(?<!\u00a0):|'", query.description_fr)


def test_figures_are_those_that_one_counts(db: sqlite3.Connection) -> None:
    def one(name: str, **values: str) -> dict[str, Any]:
        return ask(db, BY_NAME[name], values)[0]

    listed = dict(
        db.execute("select platform, count(*) from course where withdrawn is null group by 1")
    )
    for name in ("access_by_platform", "by_level", "certificates"):
        for row in ask(db, BY_NAME[name], {}):
            values = BY_NAME[name].chart
            assert values is not None
            assert sum(row[column] for column in values.values) == listed[row["platform"]]
    move = one("price_moves")
    assert (move["old"], move["new"], move["per_cent"], move["ref"]) == (
        39.0, 45.0, 15.4, "nudge-en-pratique",
    )  # fmt: skip
    prices = "select price / per_euro from course join rate using (currency) where price > 0"
    prices += " and level is 'beginner' and withdrawn is null and billing is not 'month'"
    beginner = sorted(price for (price,) in db.execute(prices))
    (found,) = [r for r in ask(db, BY_NAME["price_by_level"], {}) if r["level"] == "beginner"]
    half = len(beginner) // 2
    middle = beginner[half] if len(beginner) % 2 else sum(beginner[half - 1 : half + 1]) / 2
    assert (found["courses"], found["median_eur"]) == (len(beginner), round(middle, 2))
    weighed = ask(db, BY_NAME["best_rated"], {"at_least": "1", "limit": "1000"})
    assert [row["weighed"] for row in weighed] == sorted(
        (row["weighed"] for row in weighed), reverse=True
    )
    assert any(row["rating"] < row["weighed"] for row in weighed)


@pytest.mark.parametrize("query", CHARTS, ids=lambda query: query.name)
def test_a_chart_draws_the_answer(query: Query, db: sqlite3.Connection) -> None:
    assert query.chart is not None
    assert {*query.chart.label, *query.chart.values} <= set(query.columns)
    values = {"q": "marketing"} if "q" in query.params else {}
    found = ask(db, query, values)
    cells = [["" if value is None else str(value) for value in row.values()] for row in found]
    drawn = lxml.etree.fromstring(str(saved_chart(query, list(query.columns), cells)))
    labels = drawn.xpath("//text[@text-anchor]")
    assert len(labels) == min(len(found), 30)
    assert drawn.get("aria-label").startswith(query.title)
    if len(query.chart.values) > 1:
        legend = [float(rect.get("x")) for rect in drawn.xpath("//rect[@width='10.0']")][:6]
        assert legend == sorted(set(legend)), "each shade has its place"
        assert legend[-1] < 600, "and its words have room"
    assert not drawn.xpath("//script | //style | //@style | //@onload")


def test_bars_are_as_long_as_their_figures() -> None:
    chart = Chart(label=("name",), values=("a", "b"))
    answer = [
        {"name": "<b>", "a": 10, "b": 30},
        {"name": None, "a": "20", "b": None},
        {"name": "x" * 90, "a": "nan", "b": -1},
    ]
    drawn = lxml.etree.fromstring(charts.svg(chart, answer, 'A "title" & more'))
    bars = [rect for rect in drawn.xpath("//rect") if rect.get("width") != "10.0"]
    widths = [float(rect.get("width")) for rect in bars]
    assert widths == [100.0, 300.0, 200.0]
    assert [float(rect.get("x")) for rect in bars] == [250.0, 350.0, 250.0]
    names = [text.text for text in drawn.xpath("//text[@text-anchor]")]
    assert names == ["<b>", "?", "x" * 35 + "…"]
    assert [text.text for text in drawn.xpath("//text[not(@text-anchor)]")][2:] == ["40", "20", "0"]
    assert drawn.get("aria-label") == 'A "title" & more'


@pytest.mark.parametrize("answer", [[], [{"name": "a", "a": 0}], [{"name": "a", "a": None}]])
def test_nothing_to_draw_is_no_chart(answer: list[dict[str, Any]]) -> None:
    assert charts.svg(Chart(label=("name",), values=("a",)), answer, "t") == ""


def test_only_our_saved_queries_are_charted() -> None:
    assert saved_query("no such query") is None
    assert saved_query(None) is None
    listed = BY_NAME["open_now"]
    assert saved_chart(listed, list(listed.columns), []) is None


@pytest.mark.asyncio
async def test_the_page_shows_chart_and_table(demo: Path) -> None:
    served = application(demo, day=DAY, public=True)
    answer = await served.client.get(f"/{DATABASE}/access_by_platform")
    page = lxml.html.fromstring(answer.text)
    assert len(page.cssselect("figure svg.chart")) == 1
    assert len(page.cssselect("table tbody tr")) == 2
    hostile = await served.client.get(f"/{DATABASE}/languages?platform=<svg/onload=alert(1)>")
    assert "<svg/onload" not in hostile.text
    view = await served.client.get(f"/{DATABASE}/completeness")
    assert "expected" in view.text


@pytest.mark.asyncio
async def test_pages_say_what_free_leaves_out_and_each_site_s_stance(
    demo: Path, db: sqlite3.Connection
) -> None:
    (found, *_) = ask(db, BY_NAME["what_free_leaves_out"], {})
    served = application(demo, day=DAY)
    course = await served.client.get(f"/fr/course/{found['platform']}/{found['ref']}")
    shown = lxml.html.fromstring(course.text).text_content()
    assert "Ce que le gratuit laisse de côté" in shown
    assert found["free_track"] in shown
    data = lxml.html.fromstring((await served.client.get("/fr/data")).text).text_content()
    for licence, robots in db.execute("select licence, robots from platform"):
        for ours in (licence, robots):
            assert ours.replace("'", "’") in data
