"""Academies kept by hand: what may be said, what is refused, what has grown stale."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import Course, Quote
from catalogue.errors import WrongUse
from crawlers.engines.academies import COLUMNS, DATA, UNKNOWN, read, stale
from crawlers.files.tables import Row, csv_table

DAY = "2026-11-22"
GOOD = {
    "ref": "maison-fr",
    "provider": "Maison Exemple",
    "title": "Académie de la Maison",
    "url": "https://academie.maison.example/fr",
    "kind": "",
    "language": "fr; en",
    "audience": "customers",
    "topics": "parfum;vente en boutique",
    "free": "yes",
    "note": "Sur inscription\u202f; ouverte à tous.",
    "checked_on": "2026-09-01",
}


def row(**cells: str) -> Row:
    return Row(2, GOOD | cells)


def test_a_row_becomes_a_course_whole() -> None:
    assert read(row(), "academies") == Course(
        platform="academies",
        ref="maison-fr",
        url="https://academie.maison.example/fr",
        title="Académie de la Maison",
        kind="programme",
        audience="customers",
        language="fr",
        languages=("fr", "en"),
        provider="Maison Exemple",
        providers=("Maison Exemple",),
        summary="Sur inscription\u202f; ouverte à tous.",
        subjects=("parfum", "vente en boutique"),
        access="free_full",
        price=0.0,
        updated="2026-09-01",
        quotes={
            "language": Quote(words="fr; en", source="file"),
            "languages": Quote(words="fr; en", source="file"),
            "access": Quote(words="free: yes", source="file"),
            "price": Quote(words="free: yes", source="file"),
            "updated": Quote(words="checked on 2026-09-01", source="file"),
        },
    )


def test_not_checked_is_unknown_and_never_no() -> None:
    course = read(row(language=UNKNOWN, free=UNKNOWN, checked_on="Not checked"), "academies")
    assert (course.language, course.price, course.access, course.updated) == (None,) * 4
    assert dict(course.quotes) == {}


def test_paid_says_no_price() -> None:
    course = read(row(free="no"), "academies")
    assert (course.price, course.access, "price" in course.quotes) == (None, "paid", False)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"title": ""}, "title is empty"),
        ({"audience": ""}, "audience is empty"),
        ({"audience": "all"}, "public, employees, customers"),
        ({"url": "www.maison.example"}, "with https://"),
        ({"url": "javascript:alert(1)"}, "with https://"),
        ({"ref": "Maison FR"}, "small letters"),
        ({"kind": "webinar"}, "guided_project"),
        ({"free": "gratuit"}, "yes, no, not checked"),
        ({"language": "parisien"}, "write fr; en"),
        ({"checked_on": "01/09/2026"}, "write it as 2026-11-22"),
    ],
)
def test_a_bad_row_is_refused_with_its_fix(cells: dict[str, str], words: str) -> None:
    with pytest.raises(WrongUse, match=words):
        read(row(**cells), "academies")


@pytest.mark.parametrize(
    ("checked_on", "words"),
    [
        (DAY, None),
        ("2026-05-26", None),
        ("2026-05-25", "181 days ago"),
        (UNKNOWN, "never checked"),
    ],
)
def test_a_row_grows_stale_after_180_days(checked_on: str, words: str | None) -> None:
    said = stale(read(row(checked_on=checked_on), "academies"), DAY)
    assert (said is None) if words is None else (said is not None and words in said)


@pytest.fixture
def academies(tmp_path: Path) -> Path:
    return tmp_path / "academies.csv"


@pytest.fixture
def crawl(command: Callable[..., Any], academies: Path) -> Callable[..., Any]:
    def run(*rows: dict[str, str]) -> Any:
        with academies.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(GOOD | each for each in rows)
        return command("crawl", "academies", "--day", DAY, "--json",
                       MOOCSCOUT_ACADEMIES=str(academies))  # fmt: skip

    return run


def select(tmp_path: Path, sql: str) -> list[Any]:
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        return db.execute(sql).fetchall()


def test_the_file_is_the_whole_and_a_removed_line_is_withdrawn(
    crawl: Callable[..., Any], tmp_path: Path
) -> None:
    kept = [{"ref": f"maison-{n}", "url": f"https://a.example/{n}"} for n in range(6)]
    first = crawl(*kept)
    second = crawl(*kept[1:])
    assert (first.code, second.code) == (0, 0), second.err
    assert [second.json[0][n] for n in ("verdict", "read", "withdrawn", "requests")] == [
        "complete", 5, 1, 0,
    ]  # fmt: skip
    assert select(tmp_path, "select ref from course where withdrawn is not null") == [("maison-0",)]


def test_stale_rows_and_unknown_addresses_are_issues(
    crawl: Callable[..., Any], tmp_path: Path
) -> None:
    ended = crawl(
        {},
        {"ref": "old", "checked_on": "2026-01-01"},
        {"ref": "never", "checked_on": UNKNOWN},
        {"ref": "nowhere", "url": UNKNOWN},
    )
    assert (ended.code, ended.json[0]["read"], ended.json[0]["verdict"]) == (0, 3, "complete")
    assert select(tmp_path, "select kind, field, count, ref from issue order by field") == [
        ("stale", "checked_on", 2, "old"),
        ("stale", "url", 1, "nowhere"),
    ]


def test_bad_rows_are_named_by_line_and_nothing_is_withdrawn(
    crawl: Callable[..., Any], tmp_path: Path
) -> None:
    assert crawl({}, {"ref": "autre"}).code == 0
    ended = crawl({}, {"ref": "autre", "url": "ailleurs"}, {}, {"ref": "tot", "checked_on": DAY[:8]
                  + "23"})  # fmt: skip
    assert (ended.code, ended.json[0]["read"], ended.json[0]["withdrawn"]) == (1, 1, 0)
    assert "academies.csv, line 3: url 'ailleurs' is no address" in ended.err
    assert "academies.csv, line 4: ref 'maison-fr' stands on line 2 already" in ended.err
    assert "academies.csv, line 5: checked_on 2026-11-23 has not come yet" in ended.err


def test_a_missing_or_foreign_file_is_said(command: Callable[..., Any], academies: Path) -> None:
    arguments = (
        "crawl",
        "academies",
        "--day",
        DAY,
    )
    missing = command(*arguments, MOOCSCOUT_ACADEMIES=str(academies))
    academies.write_text("name,url\nx,y\n", encoding="utf-8")
    foreign = command(*arguments, MOOCSCOUT_ACADEMIES=str(academies))
    assert (missing.code, foreign.code) == (1, 1)
    assert "check the file's name" in missing.err
    assert "lacks the columns ref, provider, title" in foreign.err


def test_the_file_that_comes_along_is_sound_and_claims_nothing_unseen() -> None:
    table = csv_table(DATA / "academies.csv")
    listed = [each for each in table.rows if each.cells["url"] != UNKNOWN]
    courses = [read(each, "academies") for each in listed]
    refs = [each.cells["ref"] for each in table.rows]
    assert (table.header, table.refused) == (COLUMNS, ())
    assert len(set(refs)) == len(refs) == 10
    assert len(courses) >= 3
    # What a row claims of the price, somebody has seen.
    assert [course.ref for course in courses if course.access and not course.updated] == []
