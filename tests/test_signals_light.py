"""The lighter signals on cases written down by hand: money by the hour, newness, marks, age."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from catalogue.schema import COURSE_TABLE
from recommend import experience, wording
from recommend.novelty import Novelty
from recommend.profile import Profile
from recommend.signals import HIGHEST, SIGNALS, SILENT, Signal
from recommend.signals.topic import Focus, Thin, Wished

DAY = "2026-11-22"
BARE: dict[str, Any] = dict.fromkeys(column.name for column in COURSE_TABLE.columns) | {
    "platform": "fun",
    "ref": "1",
    "title": "Nudge",
    "audience": "public",
    "quotes": "{}",
}
WHO = Profile(
    language="en",
    role="Marketing director",
    wants=("nudge",),
    knows=("segmentation",),
    hours_per_week=3.0,
    weeks_at_most=6.0,
    budget=200.0,
    provider_kinds=("university",),
    approach="practice",
)


def asked(name: str, facts: dict[str, Any], *held: dict[str, Any], who: Profile = WHO) -> Any:
    return SIGNALS[name](BARE | facts, held, who, DAY)


def session(start: str | None) -> dict[str, Any]:
    return {"ref": "s", "start": start, "withdrawn": None}


@pytest.mark.parametrize(
    ("name", "facts", "points"),
    [
        ("total", {}, None),
        ("total", {"hours": 18.0}, 0.5),
        ("total", {"hours": 27.0}, -1),
        ("total", {"hours": 300.0}, -2),
        ("hourly", {}, None),
        ("hourly", {"price": 50.0, "currency": "EUR"}, None),
        ("hourly", {"price": 0.0}, 0),
        ("hourly", {"price": 30.0, "currency": "EUR", "hours": 10.0}, 1),
        ("hourly", {"price": 100.0, "currency": "EUR", "hours": 10.0}, 0),
        ("hourly", {"price": 170.0, "currency": "EUR", "hours": 10.0}, -1),
        ("hourly", {"price": 200.0, "currency": "EUR", "hours": 1.0}, -3),
        ("introduction", {}, 0),
        ("introduction", {"title": "Introduction to nudges"}, -4),
        ("introduction", {"title": "Les bases du nudge"}, -4),
        ("introduction", {"title": "Introduction to segmentation"}, 0),
        ("novelty", {}, 0),
        ("novelty", {"novelty": Novelty(0.62, "segmentation")}, 0.48),
        ("novelty", {"novelty": Novelty(0.0, "segmentation")}, -2),
        ("provider", {}, None),
        ("provider", {"provider_kind": "university", "provider": "U"}, 2),
        ("provider", {"provider_kind": "company", "provider": "C"}, -2),
        ("rating", {}, None),
        ("rating", {"rating": 4.9}, 0),
        ("rating", {"rating": 5.0, "rating_count": 2}, 0.22),
        ("rating", {"rating": 4.8, "rating_count": 2000}, 1.58),
        ("rating", {"rating": 2.0, "rating_count": 500}, -3),
        ("freshness", {}, None),
        ("freshness", {"updated": "2026-03-01"}, 1),
        ("freshness", {"updated": "2024-11-22"}, 0),
        ("freshness", {"updated": "2021-11-22"}, -1),
        ("freshness", {"updated": "2010-01-01"}, -2),
        ("completeness", {}, 0),
        ("completeness", {"language": "en", "level": "beginner", "weeks": 3.0}, 0.1),
        ("approach", {}, None),
        ("exercises", {}, 0),
        ("wishes", {}, 0),
        ("wishes", {"wishes": Wished()}, 0),
        ("wishes", {"wishes": Wished(("nudge",), ("nudge",))}, 4),
        ("wishes", {"wishes": Wished(("nudge",), ("nudge", "podcast", "sea"))}, 8),
        ("wishes", {"wishes": Wished((), ("nudge", "podcast", "sea"))}, 4),
        ("substance", {}, 0),
        ("substance", {"substance": Thin(100, 0.3)}, 0),
        ("substance", {"substance": Thin(90, 0.3)}, 0),
        ("substance", {"substance": Thin(10, 0.3)}, -12.34),
        ("substance", {"substance": Thin(0, 0.3)}, -19.43),
        ("focus", {}, 0),
        ("focus", {"wishes": Wished(focus=Focus(0.10, 0.08, 2))}, -4),
        ("focus", {"wishes": Wished(focus=Focus(0.12, 0.04, 3))}, -16),
    ],
)
def test_points(name: str, facts: dict[str, Any], points: float | None) -> None:
    signal = asked(name, facts)
    assert (signal.points / 100 if signal else signal) == points
    if signal and signal is not SILENT:
        assert signal.points <= HIGHEST.get(name, 0)
        assert_can_be_said(signal)


def assert_can_be_said(signal: Signal) -> None:
    for evidence in signal.evidence:
        for lang in ("fr", "en"):
            said = wording.sentence(lang, evidence.rule, evidence.values)
            assert said
            assert not set("{}[]?") & set(said)


def test_what_is_new_is_said_as_a_share() -> None:
    (evidence,) = asked("novelty", {"novelty": Novelty(0.62, "segmentation")}).evidence
    said = {lang: wording.sentence(lang, evidence.rule, evidence.values) for lang in ("en", "fr")}
    assert said == {"en": "62% new to you", "fr": "62\u202f% de nouveau pour vous"}
    assert evidence.words == "segmentation"


def test_without_a_date_of_the_page_the_last_session_speaks() -> None:
    assert asked("freshness", {}, session("2020-11-22"), session(None)).points == -150
    assert asked("freshness", {"updated": "2026-11-01"}, session("2015-01-01")).points == 100


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"role": "Directrice de la communication"}, "role"),
        ({"role": "Head of brand"}, "role"),
        ({"text": "Vingt ans de grande consommation."}, "text"),
        ({"text": "I have 12 years of sales behind me."}, "text"),
        ({"text": "Two years in sales."}, None),
        ({"text": "Vingt-deux ans dans la vente."}, "text"),
        ({"text": "Twelve years' experience."}, "text"),
        ({"text": "Dix-sept ans de conseil."}, "text"),
        ({"text": "Une équipe de 12, trois ans de conseil."}, None),
        ({"text": "Depuis douze ans, dont trois ans ici."}, "text"),
        ({"role": "Data analyst"}, None),
        ({"role": "Director", "level": "beginner"}, None),
        ({"level": "advanced"}, "level"),
        ({"level": "advanced", "role": "Director"}, "level"),
    ],
)
def test_experience_is_read_from_the_profile(facts: dict[str, Any], shown: str | None) -> None:
    assert experience.behind(Profile(**facts)) == shown


@pytest.mark.parametrize(
    ("said", "wished"),
    [
        ("No patience for esports, podcasts please.", "; , podcasts please."),
        ("Des cas, sans jargon. Plus envie de rien.", "Des cas, ; . Plus envie de rien."),
        ("Je maîtrise la segmentation. Je cherche le nudge.", "Je cherche le nudge."),
        ("I already know SEO but want TikTok.", "want TikTok."),
        ("Les fondamentaux sont acquis. Envie d'idées neuves.", "Envie d'idées neuves."),
        ("L'e-mailing n'a plus de secret pour moi. À moi le nudge.", "À moi le nudge."),
        ("Pricing is second nature. I want nudges.", "I want nudges."),
        ("Je pilote la relation client.", "Je pilote la relation client."),
    ],
)
def test_what_one_knows_is_no_wish(said: str, wished: str) -> None:
    assert experience.wished(said) == wished


def test_a_beginner_may_begin() -> None:
    who = attrs.evolve(WHO, level="beginner")
    assert asked("introduction", {"title": "Introduction to nudges"}, who=who) is SILENT
