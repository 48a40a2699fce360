"""What Richie's list, vocabularies and detail page say of one course, brought together as a Course.

Pure: no network, no clock. Where several parts of the answer state a fact, the first of these
speaks: the list API (its words are short and localised), the page's JSON, its RDFa, its text;
but course runs come from the page, which alone knows their ids and links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from catalogue import clean
from catalogue.clean import Workload
from catalogue.course import Course, Session
from catalogue.errors import Unreadable
from crawlers.engines.richie_page import DetailPage, is_self_paced, props
from crawlers.engines.richie_runs import Site, course_runs, sessions_of, take_offers
from crawlers.facts import Facts, rows

_OFFER_KEYS = {
    *("offer", "price", "price_currency", "discounted_price"),
    *("certificate_offer", "certificate_price", "certificate_discounted_price"),
}
_RUN_KEYS = _OFFER_KEYS | {
    *("id", "title", "resource_link", "catalog_visibility", "languages"),
    *("start", "end", "enrollment_start", "enrollment_end"),
}
_COURSE_KEYS = _OFFER_KEYS | {
    *("id", "code", "title", "absolute_url", "introduction", "duration", "effort", "categories"),
    *("organizations", "organization_highlighted", "course_runs"),
}
_PROPS_KEYS = {"course", "courseRuns", "maxArchivedCourseRuns"}
_PROPS_COURSE_KEYS = {"id", "code", "is_self_paced"}
# Images; the state, which is computed when asked for and follows from the runs' dates; the
# discount's wording, which repeats the two prices; how and for which archived copy a run shows.
IGNORED = frozenset(
    {
        *("cover_image", "organization_highlighted_cover_image", "icon", "state"),
        *("discount", "certificate_discount", "display_mode", "snapshot", "enrollment_count"),
    }
)
_WEEKLY = re.compile(r"/\s*(?:semaine|week|semana)\b", re.IGNORECASE)


@attrs.frozen
class Vocabulary:
    """Names of the site's subjects, levels, organisations, by kind and id."""

    topics: tuple[str, ...] = ("subjects",)
    names: dict[str, dict[str, str]] = attrs.Factory(dict)

    def add(self, kind: str, terms: Iterable[Mapping[str, Any]]) -> None:
        """Learn the terms of one answer of `api/v1.0/{kind}/`."""
        self.names.setdefault(kind, {}).update(
            (str(term["id"]), str(term["title"])) for term in terms if term.get("title")
        )

    def named(self, kind: str, ids: Iterable[Any]) -> tuple[str, ...]:
        """Names of those ids that are of this kind, by id: the API gives them in no order."""
        known = self.names.get(kind, {})
        ordered = sorted({str(each) for each in ids} & set(known), key=lambda ref: (len(ref), ref))
        return tuple(known[ref] for ref in ordered)


@attrs.frozen(kw_only=True)
class Reading:
    """A course, and what in the answer nobody could read or has foreseen."""

    course: Course
    unreadable: tuple[tuple[str, Unreadable], ...] = ()
    unknown: Mapping[str, str] = attrs.Factory(dict)
    """Fields that no rule names, with the words of the first one met."""


