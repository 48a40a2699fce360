"""The demo's Richie says what the real software said, key for key and hook for hook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from parsel import Selector

pytestmark = pytest.mark.shared

HOOKS = (
    "body[vocab='https://schema.org/'][typeof=Course]",
    "h1.subheader__title[property=name]::text",
    "[property=courseCode]::attr(content)",
    "[property=keywords] > meta[property=name]::attr(content)",
    "[property=keywords] > meta[property=url]::attr(content)",
    "[property=abstract] ::text",
    ".characteristics__term::text",
    "[property=timeRequired]::attr(content)",
    "[property=availableLanguage]::attr(content)",
    "[property=totalHistoricalEnrollment]::attr(content)",
    "a[property=provider] meta[property=name]::attr(content)",
    "a[property=provider] meta[property=url]::attr(content)",
    "a[property=author] [property=name]::text",
    "[property=contributor] > meta[property=name]::attr(content)",
    ".course-detail__description [property=description]",
    ".course-detail__skills li::text",
    ".course-detail__format",
    "[property=coursePrerequisites]",
    "[property=educationalCredentialAwarded]",
    "[typeof=Syllabus] > meta[property=name]::attr(content)",
    "[typeof=Syllabus] > meta[property=position]::attr(content)",
    "[property=license] meta[property=name]::attr(content)",
    "span[rel=hasCourseInstance] meta[property=startDate]::attr(content)",
    "span[rel=hasCourseInstance] meta[property=courseWorkload]::attr(content)",
    ".richie-react--syllabus-course-runs-list::attr(data-props)",
    "meta[property='og:image']::attr(content)",
    "link[rel=alternate][hreflang]::attr(href)",
    ".category-badge__title::text",
)


@pytest.fixture
def samples(shared: Path) -> Path:
    return shared / "samples" / "fun"


def get(site: Any, path: str, language: str = "fr") -> bytes:
    headers = {"Accept": "application/json, */*", "Accept-Language": language}
    with urlopen(Request(site.url + path, headers=headers)) as response:
        body: bytes = response.read()
        return body


def real(samples: Path, name: str) -> Any:
    return json.loads((samples / name).read_text(encoding="utf-8"))


def shape(value: Any) -> Any:
    """Keys all the way down, of the first element of lists; the values gone."""
    if isinstance(value, dict):
        return {
            key: shape(each) for key, each in value.items() if isinstance(each, dict | list)
        } | {key: None for key, each in value.items() if not isinstance(each, dict | list)}
    return [shape(value[0])] if isinstance(value, list) and value else None


def props(page: Selector) -> Any:
    return json.loads(
        page.css(".richie-react--syllabus-course-runs-list::attr(data-props)").get("")
    )


def test_list_elements_have_the_real_keys(demo_site: Any, samples: Path) -> None:
    ours = json.loads(get(demo_site("fun"), "/api/v1.0/courses/?limit=100&scope=objects"))
    theirs = real(samples, "api_courses_all_fr.json")
    assert set(ours) == set(theirs)
    assert set(ours["meta"]) == set(theirs["meta"])
    wanted = theirs["objects"][0]
    for each in ours["objects"]:
        assert list(each) == list(wanted)
        assert set(each["state"]) == set(wanted["state"])
        for run in each["course_runs"]:
            assert list(run) == list(wanted["course_runs"][0])


def test_vocabularies_and_errors_have_the_real_shape(demo_site: Any, samples: Path) -> None:
    site = demo_site("fun")
    for kind in ("subjects", "levels", "organizations", "persons", "licences"):
        ours = json.loads(get(site, f"/api/v1.0/{kind}/"))
        theirs = real(samples, f"api_{kind}_fr.json")
        assert set(ours["objects"][0]) == set(theirs["objects"][0]), kind
    definitions = json.loads(get(site, "/api/v1.0/filter-definitions/"))
    real_definitions = real(samples, "api_filter_definitions_fr.json")
    assert set(definitions) == set(real_definitions)
    assert shape(definitions["subjects"]) == shape(real_definitions["subjects"])


@pytest.mark.parametrize(
    ("query", "sample"),
    [
        ("limit=0", "api_courses_limit0_error.json"),
        ("query=ab", "api_courses_query_too_short_error.json"),
    ],
)
def test_refusals_are_word_for_word(demo_site: Any, samples: Path, query: str, sample: str) -> None:
    with pytest.raises(Exception, match="400") as refused:
        get(demo_site("fun"), f"/api/v1.0/courses/?{query}")
    assert json.loads(refused.value.read()) == real(samples, sample)  # type: ignore[attr-defined]


def test_states_say_the_real_words(demo_site: Any, samples: Path) -> None:
    for language in ("fr", "en"):
        ours = json.loads(get(demo_site("fun"), "/api/v1.0/courses/?limit=100", language))
        said = {
            (each["state"]["priority"], each["state"]["text"], each["state"]["call_to_action"])
            for each in ours["objects"]
        }
        theirs = real(samples, f"api_courses_all_{language}.json")
        assert {
            (each["state"]["priority"], each["state"]["text"], each["state"]["call_to_action"])
            for each in theirs["objects"]
        } <= said


def test_course_pages_have_every_hook(demo_site: Any, samples: Path) -> None:
    page = Selector((samples / "course_60001_fr.html").read_text(encoding="utf-8"))
    site = demo_site("fun")
    ours = Selector(
        get(site, "/fr/cours/le-nudge-en-pratique-orienter-les-choix-sans-contraindre/").decode()
    )
    for hook in HOOKS:
        assert page.css(hook), f"the hook is not one of the real page's: {hook}"
        assert ours.css(hook), f"the demo's page has not: {hook}"
    characteristics = [
        [each.strip().split(":")[0] for each in found.css(".characteristics__term::text").getall()]
        for found in (page, ours)
    ]
    assert characteristics[0][:4] == characteristics[1][:4]


def test_data_props_have_the_real_keys(demo_site: Any, samples: Path) -> None:
    theirs = props(Selector((samples / "course_60002_fr.html").read_text(encoding="utf-8")))
    site = demo_site("fun")
    listed = json.loads(get(site, "/api/v1.0/courses/?limit=100&scope=objects"))["objects"]
    for each in listed[:10]:
        ours = props(Selector(get(site, each["absolute_url"]).decode()))
        assert shape(ours) == shape(theirs), each["title"]
        for run in ours["courseRuns"]:
            assert list(run) == list(theirs["courseRuns"][0])


def test_section_titles_are_the_real_ones(demo_site: Any, samples: Path) -> None:
    for language, path in (
        ("fr", "/fr/cours/le-nudge-en-pratique-orienter-les-choix-sans-contraindre/"),
        ("en", "/en/courses/nudges-in-practice-steering-choices-without-forcing-them/"),
    ):
        real_page = Selector((samples / f"course_60001_{language}.html").read_text("utf-8"))
        ours = Selector(get(demo_site("fun"), path).decode())
        titles = [
            [each.strip() for each in page.css(".course-detail__title::text").getall()]
            for page in (real_page, ours)
        ]
        assert titles[1] == titles[0]
