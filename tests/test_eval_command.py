"""`moocscout eval`: measured on labelled data."""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue import evaluate
from catalogue.errors import WrongUse

COURSES = """id,title,description,language,organisation
fun:1,Nudge,,fr,Quais
edx:1,Nudge,,fr?,Quais
edx:2,Nudge,,en,Collines
udemy:3,Cuisine,,en,Collines
"""
PAIRS = """id_a,id_b,label,kind,confidence
fun:1,edx:1,duplicate,platforms,sure
fun:1,edx:2,not_duplicate,other,likely
edx:2,udemy:3,duplicate,platforms,likely
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    courses, pairs = tmp_path / "courses.csv.gz", tmp_path / "pairs.csv"
    courses.write_bytes(gzip.compress(COURSES.encode()))
    pairs.write_text(PAIRS, encoding="utf-8")
    return courses, pairs


def test_twins_are_counted(command: Callable[..., Any], files: tuple[Path, Path]) -> None:
    courses, pairs = files
    ended = command("eval", "twins", "--courses", courses, "--pairs", pairs, "--json")
    assert ended.code == 0, ended.err
    found = ended.json
    assert (found["courses"], found["clusters"]) == (4, 1)
    assert found["sure"] == {
        "pairs": 1, "found": 1, "missed": 0, "wrongly_found": 0, "rightly_left": 0,
        "precision": 1.0, "recall": 1.0,
    }  # fmt: skip
    assert (found["all"]["precision"], found["all"]["recall"]) == (1.0, 0.5)
    assert found["kinds"]["other (likely)"]["precision"] is None
    assert [pair["id_b"] for pair in found["wrong"]] == ["udemy:3"]
    shown = command("eval", "twins", "--courses", courses, "--pairs", pairs)
    assert "platforms (likely)" in shown.out


def test_courses_that_pairs_name_and_the_file_lacks_are_said(
    command: Callable[..., Any], files: tuple[Path, Path]
) -> None:
    courses, pairs = files
    courses.write_text(COURSES.replace("udemy:3", "udemy:4"), encoding="utf-8")
    some = command("eval", "twins", "--courses", courses, "--pairs", pairs)
    assert some.code == 0
    assert some.err.startswith(f"1 of the 4 courses that {pairs} names are not in {courses};")
    courses.write_text(COURSES.replace(":", "/"), encoding="utf-8")
    none = command("eval", "twins", "--courses", courses, "--pairs", pairs)
    assert (none.code, none.out) == (2, "")
    assert "nothing to measure: 4 of the 4 courses" in none.err


def test_what_a_file_lacks_is_said(files: tuple[Path, Path], tmp_path: Path) -> None:
    courses, pairs = files
    with pytest.raises(WrongUse, match="lacks the column label"):
        evaluate.read_rows(courses, "id", "label")
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(courses.read_bytes()[:40])
    with pytest.raises(WrongUse, match="cannot be read as a CSV file"):
        evaluate.read_rows(broken, "id")
    broken.write_bytes(COURSES.encode("utf-16"))
    with pytest.raises(WrongUse, match="save it as CSV in UTF-8"):
        evaluate.read_rows(broken, "id")
    broken.write_text(f"id\nfun:1\n{'x' * (1 << 24)}x\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="line 3: field larger than field limit"):
        evaluate.read_rows(broken, "id")
    broken.write_text("id\n", encoding="utf-8")
    with pytest.raises(WrongUse, match="has no rows"):
        evaluate.read_rows(broken, "id")
    labelled = evaluate.read_rows(pairs, *evaluate.TWIN_PAIRS)
    found = evaluate.twins([], labelled)
    assert "fun:1" in found["absent"]
    assert found["all"]["found"] == found["all"]["wrongly_found"] == 0


def test_a_file_is_read_by_what_it_is(tmp_path: Path) -> None:
    """Packed or not whatever its name, with long descriptions, entities and a byte order mark."""
    path = tmp_path / "courses.csv"
    text = "\ufeffid,title,description\nfun:1,R&amp;D," + "x" * 200_000 + "\nfun:2,short\n"
    path.write_bytes(gzip.compress(text.encode()))
    rows = evaluate.read_rows(path, "id", "title")
    assert [(row["id"], len(row["description"])) for row in rows] == [
        ("fun:1", 200_000),
        ("fun:2", 0),
    ]


def test_cleaning(command: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("field,value,platform,count\nlevel,Advanced,edX,3\n", encoding="utf-8")
    found = command("eval", "cleaning", path, "--json").json
    assert found["rows"][0]["read"] == "advanced"
    assert found["summary"]["all"]["read"] == 1.0
    assert "100.0%" in command("eval", "cleaning", path).out
    path.write_text("value\nAdvanced\n", encoding="utf-8")
    wrong = command("eval", "cleaning", path)
    assert wrong.code == 2
    assert wrong.err == (
        f"moocscout: {path} lacks the column field; its first line must name field, value, with"
        " commas between\n"
    )


def test_help_lists_what_can_be_measured(command: Callable[..., Any]) -> None:
    assert "eval" in command("--help").out
    listed = command("eval", "--help").out
    assert all(name in listed for name in ("cleaning", "twins", "ranking"))
    assert "judgements" in command("eval", "ranking", "--help").out


@pytest.mark.shared
def test_twins_reach_the_goal_on_real_listings(shared: Path) -> None:
    data = shared / "data"
    found = evaluate.twins(
        evaluate.read_rows(data / "duplicates_dev_courses.csv.gz", *evaluate.TWIN_COURSES),
        evaluate.read_rows(data / "duplicates_dev.csv", *evaluate.TWIN_PAIRS),
    )
    assert found["sure"]["pairs"] > 400
    assert found["sure"]["precision"] >= 0.98
    assert found["sure"]["recall"] >= 0.92
    assert found["all"]["precision"] >= 0.98
    assert found["all"]["recall"] >= 0.85


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.upper())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


PERTURBED: dict[str, Callable[[int, dict[str, str]], dict[str, str]]] = {
    "every other one in capitals without accents": lambda at, row: (
        row | {name: _plain(row[name]) for name in ("title", "organisation")} if at % 2 else row
    ),
    "every other one with other dashes and ampersands": lambda at, row: (
        row | {"title": row["title"].replace(":", " –").replace("&", "and")} if at % 2 else row
    ),
    "platforms of other names": lambda _, row: row | {"id": f"x{row['id']}"},
    "no description": lambda _, row: row | {"description": ""},
    "no language": lambda _, row: row | {"language": ""},
    "a third of the courses gone": lambda at, row: row if at % 3 else row | {"id": f"gone:{at}"},
}


@pytest.mark.shared
@pytest.mark.parametrize("how", PERTURBED)
def test_twins_reach_the_goal_when_listings_are_written_otherwise(shared: Path, how: str) -> None:
    data = shared / "data"
    courses = evaluate.read_rows(data / "duplicates_dev_courses.csv.gz", *evaluate.TWIN_COURSES)
    changed = [PERTURBED[how](at, row) for at, row in enumerate(courses)]
    pairs = evaluate.read_rows(data / "duplicates_dev.csv", *evaluate.TWIN_PAIRS)
    if how.startswith("platforms"):
        pairs = [pair | {name: f"x{pair[name]}" for name in ("id_a", "id_b")} for pair in pairs]
    left = {row["id"] for row in changed}
    found = evaluate.twins(changed, [p for p in pairs if {p["id_a"], p["id_b"]} <= left])
    assert found["sure"]["precision"] >= 0.98
    assert found["sure"]["recall"] >= 0.92
    assert found["all"]["recall"] >= 0.85
