"""docs/method.md and docs/methode.md say the weights that the code has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommend import experience, query, shortlist, style, text
from recommend.signals import HIGHEST, SIGNALS, money, quality, topic

DOCS = Path(__file__).parents[1] / "docs"
HELD = (experience, query, shortlist, style, money, quality, topic)
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \|", re.MULTILINE)


def figure(words: str) -> float:
    return float(words.strip().replace(",", ".").replace("−", "-"))


def table(name: str) -> dict[str, float]:
    return {key: figure(value) for key, value in ROW.findall((DOCS / name).read_text("utf-8"))}


@pytest.mark.parametrize("name", ["method.md", "methode.md"])
def test_every_signal_and_its_most(name: str) -> None:
    held = table(name)
    assert {key: held[key] for key in SIGNALS} == {
        key: HIGHEST.get(key, 0) / 100 for key in SIGNALS
    }


@pytest.mark.parametrize("name", ["method.md", "methode.md"])
def test_every_constant_and_field(name: str) -> None:
    held = table(name)
    constants = {key: value for key, value in held.items() if key.isupper()}
    assert len(constants) > 10
    for key, value in constants.items():
        assert value == next(getattr(m, key) for m in HELD if hasattr(m, key)), key
    assert {key: held[f"field_{key}"] for key in text.FIELDS} == dict(text.FIELDS)


def test_french_is_set_as_french() -> None:
    said = (DOCS / "methode.md").read_text("utf-8")
    prose = re.sub(
        r"`[^`]*`|https?://\S+|^\|[-|]+$|```.*?```", "", said, flags=re.MULTILINE | re.DOTALL
    )
    assert not re.search(r"[^\s|] [:;!?»]|« ", prose)
