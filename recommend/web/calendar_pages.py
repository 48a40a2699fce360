"""When courses start and enrolments close, month by month; and as a calendar file."""

from __future__ import annotations

import calendar as months
import datetime
import re
import sqlite3
from functools import partial
from typing import Any

from catalogue import reading
from catalogue.export import feeds, selection
from catalogue.reading import Row
from recommend import wording
from recommend.web import asked as asking
from recommend.web.answering import answer, page, platforms, send, sorry
from recommend.web.asked import Asked, WrongRequest
from recommend.web.site import Site, site_of
from recommend.web.texts import Words

_SHOWN = 200
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_KINDS = (("start", "start"), ("deadline", "enrolment_end"))


@page
async def calendar(datasette: Any, request: Any, where: Asked) -> Any:
    """`?month=2026-12`; without one, the month of today."""
    here = site_of(datasette)
    month = _month(request.args, here.day)
    dates = await here.read(partial(read, month=month, limit=_SHOWN))
    days: dict[str, list[Row]] = {}
    for date in dates:
        days.setdefault(date["day"], []).append(date)
    before, after = _other(month, -1), _other(month, 1)
    return await answer(
        datasette,
        request,
        where,
        "calendar.html",
        month=month,
        title=month_name(month, where.lang),
        today=here.day,
        grid=_grid(month, days),
        weekdays=_weekdays(where.lang),
        days=days,
        past=[day for day in days if day < here.day and month == here.day[:7]],
        names_of_days={day: _day_name(day, where.lang) for day in days},
        count=len(dates),
        full=len(dates) == _SHOWN,
        previous=before,
        next=after,
        names={other: month_name(other, where.lang) for other in (before, after)},
        platforms=await platforms(datasette),
    )


def _month(args: Any, day: str) -> str:
    given = asking.text(args, "month") or day[:7]
    found = _MONTH.fullmatch(given)
    if not found or not 2000 <= int(found[1]) <= 2100:
        raise WrongRequest("wrong_day", name="month", example=day[:7], value=given[:40])
    return given


def _other(month: str, step: int) -> str:
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + step, 12)
    return f"{year:04}-{number + 1:02}"


def month_name(month: str, lang: str) -> str:
    """ "décembre 2026" """
    from babel.dates import format_date

    first = datetime.date.fromisoformat(f"{month}-01")
    return str(format_date(first, "LLLL yyyy", locale=lang)).replace(" ", "\u00a0")


def _day_name(day: str, lang: str) -> str:
    """ "Mardi 1er décembre 2026" """
    _, whole = _weekdays(lang)[datetime.date.fromisoformat(day).weekday()]
    return f"{whole.capitalize()} {wording.day(lang, day)}"


def _weekdays(lang: str) -> list[tuple[str, str]]:
    """(short, whole) names of the days, Monday first."""
    from babel.dates import get_day_names

    whole = get_day_names("wide", locale=lang)
    short = get_day_names("abbreviated", locale=lang)
    return [(str(short[at]).rstrip("."), str(whole[at])) for at in range(7)]


def _grid(month: str, days: dict[str, list[Row]]) -> list[list[Row | None]]:
    """Weeks of seven days; None outside the month."""
    weeks = months.Calendar().monthdayscalendar(int(month[:4]), int(month[5:]))
    return [[_cell(f"{month}-{day:02}", days) if day else None for day in week] for week in weeks]


def _cell(day: str, days: dict[str, list[Row]]) -> Row:
    kinds = [date["kind"] for date in days.get(day, [])]
    return {
        "day": day,
        "number": int(day[8:]),
        "starts": kinds.count("start"),
        "closes": kinds.count("deadline"),
    }


def read(db: sqlite3.Connection, month: str, limit: int) -> list[Row]:
    """The first dates of a month: session starts and last days to enrol, of listed courses."""
    halves = " union all ".join(
        f"select * from (select s.{column} as day, '{kind}' as kind, s.course_id,"  # noqa: S608
        " s.ref as session"
        f" from session s where s.{column} >= :first and s.{column} < :after"
        f" and s.withdrawn is null order by s.{column}, s.course_id limit :limit)"
        for kind, column in _KINDS
    )
    return reading.rows(
        db,
        "select d.day, d.kind, c.platform, c.ref, c.title, c.provider, c.language"  # noqa: S608
        f" from ({halves}) d join course c on c.id = d.course_id where c.withdrawn is null"
        " order by d.day, d.kind desc, c.title, c.id limit :limit",
        {"first": f"{month}-01", "after": f"{_other(month, 1)}-01", "limit": limit},
    )


@page
async def calendar_file(datasette: Any, request: Any, where: Asked) -> Any:
    """`?month=2026-12` or `?course=fun:34`: the same dates for a calendar program."""
    here = site_of(datasette)
    named = asking.text(request.args, "course")
    month = "" if named else _month(request.args, here.day)
    body = await here.read(partial(_file, here=here, named=named, month=month, lang=where.lang))
    if body is None:
        platform, _, ref = named.partition(":")
        said = Words(where.lang)("course_not_found", platform=platform, ref=ref[:80])
        return await sorry(datasette, request, where, "not_found", said, status=404)
    name = re.sub(r"[^a-z0-9]+", "-", (named or month).lower()).strip("-")
    return await send(datasette, where, body, feeds.ICS_TYPE, name=f"moocscout-{name}.ics")


def _file(db: sqlite3.Connection, here: Site, named: str, month: str, lang: str) -> bytes | None:
    if named:
        platform, _, ref = named.partition(":")
        course = reading.course(db, platform, ref, here.day)
        if course is None:
            return None
        title, first, courses = course["title"], here.day, [course]
    else:
        title = f"{Words(lang)('calendar_title')} · {month_name(month, lang)}"
        first, courses = f"{month}-01", _of_month(db, month, here.day)
    channel = feeds.Channel(
        title=title,
        scope=("feed", "calendar", named or month),
        language=lang,
        day=first,
        platforms=selection.platforms(db),
    )
    return feeds.ics(channel, [(course, None) for course in courses])


def _of_month(db: sqlite3.Connection, month: str, day: str) -> list[Row]:
    """The courses with a date in the month, each with those dates alone."""
    dates = read(db, month, _SHOWN)
    keys = dict.fromkeys((date["platform"], date["ref"]) for date in dates)
    found = (reading.course(db, platform, ref, day) for platform, ref in keys)
    return [
        course | {"sessions": [_within(session, month) for session in course["sessions"]]}
        for course in found
        if course is not None
    ]


def _within(session: Row, month: str) -> Row:
    kept = {
        column: value if (value := session[column]) and value.startswith(month) else None
        for _, column in _KINDS
    }
    return session | kept


_LANG = r"^(?:/(?:fr|en))?"
ROUTES = [(_LANG + r"/calendar$", calendar), (_LANG + r"/calendar\.ics$", calendar_file)]
