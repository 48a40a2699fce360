"""Academies that publish no list of their courses: a file kept by hand, read without a network.

A brand's academy may be a page that only a browser can read, or one behind a login. What can be
said of it honestly is who keeps it, where it is, for whom, and when somebody last looked.
`not checked` in a column means what it says, and the fact stays unknown.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from catalogue import clean
from catalogue.course import Course, Quote
from catalogue.errors import Unreadable, WrongUse
from catalogue.options import AUDIENCES, KINDS
from catalogue.words import fold
from crawlers.files.tables import Row, Table, csv_table
from crawlers.spider import Page, PlatformSpider

DATA = Path(__file__).resolve().parents[2] / "data"
COLUMNS = (
    *("ref", "provider", "title", "url", "kind", "language", "audience", "topics", "free"),
    *("note", "checked_on"),
)
UNKNOWN = "not checked"
STALE_DAYS = 180
"""An academy that nobody looked at for longer may have moved, closed or become paid."""
_REF = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FREE = {"yes": (0.0, "free_full"), "no": (None, "paid"), None: (None, None)}


def read(row: Row, platform: str) -> Course:
    """A row as a course. Raises WrongUse, naming the column and the fix."""
    cells = {name: _known(row.cells.get(name, "")) for name in COLUMNS}
    price, access = _free(cells["free"])
    languages = _languages(cells["language"])
    provider = _required(cells, "provider")
    return Course(
        platform=platform,
        ref=_ref(cells),
        url=_url(cells),
        title=_required(cells, "title"),
        kind=_one_of("kind", cells["kind"] or "programme", KINDS),
        audience=_one_of("audience", _required(cells, "audience"), AUDIENCES),
        language=languages[0] if languages else None,
        languages=languages,
        provider=provider,
        providers=(provider,),
        summary=cells["note"],
        subjects=clean.items((cells["topics"] or "").split(";")),
        access=access,
        price=price,
        updated=_day(cells["checked_on"]),
        quotes=_quotes(cells),
    )


def _known(cell: str) -> str | None:
    said = clean.line(cell)
    return None if said is None or said.casefold() == UNKNOWN else said


def _required(cells: Mapping[str, str | None], name: str) -> str:
    value = cells[name]
    if value is None:
        raise WrongUse(f"{name} is empty; fill it in or remove the line")
    return value


def _ref(cells: Mapping[str, str | None]) -> str:
    ref = _required(cells, "ref")
    if not _REF.fullmatch(ref):
        raise WrongUse(f"ref {ref!r:.60} must be small letters, digits and hyphens, as hubspot-fr")
    return ref


def _url(cells: Mapping[str, str | None]) -> str:
    url = _required(cells, "url")
    if not url.startswith(("https://", "http://")) or " " in url:
        raise WrongUse(f"url {url!r:.80} is no address; write it whole, with https://")
    return url


def _one_of(name: str, value: str, options: tuple[str, ...]) -> str:
    if value not in options:
        raise WrongUse(f"{name} {value!r:.60} is none of {', '.join(options)}")
    return value


def _free(said: str | None) -> tuple[float | None, str | None]:
    if said not in _FREE:
        raise WrongUse(f"free {said!r:.60} is none of yes, no, {UNKNOWN}")
    return _FREE[said]


def _languages(said: str | None) -> tuple[str, ...] | None:
    try:
        return clean.languages(said)
    except Unreadable as error:
        raise WrongUse(f"language {error.words!r:.60} is not known; write fr; en") from None


def _day(said: str | None) -> str | None:
    try:
        return dt.date.fromisoformat(said).isoformat() if said else None
    except ValueError:
        raise WrongUse(f"checked_on {said!r:.60} is no day; write it as 2026-11-22") from None


def _quotes(cells: Mapping[str, str | None]) -> dict[str, Quote]:
    said = {
        "language": cells["language"],
        "languages": cells["language"],
        "access": cells["free"] and f"free: {cells['free']}",
        "price": cells["free"] and f"free: {cells['free']}",
        "updated": cells["checked_on"] and f"checked on {cells['checked_on']}",
    }
    if cells["free"] == "no":
        said["price"] = None
    return {field: Quote(words=words, source="file") for field, words in said.items() if words}


def stale(course: Course, day: str) -> str | None:
    """Why somebody should look at this academy again, on this day; None when nobody need."""
    if course.updated is None:
        return f"{course.title}: never checked; open {course.url} and write the day in checked_on"
    age = (dt.date.fromisoformat(day) - dt.date.fromisoformat(course.updated)).days
    if age > STALE_DAYS:
        return f"{course.title}: checked on {course.updated}, {age} days ago; open {course.url}"
    return None


class AcademiesSpider(PlatformSpider):
    """Reads the file: MOOCSCOUT_ACADEMIES, or the one that comes with the project."""

    offline: ClassVar[bool] = True

    def __init__(self, *args: Any, academies: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = academies or os.environ.get("MOOCSCOUT_ACADEMIES")
        self.file = Path(named) if named else DATA / "academies.csv"
        self._seen: dict[str, int] = {}

    @property
    def day(self) -> str:
        """The day that the crawl speaks for."""
        set_day: str | None = self.settings.get("MOOCSCOUT_DAY")
        return set_day or dt.datetime.now(dt.UTC).date().isoformat()

    async def start(self) -> AsyncIterator[Any]:
        """All of the file as one page; nobody is asked."""
        try:
            table = csv_table(self.file)
        except WrongUse as error:
            self.error(self.file.name, str(error))
            return
        if missing := [name for name in COLUMNS if name not in table.header]:
            self.error(f"{self.file.name}, line 1", f"lacks the columns {', '.join(missing)}")
            return
        yield Page(courses=tuple(self._courses(table)))

    def _courses(self, table: Table) -> Iterator[Course]:
        for line, why in table.refused:
            self._refuse(line, why)
        for row in table.rows:
            try:
                course = self._checked(row)
            except WrongUse as error:
                self._refuse(row.line, str(error))
                continue
            if course is not None and self._wanted(course):
                yield course

    def _refuse(self, line: int, why: str) -> None:
        """An error, not a rejection: the crawl is partial, and says where and how to mend it."""
        self.error(f"{self.file.name}, line {line}", why)

    def _checked(self, row: Row) -> Course | None:
        """The row's course; None where its address is not known yet."""
        if row.cells.get("url") == UNKNOWN:
            title = row.cells.get("title") or row.cells.get("provider")
            self.issue("stale", "url", f"{title}: no address is known; find it", row.cells["ref"])
            return None
        course = read(row, self.name)
        if (course.updated or "") > self.day:
            raise WrongUse(f"checked_on {course.updated} has not come yet; write the day it was")
        if first := self._seen.get(course.ref):
            raise WrongUse(f"ref {course.ref!r} stands on line {first} already; choose another")
        self._seen[course.ref] = row.line
        if why := stale(course, self.day):
            self.issue("stale", "checked_on", why, course.ref)
        return course

    def _wanted(self, course: Course) -> bool:
        if self.limit and len(self._seen) > self.limit:
            return False
        said = f"{course.title} {course.provider} {course.summary} {course.subjects}"
        return not self.match or fold(self.match) in fold(said)
