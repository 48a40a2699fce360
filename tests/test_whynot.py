"""Why not: its place, what keeps it out of the list, and changes that are true when tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue.course import Course
from recommend import index, rank, roles, whynot
from recommend.change import EASE, LIMITS, Change
from recommend.index import Index
from recommend.passed_over import Reason
from recommend.profile import Profile

DAY = "2026-11-22"
WHO = Profile(
    wants=("nudge",),
    language="en",
    reads=("en",),
    hours_per_week=3.0,
    weeks_at_most=6.0,
    budget=50.0,
    level="advanced",
    platforms=("fun",),
    certificate=True,
)


def course(ref: str, **facts: Any) -> Course:
    said: dict[str, Any] = {
        "platform": "fun",
        "title": "Nudge in the shop",
        "language": "en",
        "level": "advanced",
        "price": 0.0,
        "weeks": 4.0,
        "weekly_hours_low": 2.0,
        "weekly_hours_high": 2.0,
        "certificate": "free",
    }
    url = f"https://fun.example/{ref}"
    return Course(ref=ref, url=url, **(said | facts))


CASES: dict[str, dict[str, Any]] = {
    "hours_per_week": {"weekly_hours_low": 5.0, "weekly_hours_high": 5.0},
    "weeks_at_most": {"weeks": 12.0},
    "budget": {"price": 90.0, "currency": "EUR"},
    "reads": {"language": "es"},
    "level": {"level": "beginner"},
    "platforms": {"platform": "coursera"},
    "certificate": {"certificate": "none"},
}


Shelf = Callable[..., Index]


@pytest.fixture
def shelve(stock: Callable[..., Path]) -> Iterator[Shelf]:
    """An index of these courses."""
    made: list[Index] = []

    def shelve(*courses: Course) -> Index:
        made.append(index.ensure(stock(*courses)))
        return made[-1]

    yield shelve
    for each in made:
        each.close()


GOOD = [course(f"good{number:02}") for number in range(10)]


@pytest.fixture
def shelf(shelve: Shelf) -> Index:
    return shelve(*GOOD, *(course(name, **facts) for name, facts in CASES.items()))


def asked(
    shelf: Index, name: str, who: Profile = WHO, top: int = 10
) -> tuple[whynot.WhyNot, rank.Match]:
    platform = str(CASES.get(name, {}).get("platform", "fun"))
    (match,) = rank.explain(shelf.db, shelf, who, DAY, (platform, name)).matches
    return whynot.why_not(shelf, who, DAY, match, top=top), match


def listed(shelf: Index, who: Profile, top: int = 10) -> list[str]:
    """The refs of the list that a person sees."""
    return [m.course["ref"] for m in rank.rank(shelf.db, shelf, who, DAY, top).matches]


@pytest.mark.parametrize("name", CASES)
def test_what_would_have_to_change_is_true_of_the_list(shelf: Index, name: str) -> None:
    found, match = asked(shelf, name)
    assert found.listed is None
    assert found.place is not None
    assert found.place > 10
    assert found.gap > 0
    for change in found.changes:
        changed = attrs.evolve(WHO, **{change.key: change.value})
        assert listed(shelf, changed).index(match.course["ref"]) + 1 == change.listed
    assert {change.key for change in found.changes} <= {name}


def test_some_changes_bring_a_course_to_the_top(shelf: Index) -> None:
    keys = {change.key for name in CASES for change in asked(shelf, name)[0].changes}
    assert {"hours_per_week", "reads", "level"} & keys


def test_one_of_the_list_needs_no_change(shelf: Index) -> None:
    found, _ = asked(shelf, "good03")
    assert found.listed == found.place == 4
    assert (found.gap, found.changes, found.against) == (0, (), ("substance",))
    assert found.says("en") == "4th in the list of 10, and by score."


MIXED = Profile(wants=("nudge", "podcast", "gamification"), language="en", level="advanced")


@pytest.fixture
def mixed(shelve: Shelf) -> Index:
    """Eight on one wish, one each on two others, which stand lower by score."""
    many = [course(f"n{at}", title="Nudge, and how to nudge") for at in range(8)]
    rare = [
        course("p", title="A podcast of brands, shops and kitchens", level="beginner"),
        course("g", title="Gamification of sales, stock and staff", level="beginner"),
    ]
    return shelve(*many, *rare, course("sea", title="The sea"))


def test_its_number_in_the_list_and_its_place_by_score_are_both_told(mixed: Index) -> None:
    numbers = {ref: at for at, ref in enumerate(listed(mixed, MIXED, 4), start=1)}
    places = {each: at for at, (each, _) in enumerate(roles.ranked(mixed, MIXED, DAY), start=1)}
    for ref in ("p", "g", *(f"n{at}" for at in range(8))):
        found, match = asked(mixed, ref, MIXED, 4)
        assert found.listed == numbers.get(ref)
        assert found.place == places[match.course["id"]]
    found, _ = asked(mixed, listed(mixed, MIXED, 4)[-1], MIXED, 4)
    assert found.says("en").startswith("4th in the list of 4; 10th by score. The list is not")
    assert found.says("fr").startswith(
        "4e de la liste de 4\u202f; 10e par le score. La liste n’est"
    )


def named(reason: Reason) -> list[tuple[str, tuple[str, ...]]]:
    return [(other.candidate.course["ref"], other.wishes) for other in reason.others]


def test_a_score_that_would_do_is_told_who_covers_its_wishes_and_who_has_its_room(
    mixed: Index,
) -> None:
    (first, second, *rare) = listed(mixed, MIXED, 4)
    assert set(rare) == {"p", "g"}
    out = next(f"n{at}" for at in range(8) if f"n{at}" not in (first, second))
    found, _ = asked(mixed, out, MIXED, 4)
    covered, room = found.reasons
    assert (found.listed, found.gap, found.compared) == (None, 0, None)
    assert (covered.name, named(covered)) == (
        "covered",
        [(first, ("nudge",)), (second, ("nudge",))],
    )
    assert room.name == "room"
    wishes = {"p": ("podcast",), "g": ("gamification",)}
    assert named(room) == [(ref, wishes[ref]) for ref in rare]
    assert room.says("en") == "Its score would do, but the list seeks variety and takes instead:"
    assert "no.\xa03 “" in room.names("en")[0]
    assert ", for “" in room.names("en")[0]


def test_a_course_of_none_of_the_words_is_not_ranked(mixed: Index) -> None:
    found, _ = asked(mixed, "sea", MIXED, 20)
    assert (found.listed, found.place, found.tried) == (None, None, False)
    assert [reason.name for reason in found.reasons] == ["words"]
    assert found.says("en") == "Not in the list of 10, and not ranked."


def test_where_no_course_holds_a_word_there_is_no_list(mixed: Index) -> None:
    found, _ = asked(mixed, "sea", attrs.evolve(MIXED, wants=("xylophone",)), 20)
    assert found.length == 0
    assert found.says("en") == "There is no list: no course holds a word of this profile."


def test_three_of_its_provider_are_named(shelve: Shelf) -> None:
    quays = [course(f"q{at}", title=f"Nudge {at}", provider="Quais") for at in range(5)]
    shelf = shelve(*quays, course("other", title="Marketing", provider="Collines"))
    there = [ref for ref in listed(shelf, WHO) if ref.startswith("q")]
    assert len(there) == 3
    out = next(f"q{at}" for at in range(5) if f"q{at}" not in there)
    (reason,) = asked(shelf, out)[0].reasons
    assert [ref for ref, _ in named(reason)] == there
    assert "of Quais it has:" in reason.says("en")


def test_its_twin_stands_for_it(shelve: Shelf) -> None:
    title = "Nudge: small pushes that change everything in the shop"
    twins = [
        course("dear", title=title, provider="Quais", price=900.0, currency="EUR"),
        course("free", title=title, provider="Quais", platform="nau"),
    ]
    shelf = shelve(*twins, course("other", title="At the port, a nudge among ships and ropes"))
    who = attrs.evolve(WHO, platforms=())
    found, _ = asked(shelf, "dear", who)
    (reason,) = found.reasons
    assert (found.listed, found.place, found.gap, found.changes) == (None, 1, 0, ())
    assert (reason.name, [ref for ref, _ in named(reason)]) == ("twin", ["free"])
    assert reason.names("en")[0].endswith("(nau)")


def test_what_costs_it_its_place_is_told_against_the_last_of_the_list(shelf: Index) -> None:
    found, match = asked(shelf, "level")
    assert found.compared is not None
    parts = dict(found.compared.parts)
    assert found.compared.last.number == 10
    assert sum(parts.values()) == -found.gap
    assert parts["level"] == -700
    assert [*parts.values()] == sorted(parts.values())
    said = found.as_json(match, "en")["compared"]
    assert said["says"].startswith("Against no.\xa010 “Nudge in the shop” (")
    assert sum(part["points"] for part in said["parts"]) == pytest.approx(-found.gap / 100)
    assert "level −7.00" in [earned.replace("\xa0", " ") for earned in found.compared.earned("en")]


def test_a_text_that_says_more_than_the_last_one_s_is_told_so(shelve: Shelf) -> None:
    """It is not its text that keeps it out."""
    ports = [course(f"port{at}", title="A nudge in the shop by the port") for at in range(10)]
    long: dict[str, Any] = {"weeks": 60.0, "weekly_hours_low": 9.0, "weekly_hours_high": 9.0}
    late = course("late", language="es", **long)
    found, _ = asked(shelve(*ports, late), "late")
    assert found.compared is not None
    parts = dict(found.compared.parts)
    assert parts["text"] > 0
    assert parts["weeks"] == -900


def test_only_the_topics_known_that_a_course_holds_are_taken_out(shelve: Shelf) -> None:
    knows = ("gamification", "podcast", "nudge")
    who = attrs.evolve(WHO, knows=knows, avoid=("ports", "shop"))
    plain = [course(f"p{at}", title=f"Marketing {at}: nudges", weeks=5.0) for at in range(10)]
    shelf = shelve(*plain, course("held", title="A podcast and a nudge in the shop"))
    (match,) = rank.explain(shelf.db, shelf, who, DAY, ("fun", "held")).matches
    tried = {each.key: each for each in whynot.possible(who, match)}
    assert tried["knows"].value == ("gamification",)
    assert tried["knows"].about == ("podcast", "nudge")
    assert tried["avoid"].value == ("ports",)
    assert Change(*tried["knows"], 3).says("en") == (
        "3rd in the list if you did not know “podcast” and “nudge”"
    )


def test_of_equals_what_asks_least_comes_first(shelve: Shelf) -> None:
    lesser: dict[str, Any] = {"weeks": None, "level": None, "certificate": "subscription"}
    rest = [course(f"r{at}", **lesser) for at in range(9)]
    both = course("both", weeks=11.0, pace="self", level="beginner", rating=5.0, rating_count=1000)
    shelf = shelve(*rest, both)
    changes = asked(shelf, "both", top=9)[0].changes
    assert [(change.key, change.listed) for change in changes] == [
        ("weeks_at_most", 1),
        ("hours_per_week", 1),
        ("level", 1),
    ]


def test_a_course_at_one_s_own_pace_has_its_weeks_at_that_pace(shelve: Shelf) -> None:
    paced = {"weeks": None, "weekly_hours_low": None, "weekly_hours_high": None, "pace": "self"}
    shelf = shelve(*GOOD, course("paced", **paced, total_hours=70.0))
    (match,) = rank.explain(shelf.db, shelf, WHO, DAY, ("fun", "paced")).matches
    tried = [(each.key, each.value) for each in whynot.possible(WHO, match)]
    assert ("weeks_at_most", 24.0) in tried
    assert ("hours_per_week", 12.0) in tried, "seventy hours in six weeks"


def test_a_wish_for_a_tone_is_tried_though_it_is_others_that_it_lifts(shelve: Shelf) -> None:
    shelf = shelve(*GOOD, course("level", level="beginner"))
    who = attrs.evolve(WHO, tone="academic", approach="practice")
    (match,) = rank.explain(shelf.db, shelf, who, DAY, ("fun", "level")).matches
    assert not {"tone", "approach"} & {part.name for part in match.parts if part.points < 0}
    assert {"tone", "approach"} <= {each.key for each in whynot.possible(who, match)}


def test_a_limit_that_the_course_keeps_is_given_up_last(shelve: Shelf) -> None:
    """Without a budget, what is free is worth no more than what is paid."""
    dear = course("dear", price=400.0, currency="EUR", title="Nudge in the shop, a nudge a day")
    shelf = shelve(*GOOD, dear)
    (match,) = rank.explain(shelf.db, shelf, WHO, DAY, ("fun", "dear")).matches
    tried = [(each.key, each.value) for each in whynot.possible(WHO, match)]
    budgets = [value for key, value in tried if key == "budget"]
    assert budgets == [400.0, None]
    assert {("hours_per_week", None), ("weeks_at_most", None), ("certificate", False)} <= {*tried}
    changes = asked(shelf, "dear")[0].changes
    assert len({change.key for change in changes}) == len(changes)


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        ({"level": None}, {"level"}),
        ({"level": "mixed"}, {"level"}),
        ({"price": None}, {"budget"}),
        ({"certificate": None}, {"certificate"}),
        ({"weeks": None, "weekly_hours_low": None, "weekly_hours_high": None},
         {"hours_per_week", "weeks_at_most"}),
    ],
)  # fmt: skip
def test_no_wish_is_changed_for_what_the_page_does_not_state(
    shelve: Shelf, facts: dict[str, Any], keys: set[str]
) -> None:
    shelf = shelve(*GOOD, course("bare", **facts))
    (match,) = rank.explain(shelf.db, shelf, WHO, DAY, ("fun", "bare")).matches
    tried = {each.key for each in whynot.possible(WHO, match)}
    assert tried == {*LIMITS, "certificate"} - keys


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_change_can_be_said(lang: str) -> None:
    about: dict[str, Any] = {
        "hours_per_week": 5.0,
        "weeks_at_most": 9.0,
        "budget": 90.0,
        "reads": "es",
        "level": "beginner",
        "platforms": "coursera",
        "provider_kinds": "ngo",
        "knows": ("nudge", "podcast"),
        "avoid": ("nudge",),
    }
    begins = {"fr": "1er de la liste si ", "en": "1st in the list if "}[lang]
    said = {key: Change(key, about.get(key, ()), about.get(key), 1).says(lang) for key in EASE}
    given_up = [Change(key, None, None, 1).says(lang) for key in LIMITS]
    for words in (*said.values(), *given_up):
        assert words.startswith(begins)
        assert "{" not in words
    spoken = {
        "en": ("you accept 5\xa0h a week", "a course for beginners suits you"),
        "fr": ("vous acceptez 5\xa0h par semaine", "un cours pour débutants vous convient"),
    }
    hours, level = spoken[lang]
    assert said["hours_per_week"] == begins + hours
    assert said["level"] == begins + level
