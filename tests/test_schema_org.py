"""Sites with schema.org markup: what a page says in each way of writing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.course import Course, course_from
from catalogue.errors import Unreadable
from crawlers.engines.schema_course import IGNORED, Academy, Listed, Reading, read
from crawlers.platforms.edx import Edx
from crawlers.platforms.futurelearn import FutureLearn
from crawlers.platforms.openclassrooms import OpenClassrooms
from crawlers.platforms.openlearn import OpenLearn

FIXTURES = Path(__file__).parent / "fixtures" / "schema_org"
BRAND = Academy(platform="brand", timezone="Europe/Paris")
URL = "https://b.example/cours/vendre"


def reading(page: str, academy: Academy = BRAND, url: str = URL, **listed: Any) -> Reading:
    return read(page, Listed(ref="x", url=url, **listed), academy)


def block(content: Any) -> str:
    said = json.dumps(content).replace("</", "<\\/")
    return f'<script type="application/ld+json">{said}</script>'


def course_with(**properties: Any) -> Reading:
    return reading(block({"@type": "Course", "name": "Vendre", **properties}))


def facts(found: Reading, *columns: str) -> tuple[Any, ...]:
    return tuple(getattr(found.course, column) for column in columns)


# Pages


@pytest.mark.parametrize(
    ("name", "academy", "url", "listed"),
    [
        (
            "edx",
            Edx().academy,
            "https://www.edx.org/learn/marketing/port-town-university-brand-storytelling",
            {"updated": "2026-10-01", "subject": "marketing"},
        ),
        ("futurelearn", FutureLearn().academy, "https://www.futurelearn.com/courses/x", {}),
        (
            "openclassrooms",
            OpenClassrooms().academy,
            "https://openclassrooms.com/fr/courses/1-x",
            {},
        ),
        (
            "openlearn",
            OpenLearn().academy,
            "https://www.open.edu/openlearn/money-business/selling/content-section-0",
            {"subject": "money business"},
        ),
        ("microdata", BRAND, URL, {}),
        ("rdfa", BRAND, "https://b.example/cours/photo", {}),
    ],
)
def test_a_page_gives_the_whole_record(
    name: str, academy: Academy, url: str, listed: dict[str, str]
) -> None:
    page = (FIXTURES / f"{name}.html").read_text("utf-8")
    expected = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    assert reading(page, academy, url, **listed).course == course_from(expected)


def test_what_is_new_or_broken_in_a_page_is_noted() -> None:
    page = (FIXTURES / "edx.html").read_text("utf-8") + block("") + "<script "
    page += 'type="application/ld+json">{{ broken</script>'
    found = reading(page, Edx().academy, "https://www.edx.org/learn/marketing/x")
    assert found.unknown == {"Course.hasPromptBook": "yes"}
    assert [(field, error.words) for field, error in found.unreadable] == [("JSON-LD", "{{ broken")]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<h1>Just a moment...</h1>", "a course in the page's markup"),
        (block({"@type": "WebPage", "name": "Help"}), "a course in the page's markup"),
        (block({"@type": "Course", "description": "x"}), "a title"),
        (
            block([{"@type": "Course", "name": n, "url": f"/cours/{n}"} for n in "ab"]),
            "a course in the page's markup",
        ),
        ("", "a course in the page's markup"),
    ],
    ids=["bot check", "other page", "no title", "listing", "empty"],
)
def test_a_page_that_is_no_course_says_why(page: str, wanted: str) -> None:
    with pytest.raises(Unreadable) as error:
        reading(page)
    assert error.value.wanted == wanted


@pytest.mark.parametrize(
    "content",
    [
        {"@type": "LearningResource", "name": "Vendre"},
        {"@type": "CourseInstance", "name": "Vendre", "startDate": "2027-01-01"},
        {"@type": "Product", "name": "Vendre"},
        {"@graph": [{"@type": "ItemList", "itemListElement": [{"item": {"@type": "Course",
         "name": "Vendre"}}]}]},
    ],
    ids=["resource", "instance", "product", "list"],
)  # fmt: skip
def test_a_course_may_go_by_another_type(content: Any) -> None:
    assert reading(block(content)).course.title == "Vendre"


def test_a_programme_is_told_from_the_courses_in_it() -> None:
    inner = {"@type": "Course", "name": "Inner", "url": "/cours/inner"}
    second = {"@type": "Course", "name": "Second", "url": "/cours/second"}
    whole = {"@type": "EducationalOccupationalProgram", "name": "Whole", "url": URL}
    found = reading(block(whole | {"hasCourse": [inner, second]}))
    assert facts(found, "title", "kind") == ("Whole", "programme")


# Shapes of facts


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ("P4W", (4.0, None, None)),
        ("P6M", (26.089, None, None)),
        ("P10W", (10.0, None, None)),
        ("PT600H", (None, None, 600.0)),
        ("PT33H19M51S", (None, None, 33.331)),
        ("6 weeks, 4 hours per week", (6.0, 4.0, None)),
        ("6 heures", (None, None, 6.0)),
    ],
)
def test_durations(said: str, columns: tuple[float | None, ...]) -> None:
    found = course_with(timeRequired=said)
    assert facts(found, "weeks", "weekly_hours_high", "total_hours") == columns


@pytest.mark.parametrize(
    ("instance", "columns"),
    [
        ({"courseWorkload": "PT22H"}, (None, None, 22.0)),
        (
            {"courseSchedule": {"duration": "PT3H", "repeatFrequency": "Weekly", "repeatCount": 6}},
            (6.0, 3.0, 18.0),
        ),
        (
            {"courseSchedule": {"duration": "PT3H", "repeatFrequency": "P1W", "repeatCount": "6"}},
            (6.0, 3.0, 18.0),
        ),
        ({"courseSchedule": {"duration": "PT20H"}}, (None, None, 20.0)),
        (
            [
                {"courseMode": "onsite", "courseWorkload": "PT40H"},
                {"courseMode": ["MOOC", "Online"], "courseWorkload": "PT8H"},
            ],
            (None, None, 8.0),
        ),
        ({"courseWorkload": "a lot"}, (None, None, None)),
    ],
    ids=["workload", "weekly", "ISO repeat", "once", "online first", "unreadable"],
)
def test_workloads(instance: Any, columns: tuple[float | None, ...]) -> None:
    found = course_with(hasCourseInstance=instance)
    assert facts(found, "weeks", "weekly_hours_low", "total_hours") == columns
    assert bool(found.unreadable) == (instance == {"courseWorkload": "a lot"})


@pytest.mark.parametrize(
    ("offers", "columns"),
    [
        ({"category": "Free"}, ("free_full", 0.0, None, None)),
        ({"category": "Partially Free"}, ("free_audit_limited", None, None, None)),
        ({"category": "subscription", "price": "Free"}, ("subscription", None, None, None)),
        ({"category": "Paid", "price": 0}, ("paid", None, None, None)),
        (
            {"category": "Paid", "price": "49,00", "priceCurrency": "EUR"},
            ("paid", 49.0, "EUR", None),
        ),
        ({"price": "0", "priceCurrency": "USD"}, (None, 0.0, "USD", None)),
        ({"price": "Free"}, (None, 0.0, None, None)),
        (
            [{"category": "Free"}, {"category": "Paid", "price": 30, "priceCurrency": "EUR"}],
            ("free_full", 0.0, None, None),
        ),
        (
            [{"category": "Partially Free", "price": 0}, {"category": "Paid", "price": 1.234}],
            ("free_audit_limited", 1.234, None, None),
        ),
        ([{"price": 10}, {"price": 10}], (None, 10.0, None, None)),
        ([{"price": 10}, {"price": 12}], (None, None, None, None)),
        ({"@type": "AggregateOffer", "lowPrice": 9, "highPrice": 19}, (None, None, None, None)),
        (
            {"priceSpecification": {"price": 15, "priceCurrency": "EUR", "unitCode": "MON"}},
            (None, 15.0, "EUR", "month"),
        ),
        ({"category": "Barter"}, (None, None, None, None)),
        ({"price": 5, "priceCurrency": "¤"}, (None, None, None, None)),
    ],
)
def test_offers(offers: Any, columns: tuple[Any, ...]) -> None:
    found = course_with(offers=offers)
    assert facts(found, "access", "price", "currency", "billing") == columns


@pytest.mark.parametrize(
    ("said", "offers", "columns"),
    [
        (True, None, (None, 0.0)),
        ("http://schema.org/True", None, (None, 0.0)),
        (False, None, ("paid", None)),
        ("perhaps", None, (None, None)),
        (True, {"category": "Partially Free"}, ("free_audit_limited", None)),
    ],
)
def test_accessible_for_free(said: Any, offers: Any, columns: tuple[Any, ...]) -> None:
    found = course_with(isAccessibleForFree=said, offers=offers)
    assert facts(found, "access", "price") == columns


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ({"ratingValue": 4.6, "ratingCount": 12}, (4.6, 12)),
        ({"ratingValue": "9", "bestRating": "10.0", "reviewCount": "1,204"}, (4.5, 1204)),
        ({"ratingValue": 0, "ratingCount": 0}, (None, None)),
        ({"ratingValue": "7", "ratingCount": 3}, (None, 3)),
        ({"ratingValue": "4", "bestRating": "best"}, (None, None)),
    ],
)
def test_ratings(said: Any, columns: tuple[Any, ...]) -> None:
    assert facts(course_with(aggregateRating=said), "rating", "rating_count") == columns


@pytest.mark.parametrize(
    ("properties", "languages"),
    [
        ({"inLanguage": "fr-FR"}, ("fr",)),
        ({"inLanguage": ["en", "fr"]}, ("en", "fr")),
        ({"inLanguage": {"@type": "Language", "name": "French", "alternateName": "fr"}}, ("fr",)),
        ({"inLanguage": {"@type": "Language", "name": "Français"}}, ("fr",)),
        ({"inLanguage": "en", "availableLanguage": ["fr", "es"]}, ("en",)),
        ({"availableLanguage": ["fr", "es"]}, ("fr", "es")),
        ({}, None),
    ],
)
def test_languages(properties: Any, languages: tuple[str, ...] | None) -> None:
    assert course_with(**properties).course.languages == languages


def test_a_layer_speaks_where_the_one_before_is_silent() -> None:
    page = block({"@type": "Course", "name": "Vendre", "courseCode": "V1"})
    page += """<div vocab="https://schema.org/" typeof="Course"><h2 property="name">Autre</h2>
