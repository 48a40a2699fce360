"""What is new for a profile since a day: a page, and the same as an Atom feed."""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs

from catalogue.reading import Row
from recommend import digest
from recommend.index import Index
from recommend.profile import Profile
from recommend.web import asked as asking
from recommend.web import changes, facts, wish
from recommend.web.answering import answer, page, platforms, send
from recommend.web.asked import Asked, WrongRequest
from recommend.web.formats import Formats
from recommend.web.site import Site, site_of
from recommend.web.texts import Words

_FORMS = ("html", "atom")


@page
async def news(datasette: Any, request: Any, where: Asked) -> Any:
    """All that the recommend page takes, `since=2026-11-15`, `format=atom`."""
    site = site_of(datasette)
    titles = await platforms(datasette)
    asked = wish.read(request.args, where.lang, titles)
    if asked is None:
        raise WrongRequest("wrong_profile", value="")
    overview = await site.overview()
    newest = overview["data_date"] or site.day
    since = asking.day("since", asking.text(request.args, "since") or newest, newest)
    form = asking.text(request.args, "format") or _FORMS[0]
    if form not in _FORMS:
        options = ", ".join(_FORMS)
        raise WrongRequest("wrong_choice", name="format", options=options, value=form[:40])
    words = Words(where.lang)
    who = _named(asked.profile, words)
    if form == "atom":
        body = await _found(site, who, since, words, _feed)
        return await send(datasette, where, body.encode(), "application/atom+xml; charset=utf-8")
    return await answer(
        datasette,
        request,
        where,
        "digest.html",
        wish=asked,
        who=who,
        since=since,
        news=await _found(site, who, since, words, _told),
        platforms=titles,
    )


def _named(who: Profile, words: Words) -> Profile:
    """The profile with a name to put into a title."""
    topics = ", ".join((*who.wants, *who.curious)[:3])
    return who if who.role else attrs.evolve(who, role=topics or words("own_profile"))


async def _found(site: Site, who: Profile, since: str, words: Words, told: Any) -> Any:
    """The digest, worked out in a thread and kept in one form."""
    about = ("digest", who.hash, since, site.day, words.lang, told.__name__)
    work = partial(_work, who=who, since=since, day=site.day, words=words, told=told)
    return await site.ranker.ask(about, work, await site.version())


def _work(index: Index, who: Profile, since: str, day: str, words: Words, told: Any) -> Any:
    return told(digest.collect(index, who, since, day, words.lang), index, words)


def _feed(found: digest.Digest, index: Index, words: Words) -> str:
    del words
    return digest.written(found, "atom", index.db)


def _told(found: digest.Digest, index: Index, words: Words) -> list[Row]:
    """One card for each course that is told of, and in words what happened to it."""
    del index
    matches = found.ranking.as_json()["matches"]
    return [
        facts.card(match, words) | {"events": _events(news, words), "said": _facts(match, words)}
        for match, news in zip(matches, found.news, strict=True)
    ]


def _facts(match: Row, words: Words) -> list[str]:
    """The facts of a course that need no label, in one line."""
    course, f = match["course"], Formats(words)
    said = (
        facts.opening(course["open"], words),
        facts.workload(course, words),
        f.length(course),
        facts.access(course, words),
        f.language(course["language"]),
    )
    return [each for each in said if each]


def _events(news: digest.News, words: Words) -> list[Row]:
    """What happened to one course, each event once."""
    said = []
    for event in news.events:
        told = changes.said(event | {"currency": news.match.course["currency"]}, words)
        told["said"] = told["said"] or digest.word(words.lang, event["what"])
        said += [told] if told not in said else []
    return said


ROUTES = [(r"^(?:/(?:fr|en))?/digest$", news)]
