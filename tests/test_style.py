"""Practice and theory, academic and promotional: rules on sentences, and on 100 judged texts."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from catalogue.words import fold, tokens
from recommend import axes, judged_files, style
from recommend.match import Part, says
from recommend.profile import Profile
from recommend.signals.manner import approach, exercises, tone

DAY = "2026-11-22"


def read(description: str, **facts: Any) -> style.Style:
    found = style.read({"title": "Nudge", "description": description} | facts)
    assert found is not None
    return found


SENTENCES = [
    ("practice", "Vous réaliserez une étude de cas et un projet, avec des travaux pratiques."),
    ("practice", "Le cours comprend des mises en situation et des jeux de rôle sur le terrain."),
    ("practice", "In this hands-on lab you will build and deploy your own project."),
    ("practice", "A capstone with case studies from the real world, and weekly assignments."),
    ("theory", "Le cours magistral présente les théories, les concepts et leur histoire."),
    ("theory", "Comprendre les notions et les principes de la discipline, ses fondements."),
    ("theory", "An introduction to the theory: its concepts, its principles and its history."),
    ("theory", "These lectures give an overview of the theoretical foundations of the field."),
]


@pytest.mark.parametrize(("pole", "words"), SENTENCES)
def test_practice_and_theory(pole: str, words: str) -> None:
    assert style.approach_of(read(words).practice) == pole


TONES = [
    ("academic", "Au terme de cette unité d'enseignement, l'étudiant aura rédigé un mémoire."),
    ("academic", "Séminaire de recherche : bibliographie, cadre théorique et ECTS."),
    ("academic", "Graduate students will write a literature review for the seminar."),
    ("academic", "An undergraduate course for bachelor students, with a thesis and ECTS credits."),
    ("promotional", "Boostez vos ventes ! Notre solution leader, résultats garantis."),
    ("promotional", "Devenez incontournable : inscrivez-vous vite, offre exclusive !"),
    ("promotional", "Unlock your dream job! Sign up now for the ultimate guide."),
    ("promotional", "Supercharge your career with our product, and take it to the next level."),
    ("neither", "Ce que font les clients devant le rayon, et pourquoi."),
    ("neither", "What people do in front of the shelf, and how to find out."),
]


@pytest.mark.parametrize(("pole", "words"), TONES)
def test_academic_and_promotional(pole: str, words: str) -> None:
    assert style.tone_of(read(words).tone) == pole


@pytest.mark.parametrize(
    "words",
    [
        "On commence par un exercice, puis vient la leçon.",
        "Une pédagogie inversée : les exercices d'abord.",
        "Each week starts with a challenge; learning by doing.",
        "A flipped classroom.",
    ],
)
def test_exercises_first(words: str) -> None:
    course = {"title": "Nudge", "description": words}
    signal = exercises(course, (), Profile(approach="practice"), DAY)
    assert signal is not None
    assert signal.points == 200
    assert exercises(course, (), Profile(), DAY).points == 0  # type: ignore[union-attr]


def test_words_are_quoted_as_written() -> None:
    found = read("Une unité d'enseignement : l'Étudiant y fait une étude de cas.")
    assert [each.words for each in found.said["academic"]] == ["unité d'enseignement", "étudiant"]
    assert [(e.words, e.field) for e in found.said["practice"]] == [("étude de cas", "description")]


def test_a_phrase_is_read_in_its_own_language() -> None:
    assert read("At this stage of the journey, what do the people do?").weight("practice") == 0
    assert read("Un stage dans une entreprise de la région.").weight("practice") > 0


def said_word_by_word(written: list[str], language: str) -> list[tuple[str, int, int]]:
    """(pole, place, length): every phrase tried at every word, the longest first."""
    found: list[tuple[str, int, int]] = []
    done = dict.fromkeys(style.POLES, 0)
    for at in range(len(written)):
        for phrase in style._lexicon(language):
            held = [fold(word) for word in written[at : at + len(phrase.words)]]
            said = len(held) == len(phrase.words) and all(map(style._fits, phrase.words, held))
            if said and at >= done[phrase.pole]:
                done[phrase.pole] = at + len(held)
                found.append((phrase.pole, at, len(held)))
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
@given(data=st.data())
def test_phrases_are_found_by_their_longest_word(language: str, data: st.DataObject) -> None:
    lexicon = style._lexicon(language)
    phrases = [" ".join(each.words).replace("*", "e") for each in lexicon]
    known = sorted({word for phrase in phrases for word in phrase.split()})
    pieces = st.sampled_from(phrases) | st.sampled_from(known) | st.sampled_from([".", "É", "l'"])
    text = " ".join(data.draw(st.lists(pieces, max_size=12)))
    written = tokens(text)
    expected = said_word_by_word(written, language)
    found = [(pole, words) for pole, words, _ in style._phrases(text, language)]
    assert [pole for pole, _ in found] == [pole for pole, _, _ in expected]
    assert [len(tokens(words)) for _, words in found] == [length for *_, length in expected]
    assert bool(found) <= (language[0].upper() in "".join(map(style._marks_of, text.split())))


def test_a_title_alone_says_nothing() -> None:
    assert style.read({"title": "Boostez vos ventes !", "description": None}) is None
    bare = {"title": "Nudge", "description": None}
    assert approach(bare, (), Profile(approach="practice"), DAY) is None
    assert tone(bare, (), Profile(tone="academic"), DAY) is None


def test_phrases_are_quoted_one_by_one_each_with_its_field() -> None:
    course = {"title": "Your dream job", "description": "Unlock it now! Join us! Join us."}
    signal = tone(course, (), Profile(tone="academic"), DAY)
    assert signal is not None
    said = [(each.words, each.field) for each in signal.evidence]
    assert said == [("join us", "description"), ("dream job", "title"), ("unlock", "description")]
    part = Part("signal", "tone", signal.points, evidence=signal.evidence)
    assert says(part, "en") == "speaks as an advertisement (2 exclamation marks)"
    assert says(part, "fr") == "parle comme une publicité (2 points d’exclamation)"


def test_marks_alone_are_no_quotation() -> None:
    course = {"title": "Nudge", "description": "Venez ! Voyez ! Cliquez !"}
    signal = tone(course, (), Profile(tone="academic"), DAY)
    assert signal is not None
    assert [(each.words, each.field) for each in signal.evidence] == [(None, None)]


@pytest.mark.parametrize(
    ("title", "promotional"),
    [
        ("Satisfaction Guaranteed: Develop Customer Loyalty", False),
        ("Guaranteed Success", True),
        ("Develop Customer Loyalty, with Satisfaction Guaranteed", True),
    ],
)
def test_a_title_that_is_but_the_phrase_is_a_name(title: str, promotional: bool) -> None:
    told = f"{title} is the seventh course of this programme."
    assert bool(read(told, title=title).weight("promotional")) == promotional


def test_the_text_of_one_word_has_no_share() -> None:
    assert read("Marketing.").practice is None
    assert read("Marketing.").tone == 0


def test_wishes_turn_the_axes_round() -> None:
    course = {"title": "Nudge", "description": TONES[0][1]}
    points: dict[str | None, int] = {}
    for wish in ("academic", "balanced", "promotional", None):
        signal = tone(course, (), Profile(tone=wish), DAY)
        assert signal is not None
        points[wish] = signal.points
    assert points["academic"] > 0 > points["promotional"]
    assert points["balanced"] < 0
    assert points[None] < 0, "both extremes lose a little where nothing is wished"


def test_the_provider_s_kind_is_part_of_the_tone() -> None:
    course = {"title": "Nudge", "description": TONES[2][1]}
    wish = Profile(tone="academic")
    alone = tone(course, (), wish, DAY)
    at_a_university = tone(course | {"provider_kind": "university"}, (), wish, DAY)
    assert alone is not None
    assert at_a_university is not None
    assert at_a_university.points > alone.points


def test_the_index_keeps_what_is_read() -> None:
    courses = [{"id": 7, "title": "Nudge", "description": SENTENCES[0][1]}, {"id": 8, "title": "x"}]
    ((course_id, *weights, said),) = style.rows(courses)
    found = style.read(courses[0])
    assert course_id == 7
    assert found == style.Style(tuple(weights), said)
    assert json.loads(said)["practice"]


def test_every_phrase_is_written_once() -> None:
    with style.LEXICON_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    keys = [(row["pole"], row["language"], row["phrase"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["pole"] for row in rows} == set(style.POLES)
    assert {row["language"] for row in rows} == {"fr", "en"}
    assert all(float(row["weight"]) in (0.5, 1, 2) for row in rows)


def test_kappa_is_scikit_learns() -> None:
    order = ("a", "b", "c")
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("c", "a"), ("c", "c"), ("b", "c")]
    mine, its = zip(*pairs, strict=True)
    assert axes.kappa(pairs, order, weighted=False) == pytest.approx(cohen_kappa_score(mine, its))
    assert axes.kappa(pairs, order, weighted=True) == pytest.approx(
        cohen_kappa_score(mine, its, weights="linear")
    )


def test_the_sheet_is_half_french_half_english() -> None:
    rows = axes.sheet()
    assert [row["language"] for row in rows].count("fr") == len(rows) / 2 == 50
    for axis, order in axes.AXES.items():
        assert {row[axis] for row in rows} == set(order)


@pytest.mark.shared
def test_the_axes_agree_with_a_reader(shared: Path) -> None:
    courses = judged_files.courses(shared / "data" / "courses_real.csv.gz")
    found = axes.agreement(courses)
    assert found["tone"]["all"]["courses"] == 100
    assert found["tone"]["all"]["kappa"] >= 0.65
    assert found["practice"]["all"]["kappa"] >= 0.43
    assert found["practice"]["all"]["weighted_kappa"] >= 0.55
