"""The ranking: parts add up, nothing is cut that could have won, same input gives same bytes."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import click
import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from catalogue.course import Course
from catalogue.options import ACCESS, LEVELS
from recommend import (
    evaluate,
    index,
    judged_files,
    judged_rows,
    parts,
    profile,
    rank,
    render,
    theme,
)
from recommend import match as match_
from recommend.index import Index
from recommend.match import Ranking
from recommend.profile import Profile, load
from recommend.query import terms_of

DAY = "2026-11-22"
Stock = Callable[..., Path]


@pytest.fixture
def shelf(stock: Stock) -> Iterator[Index]:
    found = index.ensure(stock())
    yield found
    found.close()


def ranked(found: Index, who: Profile, day: str = DAY, **options: Any) -> Ranking:
    return rank.rank(found.db, found, who, day, **options)


def keys(ranking: Ranking) -> list[str]:
    return [f"{m.course['platform']}:{m.course['ref']}" for m in ranking.matches]


def director() -> Profile:
    return load(str(Path(__file__).parent / "fixtures" / "director.toml"))


def test_the_director_s_shortlist(shelf: Index) -> None:
    found = ranked(shelf, director())
    order = keys(found)
    assert set(order[:2]) == {"fun:1", "coursera:behavioral"}, "nudge in either language"
    assert "fun:6" not in order, "gardens hold none of his words"
    last = {"coursera:sesgos", "fun:5"}
    assert set(order[-2:]) == last, "nudge, but in Spanish, and what he avoids: shown, not hidden"


def test_parts_add_up_in_json(shelf: Index) -> None:
    for match in ranked(shelf, director()).as_json()["matches"]:
        assert round(sum(part["points"] for part in match["parts"]), 2) == match["score"]


def test_json_has_what_others_rely_on(shelf: Index) -> None:
    found = ranked(shelf, director()).as_json()
    assert list(found) == ["profile", "day", "model", "data_date", "matches", "uncovered"]
    assert found["profile"]["name"] == "director"
    assert found["profile"]["hash"] == director().hash
    assert found["data_date"] == DAY
    (first,) = (match for match in found["matches"] if match["course"]["ref"] == "1")
    assert first["course"]["open"]["state"] == "ongoing-open"
    assert (
        first["course"]["open"]["words"]
        == "ouvert, ferme dans 9\xa0jours\xa0: le 1er\xa0décembre\xa02026"
    )
    kinds = {part["kind"] for part in first["parts"]}
    assert kinds == {"text", "signal"}
    by_name = {part["name"]: part for part in first["parts"]}
    assert by_name["nudge"]["points"] > 0
    assert by_name["nudge"]["evidence"][0]["fields"] == ["title", "skills", "summary"]
    assert by_name["hours"]["evidence"][0]["words"] == "6 semaines, 2h/semaine"
    assert by_name["hours"]["evidence"][0]["source"] == "page"
    json.dumps(found, allow_nan=False)


def test_a_bridged_word_names_its_origin(shelf: Index) -> None:
    matches = {m.course["ref"]: m for m in ranked(shelf, director()).matches}
    parts = {part.name: part for part in matches["behavioral"].words}
    assert parts["behavioral economics"].origin == "économie comportementale"
    assert match_.label(parts["behavioral economics"], "fr") == (
        "behavioral economics (de «\xa0économie comportementale\xa0»)"
    )


def test_what_came_over_the_bridge_is_from_the_profile_s_own_words() -> None:
    said = "Je veux Défendre mes prix auprès des distributeurs, et mesurer en classe virtuelle."
    who = Profile(language="fr", reads=("fr", "en"), wants=("innovation produit",), text=said)
    origins = {each.origin for each in terms_of(who)} - {None}
    assert {"innovation produit", "Défendre mes prix", "distributeurs"} < origins
    assert all(origin in (*who.wants, said) or origin in said for origin in origins)


def test_unknown_facts_give_nothing_and_are_listed(shelf: Index) -> None:
    matches = {m.course["ref"]: m for m in ranked(shelf, director()).matches}
    bare = matches["crowd"]
    assert bare.unknown == ("hours", "weeks", "price", "open", "level", "rating", "freshness")
    assert [part.name for part in bare.parts if part.kind == "signal"] == [
        "wishes",
        "language",
        "completeness",
        "substance",
    ]


def test_same_input_same_bytes(shelf: Index, stock: Stock) -> None:
    def answer(found: Index) -> str:
        return json.dumps(ranked(found, director()).as_json())

    assert answer(shelf) == answer(shelf)
    assert answer(shelf) == answer(index.in_memory(shelf.db))


def test_twins_are_shown_once(stock: Stock) -> None:
    """Those that the catalogue knows as one course: a title alone, in English, is another."""
    stock()
    words = "Ce que le cerveau du consommateur dit de ses choix."
    twin = Course(
        platform="edx", ref="neuro", url="https://edx.example/neuro", title="Neuromarketing",
        provider="Twin Academy", language="fr", description=words, access="free_full",
    )  # fmt: skip
    found = index.ensure(stock(twin))
    ranking = ranked(found, director())
    (match,) = (m for m in ranking.matches if m.course["ref"] in ("7", "neuro"))
    assert {match.course["platform"], *(also["platform"] for also in match.also)} == {"fun", "edx"}
    lines = [*map(click.unstyle, render.shortlist(ranking))]
    at = next(at for at, line in enumerate(lines) if "Aussi sur fun (gratuit" in line)
    assert lines[at + 1].startswith("    https://"), "one can go there"
    assert "coursera:neuromarketing" in keys(ranking)
    found.close()


def test_a_provider_has_three_places(shelf: Index) -> None:
    found = ranked(shelf, director())
    harbour = [m for m in found.matches if m.course["provider"] == "Harbour College"]
    assert len(harbour) == rank.PER_PROVIDER
    assert [match.capped for match in harbour] == [False, False, True]


def test_the_day_decides_what_is_open(shelf: Index) -> None:
    def state(day: str) -> str:
        matches = {m.course["ref"]: m for m in ranked(shelf, director(), day).matches}
        return matches["2"].opening.state

    assert state("2026-11-22") == "future-not-yet-open"
    assert state("2026-12-24") == "future-open"
    assert state("2027-01-21") == "ongoing-closed"


def test_what_need_not_be_read_says_the_same(shelf: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    who = attrs.evolve(
        director(), knows=("bases du marketing", "co-création"), avoid=("cryptomonnaie", "brain")
    )
    quick = ranked(shelf, who).as_json()
    everything = {course_id for (course_id,) in shelf.db.execute("select id from course")}
    found = theme.of(shelf, who)
    monkeypatch.setattr(found, "named", everything)
    assert theme.of(shelf, who) is found
    assert ranked(shelf, who).as_json() == quick
    named = {p["name"] for m in quick["matches"] for p in m["parts"] if p["kind"] == "signal"}
    assert {"known", "avoid"} <= named


def test_nothing_matches_nothing(shelf: Index) -> None:
    assert ranked(shelf, Profile(role="xylophone", language="en")).matches == ()


def test_text_alone_and_signals_alone(shelf: Index) -> None:
    quiet = dict.fromkeys((name for name in profile.WEIGHTS if name != "text"), 0.0)
    text_only = ranked(shelf, attrs.evolve(director(), weights=quiet))
    assert {part.kind for match in text_only.matches for part in match.parts} == {"text"}
    deaf = ranked(shelf, attrs.evolve(director(), weights={"text": 0.0}))
    for match in deaf.matches:
        assert sum(part.points for part in match.words) == 0
        assert sum(part.points for part in match.parts) == match.score


def test_explained_as_ranked(shelf: Index) -> None:
    for match in ranked(shelf, director()).matches:
        key = match.course["platform"], match.course["ref"]
        (explained,) = rank.explain(shelf.db, shelf, director(), DAY, key).matches
        assert explained == match._replace(capped=False, adds=(), loose=False)


def test_a_course_without_any_word_can_be_explained(shelf: Index) -> None:
    (match,) = rank.explain(shelf.db, shelf, director(), DAY, ("fun", "6")).matches
    assert match.words == []
    assert match.score == 407, "French, two of nine facts stated, and nothing else is known"


@given(st.lists(st.floats(1e-9, 1.0), max_size=40), st.integers(0, 20_000))
def test_points_are_apportioned_exactly(shares: list[float], total: int) -> None:
    found = parts.apportioned(shares, total)
    assert sum(found) == (total if shares else 0)
    for share, mine in zip(shares, found, strict=True):
        assert abs(mine - share / math.fsum(shares) * total) <= 1.0 + 1e-6


VOCABULARY = (
    "nudge",
    "consommateur",
    "marketing",
    "prédictif",
    "CRM",
    "réseaux",
    "A/B",
    "fidélité",
)
WORDS = st.sampled_from(VOCABULARY)
SENTENCES = st.lists(WORDS, max_size=8).map(" ".join)
COURSES = st.lists(
    st.builds(
        Course,
        platform=st.sampled_from(["fun", "coursera"]),
        ref=st.uuids().map(str),
        url=st.just("https://example.org/"),
        title=st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
        provider=st.sampled_from([None, "A", "B"]),
        description=st.none() | SENTENCES,
        skills=st.none() | st.lists(WORDS, max_size=3).map(tuple),
        language=st.sampled_from([None, "fr", "en", "es"]),
        level=st.sampled_from([None, *LEVELS]),
        weeks=st.none() | st.floats(0.5, 60),
        weekly_hours_low=st.none() | st.floats(0.5, 40),
        total_hours=st.none() | st.floats(0.5, 400),
        access=st.sampled_from([None, *ACCESS]),
        price=st.none() | st.floats(0, 500),
        currency=st.sampled_from([None, "EUR", "USD"]),
    ),
    min_size=1,
    max_size=12,
)
PROFILES = st.builds(
    Profile,
    role=SENTENCES,
    wants=st.lists(WORDS, min_size=1, max_size=4, unique=True).map(tuple),
    knows=st.lists(WORDS, max_size=2).map(tuple),
    avoid=st.lists(WORDS, max_size=1).map(tuple),
    language=st.sampled_from(["fr", "en"]),
    reads=st.sampled_from([(), ("fr",), ("en", "fr")]),
    hours_per_week=st.none() | st.floats(0, 20),
    weeks_at_most=st.none() | st.floats(0, 20),
    budget=st.none() | st.floats(0, 300),
    level=st.sampled_from([None, *LEVELS]),
    weights=st.dictionaries(st.sampled_from(profile.WEIGHTS), st.floats(0, 5), max_size=3),
)


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(COURSES, PROFILES)
def test_scores_are_the_sums_of_their_parts(
    stock: Stock, courses: list[Course], who: Profile
) -> None:
    path = stock(*courses)
    found = index.ensure(path)
    ranking = ranked(found, who)
    for match in ranking.as_json()["matches"]:
        assert round(sum(part["points"] for part in match["parts"]), 2) == match["score"]
        assert all(round(part["points"], 2) == part["points"] for part in match["parts"])
        assert all(part["points"] >= 0 for part in match["parts"] if part["kind"] == "text")
    order = [(-match.score, match.course["platform"]) for match in ranking.matches]
    assert [score for score, _ in order] == sorted(score for score, _ in order)
    found.close()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def test_ndcg_by_hand() -> None:
    grades = {"a": 3, "b": 0, "c": 1}
    ideal = 7 + 1 / math.log2(3)
    assert evaluate.ndcg(["a", "c", "b"], grades) == pytest.approx(1.0)
    assert evaluate.ndcg(["b", "x", "a"], grades) == pytest.approx(7 / math.log2(3) / ideal)
    assert evaluate.ndcg([], grades) == 0
    assert evaluate.ndcg(["b"], {"b": 0}) == 0


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=40))
def test_ndcg_is_scikit_learns(grades: list[int]) -> None:
    ranked_grades = {str(at): grade for at, grade in enumerate(grades)}
    ours = evaluate.ndcg(list(ranked_grades), ranked_grades)
    gains = numpy.array([[2.0**grade - 1 for grade in grades]])
    scores = numpy.arange(len(grades), 0, -1.0).reshape(1, -1)
    assert ours == pytest.approx(ndcg_score(gains, scores, k=10))


@pytest.mark.shared
def test_the_goal_on_judged_courses(shared: Path) -> None:
    folder = shared / "data"
    courses = judged_files.courses(folder / "courses_real.csv.gz")
    profiles = judged_files.profiles(folder / "profiles_dev.json")
    judgements = judged_files.judgements(folder / "judgements_dev.json")
    cases = evaluate.Cases(courses, profiles, judgements)
    report = cases.report(evaluate.ours(judged_rows.catalogue_of(courses)))
    assert report.ndcg() >= 0.75
    assert report.ndcg("fr") >= 0.74
    assert len(report.as_json()["profiles"]) == 11


def test_a_profile_without_any_word_can_be_explained_too(shelf: Index) -> None:
    nobody = Profile(role="xylophone", wants=("tuyauterie",), language="en")
    for key in shelf.db.execute("select platform, ref from course").fetchall():
        (match,) = rank.explain(shelf.db, shelf, nobody, DAY, key).matches
        assert match.words == []


def test_wishes_that_no_course_of_the_list_speaks_of_are_named(shelf: Index) -> None:
    who = attrs.evolve(director(), wants=(*director().wants, "œnotourisme", "marketing du vin"))
    ranking = ranked(shelf, who)
    spoken = [wish for match in ranking.matches for wish in match.speaks_of]
    assert set(director().wants) & set(spoken)
    assert ranking.uncovered == tuple(wish for wish in who.wants if wish not in spoken)
    assert ranking.as_json()["uncovered"] == [*ranking.uncovered]
    lines = " ".join(click.unstyle(" ".join(render.shortlist(ranking))).split())
    assert "ne parle : " in lines
    assert "« œnotourisme », « marketing du vin »." in lines
    nothing = attrs.evolve(who, wants=())
    assert "ne parle" not in " ".join(render.shortlist(ranked(shelf, nothing)))


def test_a_course_far_from_the_wishes_is_said_to_be(shelf: Index) -> None:
    ranking = ranked(shelf, director())
    best = max(sum(part.points for part in match.words if part.topic) for match in ranking.matches)
    loose = [match for match in ranking.matches if match.loose]
    assert loose, "the shelf is small"
    assert not ranking.matches[0].loose
    for match in ranking.matches:
        earned = sum(part.points for part in match.words if part.topic)
        least = max(best / 4, match_.LITTLE)
        assert match.loose == (earned < least and match.signal("wishes") is None)
    lines = "\n".join(render.shortlist(ranking))
    assert lines.count("Peu de rapport avec vos souhaits") == len(loose)
    without = ranked(shelf, attrs.evolve(director(), wants=()))
    assert not any(match.loose for match in without.matches)
