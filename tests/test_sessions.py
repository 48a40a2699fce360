from __future__ import annotations

import itertools
import sqlite3

import pytest

from catalogue.course import Session
from catalogue.sessions import STATES, state, state_sql

DAY = "2026-11-22"


def session(start: str = "", end: str = "", first: str = "", last: str = "") -> Session:
    return Session(
        ref="1",
        start=start or None,
        end=end or None,
        enrolment_start=first or None,
        enrolment_end=last or None,
    )


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("2026-11-01", "2026-12-31", "2026-10-01", "2026-12-01"), "ongoing-open"),
        (("2026-11-01", "2026-12-31", "2026-10-01", "2026-11-22"), "ongoing-open"),
        (("2026-11-01", "2026-12-31", "2026-10-01", "2026-11-21"), "ongoing-closed"),
        (("2026-11-01", "", "2026-10-01", ""), "ongoing-open"),
        (("2027-01-05", "2027-02-05", "2026-10-01", "2027-01-01"), "future-open"),
        (("2027-01-05", "2027-02-05", "2026-12-01", "2027-01-01"), "future-not-yet-open"),
        (("2027-01-05", "2027-02-05", "2026-10-01", "2026-11-01"), "future-closed"),
        (("2026-01-05", "2026-02-05", "2025-12-01", ""), "archived-open"),
        (("2026-01-05", "2026-02-05", "2025-12-01", "2026-01-10"), "archived"),
        (("", "", "", ""), "to-be-scheduled"),
        (("2026-01-05", "", "", ""), "unknown"),
        (("2027-01-05", "", "", ""), "unknown"),
        (("2026-11-01", "", "2026-12-01", ""), "unknown"),
    ],
)
def test_state(dates: tuple[str, str, str, str], expected: str) -> None:
    assert state(session(*dates), DAY) == expected


def test_sql_says_the_same_for_every_order_of_dates() -> None:
    days = ["", "2026-11-20", "2026-11-22", "2026-11-24"]
    db = sqlite3.connect(":memory:")
    db.execute("create table session (start, end, enrolment_start, enrolment_end)")
    seen = set()
    for dates in itertools.product(days, repeat=4):
        db.execute("delete from session")
        db.execute("insert into session values (?, ?, ?, ?)", [date or None for date in dates])
        said = db.execute(f"select {state_sql(':day')} from session", {"day": DAY}).fetchone()[0]
        assert said == state(session(*dates), DAY), dates
        seen.add(said)
    assert seen == set(STATES)
