"""Coursera: what a page says in each layer, and which layer is believed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.course import Course, Quote, course_from
from crawlers.engines.coursera import matches
from crawlers.engines.coursera_page import Reading, merged, read

FIXTURES = Path(__file__).parent / "fixtures" / "coursera"
PROPERTIES = [
    "@id", "@type", "@value", "name", "slug", "description", "skills", "difficultyLevel", "ratings",
    "averageFiveStarRating", "ratingCount", "primaryLanguages", "partners", "fullName", "__ref",
    "hasCourseInstance", "courseWorkload", "courseSchedule", "duration", "repeatFrequency",
    "repeatCount", "teaches", "offers", "price", "category", "priceCurrency", "aggregateRating",
    "ratingValue", "bestRating", "inLanguage", "provider", "syllabusSections", "workload",
    "material", "modules", "itemListElement", "totalHistoricalEnrollment", "educationalLevel",
]  # fmt: skip
LEARN = "https://www.coursera.org/learn/"


def reading(name: str, slug: str = "x", old: str = "", new: str = "") -> Reading:
    html = (FIXTURES / f"{name}.html").read_text("utf-8")
    assert old in html
    return read(html.replace(old, new).encode(), LEARN + slug, "2026-11-01")


def course(found: Reading) -> Course:
    assert found.course is not None
    return found.course


def sources(found: Course) -> dict[str, str]:
    return {name: quote.source for name, quote in found.quotes.items()}


# Pages


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("three_layers", "brand-strategy-workshop"),
        ("jsonld_only", "data-for-managers"),
        ("state_only", "pricing-basics"),
        ("dom_only", "projects-tour-of-colour"),
        ("french", "marketing-digital"),
        ("hostile", "hostile"),
    ],
)
def test_a_page_gives_the_whole_record(name: str, slug: str) -> None:
    expected = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    assert course(reading(name, slug)) == course_from(expected)


def test_a_page_of_three_layers_is_noted_where_they_disagree_and_where_it_is_new() -> None:
    notes = reading("three_layers", "brand-strategy-workshop").notes
    assert [(note.kind, note.field) for note in notes] == [
        ("layers_disagree", "level"),
        ("unknown_field", "Course.hasMerchantReturnPolicy"),
    ]
    assert notes[0].words == "jsonld: intermediate; state: intermediate; dom: beginner"


def test_a_course_without_title_is_rejected_and_a_bot_check_is_a_failure() -> None:
    assert reading("no_title").rejected == "no title in any layer of the page"
    found = reading("challenge")
    assert (found.course, found.rejected) == (None, None)
    assert found.failed is not None
    assert found.failed.startswith("no course in this answer: Just a moment...")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PROPERTIES), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(PROPERTIES), JSON))
@settings(max_examples=200, deadline=None)
def test_no_values_make_the_reader_fail(node: dict[str, Any]) -> None:
    said = json.dumps(node | {"@type": "Course"}).replace("</", "<\\/")
    page = f"""<script type="application/ld+json">{said}</script><script>window.S = {said};</script>
<h2>Skills you'll gain</h2><ul><li>x</ul>"""
    found = read(page.encode("utf-8", "replace"), LEARN + "x")
    assert found.course or found.rejected
    if found.course:
        assert course_from(json.loads(found.course.to_json())) == found.course


@pytest.mark.parametrize(
    "page", [b"", b"\x89PNG\r\n\x1a\n\x00", b"<html", b'{"error": 1}', b"\xff\xfe"]
)
def test_an_answer_that_is_no_page_is_a_failure(page: bytes) -> None:
    assert read(page, LEARN + "x").failed


def test_words_that_cannot_be_read_are_noted_and_their_facts_unknown() -> None:
    found = reading("hostile")
    assert {(note.kind, note.field, note.words) for note in found.notes} == {
        ("unreadable", "level", "Grand Master"),
        ("unreadable", "access", "Barter"),
        ("unreadable", "rating_count", "inf"),
        ("unreadable", "enrolled", "many"),
    }


def test_each_column_comes_from_the_first_layer_that_can_be_read() -> None:
    layers: dict[str, Any] = {
        "jsonld": {"title": "One", "level": "Grand Master", "workload": "PT10H", "language": "en"},
        "state": {"title": "Two", "level": "BEGINNER", "workload": "4 weeks, 2 hours a week"},
        "dom": {"title": "Three", "level": "Advanced level", "language": "French"},
    }
    columns, quotes, notes = merged(layers)
    assert columns == {
        "title": "One",
        "level": "beginner",
        "language": "fr",
        "languages": ("fr",),
        "total_hours": 10.0,
        "weeks": 4.0,
        "weekly_hours_low": 2.0,
        "weekly_hours_high": 2.0,
    }
    assert quotes["level"] == Quote(words="BEGINNER", source="state")
    assert quotes["total_hours"] == Quote(words="PT10H", source="jsonld")
    assert quotes["weeks"].source == "state"
    assert {(note.kind, note.field) for note in notes} == {
        ("unreadable", "level"),
        ("layers_disagree", "level"),
        ("layers_disagree", "language"),
    }


