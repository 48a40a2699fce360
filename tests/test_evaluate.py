"""`moocscout eval ranking`: the same courses, profiles and judgements for every ranker."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from recommend import ablation, evaluate, judged_rows, listed, peers, text
from recommend.evaluate import Cases, Report
from recommend.profile import Profile

COLUMNS = ("cid", "platform", "title", "description", "url", "language", "organisation", "level")
COURSES = [
    ("a", "Nudge for managers", "How a nudge works and when it fails.", "en", "beginner"),
    ("b", "Le nudge", "Concevoir un nudge pour le consommateur.", "fr", ""),
    ("c", "Gardening", "Roses, and how to talk to a manager of gardens.", "en", ""),
    ("d", "Behavioral economics", "Choices, biases and a nudge.", "en", "advanced"),
]
PROFILES = [
    {"key": "fr", "lang": "fr", "role": "Directrice", "text": "", "topics": "nudge"},
    {"key": "en", "lang": "en", "role": "Manager", "text": "", "topics": "nudge, roses"},
]
GRADES = {"fr": {"a": 2, "b": 3, "c": 0}, "en": {"a": 3, "c": 1, "d": 2}}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    with (tmp_path / "courses.csv").open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, quoting=csv.QUOTE_ALL)
        rows.writerow(COLUMNS)
        rows.writerows((c, "x", t, d, "-", lang, "", level) for c, t, d, lang, level in COURSES)
    (tmp_path / "profiles.json").write_text(json.dumps(PROFILES), encoding="utf-8")
    (tmp_path / "grades.json").write_text(json.dumps(GRADES), encoding="utf-8")
    names = {"courses": "courses.csv", "profiles": "profiles.json", "judgements": "grades.json"}
    return [part for name, file in names.items() for part in (f"--{name}", str(tmp_path / file))]


@pytest.fixture
def cases(files: list[str]) -> Cases:
    return Cases(
        evaluate.read_courses(Path(files[1])), evaluate.read_profiles(Path(files[3])), GRADES
    )


def test_a_course_on_two_platforms_is_measured_too(cases: Cases) -> None:
    """Its list says where else it is, for which a judged catalogue must be whole."""
    there = {"organisation": "Harbour College", "language": "en"}
    first = {**cases.courses[0], **there}
    courses = [first, {**first, "platform": "y"}, *cases.courses[1:]]
    found = judged_rows.catalogue_of(courses)
    assert found.twins(0) == [1]
    cases = attrs.evolve(cases, courses=courses, found=found)
    report = evaluate.side_by_side(cases, found)[evaluate.SHORTLIST]
    assert 0 < report.mean("twins") < 1, "the twin stands behind the list, with the rest"
    assert report.mean("followable") > 0


def test_every_ranker_is_measured_on_the_same(cases: Cases) -> None:
    reports = evaluate.side_by_side(cases, judged_rows.catalogue_of(cases.courses))
    assert list(reports) == [*peers.PEERS, evaluate.OURS, evaluate.SHORTLIST]
    for name, report in reports.items():
        assert 0 < report.ndcg() <= 1, name
        for each in report.profiles:
            assert set(each.ranked) <= {"a", "b", "c", "d"}
            assert each.ndcg == evaluate.ndcg(each.ranked, GRADES[each.profile])
    french = {name: report.profiles[0].ranked for name, report in reports.items()}
    assert "d" not in french["FTS5"][:1]


def test_twins_and_what_one_could_follow_are_shares_of_the_list() -> None:
    said = "How a nudge works, when it fails, and what to try instead of one in a large company."
    row = {"title": "Nudging at work", "description": said, "language": "en"}
    same = {**row, "organisation": "University of Nowhere"}
    courses = [
        {**same, "cid": "a", "platform": "edX"},
        {**same, "cid": "b", "platform": "Coursera"},
        {**row, "cid": "c", "title": "Nudges all day", "workload": "20 hours per week"},
        {**row, "cid": "d", "title": "Nudges aux champs", "language": "de"},
    ]
    found = judged_rows.catalogue_of(courses)
    assert listed.twins(found, [0, 1, 2, 3]) == 1 / 4
    assert listed.twins(found, [0, 2]) == 0.0
    busy = listed.limited(Profile(name="x", wants=("nudge",), language="fr"))
    assert busy.reads == ("fr", "en")
    assert listed.followable(found, busy, evaluate.DAY, [0, 1, 2, 3]) == 1 / 2
    assert listed.followable(found, busy, evaluate.DAY, []) == 0.0


def test_without_a_catalogue_only_relevance_is_measured(cases: Cases) -> None:
    reports = [
        each.report(evaluate.ours(found)).as_json()
        for found in [judged_rows.catalogue_of(cases.courses)]
        for each in (cases, attrs.evolve(cases, found=found))
    ]
    assert (reports[0]["twins"], reports[0]["followable"]) == (None, None)
    assert (reports[1]["twins"], reports[1]["followable"]) == (0.0, 7 / 8)
    assert reports[0]["ndcg"] == reports[1]["ndcg"]


def test_without_bm25s_its_row_says_so(cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bm25s", None)
    reports = evaluate.side_by_side(cases, judged_rows.catalogue_of(cases.courses))
    assert "not installed" in str(reports["bm25s"].absent)
    assert reports["bm25s"].as_json() == {"absent": reports["bm25s"].absent}


def test_intervals_hold_the_mean_and_repeat(cases: Cases) -> None:
    report = evaluate.ranking(cases.courses, cases.profiles, GRADES)
    low, high = report.interval()
    assert low <= report.ndcg() <= high
    assert report.interval() == (low, high)
    assert evaluate.bootstrap([0.5, 0.5]) == (0.5, 0.5)
    assert Report(()).as_json()["ndcg"] == {"all": None, "fr": None, "en": None}


def test_every_ingredient_can_be_left_out(cases: Cases) -> None:
    found = judged_rows.catalogue_of(cases.courses)
    whole = cases.report(evaluate.ours(found))
    reports = ablation.ablations(cases, found)
    names = {f"signal {name}" for name in ablation.SIGNALS}
    assert set(reports) == names | set(ablation.QUERY) | set(ablation.TEXT)
    assert cases.report(evaluate.ours(found)) == whole, "all is as before"
    bridge = reports["bridge between languages"].profiles[0].ranked
    assert set(bridge) <= set(whole.profiles[0].ranked)


def test_leave_one_out_names_every_profile(cases: Cases) -> None:
    found = ablation.leave_one_out(cases, judged_rows.catalogue_of(cases.courses))
    assert set(found["profiles"]) == {"fr", "en"}
    assert set(found["ndcg"]) == {"all", "fr", "en"}


def test_the_command(files: list[str], command: Callable[..., Any]) -> None:
    found = command("eval", "ranking", *files, "--json").json
    assert list(found["systems"]) == [*peers.PEERS, evaluate.OURS, evaluate.SHORTLIST]
    assert found["profiles"] == found["systems"][evaluate.OURS]["profiles"]
    assert [each["profile"] for each in found["profiles"]] == ["fr", "en"]
    said = command("eval", "ranking", *files, "--ours")
    assert said.code == 0
    assert evaluate.OURS in said.out
    assert "FTS5" not in said.out


def test_wrong_files_are_named(files: list[str], command: Callable[..., Any]) -> None:
    turned = [*files[:2], files[2], files[5], files[4], files[3]]
    done = command("eval", "ranking", *turned)
    assert done.code == 2
    assert "not the three files" in done.err


def test_a_fit_follows_what_an_ablation_changes(
    cases: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = judged_rows.catalogue_of(cases.courses)
    monkeypatch.setattr(text, "PHRASED", ())
    monkeypatch.setattr(text, "FIELDS", {**text.FIELDS, "title": 1})
    bare = judged_rows.catalogue_of(cases.courses)
    pair = text.phrase("nudge", "managers")
    weights = [found.postings(["nudg", pair]) for found in (whole, bare)]
    assert set(weights[0]) == {"nudg", pair}
    assert set(weights[1]) == {"nudg"}
    assert weights[0]["nudg"].weight(1) > weights[1]["nudg"].weight(1)
