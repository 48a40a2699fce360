"""Courses near another one, and what is said to be common to both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from catalogue import reading
from catalogue.course import Course
from recommend import index
from recommend.near import near


def course(ref: str, title: str, language: str) -> Course:
    url = f"https://fun.example/{ref}"
    return Course(platform="fun", ref=ref, url=url, title=title, language=language)


def test_what_is_common_is_said_in_the_words_of_the_nearer_page(stock: Callable[..., Path]) -> None:
    found = index.ensure(
        stock(
            course("a", "Pricing strategies", "en"),
            course("b", "Strategy of pricing", "en"),
            course("c", "La stratégie de prix", "fr"),
        )
    )
    (one,) = reading.rows(found.db, "select * from course where ref = 'a'", ())
    said = {each.course_id: each.shared for each in near(found, one)}
    assert len(said) == 2
    for at, page in ((2, "strategy of pricing"), (3, "la stratégie de prix")):
        assert said[at]
        assert all(word in page for word in said[at])
    found.close()
