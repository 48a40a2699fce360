"""Rows of a table -> courses: a company's own list, LinkedIn Learning's, Moodle's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import attrs

from catalogue import clean
from catalogue.clean import Workload
from catalogue.course import Course, Session
from catalogue.errors import Unreadable, WrongUse
from catalogue.options import KINDS
from catalogue.words import fold
from crawlers.files.columns import ColumnMap, columns_of, key_of, unread
from crawlers.files.intake import Facts, Intake
from crawlers.files.tables import Row, Table
from crawlers.pile import Pile

_KINDS = {
    "course": "course", "cours": "course", "formation": "course", "e learning": "course",
    "module": "course", "scorm": "course", "kurs": "course", "video": "tutorial",
    "tutorial": "tutorial", "tutoriel": "tutorial", "learning path": "programme",
    "learningpath": "programme", "path": "programme", "parcours": "programme",
    "curriculum": "programme", "programme": "programme", "program": "programme",
    "lernpfad": "programme", "guided project": "guided_project",
}  # fmt: skip
_LISTED = re.compile(r"\s*[|;\n]\s*")
_EPOCH = re.compile(r"\d{9,10}")
_HIDDEN = ("0", "false", "no", "non")


@attrs.frozen(kw_only=True)
class _Rules:
    """How the rows of one table are read."""

    name: str
    columns: Mapping[str, str]
    said: ColumnMap
    intake: Intake

    def words(self, row: Row, field: str) -> str | None:
        """A row's words for a field, or the constant for all rows."""
        heading = self.columns.get(field)
        cell = row.cells.get(heading, "") if heading else ""
        return None if clean.blank(cell) else cell

    def constant(self, row: Row, field: str) -> str | None:
        return self.words(row, field) or self.said.constants.get(field)

    def day(self, words: str) -> str | None:
        """A day in the pattern that the mapping names, or as it is written.

        Without a pattern 01/02/2027 is refused: it is another day in Paris and in New York.
        """
        pattern = self.said.options.get("dates")
        if pattern is None:
            return _day(words)
        try:
            return dt.datetime.strptime(words, pattern).date().isoformat()  # noqa: DTZ007 - a day
        except ValueError as error:
            raise Unreadable(words, f"a day as {pattern}") from error


def take(table: Table, said: ColumnMap, intake: Intake) -> None:
    """Add a table's courses to the intake. Several rows with one identifier are its sessions.

    Raises WrongUse when the table is not a list of courses.
    """
    columns = columns_of(table, said)
    rules = _Rules(name=table.name, columns=columns, said=said, intake=intake)
    for heading in unread(table, columns):
        # Its heading only: what stands in it is nobody's business.
        intake.notes.issue("unknown_field", heading, None)
    for line, why in table.refused:
        intake.refuse(f"{table.name}, line {line}", why)
    shown = Pile()
    for row in table.rows:
        if (rules.words(row, "visible") or "1").casefold() not in _HIDDEN:
            shown.add(attrs.astuple(row), name=_ref(rules, row))
    for ref, rows in shown.by_name():
        _add(rules, ref, [Row(*row) for row in rows])


def _ref(rules: _Rules, row: Row) -> str:
    """The identifier: its own column, else the address, the code, or the title's letters."""
    for field in ("ref", "url", "code"):
        if words := rules.words(row, field):
            return words
    return "-".join(re.findall(r"[a-z0-9]+", fold(rules.words(row, "title") or "")))


def _add(rules: _Rules, ref: str, rows: list[Row]) -> None:
    first = rows[0]
    where = f"{rules.name}, line {first.line}"
    title = clean.line(rules.words(first, "title"))
    if title is None:
        rules.intake.refuse(where, "title: it is empty; fill it in or remove the line", ref or None)
        return
    if not ref:
        rules.intake.refuse(where, "ref: neither identifier, address nor letters in the title")
        return
    template = rules.said.options.get("url")
    url = rules.words(first, "url")
    if url is None and "url" in rules.columns and not (template or rules.intake.home):
        why = "url: it is empty; fill it in, or name the academy's own page with --home"
        rules.intake.refuse(where, why, ref)
        return
    url = url or rules.intake.address(ref, template)
    if not url.startswith(("https://", "http://")):
        rules.intake.refuse(where, f"url: {url:.80} is no address; write it with https://", ref)
        return
    rules.intake.add(_course(rules, ref, title, url, rows))


def _course(rules: _Rules, ref: str, title: str, url: str, rows: list[Row]) -> Course:
    row, intake = rows[0], rules.intake
    facts = Facts(intake, ref)
    _workload(facts, rules, row)
    facts.take("languages", clean.languages, rules.constant(row, "language"))
    if languages := facts.values.get("languages"):
        facts.state("language", languages[0], facts.quotes["languages"].words)
    facts.take("level", clean.level, rules.constant(row, "level"))
    facts.take("kind", _kind, rules.constant(row, "kind"))
    facts.quotes.pop("kind", None)
    facts.take("updated", rules.day, rules.words(row, "updated"))
    _price(facts, rules, row)
    provider = clean.line(rules.constant(row, "provider"))
    return Course(
        platform=intake.platform,
        ref=ref,
        url=url,
        title=title,
        audience=intake.audience,
        code=clean.line(rules.words(row, "code")),
        provider=provider,
        providers=(provider,) if provider else None,
        licence=clean.line(rules.constant(row, "licence")),
        sessions=_sessions(rules, facts, rows),
        quotes=facts.quotes,
        **_texts(rules, row),
        **facts.values,
    )


