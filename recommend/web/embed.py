"""A short list for somebody else's page, and a profile's news as a page and a feed.

The list is the one address of ours that may stand in a frame; it holds no script and no style.
"""

from __future__ import annotations

import html
from functools import partial
from typing import Any

from recommend import digest, render
from recommend.index import Index
from recommend.web import asked as asking
from recommend.web import ranking, wish
from recommend.web.answering import page, platforms
from recommend.web.asked import Asked, WrongRequest
from recommend.web.jsonld import is_web
from recommend.web.security import OUR_POLICY
from recommend.web.site import Site, site_of

EMBED_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"
_FORMS = ("html", "atom")


def _response(site: Site, body: str, kind: str, policy: str) -> Any:
    from datasette.utils.asgi import Response

    headers = {"Content-Security-Policy": policy, "Vary": "Accept-Language"}
    if site.public:
        headers["Cache-Control"] = "public, max-age=300"
    return Response(body, headers=headers, content_type=f"{kind}; charset=utf-8")


async def _version(site: Site) -> tuple[Any, ...]:
    overview = await site.overview()
    return overview["version"], overview["data_date"]


@page
async def embed(datasette: Any, request: Any, where: Asked) -> Any:
    """`?profile=...` and all that the recommend page takes: a bare list of links."""
    site = site_of(datasette)
    asked = wish.read(request.args, where.lang, await platforms(datasette))
    if asked is None:
        raise WrongRequest("wrong_profile", value="")
    found = await site.ranker.rank(
        asked.profile, site.day, asked.top, where.lang, await _version(site)
    )
    items = "".join(map(_item, found["matches"]))
    title = html.escape(asked.profile.role or ", ".join(asked.profile.wants) or "moocscout")
    body = (
        f'<!DOCTYPE html>\n<html lang="{where.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme"'
        f' content="light dark"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1><ol>{items}</ol></main></body></html>\n"
    )
    return _response(site, body, "text/html", EMBED_POLICY)


def _item(match: dict[str, Any]) -> str:
    course = match["course"]
    title = html.escape(render.plain(course["title"]))
    if is_web(course["url"]):
        address = html.escape(course["url"])
        title = f'<a href="{address}" target="_blank" rel="noopener nofollow">{title}</a>'
    said = (course["provider"], course["platform"], (course["open"] or {}).get("words"))
    facts = html.escape(render.plain(" · ".join(each for each in said if each)))
    language = html.escape(course["language"] or "")
    return f'<li><strong lang="{language}">{title}</strong><br><small>{facts}</small></li>'


@page
async def news(datasette: Any, request: Any, where: Asked) -> Any:
    """`?profile=...&since=2026-11-15&format=atom`: what is new for a shipped role."""
    site = site_of(datasette)
    overview = await site.overview()
    name = asking.text(request.args, "profile")
    try:
        who = ranking.shipped(name)
    except KeyError:
        raise WrongRequest("wrong_profile", value=name[:60]) from None
    newest = overview["data_date"] or site.day
    since = asking.day("since", asking.text(request.args, "since") or newest, newest)
    form = asking.text(request.args, "format") or _FORMS[0]
    if form not in _FORMS:
        options = ", ".join(_FORMS)
        raise WrongRequest("wrong_choice", name="format", options=options, value=form[:40])

    def work(index: Index) -> str:
        found = digest.collect(index, who, since, site.day, where.lang)
        return digest.written(found, form, index.db)

    about = ("digest", who.hash, since, site.day, where.lang, form)
    body = await site.ranker.ask(about, partial(work), await _version(site))
    kind = "application/atom+xml" if form == "atom" else "text/html"
    return _response(site, body, kind, OUR_POLICY)


_LANG = r"^(?:/(?:fr|en))?"
ROUTES = [(_LANG + r"/embed$", embed), (_LANG + r"/digest$", news)]
