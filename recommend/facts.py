"""What signals give each course, worked out once per distinct set of facts instead of per course.

A signal is a pure function of a few columns. The index numbers the distinct values of those
columns; for a profile each number's points are worked out once, by the signals themselves, on the
first course that has it. So a ranking knows what every course scores, but for what few courses win
or lose by their own words, before it reads any; it reads only those that may enter the list.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from catalogue.sessions import state_sql
from recommend import style
from recommend.profile import Profile
from recommend.signals import HIGHEST, asked, signals
from recommend.signals.base import UNSAID
from recommend.signals.topic import AMPLE


class Group(NamedTuple):
    """Signals that read the same facts."""

    names: tuple[str, ...]
    columns: tuple[str, ...] = ()
    """The course's columns that their points depend on, or SQL for as much of one as matters."""
    keys: tuple[str, ...] = ()
    """What of the profile their points depend on, weights apart."""
    sessions: Callable[[Dates], Any] | None = None
    """What of the dates of a course's listed sessions matters."""
    style: bool = False


Dates = Sequence[tuple[Any, ...]]
"""Of every session that the platform still lists: start, end, enrolment_start, enrolment_end."""


def _stated(column: str) -> str:
    return f"iif({column} is null, null, 1) as {column}"


SPANS = ("weeks", "weeks_low", "weeks_high", "total_hours_low", "total_hours_high")
"""What `pace` reads of a course beside its hours."""
_MONTHLY = tuple(
    f"iif(billing = 'month', {column}, null) as {column}" for column in (*SPANS, "pace")
)
"""A price is paid once, or as long as the course takes."""
_LAST_START = "select max(start) from session where course_id = course.id and withdrawn is null"


ARRIVAL = "arrival"
"""When courses came to the catalogue: it gives no points, but tells the topics on the rise."""
TELLING = "telling"
"""The row that is of no group: how many telling words each page has, as far as AMPLE, in place of
the number of its values."""

GROUPS: Mapping[str, Group] = {
    "person": Group(
        names=("language", "level", "platform", "audience", "provider"),
        columns=(
            *("language", "languages", "subtitles", "level", "platform", "audience"),
            "provider_kind",
        ),
        keys=("reads", "level", "platforms", "audience", "provider_kinds"),
    ),
    "complete": Group(
        names=("completeness",),
        columns=tuple(
            _stated(column)
            for column in (
                *("language", "level", *SPANS, "hours", "weekly_hours", "price", "access"),
                *("certificate", "pace", "description"),
            )
        ),
        sessions=bool,
    ),
    "open": Group(names=("open",), sessions=tuple),
    "money": Group(
        names=("price", "certificate"),
        columns=(
            *("price", "currency", "access", "billing", "certificate", "certificate_price"),
            *("iif(billing = 'month', hours, null) as hours", *_MONTHLY),
        ),
        keys=("budget", "certificate", "hours_per_week"),
    ),
    "time": Group(
        names=("hours", "weeks", "total"),
        columns=("weekly_hours", "hours", *SPANS, "pace"),
        keys=("hours_per_week", "weeks_at_most"),
    ),
    "manner": Group(
        names=("approach", "exercises", "tone"),
        columns=("provider_kind",),
        keys=("approach", "tone"),
        style=True,
    ),
    "rating": Group(names=("rating",), columns=("rating", "rating_count")),
    "fresh": Group(
        names=("freshness",),
        columns=(f"substr(coalesce(updated, ({_LAST_START})), 1, 10) as updated",),
    ),
    "hourly": Group(
        names=("hourly",),
        columns=(
            *("price", "currency", "access", "billing"),
            *("iif(price > 0, hours, null) as hours", *_MONTHLY),
        ),
        keys=("budget", "hours_per_week"),
    ),
    ARRIVAL: Group(names=(), columns=("platform", "first_seen")),
}
"""In the order in which courses are judged: the groups with fewest different values first."""

_QUOTED = ("quotes", "provider", "provider_kind_why", "weekly_hours_low", "weekly_hours_high")
_UNREAD = dict.fromkeys((*_QUOTED, "total_hours", UNSAID))
"""Columns that evidence quotes, which no points depend on."""
_SESSION = ("ref", "start", "end", "enrolment_start", "enrolment_end", "withdrawn")


