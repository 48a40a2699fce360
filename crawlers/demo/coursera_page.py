"""A Coursera course page: one DOM for people, and up to two layers for machines.

Which machine layer a page has is the record's `markup`: "jsonld" (a Course node, with what only
it says: workload to the second, syllabus, offers, enrolment), "state" (a bread crumb and the
state that the page's script starts from: skills, level, rating) or "dom" (neither). The DOM is
without telling classes, as the real one; its words are in the language that the client prefers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from crawlers.demo.offer import Record

LIGHTEST = 60_000
"""Pages are filled up to so many bytes with the style rules that real ones carry."""

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "skills": "Skills you'll gain",
        "outcomes": "What you'll learn",
        "modules": "There are {0} modules in this course",
        "level": {
            "Beginner": "Beginner level",
            "Intermediate": "Intermediate level",
            "Advanced": "Advanced level",
            "Mixed": "Mixed level",
        },
        "hours": "{0} hours to complete",
        "weeks": "{0} weeks to complete",
        "months": "{0} months to complete",
        "weekly": "at {0} hours a week",
        "flexible": "Flexible schedule",
        "taught": {"en": "Taught in English", "fr": "Taught in French", "es": "Taught in Spanish"},
        "stars": "{0} stars",
        "reviews": "({0} reviews)",
        "enrolled": "already enrolled",
        "instructor": "Instructor",
    },
    "fr": {
        "skills": "Compétences que vous acquerrez",
        "outcomes": "Ce que vous apprendrez",
        "modules": "Il y a {0} modules dans ce cours",
        "level": {
            "Beginner": "niveau Débutant",
            "Intermediate": "niveau Intermédiaire",
            "Advanced": "niveau Avancé",
            "Mixed": "niveau Mixte",
        },
        "hours": "{0} heures à compléter",
        "weeks": "{0} semaines à compléter",
        "months": "{0} mois à compléter",
        "weekly": "à {0} heures par semaine",
        "flexible": "Planning flexible",
        "taught": {
            "en": "Enseigné en Anglais",
            "fr": "Enseigné en Français",
            "es": "Enseigné en Espagnol",
        },
        "stars": "{0} étoiles",
        "reviews": "({0} avis)",
        "enrolled": "déjà inscrits",
        "instructor": "Enseignant",
    },
}


def course_page(course: Record, url: str, language: str) -> str:
    """The whole page of a course, with the words of the DOM in English or French."""
    words = WORDS[language]
    head = "".join(_head(course, url))
    main = "".join(_main(course, words))
    html = (
        f'<!DOCTYPE html><html lang="{language}"><head>{head}</head><body>'
        f'<div id="rendered-content"><main id="main">{main}</main></div>'
        f"{_state(course)}</body></html>"
    )
    return html.replace("</head>", f"{_style(LIGHTEST - len(html.encode()))}</head>", 1)


def missing_page() -> str:
    """The page that answers 404."""
    return (
        '<!DOCTYPE html><html lang="en"><head><title>Coursera | 404</title></head><body><main>'
        "<h1>Hmm, there's nothing here</h1></main></body></html>"
    )


def _head(course: Record, url: str) -> Iterable[str]:
    title = escape(course["title"])
    said = escape(((course.get("description") or "").split("\n") or [""])[0][:155])
    address = f"{url}/learn/{course['ref']}"
    yield f'<meta charset="utf-8"><title>{title} | Coursera</title>'
    yield f'<meta name="description" content="{said}">'
    yield f'<meta property="og:title" content="{title}"><link rel="canonical" href="{address}">'
    yield _jsonld(_faq(course))
    if course["markup"] == "jsonld":
        yield _jsonld({"@context": "https://schema.org", "@graph": [_course_node(course, address)]})
    if course["markup"] == "state":
        yield _jsonld(_breadcrumb(course, url))


# --- JSON-LD


def _jsonld(node: dict[str, Any]) -> str:
    text = json.dumps(node, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


def _faq(course: Record) -> dict[str, Any]:
    """What every page has: of most courses it says nothing."""
    answer = f"It depends on the type of enrolment that you choose for {course['title']}."
    if course.get("offer") == "Partially Free":
        answer = (
            "In audit mode you see most of the course for free. Graded assignments and the"
            " certificate are not part of the audit track."
        )
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "When will I have access to the lectures and assignments?",
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": answer,
                },
            }
        ],
    }


def _breadcrumb(course: Record, url: str) -> dict[str, Any]:
    names = ["Browse", *course.get("domain", ())]
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": place,
                        "item": {"@id": f"{url}/browse/{place}", "name": name},
                    }
                    for place, name in enumerate(names, start=1)
                ],
            }
        ],
    }


def _course_node(course: Record, address: str) -> dict[str, Any]:
    node = {
        "@type": "Course",
        "@id": address,
        "url": address,
        "name": course["title"],
        "description": course.get("description"),
        "inLanguage": course["language"],
        "provider": _organisations(course),
        "about": course.get("domain"),
        "teaches": course.get("outcomes"),
        "coursePrerequisites": course.get("prerequisites"),
        "educationalLevel": course.get("level"),
        "offers": _offers(course),
        "aggregateRating": _rating(course),
        "totalHistoricalEnrollment": course.get("enrolled"),
        "hasCourseInstance": _instance(course),
        "syllabusSections": _syllabus(course),
    }
    return {key: value for key, value in node.items() if value}


def _organisations(course: Record) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": name} for name in course["partners"]]


def _offers(course: Record) -> dict[str, Any] | None:
    if course.get("offer") is None:
        return None
    offer = {"@type": "Offer", "category": course["offer"]}
    if course.get("price") is not None:
        offer |= {"price": course["price"], "priceCurrency": "USD"}
    return offer


def _rating(course: Record) -> dict[str, Any] | None:
    if course.get("rating") is None:
        return None
    return {
        "@type": "AggregateRating",
        "ratingValue": course["rating"],
        "ratingCount": course["ratings"],
        "bestRating": 5,
    }


def _instance(course: Record) -> dict[str, Any]:
    instance: dict[str, Any] = {"@type": "CourseInstance", "courseMode": "Online"}
    if workload := _hours(course):
        instance["courseWorkload"] = _period(workload, course)
    if course["instructors"]:
        instance["instructor"] = [
            {"@type": "Person", "name": name} for name in course["instructors"]
        ]
    return instance


def _hours(course: Record) -> float | None:
    if course.get("hours"):
        return float(course["hours"])
    if course.get("weeks") and course.get("weekly"):
        return float(course["weeks"] * course["weekly"])
    return None


def _period(hours: float, course: Record) -> str:
    """PT33H19M51S: the real ones are sums of videos, to the second."""
    minutes = round(hours * 60)
    return f"PT{minutes // 60}H{minutes % 60}M{len(course['title']) % 60}S"


def _syllabus(course: Record) -> list[dict[str, Any]]:
    plan = course.get("plan") or []
    share = (_hours(course) or 0) * 60 / max(len(plan), 1)
    return [
        {"@type": "Syllabus", "name": name}
        | ({"timeRequired": f"PT{int(share // 60)}H{int(share % 60)}M"} if share else {})
        for name in plan
    ]


# --- state


def _state(course: Record) -> str:
    if course["markup"] != "state":
        return ""
    rated = course.get("rating") is not None
    state = {
        "Course:" + course["id"]: {
            "__typename": "Course",
            "slug": course["ref"],
            "name": course["title"],
            "description": course.get("description"),
            "primaryLanguage": course["language"],
            "skills": course.get("skills", []),
            "difficultyLevel": course["level"].upper() if course.get("level") else None,
            "averageFiveStarRating": course["rating"] if rated else None,
            "reviewCount": course["ratings"] if rated else 0,
        }
    }
    text = json.dumps(state, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"<script>window.__APOLLO_STATE__ = {text};</script>"


# --- DOM


def _main(course: Record, words: dict[str, Any]) -> Iterable[str]:
    if course.get("domain"):
        crumbs = "".join(f"<li><a>{escape(name)}</a></li>" for name in course["domain"])
        yield f'<nav aria-label="Breadcrumb"><ol><li><a>Browse</a></li>{crumbs}</ol></nav>'
    yield f'<h1 data-e2e="hero-title">{escape(course["title"])}</h1>'
    for name in course["partners"]:
        yield f'<a data-track-component="partner" href="#"><span>{escape(name)}</span></a>'
    for name in course["instructors"]:
        yield (
            f"<div>{words['instructor']}<a data-track-component="
            f'"hero-instructor" href="#"><span>{escape(name)}</span></a></div>'
        )
    if course.get("enrolled"):
        yield f"<p><strong><span>{course['enrolled']:,}</span></strong> {words['enrolled']}</p>"
    yield f'<div data-e2e="key-information">{"".join(_key_information(course, words))}</div>'
    yield _list(words["outcomes"], course.get("outcomes"), "<li><span>{0}</span></li>")
    yield _list(words["skills"], course.get("skills"), "<li><a><span>{0}</span></a></li>")
    yield f"<div><p>{words['taught'][course['language']]}</p></div>"
    yield _modules(course, words)


def _key_information(course: Record, words: dict[str, Any]) -> Iterable[str]:
    if course.get("rating") is not None:
        stars = words["stars"].format(course["rating"])
        reviews = words["reviews"].format(f"{course['ratings']:,}")
        yield f'<div aria-label="{stars}"><span>{course["rating"]}</span></div>'
        yield f"<div>{reviews}</div>"
    if course.get("level"):
        yield f"<div>{words['level'][course['level']]}</div>"
    if estimate := _estimate(course, words):
        yield f"<div>{estimate}</div>"
    if course.get("weekly"):
        yield f"<div>{words['weekly'].format(course['weekly'])}</div>"
    yield f"<div>{words['flexible']}</div>"


def _estimate(course: Record, words: dict[str, Any]) -> str | None:
    """Whole hours for short courses, weeks, and months for what takes nine weeks or more."""
    weeks = course.get("weeks")
    if weeks and weeks >= 9:
        return str(words["months"].format(f"{weeks / 4:g}"))
    if weeks:
        return str(words["weeks"].format(weeks))
    return str(words["hours"].format(round(course["hours"]))) if course.get("hours") else None


def _list(title: str, items: Iterable[str] | None, item: str) -> str:
    if not items:
        return ""
    shown = "".join(item.format(escape(each)) for each in items)
    return f"<div><h2>{escape(title, quote=False)}</h2><ul>{shown}</ul></div>"


def _modules(course: Record, words: dict[str, Any]) -> str:
    plan, text = course.get("plan") or [], course.get("description")
    if not plan and not text:
        return ""
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in (text or "").split("\n") if each)
    modules = "".join(
        f'<div data-testid="accordion-item"><h3>{escape(name)}</h3></div>' for name in plan
    )
    title = words["modules"].format(len(plan))
    return (
        f'<div id="modules"><h2>{title}</h2><div class="content-inner">{paragraphs}</div>'
        f"{modules}</div>"
    )


def _style(missing: int) -> str:
    rule = ".cds-{0}{{display:flex;margin:0 auto;padding:8px 16px;color:#1f1f1f}}"
    count = max(missing, 0) // (len(rule) + 2)
    return f"<style>{''.join(rule.format(number) for number in range(count))}</style>"
