"""Where else a course is listed, and what it costs there: read from what `same` has found."""

from __future__ import annotations

import sqlite3

from catalogue.dicts import Row, rows
from catalogue.sessions import OPEN_STATES, state_sql


def also_on(db: sqlite3.Connection, course_id: int, day: str) -> list[Row]:
    """Where else the course is listed still, the facts that a person compares: money and dates.

    Each row has platform (its name) and platform_title, ref, title, url, access, price, currency,
    price_eur with its rate and rate_date, billing, certificate, the `state` of its best session on
    `day` with that session's start and enrolment dates (None where it has no session), score and
    reason. Open ones first.
    """
    found = rows(
        db,
        "select c.id, c.platform, p.title as platform_title, c.ref, c.title, c.url, c.pace,"
        " m.access, m.price, m.currency, m.price_eur, m.rate, m.rate_date, m.billing,"
        " m.certificate, t.score, t.reason"
        " from same_course own join same_course t on t.cluster_id = own.cluster_id"
        " and t.course_id <> own.course_id join course c on c.id = t.course_id"
        " join platform p on p.name = c.platform join course_money m on m.course_id = c.id"
        " where own.course_id = ? and c.withdrawn is null",
        [course_id],
    )
    offered = [row | _best_session(db, row["id"], day) for row in found]
    return sorted(offered, key=lambda row: (row["state"] not in OPEN_STATES, row["id"]))


_ORDER = (*OPEN_STATES, "future-not-yet-open", "to-be-scheduled", "unknown")


def _best_session(db: sqlite3.Connection, course_id: int, day: str) -> Row:
    """The session that one would take: an open one before one that opens, the nearest first."""
    found = rows(
        db,
        f"select {state_sql(':day')} as state, start, enrolment_start, enrolment_end from session"
        " where course_id = :course and withdrawn is null order by start",
        {"day": day, "course": course_id},
    )
    order = {state: at for at, state in enumerate(_ORDER)}
    nothing = dict.fromkeys(("state", "start", "enrolment_start", "enrolment_end"))
    return min(found, key=lambda row: order.get(row["state"], len(order)), default=nothing)
