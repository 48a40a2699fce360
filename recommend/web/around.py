"""What stands around a course: the same one elsewhere, its neighbours, the roles that it serves."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from functools import partial

from catalogue import elsewhere, reading
from catalogue.errors import MoocscoutError
from catalogue.reading import Row
from catalogue.sessions import OPEN_STATES
from recommend import near as nearness
from recommend import opening as sessions
from recommend import roles
from recommend.index import Index
from recommend.money import once
from recommend.profile import Profile
from recommend.web import facts, ranking
from recommend.web.formats import Formats
from recommend.web.site import LINE, Site
from recommend.web.texts import Words

_NEAREST = 5
_PATIENCE = 1.0
"""Seconds that a page waits for the places in all roles, worked out once per data and day."""


async def twins(here: Site, record: Row) -> list[Row]:
    """The same course on other platforms, the open ones first."""
    found = await here.read(partial(elsewhere.also_on, course_id=record["id"], day=here.day))
    return list(found)


def deal(twin: Row, own: Row, words: Words) -> Row:
    """A twin with its money and dates in words."""
    f = Formats(words)
    said = [
        *facts.offer(twin, words),
        words(
            "price_about",
            price=f.price(round(twin["price_eur"]), "EUR"),
            rate=f.number(twin["rate"], 2),
            currency=twin["currency"],
            day=f.day(twin["rate_date"]),
        )
        if twin.get("price_eur") and twin.get("currency") != "EUR"
        else None,
    ]
    return twin | {"facts": [each for each in said if each], "better": _better(twin, own, words)}


def _better(twin: Row, own: Row, words: Words) -> list[str]:
    """What speaks for the twin against the course itself, as far as both are known."""
    costs = [once(each) for each in (twin, own)]
    best = sessions.best(own["sessions"])
    closed = best is not None and best.state not in OPEN_STATES and best.state != "unknown"
    found = []
    if costs[0] is not None and costs[1] is not None and costs[0] < costs[1]:
        found.append(words("twin_cheaper"))
    if closed and twin.get("state") in OPEN_STATES:
        found.append(words("twin_open"))
    return found


async def near(here: Site, record: Row) -> list[Row]:
    """The nearest courses with the words that they share; none while nothing can be ranked."""
    version = await here.version()
    work = partial(nearness.near, course=record, top=_NEAREST)
    try:
        found = await here.ranker.ask(("near", record["id"]), work, version)
    except MoocscoutError:
        return []
    rows = await here.read(partial(_lines, ids=[each.course_id for each in found]))
    return [rows[each.course_id] | {"shared": each.shared} for each in found]


def _lines(db: sqlite3.Connection, ids: list[int]) -> dict[int, Row]:
    sql = f"{LINE} where c.id in (select value from json_each(?))"  # noqa: S608
    return {row["id"]: row for row in reading.rows(db, sql, [json.dumps(ids)])}


async def serves(here: Site, record: Row, lang: str) -> list[tuple[Profile, int]] | None:
    """The shipped roles that have the course in their first fifty by score, with its place.

    None while that is still being worked out, and for a course that is listed no more.
    """
    if record["withdrawn"]:
        return None
    try:
        found = await asyncio.wait_for(_served(here, record, lang), _PATIENCE)
    except (MoocscoutError, TimeoutError):
        return None
    return sorted(found, key=lambda each: each[1])


async def _served(here: Site, record: Row, lang: str) -> list[tuple[Profile, int]]:
    """One role after the other, so that a thread is always free for somebody's own profile."""
    return [
        (role, place)
        for role in ranking.roles(lang)
        if (place := (await places(here, role)).get(record["id"]))
    ]


async def places(here: Site, role: Profile) -> dict[int, int]:
    """Course id -> place by score, for the first fifty of a role."""
    work = partial(_places, role=role, day=here.day)
    found: dict[int, int] = await here.ranker.ask(
        ("places", role.hash, here.day), work, await here.version()
    )
    return found


def _places(index: Index, role: Profile, day: str) -> dict[int, int]:
    found = roles.kept(index, role, day) or roles.ranked(index, role, day)
    return {course_id: place for place, (course_id, _) in enumerate(found, start=1)}
