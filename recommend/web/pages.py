"""Our own pages: home, search, recommend, course, data. Each answers in French or English."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from catalogue.errors import MoocscoutError
from catalogue.publish import metadata as published
from catalogue.publish.queries import QUERIES
from catalogue.schema import TABLES
from recommend import index
from recommend.web import asked as asking
from recommend.web import facts, jsonld, ranking
from recommend.web.asked import Asked, WrongRequest
from recommend.web.formats import Formats, tag
from recommend.web.permission import may_view
from recommend.web.security import OUR_POLICY
from recommend.web.site import Site, course, found, site_of, tables
from recommend.web.texts import LANGUAGES, Words

SHORTLIST = 12
_HITS = 50
_CACHE_SECONDS = 300
TEMPLATES = frozenset(
    f"{name}.html"
    for name in ("home", "search", "recommend", "choose", "course", "data", "error_page")
)
View = Callable[[Any, Any, Asked], Awaitable[Any]]


def language_context(where: Asked) -> dict[str, Any]:
    """What every template needs to write in one language."""
    words = Words(where.lang)
    return {
        "lang": where.lang,
        "t": words,
        "f": Formats(words),
        "link": where.link,
        "tag": tag,
        "here": where.path,
        "languages": [(lang, Words(lang)("language_name")) for lang in LANGUAGES],
        "course_path": asking.course_path,
    }


async def answer(
    datasette: Any,
    request: Any,
    where: Asked,
    template: str,
    *,
    status: int = 200,
    **context: Any,
) -> Any:
    """A page of ours, with our policy and its language in the headers."""
    from datasette.utils.asgi import Response

    shared = language_context(where) | {"query": request.query_string}
    body = await datasette.render_template(
        template, shared | {"data_date": await _data_date(datasette)} | context, request=request
    )
    headers = {
        "Content-Security-Policy": OUR_POLICY,
        "Content-Language": where.lang,
        "Vary": "Accept-Language",
    }
    if status == 200 and site_of(datasette).public:
        headers["Cache-Control"] = f"public, max-age={_CACHE_SECONDS}"
    return Response.html(body, status=status, headers=headers)


async def _platforms(datasette: Any) -> dict[str, str]:
    """The platforms' titles by name."""
    overview = await site_of(datasette).overview()
    return {platform["platform"]: platform["title"] for platform in overview["platforms"]}


async def _data_date(datasette: Any) -> str | None:
    overview = await site_of(datasette).overview()
    return None if overview["data_date"] is None else str(overview["data_date"])


def page(view: View) -> Callable[[Any, Any], Awaitable[Any]]:
    """A route: works out the language, checks permission, turns wrong requests into a page."""

    async def route(datasette: Any, request: Any) -> Any:
        from datasette.utils.asgi import Forbidden

        if not await may_view(datasette, request.actor):
            raise Forbidden("view-database denied")
        args = {name: request.args[name] for name in request.args}
        try:
            where = asking.asked(request.path, args, request.headers)
        except WrongRequest as wrong:
            where = asking.Asked(LANGUAGES[0], "/")
            return await _wrong(datasette, request, where, wrong)
        try:
            return await view(datasette, request, where)
        except WrongRequest as wrong:
            return await _wrong(datasette, request, where, wrong)

    route.__name__ = getattr(view, "__name__", "route")
    return route


async def _wrong(datasette: Any, request: Any, where: Asked, wrong: WrongRequest) -> Any:
    words = Words(where.lang)
    figures = Formats(words).number
    values = {k: figures(v) if isinstance(v, float) else v for k, v in wrong.values.items()}
    said = words(wrong.key, **values)
    return await answer(
        datasette,
        request,
        where,
        "error_page.html",
        status=400,
        title_key="wrong",
        said=said,
        roles=ranking.roles(where.lang),
    )


@page
async def home(datasette: Any, request: Any, where: Asked) -> Any:
    """What this is, the roles, a search box, the catalogue in numbers, soon and newest."""
    overview = await site_of(datasette).overview()
    return await answer(
        datasette, request, where, "home.html", roles=ranking.roles(where.lang), overview=overview
    )


