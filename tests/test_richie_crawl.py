"""Richie: the spider against sites on loopback that behave, and misbehave, as Richie's do.

All crawls of this file run once, in one process of their own (fixtures/richie/crawl.py).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "richie"

# One worker for all: the crawls are run once.

NOT_JSON = (200, "text/html; charset=utf-8", "<!DOCTYPE html><title>API</title>")
NOT_A_LIST = (200, "application/json", '{"a": 1}')
BROKEN = (500, "text/html", "<h1>Server Error (500)</h1>")
GONE = (404, "text/html", "<h1>Not Found</h1>")

Site = dict[str, Any]


def text(name: str) -> str:
    return (FIXTURES / name).read_text("utf-8")


def two_courses(**different: Any) -> Site:
    courses = json.loads(text("courses.json"))["objects"]
    pages = {
        "/fr/cours/vendre-sans-mentir/": text("course.html"),
        "/fr/cours/compter-juste/": text("course_2021.html"),
    }
    return {
        "courses": courses,
        "english": [each | {"title": "In English"} for each in courses],
        "pages": pages,
        "words": json.loads(text("vocabularies.json")),
    } | different


def five_courses(**different: Any) -> Site:
    """Five courses, two to a page of the list."""
    model = json.loads(text("courses.json"))["objects"][1]
    courses = [model | {"id": str(n), "absolute_url": f"/fr/cours/{n}/"} for n in range(1, 6)]
    pages = {each["absolute_url"]: text("course_2021.html") for each in courses}
    return two_courses(courses=courses, pages=pages, at_most=2) | different


def no_course_pages() -> Site:
    snapshot = text("course.html").replace("index,follow,all", "noindex")
    pages = ("/fr/cours/vendre-sans-mentir/", "/fr/cours/compter-juste/")
    return two_courses(pages=dict(zip(pages, (snapshot, "<h1>Maintenance</h1>"), strict=True)))


def no_courses() -> Site:
    first, second = two_courses()["courses"]
    return two_courses(
        courses=[
            first | {"absolute_url": "https://ailleurs.exemple/x/"},
            second | {"title": None},
            second | {"id": None},
        ]
    )


def failing(part: str, fault: tuple[int, str, str], site: Site | None = None) -> Site:
    return (site or two_courses()) | {"faults": {part: fault}}


def moved(to: str) -> Site:
    return failing("/fr/cours/vendre-", (301, to, ""))


def case(site: Site, spider: str = "crawlers.platforms.fun:Fun", **more: Any) -> dict[str, Any]:
    return {"site": site, "spider": spider, "arguments": {}, "harvested": []} | more


def cases() -> dict[str, Any]:
    shifting = [[0, 1, 2, 3, 4], [2, 0, 1, 3, 4]]
    return {
        "whole": case(two_courses()),
        "portuguese": case(two_courses(), "crawlers.platforms.nau:Nau"),
        "in small pages": case(five_courses()),
        "shifting": case(five_courses(orders=[*shifting, *[[0, 1, 2, 3, 4]] * 4])),
        "growing": case(five_courses(totals=[4, 5, 5])),
        "announcing too many": case(five_courses(totals=[9] * 9)),
        "html for json": case(failing("/courses/", NOT_JSON)),
        "not a list": case(failing("/courses/", NOT_A_LIST)),
        "redirected": case(failing("/courses/", (302, "/fr/api/v1.0/courses/", ""))),
        "second page broken": case(failing("offset=2&", BROKEN, five_courses())),
        "first page broken": case(failing("/courses/", BROKEN, five_courses())),
        "no vocabulary": case(failing("/levels/", BROKEN)),
        "page gone": case(failing("/vendre-", GONE)),
        "page broken": case(failing("/vendre-", BROKEN)),
        "page moved": case(moved("/fr/cours/compter-juste/")),
        "page moved away": case(moved("https://ailleurs.exemple/x/")),
        "page moved in a circle": case(moved("/fr/cours/vendre-sans-mentir/")),
        "no course pages": case(no_course_pages()),
        "no courses": case(no_courses()),
        "matched by the site": case(two_courses(), arguments={"match": "vendre"}),
        "matched here": case(two_courses(), arguments={"match": "JU"}),
        "limited": case(five_courses(), arguments={"limit": "3"}),
        "resumed": case(two_courses(), harvested=["101"]),
        "forbidden": case(two_courses(robots="User-agent: *\nDisallow: /api/")),
    }


@pytest.fixture(scope="module")
def gave() -> Any:
    """What each case's spider gave, and what its site was asked for."""
    done = subprocess.run(
        [sys.executable, str(FIXTURES / "crawl.py")],
        input=json.dumps(cases()),
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refs(crawl: Mapping[str, Any]) -> list[str]:
    return [course["ref"] for course in crawl["courses"]]


def lists(crawl: Mapping[str, Any]) -> list[str]:
    """Offsets at which the list was asked for."""
    asked = [urlsplit(each) for each in crawl["asked"]]
    return [parse_qs(each.query)["offset"][0] for each in asked if "/courses/" in each.path]


def test_a_site_is_read_in_french_despite_cookie_and_accept_header(gave: Any) -> None:
    crawl = gave["whole"]
    assert [course["title"] for course in crawl["courses"]] == [
        "Vendre sans mentir",
        "Compter juste",
    ]
    assert (crawl["announced"], crawl["rejected"], crawl["errors"]) == (2, {}, [])
    assert (crawl["issues"], crawl["crashes"]) == ([], 0)
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


def test_a_page_that_moved_within_the_site_is_followed(gave: Any) -> None:
    crawl = gave["page moved"]
    assert (refs(crawl), crawl["rejected"], crawl["errors"]) == (["101", "102"], {}, [])
    first = crawl["courses"][0]
    assert (first["title"], first["description"]) == ("Vendre sans mentir", "Du calcul.")


def test_a_page_that_moved_away_rejects_its_course(gave: Any) -> None:
    crawl = gave["page moved away"]
    assert (refs(crawl), crawl["errors"]) == (["102"], [])
    assert crawl["rejected"] == {"101": "moved to another site: https://ailleurs.exemple/x/"}


def test_a_page_that_moves_in_a_circle_is_an_error(gave: Any) -> None:
    crawl = gave["page moved in a circle"]
    page = "/fr/cours/vendre-sans-mentir/"
    assert crawl["errors"] == [f"{crawl['base']}{page}: redirected more than 3 times"]
    assert crawl["asked"].count(page) == 4


def test_nothing_crashed(gave: Any) -> None:
    assert [name for name, crawl in gave.items() if crawl["crashes"]] == []


def test_what_is_no_course_is_rejected_and_says_why(gave: Any) -> None:
    snapshot, elsewhere = gave["no course pages"], gave["no courses"]
    assert snapshot["rejected"] == {
        "101": "noindex: the page asks not to be listed",
        "102": f"not a course's page: {snapshot['base']}/fr/cours/compter-juste/",
    }
    assert elsewhere["rejected"] == {
        "101": "no address on this site: 'https://ailleurs.exemple/x/'",
        "102": "title: None",
        "/fr/cours/compter-juste/": elsewhere["rejected"]["/fr/cours/compter-juste/"],
    }
    assert elsewhere["rejected"]["/fr/cours/compter-juste/"].startswith("no id: ")
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
