"""What the catalogue teaches: translations that cannot be chance, and nothing else."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from scipy.stats import chi2_contingency

from recommend import learned

Row = dict[str, Any]
FILLERS = [f"{start}{end}ique" for start in ("bal", "tor", "vim", "kel") for end in "abcdefghij"]


def translated(french: str, english: str) -> Row:
    said = json.dumps({"en": {"title": english}})
    return {"language": "fr", "title": french, "translations": said, "skills": None}


def tagged(french: str, *skills: str) -> Row:
    return {"language": "fr", "title": french, "translations": None, "skills": json.dumps(skills)}


def shelf(*rows: Row) -> list[Row]:
    """The rows among others that have nothing to do with each other."""
    chance = random.Random(7)
    others = [
        translated(*(" ".join(chance.sample(FILLERS, 3)) for _ in range(2))) for _ in range(60)
    ]
    return [*others, *rows]


def found(*rows: Row) -> dict[str, str]:
    return {pair.french: pair.english for pair in learned.pairs(shelf(*rows))}


def test_chance_teaches_nothing() -> None:
    assert found() == {}


def test_pages_in_both_languages_teach() -> None:
    rows = [translated("La zythologie", "Beer science") for _ in range(8)]
    assert found(*rows) == {"zythologie": "beer science"}


def test_skill_tags_of_french_courses_teach() -> None:
    rows = [tagged(f"Zythologie {FILLERS[at]}", "Brewing", "Chimie appliquée") for at in range(8)]
    assert found(*rows) == {"zythologie": "brewing"}


def test_an_english_page_with_a_french_one_teaches_the_same() -> None:
    rows = [
        {
            "language": "en",
            "title": "Brewing",
            "translations": {"fr": {"title": "Zythologie"}},
            "skills": None,
        }
    ] * 8
    assert found(*rows) == {"zythologie": "brewing"}


def test_few_courses_or_half_of_them_are_not_enough() -> None:
    pair = translated("Zythologie", "Brewing")
    assert found(*[pair] * (learned.FEWEST - 1)) == {}
    loose = [translated("Zythologie", FILLERS[at]) for at in range(12)]
    assert "zythologie" not in found(*[pair] * 8, *loose)


def test_what_the_lexicon_knows_or_is_one_word_is_left_out() -> None:
    assert found(*[translated("Grossiste", "Wholesaler")] * 8) == {}
    assert found(*[translated("Neuromarketing", "Neuromarketing")] * 8) == {}


def test_other_languages_teach_nothing() -> None:
    rows = [translated("Zythologie", "Brewing") | {"language": "de"} for _ in range(8)]
    assert found(*rows) == {}


def test_the_order_of_courses_does_not_matter() -> None:
    rows = shelf(*[translated("Zythologie", "Brewing")] * 8)
    assert learned.pairs(rows) == learned.pairs(rows[::-1])


@pytest.mark.parametrize(("both", "french", "english"), [(8, 8, 8), (8, 10, 9), (20, 30, 25)])
def test_the_ratio_is_that_of_scipy(both: int, french: int, english: int) -> None:
    rows = (
        [translated("Zythologie", "Brewing")] * both
        + [translated("Zythologie", FILLERS[0])] * (french - both)
        + [translated(FILLERS[1], "Brewing")] * (english - both)
    )
    counts = learned._Counts()
    for row in shelf(*rows):
        counts.add(*learned.bilingual(row))
    pair = learned._stems(["zythologie"]), learned._stems(["brewing"])
    table = [
        [both, french - both],
        [english - both, counts.courses - french - english + both],
    ]
    expected = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert learned._ratio(counts, pair) == pytest.approx(expected)
