"""`moocscout eval ranking`: the same courses, profiles and judgements for every ranker."""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from recommend import ablation, axes, evaluate, judged_files, judged_rows, listed, peers, text
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
        judged_files.courses(Path(files[1])), judged_files.profiles(Path(files[3])), GRADES
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
    report = cases.report(evaluate.ours(judged_rows.catalogue_of(cases.courses)))
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
    assert f"{files[5]} must be a JSON list of profiles" in done.err


WRONG_COURSES = {
    "platform,title\nx,Nudging\n": "lacks the column cid; its first line must name cid, title",
    "cid;title\na;Nudging\n": "lacks the column cid",
    "": "lacks the column cid",
    "cid,title\n": "has no rows",
    "cid,title\na,Nudging\na,Roses\n": "the cid 'a' stands 2 times; keep one",
    "cid,title\n,Nudging\n": "a row has no cid (title: 'Nudging')",
    "cid,title\na,X\n": "has no words in title and description",
    "cid,title\nz,Nudging\n": "none of the graded courses is in the courses file (fr, en)",
}
WRONG_PROFILES = {
    "[]": "must be a JSON list of profiles, each with key, lang, role, text, topics",
    "[": "is not JSON: Expecting value: line 1",
    '["fr"]': "profile 1: key is missing",
    json.dumps([*PROFILES, {**PROFILES[0], "topics": ["nudge"]}]): "profile 3: topics is missing",
    json.dumps([{**PROFILES[0], "lang": "de"}]): "profile 1: lang is 'de'; it must be fr or en",
    json.dumps([{**PROFILES[0], "role": "le", "topics": ", "}]): "no word to look for",
    json.dumps([{**PROFILES[0], "role": "\ud800"}]): "is not JSON: 'utf-8' codec can't encode",
    json.dumps(2 * PROFILES): "the key 'fr' stands 2 times",
}
WRONG_GRADES = {
    "{}": "nothing to measure: no grades in the judgements file (fr, en)",
    "[" * 100_000: "is not JSON",
    '{"fr": null}': "fr: must be an object",
    '{"fr": {"a": "3"}}': "fr: the grade of 'a' is \"3\"; grades are the numbers 0, 1, 2 and 3",
    '{"fr": {"a": 7}}': "the grade of 'a' is 7",
    '{"fr": {"a": true}}': "the grade of 'a' is true",
    '{"fr": {"a": 0}, "en": {"a": 0}}': "no grade above 0",
}
WRONG = [
    (place, content, wanted)
    for place, group in ((1, WRONG_COURSES), (3, WRONG_PROFILES), (5, WRONG_GRADES))
    for content, wanted in group.items()
]


@pytest.mark.parametrize(("place", "content", "wanted"), WRONG, ids=[case[2] for case in WRONG])
def test_what_is_wrong_with_a_file_is_said(
    place: int, content: str, wanted: str, files: list[str], command: Callable[..., Any]
) -> None:
    """With every ranker: none may fall over what ours would bear."""
    Path(files[place]).write_text(content, encoding="utf-8")
    done = command("eval", "ranking", *files)
    assert done.code == 2
    assert wanted in done.err
    assert files[place] in done.err
    assert len(done.err.splitlines()) <= 2
    assert not done.out


def test_a_profile_that_cannot_be_measured_is_left_out(
    files: list[str], command: Callable[..., Any]
) -> None:
    whole = command("eval", "ranking", *files, "--ours", "--json")
    assert (whole.json["left_out"], whole.json["unknown"], whole.err) == ({}, [], "")
    some = {"fr": {"z": 3, "c": 0}, "en": {**GRADES["en"], "y": 0}}
    Path(files[5]).write_text(json.dumps(some), encoding="utf-8")
    done = command("eval", "ranking", *files, "--ours", "--json", "--ablate")
    assert done.code == 0
    why = "no grade above 0 for a course of the courses file"
    assert done.json["left_out"] == {"fr": why}
    assert done.json["unknown"] == ["y", "z"]
    assert done.json["profiles"] == whole.json["profiles"][1:]
    assert "leave_one_out" not in done.json, "there is but one"
    left_out, unknown = done.err.splitlines()
    assert left_out == f"left out: fr: {why}"
    assert unknown.startswith("2 of the 5 judged courses are not in the courses file (y, for one)")


def test_courses_are_read_by_what_they_are(files: list[str], command: Callable[..., Any]) -> None:
    """Only cid and title are needed; with a byte order mark, and packed under any name."""
    path = Path(files[1])
    bare = "\ufeffcid,title\n" + "".join(f"{c},{title}\n" for c, title, *_ in COURSES)
    path.write_bytes(gzip.compress(bare.encode()))
    assert judged_files.courses(path)[0]["description"] == ""
    done = command("eval", "ranking", *files, "--json")
    assert done.code == 0, done.err
    assert all(report["ndcg"]["all"] for report in done.json["systems"].values())
    path.write_bytes(path.read_bytes()[:40])
    done = command("eval", "ranking", *files)
    assert done.code == 2
    assert done.err.startswith(f"moocscout: {path} cannot be read as a CSV file: its gzip data are")


def test_axes_say_what_of_the_sheet_is_not_there(
    files: list[str], command: Callable[..., Any]
) -> None:
    done = command("eval", "axes", *files[:2])
    assert (done.code, done.out) == (2, "")
    assert f"nothing to measure: {files[1]} lacks 100 of the 100 courses" in done.err
    french = next(row["cid"] for row in axes.sheet() if row["language"] == "fr")
    Path(files[1]).write_text(f"cid,title\n{french},Nudge\n", encoding="utf-8")
    done = command("eval", "axes", *files[:2], "--json")
    assert (done.code, set(done.json["tone"])) == (0, {"all", "fr"})
    assert "lacks 99 of the 100 courses" in done.err


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
