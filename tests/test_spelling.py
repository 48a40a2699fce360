"""British and American English are one language to the search, to wishes and to the bridge."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from catalogue import reading
from catalogue.course import Course
from catalogue.file import open_for_reading
from catalogue.spelling import one_spelling
from catalogue.words import stems
from recommend.text import is_alike
from recommend.topics import named_in


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("optimization", "optimisation"),
        ("analyzing", "analysing"),
        ("behavioral", "behavioural"),
        ("colorful", "colourful"),
        ("modeling", "modelling"),
        ("counselor", "counsellor"),
        ("centers", "centres"),
        ("catalog", "catalogue"),
        ("license", "licence"),
        ("enrollment", "enrolment"),
    ],
)
def test_two_spellings_are_one_word(american: str, british: str) -> None:
    assert one_spelling(american) == one_spelling(british)
    assert stems(american) == stems(british)
    assert is_alike(american, british)


@pytest.mark.parametrize(
    "word",
    ["size", "resized", "downsizing", "prize", "bronze", "jazz", "doctor", "laboratory", "senior",
     "selling", "travels", "quiz", "meter", "parameter"],
)  # fmt: skip
def test_other_words_stay_as_they_are(word: str) -> None:
    assert one_spelling(word) == word


def test_what_is_personalised_is_no_person_and_what_is_optimised_not_optimal() -> None:
    for word, other in (("personalization", "persons"), ("optimization", "optimal")):
        assert not {*stems(word)} & {*stems(other)}


def test_a_wish_in_one_spelling_finds_pages_in_the_other(stock: Callable[..., Path]) -> None:
    title = "Mastering Generative Engine Optimization"
    assert named_in("generative engine optimisation", "en", title)
    url = "https://fun.example/geo"
    path = stock(Course(platform="fun", ref="geo", url=url, title=title))
    with closing(open_for_reading(path)) as db:
        assert [row["ref"] for row in reading.search(db, "optimisation")] == ["geo"]
