"""Which engine's language is this answer in, and what does it announce? Pure.

Each function takes the body of one answer and gives a Finding, or None where another software, an
error page or a login form answered.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

import attrs
from parsel import Selector

from catalogue import clean
from catalogue.errors import Unreadable
from crawlers.engines import markup

Answers = Mapping[str, tuple[str, bytes]]
"""path -> (content type, body): what a test needs to replay the site."""

_JSON = "application/json"
_JSON_API = "application/vnd.api+json"
_EMPTY_WORDS = b'{"meta": {"count": 0, "offset": 0, "total_count": 0}, "objects": []}'
_MAP = "<urlset><url><loc>{}</loc></url></urlset>"
_COURSE_WORDS = re.compile(
    r"(?:mooc|course|class|training|formation)s?|cours|learn|kurse?|cursos?|cors[oi]", re.IGNORECASE
)
_LICENCE = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+(?:/\d\.\d)?)")
_TERMS = re.compile(
    r"terms|conditions|\bcgu\b|mentions|legal|nutzungsbedingungen|termos|rechtlich", re.IGNORECASE
)


@attrs.frozen(kw_only=True)
class Page:
    """What a site says of itself at the foot and the head of a page."""

    title: str | None = None
    languages: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    terms: str | None = None
    is_moodle: bool = False


@attrs.frozen(kw_only=True)
class Finding:
    """An engine that reads the site."""

    engine: str
    """Module of crawlers.engines."""
    announced: int | None
    unit: str = "courses"
    languages: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    """Lines that a platform file on this engine needs besides those of every platform."""
    answers: Answers = attrs.Factory(dict)
    sample: str | None = None
    """A course's page without which nothing can be read; its answer belongs to `answers`."""


def page(text: str, url: str) -> Page:
    """The head and foot of any page."""
    found = Selector(text.replace("\x00", "") or "<html/>", type="html")
    codes = found.xpath("//html/@lang | //link[@rel='alternate']/@hreflang").getall()
    links = [(a.attrib["href"], " ".join(a.css("::text").getall())) for a in found.css("a[href]")]
    named = next((href for href, words in links if _TERMS.search(href + words)), None)
    return Page(
        title=found.xpath("string(//meta[@property='og:site_name']/@content)").get()
        or clean.line(found.xpath("string(//title)").get()),
        languages=_codes(codes),
        licences=_licences(text),
        terms=urljoin(url, named) if named else None,
        is_moodle="moodle" in text.casefold(),
    )


def richie(body: bytes) -> Finding | None:
    """The list of Richie's API: api/v1.0/courses/."""
    answer = _object(body)
    meta, courses = answer.get("meta"), answer.get("objects")
    if not isinstance(meta, dict) or not isinstance(courses, list) or "total_count" not in meta:
        return None
    first = next((each for each in courses if isinstance(each, dict)), {})
    words = {f"/api/v1.0/{kind}/" for kind in ("subjects", "levels", "organizations")}
    return Finding(
        engine="richie",
        announced=_count(meta["total_count"]),
        answers=dict.fromkeys(sorted(words), (_JSON, _EMPTY_WORDS))
        | {"/api/v1.0/courses/": (_JSON, body)},
        sample=first.get("absolute_url"),
    )


def openedx(body: bytes) -> Finding | None:
    """The course list of an Open edX LMS: /api/courses/v1/courses/. It counts runs."""
    answer = _object(body)
    paging, runs = answer.get("pagination"), answer.get("results")
    if not isinstance(paging, dict) or not isinstance(runs, list):
        return None
    if runs and not (isinstance(runs[0], dict) and {"course_id", "blocks_url"} & runs[0].keys()):
        return None
    ended = paging | {"next": None, "count": len(runs)}
    kept = json.dumps(answer | {"pagination": ended}, ensure_ascii=False, indent=1)
    return Finding(
        engine="openedx",
        announced=_count(paging.get("count")),
        unit="runs of courses",
        answers={"/api/courses/v1/courses/": (_JSON, kept.encode())},
    )


