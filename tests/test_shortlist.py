"""The shortlist covers several wishes, three of a provider, and each course says what it adds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue.course import Course
from recommend import candidates, index, rank, shortlist
from recommend.profile import Profile

DAY = "2026-11-22"
WHO = Profile(wants=("nudge", "podcast", "gamification"), language="en")


def course(ref: str, title: str, **facts: Any) -> Course:
    url = f"https://fun.example/{ref}"
    said = {"platform": "fun", "description": "A course for people who work in shops."}
    return Course(ref=ref, url=url, title=title, **(said | facts))


def shelf() -> list[Course]:
    many = [course(f"n{at}", "Nudge, and how to nudge") for at in range(8)]
    return [*many, course("p", "The podcast of a brand"), course("g", "Gamification of sales")]


def refs(stock: Callable[..., Path], courses: list[Course], **options: Any) -> list[Any]:
    found = index.ensure(stock(*courses))
    ranking = rank.rank(found.db, found, WHO, DAY, 4, **options)
    found.close()
    return [(match.course["ref"], match.adds, match.score) for match in ranking.matches]


def test_several_wishes_are_covered(stock: Callable[..., Path]) -> None:
    varied = refs(stock, shelf())
    assert {"p", "g"} <= {ref for ref, _, _ in varied}
    assert [score for *_, score in varied] == sorted((s for *_, s in varied), reverse=True)


def test_each_wish_is_added_once(stock: Callable[..., Path]) -> None:
    added = [topic for _, adds, _ in refs(stock, shelf()) for topic in adds]
    assert sorted(added) == sorted(set(added)) == sorted(WHO.wants)


def test_by_score_alone_the_best_come_first(stock: Callable[..., Path]) -> None:
    plain = refs(stock, shelf(), varied=False)
    scores = [score for *_, score in plain]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= min(score for *_, score in refs(stock, shelf()))


def test_three_of_a_provider(stock: Callable[..., Path]) -> None:
    courses = [course(f"n{at}", "Nudge, and how to nudge", provider="One") for at in range(8)]
    found = refs(stock, [*courses, course("other", "To nudge or not")])
    assert len(found) == shortlist.PER_PROVIDER + 1


def test_a_house_has_one_share_whatever_its_faculties_are_called(
    stock: Callable[..., Path],
) -> None:
    names = ("UCLouvain COMU", "UCLouvain BUDR", "Université catholique de Louvain", "LouvainX")
    courses = [course(f"n{at}", "Nudge, and how", provider=name) for at, name in enumerate(names)]
    found = refs(stock, [*courses, course("other", "To nudge or not")])
    assert "other" in [ref for ref, *_ in found]


def test_what_only_grazes_all_wishes_is_held_back(stock: Callable[..., Path]) -> None:
    tour = "From farms to ports: a nudge, a podcast, some gamification, and the sea."
    courses = [course("square", "Nudge"), course("tour", "Trends", description=tour)]
    found = index.ensure(stock(*courses, *shelf()))
    (match,) = rank.explain(found.db, found, WHO, DAY, ("fun", "tour")).matches
    focus = match.signal("focus")
    assert focus is not None
    assert focus.points < 0
    (square,) = rank.explain(found.db, found, WHO, DAY, ("fun", "square")).matches
    assert square.signal("focus") is None
    found.close()


def test_a_wish_does_not_drown_another(
    stock: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    nudges = [
        course(f"n{at}", f"Nudge {'nudge ' * (at % 3)}now", provider=str(at)) for at in range(9)
    ]
    podcasts = [course(f"p{at}", f"The sea and a podcast and port {at}") for at in range(4)]
    found = index.ensure(stock(*nudges, *podcasts))

    def on_podcasts() -> int:
        matches = rank.rank(found.db, found, WHO, DAY, 6).matches
        return sum(match.course["ref"].startswith("p") for match in matches)

    assert on_podcasts() >= 2
    monkeypatch.setattr(shortlist, "REPEAT", 0)
    assert on_podcasts() == 1
    found.close()


def test_a_wish_far_down_is_looked_for(
    stock: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    nudges = [course(f"n{at}", f"Nudge {at}", provider=str(at)) for at in range(40)]
    seas = " ".join(f"sea{at}" for at in range(200))
    far = course("far", "The sea", description=f"Gamification of {seas}.")
    who = attrs.evolve(WHO, wants=("nudge", "gamification"))
    found = index.ensure(stock(*nudges, far))

    def has_it() -> bool:
        matches = rank.rank(found.db, found, who, DAY, 8).matches
        return "far" in [match.course["ref"] for match in matches]

    assert has_it()
    monkeypatch.setattr(candidates, "DEEP", 0)
    assert not has_it()
    found.close()


def test_words_of_the_text_alone_fill_no_list(stock: Callable[..., Path]) -> None:
    quays = [course(f"q{at}", f"Old quays of harbour {at}", provider=str(at)) for at in range(6)]
    nudges = [course(f"n{at}", f"Nudge by the sea {at}", provider=f"n{at}") for at in range(6)]
    who = attrs.evolve(WHO, wants=("nudge",), text="Quays, harbours.")
    found = index.ensure(stock(*quays, *nudges))
    refs = [match.course["ref"] for match in rank.rank(found.db, found, who, DAY, 6).matches]
    assert refs == ["n0", "n1", "n2", "n3", "q0", "q1"]
    found.close()


def test_a_course_on_something_nice_to_have_does_not_graze(stock: Callable[..., Path]) -> None:
    text = "A nudge, a podcast, some gamification, and the sea."
    who = attrs.evolve(WHO, curious=("museums",))
    found = index.ensure(stock(course("m", "Museums of today", description=text), *shelf()))
    (match,) = rank.explain(found.db, found, who, DAY, ("fun", "m")).matches
    assert match.signal("focus") is None
    (match,) = rank.explain(found.db, found, WHO, DAY, ("fun", "m")).matches
    assert match.signal("focus") is not None
    found.close()


def test_nor_do_words_of_a_wish_that_no_course_is_about(
    stock: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    who = Profile(wants=("clay logistics", "podcast"), language="en")
    halves = [course(f"l{at}", f"Logistics {at}", provider=str(at)) for at in range(9)]
    podcasts = [course(f"p{at}", f"The sea and a podcast and port {at}") for at in range(4)]
    clay = [course(f"c{at}", "Clay", language="es") for at in range(4)]
    found = index.ensure(stock(*halves, *podcasts, *clay))

    def on_podcasts() -> int:
        matches = rank.rank(found.db, found, who, DAY, 6).matches
        assert not any(match.signal("wishes") for match in matches if match.course["ref"][0] == "l")
        return sum(match.course["ref"].startswith("p") for match in matches)

    varied = on_podcasts()
    monkeypatch.setattr(shortlist, "REPEAT", 0)
    assert on_podcasts() < varied
    found.close()


def test_nor_does_what_would_only_be_nice(stock: Callable[..., Path]) -> None:
    who = Profile(wants=("podcast",), curious=("dairy",), language="en")
    found = index.ensure(stock(course("d", "Dairy farming")))
    (match,) = rank.rank(found.db, found, who, DAY).matches
    assert match.course["wishes"].drawn == ("dairy",)
    found.close()
