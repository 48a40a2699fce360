"""The invented courses are as many, as varied and as well set as the demo needs."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from crawlers.demo.offer import make_offer, records
from crawlers.demo.richie_runs import best

DAY = "2026-11-22"
FUN = [record for record in records("fun") if record.get("listed", True)]
COURSERA = records("coursera")
ENGLISH_TITLE = "Product Marketing Essentials: From Roadmap to Launch"
# French sets a no-break space before high punctuation and inside guillemets.
PLAIN_SPACE = re.compile(r"[ \t][;:!?»]|«[ \t]|\w[;!?»](?!\w)|\w:(?= )|«\w")
PROSE = (
    *("title", "introduction", "description", "outcomes", "plan"),
    *("format", "prerequisites", "assessment"),
)


def missing(offer: list[dict[str, Any]], field: str) -> int:
    return sum(not record.get(field) for record in offer)


def spoken(record: dict[str, Any]) -> set[str]:
    return {code for session in record.get("sessions", ()) for code in session["languages"]}


def prose(record: dict[str, Any]) -> Iterator[str]:
    for field in PROSE:
        said = record.get(field) or ()
        yield from [said] if isinstance(said, str) else said


def test_sixty_and_sixty_with_refs_of_their_own() -> None:
    assert len(FUN) == len(COURSERA) == 60
    for offer in (FUN, COURSERA):
        assert len({record["ref"] for record in offer}) == 60
        assert len({record["title"] for record in offer}) == 60
    assert len({record["code"] for record in FUN if record["code"]}) == 60 - missing(FUN, "code")
    assert Counter(record["language"] for record in COURSERA) == {"en": 50, "fr": 8, "es": 2}
    assert Counter(record["markup"] for record in COURSERA) == dict.fromkeys(
        ("jsonld", "state", "dom"), 20
    )


@pytest.mark.parametrize(
    ("offer", "fields"),
    [
        (FUN, ("description", "effort", "duration", "level", "instructors", "enrolled", "licence")),
        (FUN, ("organisations", "sessions", "code", "introduction", "plan", "self_paced")),
        (COURSERA, ("description", "level", "partners", "skills", "rating", "enrolled", "offer")),
        (COURSERA, ("instructors", "outcomes", "plan", "prerequisites", "subtitles")),
    ],
)
def test_every_fact_is_missing_somewhere_and_stated_elsewhere(
    offer: list[dict[str, Any]], fields: tuple[str, ...]
) -> None:
    for field in fields:
        assert 0 < missing(offer, field) < len(offer), field


def test_no_field_is_misspelt() -> None:
    both = {"ref", "title", "description", "outcomes", "plan", "instructors", "level", "updated"}
    both |= {"prerequisites", "enrolled"}
    richie = {"code", "slug", "organisations", "subjects", "introduction", "duration", "effort"}
    richie |= {"format", "assessment", "licence", "self_paced", "sessions", "english", "snapshot"}
    coursera = {"id", "language", "subtitles", "partners", "domain", "weeks", "weekly", "hours"}
    coursera |= {"skills", "rating", "ratings", "offer", "price", "markup", "twin"}
    session = {"start", "end", "enrolment_start", "enrolment_end", "languages", "title", "midnight"}
    session |= {"offer", "price", "discounted_price", "discount"}
    session |= {"certificate_offer", "certificate_price"}
    for record in records("fun") + records("nau"):
        assert set(record) <= both | richie | {"listed"}
        assert all(set(each) <= session for each in record.get("sessions", ()))
    for record in COURSERA:
        assert set(record) <= both | coursera


def test_descriptions_have_substance() -> None:
    for record in FUN + COURSERA:
        words = len((record.get("description") or "").split())
        assert words == 0 or 50 <= words <= 180, (record["ref"], words)
    described = [record["description"] for record in FUN + COURSERA if record.get("description")]
    sentences = [each for text in described for each in re.split(r"(?<=[.?!]) ", text)]
    repeated = {each: n for each, n in Counter(sentences).items() if n > 2 and len(each) > 30}
    assert not repeated


def test_french_is_set_as_french() -> None:
    french = [record for record in FUN if spoken(record) != {"en"}]
    french += [record for record in COURSERA if record["language"] == "fr"]
    assert len(french) == 67
    for record in french:
        for text in set(prose(record)) - {ENGLISH_TITLE}:
            assert not PLAIN_SPACE.search(text), (record["ref"], text)


def test_the_rule_for_french_sees_a_plain_space() -> None:
    for wrong in ("Prix : oui", "Vraiment ?", "« Non »", "Quoi?", "«Oui", "Prix: oui"):
        assert PLAIN_SPACE.search(wrong), wrong
    assert not PLAIN_SPACE.search("Prix\u00a0: «\u00a0oui\u00a0»\u202f? 10:30")


def test_sessions_come_in_every_state() -> None:
    offer = make_offer("fun", DAY)
    states = Counter(best(offer, record, "fr")[0]["priority"] for record in FUN)
    assert set(states) == set(range(8))
    assert states[0] + states[1] > 20
    closing = [
        session
        for record in FUN
        for session in record.get("sessions", ())
        if session["enrolment_end"] == 5
    ]
    assert closing
    assert sum(len(record.get("sessions", ())) > 1 for record in FUN) >= 4
    assert any(session["end"] is None for record in FUN for session in record.get("sessions", ()))


def test_prices_are_of_every_sort() -> None:
    sessions = [session for record in FUN for session in record.get("sessions", ())]
    offers = Counter(session["offer"] for session in sessions)
    assert set(offers) == {"free", "paid", "partially_free", "subscription"}
    certificates = {session["certificate_offer"] for session in sessions}
    assert certificates == {"free", "paid", "subscription", None}
    assert any(session.get("discounted_price") for session in sessions)
    categories = {record.get("offer") for record in COURSERA}
    assert categories == {"Free", "Paid", "Partially Free", "Subscription", None}
    assert all(("rating" in record) == ("ratings" in record) for record in COURSERA)


def test_lengths_run_from_an_hour_and_a_half_to_sixteen_weeks() -> None:
    durations = {tuple(record["duration"]) for record in FUN if record.get("duration")}
    assert {unit for _, unit in durations} == {"minute", "day", "week", "month"}
    assert max(count for count, unit in durations if unit == "week") == 16
    weekly = [record["weekly"] for record in COURSERA if record.get("weekly")]
    assert min(weekly) <= 2
    assert max(weekly) >= 7


def test_titles_hold_what_titles_hold() -> None:
    titles = " | ".join(record["title"] for record in FUN + COURSERA)
    for sign in ("«\u00a0", "’", "C++", "A/B", "Électricité", "&amp;", "…"):
        assert sign in titles, sign
    assert max(map(len, titles.split(" | "))) > 200
    emoji = re.findall(r"[\U0001F300-\U0001FAFF]", titles)
    assert len(emoji) == 1


def test_six_courses_are_on_both_sites_with_another_price_or_date() -> None:
    by_ref = {record["ref"]: record for record in FUN}
    twins = [(record, by_ref[record["twin"]]) for record in COURSERA if record.get("twin")]
    assert len(twins) == 6
    assert Counter(record["language"] for record, _ in twins) == {"fr": 4, "en": 2}
    for there, here in twins:
        assert set(there["partners"]) & set(here["organisations"])
        assert there["title"] in (here["title"], here.get("english", {}).get("title"))
        free = {session["offer"] for session in here["sessions"]} == {"free"}
        assert free
        assert there["offer"] != "Free"


def test_two_traps_of_language() -> None:
    (misleading,) = [record for record in FUN if record["title"] == ENGLISH_TITLE]
    assert spoken(misleading) == {"fr"}
    (about_france,) = [record for record in COURSERA if "French" in record["title"]]
    assert about_france["language"] == "en"


def test_skill_tags_are_english_on_french_courses_too() -> None:
    for record in COURSERA:
        for skill in record.get("skills", ()):
            assert skill.isascii(), (record["ref"], skill)


def test_days_are_offsets_so_that_any_day_is_fresh() -> None:
    for day in ("2026-11-22", "2028-02-29"):
        offer = make_offer("fun", day)
        assert offer.day == dt.date.fromisoformat(day)
        states = Counter(best(offer, record, "fr")[0]["priority"] for record in FUN)
        assert states[0] + states[1] > 20
