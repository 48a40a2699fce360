"""Richie: the spider against sites on loopback that behave, and misbehave, as Richie's do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
import pytest

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "richie"
FUN = ROOT.parent / "shared" / "samples" / "fun"

# All crawls run in one process, so they stay on one worker.
pytestmark = pytest.mark.xdist_group("richie")

Answer = tuple[int, str, bytes]
ROBOTS: Answer = (200, "text/plain", b"User-Agent: *\n")
PAGE_NOT_JSON: Answer = (200, "text/html; charset=utf-8", b"<!DOCTYPE html><title>API</title>")
BROKEN: Answer = (500, "text/html", b"<h1>Server Error (500)</h1>")
GONE: Answer = (404, "text/html", b"<h1>Not Found</h1>")


def as_json(value: Any) -> Answer:
    return 200, "application/json", json.dumps(value).encode()


@attrs.define
class LookAlike:
    """A Richie site: vocabularies, list, pages, and the traps of the real one.

    Whatever is asked sets the cookie django_language to English; the cookie wins over
    Accept-Language; an API that is asked for HTML answers HTML.
    """

    courses: list[dict[str, Any]]
    pages: Mapping[str, bytes]
    words: Mapping[str, list[dict[str, Any]]]
    english: list[dict[str, Any]] = attrs.Factory(list)
    at_most: int = 100
    """The site may give fewer objects than asked for."""
    faults: dict[str, Answer] = attrs.Factory(dict)
    """Answers by a part of the address, instead of the right ones."""
    totals: list[int] = attrs.Factory(list)
    """What successive pages of the list say is the total, where it is not the truth."""
    orders: list[list[int]] = attrs.Factory(list)
    """Order of the courses, by index, at successive requests for the list; then as they are."""
    asked: list[str] = attrs.Factory(list)

    def answer(self, target: str, headers: Mapping[str, str]) -> Answer:
        self.asked.append(target)
        for part, fault in self.faults.items():
            if part in target:
                return fault
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return ROBOTS
        if parts.path.startswith("/api/v1.0/"):
            return self._api(parts.path.split("/")[3], parse_qs(parts.query), headers)
        found = self.pages.get(parts.path)
        return (200, "text/html; charset=utf-8", found) if found else GONE

    def _api(self, kind: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        if "application/json" not in headers.get("Accept", ""):
            return PAGE_NOT_JSON
        tongue = headers.get("Cookie", "").partition("django_language=")[2]
        english = (tongue or headers.get("Accept-Language", "fr")).startswith("en")
        if kind != "courses":
            return self._slice(self.words.get(kind, []), query)
        courses = self.english if english else self.courses
        if self.orders:
            courses = [courses[index] for index in self.orders.pop(0)]
        return self._slice(courses, query, self.totals.pop(0) if self.totals else None)

    def _slice(
        self, objects: list[Any], query: Mapping[str, Any], total: int | None = None
    ) -> Answer:
        offset = int(query["offset"][0])
        found = objects[offset : offset + min(int(query["limit"][0]), self.at_most)]
        total = len(objects) if total is None else total
        meta = {"count": len(found), "offset": offset, "total_count": total}
        return as_json({"meta": meta, "objects": found})


@contextmanager
def served(site: LookAlike) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = site.answer(self.path, self.headers)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Set-Cookie", "django_language=en; Path=/")
            if status == 302:
                self.send_header("Location", "/fr/api/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fixture(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text("utf-8"))


def two_courses() -> LookAlike:
    courses = fixture("courses.json")["objects"]
    pages = {
        "/fr/cours/vendre-sans-mentir/": (FIXTURES / "course.html").read_bytes(),
        "/fr/cours/compter-juste/": (FIXTURES / "course_2021.html").read_bytes(),
    }
    english = [each | {"title": "In English"} for each in courses]
    return LookAlike(courses, pages, fixture("vocabularies.json"), english)


def five_courses() -> LookAlike:
    """Five courses, two to a page of the list."""
    model = fixture("courses.json")["objects"][1]
    page = (FIXTURES / "course_2021.html").read_bytes()
    courses = [model | {"id": str(n), "absolute_url": f"/fr/cours/{n}/"} for n in range(1, 6)]
    pages = {each["absolute_url"]: page for each in courses}
    return LookAlike(courses, pages, fixture("vocabularies.json"), at_most=2)


@attrs.define
class Case:
    """One crawl: the site, the spider's arguments, what was harvested before."""

    site: LookAlike
    arguments: dict[str, Any] = attrs.Factory(dict)
    harvested: tuple[str, ...] = ()
    spider: str = "crawlers.platforms.fun:Fun"


