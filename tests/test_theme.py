"""What the words of a profile find is worked out once, whatever its limits are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue.course import Course
from recommend import index, theme
from recommend.memory import Lately, Memory
from recommend.profile import KEYS, Profile

WHO = Profile(
    role="Directeur marketing", text="vingt ans de métier", wants=("nudge",), language="fr"
)
OTHER: dict[str, Any] = {
    "role": "vendeur", "text": "vin", "language": "en", "wants": ("prix",), "knows": ("vente",),
    "avoid": ("vin",), "curious": ("marque",), "reads": ("fr",), "hours_per_week": 2.0,
    "weeks_at_most": 5.0, "budget": 10.0, "certificate": True, "level": "advanced",
    "platforms": ("fun",), "audience": "public", "approach": "practice", "tone": "academic",
    "provider_kinds": ("university",), "weights": {"text": 2.0}, "day": "2027-01-05",
}  # fmt: skip


@pytest.fixture
def shelf(stock: Callable[..., Path]) -> index.Index:
    course = Course(platform="fun", ref="1", url="https://x.example/1", title="Le nudge")
    return attrs.evolve(index.ensure(stock(course)), memory=Memory())


@pytest.mark.parametrize("key", KEYS)
def test_other_words_are_another_theme_and_other_limits_are_not(
    shelf: index.Index, key: str
) -> None:
    changed = attrs.evolve(WHO, **{key: OTHER[key]})
    assert changed != WHO
    same = theme.of(shelf, changed) is theme.of(shelf, WHO)
    assert same == (key not in theme.READ)


def test_what_was_asked_for_last_is_kept() -> None:
    held, made = Lately(2), []

    def ask(key: str) -> str:
        return held.made(key, lambda: made.append(key) or f"{key}!")

    for key in "abacab":
        assert ask(key) == f"{key}!"
    assert made == ["a", "b", "c", "b"]