<meta property="educationalLevel" content="Expert"><meta property="inLanguage" content="fr"></div>
<div itemscope itemtype="https://schema.org/Course"><meta itemprop="inLanguage" content="en">
</div>"""
    found = reading(page)
    assert facts(found, "title", "code", "level", "language") == ("Vendre", "V1", "advanced", "en")
    sources = {column: quote.source for column, quote in found.course.quotes.items()}
    assert sources == {"level": "rdfa", "languages": "microdata", "language": "microdata"}


def test_what_a_platform_declares_of_all_courses_gives_way_to_the_page() -> None:
    academy = Academy(
        platform="b", whole_site={"access": "free_full", "price": 0.0, "provider": "B"}
    )
    silent = reading(block({"@type": "Course", "name": "X"}), academy)
    assert facts(silent, "access", "price", "provider") == ("free_full", 0.0, "B")
    assert silent.course.quotes["price"].source == "platform"
    paid = {"@type": "Course", "name": "X", "provider": "C", "offers": {"category": "Paid"}}
    assert facts(reading(block(paid), academy), "access", "price", "provider") == (
        "paid",
        None,
        "C",
    )


PROPERTIES = sorted(IGNORED | {"@id", "@type", "name", "offers", "price", "hasCourseInstance",
    "courseSchedule", "duration", "courseMode", "aggregateRating", "ratingValue", "bestRating",
    "educationalCredentialAwarded", "inLanguage", "startDate", "category", "provider", "teaches",
    "priceCurrency", "isAccessibleForFree", "timeRequired", "educationalLevel", "keywords",
})  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PROPERTIES), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(PROPERTIES), JSON))
@settings(max_examples=300, deadline=None)
def test_no_values_make_the_reader_fail(node: dict[str, Any]) -> None:
    found = reading(block({**node, "@type": "Course", "name": "X"}))
    assert Course.from_json(found.course.to_json()) == found.course


# Platforms


@pytest.mark.parametrize(
    ("spider", "path", "ref"),
    [
        (Edx, "/learn/marketing/x-brand", "x-brand"),
        (Edx, "/learn/marketing", None),
        (Edx, "/es/learn/marketing/x-brand", None),
        (FutureLearn, "/courses/digital-skills", "digital-skills"),
        (FutureLearn, "/courses/categories", None),
        (FutureLearn, "/courses/digital-skills/1/steps/2", None),
        (OpenClassrooms, "/fr/courses/5873861-racontez-votre-marque", "5873861"),
        (OpenClassrooms, "/en/courses/5873861-x", None),
        (OpenLearn, "/openlearn/money-business/marketing/content-section-0", "marketing"),
        (OpenLearn, "/openlearn/money-business/sales/marketing/content-section-overview",
         "marketing"),
        (OpenLearn, "/openlearn/money-business/marketing/content-section-3", None),
    ],
)  # fmt: skip
def test_a_platform_knows_its_courses_by_their_address(
    spider: Any, path: str, ref: str | None
) -> None:
    platform = spider()
    found = platform._course_at(platform.home + path)
    assert (found.ref if found else None) == ref


@pytest.mark.parametrize(
    ("spider", "shown", "columns"),
    [
        (OpenLearn, "<p>15 hours study</p><p>Level 1: Introductory</p>", (15.0, "beginner")),
        (OpenLearn, "<p>15 hours of good study</p>", (None, None)),
        (OpenClassrooms, "<li>6 heures</li><li><b>Facile</b></li>", (6.0, "beginner")),
    ],
)
def test_words_on_the_page(spider: Any, shown: str, columns: tuple[Any, ...]) -> None:
    page = f"<body>{block({'@type': 'Course', 'name': 'X'})}{shown}</body>"
    assert facts(reading(page, spider().academy), "total_hours", "level") == columns


# Recorded


@pytest.mark.shared
def test_google_s_own_example(shared: Path) -> None:
    said = json.loads((shared / "samples/jsonld/google_course_info_example.json").read_text())
    found = reading(block(said))
    assert (found.unreadable, found.unknown) == ((), {})
    assert facts(
        found, "title", "level", "total_hours", "access", "price", "currency", "certificate_price",
        "rating", "rating_count", "enrolled", "languages", "subjects", "format",
    ) == (
        said["name"], "advanced", 22.0, "paid", 10.99, "EUR", 5.0, 4.0, 1234, 12345, ("en",),
        tuple(said["about"]), "Online, Blended",
    )  # fmt: skip
    assert [(each.start, each.end) for each in found.course.sessions] == [
        ("2027-07-01", "2027-07-31")
    ]


@pytest.mark.shared
def test_schema_org_s_own_examples_say_the_same_in_rdfa_and_json_ld(shared: Path) -> None:
    text = (shared / "samples/jsonld/schemaorg_course_examples.txt").read_text("utf-8")
    for example in text.split("TYPES:")[2:]:  # the first has no name in its JSON-LD
        rdfa, _, jsonld = example.partition("RDFA:")[2].partition("JSON:")
        one, other = (reading(each).course for each in (rdfa, jsonld))
        columns = "title", "provider", "instructors", "code", "assessment", "price", "sessions"
        for column in columns:
            assert getattr(one, column) == getattr(other, column), column