def rows(db: sqlite3.Connection, store: sqlite3.Connection) -> Iterator[tuple[str, bytes, bytes]]:
    """Rows of table fact, id apart, for the catalogue's listed courses; styles are in `store`."""
    (last,) = db.execute("select coalesce(max(id), 0) from course").fetchone()
    numberings = {name: _Numbering(last + 1) for name in GROUPS}
    for held in _batches(db, store):
        for name, numbering in numberings.items():
            numbering.add(held["id"], _keys(GROUPS[name], held))
    for name, numbering in numberings.items():
        yield name, numbering.codes.tobytes(), numbering.firsts.tobytes()
    telling = array("i", bytes(4 * (last + 1)))
    for course_id, words in store.execute("select course_id, telling from course_words"):
        telling[course_id] = min(words, AMPLE)
    yield TELLING, telling.tobytes(), b""


_Columns = dict[str, Sequence[Any]]
"""Of several courses: their ids, and by each name or SQL what groups read of them."""
_DATES, _STYLE = "dates", "style"
_BATCH = 1000


def _keys(group: Group, held: _Columns) -> Iterator[tuple[Any, ...]]:
    """What signals of the group read of each course."""
    read = [held[column] for column in group.columns]
    if group.sessions:
        read.append(list(map(group.sessions, held[_DATES])))
    if group.style:
        read.append(held[_STYLE])
    return zip(*read, strict=True)


class _Numbering:
    """The distinct values of a group, numbered as they are met."""

    def __init__(self, length: int) -> None:
        """`length`: one more than the highest id of a course."""
        self.codes = array("i", bytes(4 * length))
        self.firsts = array("i")
        self._numbers: dict[Any, int] = {}

    def add(self, ids: Iterable[int], keys: Iterable[Any]) -> None:
        """Number some more courses by what they hold."""
        codes, numbers = self.codes, self._numbers
        for course_id, key in zip(ids, keys, strict=True):
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(numbers)
                self.firsts.append(course_id)
            codes[course_id] = number


def _batches(db: sqlite3.Connection, store: sqlite3.Connection) -> Iterator[_Columns]:
    """What groups read of the listed courses in the order of their ids, some of them at a time.

    One pass serves all groups: reading the rows takes longer than numbering what they hold.
    """
    columns = ("id", *dict.fromkeys(chain.from_iterable(each.columns for each in GROUPS.values())))
    dates, styles = _listed_sessions(db), _styles(store)
    cursor = db.execute(
        f"select {', '.join(columns)} from course where withdrawn is null order by id"  # noqa: S608
    )
    while batch := cursor.fetchmany(_BATCH):
        held: _Columns = dict(zip(columns, zip(*batch, strict=True), strict=True))
        held[_DATES] = [dates.get(each, ()) for each in held["id"]]
        held[_STYLE] = list(map(styles.get, held["id"]))
        yield held


def _listed_sessions(db: sqlite3.Connection) -> dict[int, Dates]:
    """By course, in one order however they are numbered: it decides nothing."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in db.execute(
        "select course_id, start, end, enrolment_start, enrolment_end from session"
        " where withdrawn is null order by course_id"
    ):
        found.setdefault(row[0], []).append(row[1:])
    # Most courses have one: nothing to sort.
    return {at: tuple(sorted(held, key=repr) if held[1:] else held) for at, held in found.items()}


def _styles(store: sqlite3.Connection) -> dict[int, tuple[float, ...]]:
    rows = store.execute(f"select course_id, {', '.join(style.POLES)} from style")  # noqa: S608
    return {row[0]: row[1:] for row in rows}


class Codes(NamedTuple):
    """A group's numbers."""

    codes: array[int]
    """By course id."""
    firsts: array[int]
    """By number."""


def read(store: sqlite3.Connection) -> dict[str, Codes]:
    """All groups of an index."""
    found = store.execute("select name, codes, firsts from fact")
    return {name: Codes(array("i", codes), array("i", firsts)) for name, codes, firsts in found}


