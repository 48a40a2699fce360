"""How every page of ours answers: its language, its headers, and wrong requests as pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial, wraps
from typing import Any

from catalogue.errors import MoocscoutError
from recommend.profile import Profile
from recommend.web import asked as asking
from recommend.web import ranking
from recommend.web.asked import Asked, WrongRequest
from recommend.web.formats import Formats, tag
from recommend.web.permission import may_view
from recommend.web.security import OUR_POLICY
from recommend.web.site import NOT_STORED, PLUGIN, site_of
from recommend.web.static_hash import address
from recommend.web.texts import LANGUAGES, Words
from recommend.web.wish import Wish, read

STYLE = address("site.css", PLUGIN)
_CACHE_SECONDS = 300
View = Callable[[Any, Any, Asked], Awaitable[Any]]
WishView = Callable[[Any, Any, Asked, Wish], Awaitable[Any]]


def language_context(where: Asked) -> dict[str, Any]:
    """What every template needs to write in one language."""
    words = Words(where.lang)
    return {
        "lang": where.lang,
        "t": words,
        "f": Formats(words),
        "link": where.link,
        "root": where.base,
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
    whole: bool = True,
    **context: Any,
) -> Any:
    """A page of ours, with our policy and its language in the headers.

    One that is not `whole`, as something is still being worked out, is not stored by anybody.
    """
    from datasette.utils.asgi import Response

    shared = language_context(where) | {"query": request.query_string} | await _numbers(datasette)
    shared |= {"urls": datasette.urls, "style": STYLE}
    body = await site_of(datasette).rendered(template, shared | context)
    headers = {
        "Content-Security-Policy": OUR_POLICY,
        "Content-Language": where.lang,
        "Vary": "Accept-Language",
    }
    if not whole:
        headers["Cache-Control"] = NOT_STORED
    elif status == 200 and site_of(datasette).public:
        headers["Cache-Control"] = f"public, max-age={_CACHE_SECONDS}"
    return Response.html(body, status=status, headers=headers)


async def platforms(datasette: Any) -> dict[str, str]:
    """The platforms' titles by name."""
    overview = await site_of(datasette).overview()
    return {platform["platform"]: platform["title"] for platform in overview["platforms"]}


async def _numbers(datasette: Any) -> dict[str, Any]:
    """What the foot of every page says of the catalogue."""
    overview = await site_of(datasette).overview()
    return {
        "data_date": overview["data_date"],
        "listed": overview["listed"],
        "platform_count": sum(p["known"] > p["withdrawn"] for p in overview["platforms"]),
    }


def base(datasette: Any) -> str:
    """What stands before every address of this Datasette, without a slash at its end."""
    return str(datasette.setting("base_url")).rstrip("/")


def page(view: View) -> Callable[[Any, Any], Awaitable[Any]]:
    """A route: works out the language, checks permission, turns wrong requests into a page."""

    async def route(datasette: Any, request: Any) -> Any:
        from datasette.utils.asgi import Forbidden

        if not await may_view(datasette, request.actor):
            raise Forbidden("view-database denied")
        args = {name: request.args[name] for name in request.args}
        try:
            where = asking.asked(request.path, args, request.headers, base(datasette))
        except WrongRequest as wrong:
            where = asking.Asked(LANGUAGES[0], "/", base(datasette))
            return await _wrong(datasette, request, where, wrong)
        try:
            return await site_of(datasette).page(
                (where.lang, request.path, request.query_string),
                partial(view, datasette, request, where),
            )
        except WrongRequest as wrong:
            return await _wrong(datasette, request, where, wrong)
        except MoocscoutError as error:
            return await _not_ready(datasette, request, where, error)

    route.__name__ = getattr(view, "__name__", "route")
    return route


def page_of_wish(view: WishView) -> Callable[[Any, Any], Awaitable[Any]]:
    """A route for what somebody wishes; who says nothing chooses a role."""

    @page
    @wraps(view)
    async def wished(datasette: Any, request: Any, where: Asked) -> Any:
        if wish := read(request.args, where.lang, await platforms(datasette)):
            return await view(datasette, request, where, wish)
        roles = ranking.roles(where.lang)
        return await answer(datasette, request, where, "choose.html", roles=roles)

    return wished


async def _wrong(datasette: Any, request: Any, where: Asked, wrong: WrongRequest) -> Any:
    words = Words(where.lang)
    figures = Formats(words).number
    values = {k: figures(v) if isinstance(v, float) else v for k, v in wrong.values.items()}
    said = words(wrong.key, **values)
    roles = ranking.roles(where.lang)
    return await sorry(datasette, request, where, "wrong", said, status=400, roles=roles)


async def _not_ready(datasette: Any, request: Any, where: Asked, error: MoocscoutError) -> Any:
    here = site_of(datasette)
    why = str(error).replace(str(here.path), here.path.name)
    said = Words(where.lang)("preparing_why", why=why)
    return await sorry(datasette, request, where, "preparing", said, status=503)


async def sorry(
    datasette: Any,
    request: Any,
    where: Asked,
    title_key: str,
    said: str,
    *,
    status: int,
    roles: Sequence[Profile] = (),
) -> Any:
    """A page that says what went wrong and leads on."""
    return await answer(
        datasette, request, where, "error_page.html", status=status,
        title_key=title_key, said=said, roles=roles,
    )  # fmt: skip


async def send(
    datasette: Any,
    where: Asked,
    body: bytes,
    content_type: str,
    *,
    name: str = "",
    policy: str = OUR_POLICY,
) -> Any:
    """Something else than a page, such as a calendar; a file to keep where it has a `name`."""
    from datasette.utils.asgi import Response

    headers = {
        "Content-Security-Policy": policy,
        "Content-Language": where.lang,
        "Vary": "Accept-Language",
    }
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if site_of(datasette).public:
        headers["Cache-Control"] = f"public, max-age={_CACHE_SECONDS}"
    # Datasette writes the body as text.
    return Response(body.decode(), headers=headers, content_type=content_type)
