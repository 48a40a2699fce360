"""`moocscout demo`: the main job, whole, as the README's first command runs it."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from typing import Any

import pytest

from crawlers.demo.offer import records


@pytest.fixture
def ended(demo_run: Any) -> subprocess.CompletedProcess[str]:
    run: subprocess.CompletedProcess[str] = demo_run.ended
    return run


def test_it_ends_well_and_needs_no_internet(ended: subprocess.CompletedProcess[str]) -> None:
    assert (ended.returncode, ended.stderr) == (0, "")


def test_it_harvests_both_sites_whole(ended: subprocess.CompletedProcess[str]) -> None:
    lines = re.findall(r"^(fun|coursera) +(\w+) +(\d+)", ended.stdout, re.MULTILINE)
    assert lines == [
        ("fun", "complete", "59"),
        ("coursera", "complete", "60"),
        ("fun", "complete", "60"),
        ("coursera", "complete", "60"),
    ]


def test_the_director_gets_twelve_courses_on_his_topics(
    ended: subprocess.CompletedProcess[str],
) -> None:
    titles = re.findall(r"^ ?(\d+)\. (.+?) {2,}[\d,]+$", ended.stdout, re.MULTILINE)
    assert [rank for rank, _ in titles] == [str(n) for n in range(1, 13)]
    first = " ".join(title.lower() for _, title in titles[:8])
    for topic in ("nudg", "crowdsourcing", "neuromarketing", "prédictif"):
        assert topic in first


def test_a_week_of_history_is_there_to_be_looked_at(
    demo_run: Any,
) -> None:
    assert demo_run.ended.returncode == 0
    with sqlite3.connect(demo_run.catalogue) as db:
        changes = db.execute(
            "select distinct field from change where day = '2026-11-22' order by field"
        ).fetchall()
    assert changes == [("new",), ("price",), ("session",)]


def test_the_six_courses_on_both_sites_are_found(demo_run: Any) -> None:
    meant = {(each["ref"], each["twin"]) for each in records("coursera") if each.get("twin")}
    with sqlite3.connect(demo_run.catalogue) as db:
        found = set(
            db.execute(
                "select c.ref, f.ref from same_course s join course c on c.id = s.course_id"
                " join same_course t on t.cluster_id = s.cluster_id"
                " join course f on f.id = t.course_id"
                " where c.platform = 'coursera' and f.platform = 'fun'"
            )
        )
    assert found == meant
    assert len(found) == 6