class Points:
    """The points of one group for one profile and day, number by number, as they are asked."""

    def __init__(self, group: Group, codes: Codes, profile: Profile, day: str) -> None:
        self.codes = codes.codes
        self.points: array[float] = array("d", [NOT_YET]) * len(codes.firsts)
        self._firsts = codes.firsts
        self._group = group
        self._profile = profile
        self._day = day
        self._names = [name for name in asked(profile) if name in group.names]
        self.highest = most(profile, self._names)
        """The most that any course wins, as far as is known."""

    def bound(self, db: sqlite3.Connection, store: sqlite3.Connection) -> None:
        """Work out all points where they are few, and know the highest."""
        if len(self.points) > FEW:
            return
        if new := [at for at, points in enumerate(self.points) if points == NOT_YET]:
            self.work_out(db, store, new)
        self.highest = int(max(self.points, default=0))

    def work_out(self, db: sqlite3.Connection, store: sqlite3.Connection, numbers: Any) -> None:
        """Fill in the points of these numbers, by the signals themselves."""
        by_first = {self._firsts[number]: number for number in numbers}
        ids = json.dumps(sorted(by_first))
        held = sessions(db, ids, self._day) if self._group.sessions else {}
        styles = style.weighed(store, ids) if self._group.style else {}
        for course in _facts(db, ids, self._group):
            course_id = course.pop("id")
            if self._group.style:
                course["style"] = styles.get(course_id)
            starts = held.get(course_id, [])
            said, _ = signals(course, starts, self._profile, self._day, self._names)
            self.points[by_first[course_id]] = float(sum(signal.points for signal in said))


NOT_YET = float("-inf")
FEW = 400
"""Numbers of a group that are worked out at once: it costs less than bounding too high."""


def _facts(db: sqlite3.Connection, ids: str, group: Group) -> Iterator[dict[str, Any]]:
    """The group's columns alone: a signal that reads another one fails, and is not trusted."""
    found = db.execute(
        f"select {', '.join(('id', *group.columns))} from course"  # noqa: S608
        " where id in (select value from json_each(?))",
        [ids],
    )
    names = [column[0] for column in found.description]
    for row in found:
        yield {**_UNREAD, **dict(zip(names, row, strict=True))}


def sessions(db: sqlite3.Connection, ids: str, day: str) -> dict[int, list[dict[str, Any]]]:
    """The sessions of the courses whose ids are in a JSON list, with their states on the day."""
    cursor = db.execute(
        f"select course_id, {', '.join(_SESSION)}, {state_sql(':day')} as state from session"  # noqa: S608
        " where course_id in (select value from json_each(:ids))",
        {"day": day, "ids": ids},
    )
    names = [column[0] for column in cursor.description]
    found: dict[int, list[dict[str, Any]]] = {}
    for row in cursor:
        found.setdefault(row[0], []).append(dict(zip(names, row, strict=True)))
    return found


def most(profile: Profile, names: Iterable[str]) -> int:
    """The most that these signals together can add, in hundredths."""
    high = ((HIGHEST.get(name, 0), profile.weight(name)) for name in names)
    return sum(-int(-highest * weight // 1) for highest, weight in high)


def grouped(
    codes: Mapping[str, Codes],
    profile: Profile,
    day: str,
    kept: Callable[[tuple[Any, ...], Callable[[], Points]], Points],
) -> tuple[Sequence[Points], frozenset[str]]:
    """The points of every group that the profile asks for, and the signals that are in none.

    `kept` gives what it holds under a key, or makes it: points outlive a ranking where it likes.
    """
    found, rest = [], set(asked(profile))
    for name, group in GROUPS.items():
        if rest.isdisjoint(group.names):
            continue
        weights = tuple(profile.weight(each) for each in group.names)
        key = (name, day, weights, *(getattr(profile, each) for each in group.keys))
        found.append(kept(key, _maker(group, codes[name], profile, day)))
        rest -= set(group.names)
    return found, frozenset(rest)


def _maker(group: Group, codes: Codes, profile: Profile, day: str) -> Callable[[], Points]:
    return lambda: Points(group, codes, profile, day)