def read(
    listed: Mapping[str, Any],
    page: DetailPage | None,
    words: Vocabulary,
    site: Site,
    *,
    updated: str | None = None,
) -> Reading:
    """One course from its element of the list, its page and the vocabularies.

    `updated` is the day of its listing's last change, where a site map tells. Raises Unreadable
    when id, address or title are missing: then there is no course.
    """
    facts = Facts()
    embedded = _embedded(facts, page)
    runs, source = course_runs(listed, embedded)
    sessions = sessions_of(runs, site, facts.unreadable)
    _workload(facts, listed, page)
    _pace(facts, embedded, page)
    _languages(facts, sessions, page, site, source)
    _level(facts, listed, words)
    _offers(facts, listed, runs, source)
    if page is not None:
        facts.take("enrolled", clean.number, page.enrolled, "rdfa")
    texts = _texts(listed, page)
    prose = (texts.get(name) for name in ("summary", "description", "format", "assessment"))
    facts.take_free_track("\n".join(filter(None, prose)), "page")
    course = Course(
        platform=site.platform,
        ref=_required(listed, "id"),
        url=site.address(_required(listed, "absolute_url")),
        title=_required(listed, "title"),
        audience=site.audience,
        code=clean.line(listed.get("code")),
        subjects=_subjects(listed, words),
        updated=updated,
        translations=_translations(page, site),
        sessions=sessions,
        quotes=facts.quotes,
        **_organisations(listed, page, words),
        **texts,
        **facts.values,
    )
    unknown = _unknown(listed, embedded)
    return Reading(course=course, unreadable=tuple(facts.unreadable), unknown=unknown)


def _required(listed: Mapping[str, Any], key: str) -> str:
    value = clean.line(str(listed.get(key) or ""))
    if value is None:
        raise Unreadable(listed.get(key), key)
    return value


def _embedded(facts: Facts, page: DetailPage | None) -> Mapping[str, Any]:
    """The page's JSON; empty without a page, on older Richie, and when it is broken."""
    if page is None:
        return {}
    try:
        return props(page)
    except Unreadable as error:
        facts.unreadable.append(("data-props", error))
        return {}


def _workload(facts: Facts, listed: Mapping[str, Any], page: DetailPage | None) -> None:
    """Duration and effort. Effort is of the whole course since Richie 2.2, of a week before."""
    effort = listed.get("effort") or None
    if duration := listed.get("duration"):
        facts.take_workload(duration, "api", _length, field="weeks")
    if effort and "/" in effort:
        _weekly(facts, effort, "api")
    else:
        facts.take("total_hours", clean.hours, effort, "api")
    if page is not None:
        facts.take("total_hours", clean.iso_hours, page.effort, "rdfa")
        _weekly(facts, page.pace, "page")


def _length(words: str) -> Workload | None:
    """Length in weeks; none for a course that lasts "8 heures", as Richie lets one say."""
    said = clean.workload(words)
    return said and Workload(weeks=said.weeks, weeks_low=said.weeks_low, weeks_high=said.weeks_high)


def _weekly(facts: Facts, words: str | None, source: str) -> None:
    """Hours a week as stated; a pace by the day or month is not one a week."""
    if words is not None and _WEEKLY.search(words):
        facts.take("weekly_hours_low", _weekly_low, words, source)
        facts.take("weekly_hours_high", _weekly_high, words, source)


def _weekly_low(words: str) -> float | None:
    stated = clean.workload(words)
    return stated.weekly_low if stated else None


def _weekly_high(words: str) -> float | None:
    stated = clean.workload(words)
    return stated.weekly_high if stated else None


def _pace(facts: Facts, embedded: Mapping[str, Any], page: DetailPage | None) -> None:
    """Self-paced if the box is ticked. Richie shows "self-paced" without a duration as well, so
    these words alone count only beside one; and an unticked box only beside a stated rhythm.
    """
    words = page.pace if page is not None else None
    course = embedded.get("course")
    ticked = course.get("is_self_paced") if isinstance(course, Mapping) else None
    said_self = words is not None and is_self_paced(words)
    if ticked is True:
        source = "page" if said_self else "state"
        facts.take("pace", lambda _: "self", words if said_self else "is_self_paced", source)
    elif said_self and ticked is None and "weeks" in facts.values:
        facts.take("pace", lambda _: "self", words, "page")
    elif words is not None and not said_self:
        # No words say so: a rhythm is stated where the box is not ticked.
        facts.values.setdefault("pace", "instructor")


