"""Each signal on cases written down by hand; None is "the page did not say"."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.options import ACCESS, BILLING, CERTIFICATES, LEVELS, PACES
from catalogue.schema import COURSE_TABLE
from catalogue.sessions import STATES
from recommend import facts, money, opening, pace, wording
from recommend import signals as rules
from recommend.profile import WEIGHTS, Profile
from recommend.signals import SIGNALS, SILENT, Signal
from recommend.signals.person import avoid

DAY = "2026-11-22"
COLUMNS = {column.name: None for column in COURSE_TABLE.columns}
BARE: dict[str, Any] = COLUMNS | {
    "platform": "fun",
    "ref": "1",
    "title": "Nudge",
    "audience": "public",
    "quotes": "{}",
}
DIRECTOR = Profile(
    language="fr",
    reads=("fr", "en"),
    hours_per_week=3.0,
    weeks_at_most=6.0,
    budget=100.0,
    certificate=True,
    level="advanced",
    knows=("segmentation", "bases du marketing"),
    avoid=("cryptomonnaie",),
    platforms=("fun",),
    audience="employees",
)


def course(**facts: Any) -> dict[str, Any]:
    """A row as the catalogue has it, with the columns that SQLite would compute."""
    row = BARE | facts
    weekly, total, weeks = row["weekly_hours_low"], row["total_hours"], row["weeks"]
    ends = row["total_hours_low"], row["total_hours_high"]
    if None not in ends:
        total = sum(ends) / 2
    if weekly is None and total and weeks and weeks >= 1:
        row["weekly_hours"] = total / weeks
    else:
        row["weekly_hours"] = weekly
    row["hours"] = total if total is not None else weekly * weeks if weekly and weeks else None
    return row


def session(state: str, **dates: str | None) -> dict[str, Any]:
    names = ("start", "end", "enrolment_start", "enrolment_end", "withdrawn")
    return dict.fromkeys(names) | {"ref": "s1", "state": state} | dates


def points(
    name: str, facts: dict[str, Any], *held: dict[str, Any], who: Profile = DIRECTOR
) -> float | None:
    signal = SIGNALS[name](course(**facts), held, who, DAY)
    return None if signal is None else signal.points / 100


def says(name: str, facts: dict[str, Any], *held: dict[str, Any], day: str = DAY) -> str:
    signal = SIGNALS[name](course(**facts), held, DIRECTOR, day)
    assert signal is not None
    (evidence,) = signal.evidence
    return wording.sentence("en", evidence.rule, evidence.values)


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("hours", {}, None),
        ("hours", {"weekly_hours_low": 2.0, "weeks": 6.0}, 5),
        ("hours", {"weekly_hours_low": 3.0}, 5),
        ("hours", {"weekly_hours_low": 4.5, "weeks": 6.0}, -4),
        ("hours", {"weekly_hours_low": 30.0, "weeks": 6.0}, -8),
        ("hours", {"weekly_hours_low": 30.0, "weeks": 6.0, "pace": "self"}, 1),
        ("hours", {"total_hours": 12.0, "pace": "self"}, 3),
        ("hours", {"total_hours": 12.0}, None),
        ("hours", {"total_hours": 14.0, "weeks": 0.286}, 0),
        ("hours", {"total_hours": 14.0, "weeks": 0.286, "pace": "instructor"}, 0),
        ("hours", {"total_hours": 14.0, "weeks": 0.286, "pace": "self"}, 3),
        ("hours", {"weeks": 0.286, "pace": "instructor"}, None),
        ("weeks", {}, None),
        ("weeks", {"weeks": 6.0}, 3),
        ("weeks", {"weeks": 9.0}, -3),
        ("weeks", {"weeks": 52.0}, -6),
        ("weeks", {"weeks": 2.0, "total_hours": 27.0, "pace": "self"}, -3),
        ("weeks", {"weeks": 2.0, "total_hours": 27.0, "pace": "instructor"}, 3),
        ("weeks", {"weeks_low": 4.0, "weeks_high": 6.0}, 3),
        ("weeks", {"weeks_low": 4.0, "weeks_high": 7.0}, 0),
        ("weeks", {"weeks_low": 4.0, "weeks_high": 14.0}, -3),
        ("weeks", {"weeks_low": 7.0, "weeks_high": 11.0}, -3),
        ("weeks", {"weeks_high": 6.0}, 3),
        ("weeks", {"weeks_high": 7.0}, None),
        ("weeks", {"weeks_low": 6.0}, None),
        ("weeks", {"weeks_low": 9.0}, -3),
        ("weeks", {"total_hours_low": 6.0, "total_hours_high": 18.0, "pace": "self"}, 3),
        ("weeks", {"total_hours_low": 9.0, "total_hours_high": 45.0, "pace": "self"}, -3),
        ("weeks", {"total_hours_high": 18.0}, 3),
        ("weeks", {"total_hours_low": 27.0}, -3),
        ("total", {"total_hours_low": 6.0, "total_hours_high": 18.0}, 0.5),
        ("total", {"total_hours_low": 9.0, "total_hours_high": 19.0}, 0),
        ("total", {"total_hours_low": 9.0, "total_hours_high": 45.0}, -1),
        ("total", {"total_hours_low": 27.0}, -1),
        ("total", {"total_hours_low": 9.0}, None),
        ("total", {"total_hours_high": 45.0}, None),
        ("hours", {"total_hours_low": 1.0, "total_hours_high": 2.0, "pace": "self"}, 3),
        ("hours", {"total_hours_high": 2.0, "pace": "self"}, 3),
        ("price", {}, None),
        ("price", {"access": "paid"}, None),
        ("price", {"access": "free_trial"}, None),
        ("price", {"price": 0.0}, 4),
        ("price", {"access": "free_full"}, 4),
        ("price", {"access": "free_audit_limited"}, 3),
        ("price", {"access": "free_audit_limited", "price": 900.0, "currency": "EUR"}, 3),
        ("price", {"price": 100.0, "currency": "EUR"}, 1),
        ("price", {"price": 51.5, "currency": "USD"}, 2),
        ("price", {"price": 103.0, "currency": "EUR"}, -2.18),
        ("price", {"price": 900.0, "currency": "EUR"}, -8),
        ("price", {"price": 50.0, "currency": "XTS"}, None),
        ("price", {"price": 50.0}, None),
        ("certificate", {}, None),
        ("certificate", {"certificate": "free"}, 3),
        ("certificate", {"certificate": "paid"}, 1),
        ("certificate", {"certificate": "none"}, -3),
        (
            "certificate",
            {"certificate": "paid", "certificate_price": 150.0, "currency": "EUR"},
            -1,
        ),
        ("open", {}, None),
        ("language", {}, None),
        ("language", {"language": "fr"}, 4),
        ("language", {"language": "fr-CA"}, 4),
        ("language", {"language": "en"}, 2),
        ("language", {"language": "en", "languages": '["en", "fr"]'}, 4),
        ("language", {"language": "es"}, -40),
        ("language", {"language": "es", "subtitles": '["pt", "fr"]'}, -3),
        ("level", {}, None),
        ("level", {"level": "advanced"}, 3),
        ("level", {"level": "intermediate"}, -1),
        ("level", {"level": "beginner"}, -4),
        ("level", {"level": "mixed"}, 1),
        ("known", {"title": "Introduction à la segmentation"}, -8),
        ("known", {"title": "Customer segmentation basics"}, -3),
        ("known", {"title": "Segmentation", "level": "beginner"}, -8),
        ("known", {"title": "La segmentation par clustering"}, -3),
        ("known", {"title": "Introduction au marketing"}, -8),
        ("known", {"title": "Le marketing sensoriel"}, 0),
        ("known", {"title": "Marketing : les bases", "level": "beginner"}, -8),
        ("known", {"title": "L’IA générative pour le marketing", "level": "beginner"}, 0),
        ("known", {"title": "Introduction au marketing sensoriel"}, 0),
        ("known", {"title": "Nudge"}, 0),
        ("avoid", {"title": "Cryptomonnaies et placements"}, -10),
        ("avoid", {"skills": '["Cryptomonnaies"]', "summary": "Cryptomonnaie"}, -4),
        ("avoid", {"description": "On y parle de cryptomonnaie."}, -1),
        ("avoid", {"title": "Nudge"}, 0),
        ("platform", {}, 0),
        ("platform", {"platform": "udemy"}, -10),
        ("audience", {}, 0),
        ("audience", {"audience": "employees"}, 2),
        ("audience", {"audience": "customers"}, -5),
    ],
)
def test_points(name: str, facts: dict[str, Any], expected: float | None) -> None:
    assert points(name, facts) == expected


@pytest.mark.parametrize(
    ("topic", "description", "mentioned"),
    [
        ("influenceurs", "Leurs influences sur les modes.", None),
        ("influenceurs", "Travailler avec un Influenceur.", "influenceur"),
        ("logiciel", "By Siemens Digital Industries Software.", None),
        ("logiciel", "By Siemens Software. Learn our software.", "software"),
        ("logiciel", "Software and more.", "software"),
        ("Logiciel", "By Siemens Digital Industries Software.", "software"),
        ("SEO", "By SEO Partners.", "seo"),
        ("mode", "À l’Institut Français de la Mode.", None),
        ("mode", "La Mode et ses métiers.", "mode"),
        ("soins infirmiers", "For those studying medicine, nursing, healthcare.", "nursing"),
        ("soins infirmiers", "At the School of Nursing.", None),
        ("soins infirmiers", "NURSING PRACTICE", "nursing"),
        ("bases de données", "Une base de donnée.", "base de donnée"),
    ],
)
def test_a_text_mentions_what_is_avoided_in_its_own_words(
    topic: str, description: str, mentioned: str | None
) -> None:
    who = attrs.evolve(DIRECTOR, avoid=(topic,))
    found = avoid(course(description=description), (), who, DAY)
    said = [(each.rule, each.words) for each in found.evidence]
    assert said == ([("avoid.mentioned", mentioned)] if mentioned else [])


def test_of_several_topics_avoided_the_one_that_a_course_is_about_counts() -> None:
    who = attrs.evolve(DIRECTOR, avoid=("nudge", "vente"))
    found = avoid(course(title="La vente", description="Le nudge."), (), who, DAY)
    assert (found.points, found.evidence[0].values["topic"]) == (-1000, "vente")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("ongoing-open", 5),
        ("future-open", 5),
        ("archived-open", 4),
        ("future-not-yet-open", 1),
        ("to-be-scheduled", -1),
        ("future-closed", -3),
        ("ongoing-closed", -4),
        ("archived", -6),
        ("unknown", None),
    ],
)
def test_open_states(state: str, expected: float | None) -> None:
    assert points("open", {}, session(state, start=DAY, enrolment_start=DAY)) == expected


def test_the_best_session_speaks() -> None:
    held = (
        session("archived") | {"ref": "s0"},
        session("future-open", start="2027-02-01") | {"ref": "s2"},
        session("future-open", start="2027-01-05") | {"ref": "s1"},
        session("ongoing-open", withdrawn=DAY) | {"ref": "s3"},
    )
    best = opening.best(held)
    assert best is not None
    assert (best.state, best.session, best.starts) == ("future-open", "s1", "2027-01-05")
    assert opening.best(held[3:]) is None


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("price", {"price": 51.5}),
        ("price", {"price": 5150.0}),
        ("price", {"price": 51.5, "billing": "month", "pace": "self", "total_hours": 3.0}),
        ("hourly", {"price": 51.5, "total_hours": 10.0}),
        ("certificate", {"certificate": "paid", "certificate_price": 51.5}),
        ("certificate", {"certificate": "paid", "certificate_price": 5150.0}),
    ],
)
def test_euros_that_were_reckoned_name_the_day_of_the_rate(name: str, facts: Any) -> None:
    said = {}
    for currency in ("USD", "EUR"):
        found = SIGNALS[name](course(**facts, currency=currency), (), DIRECTOR, DAY)
        assert found is not None
        (evidence,) = found.evidence
        said[currency] = [
            wording.sentence(lang, evidence.rule, evidence.values) for lang in ("en", "fr")
        ]
    assert "(rate of 2\xa0January\xa02025)" in said["USD"][0]
    assert "(taux du 2\xa0janvier\xa02025)" in said["USD"][1]
    assert not any("2025" in words for words in said["EUR"])


@pytest.mark.parametrize(
    ("said", "lacking", "french", "english"),
    [
        ({}, "price", "prix", "price"),
        ({"access": "subscription"}, "price", "prix", "price"),
        (
            {"access": "subscription", "price": 49.0, "currency": "USD"},
            "billing", "période de facturation", "billing period",
        ),
        ({"price": 49.0}, "currency", "devise", "currency"),
        ({"price": 49.0, "currency": "XXX"}, "euros", "prix en euros", "price in euros"),
        ({"price": 49.0, "currency": "EUR", "billing": "month"}, "weeks", "durée", "duration"),
    ],
)  # fmt: skip
def test_what_is_not_stated_of_a_price_is_named(
    said: dict[str, Any], lacking: str, french: str, english: str
) -> None:
    _, unknown = rules.signals(course(**said), [], Profile(budget=100.0), DAY)
    assert unknown[0] == lacking
    assert "price" not in unknown[1:]
    assert wording.unstated("fr", lacking) == french
    assert wording.unstated("en", lacking) == english


def test_a_monthly_price_is_paid_for_the_months_that_it_takes_him() -> None:
    facts = {"price": 40.0, "currency": "EUR", "billing": "month", "pace": "self"}
    row = course(**facts, total_hours=15.0)
    assert rules.cost(row, DIRECTOR) == 80.0, "five weeks at 3 h a week begin a second month"
    assert rules.cost(course(**facts), DIRECTOR) is None
    assert (
        rules.cost(course(**facts, total_hours=15.0), attrs.evolve(DIRECTOR, hours_per_week=5.0))
        == 40.0
    )


def test_a_budget_of_nothing_takes_what_is_free() -> None:
    frugal = Profile(budget=0.0)
    assert points("price", {"price": 0.0}, who=frugal) == 4
    assert points("price", {"price": 1.0, "currency": "EUR"}, who=frugal) == -8


@pytest.mark.parametrize("name", SIGNALS)
def test_a_profile_that_does_not_ask_hears_nothing(name: str) -> None:
    signal = SIGNALS[name](course(), (), Profile(), DAY)
    assert signal is (None if name in ("open", "rating", "freshness") else SILENT)


def test_evidence_is_the_words_on_the_page() -> None:
    quotes = json.dumps({"weekly_hours_low": {"words": "2h/semaine", "source": "page"}})
    row = course(weekly_hours_low=2.0, weeks=6.0, quotes=quotes)
    signal = rules.hours(row, (), DIRECTOR, DAY)
    assert signal is not None
    (evidence,) = signal.evidence
    assert (evidence.field, evidence.words, evidence.source) == (
        "weekly_hours_low",
        "2h/semaine",
        "page",
    )
    said = wording.sentence("fr", evidence.rule, evidence.values)
    limit = "2\xa0h par semaine, dans votre limite de 3\xa0h"
    assert said == f"{limit}\xa0: fini le 3\xa0janvier\xa02027"


def test_evidence_of_a_range_is_its_words() -> None:
    words = {"words": "1 - 3 Months", "source": "dom"}
    row = course(weeks_low=4.348, weeks_high=13.045, quotes=json.dumps({"weeks_low": words}))
    signal = rules.SIGNALS["weeks"](row, (), DIRECTOR, DAY)
    assert signal is not None
    (evidence,) = signal.evidence
    assert (evidence.field, evidence.words) == ("weeks_low", "1 - 3 Months")


@pytest.mark.parametrize(
    ("facts", "held", "done"),
    [
        ({"total_hours": 6.0, "pace": "self"}, [], "2026-12-06"),
        ({"total_hours": 6.0}, [session("future-open", start="2027-01-05")], "2027-01-19"),
        (
            {"total_hours": 6.0, "pace": "instructor"},
            [session("future-open", start="2027-01-05", end="2027-02-16")],
            "2027-02-16",
        ),
        ({"total_hours": 6.0, "pace": "instructor"}, [session("ongoing-open", start=DAY)], None),
        ({"total_hours": 6.0, "pace": "instructor"}, [], None),
        ({"total_hours_low": 1.0, "total_hours_high": 6.0, "pace": "self"}, [], "2026-12-06"),
        ({"total_hours_high": 6.0, "pace": "self"}, [], "2026-12-06"),
        ({"total_hours_low": 6.0, "pace": "self"}, [], None),
        ({"total_hours": 6.0, "pace": "instructor"}, [session("archived-open")], "2026-12-06"),
        ({}, [], None),
        ({"total_hours": 30_000.0}, [], None),
        ({"total_hours": 6.0, "weeks": 3.0}, [], "2026-12-13"),
        ({"total_hours": 6.0, "weeks": 3.0, "pace": "self"}, [], "2026-12-06"),
        ({"total_hours": 6.0, "weeks": 1.0}, [], "2026-12-06"),
        ({"total_hours": 6.0, "weeks_low": 2.0, "weeks_high": 4.0}, [], "2026-12-20"),
        ({"total_hours": 6.0, "weeks_low": 3.0}, [], "2026-12-13"),
        (
            {"total_hours": 6.0, "weeks": 3.0},
            [session("ongoing-open", start="2026-11-16", end="2026-12-08")],
            "2026-12-08",
        ),
    ],
)
def test_when_he_is_done(facts: dict[str, Any], held: list[Any], done: str | None) -> None:
    assert pace.ending(course(**facts), opening.best(held), DIRECTOR, DAY).finish == done


def test_a_course_of_no_stated_pace_is_not_over_before_its_own_weeks() -> None:
    stated = {"weekly_hours_low": 2.0, "weeks": 3.0}
    done = "2\xa0h a week, within your 3\xa0h: done by 13\xa0December\xa02026"
    assert says("hours", stated) == done
    assert says("weeks", stated) == "3\xa0weeks, within your 6\xa0weeks"
    free = says("weeks", stated | {"pace": "self"})
    assert free == "2\xa0weeks at your 3\xa0h a week, within your 6\xa0weeks"
    assert pace.lasting(course(total_hours=27.0, weeks=3.0), DIRECTOR) == (9.0, 9.0)
    spans = {"total_hours_low": 6.0, "total_hours_high": 24.0, "weeks_low": 3.0, "weeks_high": 5.0}
    assert pace.lasting(course(**spans), DIRECTOR) == (3.0, 8.0)


def test_enrolment_that_closes_soon_says_how_soon() -> None:
    held = session("ongoing-open", start="2026-11-02", enrolment_end="2026-11-27")
    signal = rules.open_state(course(), [held], DIRECTOR, DAY)
    assert signal is not None
    (evidence,) = signal.evidence
    said = {lang: wording.sentence(lang, evidence.rule, evidence.values) for lang in ("fr", "en")}
    assert said["en"] == "open, closes in 5\xa0days: 27\xa0November\xa02026"
    assert said["fr"] == "ouvert, ferme dans 5\xa0jours\xa0: le 27\xa0novembre\xa02026"


def test_weights_scale_and_silence() -> None:
    who = attrs.evolve(DIRECTOR, weights={"language": 2.0, "level": 0.0})
    said, unknown = rules.signals(course(language="fr"), (), who, DAY)
    assert [(signal.name, signal.points) for signal in said] == [
        ("language", 800),
        ("completeness", 3),
    ]
    unknown_of_both = ["hours", "weeks", "price", "certificate", "open", "rating", "freshness"]
    assert unknown == unknown_of_both


def test_every_signal_has_a_weight_and_a_label() -> None:
    assert set(SIGNALS) | {"text"} == set(WEIGHTS) == set(wording.LABELS)


def test_rates_are_for_one_euro() -> None:
    assert money.euros(10.3, "USD") == pytest.approx(10.0)
    assert money.euros(0, None) == 0.0
    assert money.euros(None, "EUR") is None


maybe_figure = st.none() | st.floats(0.25, 500)
ROWS = st.builds(
    course,
    title=st.sampled_from(["Nudge", "Segmentation", "Introduction au marketing", "Bitcoin"]),
    language=st.sampled_from([None, "fr", "en-US", "es"]),
    subtitles=st.sampled_from([None, '["fr"]', '["de"]']),
    level=st.sampled_from([None, *LEVELS]),
    pace=st.sampled_from([None, *PACES]),
    weeks=maybe_figure,
    weekly_hours_low=maybe_figure,
    total_hours=maybe_figure,
    access=st.sampled_from([None, *ACCESS]),
    price=st.none() | st.floats(0, 5000),
    currency=st.sampled_from([None, "EUR", "USD", "XTS"]),
    billing=st.sampled_from([None, *BILLING]),
    certificate=st.sampled_from([None, *CERTIFICATES]),
    certificate_price=st.none() | st.floats(0, 500),
    audience=st.sampled_from(["public", "employees", "customers"]),
    platform=st.sampled_from(["fun", "udemy"]),
)
SESSIONS = st.lists(
    st.builds(
        session,
        st.sampled_from(sorted(STATES)),
        start=st.sampled_from([DAY, "2027-01-05"]),
        enrolment_start=st.sampled_from([DAY, "2027-01-05"]),
        enrolment_end=st.sampled_from([None, "2026-11-25", "2027-05-01"]),
    ),
    max_size=3,
)


@given(ROWS, SESSIONS, st.sampled_from(["fr", "en"]))
def test_no_signal_exceeds_its_bound_and_each_can_be_said(
    row: dict[str, Any], held: list[dict[str, Any]], lang: str
) -> None:
    said, unknown = rules.signals(row, held, DIRECTOR, DAY)
    for signal in said:
        assert_sound(signal, lang)
    assert not {signal.name for signal in said} & set(unknown)
    assert sum(signal.points for signal in said) <= facts.most(DIRECTOR, rules.asked(DIRECTOR))


def assert_sound(signal: Signal, lang: str) -> None:
    assert signal.points <= rules.HIGHEST.get(signal.name, 0)
    assert signal.evidence
    for evidence in signal.evidence:
        said = wording.sentence(lang, evidence.rule, evidence.values)
        assert said
        assert not set("{}[]?") & set(said)


def test_before_enrolment_opens_nothing_is_open() -> None:
    dates = {"enrolment_start": "2026-11-25", "enrolment_end": "2026-12-01", "start": "2026-12-02"}
    held = session("future-not-yet-open", **dates)
    said = "enrolment opens 25\xa0November\xa02026, starts 2\xa0December\xa02026"
    assert says("open", {}, held) == said
    best = opening.best([held])
    assert best is not None
    assert best.closes_in(DAY) is None


@pytest.mark.parametrize("state", ["future-closed", "ongoing-closed", "archived"])
@pytest.mark.parametrize("kind", ["self", "instructor", None])
def test_nobody_finishes_what_cannot_be_joined(state: str, kind: str | None) -> None:
    held = session(state, start="2026-11-02", end="2026-12-06")
    facts = {"weekly_hours_low": 2.0, "weeks": 5.0, "pace": kind}
    assert pace.ending(course(**facts), opening.best([held]), DIRECTOR, DAY).finish is None
    assert says("hours", facts, held) == "2\xa0h a week, within your 3\xa0h"


def test_a_rate_that_an_older_file_worked_out_of_two_days_is_none() -> None:
    row = course(total_hours=14.0, weeks=0.286, pace="instructor") | {"weekly_hours": 49.0}
    assert pace.weekly(row) is None
    assert SIGNALS["hours"](row, (), DIRECTOR, DAY) == SILENT


def test_the_calendar_ends() -> None:
    facts = {"weekly_hours_low": 2.0, "weeks": 5.0, "pace": "self"}
    assert pace.ending(course(**facts), None, DIRECTOR, "9999-12-31").finish is None


def test_a_session_to_come_has_not_begun() -> None:
    held = session("future-open", start="2026-12-10")
    assert says("freshness", {}, held) == "next session begins 10\xa0December\xa02026"
    assert says("freshness", {}, held, day="2026-12-11").startswith("last session began")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"price": 35.0, "currency": "EUR"}, "€35, within your €100"),
        ({"price": 135.0, "currency": "EUR"}, "€135, over your €100"),
    ],
)
def test_what_is_stated_in_euros_is_not_about(facts: dict[str, Any], said: str) -> None:
    assert says("price", facts) == said
    dollars = says("price", facts | {"currency": "USD"})
    assert dollars.startswith("about €")
    assert "(rate of " in dollars
    priced = facts | {"certificate": "paid", "certificate_price": 35.0}
    assert says("certificate", priced) == "certificate for €35"


def test_what_reads_the_same_is_within_a_limit() -> None:
    """PT18H0M20S is 18.0056 hours: six weeks of three hours, and no more."""
    facts: dict[str, Any] = {"total_hours": 18.0056, "pace": "self"}
    assert points("weeks", facts) == 3.0
    assert points("total", facts) == 0.5
