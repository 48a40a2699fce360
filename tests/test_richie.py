"""Richie: what the list, the page and the vocabularies say of a course, read without a network."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import Course, Quote, Session
from catalogue.errors import Unreadable
from crawlers.engines.richie_course import Reading, Vocabulary, read
from crawlers.engines.richie_page import DetailPage, detail_page
from crawlers.engines.richie_runs import Site

FIXTURES = Path(__file__).parent / "fixtures" / "richie"
SITE = Site(
    platform="exemple",
    base="https://cours.exemple.fr",
    home="https://cours.exemple.fr",
    languages=("fr", "en"),
    timezone="Europe/Paris",
)


def vocabulary() -> Vocabulary:
    words = Vocabulary()
    for kind, terms in json.loads((FIXTURES / "vocabularies.json").read_text("utf-8")).items():
        words.add(kind, terms)
    return words


def listed(ref: str) -> dict[str, Any]:
    objects = json.loads((FIXTURES / "courses.json").read_text("utf-8"))["objects"]
    return next(each for each in objects if each["id"] == ref)


def page(name: str, old: str = "", new: str = "") -> DetailPage:
    html = (FIXTURES / name).read_text("utf-8")
    assert old in html
    return detail_page(html.replace(old, new).encode())


def reading(change: dict[str, Any] | None = None, detail: DetailPage | None = None) -> Reading:
    return read(listed("101") | (change or {}), detail or page("course.html"), vocabulary(), SITE)


def unreadable(found: Reading) -> dict[str, str]:
    return {field: error.words for field, error in found.unreadable}


SESSIONS = (
    Session(
        ref="71",
        title="Session 2",
        url="https://lms.exemple.fr/courses/course-v1:lorme+VSM-1+02/info",
        start="2027-03-01",
        enrolment_start="2027-02-01",
        languages=("fr", "en"),
        access="paid",
        price=399.0,
        currency="EUR",
        certificate="free",
        certificate_price=0.0,
    ),
    Session(
        ref="70",
        title="Session 1",
        start="2026-03-02",
        end="2026-04-12",
        enrolment_start="2026-02-01",
        languages=("fr",),
        access="free_audit_limited",
        price=20.0,
        currency="EUR",
        certificate="paid",
        certificate_price=79.0,
    ),
)
WHOLE = Course(
    platform="exemple",
    ref="101",
    url="https://cours.exemple.fr/fr/cours/vendre-sans-mentir/",
    title="Vendre sans mentir",
    code="VSM-1",
    language="fr",
    languages=("fr", "en"),
    provider="École de Lorme",
    providers=("École de Lorme", "Institut Vauban"),
    instructors=("Ada Morvan", "Louis Kerbrat"),
    summary="Vendre « franchement » & longtemps.",
    description="Un cours franc.\n\nAucun mensonge : promis !",
    outcomes=("Dire vrai", "Vendre bien"),
    subjects=("Société", "Commerce"),
    plan=("Semaine 1", "Semaine 2"),
    format="Des vidéos.",
    prerequisites="Aucun.",
    assessment="Un quiz.",
    level="beginner",
    pace="instructor",
    weeks=6,
    weekly_hours_low=1.5,
    weekly_hours_high=1.5,
    total_hours=12,
    access="paid",
    price=399.0,
    currency="EUR",
    certificate="free",
    certificate_price=0.0,
    enrolled=3120,
    licence="CC BY-SA",
    translations={
        "en": {"url": "https://cours.exemple.fr/en/courses/sell-without-lying/"},
    },
    quotes={
        "weeks": Quote(words="6 semaines", source="api"),
        "total_hours": Quote(words="12 heures", source="api"),
        "weekly_hours_low": Quote(words="~1h30/semaine", source="page"),
        "weekly_hours_high": Quote(words="~1h30/semaine", source="page"),
        "languages": Quote(words="fr, en", source="state"),
        "language": Quote(words="fr, en", source="state"),
        "level": Quote(words="Débutant", source="api"),
        "access": Quote(words="paid", source="api"),
        "price": Quote(words="399.0 EUR (450.0)", source="api"),
        "certificate": Quote(words="free", source="api"),
        "certificate_price": Quote(words="free", source="api"),
        "enrolled": Quote(words="3120", source="rdfa"),
    },
    sessions=SESSIONS,
)


def test_a_course_is_read_whole() -> None:
    assert reading() == Reading(course=WHOLE)


def test_older_richie_states_neither_runs_nor_offers_nor_code() -> None:
    found = read(listed("102"), page("course_2021.html"), vocabulary(), SITE)
    assert found == Reading(
        course=Course(
            platform="exemple",
            ref="102",
            url="https://cours.exemple.fr/fr/cours/compter-juste/",
            title="Compter juste",
            provider="Institut Vauban",
            providers=("Institut Vauban",),
            description="Du calcul.",
            outcomes=("Compter.", "Recompter."),
            plan=("Un", "Deux"),
            level="mixed",
            pace="self",
            weeks=4,
            total_hours=8,
            quotes={
                "weeks": Quote(words="4 semaines", source="api"),
                "total_hours": Quote(words="8 heures", source="api"),
                "pace": Quote(words="Auto-rythmé", source="page"),
                "level": Quote(words="Débutant, Avancé", source="api"),
            },
        )
    )


def test_without_runs_on_the_page_those_of_the_list_are_taken() -> None:
    found = reading(detail=page("course.html", "data-props", "data-older")).course
    assert found.sessions == (
        Session(
            ref="2027-03-01",
            start="2027-03-01",
            enrolment_start="2027-02-01",
            languages=("fr", "en"),
            access="paid",
            price=399.0,
            currency="EUR",
            certificate="free",
            certificate_price=0.0,
        ),
    )
    assert found.quotes["languages"] == Quote(words="fr, en", source="api")


def test_runs_that_start_on_one_day_stay_apart() -> None:
    run = listed("101")["course_runs"][0]
    found = reading({"course_runs": [run, run]}, page("course.html", "data-props", "data-older"))
    assert [each.ref for each in found.course.sessions] == ["2027-03-01", "2027-03-01-2"]


def test_without_any_run_the_page_names_the_languages() -> None:
    older = page("course.html", "data-props", "data-older")
    found = reading({"course_runs": []}, older).course
    assert found.sessions == ()
    assert (found.language, found.languages) == ("fr", ("fr", "en"))
    assert found.quotes["languages"] == Quote(words="Anglais et français", source="rdfa")
    none = page("course.html", "Anglais et français", "NA")
    assert reading({"course_runs": []}, none).course.sessions == SESSIONS


def test_a_course_that_the_api_knows_no_run_of_has_its_newest_runs_offer() -> None:
    no_offer = dict.fromkeys(
        ["offer", "price", "price_currency", "discounted_price", "certificate_offer"]
    )
    found = reading(no_offer | {"course_runs": []}).course
    assert (found.access, found.price, found.certificate) == ("paid", 399.0, "free")
    assert found.quotes["price"] == Quote(words="399.00 EUR (450.00)", source="state")


@pytest.mark.parametrize(
    ("offer", "price", "access", "amount"),
    [
        ("free", None, "free_full", 0.0),
        ("partially_free", None, "free_audit_limited", None),
        ("partially_free", 20.0, "free_audit_limited", 20.0),
        ("subscription", "9.90", "subscription", 9.9),
        ("paid", "450.00", "paid", 450.0),
        (None, None, None, None),
    ],
)
def test_offers(offer: str | None, price: Any, access: str | None, amount: float | None) -> None:
    change = {"offer": offer, "price": price, "discounted_price": None, "certificate_offer": None}
    found = reading(change, page("course.html", "courseRuns", "none")).course
    if offer is not None:
        assert (found.access, found.price, found.certificate) == (access, amount, None)
    older = reading(change | {"course_runs": []}, page("course.html", "courseRuns", "none")).course
    assert (older.access, older.price) == (access, amount)


def test_an_unknown_offer_and_unknown_units_are_issues_not_guesses() -> None:
    found = reading({"offer": "barter", "duration": "6 lunes", "effort": "des heures"})
    said = unreadable(found)
    assert (said["access"], said["weeks"], said["total_hours"]) == (
        "barter",
        "6 lunes",
        "des heures",
    )
    assert found.course.access is None
    assert found.course.weeks is None
    assert found.course.total_hours == 12, "the page's RDFa still says PT12H"
    assert found.course.quotes["total_hours"] == Quote(words="PT12H", source="rdfa")


@pytest.mark.parametrize(
    ("duration", "effort", "weeks", "hours"),
    [
        ("6 weeks", "12 hours", 6, 12),
        ("6 semanas", "12 horas", 6, 12),
        ("1 semaine", "90 minutes", 1, 1.5),
        ("", "", None, None),
    ],
)
def test_localised_duration_and_effort(
    duration: str, effort: str, weeks: float | None, hours: float | None
) -> None:
    change = {"duration": duration, "effort": effort}
    found = reading(change, page("course.html", 'content="PT12H"', 'content=""')).course
    assert (found.weeks, found.total_hours) == (weeks, hours)


@pytest.mark.parametrize(
    ("rhythm", "ticked", "pace", "weekly"),
    [
        ("Rythme: ~2 heures/semaine", "false", "instructor", 2),
        ("Pace: ~45 minutes/week", "false", "instructor", 0.75),
        ("Ritmo: ~1h30/semana", "false", "instructor", 1.5),
        ("Rythme: ~4 heures/jour", "false", "instructor", None),
        ("Rythme: Auto-rythmé", "true", "self", None),
        ("Ritmo: Ao ritmo do estudante", "true", "self", None),
        ("Pace: Self paced", "false", None, None),
        ("Rien de tel", "true", "self", None),
        ("Rien de tel", "false", None, None),
    ],
)
def test_pace(rhythm: str, ticked: str, pace: str | None, weekly: float | None) -> None:
    html = (FIXTURES / "course.html").read_text("utf-8")
    html = html.replace("Rythme: ~1h30/semaine", rhythm)
    html = html.replace("is_self_paced&quot;: false", f"is_self_paced&quot;: {ticked}")
    found = reading(detail=detail_page(html.encode())).course
    assert (found.pace, found.weekly_hours_low, found.weekly_hours_high) == (pace, weekly, weekly)


def test_effort_was_weekly_before_richie_2_2() -> None:
    found = reading({"effort": "2 heures/semaine"}, page("course.html", "PT12H", "")).course
    assert (found.total_hours, found.weekly_hours_low) == (None, 2)
    assert found.quotes["weekly_hours_low"] == Quote(words="2 heures/semaine", source="api")


def test_a_field_that_nobody_foresaw_is_named() -> None:
    change = deepcopy(listed("101")["course_runs"])
    change[0]["seats"] = 30
    found = reading(
        {"badge": "gold", "course_runs": change},
        page("course.html", "&quot;maxArchivedCourseRuns&quot;", "&quot;maxRuns&quot;"),
    )
    assert found.unknown == {
        "badge": "gold",
        "course_runs.seats": "30",
        "data-props.maxRuns": "10",
    }
    assert found.course == WHOLE


def test_broken_json_in_the_page_is_noted_and_the_list_speaks() -> None:
    found = reading(detail=page("course.html", "{&quot;course&quot;", "{&quot;course"))
    assert list(unreadable(found)) == ["data-props"]
    assert [each.ref for each in found.course.sessions] == ["2027-03-01"]


@pytest.mark.parametrize("field", ["id", "title", "absolute_url"])
def test_without_name_or_address_there_is_no_course(field: str) -> None:
    with pytest.raises(Unreadable, match=field):
        reading({field: None})


def test_a_page_that_is_no_course_page_and_one_that_wants_no_index() -> None:
    assert not detail_page(b"<html><body><h1>Maintenance</h1></body></html>").is_course
    assert page("course.html", "index,follow,all", "noindex,nofollow").hidden
    assert not page("course.html").hidden


def test_a_plan_whose_root_is_named_is_its_roots() -> None:
    assert page("course.html").plan == ("Semaine 1", "Semaine 2")
    rooted = page("course.html", 'name" content=""><ul>', 'name" content="Partie A"><ul>')
    assert rooted.plan == ("Partie A",)


@pytest.mark.parametrize(
    ("name", "level"),
    [("Principiante", "beginner"), ("Intermédio", "intermediate"), ("Avançado", "advanced")],
)
def test_the_levels_of_nau(name: str, level: str) -> None:
    words = Vocabulary(names={"levels": {"30": name}})
    found = read(listed("101"), page("course.html"), words, SITE).course
    assert (found.level, found.quotes["level"].words) == (level, name)
