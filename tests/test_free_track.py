"""What following a course for free leaves out: the page's own sentences, or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from catalogue.clean import free_track
from catalogue.course import Course
from crawlers.engines import coursera_page, openedx_course, schema_course
from crawlers.facts import Facts

AUDIT = "If you choose the audit track, you will not have access to graded work or a certificate."


@pytest.mark.parametrize(
    "said",
    [
        AUDIT,
        "The free version holds the films only; graded assignments and lectures only on payment.",
        "This course is free to audit, but there is a fee for the verified certificate.",
        "Audit the first module for free and upgrade to unlock the remaining modules.",
        "Enrol for free without a certificate.",
        "You can audit it, but you won't be able to submit assignments.",
        "Free access to this course expires after six weeks, and it holds no tests.",
        "Graded assignments and the certificate are not part of the audit track.",
        "Le parcours gratuit ne donne pas droit au certificat.",
        "On suit le cours gratuitement, mais l'attestation est payante.",
        "La version gratuite donne accès aux vidéos, sans les devoirs notés.",
        "L'accès gratuit se limite aux cours ; l’examen est en option.",
    ],
)
def test_a_sentence_that_says_so(said: str) -> None:
    assert free_track(f"A course on nudges.\n{said} See you there!") == said


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "A free course on the limits of growth.",
        "Receive a verified certificate for free.",
        "Get ready for the CISA audit certification: no exam is harder.",
        "There is no difference between the audit track and the certificate track.",
        "You need an account, or a free trial, to do the labs.",
        "Ce cours gratuit présente les certifications du métier.",
        "Le certificat est payant.",
        "L'audit de certification ne porte pas sur ce module.",
        "Auditing: what an auditor may not assess.",
        "Financial aid is available to learners who cannot pay for the certificate.",
    ],
)
def test_a_sentence_that_does_not(said: str | None) -> None:
    assert free_track(said) is None


def test_three_sentences_at_most_each_once() -> None:
    said = [f"The audit track has no certificate, {n}." for n in range(5)]
    assert free_track(" ".join([*said[:1], *said])) == " ".join(said[:3])


def test_access_follows_only_from_the_course_s_own_words() -> None:
    own, other, paid = Facts(), Facts(), Facts(values={"price": 50.0})
    own.take_free_track(AUDIT, "page")
    other.take_free_track(AUDIT, "jsonld", of_course=False)
    paid.take_free_track(AUDIT, "page")
    assert own.values == {"free_track": AUDIT, "access": "free_audit_limited"}
    assert {quote.words for quote in own.quotes.values()} == {AUDIT}
    assert other.values == {"free_track": AUDIT}
    assert paid.values == {"price": 50.0, "free_track": AUDIT}


def markup(kind: str, **said: str) -> str:
    body = ", ".join(f'"{name}": "{value}"' for name, value in said.items())
    return f'<script type="application/ld+json">{{"@type": "{kind}", {body}}}</script>'


ANSWER = {"@type": "Answer", "text": f"<p>At once.</p><p>{AUDIT}</p>"}
QUESTION = {"@type": "Question", "name": "When?", "acceptedAnswer": ANSWER}
FAQ = f'<script type="application/ld+json">{json.dumps(QUESTION)}</script>'


def schema_org(page: str) -> Course:
    listed = schema_course.Listed(ref="1", url="https://x.example/1")
    return schema_course.read(page, listed, schema_course.Academy(platform="x")).course


def coursera(page: str) -> Course:
    found = coursera_page.read(page.encode(), "https://www.coursera.org/learn/nudge").course
    assert found is not None
    return found


@pytest.mark.parametrize("read", [schema_org, coursera])
@pytest.mark.parametrize(
    ("page", "access", "source"),
    [
        (markup("Course", name="Nudge", description=f"Nudges. {AUDIT}"), "free_audit_limited",
         "page"),
        (markup("Course", name="Nudge", description="Nudges.") + FAQ, None, "jsonld"),
    ],
)  # fmt: skip
def test_pages_say_it_in_prose_and_in_answers(
    read: Any, page: str, access: str | None, source: str
) -> None:
    course = read(page)
    assert (course.free_track, course.access) == (AUDIT, access)
    assert course.quotes["free_track"].source == source


def test_a_page_says_it_beside_its_markup() -> None:
    shown = f"{markup('Course', name='Nudge')}<div><b>Audit track</b><p>{AUDIT}</p></div>"
    course = schema_org(shown)
    assert (course.free_track, course.access) == (AUDIT, None)
    assert course.quotes["free_track"].source == "dom"


@pytest.mark.parametrize(
    ("words", "access", "left_out"),
    [
        ("Full Course, No Certificate", "free_audit_limited", "Full Course, No Certificate"),
        ("Start your 7-day free trial", "free_trial", None),
        ("Save on a free trial of our tools", None, None),
    ],
)
def test_coursera_s_ways_to_enrol(words: str, access: str | None, left_out: str | None) -> None:
    course = coursera(
        f"{markup('Course', name='Nudge', description='Nudges.')}<main><div>{words}</div></main>"
    )
    assert (course.access, course.free_track) == (access, left_out)


def test_open_edx_says_it_in_its_overview() -> None:
    instance = openedx_course.Instance(platform="x", home="https://x.example")
    run = {"id": "course-v1:A+B+C", "name": "Nudge", "overview": f"<p>Nudges.</p><p>{AUDIT}</p>"}
    course = openedx_course.read([run], instance).course
    assert (course.free_track, course.access) == (AUDIT, "free_audit_limited")
