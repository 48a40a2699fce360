"""The detail page of a Richie course: its words, still as they are written.

Since Richie 2.8 the page is marked up with RDFa (schema.org); since 2.23 its course runs lie as
JSON in `data-props`. Older pages lack both, so every selector may find nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import attrs
from parsel import Selector, SelectorList

from catalogue.errors import Unreadable

RUNS = ".richie-react--syllabus-course-runs-list::attr(data-props)"
SYLLABUS = '//*[@typeof="Syllabus"]'
NOT_STATED = frozenset({"", "NA", "N/A"})


@attrs.frozen(kw_only=True)
class DetailPage:
    """What a course's page says that the list does not. HTML is HTML still, words untouched."""

    is_course: bool
    """False for anything else that answers at a course's address, a maintenance page say."""
    hidden: bool
    """The page asks robots not to index it, as snapshots of a course do."""
    abstract: str | None
    description: str | None
    outcomes: tuple[str, ...]
    format: str | None
    prerequisites: str | None
    assessment: str | None
    plan: tuple[str, ...]
    provider: str | None
    providers: tuple[str, ...]
    instructors: tuple[str, ...]
    licence: str | None
    enrolled: str | None
    effort: str | None
    """Total effort as an ISO 8601 duration."""
    languages: str | None
    """Names of languages in the page's own language: "Anglais et français"."""
    pace: str | None
    """"~2 heures/semaine" or "Auto-rythmé", without its label."""
    twins: Mapping[str, str]
    """The same page in the site's other languages: path by language code."""
    props: str | None
    """JSON of the course runs' React component."""


def detail_page(body: bytes) -> DetailPage:
    """Read a course's page."""
    page = Selector(body=body, encoding="utf-8", type="html")
    return DetailPage(
        is_course=bool(page.css('body[typeof~="Course"], .subheader__title, .course-detail')),
        hidden="noindex" in (page.css('meta[name="robots"]::attr(content)').get() or ""),
        abstract=_text(page.css('[property="abstract"]')),
        description=_block(page.css(".course-detail__description")),
        outcomes=_outcomes(page.css(".course-detail__skills")),
        format=_block(page.css(".course-detail__format")),
        prerequisites=_block(page.css(".course-detail__prerequisites")),
        assessment=_block(page.css(".course-detail__assessment")),
        plan=_plan(page),
        provider=page.css('[property="provider"] > meta[property="name"]::attr(content)').get(),
        providers=_names(page.css('[property="author"] [property="name"]')),
        instructors=_contents(page.css('[property="contributor"] > meta[property="name"]')),
        licence=page.css('[property="license"] > meta[property="name"]::attr(content)').get(),
        enrolled=page.css('[property="totalHistoricalEnrollment"]::attr(content)').get(),
        effort=page.css('[property="timeRequired"]::attr(content)').get() or None,
        languages=_languages(page),
        pace=_pace(page),
        twins=_twins(page),
        props=page.css(RUNS).get(),
    )


def props(page: DetailPage) -> Mapping[str, Any]:
    """The course runs' JSON; empty where the page has none. Unreadable when it is broken."""
    if page.props is None:
        return {}
    try:
        read = json.loads(page.props)
    except ValueError as broken:
        raise Unreadable(page.props, "JSON of the course runs") from broken
    if not isinstance(read, dict):
        raise Unreadable(page.props, "JSON of the course runs")
    return read


def _block(row: SelectorList[Selector]) -> str | None:
    """HTML of one block of the page, without the title that the site puts over it."""
    found = row.xpath(
        './/*[@property="description" or @property="coursePrerequisites"'
        ' or @property="educationalCredentialAwarded"]'
    ) or row.xpath('./*[not(contains(@class, "course-detail__title"))]')
    return "".join(found.getall()) or None


def _outcomes(row: SelectorList[Selector]) -> tuple[str, ...]:
    """The list's items; where the block holds no list, its paragraphs."""
    items = row.xpath(".//li[not(.//li)]") or row.xpath(".//p")
    return tuple(item.get() for item in items)


def _plan(page: Selector) -> tuple[str, ...]:
    """Names of the parts: the root of the tree carries none, its children are the weeks.

    Sites without the tree write the plan as rich text: its lists or headings are taken.
    """
    for depth in (0, 1):
        parts = page.xpath(f"{SYLLABUS}[count(ancestor::*[@typeof='Syllabus'])={depth}]")
        if names := _contents(parts.xpath('./meta[@property="name"]')):
            return names
    block = page.css(".course-detail__plan")
    for path in (".//li[not(ancestor::li)]", ".//h3|.//h4", ".//p"):
        if lines := block.xpath(path).getall():
            return tuple(lines)
    return ()


def _languages(page: Selector) -> str | None:
    named = page.css('[property="availableLanguage"]::attr(content)').get()
    return None if named is None or named.strip() in NOT_STATED else named


def _pace(page: Selector) -> str | None:
    """The pace among the characteristics: the one without markup that is not the duration.

    The labels are translated, so the value tells: "…/semaine" or a form of "self-paced".
    """
    for term in page.css(".characteristics__term:not([property])"):
        words = (_text(term) or "").partition(":")[2].strip()
        if "/" in words or is_self_paced(words):
            return words
    return None


def is_self_paced(words: str) -> bool:
    """Is this Richie's "Self paced" in English, French or Portuguese?"""
    plain = re.sub(r"[\s-]+", " ", words).strip().casefold()
    return plain in {"self paced", "auto rythmé", "ao ritmo do estudante"}


def _twins(page: Selector) -> dict[str, str]:
    links = page.css('link[rel="alternate"][hreflang]')
    return {
        link.attrib["hreflang"]: urlsplit(link.attrib["href"]).path
        for link in links
        if link.attrib.get("href")
    }


def _text(found: Selector | SelectorList[Selector]) -> str | None:
    return " ".join("".join(found.xpath(".//text()").getall()).split()) or None


def _names(found: SelectorList[Selector]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in found if (name := _text(each))))


def _contents(found: SelectorList[Selector]) -> tuple[str, ...]:
    """Non-empty contents of meta tags, in order, each once."""
    return tuple(dict.fromkeys(name for name in found.xpath("./@content").getall() if name.strip()))
