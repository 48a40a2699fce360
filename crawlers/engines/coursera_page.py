"""A Coursera course page -> a Course: three layers merged field by field, pure.

`read` takes the bytes of a /learn page. Each layer states facts in its own words; MERGE says per
fact which layer is believed first. A column is taken from the first layer whose words can be
read, and the course's quote says which layer that was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from catalogue import clean
from catalogue.clean import Workload
from catalogue.course import Course, Quote
from catalogue.errors import Unreadable
from catalogue.options import IssueKind
from crawlers.engines import jsonld
from crawlers.engines.coursera_layers import Facts as Layer
from crawlers.engines.coursera_layers import (
    dom_facts,
    jsonld_facts,
    slug_of,
    unknown_properties,
)
from crawlers.engines.coursera_state import state_facts
from crawlers.facts import Facts

_ACCESS = {
    "full course, no certificate": "free_audit_limited",
    "free": "free_full",
    "partially free": "free_audit_limited",
    "paid": "paid",
    "subscription": "subscription",
}
_QUOTED = 200

Columns = Mapping[str, Any]
_Words = str | tuple[str, ...]


@attrs.frozen(kw_only=True)
class Note:
    """An Issue that a page gives rise to."""

    kind: IssueKind
    field: str
    words: str


@attrs.frozen(kw_only=True)
class Reading:
    """What came of a page: a course, or why there is none.

    `rejected`: the page is a course's, but lacks what a course must have. `failed`: no course is
    in this answer (a bot check, an error page sent as 200), so nothing is known of the course.
    """

    course: Course | None = None
    rejected: str | None = None
    failed: str | None = None
    notes: tuple[Note, ...] = ()


def read(page: bytes, url: str, updated: str | None = None, platform: str = "coursera") -> Reading:
    """Read the page of the course at `url` (its public address); `updated` is an ISO day."""
    slug = slug_of(url) or ""
    text = page.decode("utf-8-sig", errors="replace")
    markup = jsonld.read(text)
    layers = {
        "jsonld": jsonld_facts(markup, slug),
        "state": state_facts(text, slug),
        "dom": dom_facts(text),
    }
    if not any(facts.keys() - _NO_EVIDENCE for facts in layers.values()):
        return Reading(failed=f"no course in this answer: {_summary(text)}")
    columns, quotes, notes = merged(layers)
    notes += [
        Note(kind="unknown_field", field=f"Course.{name}", words=name)
        for name in unknown_properties(markup, slug)
    ]
    if "title" not in columns:
        return Reading(rejected="no title in any layer of the page", notes=tuple(notes))
    kind = "guided_project" if slug.startswith("projects-") else "course"
    course = Course(
        platform=platform,
        ref=slug,
        url=url,
        kind=kind,
        updated=updated,
        quotes=quotes,
        **columns,
    )
    return Reading(course=course, notes=tuple(notes))


# Any page may have a title and a line for search engines, a bot check's or an error's too.
_NO_EVIDENCE = {"title", "meta", "answers"}


def _summary(text: str) -> str:
    return (clean.line(text[:50_000]) or "nothing shown")[:120]


def merged(layers: Mapping[str, Layer]) -> tuple[dict[str, Any], dict[str, Quote], list[Note]]:
    """The columns of the course, the quote of each, and what to note."""
    columns: dict[str, Any] = {}
    quotes: dict[str, Quote] = {}
    notes: list[Note] = []
    for fact, (order, reader) in MERGE.items():
        said: dict[str, Any] = {}
        for layer in order:
            if not (words := layers[layer].get(fact)):
                continue
            try:
                found = _known(reader(words))
            except Unreadable as error:
                notes.append(Note(kind="unreadable", field=fact, words=error.words))
                continue
            said[layer] = found
            for column in [name for name in found if name not in columns]:
                columns[column] = found[column]
                quotes[column] = Quote(words=quoted(words), source=layer)
        notes += _disagreement(fact, said)
    _detect_language(columns, quotes)
    facts = Facts(values=columns, quotes=quotes)
    facts.take_free_track(columns.get("description"), "page")
    for layer in ("dom", "jsonld"):
        facts.take_free_track(_first(layers[layer].get("answers", "")), layer, of_course=False)
    return columns, quotes, notes


def quoted(words: _Words) -> str:
    """The words a fact was read from; long texts are quoted by their beginning."""
    said = words if isinstance(words, str) else " · ".join(words)
    said = clean.line(said) or ""
    return said if len(said) <= _QUOTED else said[: _QUOTED - 1] + "…"


def _known(columns: Columns) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if value is not None}


def _disagreement(fact: str, said: Mapping[str, Any]) -> Iterator[Note]:
    if fact in ("level", "language") and len({str(found) for found in said.values()}) > 1:
        words = "; ".join(f"{layer}: {next(iter(found.values()))}" for layer, found in said.items())
        yield Note(kind="layers_disagree", field=fact, words=words)


def _detect_language(columns: dict[str, Any], quotes: dict[str, Quote]) -> None:
    """The page's own lang tells the language of the site, not of the course; its prose tells."""
    found = clean.detected(columns.get("description")) if "language" not in columns else None
    if found:
        columns["language"] = found
        quotes["language"] = Quote(words="detected from the description", source="page")


