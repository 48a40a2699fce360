"""Invented courses in any number, the same for the same seed: real words' shapes, Zipf's law."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from catalogue.course import Course, Quote, Session

_SYLLABLES = """ma ro ti ve cor san del pri mu lo gen fa ber qui tor ne sal vi
dro pan""".split()  # noqa: SIM905


def vocabulary(size: int = 20_000, seed: int = 1) -> list[str]:
    """Words, the most common one first."""
    chance = random.Random(seed)
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(size)]


def courses(
    count: int,
    *,
    platforms: Sequence[str] = ("fun",),
    words: Sequence[str] | None = None,
    seed: int = 2,
) -> Iterator[Course]:
    """Courses of 80 to 150 words with one session each, on the platforms in turn."""
    chance = random.Random(seed)
    known = words or vocabulary()
    pool = chance.choices(known, [1 / rank for rank in range(1, len(known) + 1)], k=2_000_000)
    for number in range(count):
        begin = chance.randrange(len(pool) - 200)
        text = pool[begin : begin + chance.randint(80, 150)]
        day = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Course(
            platform=platforms[number % len(platforms)],
            ref=str(number + 1),
            url=f"https://example.org/{number}",
            title=" ".join(text[:6]).capitalize(),
            language=chance.choice(["fr", "en"]),
            provider=f"École {text[7]}",
            summary=" ".join(text[:20]),
            description=" ".join(text),
            skills=tuple(text[10:18]),
            subjects=(text[0],),
            level=chance.choice(["beginner", "intermediate", "advanced", None]),
            weeks=float(chance.randint(1, 12)),
            total_hours=float(chance.randint(2, 60)),
            price=chance.choice([None, 0.0, 49.0]),
            currency="EUR",
            quotes={"weeks": Quote(words="6 semaines", source="api")},
            sessions=(Session(ref="1", start=day, enrolment_start=day),),
        )
