"""FUN, replayed: what the software that FUN runs was seen to answer, crawled and compared whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT.parent / "shared" / "samples" / "fun"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recorded answers of FUN are not here"),
]

SUBJECTS = {
    "12": "Marketing et communication",
    "14": "Numérique et technologie",
    "16": "Management et entreprise",
}
LEVELS = {"18": ("beginner", "Débutant"), "20": ("intermediate", "Intermédiaire")}

# What only the pages say, by course code: instructors, pace in words and in hours a week, the
# English twin, and the one run: id, first and last day, first and last day of enrolment. The
# days are those of Paris, as the page shows them.
PAGES: dict[str, tuple[Any, ...]] = {
    "60001": (
        ["Camille Aubert", "Idris Benali"],
        ("~2 heures/semaine", 2.0),
        "nudge-for-consumers",
        ("2", "2026-11-02", "2027-01-01", "2026-10-03", "2026-12-12"),
    ),
    "60002": (
        ["Hélène Vasseur"],
        ("~2 heures/semaine", 2.0),
        "predictive-marketing",
        ("4", "2026-12-17", "2027-01-31", "2026-11-17", "2027-01-21"),
    ),
    "60003": (
        ["Idris Benali"],
        ("Auto-rythmé", None),
        "neuromarketing",
        ("6", "2025-10-18", "2026-05-06", "2025-09-18", None),
    ),
    "60004": (
        ["Camille Aubert"],
        ("~1h30/semaine", 1.5),
        "crowdsourcing",
        ("8", "2027-02-20", "2027-04-01", "2027-01-21", "2027-03-12"),
    ),
    "60005": (
        [],
        ("~3 heures/semaine", 3.0),
        "content-strategy",
        ("10", "2026-11-12", "2026-12-22", "2026-09-23", "2026-11-20"),
    ),
    "60006": (
        ["Hélène Vasseur", "Camille Aubert"],
        ("~3 heures/semaine", 3.0),
        "augmented-customer-relations",
        ("12", "2026-01-26", "2026-03-17", "2025-12-27", "2026-02-05"),
    ),
}
PROSE = {
    "audience": "public",
    "kind": "course",
    "platform": "fun",
    "licence": "Current represent her.",
    "outcomes": [
        "Identifier les enjeux du sujet",
        "Construire un plan d'action",
        "Mesurer les résultats",
    ],
    "plan": ["Semaine 1", "Semaine 2", "Semaine 3"],
    "format": "Chaque semaine : quatre vidéos de 5 à 10 minutes, un quiz et une étude de cas.",
    "prerequisites": "Aucun prérequis.",
    "assessment": "Quiz hebdomadaires notés ; attestation de suivi avec succès.",
}


def objects(name: str) -> list[dict[str, Any]]:
    found = json.loads((SAMPLES / f"api_{name}.json").read_text("utf-8"))["objects"]
    return list(found)


def case() -> dict[str, Any]:
    courses = objects("courses_all_fr")
    pages = {
        each["absolute_url"]: (SAMPLES / f"course_{each['code']}_fr.html").read_text("utf-8")
        for each in courses
        if each["code"] in PAGES
    }
    kinds = ("subjects", "levels", "organizations")
    site = {
        "courses": courses,
        "english": objects("courses_all_en"),
        "pages": pages,
        "words": {kind: objects(f"{kind}_fr") for kind in kinds},
        "robots": (SAMPLES / "robots.txt").read_text("utf-8"),
        "at_most": 4,
    }
    fun = "crawlers.platforms.fun:Fun"
    return {"site": site, "spider": fun, "arguments": {}, "harvested": []}


@pytest.fixture(scope="module")
def gave() -> Any:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "fixtures" / "richie" / "crawl.py")],
        input=json.dumps({"fun": case()}),
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["fun"]


def offer(listed: dict[str, Any]) -> dict[str, Any]:
    """These six are free to follow; two state what the certificate costs."""
    free: dict[str, Any] = {"access": "free_full", "price": 0.0, "currency": "EUR"}
    if listed["certificate_offer"] is not None:
        free["certificate"] = listed["certificate_offer"]
        free["certificate_price"] = listed["certificate_price"] or 0.0
    return free


def session(listed: dict[str, Any], days: tuple[str | None, ...], languages: list[str]) -> Any:
    ref, start, end, enrolment_start, enrolment_end = days
    course_key = f"course-v1:org+{listed['code']}+session01"
    found = offer(listed) | {
        "ref": ref,
        "title": "Session 1",
        "url": f"https://lms.example.org/courses/{course_key}/info",
        "start": start,
        "end": end,
        "enrolment_start": enrolment_start,
        "languages": languages,
    }
    return found | ({"enrolment_end": enrolment_end} if enrolment_end else {})


def quotes(listed: dict[str, Any], level: str | None, pace: str, languages: str) -> Any:
    words = {
        "total_hours": (listed["effort"], "api"),
        "pace": (pace, "page"),
        "access": ("free", "api"),
        "price": ("free", "api"),
        "language": (languages, "state"),
        "languages": (languages, "state"),
    }
    if "semaine" in listed["duration"]:
        words["weeks"] = (listed["duration"], "api")
    if "/semaine" in pace:
        del words["pace"]
        words |= dict.fromkeys(["weekly_hours_low", "weekly_hours_high"], (pace, "page"))
    if level:
        words["level"] = (level, "api")
    if listed["certificate_offer"] == "free":
        words |= dict.fromkeys(["certificate", "certificate_price"], ("free", "api"))
    if listed["certificate_offer"] == "paid":
        words["certificate"] = ("paid", "api")
        words["certificate_price"] = (f"{listed['certificate_price']} EUR", "api")
    if listed["code"] == "60001":
        words["enrolled"] = ("3120", "rdfa")
    return {field: {"words": said, "source": source} for field, (said, source) in words.items()}


def expected(listed: dict[str, Any], base: str) -> dict[str, Any]:
    instructors, (pace, weekly), twin, days = PAGES[listed["code"]]
    languages = listed["course_runs"][0]["languages"]
    level = next((LEVELS[each] for each in listed["categories"] if each in LEVELS), None)
    subject = listed["title"][0].lower() + listed["title"][1:]
    amount, unit = listed["duration"].split()
    course = PROSE | {
        "ref": listed["id"],
        "code": listed["code"],
        "title": listed["title"],
        "url": base + listed["absolute_url"],
        "summary": listed["introduction"],
        "description": (
            f"Ce cours aborde {subject} à travers des vidéos courtes, des études de cas et un"
            " projet final.\n\nAucune connaissance technique n'est requise."
        ),
        "provider": listed["organization_highlighted"],
        "providers": [listed["organization_highlighted"]],
        "instructors": instructors,
        "subjects": [SUBJECTS[each] for each in listed["categories"] if each in SUBJECTS],
        "language": "fr",
        "languages": languages,
        "level": level[0] if level else None,
        "pace": "instructor" if weekly else "self",
        "weeks": float(amount) if unit.startswith("semaine") else None,
        "weekly_hours_low": weekly,
        "weekly_hours_high": weekly,
        "total_hours": float(listed["effort"].split()[0]),
        "enrolled": 3120 if listed["code"] == "60001" else None,
        "translations": {"en": {"url": f"{base}/en/courses/{twin}/"}},
        "sessions": [session(listed, days, languages)],
        "quotes": quotes(listed, level[1] if level else None, pace, ", ".join(languages)),
    }
    course |= offer(listed)
    return {field: value for field, value in course.items() if value not in (None, [])}


@pytest.mark.parametrize("code", PAGES)
def test_a_recorded_course_is_read_whole(gave: Any, code: str) -> None:
    listed = next(each for each in objects("courses_all_fr") if each["code"] == code)
    found = next(each for each in gave["courses"] if each["code"] == code)
    assert found == expected(listed, gave["base"])


def test_the_recorded_site_is_read_to_its_end(gave: Any) -> None:
    assert sorted(each["code"] for each in gave["courses"]) == list(PAGES)
    assert gave["announced"] == 10
    assert gave["rejected"] == dict.fromkeys(["46", "48", "50", "52"], "page: HTTP 404"), (
        "four pages were not recorded"
    )
    assert (gave["errors"], gave["crashes"]) == ([], 0)
    assert gave["issues"] == [["rejected", "page", 4]], "no word unread, no field unknown"
