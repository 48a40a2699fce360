"""Up to four courses side by side: what sets them apart, what they share."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from catalogue.reading import Row
from recommend import pace
from recommend.money import once
from recommend.web import asked as asking
from recommend.web import facts, whynot
from recommend.web.answering import answer, page, platforms
from recommend.web.asked import Asked, WrongRequest
from recommend.web.formats import Formats
from recommend.web.moves import Key
from recommend.web.site import course, site_of
from recommend.web.texts import Words

MOST = 4
_ASKED = 8


@page
async def compare(datasette: Any, request: Any, where: Asked) -> Any:
    """`?c=fun:34&c=coursera:...`; words that name no course are searched for."""
    here = site_of(datasette)
    asked = list(dict.fromkeys(each.strip() for each in request.args.getlist("c") if each.strip()))
    if any(len(each) > asking.TEXT_LIMIT for each in asked):
        raise WrongRequest("wrong_long", name="c", high=asking.TEXT_LIMIT)
    found = await here.read(partial(_meant, asked=asked[:_ASKED]))
    keys: list[Key] = found["keys"][:MOST]
    records = await here.read(partial(_records, keys=keys, day=here.day))
    words = Words(where.lang)
    rows = _rows(records, words)
    return await answer(
        datasette,
        request,
        where,
        "compare.html",
        courses=[record | {"without": _query(keys, but=_key(record))} for record in records],
        keys=[":".join(key) for key in keys],
        differ=[row for row in rows if row["differs"]],
        alike=[row for row in rows if not row["differs"] and row["known"]],
        unknown=[row["label"].lower() for row in rows if not row["known"]] if records else [],
        missing=found["missing"],
        choices=found["choices"],
        too_many=len(found["keys"]) > MOST,
        most=MOST,
        platforms=await platforms(datasette),
    )


def _key(record: Row) -> Key:
    return record["platform"], record["ref"]


def _query(keys: list[Key], but: Key) -> str:
    return urlencode([("c", ":".join(key)) for key in keys if key != but])


def _meant(db: sqlite3.Connection, asked: list[str]) -> Row:
    """The courses asked for, the names that are none, and courses to choose from instead."""
    keys, missing, choices = [], [], []
    for each in asked:
        key, near = whynot.meant(db, each)
        if key is None:
            missing.append(each)
            choices += near
        elif key not in keys:
            keys.append(key)
    return {"keys": keys, "missing": missing, "choices": choices}


def _records(db: sqlite3.Connection, keys: list[Key], day: str) -> list[Row]:
    records = (course(db, platform, ref, day) for platform, ref in keys)
    return [record for record in records if record is not None]


def _rows(records: list[Row], words: Words) -> list[Row]:
    """One row per fact, one cell per course: its words, and is it the best of them?

    Values that read alike are alike: all of them are marked, or none.
    """
    f = Formats(words)
    readers: list[tuple[str, facts.Reader]] = [
        ("c_platform", lambda record, _: record["platform_title"]),
        ("f_open", lambda record, w: facts.opening(facts.best_opening(record), w)),
        *((label, read) for label, read, _ in facts.FACTS),
        ("c_skills", lambda record, _: " · ".join(record["skills"] or ()) or None),
        ("c_checked", lambda record, _: f.day(record["last_checked"])),
    ]
    rows = []
    for label, read in readers:
        values = [read(record, words) or None for record in records]
        apart = len({*values} - {None}) > 1
        best = {values[at] for at in _best(label, records)} - {None} if apart else set()
        cells = [{"value": value, "best": value in best} for value in values]
        differs, known = len(set(values)) > 1, any(values)
        rows.append({"label": words(label), "cells": cells, "differs": differs, "known": known})
    return rows


_LESS: dict[str, Callable[[Row], float | None]] = {
    "f_weekly_hours": pace.weekly,
    "f_total_hours": itemgetter("hours"),
    "f_weeks": itemgetter("length_weeks"),
}


def _best(label: str, records: list[Row]) -> set[int]:
    """Which courses have the best value, where one is better: less time, less money, more stars."""
    if label == "f_rating":
        values = [-record["rating"] if record["rating"] else None for record in records]
    elif label == "f_access":
        values = [once(record) for record in records]
    elif label in _LESS:
        values = [_LESS[label](record) for record in records]
    else:
        return set()
    known = [value for value in values if value is not None]
    if len(set(known)) < 2:
        return set()
    return {at for at, value in enumerate(values) if value == min(known)}


ROUTES = [(r"^(?:/(?:fr|en))?/compare$", compare)]
