"""Microsoft Learn: two languages, one course; the fixtures are invented, in the API's shape."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import Course, Quote, as_dict, course_from
from catalogue.errors import Unreadable
from crawlers.engines import microsoft_learn
from crawlers.engines.microsoft_learn import names_of, read, untracked

DAY = "2026-11-22"
FIXTURE = Path(__file__).parent / "fixtures" / "microsoft_learn" / "catalog.json"
SAVED: dict[str, dict[str, Any]] = json.loads(FIXTURE.read_text("utf-8"))
FRENCH, ENGLISH, PATH, NAMES = (SAVED[each] for each in ("french", "english", "path", "names"))


def test_two_languages_become_one_course_with_both_texts() -> None:
    reading = read([FRENCH, ENGLISH], "course", "microsoft_learn", names_of(NAMES), {})
    assert reading.course == Course(
        platform="microsoft_learn",
        ref="learn.boutique.accueil",
        url="https://learn.microsoft.com/fr-fr/training/modules/accueil/",
        title="Accueillir un client en boutique",
        kind="course",
        provider="Microsoft",
        language="fr",
        languages=("fr", "en"),
        summary="Dire bonjour, écouter, conseiller\u00a0: l’essentiel.",
        subjects=("Vente", "Boutique", "Caisse"),
        level="beginner",
        total_hours=0.783,
        rating=4.75,
        rating_count=12,
        updated="2026-04-05",
        translations={
            "en": {
                "title": "Welcome a customer in the shop",
                "summary": "Say hello, listen, advise.",
                "url": "https://learn.microsoft.com/en-us/training/modules/accueil/?view=full",
            }
        },
        quotes={
            "total_hours": Quote(words="47 minutes", source="api"),
            "level": Quote(words="beginner", source="api"),
            "rating": Quote(words="4.75", source="api"),
            "rating_count": Quote(words="12", source="api"),
        },
    )
    assert (reading.unreadable, reading.unknown) == ((), {})


def test_a_path_is_a_programme_whose_plan_names_its_modules() -> None:
    titles = {"learn.boutique.accueil": "Accueillir un client en boutique"}
    reading = read([PATH], "programme", "microsoft_learn", {}, titles)
    assert as_dict(reading.course) == {
        "platform": "microsoft_learn",
        "ref": "learn.boutique",
        "url": "https://learn.microsoft.com/fr-fr/training/paths/boutique/",
        "title": "Tenir une boutique",
        "kind": "programme",
        "audience": "public",
        "provider": "Microsoft",
        "language": "fr",
        "languages": ["fr"],
        "summary": "Tout, du rideau au tiroir-caisse.",
        "subjects": ["vente"],
        "plan": ["Accueillir un client en boutique"],
        "level": "mixed",
        "rating_count": 0,
        "updated": "2026-03-02",
        "quotes": {
            "level": {"words": "beginner, intermediate", "source": "api"},
            "rating_count": {"words": "0", "source": "api"},
        },
    }


def test_a_text_never_translated_is_english_whatever_was_asked_for() -> None:
    course = read([ENGLISH, ENGLISH], "course", "microsoft_learn", {}, {}).course
    assert (course.language, course.languages, course.translations) == ("en", ("en",), None)


def test_what_cannot_be_read_is_said_and_stays_unknown() -> None:
    odd = FRENCH | {"duration_in_minutes": "long", "levels": ["cosmic"], "badge": "gold"}
    reading = read([odd], "course", "microsoft_learn", {}, {})
    assert (reading.course.total_hours, reading.course.level) == (None, None)
    assert [field for field, _ in reading.unreadable] == ["total_hours", "level"]
    assert reading.unknown == {"badge": "gold"}


@pytest.mark.parametrize("key", ["uid", "title", "url"])
def test_without_name_title_or_address_there_is_no_course(key: str) -> None:
    with pytest.raises(Unreadable):
        read([FRENCH | {key: None}], "course", "microsoft_learn", {}, {})


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x/?WT.mc_id=1", "https://a.example/x/"),
        ("https://a.example/x?a=1&utm_source=z#top", "https://a.example/x?a=1#top"),
        ("https://a.example/x", "https://a.example/x"),
    ],
)
def test_click_counters_go_and_the_rest_stays(url: str, kept: str) -> None:
    assert untracked(url) == kept


def target(types: str, locale: str) -> str:
    return f"/api/catalog/?locale={locale}&type={types.replace(',', '%2C')}"


def answers(**different: Any) -> dict[str, tuple[int, str, bytes]]:
    given: dict[str, Any] = {
        target(",".join(microsoft_learn.NAMES), "fr-fr"): NAMES,
        target("modules", "fr-fr"): {"modules": [FRENCH, FRENCH]},
        target("modules", "en-us"): {
            "modules": [ENGLISH, ENGLISH | {"uid": "en.only", "url": "https://a.example/en"}]
        },
        target("learningPaths", "fr-fr"): {"learningPaths": [PATH]},
        target("learningPaths", "en-us"): {
            "learningPaths": [PATH | {"locale": "en-us", "title": "Keep a shop"}]
        },
    }
    served = {k: (200, "application/json", json.dumps(v).encode()) for k, v in given.items()}
    return served | different


def courses(tmp_path: Path) -> list[Any]:
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        return db.execute(
            "select ref, kind, language, title, withdrawn from course order by ref"
        ).fetchall()


def test_a_crawl_asks_once_per_type_and_language(
    command: Callable[..., Any], stand_in: Callable[..., Any], tmp_path: Path
) -> None:
    site = stand_in(answers())
    ended = command("crawl", "microsoft_learn", "--base-url", site.url, "--day", DAY, "--json")
    crawl = ended.json[0]
    assert (ended.code, crawl["verdict"], crawl["reasons"]) == (0, "complete", [])
    assert (crawl["read"], crawl["announced"], crawl["new"]) == (3, 3, 3)
    assert site.asked == ["/robots.txt", *answers()]
    assert courses(tmp_path) == [
        ("en.only", "course", "en", "Welcome a customer in the shop", None),
        ("learn.boutique", "programme", "fr", "Tenir une boutique", None),
        ("learn.boutique.accueil", "course", "fr", "Accueillir un client en boutique", None),
    ]
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        issues = db.execute("select kind, field, count from issue").fetchall()
    assert issues == [("duplicate", "uid", 1)]


FAULTS = {
    "server error": (500, "text/html", b"<h1>500</h1>"),
    "html for json": (200, "text/html", b"<!DOCTYPE html>"),
    "another shape": (200, "application/json", b'{"modules": {}}'),
    "a list": (200, "application/json", b"[1]"),
    "cut off": (200, "application/json", b'{"modules": [{"uid": "a'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_language_missing_takes_no_text_from_a_course(
    fault: str, command: Callable[..., Any], stand_in: Callable[..., Any], tmp_path: Path
) -> None:
    site = stand_in(answers())
    arguments = ("crawl", "microsoft_learn", "--base-url", site.url, "--day", DAY, "--json")
    assert command(*arguments).code == 0
    before = courses(tmp_path)
    site.answers[target("modules", "en-us")] = FAULTS[fault]
    ended = command(*arguments)
    assert (ended.code, ended.json[0]["verdict"]) == (1, "partial")
    assert (ended.json[0]["changed"], ended.json[0]["withdrawn"]) == (0, 0)
    assert courses(tmp_path) == before


def test_a_course_survives_being_stored() -> None:
    course = read([FRENCH, ENGLISH], "course", "microsoft_learn", {}, {}).course
    assert course_from(json.loads(course.to_json())) == course
