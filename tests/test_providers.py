"""Who offers a course: one key for its names, and what sort of organisation it is."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from catalogue import providers
from catalogue.course import Course
from catalogue.errors import WrongUse
from catalogue.file import open_for_writing
from catalogue.options import PROVIDER_KINDS


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("MIT", "university", "providers.csv: Massachusetts Institute of Technology"),
        ("Université Paris-Saclay", "university", "providers.csv: Université Paris-Saclay"),
        ("ESSEC", "business_school", "providers.csv: ESSEC Business School"),
        ("UCLouvain EHAC", "university",
         "providers.csv: Université catholique de Louvain, with which it begins"),
        ("KAIST (Korea Advanced Institute of Science and Technology)", "university",
         "providers.csv: Korea Advanced Institute of Science and Technology"),
        ("Universität Wien", "university", "word in its name: universitat"),
        ("École Nationale Supérieure de l’Image", "university",
         "word in its name: ecole nationale superieure"),
        ("Quelque École de management", "business_school",
         "word in its name: ecole de management"),
        ("School of Management, University of Nowhere", "business_school",
         "word in its name: school of management"),
        ("Ministère de la Culture", "public_body", "word in its name: ministere"),
        ("Fondation des Quais", "ngo", "word in its name: fondation"),
        ("Quais Ltd.", "company", "word in its name: ltd"),
        ("Nikon School", "brand_academy", "providers.csv: Nikon School"),
        ("HubSpot Academy", "brand_academy", "providers.csv: HubSpot Academy"),
        ("Khan Academy", "ngo", "providers.csv: Khan Academy"),
    ],
)  # fmt: skip
def test_table_and_words_tell(name: str, kind: str, why: str) -> None:
    assert providers.kind(name) == providers.Kind(kind, why)


@pytest.mark.parametrize(
    "name",
    [None, "", "Jeanne Dupont", "Meta Brains", "Quais Academy", "Institut des Quais", "Inca"],
)
def test_most_names_say_nothing(name: str | None) -> None:
    assert providers.kind(name) is None


def test_one_key_for_all_names() -> None:
    assert providers.canonical("MIT") == providers.canonical(
        "Massachusetts Institute of Technology"
    )
    assert providers.canonical("The University of Nowhere") == "university nowhere"
    assert providers.canonical("Universiteit Leiden") == providers.canonical("Leiden University")
    assert providers.canonical("UCLouvain") == providers.canonical("LouvainX")
    assert providers.canonical("Paris 1") != providers.canonical("Paris 3")


def test_the_table_is_large_and_each_name_means_one_provider() -> None:
    held = providers.read()
    assert len(held) >= 250
    assert {row.kind for row in held} == set(PROVIDER_KINDS)
    meant = {
        (providers.normal(name), row.name) for row in held for name in (row.name, *row.aliases)
    }
    assert [key for key, times in Counter(key for key, _ in meant).items() if times > 1] == []


def test_a_wrong_kind_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "providers.csv"
    path.write_text("name,kind,aliases\nQuais,circus,\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="line 2: 'circus' is none of university"):
        providers.read(path)


def test_a_course_is_loaded_with_its_provider_s_kind(stock: Callable[..., Path]) -> None:
    known = {"platform": "fun", "url": "https://fun.example/1", "title": "Nudge"}
    path = stock(
        Course(ref="1", provider="HEC Paris", **known), Course(ref="2", provider="X", **known)
    )
    select = "select provider_kind, provider_kind_why from course order by ref"
    with closing(open_for_writing(path)) as db:
        loaded = db.execute(select).fetchall()
        assert loaded == [("business_school", "providers.csv: HEC Paris"), (None, None)]
        assert providers.refresh(db) == 0
        db.execute("update course set provider_kind = 'ngo', provider_kind_why = 'once'")
        assert providers.refresh(db) == 2
        assert db.execute(select).fetchall() == loaded


@pytest.mark.shared
def test_kinds_are_known_for_most_real_courses(shared: Path) -> None:
    with gzip.open(shared / "data" / "courses_real.csv.gz", "rt", encoding="utf-8") as lines:
        named = [row["organisation"] for row in csv.DictReader(lines) if row["organisation"]]
    known = sum(providers.kind(name) is not None for name in named)
    assert known / len(named) >= 0.7
