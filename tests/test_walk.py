"""The ranking reads few courses and gives the list that reading them all would give."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import numpy
import pytest

from catalogue.course import Course, Session
from catalogue.options import ACCESS
from recommend import facts, index, loops, rank, walk, wide
from recommend.memory import Memory
from recommend.profile import Profile
from recommend.shortlist import Candidate, Chosen, single
from recommend.signals import HIGHEST, SIGNALS

Stock = Callable[..., Path]
DAY = "2026-11-22"
WORDS = ("nudge", "marketing", "cerveau", "prix", "données", "vente", "client", "marque", "bases")


def invented(number: int) -> Course:
    """A course of any facts, the same for the same number."""
    chance = random.Random(number)
    pick = chance.choice
    months = [f"2026-{month:02}-01" for month in range(8, 13)]
    dates = [Session(ref=str(at), start=pick(months), enrolment_start=pick([None, *months]))
             for at in range(chance.randrange(3))]  # fmt: skip
    said = " ".join(chance.choices(WORDS, k=12))
    return Course(
        platform=pick(["fun", "edx"]), ref=str(number), url=f"https://x.example/{number}",
        title=f"{said[:30]} {pick(['', 'introduction'])}", description=f"{said} exercices",
        provider=pick([None, "Université A", "Société B"]), language=pick(["fr", "en", None]),
        level=pick(["beginner", "advanced", None]), pace=pick(["self", "instructor", None]),
        weeks=pick([None, 2.0, 9.0]), weekly_hours_low=pick([None, 2.0]), weekly_hours_high=8.0,
        price=pick([None, 0.0, 80.0, 900.0]), currency="EUR", billing=pick([None, "month"]),
        access=pick([None, *ACCESS]), rating=pick([None, 3.1, 4.9]), rating_count=pick([None, 50]),
        updated=pick([None, "2019-01-01", "2026-06-01"]), sessions=tuple(dates),
    )  # fmt: skip


DIRECTOR = Profile(
    role="Directeur marketing", wants=("nudge", "marketing", "données"), knows=("vente",),
    avoid=("design",), language="fr", reads=("fr",), hours_per_week=3.0, weeks_at_most=6.0,
    budget=100.0, certificate=True, level="advanced", approach="practice", tone="academic",
)  # fmt: skip
PROFILES = [
    DIRECTOR,
    attrs.evolve(DIRECTOR, weights={"text": 0.0, "open": 5.0}),
    attrs.evolve(DIRECTOR, weights={"language": 3.0, "hours": 0.0}, platforms=("edx",)),
    Profile(wants=("prix",), language="fr"),
]


def crowd(stock: Stock, count: int = 300) -> index.Index:
    """Two thirds of the courses are there from the first; the others make topics rise."""
    courses = list(map(invented, range(1, count + 1)))
    stock(*courses[: count * 2 // 3], day="2026-09-01")
    return index.ensure(stock(*courses, day="2026-11-15"))


def keys(candidates: list[Candidate]) -> list[Any]:
    return [candidate.key for candidate in candidates]


def by_reading_all(shelf: index.Index, who: Profile, length: int) -> list[Any]:
    ranker = rank.Ranker(shelf.db, shelf, who, DAY)
    held = list(ranker.candidates(ranker.found.cosines))
    return keys(single(ranker._settled(held, length), length))


def by_walking(shelf: index.Index, who: Profile, length: int) -> list[Any]:
    found = rank.Ranker(shelf.db, shelf, who, DAY).best(length)
    return keys(single(found, length))


def test_the_walk_gives_what_reading_every_course_gives(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = crowd(stock)
    warm = attrs.evolve(shelf, memory=Memory())
    monkeypatch.setattr(loops, "_BLOCKS", 64)
    monkeypatch.setattr(walk, "SAMPLE", 40)
    monkeypatch.setattr(wide, "SAMPLE", 40)
    monkeypatch.setattr(facts, "FEW", 20)  # some groups are bounded by what is, some by what may
    assert rank.Ranker(shelf.db, shelf, DIRECTOR, DAY)._rising.topics
    for who in PROFILES:
        for length in (1, 30, 1000):
            whole = by_reading_all(shelf, who, length)
            assert by_walking(shelf, who, length) == whole
            with monkeypatch.context() as with_numpy:
                with_numpy.setattr(loops, "numpy", numpy)
                assert by_walking(shelf, who, length) == whole
                # Twice: what is worked out the first time is remembered.
                assert by_walking(warm, who, length) == by_walking(warm, who, length) == whole


def test_a_list_reads_few_courses(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = crowd(stock)
    read: list[int] = []
    judged = rank.Ranker._judged

    def counted(ranker: Any, points: Any) -> Any:
        read.extend(points)
        return judged(ranker, points)

    monkeypatch.setattr(rank.Ranker, "_judged", counted)
    by_walking(shelf, DIRECTOR, 8)
    assert 8 <= len(read) < 120
    assert len(read) == len(set(read))


def test_plain_python_and_numpy_score_to_the_last_bit(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = crowd(stock)
    plain = [rank.Ranker(shelf.db, shelf, who, DAY).found.scores for who in PROFILES]
    monkeypatch.setattr(loops, "numpy", numpy)
    fast = [rank.Ranker(shelf.db, shelf, who, DAY).found.scores for who in PROFILES]
    assert [each.tobytes() for each in fast] == [each.tobytes() for each in plain]


def test_every_signal_that_can_add_is_bounded() -> None:
    """Of the signals of no group two can add by a course's own words, and the walk counts one."""
    named = [name for group in facts.GROUPS.values() for name in group.names]
    assert len(named) == len(set(named))
    assert set(named) <= set(SIGNALS)
    assert set(HIGHEST) - set(named) == {"novelty", "rising", "wishes"}


