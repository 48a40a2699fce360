"""One named figure per thing that a professional values, each with its evidence.

A signal is a pure function of a course row, its sessions, the profile and the day. None means that
the page does not say what the signal needs: no points, and shown as not stated. A signal that the
profile does not ask for is SILENT. Points are hundredths, so that sums are exact.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from catalogue.words import tokens
from recommend import opening, pace, topics
from recommend.money import MONTH, euros
from recommend.profile import Profile

Row = Mapping[str, Any]
POINT = 100


@attrs.frozen
class Evidence:
    """What a signal rests on: a rule, and the words on the page that it was applied to."""

    rule: str
    """Name of a sentence in `wording`."""
    field: str | None = None
    words: str | None = None
    source: str | None = None
    values: Mapping[str, Any] = attrs.Factory(dict)
    """What the sentence is filled in with."""


@attrs.frozen
class Signal:
    """Points that a course wins or loses, in hundredths, and why."""

    name: str
    points: int
    evidence: tuple[Evidence, ...]


SILENT = Signal("", 0, ())
"""The profile does not ask, or there is nothing to say."""

Figure = Callable[[Row, Sequence[Row], Profile, str], Signal | None]


def _signal(name: str, points: float, *evidence: Evidence) -> Signal:
    return Signal(name, round(points * POINT), evidence)


def quoted(course: Row, rule: str, *fields: str, **values: Any) -> Evidence:
    """Evidence with the words that the first of the fields that has any was read from."""
    quotes = course["quotes"] or {}
    if isinstance(quotes, str):
        quotes = json.loads(quotes)
    field = next((field for field in fields if field in quotes), None)
    if field is not None:
        quote = quotes[field]
        return Evidence(rule, field, quote["words"], quote["source"], values)
    known = next((field for field in fields if course[field] is not None), None)
    return Evidence(rule, known, None, None, values)


def hours(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:
    """Hours a week against the person's own: +5 when they fit, down to -8 at twice as many.

    At one's own pace more hours only take longer, which is the matter of `weeks`.
    """
    mine, asked = profile.hours_per_week, course["weekly_hours"]
    if not mine:
        return SILENT
    free = course["pace"] == "self"
    if asked is None and not (free and course["hours"] is not None):
        return None
    done = pace.finish(course, opening.best(sessions), profile, day)
    values = {"hours": asked, "mine_hours": mine, "day": done, "total_hours": course["hours"]}
    fields = ("weekly_hours_low", "weekly_hours_high", "total_hours", "weeks")
    if asked is None:
        return _signal("hours", 3, quoted(course, "hours.own_pace", *fields, **values))
    if asked <= mine:
        return _signal("hours", 5, quoted(course, "hours.fit", *fields, **values))
    if free:
        return _signal("hours", 1, quoted(course, "hours.more_own_pace", *fields, **values))
    points = -min(8.0, 8.0 * (asked / mine - 1.0))
    return _signal("hours", points, quoted(course, "hours.more", *fields, **values))


def weeks(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Weeks at this person's pace against the most he accepts: +3, down to -6 at twice."""
    most = profile.weeks_at_most
    if not most:
        return SILENT
    lasts = pace.weeks(course, profile)
    if lasts is None:
        return None
    own = lasts != course["weeks"]
    values = {"weeks": lasts, "most_weeks": most, "mine_hours": profile.hours_per_week}
    rule = ("weeks.fit" if lasts <= most else "weeks.more") + ("_own" if own else "")
    points = 3.0 if lasts <= most else -min(6.0, 6.0 * (lasts / most - 1.0))
    return _signal("weeks", points, quoted(course, rule, "weeks", "total_hours", **values))


