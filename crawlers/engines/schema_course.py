"""One page with schema.org markup -> a Course; pure.

The page's JSON-LD, microdata and RDFa are each read for themselves and merged fact by fact: the
first of `markup.LAYERS` whose words can be read is believed, and the quote says which it was.
Where markup is silent, words that a platform declares to stand on its pages are looked for, then
what is true of the whole site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from catalogue import clean
from catalogue.course import Course, Quote
from catalogue.errors import Unreadable
from crawlers.engines.jsonld import Markup, Node, answers, types_of
from crawlers.engines.markup import LAYERS, layers
from crawlers.engines.schema_nodes import PROGRAMME, told_of, untyped
from crawlers.engines.schema_offers import (
    Told,
    sessions_of,
    take_certificate,
    take_free,
    take_offers,
    take_pace,
    take_workload,
)
from crawlers.engines.schema_shown import take_free_track, take_shown
from crawlers.facts import Facts

_READ = {
    "Course": {
        "name", "description", "abstract", "provider", "courseCode", "inLanguage",
        "availableLanguage", "educationalLevel", "teaches", "about", "keywords",
        "coursePrerequisites", "educationalCredentialAwarded", "syllabusSections", "hasPart",
        "timeRequired", "hasCourseInstance", "offers", "aggregateRating", "isAccessibleForFree",
        "totalHistoricalEnrollment", "instructor", "license", "dateModified", "url",
    },
    "CourseInstance": {
        "courseMode", "courseWorkload", "courseSchedule", "startDate", "endDate", "instructor",
        "offers", "inLanguage", "name", "url",
    },
    "Offer": {
        "category", "price", "priceCurrency", "priceSpecification", "lowPrice", "highPrice",
        "offers",
    },
}  # fmt: skip
# Pictures, films and reviews; who publishes the page; places and times of day of classes; what
# says nothing that the catalogue has a column for.
IGNORED = {
    "image", "thumbnail", "thumbnailUrl", "logo", "video", "trailer", "review", "publisher",
    "creator", "author", "contributor", "editor", "maintainer", "copyrightHolder",
    "copyrightYear", "copyrightNotice", "datePublished", "dateCreated", "sameAs",
    "mainEntityOfPage", "mainEntity", "potentialAction", "identifier", "alternateName",
    "alternativeHeadline", "headline", "subjectOf", "isPartOf", "isRelatedTo", "isSimilarTo",
    "workTranslation", "translationOfWork", "financialAidEligible", "audience",
    "educationalUse", "educationalAlignment", "learningResourceType", "interactivityType",
    "typicalAgeRange", "accessMode", "accessibilityFeature", "interactionStatistic",
    "numberOfCredits", "educationalProgramMode", "programType", "hasCourse", "occupationalCategory",
    "position", "brand", "sku", "mpn", "gtin", "gtin13", "category", "productID",
    "location", "eventStatus", "eventAttendanceMode", "organizer", "performer", "description",
    "maximumAttendeeCapacity", "availability", "availabilityStarts", "availabilityEnds",
    "validFrom", "validThrough", "priceValidUntil", "seller", "offeredBy", "itemOffered",
    "offerCount", "itemCondition", "eligibleRegion", "shippingDetails",
    "hasMerchantReturnPolicy", "name", "url", "acceptedPaymentMethod", "usageInfo",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Academy:
    """What reading needs to know of a site."""

    platform: str
    timezone: str = "UTC"
    audience: str = "public"
    about: str = "subjects"
    """The column that a course's `about` belongs to: some sites put skill tags there."""
    shown: Mapping[str, str] = attrs.Factory(dict)
    """workload, weekly or level -> a pattern; the group 1 of what an element of the page shows."""
    whole_site: Mapping[str, Any] = attrs.Factory(dict)
    """Columns -> values that hold for every course, where its page does not say otherwise."""
    untyped: bool = False
    """Do the pages carry microdata of which no item says that it is a course?"""


@attrs.frozen(kw_only=True)
class Listed:
    """What is known of a course before its page is read."""

    ref: str
    url: str
    updated: str | None = None
    """The day of its page's last change, where the site map tells."""
    subject: str | None = None
    """The subject in its address."""


@attrs.frozen(kw_only=True)
class Reading:
    """A course, and what in the page nobody could read or has foreseen."""

    course: Course
    unreadable: tuple[tuple[str, Unreadable], ...] = ()
    unknown: Mapping[str, str] = attrs.Factory(dict)


