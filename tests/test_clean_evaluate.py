"""`cleaning`: what the rules make of a file of real words, and its summary."""

import csv
import json

import pytest

from catalogue.errors import WrongUse
from catalogue.evaluate import OUTCOMES, cleaning, cleaning_summary


def row(field, value, count="1"):
    return {"field": field, "value": value, "platform": "edX", "count": count}


def test_each_row_says_what_was_read():
    rows = [
        row("workload", "6 weeks, 3 hours per week", "4"),
        row("price", "Conference Talk"),
        row("level", "Subtitles: French"),
        row("languages", "Anglais et français"),
    ]
    results = list(cleaning(rows))
    assert [(each["outcome"], each["read"]) for each in results] == [
        ("read", {"weeks": 6.0, "weekly_low": 3.0, "weekly_high": 3.0}),
        ("empty", None),
        ("refused", None),
        ("read", ["en", "fr"]),
    ]
    assert results[0] | rows[0] == results[0] | {"count": "4", "field": "workload"}
    assert results[2]["why"]
    json.dumps(results)


def test_summary_weighs_by_count():
    rows = [row("level", "Advanced", "3"), row("level", "Cheese"), row("price", "Free", "4")]
    summary = cleaning_summary(cleaning(rows))
    assert summary["level"] == {
        "strings": 2,
        "weight": 4,
        "read": 0.75,
        "empty": 0.0,
        "refused": 0.25,
    }
    assert summary["all"]["weight"] == 8
    assert summary["all"]["read"] == 0.875


def test_summary_of_nothing_is_empty():
    assert cleaning_summary([]) == {}


@pytest.mark.parametrize(
    "bad", [{"field": "level"}, row("colour", "red"), row("level", "Advanced", "many")]
)
def test_a_file_of_another_kind_is_wrong_use(bad):
    with pytest.raises(WrongUse, match="columns field"):
        list(cleaning([bad]))


@pytest.mark.shared
def test_real_strings_are_read_in_all_but_a_few(shared):
    with (shared / "data" / "messy_strings_dev.csv").open(encoding="utf-8", newline="") as file:
        summary = cleaning_summary(cleaning(csv.DictReader(file)))
    assert set(summary) == {"level", "price", "workload", "all"}
    assert summary["all"]["refused"] < 0.03
    assert summary["price"]["refused"] < 0.001
    for field in summary.values():
        assert sum(field[outcome] for outcome in OUTCOMES) == pytest.approx(1)
