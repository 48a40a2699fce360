"""Our pages: home, search, course, data; and the routes to all of them."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

import attrs

from catalogue.publish import metadata as published
from catalogue.publish.queries import QUERIES
from catalogue.schema import TABLES
from recommend.tables import HIDDEN
from recommend.tables import TABLES as INDEX_TABLES
from recommend.web import (
    around,
    calendar_pages,
    changes,
    compare,
    facts,
    jsonld,
    memo,
    radar_pages,
    ranking,
    shortlist,
)
from recommend.web import asked as asking
from recommend.web.answering import answer, page, platforms, sorry
from recommend.web.asked import Asked
from recommend.web.formats import Formats, curly
from recommend.web.site import Filters, Site, course, found, site_of, tables
from recommend.web.texts import Words

_HITS = 50
_TOPICS = 16


@page
async def home(datasette: Any, request: Any, where: Asked) -> Any:
    """What this is, the roles, a search box, ways to browse, soon and newest, the numbers."""
    here = site_of(datasette)
    topics = await radar_pages.browsable(here, where.lang, _TOPICS)
    return await answer(
        datasette,
        request,
        where,
        "home.html",
        whole=bool(topics),
        roles=ranking.roles(where.lang),
        overview=await here.overview(),
        topics=topics,
    )


@page
async def search(datasette: Any, request: Any, where: Asked) -> Any:
    """Courses that hold every word typed, of a topic, a provider, a language, open today."""
    here = site_of(datasette)
    titles = await platforms(datasette)
    filters, chips = await _filters(here, request, where, titles)
    hits = await here.read(lambda db: found(db, filters, _HITS)) if filters.any else []
    return await answer(
        datasette,
        request,
        where,
        "search.html",
        q=filters.q,
        filters=filters,
        chips=chips,
        hits=[facts.line(hit, Words(where.lang)) for hit in hits],
        limit=_HITS,
        platforms=titles,
    )


async def _filters(
    here: Site, request: Any, where: Asked, titles: dict[str, str]
) -> tuple[Filters, list[dict[str, str]]]:
    """What is asked, and for each filter its name in words and the address without it."""
    names = ("q", "topic", "provider", "language", "platform", "open")
    args = {name: asking.text(request.args, name) for name in names}
    only_open = asking.only_open(request.args)
    words = Words(where.lang)
    shown = {
        "provider": args["provider"],
        "language": Formats(words).language(args["language"] or None),
        "platform": titles.get(args["platform"], args["platform"]),
        "open": words("open_only") if only_open else "",
    }
    filters = Filters(
        q=args["q"],
        provider=args["provider"],
        language=args["language"],
        platform=args["platform"],
        open_on=here.day if only_open else "",
    )
    if args["topic"]:
        standing = await radar_pages.standing(here, args["topic"])
        shown["topic"] = curly(standing.topic.labels[where.lang]) if standing else args["topic"]
        filters = attrs.evolve(filters, ids=standing.best if standing else ())
    kept = {name: value for name, value in args.items() if value}
    chips = [
        {"said": said, "without": urlencode({n: v for n, v in kept.items() if n != name})}
        for name, said in shown.items()
        if said
    ]
    return filters, chips


@page
async def one_course(datasette: Any, request: Any, where: Asked) -> Any:
    """Everything known about one course, each fact with the words it was read from."""
    platform = request.url_vars["platform"]
    ref = asking.unquoted(request.url_vars["ref"])
    here = site_of(datasette)
    record = await here.read(partial(course, platform=platform, ref=ref, day=here.day))
    words = Words(where.lang)
    if record is None:
        said = words("course_not_found", platform=platform, ref=ref[:80])
        return await sorry(datasette, request, where, "not_found", said, status=404)
    stated, unknown = facts.of_course(record, words)
    currency = record["currency"]
    serves = await around.serves(here, record, where.lang)
    return await answer(
        datasette,
        request,
        where,
        "course.html",
        whole=serves is not None or bool(record["withdrawn"]),
        course=record,
        history=[changes.told(each, currency, words) for each in record["history"]],
        facts=stated,
        unknown=unknown,
        jsonld=jsonld.course(record),
        twins=[around.deal(twin, record, words) for twin in await around.twins(here, record)],
        near=[facts.line(each, words) for each in await around.near(here, record)],
        serves=serves,
        key=f"{platform}:{ref}",
        platforms=await platforms(datasette),
    )


@page
async def data(datasette: Any, request: Any, where: Asked) -> Any:
    """The way in for analysts: tables, saved queries, sources, dictionary."""
    here = site_of(datasette)
    counts = await here.read(tables)
    sources = await here.read(published.sources)
    return await answer(
        datasette,
        request,
        where,
        "data.html",
        counts=counts,
        sources=sources,
        described=_described(),
        titles=_titles(where.lang),
        queries=QUERIES,
        database=published.DATABASE,
    )


@page
async def nowhere(datasette: Any, request: Any, where: Asked) -> Any:
    """An address of ours that is none."""
    said = Words(where.lang)("not_found_said")
    return await sorry(datasette, request, where, "not_found", said, status=404)


@lru_cache(maxsize=1)
def _described() -> dict[str, Any]:
    """Every table that is listed, with its columns' meanings."""
    every = published.metadata((*TABLES, *INDEX_TABLES), hidden=HIDDEN)
    found: dict[str, Any] = every["databases"][published.DATABASE]["tables"]
    return {name: table for name, table in found.items() if not table.get("hidden")}


def _titles(lang: str) -> dict[str, str]:
    """What each table is called in a language."""
    names = {table.name: table.title for table in (*TABLES, *INDEX_TABLES)}
    names |= published.TITLES_FR if lang == "fr" else {}
    return {name: names.get(name, name) for name in _described()}


_LANG = r"^(?:/(?:fr|en))?"

ROUTES = [
    (r"^/(?:(?:fr|en)/?)?$", home),
    (_LANG + r"/search$", search),
    (_LANG + r"/data$", data),
    (_LANG + r"/course/(?P<platform>[a-z][a-z0-9_]*)/(?P<ref>.+)$", one_course),
    *shortlist.ROUTES,
    *memo.ROUTES,
    *compare.ROUTES,
    *changes.ROUTES,
    *calendar_pages.ROUTES,
    *radar_pages.ROUTES,
]
NOWHERE = (r"^/(?:fr|en)/.*$", nowhere)
"""The route to be tried last."""