def read(page: str, listed: Listed, academy: Academy) -> Reading:
    """The course of a page. Raises Unreadable where its markup tells of none, or of no title."""
    found = layers(page)
    told = [each for name in LAYERS for each in told_of(name, found[name], listed.url)]
    if not told and academy.untyped:
        told = [Told("microdata", found["microdata"], node) for node in untyped(found)]
    if not told:
        raise Unreadable(_summary(page), "a course in the page's markup")
    title = clean.line(_first(told, "name"))
    if title is None:
        raise Unreadable(_summary(page), "a title")
    facts = Facts()
    for words in found["jsonld"].unreadable:
        facts.unreadable.append(("JSON-LD", Unreadable(words, "JSON-LD")))
    for each in told:
        _take(facts, each)
    take_shown(facts, page, academy.shown)
    texts = _texts(told, academy, listed)
    _take_free_track(facts, texts, found["jsonld"])
    take_free_track(facts, page)
    _declare(facts, texts, academy.whole_site)
    _take_language(facts, texts.get("description") or texts.get("summary"))
    sessions = (sessions_of(each, academy.timezone, title, facts.unreadable) for each in told)
    course = Course(
        platform=academy.platform,
        ref=listed.ref,
        url=listed.url,
        title=title,
        kind=_kind(told[0].node),
        audience=academy.audience,
        updated=listed.updated or _modified(told, academy, facts),
        sessions=next(filter(None, sessions), ()),
        quotes=facts.quotes,
        **texts,
        **facts.values,
    )
    unknown = {key: value for each in told for key, value in _unknown(each)}
    return Reading(course=course, unreadable=tuple(facts.unreadable), unknown=unknown)


def _kind(node: Node) -> str:
    types = types_of(node)
    return "programme" if PROGRAMME in types and "Course" not in types else "course"


def _summary(page: str) -> str:
    return (clean.line(page[:50_000]) or "nothing shown")[:120]


def _first(told: list[Told], *names: str) -> str | None:
    said = (each.markup.text(each.node, name) for name in names for each in told)
    return next(filter(None, said), None)


def _all(told: list[Told], name: str) -> tuple[str, ...]:
    said = (each.markup.texts(each.node, name) for each in told)
    return next(filter(None, said), ())


def _take(facts: Facts, told: Told) -> None:
    """The facts of one node; those known already stand."""
    markup, node, source = told.markup, told.node, told.source
    take_workload(facts, told)
    take_pace(facts, told)
    take_offers(facts, told, told.offers())
    take_free(facts, told)
    take_certificate(facts, told)
    languages = tuple(_languages(told, "inLanguage")) or tuple(
        _languages(told, "availableLanguage")
    )
    facts.take("languages", clean.languages, languages or None, source, ", ".join(languages))
    levels = [_named(each) for each in markup.texts(node, "educationalLevel")]
    facts.take("level", clean.level, ", ".join(levels) or None, source)
    facts.take("enrolled", clean.number, markup.text(node, "totalHistoricalEnrollment"), source)
    _take_rating(facts, told)


def _named(said: str) -> str:
    return said.rpartition("/")[2] if "://" in said else said


def _languages(told: Told, name: str) -> Iterator[str]:
    for value in told.markup.values(told.node, name):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            said = told.markup.text(value, "alternateName") or told.markup.text(value, "name")
            yield from (said,) if said else ()


def _take_free_track(facts: Facts, texts: Mapping[str, Any], markup: Markup) -> None:
    prose = (texts.get(name) for name in ("summary", "description", "assessment"))
    facts.take_free_track("\n".join(filter(None, prose)), "page")
    facts.take_free_track(answers(markup), "jsonld", of_course=False)


def _take_language(facts: Facts, prose: str | None) -> None:
    """The course's first language; where no markup names one, the prose tells."""
    if known := facts.values.get("languages"):
        quote = facts.quotes["languages"]
        facts.take("language", lambda _: known[0], known, quote.source, quote.words)
    elif found := clean.detected(prose):
        facts.take("language", lambda _: found, "detected from the description", "page")


def _take_rating(facts: Facts, told: Told) -> None:
    """Stars and how many gave them; 0 of 0 is how sites say that nobody has."""
    for rating in told.markup.nodes_of(told.node, "aggregateRating"):
        value, best, count, reviews = (
            told.markup.text(rating, name)
            for name in ("ratingValue", "bestRating", "ratingCount", "reviewCount")
        )
        words = f"{value}/{best}" if value and best else value
        facts.take("rating_count", _count, count or reviews, told.source)
        facts.take("rating", _stars, (value, best) if value else None, told.source, words or "")


