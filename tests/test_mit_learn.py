"""MIT Learn: invented answers in the API's shape, and the recorded ones where they are there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import Course, Quote, Session, course_from
from catalogue.errors import Unreadable
from crawlers.engines.mit_learn import read

DAY = "2026-11-22"
FIXTURE = Path(__file__).parent / "fixtures" / "mit_learn" / "resource.json"
FREE: dict[str, Any] = json.loads(FIXTURE.read_text("utf-8"))


def test_a_resource_becomes_a_course_whole() -> None:
    reading = read(FREE, "course", "mit_learn")
    price = Quote(words="free: true; prices: 0.00, 249.00", source="api")
    assert reading.course == Course(
        platform="mit_learn",
        ref="7",
        url="https://mitxonline.example/courses/15.99x/",
        title="Selling Without Lying",
        code="15.99x",
        language="en",
        languages=("en",),
        provider="MITx",
        providers=("MITx",),
        instructors=("Ada Truthful",),
        summary="How to tell the truth & still sell.",
        description="How to tell the truth.\n\nAnd still sell.",
        subjects=("Business", "Marketing"),
        format="Asynchronous",
        level="beginner",
        pace="instructor",
        weeks=6.0,
        weekly_hours_low=3.0,
        weekly_hours_high=5.0,
        access="free_audit_limited",
        price=0.0,
        currency="USD",
        certificate="paid",
        certificate_price=249.0,
        updated="2026-10-01",
        sessions=(
            Session(
                ref="course-v1:MITxT+15.99x+1T2027",
                title="Selling Without Lying",
                start="2027-02-01",
                end="2027-03-15",
                enrolment_start="2026-11-01",
                languages=("en",),
            ),
        ),
        quotes={
            "weeks": Quote(words="6 weeks", source="api"),
            "weekly_hours_low": Quote(words="3-5 hours/week", source="api"),
            "weekly_hours_high": Quote(words="3-5 hours/week", source="api"),
            "price": price,
            "access": price,
            "certificate": price,
            "certificate_price": price,
            "currency": price,
            "languages": Quote(words="en-us", source="api"),
            "language": Quote(words="en-us", source="api"),
            "pace": Quote(words="Instructor-Paced", source="api"),
            "level": Quote(words="introductory", source="api"),
        },
    )
    assert (reading.unreadable, reading.unknown) == ((), {})


OFFER = ("access", "price", "currency", "certificate", "certificate_price")


@pytest.mark.parametrize(
    ("stated", "offer"),
    [
        ({}, ("free_audit_limited", 0.0, "USD", "paid", 249.0)),
        (
            {"certification": False, "prices": [], "resource_prices": []},
            ("free_full", 0.0, None, "none", None),
        ),
        (
            {"free": False, "resource_prices": [{"amount": "1500.00", "currency": "USD"}]},
            ("paid", 1500.0, "USD", None, None),
        ),
        (
            {
                "free": False,
                "resource_prices": [
                    {"amount": "900.00", "currency": "USD"},
                    {"amount": "1500.00", "currency": "USD"},
                ],
            },
            ("paid", None, "USD", None, None),
        ),
        ({"free": False, "prices": [], "resource_prices": []}, ("paid", None, None, None, None)),
        ({"free": None, "prices": ["0.00"], "resource_prices": []},
         ("free_full", 0.0, None, None, None)),
        ({"free": None, "prices": ["59.00"], "resource_prices": None},
         (None, None, None, None, None)),
        ({"free": None, "prices": [], "resource_prices": None}, (None, None, None, None, None)),
    ],
)  # fmt: skip
def test_paid_and_free_are_told_apart_and_nothing_is_guessed(
    stated: Mapping[str, Any], offer: tuple[Any, ...]
) -> None:
    course = read({**FREE, **stated}, "course", "mit_learn").course
    assert tuple(getattr(course, field) for field in OFFER) == offer


@pytest.mark.parametrize(
    ("stated", "facts"),
    [
        ({"min_weeks": 4, "max_weeks": 8}, (None, 4.0, 8.0, 3.0, 5.0)),
        ({"min_weeks": 4, "max_weeks": None}, (4.0, None, None, 3.0, 5.0)),
        ({"min_weeks": None, "max_weeks": None}, (6.0, None, None, 3.0, 5.0)),
        (
            {"min_weeks": None, "max_weeks": None, "duration": "4-8 weeks"},
            (None, 4.0, 8.0, 3.0, 5.0),
        ),
        ({"min_weeks": None, "max_weeks": None, "duration": ""}, (None, None, None, 3.0, 5.0)),
        ({"min_weekly_hours": 0, "max_weekly_hours": None}, (6.0, None, None, None, None)),
    ],
)
def test_weeks_and_hours_as_stated(stated: Mapping[str, Any], facts: tuple[Any, ...]) -> None:
    course = read({**FREE, **stated}, "course", "mit_learn").course
    columns = ("weeks", "weeks_low", "weeks_high", "weekly_hours_low", "weekly_hours_high")
    assert tuple(getattr(course, name) for name in columns) == facts


def test_what_cannot_be_read_is_said() -> None:
    odd = FREE | {
        "min_weeks": "six",
        "max_weeks": "six",
        "pace": [{"code": "leaping", "name": "Leaping"}],
        "resource_prices": [{"amount": "a lot", "currency": "USD"}],
        "last_modified": "soon",
        "mood": "fine",
    }
    reading = read(odd, "course", "mit_learn")
    named = sorted(field for field, _ in reading.unreadable)
    assert named == ["last_modified", "pace", "price", "weeks"]
    assert reading.unknown == {"mood": "fine"}


@pytest.mark.parametrize("key", ["id", "title", "url"])
def test_without_id_title_or_address_there_is_no_course(key: str) -> None:
    with pytest.raises(Unreadable):
        read(FREE | {key: None}, "course", "mit_learn")


def page(kind: str, offset: int, results: list[Any], count: int, more: bool) -> dict[str, Any]:
    target = f"/api/v1/{kind}/?limit=100&offset={offset}"
    # An address that must not be followed: the spider counts on by itself.
    following = "http://169.254.169.254/" if more else None
    body = {"count": count, "next": following, "previous": None, "results": results}
    return {target: (200, "application/json", json.dumps(body).encode())}


def many(first: int, last: int) -> list[Any]:
    return [FREE | {"id": n} for n in range(first, last + 1)]


def answers() -> dict[str, Any]:
    return (
        page("courses", 0, many(1, 3), 5, more=True)
        | page("courses", 3, many(3, 5), 5, more=False)
        | page("programs", 0, [FREE | {"id": 90, "url": None}, FREE | {"id": 91}], 2, more=False)
    )


def test_a_crawl_reads_every_page_of_both_lists(
    command: Callable[..., Any], stand_in: Callable[..., Any], tmp_path: Path
) -> None:
    # Enough beside one that has no address for that to stay a small share.
    whole = answers() | page("programs", 0, [*many(91, 120), FREE | {"id": 90, "url": None}], 31,
                             more=False)  # fmt: skip
    site = stand_in(whole)
    ended = command("crawl", "mit_learn", "--base-url", site.url, "--day", DAY, "--json")
    crawl = ended.json[0]
    assert (ended.code, crawl["verdict"], crawl["reasons"]) == (0, "complete", []), ended.err
    assert (crawl["read"], crawl["rejected"], crawl["announced"]) == (35, 1, 36)
    assert sorted(site.asked) == sorted(["/robots.txt", *whole])
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        kinds = db.execute("select kind, count(*) from course group by kind").fetchall()
        issues = db.execute("select kind, field from issue order by kind").fetchall()
    assert kinds == [("course", 5), ("programme", 30)]
    assert issues == [("duplicate", "id"), ("rejected", "url")]


@pytest.mark.parametrize(
    "fault",
    [
        (500, "text/html", b"down"),
        (200, "text/html", b"<!DOCTYPE html>"),
        (200, "application/json", b'{"results": null}'),
        (404, "application/json", b'{"detail": "Invalid page."}'),
    ],
)
def test_a_page_that_fails_makes_the_crawl_partial(
    fault: Any, command: Callable[..., Any], stand_in: Callable[..., Any]
) -> None:
    site = stand_in(answers() | {"/api/v1/courses/?limit=100&offset=3": fault})
    ended = command("crawl", "mit_learn", "--base-url", site.url, "--day", DAY, "--json")
    assert (ended.code, ended.json[0]["verdict"]) == (1, "partial")
    assert "1 page could not be had" in ended.json[0]["reasons"]


@pytest.mark.shared
def test_the_recorded_resources_are_read(shared: Path) -> None:
    path = shared / "samples" / "other" / "mit_learn_sample_courses_2024.json"
    readings = [read(each, "course", "mit_learn") for each in json.loads(path.read_text("utf-8"))]
    first = readings[0].course
    assert len({each.course.ref for each in readings}) == 10
    assert [(each.unreadable, dict(each.unknown)) for each in readings] == [((), {})] * 10
    assert (first.title, first.code, first.provider, first.updated, first.instructors) == (
        "Modern Conceptions of Freedom",
        "CC.111",
        "OCW",
        "2024-02-12",
        ("Dr. Linda Rabieh",),
    )
    # In 2024 the API did not say "free", and an empty list of prices says nothing.
    assert {(each.course.price, each.course.certificate) for each in readings} == {(None, "none")}
    assert all(course_from(json.loads(r.course.to_json())) == r.course for r in readings)
