"""One MOOChub resource -> a Course; pure.

Versions 2 and 3 of the exchange differ in names and shapes, and platforms mix them (openHPI's
version 3 keeps the keys of version 2), so no version is asked for here: a fact is taken from
whichever key states it, in any of the shapes seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import attrs

from catalogue import clean
from catalogue.course import Course, Session
from catalogue.errors import Unreadable
from crawlers.engines.moochub_facts import take_level, take_offers, take_workload
from crawlers.engines.moochub_values import first, many, names_of, text, words_in
from crawlers.facts import Facts

Resource = Mapping[str, Any]
_READ = {
    "name", "url", "courseCode", "courseMode", "abstract", "description", "languages",
    "inLanguage", "startDate", "endDate", "applicationStartDate", "applicationDeadline",
    "instructors", "instructor", "creator", "contributor", "publisher", "partnerInstitute",
    "moocProvider", "learningObjectives", "learningobjectives", "teaches", "duration", "workload",
    "access", "offer", "offers", "courseLicenses", "license", "educationalLevel",
    "educationalAlignment", "keywords", "numberOfCredits", "educationalCredentialsAwarded",
    "competencyRequired", "dateModified", "outline",
}  # fmt: skip
# Pictures and films; until when the course can be read; single videos and quizzes; programmes
# that it is part of; hours of the day, places, senses and temperaments: no column is theirs.
IGNORED = {
    "image", "video", "trailer", "availableUntil", "expires", "hasPart", "isPartOf",
    "repeatFrequency", "contentLocation", "accessMode", "hollandCode", "audience", "dateCreated",
    "learningResourceType", "type", "id",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Provider:
    """What reading needs to know of the platform."""

    platform: str
    home: str
    timezone: str = "UTC"
    audience: str = "public"


@attrs.frozen(kw_only=True)
class Reading:
    """A course, and what in its resource nobody could read or has foreseen."""

    course: Course
    unreadable: tuple[tuple[str, Unreadable], ...] = ()
    unknown: Mapping[str, str] = attrs.Factory(dict)


def ref_of(resource: Resource) -> str | None:
    """The platform's own identifier: a uuid, or "3", or the number 3."""
    said = resource.get("id")
    return None if said is None or isinstance(said, bool) else clean.line(str(said))


def read(resource: Resource, provider: Provider) -> Reading:
    """One course. Raises Unreadable without identifier, name or address."""
    stated = resource.get("attributes")
    said: Mapping[str, Any] = stated if isinstance(stated, Mapping) else {}
    facts = Facts()
    take_workload(facts, said)
    take_offers(facts, said)
    take_level(facts, said)
    _take_languages(facts, said)
    facts.take("updated", _reader(provider), text(said.get("dateModified")), "api")
    updated = facts.values.pop("updated", None)
    facts.quotes.pop("updated", None)
    course = Course(
        platform=provider.platform,
        ref=_required(ref_of(resource), "an identifier", resource),
        url=_address(said, provider),
        title=_required(clean.line(text(said.get("name"))), "a name", resource),
        audience=provider.audience,
        code=clean.line(text(said.get("courseCode"))),
        updated=updated,
        sessions=_sessions(said, provider, facts.unreadable),
        quotes=facts.quotes,
        **_people(said),
        **_texts(said),
        **facts.values,
    )
    unknown = {
        key: str(value)
        for key, value in said.items()
        if key not in _READ and key not in IGNORED and value not in (None, [], "")
    }
    return Reading(course=course, unreadable=tuple(facts.unreadable), unknown=unknown)


def _required(value: str | None, wanted: str, resource: Resource) -> str:
    if value is None:
        raise Unreadable(f"{dict(resource)!s:.200}", wanted)
    return value


def _address(said: Mapping[str, Any], provider: Provider) -> str:
    url = clean.line(text(said.get("url")))
    if url is None:
        raise Unreadable(said.get("url"), "an address")
    try:
        return urljoin(provider.home + "/", url)
    except ValueError as error:
        raise Unreadable(url, "an address") from error


def _reader(provider: Provider) -> Any:
    return lambda words: clean.day(words, provider.timezone)


