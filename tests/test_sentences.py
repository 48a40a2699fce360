"""What a person reads of dates, figures and marks: true, in the right number, in good French."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue.course import Course, Session
from catalogue.schema import COURSE_TABLE
from recommend import opening, pace, render, wording
from recommend.profile import Profile
from recommend.signals import SIGNALS, SILENT, Evidence, undecided
from recommend.web import facts
from recommend.web.texts import Words

DAY = "2026-11-22"
Stock = Callable[..., Path]
Command = Callable[..., Any]
BARE: dict[str, Any] = dict.fromkeys(column.name for column in COURSE_TABLE.columns) | {
    "platform": "fun",
    "ref": "1",
    "title": "Nudge",
    "audience": "public",
    "quotes": "{}",
}
WHO = Profile(language="fr", hours_per_week=2.0, weeks_at_most=6.0, level="advanced")


def session(state: str, **dates: str | None) -> dict[str, Any]:
    names = ("start", "end", "enrolment_start", "enrolment_end", "withdrawn")
    return dict.fromkeys(names) | {"ref": "s1", "state": state} | dates


def spoken(evidence: Evidence | None, lang: str) -> str:
    assert evidence is not None
    return wording.sentence(lang, evidence.rule, evidence.values).replace("\xa0", " ")


def says(
    lang: str, name: str, facts: dict[str, Any], *held: dict[str, Any], who: Profile = WHO
) -> str:
    signal = SIGNALS[name](BARE | facts, held, who, DAY)
    assert signal is not None
    assert signal is not SILENT
    return spoken(signal.evidence[0], lang)


WINTER = {"start": "2027-01-11", "end": "2027-03-01"}


@pytest.mark.parametrize(
    ("hours", "kind", "held", "done", "late"),
    [
        (12.0, None, session("unknown", **WINTER), "2027-02-22", None),
        (24.0, None, session("unknown", **WINTER), None, "2027-03-01"),
        (36.0, "self", session("future-open", **WINTER), None, "2027-03-01"),
        (36.0, "instructor", session("future-open", **WINTER), "2027-03-01", None),
        (36.0, "self", session("archived-open", end="2026-09-01"), "2027-03-28", None),
        (36.0, "self", session("archived", end="2026-09-01"), None, None),
        (36.0, "self", session("unknown", start="2027-01-11"), "2027-05-17", None),
        (2.0, None, session("unknown", enrolment_start="2026-12-01"), "2026-12-08", None),
        (12.0, None, session("to-be-scheduled"), None, None),
    ],
)
def test_nobody_is_promised_a_day_after_the_session(
    hours: float, kind: str | None, held: dict[str, Any], done: str | None, late: str | None
) -> None:
    course, best = BARE | {"hours": hours, "pace": kind}, opening.best([held])
    assert pace.ending(course, best, WHO, DAY) == (done, late)


def test_a_pace_beyond_the_session_is_said_to_be() -> None:
    facts = {"hours": 36.0, "weekly_hours": 1.0, "pace": "self"}
    held = session("unknown", **WINTER)
    assert says("en", "hours", facts, held) == (
        "1 h a week, within your 2 h: past the session's end, 1 March 2027"
    )
    assert says("fr", "hours", facts | {"weekly_hours": None}, held) == (
        "36 h en tout, à votre rythme : au-delà de la fin de la session, le 1er mars 2027"
    )


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (WINTER, "session du 11 janvier 2027 au 1er mars 2027, inscription non indiquée"),
        (
            {"start": "2026-10-11"},
            "session à partir du 11 octobre 2026, inscription non indiquée",
        ),
        (
            {"start": "2026-10-11", "enrolment_start": "2026-12-01"},
            "session à partir du 11 octobre 2026, inscription à partir du 1er décembre 2026",
        ),
        ({"enrolment_end": "2026-12-01"}, "inscription jusqu’au 1er décembre 2026"),
    ],
)
def test_a_session_says_its_days_though_nobody_knows_whether_it_is_open(
    dates: dict[str, Any], said: str
) -> None:
    held = session("unknown", **dates)
    assert SIGNALS["open"](BARE, [held], WHO, DAY) is None
    assert spoken(undecided(opening.best([held])), "fr") == said
    assert undecided(opening.best([session("archived", **dates)])) is None
    best = attrs.asdict(opening.best([held]))
    on_the_site = facts.opening(best, Words("fr"))
    assert on_the_site is not None
    assert on_the_site.replace("\xa0", " ") == said.capitalize()


def test_the_start_that_is_counted_from_is_said() -> None:
    held = session("future-open", enrolment_end="2026-12-20", **WINTER)
    assert says("fr", "open", {}, held) == (
        "ouvert jusqu’au 20 décembre 2026, commence le 11 janvier 2027"
    )
    begun = session("ongoing-open", start="2026-11-02", enrolment_end="2026-11-27")
    assert says("en", "open", {}, begun) == "open, closes in 5 days: 27 November 2026"


def test_the_next_session_is_the_first_to_come() -> None:
    held = [session("archived", start=day) for day in ("2027-05-03", "2026-01-05", "2027-01-11")]
    assert says("fr", "freshness", {}, *held) == "prochaine session le 11 janvier 2027"
    assert says("en", "freshness", {}, held[1]) == "last session began 5 January 2026"
    assert says("en", "freshness", {}, session("unknown", start=DAY)).startswith("next session")


def test_stars_are_said_against_what_is_usual() -> None:
    facts = {"rating": 4.1, "rating_count": 264}
    assert says("fr", "rating", facts) == "4,1 étoiles pour 264 avis, contre 4,4 en moyenne"
    few = says("fr", "rating", facts | {"rating_count": 6})
    assert few == "4,1 étoiles pour 6 avis, comptés 4,3 étoiles, contre 4,4 en moyenne"


def test_one_hour_is_one() -> None:
    busy = attrs.evolve(WHO, hours_per_week=1.0, weeks_at_most=1.0)
    facts = {"weekly_hours": 1.0, "hours": 1.0, "weeks": 1.0, "pace": "self"}
    said = {lang: says(lang, "hours", facts, who=busy) for lang in ("en", "fr")}
    assert said == {
        "en": "1 h a week, within your 1 h: done by 29 November 2026",
        "fr": "1 h par semaine, dans votre limite de 1 h : fini le 29 novembre 2026",
    }
    assert says("fr", "total", facts, who=busy) == "1 h en tout, pour 1 h dont vous disposez"


def test_little_time_is_minutes_and_what_takes_a_week_at_most_no_days() -> None:
    assert wording.hours("fr", 5 / 60) == "5\xa0min"
    assert (wording.hours("en", 0.001), wording.hours("en", 0.999)) == ("1\xa0min", "1\xa0h")
    assert says("fr", "weeks", {"hours": 2.0}) == (
        "une semaine au plus à raison de 2 h par semaine, dans votre limite de 6 semaines"
    )
    short = says("en", "hours", {"hours": 0.5, "pace": "self"})
    assert short == "30 min in all at your own pace: done by 24 November 2026"
    longer = says("en", "hours", {"hours": 4.0, "pace": "self"})
    assert longer == "4 h in all at your own pace: done by 6 December 2026 at 2 h a week"


@pytest.mark.parametrize(
    ("name", "facts", "english", "french"),
    [
        (
            "weeks",
            {"weeks_low": 4.348, "weeks_high": 13.045},
            "1 to 3 months, perhaps more than your 6 weeks",
            "1 à 3 mois, peut-être plus que votre limite de 6 semaines",
        ),
        (
            "weeks",
            {"weeks_low": 1.0, "weeks_high": 4.0},
            "1 to 4 weeks, within your 6 weeks",
            "1 à 4 semaines, dans votre limite de 6 semaines",
        ),
        (
            "weeks",
            {"weeks_low": 8.0},
            "at least 8 weeks, more than your 6 weeks",
            "8 semaines au moins, plus que votre limite de 6 semaines",
        ),
        (
            "weeks",
            {"total_hours_low": 8.0, "total_hours_high": 20.0, "hours": 14.0},
            "4 to 10 weeks at your 2 h a week, perhaps more than your 6 weeks",
            (
                "4 à 10 semaines à raison de 2 h par semaine, peut-être plus que votre limite de"
                " 6 semaines"
            ),
        ),
        (
            "total",
            {"total_hours_low": 0.5, "total_hours_high": 20.0, "hours": 10.25},
            "30 min to 20 h in all, perhaps more than the 12 h that you have",
            "30 min à 20 h en tout, peut-être plus que les 12 h dont vous disposez",
        ),
        (
            "hours",
            {"total_hours_high": 2.0, "pace": "self"},
            "at most 2 h in all at your own pace: done by 29 November 2026",
            "2 h au plus en tout, à votre rythme : fini le 29 novembre 2026",
        ),
    ],
)
def test_a_range_is_said_whole(name: str, facts: dict[str, Any], english: str, french: str) -> None:
    assert (says("en", name, facts), says("fr", name, facts)) == (english, french)


def test_months_are_said_where_a_page_counts_in_them() -> None:
    assert wording.length("fr", (4.348, 26.089)) == "1 à 6\xa0mois"
    assert wording.length("en", (None, 4.348)) == "at most 4.3\xa0weeks"
    assert wording.length("en", (4.0, 13.0)) == "4 to 13\xa0weeks"
    assert wording.length("fr", (0.286, 2.0)) == "2\xa0jours à 2\xa0semaines"
    assert wording.length("en", (13.045, 13.045)) == "13\xa0weeks"


def test_no_sentence_knows_whether_one_is_a_man() -> None:
    said = says("fr", "introduction", {"title": "Introduction au nudge"})
    assert said == "une introduction (votre niveau : avancé)"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"language": "ko"}, "en coréen, que vous ne lisez pas"),
        ({"language": "ko", "subtitles": '["fr"]'}, "en coréen, sous-titres en français"),
        ({"language": "fr", "languages": '["fr", "en-US", "en"]'}, "en français et anglais"),
        ({"language": "en-GB"}, "en anglais"),
    ],
)
def test_every_language_of_a_course_is_named(facts: dict[str, Any], said: str) -> None:
    reader = attrs.evolve(WHO, reads=("fr", "en"))
    assert says("fr", "language", facts, who=reader) == said
    course = BARE | {"provider": None} | facts
    assert render.where(course, "fr").endswith(said.partition(",")[0].removeprefix("en "))


def test_a_word_is_shown_as_the_page_writes_it_where_that_is_another_form(
    stock: Stock, command: Command, tmp_path: Path
) -> None:
    title = "Négocier avec la Grande distribution : les distributions"
    stock(Course(platform="fun", ref="1", url="https://fun.example/1", title=title, language="fr"))
    path = tmp_path / "p.toml"
    path.write_text('language = "fr"\nwants = ["négociation de la grande distribution"]')
    said = " ".join(command("explain", path, "fun:1", "--day", DAY).out.split())
    assert "négociation — titre (page : « Négocier »)" in said
    assert "négociation de la grande — titre (page : « Négocier avec la Grande »)" in said
    assert "distribution — titre +" in said
    parts = json.loads(command("explain", path, "fun:1", "--day", DAY, "--json").out)["matches"][0][
        "parts"
    ]
    held = {part["name"]: part["evidence"][0] for part in parts if part["kind"] == "text"}
    assert held["négociation"]["page"] == ["Négocier"]
    assert "page" not in held["distribution"]


def test_a_wish_is_named_only_where_the_course_speaks_of_it(
    stock: Stock, command: Command, tmp_path: Path
) -> None:
    far = "For hospitality. " + "Plans are made with care and numbers, for shops and trades. " * 4
    titles = {"1": "Hospitality marketing", "2": "Plans"}
    told = {"1": "Hotels.", "2": f"{far} Last comes marketing."}
    stock(*(
        Course(platform="fun", ref=ref, url=f"https://fun.example/{ref}", title=title,
               language="en", description=told[ref])
        for ref, title in titles.items()
    ))  # fmt: skip
    path = tmp_path / "p.toml"
    path.write_text('language = "en"\nwants = ["hospitality marketing"]')
    said = " ".join(command("recommend", path, "--day", DAY).out.split())
    first, second = said.split(" 2. ")
    assert "Why: hospitality marketing +" in first
    assert re.search(r"Why: (hospitality, marketing|marketing, hospitality) \+", second)


def test_a_pace_that_a_session_does_not_wait_for_promises_no_day(
    stock: Stock, command: Command, tmp_path: Path
) -> None:
    held = Session(ref="s", start="2027-01-11", end="2027-03-01")
    stock(Course(platform="fun", ref="1", url="https://fun.example/1", title="Nudge", language="fr",
                 total_hours=36.0, sessions=(held,)))  # fmt: skip
    path = tmp_path / "p.toml"
    path.write_text('language = "fr"\nwants = ["nudge"]\nhours_per_week = 2')
    said = " ".join(command("recommend", path, "--day", DAY).out.split())
    assert "session du 11 janvier 2027 au 1er mars 2027, inscription non indiquée" in said
    assert "à raison de 2 h par semaine, au-delà de la fin de la session, le 1er mars 2027" in said
    assert "Non indiqué :" in said
    course = json.loads(command("recommend", path, "--day", DAY, "--json").out)["matches"][0][
        "course"
    ]
    assert (course["finish"], course["overruns"]) == (None, "2027-03-01")
    assert course["open"]["words"].startswith("session du 11")
    assert course["languages"] is None
