"""The memo: what somebody can sign, and nothing that its courses' pages do not say."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from catalogue.course import Course, Session
from recommend import index
from recommend.sentences import SENTENCES
from recommend.serving import application
from recommend.web.first_person import first_person
from recommend.web.page_words import is_form_of

Stock = Callable[..., Path]
DAY = "2026-11-22"
OVER = Session(ref="s", start="2026-01-05", end="2026-02-05", enrolment_end="2026-01-30")
SOON = Session(ref="s", start="2026-12-10", enrolment_start="2026-11-01")


@pytest.fixture
def memo(stock: Stock) -> Iterator[Callable[..., Any]]:
    """The memo over these courses: `memo(course(), ask="wants=nudge")`."""
    loop = asyncio.new_event_loop()

    def read(*courses: Course, ask: str, page: str = "memo", lang: str = "fr") -> Any:
        path = stock(*courses)
        index.ensure(path).close()
        client = application(path, day=DAY).client
        answer = loop.run_until_complete(client.get(f"/{lang}/{page}?{ask}"))
        assert answer.status_code == 200
        return lxml.html.fromstring(answer.text)

    yield read
    loop.close()


def course(ref: str = "1", title: str = "Le nudge en pratique", **facts: Any) -> Course:
    known = {"platform": "fun", "url": f"https://fun.example/{ref}", "language": "fr"}
    return Course(ref=ref, title=title, **(known | facts))


def said(page: Any, where: str = ".memo") -> str:
    """The words of all that a selector finds, in plain spaces."""
    words = " | ".join(each.text_content() for each in page.cssselect(where))
    return " ".join(words.replace("\xa0", " ").replace("\u202f", " ").split())


def titles(page: Any) -> list[str]:
    return [h2.text for h2 in page.cssselect(".memo-courses h2")]


def test_it_tells_the_best_of_the_list(memo: Callable[..., Any]) -> None:
    ask = "profile=directeur-marketing&hours=2"
    page, listed = memo(ask=ask), memo(ask=ask, page="recommend")
    loose = {card.cssselect("h2 a")[0].text for card in listed.cssselect(".card:has(.loose)")}
    every = [link.text for link in listed.cssselect(".card h2 a")]
    assert titles(page) == [each for each in every if each not in loose][:4]
    assert "2 h par semaine, 6 semaines" in said(page)
    assert "100 €" in said(page)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", "Pourquoi celui-ci : on y trouve les mots : brand management"),
        ("en", "Why this one: its page has the words: brand management"),
    ],
)
def test_a_wish_is_claimed_where_the_course_speaks_of_it(
    memo: Callable[..., Any], lang: str, words: str
) -> None:
    near = course("1", "Brand management", language="en")
    full = course("2", "Luxury brand management", language="en", provider="Quais")
    ask = "wants=luxury brand management,retail experience&reads=en"
    listed = memo(near, ask=ask, page="recommend")
    assert "luxury" not in said(listed, ".card").lower()
    alone, both = memo(near, ask=ask, lang=lang), memo(near, full, ask=ask, lang=lang)
    assert words in said(alone, ".memo-courses")
    assert "luxury" not in said(alone, ".memo-courses").lower()
    reasons = dict(zip(titles(both), both.cssselect(".memo-why"), strict=True))
    assert "luxury brand management" in reasons["Luxury brand management"].text_content()
    assert "retail experience" not in said(both, ".memo-courses")


def test_what_cannot_be_taken_or_has_little_to_do_with_it_is_not_asked_for(
    memo: Callable[..., Any],
) -> None:
    ask = "wants=nudge,neuromarketing,retail experience&hours=2"
    text = "Le nudge, encore le nudge, toujours le nudge en marketing."
    good = course("1", "Le nudge en pratique", description=text, provider="A")
    gone = course("2", "Le nudge en théorie", description=text, provider="B", sessions=(OVER,))
    parts = " ".join(f"pump{at} valve{at} pipe{at}" for at in range(80))
    loose = course("3", "Mechanics", language="en", description=f"Retail of {parts}", provider="C")
    page = memo(good, gone, loose, ask=ask)
    listed = memo(good, gone, loose, ask=ask, page="recommend")
    assert len(listed.cssselect(".card")) == 3
    assert titles(page) == ["Le nudge en pratique"]
    assert "suivre ce cours en ligne" in said(page)
    assert "2." in said(page, ".screen-only")


def test_where_nothing_is_left_it_says_so(memo: Callable[..., Any]) -> None:
    none = memo(course(sessions=(OVER,)), ask="wants=nudge")
    assert "Aucun cours de ma sélection n’est à demander" in said(none)
    assert not none.cssselect(".memo-courses, .memo-sign")


def test_it_says_what_speaks_against_a_course_and_where_it_is_cheaper(
    memo: Callable[..., Any],
) -> None:
    dear = course(
        access="paid", price=300.0, currency="EUR", provider="Quais", weeks=4.0,
        weekly_hours_low=8.0, weekly_hours_high=8.0, pace="instructor",
    )  # fmt: skip
    free = course(
        platform="nau", access="free_full", price=0.0, provider="Quais",
        title="Le nudge en pratique", sessions=(SOON,), weeks=4.0,
        weekly_hours_low=8.0, weekly_hours_high=8.0, pace="instructor",
    )  # fmt: skip
    ask = "wants=nudge&hours=2&budget=100&reads=en&platforms=fun&w_platform=5"
    page = memo(dear, free, ask=ask)
    but = said(page, ".memo-but")
    assert "au-dessus de mon budget de 100 €" in but
    assert "en français, que je ne lis pas" in but
    assert "8 h par semaine, j’en ai 2" in but
    assert said(page, ".memo-cheaper") == (
        "Le même cours sur NAU : gratuit, ouvert, commence le 10 décembre 2026"
    )
    assert not memo(course(provider="Quais"), ask="wants=nudge").cssselect(".memo-cheaper")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", "Session terminée, contenu toujours en libre accès · fini le"),
        ("en", "Session over, content still open for self-study · done by"),
    ],
)
def test_a_session_that_is_over_and_a_day_to_be_done_by_do_not_contradict_each_other(
    memo: Callable[..., Any], lang: str, words: str
) -> None:
    lingers = Session(ref="s", start="2026-01-05", end="2026-02-05", enrolment_start="2026-01-01")
    found = memo(course(total_hours=4.0, sessions=(lingers,)), ask="wants=nudge&hours=2", lang=lang)
    assert words in said(found)
    assert {"fr": " à raison de 2 h par semaine", "en": " at 2 h a week"}[lang] in said(found)


def test_a_session_that_ends_before_one_is_done_says_so(memo: Callable[..., Any]) -> None:
    short = Session(ref="s", start="2026-12-10", end="2027-01-10", enrolment_start="2026-11-01")
    found = course(total_hours=40.0, pace="self", sessions=(short,))
    asked = "wants=nudge&hours=1"
    late = "se termine le 10 janvier 2027, avant que j’aie fini à raison de 1 h par semaine"
    assert late in said(memo(found, ask=asked))
    listed = memo(found, ask=asked, page="recommend")
    assert "Se termine10 janvier 2027" in said(listed, ".facts")


def test_all_aims_are_told(memo: Callable[..., Any]) -> None:
    aims = [f"nudge et marketing {name}" for name in "abcdefghijklmno"]
    assert ", ".join(aims) in said(memo(course(), ask=f"wants={','.join(aims)}"), ".memo-aims")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_said_to_the_manager_that_is_meant_for_the_one_who_asks(lang: str) -> None:
    you = re.compile(r"\b(vous|votre|vos|you|your|yours)\b")
    for rule, words in SENTENCES.items():
        assert not you.search(first_person(words[lang], lang)), rule


def test_a_course_that_only_shares_words_with_the_wishes_is_not_asked_for(
    memo: Callable[..., Any],
) -> None:
    text = "Le nudge en magasin. " + " ".join(f"rayon{at}" for at in range(30))
    good = course("1", "Le nudge en pratique", description=text, provider="A")
    wires = "Une prise, un conduit, la parole du maître. " + " ".join(
        f"fil{at}" for at in range(100)
    )
    wired = course("2", "Électricité à la maison", description=wires, provider="B")
    ask = "wants=nudge,prise de parole en public,conduite du changement"
    listed = memo(good, wired, ask=ask, page="recommend")
    assert "Électricité à la maison" in said(listed, ".card")
    assert not listed.cssselect(".card .loose")
    assert titles(memo(good, wired, ask=ask)) == ["Le nudge en pratique"]


@pytest.mark.parametrize(
    ("title", "claim"),
    [
        ("La donnée client en pratique", "on y trouve les mots : donnée client"),
        ("Données : le client", "on y trouve les mots : client, données"),
        ("Client et donation", "on y trouve les mots : Client"),
    ],
)
def test_the_words_of_a_page_are_told_as_it_has_them(
    memo: Callable[..., Any], title: str, claim: str
) -> None:
    page = memo(course(title=title, provider="Quais"), ask="wants=données clients fidèles")
    assert claim in said(page, ".memo-why")
    assert "données clients" not in said(page, ".memo-why")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tableaux de bord", "tableau bord", True),
        ("virtuelle", "virtuel", True),
        ("régionaux", "régionale", True),
        ("companies", "company", True),
        ("dons", "données", False),
        ("formative", "formation", False),
        ("leading", "lead", False),
        ("retail experience", "retail", False),
    ],
)
def test_number_and_gender_make_no_other_word(one: str, other: str, same: bool) -> None:
    assert is_form_of(one, other) is same
