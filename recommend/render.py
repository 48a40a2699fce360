"""A ranking for a busy person: 80 columns, the profile's language, nothing to decode."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click

from catalogue import terminal
from catalogue.sessions import OPEN_STATES
from recommend import pace, wording
from recommend.match import Match, Part, Ranking, label, named, opening_says, says
from recommend.money import is_subscription
from recommend.signals import POINT, taught_in
from recommend.topics import telling

plain = terminal.plain
WIDTH = 80
_INDENT = "    "
TOPICS_SHOWN = 4
WORDS_SHOWN = 3
"""Wishes, and words of each, that a shortlist names; `explain` names all."""
GLANCED = ("open", "hours", "weeks", "total", "price", "hourly")
"""Signals whose facts `facts_of` shows."""


def shortlist(ranking: Ranking) -> Iterator[str]:
    """The lines of a ranking, styled; strip the styles where nobody looks."""
    lang, profile = ranking.lang, ranking.profile
    title = plain(profile.role or profile.name)
    yield from wrapped(f"{wording.phrase(lang, 'profile_of')} {title}", "", bold=True)
    yield ""
    if not ranking.matches:
        yield from wrapped(wording.phrase(lang, "nothing"), "")
        yield ""
    for place, match in enumerate(ranking.matches, start=1):
        yield from _match(match, place, ranking)
        yield ""
    if ranking.matches and ranking.uncovered:
        wishes = ", ".join(wording.quoted(lang, each) for each in ranking.uncovered)
        yield from wrapped(wording.phrase(lang, "uncovered", wishes=wishes), "")
        yield ""
    yield from wrapped(wording.phrase(lang, "footer"), "", dim=True)
    yield from wrapped(made_of(ranking), "", dim=True)


def made_of(ranking: Ranking) -> str:
    """What the same answer is made from again."""
    lang, date = ranking.lang, ranking.data_date
    return wording.phrase(
        lang,
        "made_of",
        model=ranking.model,
        date=wording.day(lang, date) if date else wording.phrase(lang, "no_date"),
        name=ranking.profile.name,
        hash=ranking.profile.hash,
        day=wording.day(lang, ranking.day),
    )


def _match(match: Match, place: int, ranking: Ranking) -> Iterator[str]:
    lang = ranking.lang
    yield from _headline(match, place, lang)
    yield from wrapped(where(match.course, lang), _INDENT)
    if facts := facts_of(match, ranking):
        yield from wrapped(wording.joined(facts), _INDENT)
    if match.loose:
        yield from wrapped(wording.phrase(lang, "loose"), _INDENT)
    yield from labelled(wording.phrase(lang, "why"), _why(match, lang))
    yield from _signals(match, lang)
    if match.adds:
        yield from labelled(wording.phrase(lang, "adds"), [", ".join(match.adds)])
    if match.unknown:
        names = ", ".join(wording.unstated(lang, name) for name in match.unknown)
        yield from labelled(wording.phrase(lang, "unknown"), [names])
    if match.capped:
        provider = plain(match.course["provider"])
        words = wording.phrase(lang, "provider_capped", provider=provider)
        yield from wrapped(words, _INDENT)
    yield click.style(_INDENT + plain(match.course["url"]), dim=True)
    for also in match.also:
        named = f"{wording.phrase(lang, 'also')} {_elsewhere(also, lang)}"
        yield from wrapped(named, _INDENT)
        yield click.style(_INDENT + plain(also["url"]), dim=True)


def elsewhere(match: Match, lang: str) -> str:
    """The other platforms of the course."""
    said = ", ".join(_elsewhere(also, lang) for also in match.also)
    return f"{wording.phrase(lang, 'also')} {said}"


def _elsewhere(also: Mapping[str, Any], lang: str) -> str:
    """A platform with what decides between it and the one above: price, and whether it is open."""
    opened = wording.phrase(lang, "open") if also["state"] in OPEN_STATES else None
    facts = [fact for fact in (price(also, lang), opened) if fact]
    return plain(also["platform"]) + (f" ({', '.join(facts)})" if facts else "")


def _headline(match: Match, place: int, lang: str) -> Iterator[str]:
    """The title, and the score at the right edge of its first line."""
    score = wording.points(lang, match.score / POINT, signed=False)
    lines = textwrap.wrap(plain(match.course["title"]), WIDTH - len(_INDENT) - len(score) - 2)
    first, *rest = lines or [match.course["ref"]]
    room = WIDTH - len(_INDENT) - len(score)
    gap = " " * max(1, room - _columns(first))
    yield f"{place:>2}. " + click.style(first + gap + score, bold=True)
    yield from (_INDENT + click.style(line, bold=True) for line in rest)


def _columns(words: str) -> int:
    """Columns of a terminal that words take: two for an emoji or a Chinese sign."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


def where(course: Mapping[str, Any], lang: str) -> str:
    """Provider, platform and language, as far as they are known."""
    spoken = wording.languages(lang, codes) if (codes := taught_in(course)) else None
    held = (course["provider"], course["platform"], spoken)
    return plain(wording.joined(each for each in held if each))


def facts_of(match: Match, ranking: Ranking) -> list[str]:
    """What decides in a glance: open until when, how long, done by when, what it costs."""
    found = (_open(match, ranking.lang), _length(match, ranking), _cost(match.course, ranking.lang))
    return [fact for fact in found if fact]


def _open(match: Match, lang: str) -> str | None:
    said = opening_says(match, lang)
    return said and plain(said)


