"""The files of a judgement: courses as CSV; profiles, and the grades people gave, as JSON.

Such as those of ../shared/data. What is wrong with one is said so that it can be mended.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from catalogue.errors import WrongUse
from catalogue.evaluate import read_rows
from catalogue.terminal import read_text
from recommend import peers
from recommend.profile import LANGUAGES, Profile

GRADES = (0, 1, 2, 3)
_SAID = ("key", "lang", "role", "text", "topics")
_UNSTATED = dict.fromkeys(
    ("platform", "description", "url", "language", "organisation", "level", "workload", "rating"),
    "",
)
"""The columns that are read where a file has them."""


def courses(path: Path) -> list[dict[str, Any]]:
    """Courses of a CSV like courses_real.csv.gz of ../shared: `organisation` is the provider.

    What a file without other columns than cid and title does not state is empty. Raises WrongUse
    on a file that is none, and on a cid that is empty or stands twice.
    """
    rows = read_rows(path, "cid", "title")
    if nameless := [row["title"] for row in rows if not row["cid"]]:
        raise WrongUse(f"{path}: a row has no cid (title: {nameless[0]!r:.100}); give it one")
    _once(path, "cid", (row["cid"] for row in rows))
    if not any(peers.words(f"{row['title']} {row.get('description', '')}") for row in rows):
        raise WrongUse(f"{path} has no words in title and description: nothing to rank by")
    return [{**_UNSTATED, **row, "provider": row.get("organisation", "")} for row in rows]


def _once(path: Path, key: str, names: Iterable[str]) -> None:
    name, times = Counter(names).most_common(1)[0]
    if times > 1:
        raise WrongUse(f"{path}: the {key} {name!r:.200} stands {times} times; keep one of them")


def profiles(path: Path) -> list[Profile]:
    """Profiles of a JSON such as ../shared/data/profiles_dev.json.

    Raises WrongUse on another file, and on a profile without one of its five keys.
    """
    held = _json(path)
    if not isinstance(held, list) or not held:
        raise WrongUse(f"{path} must be a JSON list of profiles, each with {', '.join(_SAID)}")
    people = [_profile(f"{path}, profile {at}", said) for at, said in enumerate(held, start=1)]
    _once(path, "key", (who.name for who in people))
    return people


def _profile(where: str, said: Any) -> Profile:
    for key in _SAID:
        if not isinstance(said, dict) or not isinstance(said.get(key), str):
            raise WrongUse(f"{where}: {key} is missing or no text; each has {', '.join(_SAID)}")
    if said["lang"] not in LANGUAGES:
        raise WrongUse(f"{where}: lang is {said['lang']!r:.50}; it must be fr or en")
    topics = (topic.strip() for topic in said["topics"].split(","))
    who = Profile(
        name=said["key"],
        role=said["role"],
        text=said["text"],
        language=said["lang"],
        wants=tuple(topic for topic in topics if topic),
    )
    if not peers.words(peers.said(who)):
        raise WrongUse(f"{where}: role, text and topics have no word to look for; fill them in")
    return who


def judgements(path: Path) -> dict[str, dict[str, int]]:
    """Grades of a JSON such as ../shared/data/judgements_dev.json: {profile name: {cid: grade}}.

    Raises WrongUse on another file, and on a grade that is not one of GRADES.
    """
    held = _json(path)
    if not isinstance(held, dict):
        raise WrongUse(f"{path} must be a JSON object: the grades of courses by profile and cid")
    return {name: _grades(f"{path}, {name}", graded) for name, graded in held.items()}


def _grades(where: str, graded: Any) -> dict[str, int]:
    if not isinstance(graded, dict):
        raise WrongUse(f"{where}: must be an object that gives courses, by cid, their grades")
    for course, grade in graded.items():
        if isinstance(grade, bool) or grade not in GRADES:
            raise WrongUse(
                f"{where}: the grade of {course!r:.200} is {json.dumps(grade):.50};"
                " grades are the numbers 0, 1, 2 and 3"
            )
    return {course: int(grade) for course, grade in graded.items()}


def _json(path: Path) -> Any:
    try:
        held = json.loads(read_text(str(path)))
        json.dumps(held, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"{path} is not JSON: {error}") from error
    return held