def moochub(body: bytes, path: str) -> Finding | None:
    """A MOOChub list, version 2 or 3. It says how many courses there are only on its last page."""
    answer = _object(body)
    courses = answer.get("data")
    if not isinstance(courses, list) or not isinstance(answer.get("links", {}), dict):
        return None
    courses = [each for each in courses if isinstance(each, dict)]
    facts = [each["attributes"] for each in courses if isinstance(each.get("attributes"), dict)]
    if not facts:
        return None
    links = answer.get("links", {})
    ended = answer | {"links": {"self": links.get("self")}}
    version = 3 if any(each.get("type") == "Course" for each in courses) else 2
    said = Counter(code for each in facts for code in _stated_languages(each))
    return Finding(
        engine="moochub",
        announced=None if links.get("next") else len(courses),
        languages=_codes(code for code, _ in said.most_common()),
        licences=_licences(body.decode("utf-8", "replace")),
        declared=(f'feeds = {{{version}: "{path}"}}  # noqa: RUF012 - a declaration',),
        answers={path: (f"{_JSON_API}; moochub-version={version}", json.dumps(ended).encode())},
    )


def schema_org(text: str, url: str, listed: Iterable[str]) -> Finding | None:
    """A course's page that carries schema.org markup, on a site whose maps list these addresses."""
    layers = [name for name, found in markup.layers(text).items() if found.of("Course")]
    if not layers:
        return None
    path = urlsplit(url).path
    pattern = form_of(path)
    same = [each for each in listed if re.fullmatch(pattern, urlsplit(each).path)]
    return Finding(
        engine="schema_org",
        announced=len(same) or None,
        languages=page(text, url).languages,
        licences=_licences(text),
        declared=(f"course_path = {_raw(pattern)}  # marked up as {', '.join(layers)}",),
        answers={
            "/sitemap.xml": ("application/xml", _MAP.format(escape(url)).encode()),
            path: ("text/html; charset=utf-8", text.encode()),
        },
    )


def likeliest(listed: Iterable[str]) -> str | None:
    """Of the addresses in a site map, one that is most likely a course's page."""
    forms: dict[str, list[str]] = {}
    for url in listed:
        path = urlsplit(url).path
        if any(map(_COURSE_WORDS.fullmatch, path.strip("/").split("/")[:-1])):
            forms.setdefault(form_of(path), []).append(url)
    return max(forms.values(), key=len)[0] if forms else None


def form_of(path: str) -> str:
    """Pattern of the paths of a site's course pages, made from one of them.

    /learn/marketing/brand-stories is (subject, ref) under /learn; /fr/cours/vendre is a ref.
    """
    *folders, _ = path.strip("/").split("/")
    at = [n for n, folder in enumerate(folders) if _COURSE_WORDS.fullmatch(folder)]
    kept = folders[: at[-1] + 1] if at else folders
    between = len(folders) - len(kept)
    middle = "(?P<subject>[^/]+)/" + "[^/]+/" * (between - 1) if between else ""
    return "/" + "".join(re.escape(folder) + "/" for folder in kept) + middle + "(?P<ref>[^/]+)/?"


def _raw(pattern: str) -> str:
    """A pattern as Python writes it; an address may hold what would end the literal."""
    return repr(pattern) if {'"', "\n"} & set(pattern) else f'r"{pattern}"'


def _object(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _stated_languages(facts: dict[str, Any]) -> list[str]:
    said = facts.get("inLanguage") or facts.get("languages") or []
    return [said] if isinstance(said, str) else [code for code in said if isinstance(code, str)]


def _codes(said: Iterable[str]) -> tuple[str, ...]:
    """Main languages, each once, in order; x-default and what is no language are left out."""
    found: dict[str, None] = {}
    for code in said:
        try:
            read = clean.language(code)
        except Unreadable:
            continue
        if read:
            found[read.split("-")[0]] = None
    return tuple(found)


def _licences(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"CC {said}" for said in _LICENCE.findall(text)))