def cost(course: Row, profile: Profile) -> float | None:
    """Euros to follow the course; a monthly price is paid for as long as the person takes."""
    price = euros(course["price"], course["currency"])
    if price is None and course["access"] in ("free_full", "free_audit_limited"):
        return 0.0
    if price and course["billing"] == "month":
        lasts = pace.weeks(course, profile)
        return None if lasts is None else price * max(1, -(-lasts // MONTH))
    return price


def price(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """What following costs against the budget: free +4, within +2, down to -8 beyond."""
    budget, paid = profile.budget, cost(course, profile)
    if budget is None:
        return SILENT
    if paid is None:
        return None
    values = {"money": paid, "budget_money": budget}
    fields = ("price", "access")
    if paid == 0:
        limited = course["access"] == "free_audit_limited"
        rule, points = ("price.limited", 3.0) if limited else ("price.free", 4.0)
    elif paid <= budget:
        rule, points = "price.within", 2.0
    else:
        rule = "price.over"
        points = -min(8.0, 2.0 + 6.0 * (paid / budget - 1.0)) if budget else -8.0
    rule += "_monthly" if paid and course["billing"] == "month" else ""
    return _signal("price", points, quoted(course, rule, *fields, **values))


def certificate(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """The certificate, where one is wanted: +3 free, +1 paid within the budget, -3 none."""
    if not profile.certificate:
        return SILENT
    kind = course["certificate"]
    if kind is None:
        return None
    paid = euros(course["certificate_price"], course["currency"])
    over = paid is not None and profile.budget is not None and paid > profile.budget
    points = {"free": 3.0, "paid": -1.0 if over else 1.0, "subscription": 0.5, "none": -3.0}[kind]
    rule = "certificate.over" if kind == "paid" and over else f"certificate.{kind}"
    rule += "_unpriced" if kind == "paid" and paid is None else ""
    evidence = quoted(course, rule, "certificate_price", "certificate", money=paid)
    return _signal("certificate", points, evidence)


_OPEN = {
    "ongoing-open": 5.0,
    "future-open": 5.0,
    "archived-open": 4.0,
    "future-not-yet-open": 1.0,
    "to-be-scheduled": -1.0,
    "future-closed": -3.0,
    "ongoing-closed": -4.0,
    "archived": -6.0,
}
SOON = 14
"""Days to the end of enrolment from which on it is said how many are left."""


def open_state(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Can one enrol on the day? +5 open now, +1 opens later, down to -6 over."""
    best = opening.best(sessions)
    if best is None or best.state == "unknown":
        return None
    left = best.closes_in(day)
    rule = f"open.{best.state}"
    if left is not None and left <= SOON:
        rule = "open.closing"
    elif best.closes and best.state.endswith("-open"):
        rule = "open.until"
    dates = {"closes_day": best.closes, "opens_day": best.opens, "starts_day": best.starts}
    words = ", ".join(f"{field} {date}" for field, date in _dates(best))
    evidence = Evidence(rule, "session", words or None, "platform", dates | {"left": left})
    return _signal("open", _OPEN[best.state], evidence)


def _dates(best: opening.Opening) -> list[tuple[str, str]]:
    stated = (
        ("enrolment_start", best.opens),
        ("enrolment_end", best.closes),
        ("start", best.starts),
        ("end", best.ends),
    )
    return [(field, date) for field, date in stated if date]


def language(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """The course's language among those read: +4 the first, +2 another, -15 none of them.

    Subtitles in a language that is read leave -3. Never a filter: the loss is shown.
    """
    if not profile.reads:
        return SILENT
    taught = _codes(course["languages"]) or _codes([course["language"]])
    if not taught:
        return None
    reads = [code.split("-")[0] for code in profile.reads]
    spoken = next((code for code in reads if code in taught), None)
    if spoken is not None:
        points, rule = (4.0 if spoken == reads[0] else 2.0), "language.read"
    elif spoken := next((c for c in reads if c in _codes(course["subtitles"])), None):
        points, rule = -3.0, "language.subtitles"
    else:
        points, rule = -15.0, "language.unread"
    values = {"language": spoken or taught[0], "taught_language": taught[0]}
    return _signal("language", points, quoted(course, rule, "language", "languages", **values))


def _codes(value: Any) -> list[str]:
    listed = json.loads(value) if isinstance(value, str) else value
    return [code.lower().split("-")[0] for code in listed or () if code]


_STEPS = {0: 3.0, 1: -1.0, 2: -4.0}
_LADDER = ("beginner", "intermediate", "advanced")


def level(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """The course's level against the person's: +3 the same, -1 one step off, -4 two."""
    if profile.level not in _LADDER:
        return SILENT
    if course["level"] is None:
        return None
    if course["level"] == "mixed":
        return _signal("level", 1, quoted(course, "level.mixed", "level"))
    step = _LADDER.index(course["level"]) - _LADDER.index(profile.level)
    rule = "level.same" if step == 0 else "level.below" if step < 0 else "level.above"
    values = {"level": course["level"], "mine_level": profile.level}
    return _signal("level", _STEPS[abs(step)], quoted(course, rule, "level", **values))


INTRODUCTORY = (
    "introduction",
    "initiation",
    "fondamentaux",
    "fondamental",
    "bases",
    "débuter",
    "débutant",
    "essentiels",
    "basics",
    "fundamentals",
    "foundations",
    "essentials",
    "beginners",
    "101",
)


def known(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """A title on what the person knows: -8 when it is an introduction to it, else -3."""
    title = course["title"]
    introduces = course["level"] == "beginner" or _introductory(title)
    for topic in profile.knows:
        field = field_of(topic)
        words = topics.named_in(field, profile.language or "en", title)
        # Whoever knows "marketing fundamentals" may well want other marketing.
        if words and (introduces or field == " ".join(tokens(topic))):
            rule = "known.introduction" if introduces else "known.topic"
            evidence = Evidence(rule, "title", words, "page", {"topic": topic})
            return _signal("known", -8 if introduces else -3, evidence)
    return SILENT


def field_of(topic: str) -> str:
    """What a topic known is about: "marketing" for "marketing fundamentals"."""
    return " ".join(word for word in tokens(topic) if word not in INTRODUCTORY)


def _introductory(title: str) -> bool:
    return not set(tokens(title)).isdisjoint(INTRODUCTORY)


def avoid(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """A topic that is not wanted: -10 in the title, -4 in the skills or the texts."""
    for topic in profile.avoid:
        for field, points in (("title", -10), ("skills", -4), ("summary", -4), ("description", -4)):
            said = course[field]
            if said and (words := topics.named_in(topic, profile.language or "en", said)):
                evidence = Evidence("avoid.named", field, words, "page", {"topic": topic})
                return _signal("avoid", points, evidence)
    return SILENT


def platform(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Is it on a platform that can be used? -10 where it is not."""
    if not profile.platforms or course["platform"] in profile.platforms:
        return SILENT
    evidence = Evidence("platform.other", "platform", course["platform"], "platform")
    return _signal("platform", -10, evidence)


def audience(course: Row, sessions: Sequence[Row], profile: Profile, day: str) -> Signal | None:  # noqa: ARG001
    """Whom the course is for: +2 as asked, -5 for others; public courses suit everybody."""
    if profile.audience is None or course["audience"] == "public":
        return SILENT
    same = course["audience"] == profile.audience
    rule = "audience.same" if same else "audience.other"
    evidence = Evidence(rule, "audience", course["audience"], "platform")
    return _signal("audience", 2 if same else -5, evidence)


SIGNALS: Mapping[str, Figure] = {
    "hours": hours,
    "weeks": weeks,
    "price": price,
    "certificate": certificate,
    "open": open_state,
    "language": language,
    "level": level,
    "known": known,
    "avoid": avoid,
    "platform": platform,
    "audience": audience,
}
HIGHEST: Mapping[str, int] = {
    "hours": 500,
    "weeks": 300,
    "price": 400,
    "certificate": 300,
    "open": 500,
    "language": 400,
    "level": 300,
    "audience": 200,
}
"""The most that a signal can add, in hundredths; those not named only take away."""


def signals(
    course: Row, sessions: Sequence[Row], profile: Profile, day: str
) -> tuple[list[Signal], list[str]]:
    """All signals with something to say, scaled by the profile's weights; names of the unknown."""
    said, unknown = [], []
    for name, figure in SIGNALS.items():
        weight = profile.weight(name)
        if weight == 0:
            continue
        signal = figure(course, sessions, profile, day)
        if signal is None:
            unknown.append(name)
        elif signal is not SILENT:
            said.append(attrs.evolve(signal, points=round(signal.points * weight)))
    return said, unknown


def most(profile: Profile) -> int:
    """The most that all signals together can add for a profile, in hundredths."""
    return sum(-int(-high * profile.weight(name) // 1) for name, high in HIGHEST.items())
