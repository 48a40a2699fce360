"""The memo: one sheet that somebody signs, with the courses of his list that can be asked for."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

from catalogue.reading import Row
from recommend import pace
from recommend.money import once
from recommend.opening import SHUT
from recommend.profile import Profile
from recommend.web import facts, page_words, shortlist
from recommend.web.answering import answer, page_of_wish, platforms
from recommend.web.asked import Asked
from recommend.web.first_person import first_person
from recommend.web.formats import Formats, curly
from recommend.web.moves import key_of
from recommend.web.site import site_of
from recommend.web.texts import Words
from recommend.web.wish import Wish

MOST = 4
FAIR = 25.0
"""Points of a text that earns its place where it speaks of no wish in full: half of what the best
for a profile earn."""
_FITS = 2
_BUTS = 5
_LIMITS = ("price", "language", "hours", "total", "weeks", "open", "certificate", "platform")
"""What a manager must know first of what speaks against a course."""
_TOLD = frozenset({"wishes", "hours", "weeks", "total", "open", "price", "hourly", "language"})
_OF_THE_PAGE = frozenset({"", "completeness", "freshness", "substance", "focus", "tone"})
"""Reasons that speak of a page, and say nothing to a manager."""


@page_of_wish
async def memo(datasette: Any, request: Any, where: Asked, wish: Wish) -> Any:
    """One printable page to get a manager's agreement."""
    here, words, titles = site_of(datasette), Words(where.lang), await platforms(datasette)
    found = await shortlist.ranked(here, wish, where.lang)
    matches = proposed(found["matches"], wish.profile)
    asked = matches[:MOST]
    pages = await here.read(partial(page_words.texts, keys=[key_of(match) for match in asked]))
    cards = [
        line(facts.card(match, words), pages[key_of(match)], words, titles, wish.profile)
        for match in asked
    ]
    return await answer(
        datasette,
        request,
        where,
        "memo.html",
        wish=wish,
        profile=wish.profile,
        ranking=found,
        cards=cards,
        left_out=len(found["matches"]) - len(matches),
        known=(await here.overview())["listed"],
        platforms=titles,
        day=here.day,
    )


def proposed(matches: list[Row], profile: Profile) -> list[Row]:
    """The matches that one can still take and that have to do with the wishes."""
    return [
        match
        for match in matches
        if _is_fair(match, profile)
        and not (match["course"]["open"] and match["course"]["open"]["state"] in SHUT)
    ]


def _is_fair(match: Row, profile: Profile) -> bool:
    """Does it speak of a wish in full, or earn a fair share by their words?"""
    if match["loose"] or not profile.wants or match["speaks_of"]:
        return not match["loose"]
    earned = math.fsum(part["points"] for part in match["parts"] if part["kind"] == "text")
    return earned >= FAIR * profile.weight("text")


def line(card: Row, page: Row, words: Words, titles: dict[str, str], profile: Profile) -> Row:
    """A card with what a memo says of it: cost, effort, dates, why, and what speaks against it."""
    course, unstated = card["course"], words("memo_unstated")
    effort = [facts.workload(course, words), Formats(words).length(course)]
    return card | {
        "memo": {
            "cost": _cost(course, words),
            "effort": ", ".join(each for each in effort if each) or unstated,
            "when": " · ".join(_when(course, words, profile)) or unstated,
            "why": [*_claims(card, page, words), *_said(_fits(card), words)],
            "but": _said(_against(card), words),
            "cheaper": _cheaper(card, words, titles),
        }
    }


def _cost(course: Row, words: Words) -> str:
    cost, certificate = facts.access(course, words), facts.certificate(course, words)
    cost = cost or words("memo_unstated")
    if not certificate or course["certificate"] == "none":
        return cost
    return words("memo_with_certificate", price=cost, certificate=certificate)


def _when(course: Row, words: Words, profile: Profile) -> list[str]:
    """When one can enrol, and when it is done: by its dates or at one's own hours a week."""
    f, said = Formats(words), [facts.opening(course["open"], words)]
    hours = f.hours(profile.hours_per_week)
    if course["overruns"]:
        said.append(words("memo_overruns", day=f.day(course["overruns"]), hours=hours))
    elif course["finish"]:
        rule = "memo_finish" if pace.at_own_pace(course, profile) else "memo_done"
        rule = "memo_ends" if facts.finish_label(course) == "f_ends" else rule
        said.append(words(rule, day=f.day(course["finish"]), hours=hours))
    return [each for each in said if each]


def _claims(card: Row, page: Row, words: Words) -> list[str]:
    """The wishes that the course speaks of; of one that speaks of none, its page's words."""
    if card["spoken"]:
        return [curly(wish) for wish in card["spoken"][:MOST]]
    found = page_words.said(card["parts"], page)[:MOST]
    return [words("memo_words", words=", ".join(found))] if found else []


def _fits(card: Row) -> list[Row]:
    told = _TOLD | _OF_THE_PAGE
    return [p for p in card["pros"] if p["name"] not in told and p["points"] > 0][:_FITS]


def _against(card: Row) -> list[Row]:
    """What speaks against it, as the list says it; limits that it breaks first."""
    kept = [part for part in card["against"] if part["name"] not in _OF_THE_PAGE]
    return sorted(kept, key=lambda part: part["name"] not in _LIMITS)[:_BUTS]


def _said(parts: list[Row], words: Words) -> list[str]:
    return [curly(first_person(part["says"], words.lang)) for part in parts]


def _cheaper(card: Row, words: Words, titles: dict[str, str]) -> str | None:
    """The same course where it costs least, if that is less than here."""
    costs = [(once(twin), twin) for twin in card["also"] if twin["state"] not in SHUT]
    offers = [(cost, twin) for cost, twin in costs if cost is not None]
    if not offers:
        return None
    cost, twin = min(offers, key=lambda offer: offer[0])
    own = once(card["course"])
    # Where we do not know what it costs here, only what is free is surely no more.
    if cost >= own if own is not None else cost:
        return None
    platform = titles.get(twin["platform"], twin["platform"])
    return words("memo_cheaper", platform=platform, facts=", ".join(twin["facts"]))


ROUTES = [(r"^(?:/(?:fr|en))?/memo$", memo)]
