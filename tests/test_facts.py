"""Table fact: courses with the same values of what a group of signals reads have one number."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue.course import Course, Session
from recommend import facts, index, style

Stock = Callable[..., Path]


def invented(number: int) -> Course:
    """One of few sorts of courses, with up to three sessions."""
    pick = random.Random(number).choice
    dates = [None, "2026-10-01", "2026-12-01"]
    return Course(
        platform=pick(["fun", "edx"]), ref=str(number), url=f"https://x.example/{number}",
        title="Nudge", description=pick([None, "Une preuve", "Des exercices"]),
        language=pick([None, "fr"]), level=pick([None, "beginner"]), weeks=pick([None, 2.0]),
        price=pick([None, 0.0, 80.0]), currency="EUR",
        billing=pick([None, "month"]), rating=pick([None, 4.9]), pace=pick([None, "self"]),
        updated=pick([None, "2026-06-01"]),
        sessions=tuple(Session(ref=str(at), start=pick(dates), end=pick(dates))
                       for at in range(pick([0, 1, 1, 2, 3]))),
    )  # fmt: skip


def told(db: sqlite3.Connection, name: str) -> dict[int, Any]:
    """What a group reads of each listed course, asked course by course."""
    group = facts.GROUPS[name]
    columns = ", ".join(("id", *group.columns))
    rows = db.execute(f"select {columns} from course where withdrawn is null order by id")
    found = {}
    for course_id, *values in rows.fetchall():
        dates = db.execute(
            "select start, end, enrolment_start, enrolment_end from session"
            " where withdrawn is null and course_id = ?",
            [course_id],
        ).fetchall()
        poles = f"select {', '.join(style.POLES)} from style where course_id = ?"
        weights = db.execute(poles, [course_id]).fetchone() if group.style else None
        held = group.sessions(sorted(dates, key=repr)) if group.sessions else None
        found[course_id] = (*values, held, weights)
    return found


def test_courses_have_one_number_where_a_group_reads_the_same(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "_BATCH", 32)
    courses = list(map(invented, range(150)))
    stock(*courses)
    left = [attrs.evolve(course, sessions=course.sessions[1:]) for course in courses[10:90]]
    with closing(index.ensure(stock(*left, *courses[90:], day="2026-11-29"))) as found:
        numbered = facts.read(found.store)
        for name in facts.GROUPS:
            codes, firsts = numbered[name]
            values = told(found.db, name)
            distinct = list(dict.fromkeys(values.values()))
            assert 1 < len(distinct) < len(values) == 140, name
            numbers = {at: distinct.index(value) for at, value in values.items()}
            assert codes.tolist() == [numbers.get(at, 0) for at in range(151)]
            first = {value: at for at, value in reversed(values.items())}
            assert firsts.tolist() == [first[value] for value in distinct]
