"""Courses that speak of the same things as a course, in either language, with words in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from catalogue import reading
from recommend import loops, text
from recommend.index import Index
from recommend.profile import LANGUAGES, Profile
from recommend.query import terms_of
from recommend.search import Found, search

_AIMS = 8
"""How many of a course's skills, subjects and outcomes are looked for."""
_LEAST = 0.04
"""Below this cosine two courses share no more than chance words."""
_SHARED = 3


@attrs.frozen
class Near:
    """A course near another: its id, how near (a cosine, 0 to 1), its words for what both say."""

    course_id: int
    cosine: float
    shared: tuple[str, ...]


def near(index: Index, course: Mapping[str, Any], top: int = 5) -> list[Near]:
    """The `top` listed courses nearest to a course row, each of its twins once, itself never."""
    found = search(index, terms_of(_as_profile(course)))
    hidden = {course["id"], *index.twins(course["id"])}
    chosen: list[Near] = []
    likely = ((int(at), found.scores[at]) for at in loops.reaching(found.scores, _LEAST))
    for each, cosine in sorted(likely, key=lambda item: (-item[1], item[0])):
        if len(chosen) == top:
            break
        if each not in hidden:
            chosen.append(Near(each, cosine, _words(index, found, each)))
            hidden |= set(index.twins(each))
    return chosen


def _as_profile(course: Mapping[str, Any]) -> Profile:
    """Somebody who wishes for what the course teaches: the bridge finds it in both languages."""
    language = (course["language"] or "").partition("-")[0]
    return Profile(
        name="near",
        text=f"{course['title']}. {course['summary'] or ''}",
        wants=tuple(text.passages(course, "skills")[:_AIMS]),
        curious=tuple(
            (text.passages(course, "subjects") + text.passages(course, "outcomes"))[:_AIMS]
        ),
        language=language if language in LANGUAGES else "en",
        reads=LANGUAGES,
    )


def _words(index: Index, found: Found, course_id: int) -> tuple[str, ...]:
    """What brings the two together most, each once, in words that the nearer one's page has."""
    shares = sorted(found.shares(course_id), key=lambda share: (-share[1], share[0].query.term))
    sought = [each.query for each, _ in shares]
    where = text.standing(_texts(index, course_id), [query.term for query in sought])
    words: list[str] = []
    for query in sought:
        written = where[query.term].written
        word = query.word if query.word.lower() in written else next(iter(written), "")
        if word and not any(word in kept or kept in word for kept in words):
            words.append(word)
    return tuple(words[:_SHARED])


def _texts(index: Index, course_id: int) -> dict[str, Any]:
    asked = f"select {', '.join(text.FIELDS)} from course where id = ?"  # noqa: S608
    return reading.rows(index.db, asked, [course_id])[0]