def _length(match: Match, ranking: Ranking) -> str | None:
    lang, course = ranking.lang, match.course
    held = []
    if (lasts := pace.length(course)) != pace.UNKNOWN:
        held.append(wording.length(lang, lasts))
    if (weekly := pace.weekly(course)) is not None:
        spent = wording.hours(lang, weekly)
        held.append(wording.phrase(lang, "per_week", hours=spent))
    elif (spent_in_all := pace.effort(course)) != pace.UNKNOWN:
        held.append(wording.effort(lang, spent_in_all))
    if not held:
        return None
    return " → ".join(filter(None, (", ".join(held), _done(match, ranking))))


def _done(match: Match, ranking: Ranking) -> str | None:
    """When it ends: by its dates, or at the person's hours a week; said where those are too few."""
    lang, profile = ranking.lang, ranking.profile
    if not (ends := match.finish or match.overruns):
        return None
    day = wording.day(lang, ends)
    if pace.to_dates(match.course, match.opening.state if match.opening else None):
        return wording.phrase(lang, "ends", day=day)
    if match.finish and not pace.at_own_pace(match.course, profile):
        return wording.phrase(lang, "done_soon", day=day)
    hours = wording.hours(lang, profile.hours_per_week or 0.0)
    return wording.phrase(lang, "done" if match.finish else "overruns", day=day, hours=hours)


def _cost(course: Mapping[str, Any], lang: str) -> str | None:
    return ", ".join(filter(None, (price(course, lang), _certificate(course, lang)))) or None


def price(course: Mapping[str, Any], lang: str) -> str | None:
    """What one pays to follow the course: "gratuit", "49 € par mois", "abonnement, 49 €"."""
    asked, access = course["price"], course["access"]
    if asked:
        paid = _billed(course, wording.money(lang, asked, course["currency"]), lang)
        limited = access == "free_audit_limited"
        return wording.phrase(lang, "free_in_part", money=paid) if limited else paid
    if access == "free_audit_limited" or (asked is None and access and access != "free_full"):
        return wording.phrase(lang, access)
    return wording.phrase(lang, "free") if asked == 0 or access == "free_full" else None


def _billed(course: Mapping[str, Any], amount: str, lang: str) -> str:
    """An amount with how often it is paid; of a subscription, that it is one."""
    if (billing := course["billing"]) in ("month", "year"):
        return wording.phrase(lang, billing, money=amount)
    if is_subscription(course):
        return f"{wording.phrase(lang, 'subscription')}, {amount}"
    return amount


def _certificate(course: Mapping[str, Any], lang: str) -> str | None:
    kind, price = course["certificate"], course["certificate_price"]
    if price:
        amount = wording.money(lang, price, course["currency"])
        return wording.phrase(lang, "certificate_price", money=amount)
    return wording.phrase(lang, f"certificate_{kind}") if kind else None


def _why(match: Match, lang: str) -> list[str]:
    """The wishes that the course answers, each with the words that do; the rest in one figure."""
    held = _wishes(match)
    shown = held[:TOPICS_SHOWN]
    reasons = [_earned(_answer(match, *each, lang), _sum(each[1]), lang) for each in shown]
    if rest := held[TOPICS_SHOWN:]:
        name = wording.more_words(lang, len(rest))
        reasons.append(_earned(name, sum(_sum(parts) for _, parts in rest), lang))
    return reasons


def answers(match: Match, lang: str) -> list[str]:
    """The wishes that the course answers, each with the words that do, the weightiest first."""
    return [_answer(match, *each, lang) for each in _wishes(match)]


def _wishes(match: Match) -> list[tuple[str, list[Part]]]:
    """Wishes, or else words, with the parts that they earn; the weightiest first."""
    held: dict[str, list[Part]] = {}
    for part in match.words:
        held.setdefault(part.topic or part.origin or part.name, []).append(part)
    return sorted(held.items(), key=lambda each: (-_sum(each[1]), each[0]))


def _sum(parts: list[Part]) -> int:
    return sum(part.points for part in parts)


def _answer(match: Match, topic: str, parts: list[Part], lang: str) -> str:
    """A wish that the course speaks of and its words for it; of any other the words alone."""
    names = [part.name for part in parts]
    if topic in match.speaks_of:
        words = telling(topic, names)[:WORDS_SHOWN]
        return f"{topic} ({', '.join(words)})" if words else topic
    words = telling("", names)[:WORDS_SHOWN] or names[:1]
    (origin, phrase), *others = {(p.origin, p.phrase) for p in parts if p.name in words}
    said = ", ".join(words)
    return said if others else named(said, origin, phrase, lang)


def _signals(match: Match, lang: str) -> Iterator[str]:
    """What counts for the course in a word each, what counts against it in a sentence.

    What neither gives nor takes a point is left to `explain`.
    """
    pros = [_earned(label(p, lang), p.points, lang) for p in match.signals if p.points > 0]
    cons = [_earned(says(p, lang), p.points, lang) for p in match.signals if p.points < 0]
    if pros:
        yield from labelled(wording.phrase(lang, "pros"), pros)
    if cons:
        yield from labelled(wording.phrase(lang, "cons"), cons)


def _earned(name: str, points: int, lang: str) -> str:
    return wording.earned(lang, name, points / POINT)


def labelled(name: str, reasons: Iterable[str]) -> list[str]:
    """A name and what belongs to it on lines set in, broken between reasons or their words."""
    return list(wrapped(f"{name} {wording.joined(reasons)}", _INDENT, hanging=2))


def wrapped(words: str, indent: str, *, hanging: int = 0, **style: bool) -> Iterator[str]:
    """Words on lines of WIDTH, styled."""
    lines = textwrap.wrap(
        words,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + " " * hanging,
        break_on_hyphens=False,
    )
    return (click.style(line, **style) for line in lines)