def test_points_by_group_are_those_of_the_evidence(stock: Stock) -> None:
    """What a group gives once for many courses is what each course's own facts give it."""
    shelf = crowd(stock)
    seen = set()
    for who in PROFILES:
        for day in (DAY, "2027-05-01"):
            ranker = rank.Ranker(shelf.db, shelf, who, day)
            for candidate in map(ranker.whole, ranker.candidates(ranker.found.cosines)):
                (match,) = ranker.matches([Chosen(candidate)])
                assert match.score == candidate.score
                seen |= {part.name for part in match.parts if part.kind == "signal"}
    assert {"wishes", "substance", "focus"} <= seen, "what the walk gives too much is taken back"


def test_memory_lets_go(monkeypatch: pytest.MonkeyPatch, stock: Stock) -> None:
    shelf = attrs.evolve(crowd(stock, 60), memory=Memory())
    monkeypatch.setattr("recommend.memory.POSTING_BYTES", 1)
    first = by_walking(shelf, DIRECTOR, 10)
    assert by_walking(shelf, PROFILES[3], 10) != first
    assert by_walking(shelf, DIRECTOR, 10) == first
    assert shelf.memory is not None
    assert len(shelf.memory._postings) < 40


def test_what_the_command_line_ranks_with_needs_no_numpy() -> None:
    """In a process of its own: a server's tests in this one may have turned numpy on."""
    code = (
        "import sys; import recommend.command; from recommend import loops;"
        " assert loops.numpy is None; assert 'numpy' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_the_index_holds_need_not_be_read(stock: Stock) -> None:
    """Wishes of one word, and those that are a phrase, are spoken of as reading would find."""
    shelf = crowd(stock, 120)
    who = attrs.evolve(DIRECTOR, wants=("nudge", "marketing client", "prix de la marque"))
    quick = rank.Ranker(shelf.db, shelf, who, DAY)
    sure = {at for ids in quick.wishes._sure.values() for at in ids}
    thorough = rank.Ranker(shelf.db, attrs.evolve(shelf, memory=Memory()), who, DAY)
    thorough.wishes._sure = {topic: set() for topic in who.wants}
    seen = set()
    for candidate in quick.candidates(quick.found.cosines):
        spoken = quick.wishes.of(candidate.course)
        assert spoken == thorough.wishes.of(candidate.course)
        seen |= {(topic, candidate.course["id"] in sure) for topic in spoken.spoken}
    assert {("nudge", True), ("marketing client", True)} <= seen
    assert ("prix de la marque", False) in seen
