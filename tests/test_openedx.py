"""Open edX: runs of the course list brought together as courses, and the walk over real HTTP."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.clean import Workload
from catalogue.course import Course, course_from
from catalogue.errors import Unreadable
from crawlers.engines.openedx import LIST
from crawlers.engines.openedx_course import IGNORED, Instance, Run, course_of, effort, read, ref_of
from crawlers.pile import Pile
from crawlers.platforms.fun_lms import FunLms

FIXTURES = Path(__file__).parent / "fixtures" / "openedx"
PORT = Instance(platform="port", home="https://lms.example", timezone="Europe/Paris")
HOME = FunLms.home


def runs() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FIXTURES / "runs.json").read_text("utf-8"))
    return found


def group(listed: Iterable[Run]) -> dict[str, list[Run]]:
    """The courses of these runs, brought together as the spider does it."""
    pile = Pile()
    for each in listed:
        pile.add(each, course_of(each))
    return dict(pile.by_name())


def run(key: str = "course-v1:O+N+R", **more: Any) -> dict[str, Any]:
    return {"id": key, "name": "Name", "org": "O", "number": "N", "hidden": False, **more}


def test_runs_give_whole_courses_and_those_that_are_nobody_s_none() -> None:
    expected = json.loads((FIXTURES / "courses.json").read_text("utf-8"))
    found = [read(each, PORT).course for each in group(runs()).values()]
    assert found == [course_from(record) for record in expected]


def test_what_is_new_or_unreadable_in_a_run_is_noted() -> None:
    first, second = (read(each, PORT) for each in group(runs()).values())
    assert first.unknown == {"catalogue_key": "new"}
    assert [(field, error.words) for field, error in second.unreadable] == [
        ("pace", "weekly"),
        ("session.end", "soon"),
    ]


@pytest.mark.parametrize(
    ("words", "load"),
    [
        ("12 hours/week", Workload(weekly_low=12.0, weekly_high=12.0)),
        ("04:00", Workload(weekly_low=4.0, weekly_high=4.0)),
        ("02:30", Workload(weekly_low=2.5, weekly_high=2.5)),
        ("00:00", Workload()),
        ("00:15@07#01:40$07:00", Workload(weeks=7.0, total_hours=7.0)),
        ("3", Workload(weekly_low=3.0, weekly_high=3.0)),
        ("3-5", Workload(weekly_low=3.0, weekly_high=5.0)),
        ("3 heures", Workload(weekly_low=3.0, weekly_high=3.0)),
        ("6 weeks, 4 hours per week", Workload(weeks=6.0, weekly_low=4.0, weekly_high=4.0)),
        ("6 semaines", Workload(weeks=6.0)),
        ("10 hours in total", Workload(total_hours=10.0)),
    ],
)
def test_effort_is_hours_a_week_unless_it_says_otherwise(words: str, load: Workload) -> None:
    assert effort(words) == load


def test_words_of_effort_that_nobody_understands() -> None:
    with pytest.raises(Unreadable):
        effort("as needed, 3 or so")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Test", False),
        ("Demo", False),
        ("demo course", False),
        ("My Test Course 3", False),
        ("edX Demonstration Course", False),
        ("Software Test", True),
        ("Test your knowledge", True),
        ("Démo", False),
        ("Testing in production", True),
    ],
)
def test_trials_are_no_courses(name: str, kept: bool) -> None:
    assert bool(group([run(name=name)])) is kept


@pytest.mark.parametrize(
    ("row", "ref"),
    [
        ({"id": "course-v1:A+B+C", "org": "A", "number": "B"}, "A+B"),
        ({"id": "course-v1:A+B+C"}, "A+B"),
        ({"course_id": "A/B/C"}, "A+B"),
        ({"id": "library:strange"}, "library:strange"),
    ],
)
def test_a_run_is_of_one_organisation_and_number(row: dict[str, str], ref: str) -> None:
    assert ref_of(row) == ref


def test_a_start_that_nobody_set_is_none_and_speaks_for_no_course() -> None:
    unset = [
        run("course-v1:O+N+Z", name="Z", start="2030-01-01T00:00:00Z"),
        run("course-v1:O+N+Y", name="Y", start="2027-01-01T00:00:00Z", start_type="empty"),
        run("course-v1:O+N+A", name="A", start="2026-01-01T00:00:00Z"),
    ]
    course = read(unset, PORT).course
    assert course.title == "A"
    assert [each.start for each in course.sessions] == ["2026-01-01", None, None]


def test_the_page_on_a_course_is_where_newer_releases_say() -> None:
    said = "https://www.example/about/n"
    assert read([run(course_about_url=said)], PORT).course.url == said
    assert read([run(course_about_url="javascript:x")], PORT).course.url == (
        "https://lms.example/courses/course-v1:O+N+R/about"
    )


def test_a_language_is_declared_or_detected() -> None:
    prose = "Six semaines pour connaître vos clients, leur parler juste et vendre sans mentir."
    german = Instance(platform="p", home="https://x.example", language="de")
    assert read([run(short_description=prose)], PORT).course.language == "fr"
    assert read([run(short_description=prose)], german).course.language == "de"
    assert read([run(short_description="Court.")], PORT).course.language is None


KEYS = sorted(IGNORED | {"name", "org", "number", "effort", "start", "end", "pacing", "overview",
                         "start_type", "course_about_url", "short_description"})  # fmt: skip
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.just({"a": []})


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
@settings(max_examples=200, deadline=None)
def test_no_values_make_the_reader_fail(row: dict[str, Any]) -> None:
    for each in group([{"id": "course-v1:A+B+C", **row}]).values():
        try:
            course = read(each, PORT).course
        except Unreadable:
            continue
        assert Course.from_json(course.to_json()) == course


# The walk

Answer = tuple[int, Mapping[str, str], bytes]
AS_JSON = {"Content-Type": "application/json"}


class Lms:
    """The course list of an LMS, in pages, and each run whole; `faults` by part of the target."""

    def __init__(self, rows: list[dict[str, Any]], at_most: int = 2) -> None:
        self.rows = rows
        self.at_most = at_most
        self.faults: dict[str, Answer] = {}
        self.next_on = f"http{HOME.removeprefix('https')}"  # as behind a proxy
        self.count: int | None = None
        self.asked: list[str] = []

    def __call__(self, target: str, _: Mapping[str, str]) -> Answer:
        self.asked.append(target)
        for part, answer in self.faults.items():
            if part in target:
                return answer
        parts = urlsplit(target)
        if parts.path == LIST:
            return self._list(int(parse_qs(parts.query).get("page", ["1"])[0]))
        key = unquote(parts.path.removeprefix(LIST)).strip("/")
        found = [row for row in self.rows if row.get("id") == key]
        if parts.path.startswith(LIST) and found:
            whole = {"overview": "<p>Entier.</p>", **found[0]}
            return 200, AS_JSON, json.dumps(whole).encode()
        return 404, {"Content-Type": "text/plain"}, b""

    def _list(self, page: int) -> Answer:
        rows = self.rows[(page - 1) * self.at_most : page * self.at_most]
        more = page * self.at_most < len(self.rows)
        paging = {
            "next": f"{self.next_on}{LIST}?page={page + 1}&page_size=100" if more else None,
            "previous": None,
            # a guess until the last page
            "count": self.count or (len(self.rows) + 50 if more else len(self.rows)),
            "num_pages": 9,
        }
        shown = [{k: v for k, v in row.items() if k != "overview"} for row in rows]
        return 200, AS_JSON, json.dumps({"results": shown, "pagination": paging}).encode()


Crawl = Callable[..., tuple[dict[str, Any], list[Any]]]


@pytest.fixture
def crawl(host: Any, command: Any, tmp_path: Path) -> Crawl:
    def run(lms: Lms, *options: str, sql: str = "select ref from course") -> Any:
        ended = command("crawl", "fun_lms", "--base-url", host(lms), "--json", *options)
        with sqlite3.connect(tmp_path / "catalogue.db") as db:
            return ended.json[0], db.execute(f"{sql} order by 1").fetchall()

    return run


def test_a_walk_reads_every_page_and_each_course_s_overview(crawl: Crawl) -> None:
    lms = Lms(runs())
    said, rows = crawl(lms, sql="select ref, description from course")
    assert (said["verdict"], said["announced"], said["read"]) == ("complete", 2, 2)
    assert rows == [
        ("OldTown+H1", "Entier."),
        ("PortTownX+MKT101", "À propos\n\nUn cours sur la vente\u00a0: du quai au client."),
    ]
    assert sorted(lms.asked)[:4] == [
        f"{LIST}?page=2&page_size=100",
        f"{LIST}?page=3&page_size=100",
        f"{LIST}?page=4&page_size=100",
        f"{LIST}?page_size=100",
    ]


@pytest.mark.parametrize(
    ("part", "answer"),
    [
        ("page=3", (500, AS_JSON, b"")),
        ("page=3", (404, AS_JSON, b"{}")),
        ("page=3", (200, {"Content-Type": "text/html"}, b"<html>")),
        ("page=3", (200, AS_JSON, b'{"results": {}}')),
        ("page=2", (302, {"Location": f"https://elsewhere.example{LIST}"}, b"")),
        ("page=2", (302, {"Location": f"{LIST}?page=2"}, b"")),
    ],
    ids=["500", "404", "html", "other json", "moved away", "in a circle"],
)
def test_without_one_page_no_course_is_made(crawl: Crawl, part: str, answer: Answer) -> None:
    lms = Lms(runs())
    lms.faults[part] = answer
    said, rows = crawl(lms)
    assert (said["verdict"], said["errors"], rows) == ("partial", 1, [])


@pytest.mark.parametrize("next_on", ["https://elsewhere.example", "file://", "", "//x.example"])
def test_the_next_page_is_never_on_another_host(crawl: Crawl, next_on: str) -> None:
    lms = Lms(runs())
    lms.next_on = next_on
    said, rows = crawl(lms)
    assert (said["verdict"], said["errors"], rows) == ("partial", 1, [])
    assert [each for each in lms.asked if each != "/robots.txt"] == [f"{LIST}?page_size=100"]


def test_fewer_runs_than_announced_are_partial(crawl: Crawl) -> None:
    lms = Lms(runs())
    lms.count = 9
    said, rows = crawl(lms)
    assert (said["verdict"], said["errors"], len(rows)) == ("partial", 1, 2)


def test_an_overview_that_is_gone_rejects_and_one_that_fails_is_an_error(crawl: Crawl) -> None:
    lms = Lms([run(f"course-v1:O+N{n}+R", number=f"N{n}") for n in range(3)])
    lms.faults = {"N1+R/": (404, AS_JSON, b""), "N2+R/": (500, AS_JSON, b"")}
    said, rows = crawl(lms)
    assert (said["rejected"], said["errors"], rows) == (1, 1, [("O+N0",)])


def test_a_narrowed_walk(crawl: Crawl) -> None:
    lms = Lms(runs(), at_most=100)
    _, rows = crawl(lms, "--match", "memoire")
    assert rows == [("OldTown+H1",)]
    assert len([each for each in lms.asked if each.startswith(LIST)]) == 2
    said, _ = crawl(lms, "--limit", "1", "--fresh")
    assert said["read"] == 1


@pytest.mark.parametrize(("argument", "overview"), [(None, True), ("0", False), ("1", True)])
def test_the_overview_is_asked_for_on_demand(argument: str | None, overview: bool) -> None:
    spider = FunLms(overview=argument)
    spider._keep(run())
    (given,) = spider._courses()
    assert hasattr(given, "url") is overview


@pytest.mark.shared
def test_the_recorded_list_of_courses_edx_org_is_copies_for_classes(shared: Path) -> None:
    name = "courses_edx_org_api_v1_courses_page1_2022.json"
    rows = json.loads((shared / "samples/openedx" / name).read_text("utf-8"))["results"]
    assert group(rows) == {}
    public = [{**row, "id": f"course-v1:A+B+{n}", "name": f"N{n}"} for n, row in enumerate(rows)]
    for each in group(public).values():
        found = read(each, PORT)
        assert (found.unreadable, found.unknown) == ((), {})
        assert found.course.pace == "instructor"
