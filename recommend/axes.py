"""How far the two axes of `style` agree with a person who read the same texts."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from recommend import files, style

SHEET = files.DATA / "judgements" / "axes.csv"
AXES: Mapping[str, tuple[str, str, str]] = {
    "tone": ("academic", "neither", "promotional"),
    "practice": ("theory", "both", "practice"),
}
"""Each axis with its classes in order."""


def sheet() -> list[dict[str, str]]:
    """The judgements: cid, language, tone, practice."""
    with SHEET.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def classes(course: Mapping[str, Any]) -> dict[str, str]:
    """The class of a course on each axis, by rule."""
    found = style.read(course)
    tone = style.tone_of(found.tone) if found else "neither"
    return {"tone": tone, "practice": style.approach_of(found.practice if found else None)}


def agreement(courses: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, dict[str, float]]]:
    """Axis -> language -> share judged the same, kappa and linearly weighted kappa.

    The weighted one (Cohen 1968) counts opposite ends twice as far apart as neighbours. A language
    of which no course is in the sheet is left out.
    """
    by_cid = {row["cid"]: row for row in courses}
    held = [(row, classes(by_cid[row["cid"]])) for row in sheet() if row["cid"] in by_cid]
    found: dict[str, dict[str, dict[str, float]]] = {}
    for axis, order in AXES.items():
        for language in ("all", "fr", "en"):
            pairs = [
                (row[axis], ruled[axis])
                for row, ruled in held
                if language in ("all", row["language"])
            ]
            if not pairs:
                continue
            found.setdefault(axis, {})[language] = {
                "courses": len(pairs),
                "same": sum(mine == its for mine, its in pairs) / len(pairs),
                "kappa": kappa(pairs, order, weighted=False),
                "weighted_kappa": kappa(pairs, order, weighted=True),
            }
    return found


def kappa(pairs: Sequence[tuple[str, str]], order: Sequence[str], *, weighted: bool) -> float:
    """Cohen's kappa of (first, second) judgements: 1 agreement, 0 what chance would give."""
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)

    def apart(one: str, two: str) -> float:
        steps = abs(order.index(one) - order.index(two))
        return steps if weighted else float(steps > 0)

    seen = sum(apart(*pair) for pair in pairs) / len(pairs)
    chance = sum(apart(a, b) * first[a] * second[b] for a in order for b in order)
    return 1.0 - seen / (chance / len(pairs) ** 2) if chance else 1.0