def _count(said: str) -> int | None:
    return clean.number(said) or None


def _stars(stated: tuple[str, str | None]) -> float | None:
    value, best = stated
    try:
        top = float((best or "5").replace(",", "."))
    except ValueError as error:
        raise Unreadable(best, "a scale of ratings") from error
    return clean.stars(value, top) or None


def _texts(told: list[Told], academy: Academy, listed: Listed) -> dict[str, Any]:
    about = clean.items(_all(told, "about"))
    tags, sentences = _taught(_all(told, "teaches"))
    keywords = _keywords(_all(told, "keywords"))
    subjects = about if academy.about == "subjects" else None
    providers = clean.items(_all(told, "provider"))
    texts = {
        "code": clean.line(_first(told, "courseCode")),
        "provider": providers[0] if providers else None,
        "providers": providers,
        "instructors": clean.items(_instructors(told)),
        "summary": clean.plain(_first(told, "abstract")),
        "description": clean.plain(_first(told, "description")),
        "outcomes": clean.items(sentences),
        "skills": clean.items(tags) or (about if academy.about == "skills" else None),
        "subjects": subjects or keywords or clean.items([listed.subject]),
        "plan": clean.items(_all(told, "syllabusSections") or _all(told, "hasPart")),
        "format": clean.line(", ".join(_modes(told))),
        "prerequisites": clean.plain("\n".join(_said(_all(told, "coursePrerequisites")))),
        "assessment": clean.line(", ".join(_all(told, "educationalCredentialAwarded"))),
        "licence": clean.line(_first(told, "license")),
    }
    return {column: value for column, value in texts.items() if value}


def _taught(teaches: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(skill tags, sentences): sites put either into `teaches`."""
    lengths = sorted(len(each.split()) for each in teaches)
    are_tags = bool(lengths) and lengths[len(lengths) // 2] <= 4
    return (teaches, ()) if are_tags else ((), teaches)


def _keywords(said: tuple[str, ...]) -> tuple[str, ...] | None:
    """One text with commas, or a list."""
    return clean.items(part for each in said for part in each.split(","))


def _said(values: tuple[str, ...]) -> list[str]:
    """Without values that are bare addresses of other courses."""
    return [each for each in values if not re.fullmatch(r"https?://\S+", each)]


def _instructors(told: list[Told]) -> list[str]:
    for each in told:
        nodes = [*each.instances(), each.node]
        if names := [name for node in nodes for name in each.markup.texts(node, "instructor")]:
            return names
    return []


def _modes(told: list[Told]) -> list[str]:
    """Each once, whatever its case."""
    for each in told:
        if modes := [mode for node in each.instances() for mode in each.modes(node)]:
            found: dict[str, str] = {}
            for mode in modes:
                found.setdefault(mode.casefold(), mode)
            return list(found.values())
    return []


def _modified(told: list[Told], academy: Academy, facts: Facts) -> str | None:
    try:
        return clean.day(_first(told, "dateModified"), academy.timezone)
    except Unreadable as error:
        facts.unreadable.append(("updated", error))
        return None


def _declare(facts: Facts, texts: dict[str, Any], whole_site: Mapping[str, Any]) -> None:
    """What holds for every course of the site, where its page said nothing of it."""
    offer = facts.values.keys() & {"access", "price"}
    for column, value in whole_site.items():
        if column == "provider":
            texts.setdefault("provider", value)
            texts.setdefault("providers", (value,))
        elif column not in facts.values and not (offer and column in ("access", "price")):
            facts.values[column] = value
            facts.quotes[column] = Quote(words="stated for the whole site", source="platform")


def _unknown(told: Told) -> Iterator[tuple[str, str]]:
    """Properties that no rule names: the site, or its markup, has learnt something new."""
    markup = told.markup
    instances = markup.nodes_of(told.node, "hasCourseInstance")
    offers = [o for node in (told.node, *instances) for o in markup.nodes_of(node, "offers")]
    places = [("Course", told.node), *(("CourseInstance", each) for each in instances)]
    places += [("Offer", each) for each in offers]
    for kind, node in places:
        for key, value in node.items():
            name = key.removeprefix("schema:")
            both = kind == "Course" and name in _READ["CourseInstance"]
            if not (name.startswith("@") or name in _READ[kind] or name in IGNORED or both):
                yield f"{kind}.{name}", str(value)
