"""What has changed since a day: new, back, gone, prices, dates, titles; for one profile or all."""

from __future__ import annotations

import datetime
import json
import re
import sqlite3
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from catalogue import reading
from catalogue.options import ACCESS
from catalogue.reading import Row
from recommend import text
from recommend.index import Index
from recommend.matter import mattering
from recommend.profile import Profile
from recommend.web import asked as asking
from recommend.web import facts, ranking, wish
from recommend.web.answering import answer, page, platforms
from recommend.web.asked import Asked
from recommend.web.formats import Formats
from recommend.web.site import site_of
from recommend.web.texts import TEXTS, Words

GROUPS = ("new", "back", "gone", "price", "dates", "title", "other")
_SHOWN = 30
READ = 4000
"""Events that a page counts at most; of more it says that there are more."""
_DEFAULT = 7
_OF = {
    "reopened": "dates",
    "dates moved": "dates",
    "session added": "dates",
    "session gone": "dates",
    "session price": "price",
    "currency": "price",
    "billing": "price",
    "access": "price",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAYS = frozenset({"withdrawn", "back", "updated"})
_AMOUNT = re.compile(r"(certificate )?([\d.e+]+) (\?|[A-Z]{3})")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_UNITS: dict[str, Callable[[Formats, float], str | None]] = {
    **dict.fromkeys(("weeks", "weeks_low", "weeks_high"), Formats.weeks),
    **dict.fromkeys(("total_hours", "total_hours_low", "total_hours_high"), Formats.hours),
    "weekly_hours_low": lambda f, value: f.weekly(value, None),
    "weekly_hours_high": lambda f, value: f.weekly(value, None),
}


@page
async def changes(datasette: Any, request: Any, where: Asked) -> Any:
    """`?since=2026-11-15`, and all that the recommend page takes, for what matters to a profile."""
    here = site_of(datasette)
    overview = await here.overview()
    since = _since(request.args, overview["data_date"] or here.day)
    titles = await platforms(datasette)
    wished = wish.read(request.args, where.lang, titles)
    about: set[int] | None = None
    if wished:
        profile, version = wished.profile, await here.version()
        work = partial(_mattering, profile=profile, since=since)
        about = await here.ranker.ask(("matter", profile.hash, since), work, version)
    events = await here.read(partial(read, since=since, courses=about))
    words = Words(where.lang)
    return await answer(
        datasette,
        request,
        where,
        "changes.html",
        since=since,
        groups=list(_grouped(events[:READ], words)),
        most=READ if len(events) > READ else None,
        wish=wished,
        roles=ranking.roles(where.lang),
        platforms=titles,
    )


def _since(args: Any, data_date: str) -> str:
    given = asking.text(args, "since")
    if not given:
        week_ago = datetime.date.fromisoformat(data_date) - datetime.timedelta(days=_DEFAULT - 1)
        return week_ago.isoformat()
    return asking.day("since", given, data_date)


def read(db: sqlite3.Connection, since: str, courses: Collection[int] | None = None) -> list[Row]:
    """What happened from a day on, the newest first; one more than READ where there is more.

    Changes are numbered as they are seen: from the first of that day on, so many are read from the
    end, and nothing is sorted but those. `courses` takes only those ids.
    """
    of = "" if courses is None else " and e.course_id in (select value from json_each(:courses))"
    found = reading.rows(
        db,
        "select e.day, e.what, e.old, e.new, e.change_id, c.id, c.platform, c.ref,"  # noqa: S608
        " c.title, c.provider, c.language, c.currency"
        " from course_event e cross join course c on c.id = e.course_id"
        " where e.change_id >= (select min(id) from change where day >= :since)"
        f"{of} and +e.day >= :since order by e.change_id desc limit {READ + 1}",
        {"since": since, "courses": json.dumps(sorted(courses or ()))},
    )
    return sorted(found, key=lambda event: (event["day"], event["change_id"]), reverse=True)


def _mattering(index: Index, profile: Profile, since: str) -> set[int]:
    gone = reading.rows(
        index.db,
        f"select id, {', '.join(text.FIELDS)} from course"  # noqa: S608
        f" where withdrawn >= ? order by withdrawn desc limit {READ}",
        [since],
    )
    return mattering(index, profile, gone)


def group_of(what: str) -> str:
    """The group that an event is shown in."""
    if what in GROUPS:
        return what
    if what.startswith(("price", "certificate price")):
        return "price"
    return _OF.get(what, "other")


def _grouped(events: list[Row], words: Words) -> Any:
    """Each group that has something, with its first events in words."""
    for name in GROUPS:
        mine = [event for event in events if group_of(event["what"]) == name]
        if mine:
            shown = [event | said(event, words) for event in mine[:_SHOWN]]
            yield {"name": name, "count": len(mine), "events": shown, "more": len(mine) - _SHOWN}


def said(event: Row, words: Words) -> Row:
    """An event in words: what it is called, the old value and the new one."""
    what = event["what"]
    if what in ("new", "gone", "back"):
        return {"said": None, "was": None, "now": None}
    label = words.of("ev" if f"ev_{what}" in TEXTS else "f", what)
    values = [value_of(event, event[side], words) for side in ("old", "new")]
    return {"said": label, "was": values[0], "now": values[1]}


def told(change: Row, currency: str | None, words: Words) -> Row:
    """A row of table change with its values in words."""
    event = {"what": change["field"].replace("_price", " price"), "currency": currency}
    values = [value_of(event, change[side], words) for side in ("old", "new")]
    return change | {"was": values[0], "now": values[1]}


def value_of(event: Row, value: str | None, words: Words) -> str | None:
    """A changed value as the page's language writes it."""
    if value is None:
        return None
    f = Formats(words)
    if event["what"].startswith(("price", "certificate price")):
        return f.price(float(value), event["currency"])
    if event["what"].startswith(("session", "dates", "reopened")):
        return session_line(value, words)
    if said := _of_column(event["what"], value, f):
        return said
    return words.of("v", value)


def _of_column(what: str, value: str, f: Formats) -> str | None:
    """A column's value with its unit or its name; None for those that say themselves."""
    if what == "access" and value in ACCESS:
        return facts.access_kind(value, f.words)
    if what in _DAYS:
        return f.day(value)
    if what == "language":
        return f.language(value)
    if what not in _UNITS or not _FIGURE.fullmatch(value):
        return None
    return _UNITS[what](f, float(value))


def session_line(value: str, words: Words) -> str:
    """ "2026-11-16/2026-12-14, enrolment 2026-10-13/2026-12-04, 49 EUR" as a person says it."""
    f = Formats(words)
    teaching, *rest = value.split(", ")
    parts = [_span(teaching, f)]
    for each in rest:
        if each.startswith("enrolment ") and _DAY.search(each):
            span = _span(each.removeprefix("enrolment "), f)
            parts.append(f"{words('session_enrol').lower()} {span}")
        elif amount := _AMOUNT.fullmatch(each):
            parts.append(_amount(f, *amount.groups()))
    return ", ".join(part for part in parts if part.strip())


def _amount(f: Formats, certificate: str | None, amount: str, currency: str) -> str:
    said = f.price(float(amount), None if currency == "?" else currency) or ""
    return f"{f.words('f_certificate').lower()} {said}" if certificate else said


def _span(days: str, f: Formats) -> str:
    return " → ".join(f.day(day) or "" for day in _DAY.findall(days)) or days


ROUTES = [(r"^(?:/(?:fr|en))?/changes$", changes)]