def cases() -> dict[str, Case]:
    foreign = two_courses()
    foreign.courses[0] = foreign.courses[0] | {"absolute_url": "https://ailleurs.exemple/x/"}
    foreign.courses[1] = foreign.courses[1] | {"title": None}
    noindex = two_courses()
    noindex.pages = {
        path: page.replace(b"index,follow,all", b"noindex").replace(b"course-detail", b"x")
        for path, page in noindex.pages.items()
    }
    noindex.pages["/fr/cours/compter-juste/"] = b"<html><h1>Maintenance</h1></html>"
    return {
        "whole": Case(two_courses()),
        "portuguese": Case(two_courses(), spider="crawlers.platforms.nau:Nau"),
        "in small pages": Case(five_courses()),
        "shifting": Case(attrs.evolve(five_courses(), orders=[[0, 1, 2, 3, 4], [2, 0, 1, 3, 4]])),
        "growing": Case(attrs.evolve(five_courses(), totals=[4, 5, 5])),
        "announcing too many": Case(attrs.evolve(five_courses(), totals=[9] * 9)),
        "html for json": Case(attrs.evolve(two_courses(), faults={"/courses/": PAGE_NOT_JSON})),
        "not a list": Case(attrs.evolve(two_courses(), faults={"/courses/": as_json({"a": 1})})),
        "redirected": Case(attrs.evolve(two_courses(), faults={"/courses/": (302, "", b"")})),
        "second page broken": Case(attrs.evolve(five_courses(), faults={"offset=2&": BROKEN})),
        "first page broken": Case(attrs.evolve(five_courses(), faults={"/courses/": BROKEN})),
        "no vocabulary": Case(attrs.evolve(two_courses(), faults={"/levels/": BROKEN})),
        "page gone": Case(attrs.evolve(two_courses(), faults={"/vendre-": GONE})),
        "page broken": Case(attrs.evolve(two_courses(), faults={"/vendre-": BROKEN})),
        "no course pages": Case(noindex),
        "no courses": Case(foreign),
        "matched by the site": Case(two_courses(), {"match": "vendre"}),
        "matched here": Case(two_courses(), {"match": "JU"}),
        "limited": Case(five_courses(), {"limit": "3"}),
        "resumed": Case(two_courses(), harvested=("101",)),
        "forbidden": Case(
            attrs.evolve(
                two_courses(),
                faults={"robots": (200, "text/plain", b"User-agent: *\nDisallow: /api/")},
            )
        ),
    }


def crawled(wanted: dict[str, Case]) -> dict[str, Any]:
    """What each case's spider gave, with the addresses that its site was asked for."""
    with ExitStack() as open_sites:
        wishes = {
            name: {
                "spider": case.spider,
                "arguments": case.arguments
                | {"base_url": open_sites.enter_context(served(case.site))},
                "harvested": case.harvested,
            }
            for name, case in wanted.items()
        }
        done = subprocess.run(
            [sys.executable, str(FIXTURES / "crawl.py")],
            input=json.dumps(wishes),
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    for name, case in wanted.items():
        told[name] |= {"asked": case.site.asked, "base": wishes[name]["arguments"]["base_url"]}
    return told


@pytest.fixture(scope="module")
def gave() -> dict[str, Any]:
    return crawled(cases())


def refs(crawl: Mapping[str, Any]) -> list[str]:
    return sorted(course["ref"] for course in crawl["courses"])


def lists(crawl: Mapping[str, Any]) -> list[str]:
    """Offsets at which the list was asked for."""
    asked = [urlsplit(each) for each in crawl["asked"]]
    return [parse_qs(each.query)["offset"][0] for each in asked if "/courses/" in each.path]


def test_a_site_is_read_in_french_despite_cookie_and_accept_header(gave: Any) -> None:
    crawl = gave["whole"]
    assert sorted(course["title"] for course in crawl["courses"]) == [
        "Compter juste",
        "Vendre sans mentir",
    ]
    assert (crawl["announced"], crawl["rejected"], crawl["errors"]) == (2, {}, [])
    assert (crawl["issues"], crawl["exceptions"]) == ([], 0)
    first = next(course for course in crawl["courses"] if course["ref"] == "101")
    assert first["url"] == crawl["base"] + "/fr/cours/vendre-sans-mentir/"
    assert (first["platform"], first["subjects"]) == ("fun", ["Société", "Commerce"])


def test_robots_then_vocabularies_then_list_then_pages(gave: Any) -> None:
    kinds = [urlsplit(each).path for each in gave["whole"]["asked"]]
    assert kinds[:5] == [
        "/robots.txt",
        "/api/v1.0/subjects/",
        "/api/v1.0/levels/",
        "/api/v1.0/organizations/",
        "/api/v1.0/courses/",
    ]
    assert sorted(kinds[5:]) == ["/fr/cours/compter-juste/", "/fr/cours/vendre-sans-mentir/"]
    assert "/api/v1.0/courses/?limit=100&offset=0&scope=objects" in gave["whole"]["asked"]


def test_another_site_is_a_platform_file(gave: Any) -> None:
    crawl = gave["portuguese"]
    assert refs(crawl) == ["101", "102"]
    assert {course["platform"] for course in crawl["courses"]} == {"nau"}


def test_the_next_page_begins_where_the_last_one_ended(gave: Any) -> None:
    crawl = gave["in small pages"]
    assert refs(crawl) == ["1", "2", "3", "4", "5"]
    assert lists(crawl) == ["0", "2", "4"]


def test_a_list_that_shifts_while_it_is_read_is_walked_again(gave: Any) -> None:
    crawl = gave["shifting"]
    assert refs(crawl) == ["1", "2", "3", "4", "5"], "each once, course 3 by the second walk"
    assert lists(crawl) == ["0", "2", "4", "0", "2", "4"]
    assert (crawl["announced"], crawl["errors"]) == (5, [])


def test_a_total_that_changes_is_noted(gave: Any) -> None:
    crawl = gave["growing"]
    assert (refs(crawl), crawl["announced"]) == (["1", "2", "3", "4", "5"], 5)
    assert ["site_changed", "total_count", 1] in crawl["issues"]


def test_more_announced_than_there_is_ends_with_honest_numbers(gave: Any) -> None:
    crawl = gave["announcing too many"]
    assert (len(crawl["courses"]), crawl["announced"]) == (5, 9)
    assert lists(crawl) == ["0", "2", "4", "5"] * 2, "two walks, no more"


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("html for json", "JSON expected, got text/html; charset=utf-8: b'<!DOCTYPE html>"),
        ("not a list", "not a Richie list: b'{\"a\": 1}'"),
        ("redirected", "HTTP 302"),
    ],
)
def test_what_is_no_list_is_an_error_in_words(gave: Any, case: str, said: str) -> None:
    crawl = gave[case]
    assert (crawl["courses"], crawl["announced"]) == ([], None)
    assert len(crawl["errors"]) == 1
    assert said in crawl["errors"][0]
    assert crawl["issues"] == [["fetch", "/api/v1.0/courses/", 1]]


