"""The market of the topics that the shipped roles look for: courses, languages, weeks, gaps.

A topic is what a role wishes, in both languages; a course speaks of it when it holds its stem, or
its words in a row in a title, a skill, a subject, an aim or a plan.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import attrs

from catalogue import reading
from catalogue.sessions import OPEN_STATES, state_sql
from catalogue.words import fold
from recommend import lexicon, text
from recommend.index import Index, Posting
from recommend.profile import LANGUAGES, Profile
from recommend.topics import Stems, across, forms

WEEKS = 12
_BEST = 50
_EVER = "9999"
"""Later than any day."""


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
    names: tuple[str, ...] = ()
    """All that it is called, in both languages: courses that say any of them count."""


@attrs.frozen
class Standing:
    """One topic in the catalogue on a day; the same course on several platforms counts once."""

    topic: Topic
    courses: int
    languages: Mapping[str, int]
    """fr, en and "" for any other: how many courses; of two languages, one has the first."""
    open: int
    open_french: int
    new: tuple[int, ...]
    """Courses that arrived in each of the last weeks, the oldest first."""
    gone: tuple[int, ...]
    best: tuple[int, ...]
    """Ids of the courses that say most of it, at most fifty: an open listing of each, if any."""

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
    labels = {language: wish, other: _capitals(crossing.others[0]) if crossing else wish}
    names = _each_once(wish, *map(_capitals, across(wish, language)))
    return Topic(_name(wish), labels, frozenset(forms(wish, language)), (role.name,), names)


def _capitals(words: str) -> str:
    """The lexicon's words with names as they are written: "A/B testing", "AI"."""
    said = (
        text.name_as_written(each, "") if text.is_name(each) else each for each in words.split()
    )
    return " ".join(said)


def _each_once(*names: str) -> tuple[str, ...]:
    """Those that differ by more than capitals, as written first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())


def _name(wish: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in fold(wish)).split())


def _joined(one: Topic, other: Topic) -> Topic:
    """The same topic from two roles: the first one's words stay."""
    roles = tuple(dict.fromkeys((*one.roles, *other.roles)))
    names = _each_once(*one.names, *other.names)
    return attrs.evolve(one, forms=one.forms | other.forms, roles=roles, names=names)


def standings(index: Index, roles: Iterable[Profile], day: str) -> list[Standing]:
    """Each topic as it stands on a day (ISO date), the most taught first."""
    wanted = topics(roles)
    listings = _listings(index, day)
    gone = _gone(index, day, {each.course for each in listings.values()})
    postings = index.postings(
        {term for topic in wanted for f in topic.forms for term in index_terms(f)}
    )
    found = []
    for topic in wanted:
        held = _holding(topic, postings)
        left = (day_ for terms, day_ in gone if _speaks(topic, terms))
        found.append(_standing(topic, held, listings, _by_week(left, day), day))
    return sorted(found, key=lambda each: (-each.courses, each.topic.name))


def _standing(
    topic: Topic,
    held: Mapping[int, float],
    listings: Mapping[int, _Listing],
    gone: tuple[int, ...],
    day: str,
) -> Standing:
    """A topic from the listings that hold it, with how much they say of it."""
    courses: dict[int, list[int]] = {}
    # Of each course an open listing first, then the one that says most.
    for each in sorted(held, key=lambda at: (not listings[at].open, -held[at], at)):
        courses.setdefault(listings[each].course, []).append(each)
    most = {copies[0]: max(held[each] for each in copies) for copies in courses.values()}
    opened = [copies for copies in courses.values() if listings[copies[0]].open]
    return Standing(
        topic,
        courses=len(courses),
        languages=_by_language(
            {listings[each].language for each in copies} for copies in courses.values()
        ),
        open=len(opened),
        open_french=sum(
            any(listings[each].open and listings[each].language == "fr" for each in copies)
            for copies in opened
        ),
        new=_by_week((seen for first in most if (seen := listings[first].seen)), day),
        gone=gone,
        best=tuple(sorted(most, key=lambda each: (-most[each], each))[:_BEST]),
    )


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


class _Listing(NamedTuple):
    """A course as one platform lists it."""

    course: int
    """The same for listings of one course."""
    language: str
    seen: str | None
    """The day on which the course came; None where a platform had it at our first visit."""
    open: bool


def _listings(index: Index, day: str) -> dict[int, _Listing]:
    """What is listed, by id."""
    rows = index.db.execute(
        "select c.id, coalesce(s.cluster_id, c.id), coalesce(c.language, ''),"
        " nullif(c.first_seen, f.first) from course c"
        " join (select platform, min(first_seen) as first from course group by platform) f"
        " on f.platform = c.platform left join same_course s on s.course_id = c.id"
        " where c.withdrawn is null"
    ).fetchall()
    came: dict[int, str] = {}
    for _, course, _, seen in rows:
        came[course] = min(came.get(course, _EVER), seen or "")
    opened = _open(index, day)
    return {
        at: _Listing(course, language.partition("-")[0], came[course] or None, at in opened)
        for at, course, language, _ in rows
    }


def _open(index: Index, day: str) -> frozenset[int]:
    states = ", ".join(repr(state) for state in OPEN_STATES)
    rows = index.db.execute(
        "select distinct course_id from session where withdrawn is null"  # noqa: S608
        f" and {state_sql(':day')} in ({states})",
        {"day": day},
    )
    return frozenset(each for (each,) in rows)


def _gone(index: Index, day: str, listed: Collection[int]) -> list[tuple[frozenset[str], str]]:
    """The terms of each course withdrawn in the last weeks, and the day.

    `listed`: courses that some platform still has, and which are not gone.
    """
    first = datetime.date.fromisoformat(day) - datetime.timedelta(weeks=WEEKS)
    names = ", ".join(text.FIELDS)
    rows = reading.rows(
        index.db,
        f"select {names}, withdrawn, coalesce(cluster_id, id) as course from course"  # noqa: S608
        " left join same_course on course_id = id where withdrawn > ? order by withdrawn",
        [first.isoformat()],
    )
    left = {row["course"]: row for row in rows if row["course"] not in listed}
    return [(frozenset(text.course_terms(row)), row["withdrawn"]) for row in left.values()]


def _by_language(courses: Iterable[Collection[str]]) -> dict[str, int]:
    """How many courses each language has; a course in several has the first of ours."""
    found = dict.fromkeys((*LANGUAGES, ""), 0)
    for languages in courses:
        found[next((code for code in LANGUAGES if code in languages), "")] += 1
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
        "names": list(standing.topic.names),
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
