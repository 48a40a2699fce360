"""Atom and calendar feeds: valid, with ids that last, in English and in French."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import feedparser
import icalendar
import pytest

from catalogue.course import Course, Session
from catalogue.export import feeds, selection, wording
from catalogue.export.selection import Selection
from catalogue.file import open_for_reading

NUDGE = Course(
    platform="fun", ref="1", url="https://fun.example/1?a=1&b=2", title="Le <nudge> & les choix",
    language="fr", provider="Université de Nantaire", summary="Comprendre ; décider.",
    weeks=6.0, weekly_hours_low=2.0, weekly_hours_high=3.5, access="free_full", price=0.0,
    subjects=("Économie",),
    translations={"en": {"title": "Nudge and choice", "summary": "Understand, decide."}},
    sessions=(
        Session(ref="old", start="2025-01-05", end="2025-03-01", enrolment_end="2025-02-01"),
        Session(ref="new", start="2027-01-05", end="2027-02-16", enrolment_end="2027-01-20",
                url="https://fun.example/1/new"),
    ),
)  # fmt: skip
PAID = Course(
    platform="coursera", ref="crm", url="https://coursera.example/crm", title="CRM",
    language="en", access="subscription", price=1049.5, currency="EUR", total_hours=12.0,
    sessions=(Session(ref="s", start="2026-11-22"),),
)  # fmt: skip
Stock = Callable[..., Path]


def channel(db: Path, language: str = "en", **choice: Any) -> tuple[feeds.Channel, list[Any]]:
    with closing(open_for_reading(db)) as connection:
        chosen = Selection(**choice)
        found = feeds.newest(selection.courses(connection, chosen))
        known = selection.platforms(connection)
        day = selection.data_date(connection)
        return feeds.Channel.of(chosen, language=language, day=day, platforms=known), found


def atom(db: Path, language: str = "en", **choice: Any) -> Any:
    document = feeds.atom(*channel(db, language, **choice))
    parsed = feedparser.parse(document)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def calendar(db: Path, language: str = "en", **choice: Any) -> Any:
    document = feeds.ics(*channel(db, language, **choice))
    assert b"\r\n" in document
    assert max(map(len, document.split(b"\r\n"))) <= 75
    return icalendar.Calendar.from_ical(document)


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("choice", [{}, {"platform": "fun"}, {"topic": "nudge"}])
def test_feeds_are_valid_and_hold_what_rfc_4287_and_5545_require(
    language: str, choice: dict[str, str], stock: Stock
) -> None:
    db = stock()
    parsed = atom(db, language, **choice)
    assert parsed.entries
    for thing in (parsed.feed, *parsed.entries):
        assert thing.id.startswith("urn:uuid:")
        assert thing.title
        assert thing.updated == "2026-11-22T00:00:00Z"
        assert thing.author
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)
    assert all(entry.link.startswith("https://") for entry in parsed.entries)
    events = calendar(db, language, **choice).events
    assert events
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event in events:
        assert not event.errors
        assert event.start < event.end
        assert event["dtstamp"].dt.isoformat() == "2026-11-22T00:00:00+00:00"


def test_hostile_words_stay_words(stock: Stock) -> None:
    words = "a\x00b\x0b <script>&amp; ]]> \u202e\nBEGIN:VEVENT\r\nEND:VCALENDAR ; , \\"
    evil = attrs.evolve(
        NUDGE, title=words, summary=words, provider=words, subjects=(words,), translations=None
    )
    db = stock(evil)
    (entry,) = atom(db).entries
    assert entry.title_detail.type == "text/plain"
    assert "<script>" not in feeds.atom(*channel(db)).decode()
    events = calendar(db).events
    assert len(events) == 2
    assert all("script" in str(event["summary"]) for event in events)


def test_what_is_said_in_both_languages(stock: Stock) -> None:
    db = stock(NUDGE)
    (english,), (french,) = atom(db).entries, atom(db, "fr").entries
    assert english.title == "Nudge and choice", "in the reader's language where it is given"
    assert french.title.startswith("Le ")
    assert "6 weeks · 2 to 3.5 h a week · free" in english.summary
    assert "6 semaines · 2 à 3,5 h par semaine · gratuit" in french.summary
    assert "session from 5 January 2027 to 16 February 2027" in english.summary
    assert "enrolment until 20 January 2027" in english.summary
    assert "inscriptions jusqu’au 20 janvier 2027" in french.summary
    assert "2025" not in english.summary, "a session that is over is no news"
    assert "Seen on FUN on 22 November 2026." in english.summary
    assert "Vu sur FUN le 22 novembre 2026." in french.summary
    assert atom(db, "fr").feed.title == "moocscout\u00a0: cours nouveaux et modifiés"
    assert atom(db, "fr", topic="nudge").feed.title == "Cours sur «\u00a0nudge\u00a0»"
    assert "annoncent\u202f; le" in atom(db, "fr").feed.subtitle


def test_prices_are_written_as_each_language_does(stock: Stock) -> None:
    db = stock(PAID)
    assert "subscription, €1,049.50" in atom(db).entries[0].summary
    assert "abonnement, 1\u202f049,50\u00a0€" in atom(db, "fr").entries[0].summary


@pytest.mark.parametrize(
    ("stated", "english", "french"),
    [
        ({"weeks_low": 4.348, "weeks_high": 13.045}, "1 to 3 months", "1 à 3 mois"),
        ({"weeks_low": 4.0, "weeks_high": 6.0}, "4 to 6 weeks", "4 à 6 semaines"),
        ({"weeks_high": 2.0}, "at most 2 weeks", "au plus 2 semaines"),
        ({"weeks": 1.0}, "1 week", "1 semaine"),
        ({"total_hours_low": 1.0, "total_hours_high": 2.5}, "1 to 2.5 h in all",
         "1 à 2,5 h en tout"),
        ({"total_hours_low": 5.0}, "at least 5 h in all", "au moins 5 h en tout"),
    ],
)  # fmt: skip
def test_a_range_is_said_whole(stated: dict[str, float], english: str, french: str) -> None:
    assert [wording.facts(stated, language, "2026-11-22") for language in ("en", "fr")] == [
        english,
        french,
    ]


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        ("2026-12-01", "1 December 2026", "1er décembre 2026"),
        ("2026-12-11", "11 December 2026", "11 décembre 2026"),
        ("2027-08-21", "21 August 2027", "21 août 2027"),
    ],
)
def test_days(day: str, english: str, french: str) -> None:
    assert (wording.date("en", day), wording.date("fr", day)) == (english, french)


def test_every_text_exists_in_both_languages_with_the_same_gaps() -> None:
    english, french = (wording.TEXTS[name] for name in ("en", "fr"))
    assert english.keys() == french.keys()
    for key, words in english.items():
        gaps = re.findall(r"{\w+}", words)
        assert sorted(gaps) == sorted(re.findall(r"{\w+}", french[key])), key
    for key in french:
        said = wording.say("fr", key, **dict.fromkeys(re.findall(r"{(\w+)}", french[key]), "x"))
        assert not re.search(r" [:;!?»]|« ", said), key


def test_events_are_days_from_the_catalogue_s_own_day_on(stock: Stock) -> None:
    events = calendar(stock(NUDGE, PAID)).events
    said = sorted((str(event.start), str(event["summary"])) for event in events)
    assert said == [
        ("2026-11-22", "Starts: CRM"),
        ("2027-01-05", "Starts: Nudge and choice"),
        ("2027-01-20", "Last day to enrol: Nudge and choice"),
    ]
    by_day = {str(event.start): event for event in events}
    assert str(by_day["2027-01-05"].end) == "2027-01-06"
    assert by_day["2027-01-05"]["url"] == "https://fun.example/1/new"
    assert by_day["2026-11-22"]["url"] == PAID.url, "a session without an address of its own"


def test_a_calendar_holds_the_next_days_at_most(stock: Stock) -> None:
    about, found = channel(stock(NUDGE, PAID))
    events = icalendar.Calendar.from_ical(feeds.ics(about, found, limit=2)).events
    assert [str(event.start) for event in events] == ["2026-11-22", "2027-01-05"]


def test_ids_last_and_updated_moves_only_when_the_course_does(stock: Stock) -> None:
    stock(NUDGE, PAID, day="2026-11-15")
    db = stock(NUDGE, PAID, day="2026-11-22")
    before = {entry.id: entry for entry in atom(db).entries}
    uids = {str(event["uid"]) for event in calendar(db).events}
    assert {entry.updated for entry in before.values()} == {"2026-11-15T00:00:00Z"}
    stock(attrs.evolve(NUDGE, price=5.0, access="paid", currency="EUR"), day="2026-11-29")
    after = atom(db).entries
    assert after[0].updated == "2026-11-29T00:00:00Z", "the newest change first"
    assert {entry.id for entry in after} == set(before)
    assert after[0].published == "2026-11-15T00:00:00Z"
    kept = {str(event["uid"]) for event in calendar(db).events}
    assert len(kept) == 2
    assert kept < uids, "the session of the day before has passed"


def test_each_feed_and_language_has_an_id_of_its_own(stock: Stock) -> None:
    db = stock(NUDGE, PAID)
    choices: list[dict[str, str]] = [
        {}, {"platform": "fun"}, {"topic": "nudge"}, {"platform": "fun", "topic": "nudge"},
    ]  # fmt: skip
    ids = [atom(db, lang, **choice).feed.id for lang in ("en", "fr") for choice in choices]
    assert len(set(ids)) == len(ids)


def test_a_profile_s_list_comes_from_outside_with_its_reasons(stock: Stock) -> None:
    db = stock(NUDGE, PAID)
    about, found = channel(db, "fr")
    courses = [row for row, _ in found]
    mine = feeds.Channel.for_profile(
        "directeur marketing", language="fr", day=about.day, platforms=about.platforms
    )
    reasoned = [(courses[1], "nudge +0,21"), (courses[0], "CRM +0,10")]
    parsed = feedparser.parse(feeds.atom(mine, reasoned))
    assert parsed.feed.title == "Cours pour directeur marketing"
    assert [entry.title for entry in parsed.entries] == [
        wording.title(courses[1], "fr"), wording.title(courses[0], "fr"),
    ]  # fmt: skip
    assert parsed.entries[0].summary.startswith("Pourquoi\u00a0: nudge +0,21")
    assert "Pourquoi" in icalendar.Calendar.from_ical(feeds.ics(mine, reasoned)).to_ical().decode()
    assert parsed.feed.id != feedparser.parse(feeds.atom(about, reasoned)).feed.id


def test_an_empty_feed_is_valid_too(stock: Stock) -> None:
    db = stock(NUDGE)
    parsed = atom(db, topic="volcanologie")
    assert parsed.entries == []
    assert parsed.feed.updated == "2026-11-22T00:00:00Z"
    assert calendar(db, topic="volcanologie").events == []


def test_the_source_and_its_licence_stand_in_the_feed(stock: Stock) -> None:
    feed = atom(stock(NUDGE), "fr").feed
    assert "FUN: invented" in feed.rights
    assert feed.rights_detail.language == "en"
