"""MOOChub: resources of both versions in every shape seen, and the walk over real HTTP."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.course import Course, course_from
from catalogue.errors import Unreadable
from crawlers.engines.moochub_course import _READ, IGNORED, Provider, Reading, read

FIXTURES = Path(__file__).parent / "fixtures" / "moochub"
HUB = Provider(platform="hub", home="https://open.hpi.de", timezone="Europe/Berlin")


def fixture(name: str) -> Any:
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def reading(**attributes: Any) -> Reading:
    said = {"name": "N", "url": "https://open.hpi.de/courses/n", **attributes}
    return read({"id": "1", "type": "Course", "attributes": said}, HUB)


def facts(found: Reading, *columns: str) -> tuple[Any, ...]:
    return tuple(getattr(found.course, column) for column in columns)


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_resources_give_whole_courses(version: str) -> None:
    resources = [each for each in fixture(version)["data"] if each["type"] != "Program"]
    expected = [course_from(record) for record in fixture(f"{version}_courses")]
    assert [read(each, HUB).course for each in resources] == expected


def test_what_is_new_or_unreadable_in_a_resource_is_noted() -> None:
    found = read(fixture("v3")["data"][0], HUB)
    assert found.unknown == {"newKey": "{'a': 1}"}
    assert [(field, error.words) for field, error in found.unreadable] == [
        ("certificate_price", "1000 EUR")
    ]


@pytest.mark.parametrize(
    ("duration", "weeks", "hours"),
    [
        ("P2W", 2.0, None),
        ("P1M", 4.348, None),
        ("P0.5D", 0.071, None),
        ("P0,5D", 0.071, None),
        ("P1DT23H45M", 0.284, None),
        ("PT3H", None, 3.0),
        ("6 Wochen", 6.0, None),
        (None, None, None),
        ("bald", None, None),
        ("Pauschal 3 Tage", None, None),
    ],
)
def test_durations(duration: str | None, weeks: float | None, hours: float | None) -> None:
    assert facts(reading(duration=duration), "weeks", "total_hours") == (weeks, hours)


@pytest.mark.parametrize(
    ("workload", "weekly", "total"),
    [
        (4, 4.0, None),
        (2.5, 2.5, None),
        (0, None, None),
        (True, None, None),
        ({"timeValue": 3, "timeUnit": "h/week"}, 3.0, None),
        ({"timeValue": "10", "timeUnit": "h/month"}, 2.3, None),
        ({"timeValue": 3, "timeUnit": "h/day"}, None, None),
        ({"timeValue": None, "timeUnit": "h/week"}, None, None),
        ("5 Stunden", None, 5.0),
        ("3 Stunden pro Woche", 3.0, None),
        ("viel", None, None),
    ],
)
def test_workloads(workload: Any, weekly: float | None, total: float | None) -> None:
    found = reading(workload=workload)
    assert facts(found, "weekly_hours_high", "total_hours") == (weekly, total)


@pytest.mark.parametrize(
    ("attributes", "columns"),
    [
        ({"access": ["free"]}, ("free_full", None, None, None)),
        ({"access": ["paid"]}, ("paid", None, None, None)),
        ({"access": ["free", "paid"]}, ("free_audit_limited", None, None, None)),
        ({"access": "free"}, ("free_full", None, None, None)),
        ({"access": ["member-only"]}, (None, None, None, None)),
        ({"access": ["student", "other"]}, (None, None, None, None)),
        (
            {"access": ["paid"], "offer": [{"price": 9.5, "category": "complete"}]},
            ("paid", 9.5, None, None),
        ),
        (
            {"access": ["paid"], "offer": [{"price": "soon", "category": "course"}]},
            ("paid", None, None, None),
        ),
        (
            {"access": ["free"], "offer": [{"price": 0, "category": "certificate"}]},
            ("free_full", None, "free", 0.0),
        ),
        ({"offer": {"price": 5, "category": "raffle"}}, (None, None, None, None)),
        # openHPI's own `offers`, of which the unit of the price is not known
        (
            {"access": ["free"], "offers": [{"price": 0, "category": "course"}]},
            ("free_full", 0.0, None, None),
        ),
        (
            {"access": ["paid"], "offers": [{"price": 1000, "category": "course"}]},
            ("paid", None, None, None),
        ),
        (
            {"access": ["paid"], "offers": [{"price": 1000, "category": "certificate"}]},
            (None, None, "paid", None),
        ),
    ],
)
def test_offers(attributes: dict[str, Any], columns: tuple[Any, ...]) -> None:
    found = reading(**attributes)
    assert facts(found, "access", "price", "certificate", "certificate_price") == columns


def test_how_a_price_is_paid() -> None:
    offer = {"price": 10, "priceCurrency": "EUR", "paymentFrequency": "monthly"}
    assert facts(reading(offer=[offer]), "price", "currency", "billing") == (10.0, "EUR", "month")


@pytest.mark.parametrize(
    ("attributes", "dates"),
    [
        ({"startDate": "2026-10-20"}, [("2026-10-20", None)]),
        ({"startDate": ["2026-10-20"], "endDate": None}, [("2026-10-20", None)]),
        (
            {"startDate": ["2027-01-01", "2026-01-01"], "endDate": ["2027-02-01", "2026-02-01"]},
            [("2026-01-01", "2026-02-01"), ("2027-01-01", "2027-02-01")],
        ),
        (
            {"startDate": ["2026-01-01", "2027-01-01"], "endDate": ["2027-02-01"]},
            [("2026-01-01", None), ("2027-01-01", None)],
        ),
        ({"startDate": None, "endDate": ["2026-02-01"]}, [(None, "2026-02-01")]),
        ({"startDate": "demnächst"}, []),
        ({}, []),
    ],
)
def test_dates_become_sessions(attributes: dict[str, Any], dates: list[Any]) -> None:
    found = reading(**attributes)
    assert [(each.start, each.end) for each in found.course.sessions] == dates


@pytest.mark.parametrize("key", ["id", "name", "url"])
def test_without_identifier_name_or_address_there_is_no_course(key: str) -> None:
    resource = {"id": "1", "attributes": {"name": "N", "url": "https://x.example/n"}}
    (resource if key == "id" else resource["attributes"])[key] = None  # type: ignore[index]
    with pytest.raises(Unreadable):
        read(resource, HUB)


KEYS = sorted(_READ | IGNORED)
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "price", "category", "timeValue"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
@settings(max_examples=300, deadline=None)
def test_no_values_make_the_reader_fail(attributes: dict[str, Any]) -> None:
    course = reading(**{**attributes, "name": "N", "url": "https://x.example/n"}).course
    assert Course.from_json(course.to_json()) == course


# The walk

Answer = tuple[int, Mapping[str, str], bytes]
JSON_API = "application/vnd.api+json; moochub-version={}; charset=utf-8"
LIST = "/bridges/moochub/courses"


def resource(number: int, **attributes: Any) -> dict[str, Any]:
    said = {"name": f"Kurs {number}", "url": f"https://open.hpi.de/courses/{number}", **attributes}
    return {"id": f"id-{number}", "type": "Course", "attributes": said}


class Hub:
    """A server that speaks some versions, in pages of two, as Xikolo does."""

    def __init__(self, count: int = 5, versions: tuple[int, ...] = (3,)) -> None:
        self.resources = [resource(number) for number in range(count)]
        self.versions = versions
        self.headers: dict[str, str] = {}
        self.next_on = "https://open.hpi.de"
        self.faults: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []

    def __call__(self, target: str, headers: Mapping[str, str]) -> Answer:
        if target == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b""
        self.asked.append((target, headers["Accept"]))
        if target in self.faults:
            return self.faults[target]
        if not target.startswith(LIST):
            return 404, {}, b""
        version = headers["Accept"].partition("moochub-version=")[2]
        if version not in [str(each) for each in self.versions]:
            problem = {"title": "not acceptable", "status": 406}
            kind = {"Content-Type": "application/problem+json"}
            return 406, kind, json.dumps(problem).encode()
        kind = {"Content-Type": JSON_API.format(f"{version}.0")}
        return 200, kind | self.headers, json.dumps(self.page(target)).encode()

    def page(self, target: str) -> dict[str, Any]:
        number = int(target.partition("page=")[2] or 1)
        last = -(-len(self.resources) // 2)
        links = {"last": f"{self.next_on}{LIST}?page={last}"}
        if number < last:
            links["next"] = f"{self.next_on}{LIST}?page={number + 1}"
        return {"links": links, "data": self.resources[2 * number - 2 : 2 * number]}


Crawl = Callable[..., tuple[dict[str, Any], list[Any]]]


@pytest.fixture
def crawl(host: Any, command: Any, tmp_path: Path) -> Crawl:
    def run(
        hub: Any, *options: str, name: str = "openhpi", sql: str = "select ref from course"
    ) -> Any:
        ended = command("crawl", name, "--base-url", host(hub), "--json", *options)
        with sqlite3.connect(tmp_path / "catalogue.db") as db:
            return ended.json[0], db.execute(f"{sql} order by 1").fetchall()

    return run


def issues(crawl: Crawl, hub: Any, **more: Any) -> list[Any]:
    return crawl(hub, sql="select kind, field, example from issue", **more)[1]


def test_a_walk_reads_every_page_of_the_newest_version(crawl: Crawl) -> None:
    hub = Hub()
    said, rows = crawl(hub)
    assert (said["verdict"], said["read"], len(rows)) == ("complete", 5, 5)
    asked = "application/vnd.api+json; moochub-version=3"
    assert hub.asked == [(LIST, asked), (f"{LIST}?page=2", asked), (f"{LIST}?page=3", asked)]


def test_an_older_version_is_asked_for_where_the_newest_is_refused(crawl: Crawl) -> None:
    hub = Hub(versions=(2,))
    hub.resources = [{**each, "type": "courses"} for each in hub.resources]
    assert issues(crawl, hub) == [("site_changed", "version", "3 is refused, 2 is asked for")]
    assert [accept[-1] for _, accept in hub.asked] == ["3", "2", "2", "2"]


def test_versions_may_have_addresses_of_their_own(crawl: Crawl) -> None:
    page = json.dumps({"data": fixture("v2")["data"][:1]}).encode()
    hub = Hub()
    hub.faults["/mooc/local/moochubs/moochubs_v2.json"] = (200, {}, page)
    said, rows = crawl(hub, name="imoox")
    assert (said["verdict"], rows) == ("complete", [("3",)])
    assert [target for target, _ in hub.asked] == [
        "/mooc/local/moochubs/classes/webservice.php",
        "/mooc/local/moochubs/moochubs_v2.json",
    ]


def test_a_list_in_one_file_has_no_links(crawl: Crawl) -> None:
    hub = Hub()
    hub.faults["/oersi.json"] = (200, {}, json.dumps(fixture("v2")).encode())
    said, rows = crawl(hub, name="vhb")
    assert (said["verdict"], rows) == ("complete", [("3",), ("7",)])


def test_a_version_that_will_end_is_warned_of(crawl: Crawl) -> None:
    hub = Hub()
    day = "Thu, 31 Dec 2026 23:00:00 GMT"
    hub.headers = {"Sunset": day}
    assert issues(crawl, hub) == [("site_changed", "Sunset", day)]


def test_a_version_that_nobody_knows_is_noted(crawl: Crawl) -> None:
    hub = Hub()
    hub.headers = {"Content-Type": JSON_API.format("4.1")}
    assert issues(crawl, hub) == [("site_changed", "version", "answers in 4")]


def test_no_version_at_all_is_an_error(crawl: Crawl) -> None:
    said, rows = crawl(Hub(versions=()))
    assert (said["verdict"], said["errors"], rows) == ("partial", 1, [])


NO_PAGE = {
    "404": (404, {}, b""),
    "406": (406, {}, b"{}"),
    "no data": (200, {}, b'{"data": null}'),
    "a list": (200, {}, b"[]"),
    "moved away": (302, {"Location": f"https://elsewhere.example{LIST}?page=2"}, b""),
}
NO_WAY_ON = {
    "circle": b'{"data": [], "links": {"next": "?page=2"}}',
    "other host": b'{"data": [], "links": {"next": {"href": "https://elsewhere.example/"}}}',
    "last page missing": b'{"data": [], "links": {"next": null, "last": "?page=3"}}',
}


@pytest.mark.parametrize("answer", NO_PAGE)
def test_behind_a_page_that_fails_the_list_goes_on(crawl: Crawl, answer: str) -> None:
    hub = Hub()
    hub.faults[f"{LIST}?page=2"] = NO_PAGE[answer]
    said, rows = crawl(hub)
    assert (said["verdict"], said["errors"], len(rows)) == ("partial", 1, 3)
    assert [target for target, _ in hub.asked] == [LIST, f"{LIST}?page=2", f"{LIST}?page=3"]


@pytest.mark.parametrize("answer", NO_WAY_ON)
def test_a_page_that_says_no_way_on_makes_it_partial(crawl: Crawl, answer: str) -> None:
    hub = Hub()
    hub.faults[f"{LIST}?page=2"] = (200, {}, NO_WAY_ON[answer])
    said, rows = crawl(hub)
    assert (said["verdict"], said["errors"], len(rows)) == ("partial", 1, 2)
    assert {target for target, _ in hub.asked} == {LIST, f"{LIST}?page=2"}


def test_a_broken_site_that_claims_to_be_endless_is_left(crawl: Crawl) -> None:
    hub = Hub(count=10**6)
    hub.resources[2:] = []
    hub.page = lambda target: (  # type: ignore[method-assign]
        {"links": {"last": f"{LIST}?page=500000", "next": f"{LIST}?page=2"}, "data": hub.resources}
        if "page" not in target
        else {"data": None}
    )
    said, _ = crawl(hub)
    assert (said["verdict"], said["errors"]) == ("partial", 11)


def test_what_is_no_course_or_comes_twice_is_noted(crawl: Crawl) -> None:
    hub = Hub()
    hub.resources = [
        resource(1),
        resource(1),
        {"id": "p", "type": "Program", "attributes": {}},
        {"id": "q", "type": "Course", "attributes": None},
        {"type": "Course", "attributes": {"name": "N", "url": "https://x.example"}},
        "text",  # type: ignore[list-item]
    ]
    said, rows = crawl(hub, sql="select kind, field from issue")
    assert (said["read"], said["rejected"]) == (1, 3)
    assert rows == [
        ("duplicate", "id"),
        ("rejected", "no address"),
        ("rejected", "no identifier"),
        ("rejected", "no resource"),
        ("unknown_field", "type"),
    ]


def test_a_narrowed_walk(crawl: Crawl) -> None:
    hub = Hub()
    _, rows = crawl(hub, "--match", "kurs 3")
    assert rows == [("id-3",)]
    hub.asked.clear()
    said, _ = crawl(hub, "--limit", "2", "--fresh")
    assert (said["read"], len(hub.asked)) == (2, 1)


# Recorded


@pytest.mark.shared
def test_every_field_of_the_schema_is_read_or_ignored_by_name(shared: Path) -> None:
    schema = json.loads((shared / "samples/moochub/moochub-schema.v3.0.1.json").read_text("utf-8"))
    attributes = schema["properties"]["data"]["items"]["properties"]["attributes"]["properties"]
    assert set(attributes) <= _READ | IGNORED


@pytest.mark.shared
def test_the_schema_s_own_example(shared: Path) -> None:
    page = json.loads((shared / "samples/moochub/v3_spec_example_page.json").read_text("utf-8"))
    said = page["data"]["attributes"]
    found = read(page["data"], HUB)
    assert (found.unreadable, found.unknown) == ((), {})
    assert facts(
        found, "title", "code", "level", "weeks", "weekly_hours_low", "access", "price",
        "certificate_price", "languages", "instructors", "provider",
    ) == (
        said["name"], said["courseCode"], "intermediate", 2.0, 3.0, "free_full", 0.0, 50.0,
        ("en",), (said["instructor"][0]["name"],), said["publisher"]["name"],
    )  # fmt: skip
    assert set(said["keywords"]) < set(found.course.subjects or ())


@pytest.mark.shared
def test_a_recorded_course_of_version_2(shared: Path) -> None:
    resource = json.loads((shared / "samples/moochub/kicampus_v2_element.json").read_text("utf-8"))
    found = read(resource, HUB)
    assert (found.unreadable, found.unknown) == ((), {})
    assert facts(found, "ref", "title", "access", "provider", "languages") == (
        resource["id"],
        resource["attributes"]["name"],
        "free_full",
        "KI-Campus",
        ("de",),
    )
