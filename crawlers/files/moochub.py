"""A MOOChub list saved as a file: JSON:API, versions 2 and 3, as the engine reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from catalogue.course import Course
from catalogue.errors import Unreadable, WrongUse
from crawlers.engines.moochub_course import Provider, read, ref_of
from crawlers.files.intake import Intake
from crawlers.files.opened import contents
from crawlers.files.tables import decoded

_TYPES = ("course", "courses")


def take(path: Path, intake: Intake) -> None:
    """Add a list's courses. A list that names a next page is a part. Raises WrongUse."""
    answer = _answer(path)
    links = answer.get("links")
    if isinstance(links, Mapping) and (links.get("next") or links.get("prev")):
        intake.narrowed = "one page of a MOOChub list is a part of it"
    for place, resource in enumerate(_resources(answer), start=1):
        where = f"{path.name}, resource {place}"
        if not isinstance(resource, Mapping):
            intake.refuse(where, f"no resource: {resource!s:.80}")
        elif str(resource.get("type") or "").casefold() not in _TYPES:
            intake.notes.issue("unknown_field", "type", str(resource.get("type")))
        else:
            _take(resource, where, intake)


def _answer(path: Path) -> Mapping[str, Any]:
    try:
        answer = json.loads(decoded(contents(path), path.name))
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"{path.name} is not whole JSON ({error}); save it again") from error
    if isinstance(answer, Mapping) and isinstance(answer.get("data"), list | dict):
        return answer
    raise WrongUse(
        f"{path.name} is JSON, but no MOOChub list: it has no “data”; a list as CSV always works"
    )


def _resources(answer: Mapping[str, Any]) -> Iterator[Any]:
    data = answer["data"]
    yield from data if isinstance(data, list) else [data]


def _take(resource: Mapping[str, Any], where: str, intake: Intake) -> None:
    ref = ref_of(resource)
    home = intake.home or ""
    provider = Provider(platform=intake.platform, home=home, audience=intake.audience)
    try:
        reading = read(resource, provider)
    except Unreadable as error:
        intake.refuse(where, f"{error.wanted} is missing", ref)
        return
    for field, words in reading.unreadable:
        intake.notes.issue("unreadable", field, words.words, ref)
    for field in reading.unknown:
        intake.notes.issue("unknown_field", field, None, ref)
    intake.add(_from_file(reading.course))


def _from_file(course: Course) -> Course:
    """The same facts, said by a file."""
    quotes = {name: attrs.evolve(quote, source="file") for name, quote in course.quotes.items()}
    return attrs.evolve(course, quotes=quotes)