@page
async def search(datasette: Any, request: Any, where: Asked) -> Any:
    """Courses that hold every word typed."""
    words = asking.text(request.args, "q")
    hits = await site_of(datasette).read(lambda db: found(db, words, _HITS)) if words else []
    return await answer(
        datasette,
        request,
        where,
        "search.html",
        q=words,
        hits=[facts.line(hit, Words(where.lang)) for hit in hits],
        limit=_HITS,
        platforms=await _platforms(datasette),
    )


@page
async def recommend(datasette: Any, request: Any, where: Asked) -> Any:
    """The shortlist for a shipped profile, with its reasons."""
    name = asking.text(request.args, "profile")
    hours = asking.number(request.args, "hours", 0.5, 60.0)
    weeks = asking.number(request.args, "weeks", 1.0, 104.0)
    top = int(asking.number(request.args, "top", 1.0, 50.0) or SHORTLIST)
    if not name:
        return await answer(
            datasette, request, where, "choose.html", roles=ranking.roles(where.lang)
        )
    try:
        chosen = ranking.shipped(name)
    except KeyError:
        raise WrongRequest("wrong_profile", value=name[:60]) from None
    profile = ranking.adjusted(chosen, hours, weeks)
    context = {
        "profile": profile,
        "roles": ranking.roles(where.lang),
        "top": top,
    }
    return await _shortlist(datasette, request, where, profile, top, context)


async def _shortlist(
    datasette: Any, request: Any, where: Asked, profile: Any, top: int, context: dict[str, Any]
) -> Any:
    here = site_of(datasette)
    overview = await here.overview()
    try:
        version = (overview["version"], overview["data_date"])
        found = await here.ranker.rank(profile, here.day, top, where.lang, version)
    except MoocscoutError as error:
        why = Words(where.lang)("preparing_why", why=_without_path(here, str(error)))
        return await answer(
            datasette,
            request,
            where,
            "error_page.html",
            status=503,
            title_key="preparing",
            said=why,
            roles=[],
        )
    cards = [facts.card(match, Words(where.lang)) for match in found["matches"]]
    return await answer(
        datasette,
        request,
        where,
        "recommend.html",
        ranking=found,
        cards=cards,
        known=overview["listed"],
        platforms=await _platforms(datasette),
        **context,
    )


def _without_path(here: Site, words: str) -> str:
    """An error's words without where on this machine the file lies."""
    return words.replace(str(here.path), here.path.name)


@page
async def one_course(datasette: Any, request: Any, where: Asked) -> Any:
    """Everything known about one course, each fact with the words it was read from."""
    platform = request.url_vars["platform"]
    ref = asking.unquoted(request.url_vars["ref"])
    here = site_of(datasette)
    record = await here.read(lambda db: course(db, platform, ref, here.day))
    words = Words(where.lang)
    if record is None:
        said = words("course_not_found", platform=platform, ref=ref[:80])
        return await answer(
            datasette,
            request,
            where,
            "error_page.html",
            status=404,
            title_key="not_found",
            said=said,
            roles=[],
        )
    stated, unknown = facts.of_course(record, words)
    return await answer(
        datasette,
        request,
        where,
        "course.html",
        course=record,
        facts=stated,
        unknown=unknown,
        jsonld=jsonld.course(record),
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
        queries=QUERIES,
        database=published.DATABASE,
    )


@lru_cache(maxsize=1)
def _described() -> dict[str, Any]:
    """Every table that is listed, with its columns' meanings."""
    hidden = frozenset(table.name for table in index.TABLES)
    every = published.metadata((*TABLES, *index.TABLES), hidden=hidden)
    found: dict[str, Any] = every["databases"][published.DATABASE]["tables"]
    return {name: table for name, table in found.items() if not table.get("hidden")}


_LANG = r"^(?:/(?:fr|en))?"

ROUTES = [
    (r"^/(?:(?:fr|en)/?)?$", home),
    (_LANG + r"/search$", search),
    (_LANG + r"/recommend$", recommend),
    (_LANG + r"/data$", data),
    (_LANG + r"/course/(?P<platform>[a-z][a-z0-9_]*)/(?P<ref>.+)$", one_course),
]
