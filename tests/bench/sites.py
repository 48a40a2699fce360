"""Answers of invented sites: a list API, a Richie site, course pages with JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from urllib.parse import urlencode

from catalogue.course import Course
from tests.bench.serving import Answers

PAGE = 100
_JSON, _HTML, _XML, _TEXT = "application/json", "text/html; charset=utf-8", "text/xml", "text/plain"
_ROBOTS = {"/robots.txt": (_TEXT, b"User-agent: *\nAllow: /\n")}
_PADDING = f"<!--{'x' * 48_000}-->"
"""What real pages hold beside the course."""


def _pages(found: Iterable[Course]) -> Iterator[tuple[int, list[Course]]]:
    """(offset, courses) of each page of a list."""
    waiting, offset = iter(found), 0
    while some := list(islice(waiting, PAGE)):
        yield offset, some
        offset += PAGE


def _resource(course: Course) -> dict[str, object]:
    """A course as MIT Learn's API writes one."""
    return {
        "id": int(course.ref), "readable_id": f"r{course.ref}", "title": course.title,
        "description": course.summary, "full_description": f"<p>{course.description}</p>",
        "url": f"https://example.org/{course.ref}", "topics": [{"id": 1, "name": "Business"}],
        "offered_by": {"code": "x", "name": course.provider}, "prices": ["0.00"], "free": True,
        "languages": ["en-us"], "pace": [{"code": "self_paced", "name": "Self-paced"}],
        "min_weeks": 4, "max_weeks": 4, "min_weekly_hours": 2, "max_weekly_hours": 4, "runs": [],
    }  # fmt: skip


def list_api(found: Iterable[Course], count: int) -> tuple[Answers, list[str]]:
    """MIT Learn's lists, 100 courses a page, and the paths that hold courses."""
    empty = json.dumps({"count": 0, "next": None, "results": []}).encode()
    answers = {**_ROBOTS, "/api/v1/programs/?limit=100&offset=0": (_JSON, empty)}
    paths = []
    for offset, some in _pages(found):
        more = "?" if offset + PAGE < count else None
        page = {"count": count, "next": more, "results": [_resource(each) for each in some]}
        paths.append(f"/api/v1/courses/?limit=100&offset={offset}")
        answers[paths[-1]] = (_JSON, json.dumps(page).encode())
    return answers, paths


def _listed(course: Course) -> dict[str, object]:
    """A course as Richie's API lists one."""
    return {
        "id": course.ref, "code": f"C{course.ref}", "title": course.title,
        "absolute_url": f"/fr/cours/c{course.ref}/", "introduction": course.summary,
        "duration": "6 semaines", "effort": "12 heures", "categories": ["5", "30"],
        "organizations": ["1"], "organization_highlighted": course.provider, "course_runs": [],
        "offer": "free", "certificate_offer": "paid", "certificate_price": 60.0,
        "price_currency": "EUR",
    }  # fmt: skip


def _richie_page(course: Course) -> bytes:
    session = course.sessions[0].start
    props = {
        "course": {"id": int(course.ref), "code": f"C{course.ref}", "is_self_paced": False},
        "courseRuns": [{"id": 1, "start": session, "end": None, "languages": ["fr"]}],
        "maxArchivedCourseRuns": 10,
    }
    return (
        '<html lang="fr"><head><title>t</title></head><body typeof="Course">'
        f'<h1 property="name">{course.title}</h1><p>{course.summary}</p>'
        f'<a property="provider"><meta property="name" content="{course.provider}"></a>'
        f'<div class="richie-react--syllabus-course-runs-list" data-props="'
        f'{escape(json.dumps(props))}"></div><div class="course-detail__description">'
        f'<div property="description"><p>{course.description}</p></div></div>'
        f"{_PADDING}</body></html>"
    ).encode()


def _vocabulary(*terms: tuple[str, str]) -> tuple[str, bytes]:
    objects = [{"id": ref, "title": title} for ref, title in terms]
    meta = {"count": len(objects), "total_count": len(objects), "offset": 0}
    return _JSON, json.dumps({"meta": meta, "objects": objects}).encode()


def _richie_query(kind: str, offset: int) -> str:
    query = urlencode({"limit": PAGE, "offset": offset, "scope": "objects"})
    return f"/api/v1.0/{kind}/?{query}"


def richie(found: list[Course]) -> tuple[Answers, list[str]]:
    """A Richie site: its list, 100 courses a page, and a page for each course."""
    names = {
        "subjects": ("5", "Commerce"),
        "levels": ("30", "Débutant"),
        "organizations": ("1", "É"),
    }
    answers = {**_ROBOTS}
    for kind, term in names.items():
        answers[_richie_query(kind, 0)] = _vocabulary(term)
    paths = []
    for offset, some in _pages(found):
        meta = {"count": len(some), "total_count": len(found), "offset": offset}
        body = json.dumps({"meta": meta, "objects": [_listed(each) for each in some]})
        paths.append(_richie_query("courses", offset))
        answers[paths[-1]] = (_JSON, body.encode())
        for course in some:
            paths.append(f"/fr/cours/c{course.ref}/")
            answers[paths[-1]] = (_HTML, _richie_page(course))
    return answers, paths


def _node(course: Course) -> dict[str, object]:
    return {
        "@type": "Course", "name": course.title, "description": course.description,
        "inLanguage": "en", "provider": {"name": course.provider},
        "hasCourseInstance": {"courseWorkload": "PT12H"}, "teaches": list(course.skills or ()),
    }  # fmt: skip


def course_pages(found: list[Course]) -> tuple[Answers, list[str]]:
    """Coursera's site map, and pages of some 50 kB with JSON-LD."""
    urls = "".join(f"<url><loc>https://www.coursera.org/learn/c{c.ref}</loc></url>" for c in found)
    index = "<sitemap><loc>https://www.coursera.org/sitemap~www~courses.xml</loc></sitemap>"
    answers = {
        **_ROBOTS,
        "/sitemap.xml": (_XML, f"<sitemapindex>{index}</sitemapindex>".encode()),
        "/sitemap~www~courses.xml": (_XML, f"<urlset>{urls}</urlset>".encode()),
    }
    paths = [f"/learn/c{course.ref}" for course in found]
    for path, course in zip(paths, found, strict=True):
        page = (
            "<html><head><title>t</title><script type='application/ld+json'>"
            f"{json.dumps(_node(course))}</script></head><body><h1>{course.title}</h1>"
            f"<p>{course.description}</p>{_PADDING}</body></html>"
        )
        answers[path] = (_HTML, page.encode())
    return answers, paths
