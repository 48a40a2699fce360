"""The market of the topics that the shipped roles look for: courses, languages, weeks, gaps.

A topic is what a role wishes, in both languages; a course speaks of it when it holds its stem, or
its words in a row in a title, a skill, a subject, an aim or a plan.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import attrs

from catalogue import reading
from catalogue.sessions import OPEN_STATES, state_sql
from catalogue.words import fold
from recommend import lexicon, text
from recommend.index import Index, Posting
from recommend.profile import LANGUAGES, Profile
from recommend.topics import Stems, forms

WEEKS = 12
_BEST = 50


@attrs.frozen
class Topic:
    """What roles call a topic, and the stems that courses name it by."""

    name: str
    """Fit for an address: "economie-comportementale"."""
    labels: Mapping[str, str]
    """Language -> what it is called."""
    forms: frozenset[Stems]
    roles: tuple[str, ...]
    """Names of the roles that wish for it."""


@attrs.frozen
class Standing:
    """One topic in the catalogue on a day."""

    topic: Topic
    courses: int
    languages: Mapping[str, int]
    """fr, en and "" for any other: how many courses."""
    open: int
    open_french: int
    new: tuple[int, ...]
    """Courses that arrived in each of the last weeks, the oldest first."""
    gone: tuple[int, ...]
    best: tuple[int, ...]
    """Ids of the courses that say most of it, at most fifty."""

    @property
    def balance(self) -> int:
        """Courses won, less those lost, over the weeks."""
        return sum(self.new) - sum(self.gone)


def topics(roles: Iterable[Profile]) -> list[Topic]:
    """The wishes of the roles, those that mean the same brought together, in their order."""
    found: list[Topic] = []
    for role in roles:
        for wish in (*role.wants, *role.curious):
            topic = _topic(wish, role)
            same = next((at for at, known in enumerate(found) if known.forms & topic.forms), None)
            if same is None:
                found.append(topic)
            else:
                found[same] = _joined(found[same], topic)
    return found


def _topic(wish: str, role: Profile) -> Topic:
    language = role.language or "en"
    other = next(code for code in LANGUAGES if code != language)
    crossing = lexicon.crossing(text.content(wish), language)
    labels = {language: wish, other: crossing.others[0] if crossing else wish}
    return Topic(_name(wish), labels, frozenset(forms(wish, language)), (role.name,))


def _name(wish: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold(wish)).split())


def _joined(one: Topic, other: Topic) -> Topic:
    """The same topic from two roles: the first one's words stay."""
    roles = tuple(dict.fromkeys((*one.roles, *other.roles)))
    return attrs.evolve(one, forms=one.forms | other.forms, roles=roles)


def standings(index: Index, roles: Iterable[Profile], day: str) -> list[Standing]:
    """Each topic as it stands on a day (ISO date), the most taught first."""
    wanted = topics(roles)
    facts = _facts(index)
    opened = _open(index, day)
    gone = _gone(index, day)
    postings = index.postings(
        {term for topic in wanted for f in topic.forms for term in index_terms(f)}
    )
    found = []
    for topic in wanted:
        ids = _holding(topic, postings)
        found.append(
            Standing(
                topic,
                courses=len(ids),
                languages=_by_language(facts[each][0] for each in ids),
                open=len(opened.intersection(ids)),
                open_french=sum(facts[each][0] == "fr" for each in opened.intersection(ids)),
                new=_by_week((seen for each in ids if (seen := facts[each][1])), day),
                gone=_by_week((left for terms, left in gone if _speaks(topic, terms)), day),
                best=tuple(sorted(ids, key=lambda each: (-ids[each], each))[:_BEST]),
            )
        )
    return sorted(found, key=lambda each: (-each.courses, each.topic.name))


def index_terms(form: Stems) -> tuple[str, ...]:
    """The index terms that a form stands for: its one stem, or its pairs."""
    return form if len(form) == 1 else tuple(f"{one} {two}" for one, two in pairwise(form))