def _first(words: _Words) -> str:
    return words if isinstance(words, str) else words[0]


def _all(words: _Words) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def _line(column: str) -> Callable[[_Words], Columns]:
    return lambda words: {column: clean.line(_first(words))}


def _plain(column: str) -> Callable[[_Words], Columns]:
    return lambda words: {column: clean.plain(_first(words))}


def _items(column: str) -> Callable[[_Words], Columns]:
    return lambda words: {column: clean.items(_all(words))}


def _providers(words: _Words) -> Columns:
    named = clean.items(_all(words))
    return {"provider": named[0], "providers": named} if named else {}


def _languages(words: _Words) -> Columns:
    codes = clean.languages(_all(words))
    return {"language": codes[0], "languages": codes} if codes else {}


def _subtitles(words: _Words) -> Columns:
    return {"subtitles": clean.languages(words)}


def _level(words: _Words) -> Columns:
    return {"level": clean.level(_first(words))}


def _rating(words: _Words) -> Columns:
    """A rating of 0 is how the state says that nobody has rated yet."""
    return {"rating": clean.stars(_first(words)) or None}


def _count(column: str) -> Callable[[_Words], Columns]:
    return lambda words: {column: clean.number(_first(words)) or None}


def _workload(words: _Words) -> Columns:
    said = _first(words).strip()
    if re.match(r"P(?:\d|T\d)", said):
        weeks = None if "T" in said else clean.iso_weeks(said)
        return {"weeks": weeks, "total_hours": None if weeks else clean.iso_hours(said)}
    return effort(said)


def effort(words: str, reader: Callable[[str], Workload | None] = clean.workload) -> Columns:
    """A workload in words as the columns of a course."""
    load = reader(words)
    return dict(load.columns()) if load else {}


def _schedule(words: _Words) -> Columns:
    return effort(_first(words), jsonld.schedule)


def _access(words: _Words) -> Columns:
    said = _first(words).casefold()
    access = "free_trial" if said.endswith("free trial") else _ACCESS.get(said)
    if access is None:
        raise Unreadable(_first(words), "an offer's category")
    return {"access": access}


def _price(words: _Words) -> Columns:
    """A price of 0 is left out: sites state it beside "Paid" for want of a price."""
    value, _, currency = _first(words).partition(" ")
    price = clean.price(value, currency or None)
    if price is None or not price.amount:
        return {}
    return {"price": price.amount, "currency": price.currency, "billing": price.billing}


def _pace(_: _Words) -> Columns:
    return {"pace": "self"}


_ANY = ("jsonld", "state", "dom")
# What is said of the course by name goes before what markup may say of the page: inLanguage can
# be the site's language, and "teaches" holds skills on some pages and sentences on others.
_BY_NAME = ("state", "dom", "jsonld")

MERGE: Mapping[str, tuple[tuple[str, ...], Callable[[_Words], Columns]]] = {
    "title": (_ANY, _line("title")),
    "summary": (("state",), _plain("summary")),
    "description": (_ANY, _plain("description")),
    "meta": (("dom",), _plain("description")),
    "outcomes": (_ANY, _items("outcomes")),
    "skills": (_BY_NAME, _items("skills")),
    "subjects": (_ANY, _items("subjects")),
    "plan": (_ANY, _items("plan")),
    "providers": (_ANY, _providers),
    "instructors": (_ANY, _items("instructors")),
    "language": (_BY_NAME, _languages),
    "subtitles": (("state", "dom"), _subtitles),
    "level": (_ANY, _level),
    "prerequisites": (("jsonld",), _plain("prerequisites")),
    "assessment": (("jsonld",), _line("assessment")),
    "format": (("jsonld",), _line("format")),
    "pace": (("dom",), _pace),
    "workload": (_ANY, _workload),
    "schedule": (("jsonld",), _schedule),
    "access": (("jsonld", "dom"), _access),
    "price": (("jsonld",), _price),
    "rating": (_ANY, _rating),
    "rating_count": (_ANY, _count("rating_count")),
    "enrolled": (("jsonld", "dom"), _count("enrolled")),
}
"""Fact -> the layers that may state it, the one believed first in front, and how it is read."""
