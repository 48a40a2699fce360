"""Fifty people and a few courses each, written down before the rules were run on them."""

from __future__ import annotations

import itertools
import random
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from catalogue.course import Course, Session
from recommend import index, rank
from recommend.profile import Profile

DAY = "2026-11-22"
WRITTEN = Path(__file__).parent / "fixtures" / "situations.toml"
SITUATIONS: list[dict[str, Any]] = tomllib.loads(WRITTEN.read_text(encoding="utf-8"))["situation"]
LEAST = 49
"""How many of the fifty must be ordered as written; the file is not changed to suit the rules."""


def course(number: int, place: int, facts: dict[str, Any]) -> Course:
    """A course; its reference lets the wrong order win wherever the scores are equal."""
    said = {"platform": "fun", "url": "https://fun.example/", **facts}
    session = said.pop("session", None)
    said |= {key: tuple(value) for key, value in said.items() if isinstance(value, list)}
    said.setdefault("weekly_hours_high", said.get("weekly_hours_low"))
    sessions = (Session(ref="s", **session),) if session else ()
    ref = f"{number:02}-{9 - place}"
    said["description"] = f"{said.get('description', '')} {body(ref)}".strip()
    return Course(**said, ref=ref, sessions=sessions)


def body(seed: str) -> str:
    """Forty words that mean nothing: a page is as long as pages are, and its title is not all."""
    chance = random.Random(seed)
    syllables = ("zo", "ka", "mi", "ru", "te", "pli", "vu", "gro")
    return " ".join("".join(chance.choices(syllables, k=4)) for _ in range(40))


def profile_of(situation: dict[str, Any]) -> Profile:
    said = situation["profile"]
    return Profile(**{k: tuple(v) if isinstance(v, list) else v for k, v in said.items()})


def test_the_orders_that_people_want(stock: Callable[..., Path]) -> None:
    courses = [
        course(number, place, facts)
        for number, situation in enumerate(SITUATIONS)
        for place, facts in enumerate(situation["courses"])
    ]
    found = index.ensure(stock(*courses))
    wrong = []
    for number, situation in enumerate(SITUATIONS):
        who = profile_of(situation)
        held = [
            rank.explain(found.db, found, who, DAY, (each.platform, each.ref)).matches[0]
            for each in courses
            if each.ref.startswith(f"{number:02}-")
        ]
        keys = [(-match.score, match.course["ref"]) for match in held]
        if any(first > second for first, second in itertools.pairwise(keys)):
            scores = [(m.course["title"], m.score / 100) for m in held]
            wrong.append((situation["name"], scores))
    found.close()
    right = len(SITUATIONS) - len(wrong)
    assert len(SITUATIONS) == 50
    assert right >= LEAST, wrong


def test_no_situation_is_won_by_its_reference() -> None:
    refs = [course(0, place, {"title": "x"}).ref for place in range(3)]
    assert refs == sorted(refs, reverse=True)