def _holding(topic: Topic, postings: Mapping[str, Posting]) -> dict[int, float]:
    """The courses that hold any of the topic's forms, with how much they say of it."""
    found: dict[int, float] = {}
    for form in topic.forms:
        terms = index_terms(form)
        if not all(term in postings for term in terms):
            continue
        held = [dict(zip(postings[t].docs, postings[t].weights, strict=True)) for t in terms]
        for each in set.intersection(*map(set, held)):
            found[each] = max(found.get(each, 0.0), sum(weights[each] for weights in held))
    return found


def _speaks(topic: Topic, terms: frozenset[str]) -> bool:
    return any(terms.issuperset(index_terms(form)) for form in topic.forms)


def _facts(index: Index) -> dict[int, tuple[str, str | None]]:
    """Course id -> (language, first seen); None for what its platform had at our first visit."""
    rows = index.db.execute(
        "select c.id, coalesce(c.language, ''), nullif(c.first_seen, f.first) from course c"
        " join (select platform, min(first_seen) as first from course group by platform) f"
        " on f.platform = c.platform where c.withdrawn is null"
    )
    return {each: (language.partition("-")[0], seen) for each, language, seen in rows}


def _open(index: Index, day: str) -> frozenset[int]:
    states = ", ".join(repr(state) for state in OPEN_STATES)
    rows = index.db.execute(
        "select distinct course_id from session where withdrawn is null"  # noqa: S608
        f" and {state_sql(':day')} in ({states})",
        {"day": day},
    )
    return frozenset(each for (each,) in rows)


def _gone(index: Index, day: str) -> list[tuple[frozenset[str], str]]:
    """The terms of each course withdrawn in the last weeks, and the day."""
    first = datetime.date.fromisoformat(day) - datetime.timedelta(weeks=WEEKS)
    names = ", ".join(text.FIELDS)
    rows = reading.rows(
        index.db,
        f"select {names}, withdrawn from course where withdrawn > ?",  # noqa: S608
        [first.isoformat()],
    )
    return [(frozenset(text.course_terms(row)), row["withdrawn"]) for row in rows]


def _by_language(languages: Iterable[str]) -> dict[str, int]:
    found = dict.fromkeys((*LANGUAGES, ""), 0)
    for language in languages:
        found[language if language in found else ""] += 1
    return found


def _by_week(days: Iterable[str], day: str) -> tuple[int, ...]:
    """How many of the days lie in each of the last weeks, the oldest week first."""
    last = datetime.date.fromisoformat(day)
    counts = [0] * WEEKS
    for each in days:
        ago = (last - datetime.date.fromisoformat(each)).days // 7
        if 0 <= ago < WEEKS:
            counts[WEEKS - 1 - ago] += 1
    return tuple(counts)


def rising(found: Sequence[Standing]) -> list[Standing]:
    """The topics that won courses, the most first."""
    won = (each for each in found if each.balance > 0)
    return sorted(won, key=lambda each: (-each.balance, each.topic.name))


def fading(found: Sequence[Standing]) -> list[Standing]:
    """The topics that lost courses, the most first."""
    lost = (each for each in found if each.balance < 0)
    return sorted(lost, key=lambda each: (each.balance, each.topic.name))


def gaps(found: Sequence[Standing], roles: Iterable[Profile]) -> Iterator[tuple[Profile, Standing]]:
    """For each role, the topics that it wishes for and no open course speaks of."""
    for role in roles:
        for each in found:
            if role.name in each.topic.roles and not each.open:
                yield role, each


def as_json(standing: Standing, lang: str) -> dict[str, Any]:
    """One standing as plain values, named in `lang`."""
    return {
        "topic": standing.topic.name,
        "label": standing.topic.labels[lang],
        "courses": standing.courses,
        "french": standing.languages["fr"],
        "english": standing.languages["en"],
        "other": standing.languages[""],
        "open": standing.open,
        "open_french": standing.open_french,
        "new": list(standing.new),
        "gone": list(standing.gone),
        "roles": list(standing.topic.roles),
    }