def _texts(rules: _Rules, row: Row) -> dict[str, Any]:
    prose = ("summary", "description", "prerequisites")
    lists = ("instructors", "outcomes", "skills", "subjects")
    texts: dict[str, Any] = {field: clean.plain(rules.words(row, field)) for field in prose}
    mark = rules.said.options.get("lists")
    for field in lists:
        words = rules.constant(row, field) if field == "subjects" else rules.words(row, field)
        texts[field] = clean.items(words.split(mark) if mark else _LISTED.split(words)) if words \
            else None  # fmt: skip
    return texts


def _workload(facts: Facts, rules: _Rules, row: Row) -> None:
    """Hours in a unit that the heading names, or words that name it themselves."""
    for field, in_an_hour in (("hours", 1), ("minutes", 60), ("seconds", 3600)):
        if words := rules.words(row, field):
            said = f"{words} {field}" if words.replace(".", "").isdecimal() else words
            facts.take("total_hours", partial(_hours, in_an_hour=in_an_hour), words, said)
            return
    if words := rules.words(row, "workload"):
        facts.take_all("workload", _stated, words)
    if words := rules.words(row, "weeks"):
        facts.take_all("weeks", partial(_columns, reader=clean.length), words)


def _hours(words: str, in_an_hour: int) -> float | None:
    """A figure in the heading's unit; anything else must name its own: "1:30" is 1 h 30."""
    if clock := re.fullmatch(r"(\d+):(\d\d)(?::(\d\d))?", words):
        hours, minutes, seconds = (int(each or 0) for each in clock.groups())
        return round(hours + minutes / 60 + seconds / 3600, 3) or None
    try:
        return round(float(words.replace(",", ".")) / in_an_hour, 3) or None
    except ValueError:
        return clean.hours(words)


def _stated(words: str) -> Mapping[str, float]:
    """The columns that a workload in words fills."""
    if re.fullmatch(r"\d+:\d\d(?::\d\d)?", words):
        hours = _hours(words, 1)
        return {"total_hours": hours} if hours else {}
    return _columns(words, clean.workload)


def _columns(words: str, reader: Callable[[str], Workload | None]) -> Mapping[str, float]:
    read = reader(words)
    return read.columns() if read else {}


def _kind(words: str) -> str:
    kind = _KINDS.get(key_of(words)) or (words if words in KINDS else None)
    if kind is None:
        raise Unreadable(words, "a kind of course")
    return kind


def _price(facts: Facts, rules: _Rules, row: Row) -> None:
    currency = rules.constant(row, "currency")
    words = rules.words(row, "price")
    if words is None:
        return
    try:
        figure = words.replace(",", ".").replace(" ", "").replace("\u00a0", "")
        stated = clean.price(float(figure) if re.fullmatch(r"\d+(?:\.\d+)?", figure) else words,
                             currency)  # fmt: skip
    except Unreadable as error:
        facts.intake.notes.issue("unreadable", "price", error.words, facts.ref)
        return
    for field in ("amount", "currency", "billing", "access"):
        value = getattr(stated, field, None)
        if value is not None:
            facts.state("price" if field == "amount" else field, value, words)


def _day(words: str) -> str | None:
    """A day as written, or as the seconds since 1970 that Moodle writes; 0 is none."""
    if words == "0":
        return None
    if _EPOCH.fullmatch(words):
        return dt.datetime.fromtimestamp(int(words), dt.UTC).date().isoformat()
    return clean.day(words)


def _sessions(rules: _Rules, facts: Facts, rows: list[Row]) -> tuple[Session, ...]:
    found: dict[str, Session] = {}
    for row in rows:
        dates = Facts(rules.intake, facts.ref)
        for field in ("start", "end"):
            dates.take(field, rules.day, rules.words(row, field))
        start, end = dates.values.get("start"), dates.values.get("end")
        key = start or end
        if key is None or key in found:
            if row is not rows[0]:
                rules.intake.notes.issue("duplicate", "ref", facts.ref, facts.ref)
            continue
        found[key] = Session(ref=key, start=start, end=end)
    return tuple(found.values())


def need_columns(table: Table, kind: str, *names: str) -> None:
    """Raise WrongUse unless the table has these headings, which make it this kind."""
    there = {key_of(heading) for heading in table.header}
    if missing := [name for name in names if name not in there]:
        raise WrongUse(
            f"{table.name} is no {kind} file: it lacks {', '.join(missing)}; its columns are"
            f" {', '.join(table.header)}; KIND csv reads any list of courses"
        )