def test_a_broken_page_of_the_list_does_not_hide_the_pages_after_it(gave: Any) -> None:
    crawl = gave["second page broken"]
    assert refs(crawl) == ["1", "2", "5"]
    assert crawl["announced"] == 5
    assert [each.rpartition(": ")[2] for each in crawl["errors"]] == ["HTTP 500", "HTTP 500"]
    assert lists(crawl) == ["0", "2", "4"] * 2


def test_a_list_that_never_begins_ends_at_once(gave: Any) -> None:
    crawl = gave["first page broken"]
    assert (lists(crawl), len(crawl["errors"]), crawl["announced"]) == (["0"], 1, None)


def test_without_a_vocabulary_nothing_is_read_with_fewer_facts(gave: Any) -> None:
    crawl = gave["no vocabulary"]
    assert (crawl["courses"], lists(crawl)) == ([], [])
    assert crawl["errors"][0].endswith("HTTP 500")


def test_a_page_that_is_gone_rejects_its_course(gave: Any) -> None:
    crawl = gave["page gone"]
    assert (refs(crawl), crawl["announced"]) == (["102"], 2)
    assert (crawl["rejected"], crawl["errors"]) == ({"101": "page: HTTP 404"}, [])


def test_a_page_that_fails_is_an_error_and_its_course_is_not_read_by_half(gave: Any) -> None:
    crawl = gave["page broken"]
    assert (refs(crawl), crawl["rejected"]) == (["102"], {})
    assert crawl["errors"] == [crawl["base"] + "/fr/cours/vendre-sans-mentir/: HTTP 500"]


def test_what_is_no_course_is_rejected_and_says_why(gave: Any) -> None:
    snapshot, elsewhere = gave["no course pages"], gave["no courses"]
    assert snapshot["rejected"] == {
        "101": "noindex: the page asks not to be listed",
        "102": f"not a course's page: {snapshot['base']}/fr/cours/compter-juste/",
    }
    assert elsewhere["rejected"] == {
        "101": "no address on this site: 'https://ailleurs.exemple/x/'",
        "102": "title: None",
    }
    assert snapshot["errors"] == elsewhere["errors"] == []


def test_narrowed_to_a_text(gave: Any) -> None:
    by_site, here = gave["matched by the site"], gave["matched here"]
    assert "/api/v1.0/courses/?limit=100&offset=0&scope=objects&query=vendre" in by_site["asked"]
    assert refs(here) == ["102"]
    assert not any("query" in each for each in here["asked"])


def test_limited_to_so_many_courses(gave: Any) -> None:
    assert refs(gave["limited"]) == ["1", "2", "3"]
    assert lists(gave["limited"]) == ["0", "2"]


def test_what_an_interrupted_run_has_read_is_not_asked_for_again(gave: Any) -> None:
    crawl = gave["resumed"]
    assert refs(crawl) == ["102"]
    assert "/fr/cours/vendre-sans-mentir/" not in crawl["asked"]


def test_robots_that_forbid_the_api_are_obeyed(gave: Any) -> None:
    crawl = gave["forbidden"]
    assert crawl["asked"] == ["/robots.txt"]
    assert len(crawl["errors"]) == 1
    assert "robots.txt" in crawl["errors"][0]
