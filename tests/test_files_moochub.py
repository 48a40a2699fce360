"""A MOOChub list as a file; invented, and the recorded ones where they are there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import Course, Quote, Session
from catalogue.errors import WrongUse
from crawlers.files.columns import ColumnMap
from crawlers.files.intake import Intake
from crawlers.files.kinds import guess, take

Make = Callable[..., Path]
RESOURCE = {
    "id": "plier-1",
    "type": "Course",
    "attributes": {
        "name": "Plier une chemise",
        "courseCode": "PLI-1",
        "url": "https://maison.example/cours/plier",
        "inLanguage": ["fr"],
        "startDate": ["2027-02-01"],
        "endDate": ["2027-03-01"],
        "mood": "secret",
    },
}


def brought(path: Path) -> Intake:
    intake = Intake(platform="maison", audience="employees")
    take("auto", path, ColumnMap(), intake)
    return intake


def saved(make_file: Make, *resources: Any, **more: Any) -> Path:
    return make_file("list.json", json.dumps({"data": list(resources)} | more))


def test_a_saved_list_is_read_as_the_engine_reads_it(make_file: Make) -> None:
    path = saved(make_file, RESOURCE)
    intake = brought(path)
    assert guess(path) == "moochub"
    assert list(intake.courses.values()) == [
        Course(
            platform="maison",
            ref="plier-1",
            url="https://maison.example/cours/plier",
            title="Plier une chemise",
            audience="employees",
            code="PLI-1",
            language="fr",
            languages=("fr",),
            sessions=(Session(ref="2027-02-01", start="2027-02-01", end="2027-03-01"),),
            quotes={
                "languages": Quote(words="fr", source="file"),
                "language": Quote(words="fr", source="file"),
            },
        )
    ]
    assert [(i.field, i.example) for i in intake.notes.issues] == [("mood", None)]
    assert intake.narrowed is None


def test_what_is_no_course_is_said(make_file: Make) -> None:
    nameless = {"id": "2", "type": "Course", "attributes": {"url": "https://a.example"}}
    program = {"id": "3", "type": "Program", "attributes": {}}
    intake = brought(saved(make_file, RESOURCE, nameless, program, "x"))
    assert list(intake.courses) == ["plier-1"]
    assert intake.remarks == ["list.json, resource 2: a name is missing"]
    assert intake.errors == ["list.json, resource 4: no resource: x"]
    assert intake.listed == 3


def test_one_page_of_many_is_a_part(make_file: Make) -> None:
    path = saved(make_file, RESOURCE, links={"next": "https://a.example/?page=2"})
    assert brought(path).narrowed == "one page of a MOOChub list is a part of it"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"data": [', "is not whole JSON"),
        ('{"courses": []}', "no MOOChub list"),
        ("[1, 2]", "no MOOChub list"),
        ("[" * 100_000, "is not whole JSON"),
    ],
)
def test_other_json_is_refused(make_file: Make, text: str, words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        brought(make_file("list.json", text))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["v3_spec_example_page.json", "kicampus_v2_element.json"])
def test_recorded_lists_are_read(shared: Path, make_file: Make, name: str) -> None:
    answer = json.loads((shared / "samples" / "moochub" / name).read_text("utf-8"))
    data = answer.get("data", [answer])
    intake = brought(saved(make_file, *(data if isinstance(data, list) else [data])))
    assert intake.courses
    assert intake.errors == []
