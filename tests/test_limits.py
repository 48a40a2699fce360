"""`profile check` says which limits leave few courses of a catalogue to choose from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue.course import Course
from recommend import index
from recommend.profile import Profile
from recommend.profiling import checking

ROOMY = Profile(
    language="fr",
    wants=("nudge",),
    reads=("fr",),
    hours_per_week=9.0,
    weeks_at_most=30.0,
    budget=50.0,
    level="advanced",
)


@pytest.fixture
def shelf(stock: Callable[..., Path]) -> index.Index:
    """Forty courses: one in Spanish, one free; half ask an hour a week, half last two weeks."""
    return index.ensure(
        stock(
            *(
                Course(
                    platform="fun",
                    ref=str(at),
                    url=f"https://example.org/{at}",
                    title=f"Nudge {at}" if at < 5 else f"Compote {at}",
                    language="es" if at == 0 else "fr",
                    price=0.0 if at == 39 else 50.0,
                    currency="EUR",
                    weeks=20.0 if at < 18 else 2.0,
                    weekly_hours_low=(asked := 1.0 if at < 20 else 6.0),
                    weekly_hours_high=asked,
                    pace="instructor",
                )
                for at in range(40)
            )
        )
    )


def remarks(who: Profile, shelf: index.Index) -> list[tuple[str, str]]:
    found = checking.against(who, shelf)
    return [(each.rule, each.says("fr").replace("\u202f", " ")) for each in found]


@pytest.mark.parametrize(
    ("said", "rule", "sentence"),
    [
        ({"reads": ("es",)}, "few.reads", "reads = es ne laisse qu’un seul cours sur les 40 dont"),
        ({"reads": ("de", "it")}, "few.reads", "reads = de, it ne laisse aucun des 40 cours dont"),
        ({"budget": 0.0}, "few.budget", "budget = 0 ne laisse qu’un seul cours sur les 40 dont le"),
        (
            {"weeks_at_most": 1.5},
            "few.weeks_at_most",
            "weeks_at_most = 1,5 ne laisse aucun des 40 cours dont la durée est connue.",
        ),
        (
            {"hours_per_week": 0.5},
            "few.hours_per_week",
            "hours_per_week = 0,5 ne laisse aucun des 40 cours dont les heures par semaine sont",
        ),
        (
            {"hours_per_week": 1.0, "weeks_at_most": 2.0},
            "few.all",
            "weeks_at_most et budget ne laissent ensemble que 2 cours sur les 40.",
        ),
        (
            {"platforms": ("moi",)},
            "platform",
            "aucune plateforme du catalogue ne s’appelle «\xa0moi\xa0» ; il y a\xa0: fun.",
        ),
    ],
)
def test_limits_that_leave_few_courses_are_named(
    shelf: index.Index, said: dict[str, Any], rule: str, sentence: str
) -> None:
    ((found, says),) = remarks(attrs.evolve(ROOMY, **said), shelf)
    assert found == rule
    assert sentence in says


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"hours_per_week": 1.0},
        {"weeks_at_most": 2.0},
        {"reads": ("es", "fr")},
        {"budget": None, "reads": (), "hours_per_week": None, "weeks_at_most": None},
        {"weights": {"language": 0.0}},
    ],
)
def test_limits_that_leave_enough_are_not(shelf: index.Index, said: dict[str, Any]) -> None:
    assert remarks(attrs.evolve(ROOMY, **said), shelf) == []


def test_what_pages_do_not_say_is_held_against_no_limit(stock: Callable[..., Path]) -> None:
    silent = [
        Course(platform="fun", ref=str(at), url="https://example.org", title="Nudge")
        for at in range(3)
    ]
    assert remarks(ROOMY, index.ensure(stock(*silent))) == []


def test_counts_are_grouped_as_each_language_does(shelf: index.Index) -> None:
    remark = checking.Remark("few.budget", {"limit": 0.0, "count": 1200, "courses": 35074})
    assert "que 1\u202f200 cours sur les 35\u202f074 dont" in remark.says("fr")
    assert "only 1,200 of the 35,074 courses whose" in remark.says("en")