def _take_languages(facts: Facts, said: Mapping[str, Any]) -> None:
    """A list, or one text: of the codes, or of names."""
    words = tuple(words_in(first(said, "inLanguage", "languages")))
    facts.take("languages", clean.languages, words or None, "api", ", ".join(words))
    if codes := facts.values.get("languages"):
        facts.take("language", lambda _: codes[0], codes, "api", ", ".join(words))


def _people(said: Mapping[str, Any]) -> dict[str, Any]:
    """Organisations, those that made the course before those that publish it; and persons."""
    makers = [each for key in ("partnerInstitute", "creator", "contributor") for each in
              many(said.get(key))]  # fmt: skip
    hosts = [each for key in ("publisher", "moocProvider") for each in many(said.get(key))]
    teachers = many(first(said, "instructor", "instructors"))
    persons = teachers or [each for each in makers if _is_person(each)]
    providers = clean.items(
        name for each in (*makers, *hosts) if not _is_person(each) for name in names_of(each)
    )
    return {
        "provider": providers[0] if providers else None,
        "providers": providers,
        "instructors": clean.items(name for each in persons for name in names_of(each)),
    }


def _is_person(value: Any) -> bool:
    return isinstance(value, Mapping) and (
        value.get("type") == "Person" or "honorificPrefix" in value or "givenName" in value
    )


def _texts(said: Mapping[str, Any]) -> dict[str, Any]:
    summary = clean.plain(text(said.get("abstract")))
    description = clean.plain(text(said.get("description")))
    modes = (each.replace("_", " ") for each in words_in(said.get("courseMode")))
    goals = first(said, "learningObjectives", "learningobjectives")
    return {
        # openHPI gives one text for both
        "summary": None if summary == description else summary,
        "description": description,
        "outcomes": _lines(goals),
        "skills": clean.items(_named(said, "teaches")),
        "subjects": clean.items(
            (*_named(said, "educationalAlignment"), *words_in(said.get("keywords")))
        ),
        "plan": _lines(said.get("outline")),
        "format": clean.line(", ".join(modes)),
        "prerequisites": clean.plain("\n".join(_named(said, "competencyRequired"))),
        "assessment": _assessment(said),
        "licence": clean.line(", ".join(_licences(first(said, "license", "courseLicenses")))),
    }


def _named(said: Mapping[str, Any], key: str) -> Iterator[str]:
    for each in many(said.get(key)):
        yield from names_of(each)


def _lines(value: Any) -> tuple[str, ...] | None:
    """The items of a list, or the lines of one text."""
    if isinstance(value, str):
        return clean.items((clean.plain(value) or "").split("\n"))
    return clean.items(name for each in many(value) for name in names_of(each))


def _assessment(said: Mapping[str, Any]) -> str | None:
    awards = list(words_in(said.get("educationalCredentialsAwarded")))
    points = text(said.get("numberOfCredits"))
    if points and re.fullmatch(r"0*(?:[.,]0+)?", points) is None:
        awards.append(f"{points} ECTS")
    return clean.line(", ".join(awards))


def _licences(value: Any) -> Iterator[str]:
    for each in many(value):
        if isinstance(each, Mapping):
            name = first(each, "name", "identifier", "id", "url")
            yield from words_in(name)
        else:
            yield from words_in(each)


def _sessions(
    said: Mapping[str, Any], provider: Provider, unreadable: list[tuple[str, Unreadable]]
) -> tuple[Session, ...]:
    """A session per start; ends belong to them only where there are as many.

    Enrolment is stated once, so it is the only session's or nobody's.
    """
    starts = list(words_in(said.get("startDate")))
    ends = list(words_in(said.get("endDate")))
    found: dict[str, Session] = {}
    count = max(len(starts), len(ends) if not starts else 0)
    for at in range(count):
        dates = {
            "start": starts[at] if starts else None,
            "end": ends[at] if len(ends) == count else None,
        }
        if count == 1:
            dates["enrolment_start"] = text(said.get("applicationStartDate"))
            dates["enrolment_end"] = text(said.get("applicationDeadline"))
        facts = Facts(unreadable=unreadable, within="session.")
        for field, words in dates.items():
            facts.take(field, _reader(provider), words, "api")
        if facts.values:
            ref = str(facts.values.get("start", "unscheduled"))
            found.setdefault(ref, Session(ref=ref, **facts.values))
    return tuple(found[ref] for ref in sorted(found))