def _languages(
    facts: Facts,
    sessions: Iterable[Session],
    page: DetailPage | None,
    site: Site,
    source: str,
) -> None:
    """Languages of all sessions, or else those that the page names; the site's own first."""
    codes = [code for session in sessions for code in session.languages or ()]
    if codes:
        facts.take("languages", site.spoken, codes, source, ", ".join(dict.fromkeys(codes)))
    elif page is not None:
        facts.take("languages", site.spoken, page.languages, "rdfa")
    if languages := facts.values.get("languages"):
        quote = facts.quotes["languages"]
        facts.take("language", lambda _: languages[0], languages, quote.source, quote.words)


def _offers(
    facts: Facts, listed: Mapping[str, Any], runs: Iterable[Mapping[str, Any]], source: str
) -> None:
    """The best run's offer as the API states it; where it states none, the newest run's.

    The API knows no run of a course whose runs show on its page only.
    """
    take_offers(facts, listed, "api")
    newest = max(runs, key=lambda run: str(run.get("start") or ""), default=None)
    if newest is not None and not facts.values.keys() & {"access", "price", "certificate"}:
        take_offers(facts, newest, source)


def _level(facts: Facts, listed: Mapping[str, Any], words: Vocabulary) -> None:
    """The level; filed under several ones, the course is for mixed levels."""
    names = words.named("levels", listed.get("categories") or ())
    if names:
        facts.take("level", _one_level, names, "api", ", ".join(names))


def _one_level(names: Iterable[str]) -> str | None:
    found = {level for name in names if (level := clean.level(name))}
    return "mixed" if len(found) > 1 else next(iter(found), None)


def _subjects(listed: Mapping[str, Any], words: Vocabulary) -> tuple[str, ...] | None:
    """Categories of the kinds that are subjects; types, collections and the like are not."""
    ids = listed.get("categories") or ()
    return clean.items(name for kind in words.topics for name in words.named(kind, ids))


def _organisations(
    listed: Mapping[str, Any], page: DetailPage | None, words: Vocabulary
) -> dict[str, Any]:
    named = clean.items(page.providers) if page is not None else None
    providers = named or clean.items(
        words.named("organizations", listed.get("organizations") or ())
    )
    first = clean.line(page.provider) if page is not None else None
    first = first or clean.line(listed.get("organization_highlighted"))
    return {"provider": first or (providers[0] if providers else None), "providers": providers}


def _texts(listed: Mapping[str, Any], page: DetailPage | None) -> dict[str, Any]:
    """Prose as plain text. The introduction falls back to another language, the page does not."""
    summary = clean.plain(listed.get("introduction"))
    if page is None:
        return {"summary": summary}
    return {
        "summary": summary or clean.plain(page.abstract),
        "description": clean.plain(page.description),
        "outcomes": clean.items(page.outcomes),
        "format": clean.plain(page.format),
        "prerequisites": clean.plain(page.prerequisites),
        "assessment": clean.plain(page.assessment),
        "plan": clean.items(page.plan),
        "instructors": clean.items(page.instructors),
        "licence": clean.line(page.licence),
    }


def _translations(page: DetailPage | None, site: Site) -> dict[str, dict[str, str]] | None:
    """Addresses of the same page in the site's other languages."""
    twins = page.twins if page is not None else {}
    found = {
        code: {"url": site.address(twins[code])} for code in site.languages[1:] if code in twins
    }
    return found or None


def _unknown(listed: Mapping[str, Any], embedded: Mapping[str, Any]) -> dict[str, str]:
    """Keys that no rule names: the site's software has learnt something new."""
    course = embedded.get("course")
    places = [("", listed, _COURSE_KEYS)]
    places += [("course_runs.", run, _RUN_KEYS) for run in rows(listed.get("course_runs"))]
    places += [("courseRuns.", run, _RUN_KEYS) for run in rows(embedded.get("courseRuns"))]
    places += [("data-props.", embedded, _PROPS_KEYS)]
    if isinstance(course, Mapping):
        places += [("data-props.course.", course, _PROPS_COURSE_KEYS)]
    return {
        prefix + key: str(value)
        for prefix, keys, known in places
        for key, value in keys.items()
        if key not in known and key not in IGNORED
    }