@pytest.mark.parametrize(
    ("stated", "access"),
    [
        ("Free", "free_full"),
        ("Partially Free", "free_audit_limited"),
        ("Paid", "paid"),
        ("Subscription", "subscription"),
    ],
)
def test_an_offer_is_what_its_category_says(stated: str, access: str) -> None:
    found = course(reading("three_layers", "brand-strategy-workshop", "Partially Free", stated))
    assert (found.access, found.price) == (access, None)


def test_a_price_counts_where_one_is_stated() -> None:
    new = '"category":"Paid","price":"49,00","priceCurrency":"EUR"'
    old = '"category":"Partially Free"'
    found = course(reading("three_layers", "brand-strategy-workshop", old, new))
    assert (found.access, found.price, found.currency) == ("paid", 49.0, "EUR")


def test_other_courses_on_the_page_are_not_this_one() -> None:
    found = course(reading("three_layers", "another-course"))
    assert (found.title, found.level, found.skills, found.rating) == (
        "Another Course",
        "advanced",
        ("Welding",),
        1.2,
    )


def test_a_course_that_nobody_rated_has_no_rating() -> None:
    card = '<ul><li><a href="/learn/y"><div aria-label="4.1 stars">4.1</div></a></li></ul>'
    html = (FIXTURES / "dom_only.html").read_text("utf-8")
    html = html.replace("<div>4.6</div><p>(1.2k reviews)</p>", "").replace("</main>", card)
    found = course(read(html.encode(), LEARN + "x"))
    assert (found.rating, found.rating_count) == (None, None)
    old, new = '"ratingValue":4.812,"ratingCount":"2,451"', '"ratingValue":0,"ratingCount":0'
    html = (FIXTURES / "three_layers.html").read_text("utf-8").replace(old, new)
    node = html[: html.index("<body>")]
    assert course(read(node.encode(), LEARN + "brand-strategy-workshop")).rating is None


def test_the_site_s_own_language_is_not_the_course_s() -> None:
    html = (FIXTURES / "three_layers.html").read_text("utf-8")
    changed = html.replace('"primaryLanguages":["en"],"sub', '"primaryLanguages":["fr"],"sub')
    found = read(changed.encode(), LEARN + "brand-strategy-workshop")
    assert course(found).language == "fr"
    assert "language" in [note.field for note in found.notes if note.kind == "layers_disagree"]


def test_a_state_that_is_cut_off_tells_only_what_it_tells_of_one_course() -> None:
    state = '<script>self.push("{\\"skills\\":[\\"Pricing\\"],\\"difficultyLevel\\":\\"BEGINNER\\",'
    state += '\\"averageFiveStarRating\\":4.8},{\\"averageFiveStarRating\\":2</script>'
    found = course(read(f"<h1>Prices</h1>{state}".encode(), LEARN + "prices"))
    assert (found.skills, found.level, found.rating) == (("Pricing",), "beginner", None)
    assert sources(found)["skills"] == "state"


def test_a_state_may_be_json_in_a_string() -> None:
    state = json.dumps({"course": {"slug": "p", "name": "Prices", "skills": ["Pricing"]}})
    page = f"<script>window.S = JSON.parse({json.dumps(state)});</script>"
    assert course(read(page.encode(), LEARN + "p")).skills == ("Pricing",)


@pytest.mark.parametrize(
    ("shown", "columns"),
    [
        ("8 hours to complete", (None, None, 8.0)),
        ("1 week to complete", (1.0, None, None)),
        ("2.5 months to complete", (10.871, None, None)),
        ("Approx. 21 hours to complete", (None, None, 21.0)),
        ("You'll need a solid understanding of JavaScript to complete this course.", (None,) * 3),
        ("No prior background experience is required to complete", (None, None, None)),
    ],
)
def test_the_time_shown_is_told_from_prose(shown: str, columns: tuple[float | None, ...]) -> None:
    new = f"<div>{shown}</div>"
    found = course(reading("dom_only", "x", "<div>2.5 months to complete</div>", new))
    assert (found.weeks, found.weekly_hours_high, found.total_hours) == columns


def test_the_time_shown_may_come_with_hours_a_week() -> None:
    new = "<div>2 weeks to complete</div><div>at 10 hours a week</div>"
    found = course(reading("dom_only", "x", "<div>2.5 months to complete</div>", new))
    assert (found.weeks, found.weekly_hours_high) == (2.0, 10.0)
    assert found.quotes["weeks"].words == "2 weeks at 10 hours a week"


def test_no_break_spaces_of_french_survive() -> None:
    title = "Qu’est-ce qu’un prix\u202f? Le\u00a0guide"
    page = f"<h1> {title}\n</h1><h2>Skills you'll gain</h2><ul><li>x</ul>"
    assert course(read(page.encode(), LEARN + "p")).title == title


@pytest.mark.parametrize(
    ("slug", "text", "found"),
    [
        ("foundations-of-digital-marketing", "marketing digital", True),
        ("foundations-of-digital-marketing", "Digitales Marketings", True),
        ("strategie-de-marque", "stratégies", True),
        ("foundations-of-digital-marketing", "marketing social", False),
        ("market-research", "marketing", True),  # one stem: a page too many, never one too few
        ("supermarket", "market", False),
    ],
)
def test_courses_are_narrowed_by_the_words_of_their_slug(slug: str, text: str, found: bool) -> None:
    assert matches(slug, text) is found
