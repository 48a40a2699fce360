"""A short list for somebody else's page.

The one address of ours that may stand in a frame; it holds no script and no style.
"""

from __future__ import annotations

import html
from typing import Any

from recommend import render
from recommend.web import wish
from recommend.web.answering import page, platforms, send
from recommend.web.asked import Asked, WrongRequest
from recommend.web.formats import curly
from recommend.web.jsonld import is_web
from recommend.web.shortlist import ranked
from recommend.web.site import site_of

EMBED_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"


@page
async def embed(datasette: Any, request: Any, where: Asked) -> Any:
    """`?profile=...` and all that the recommend page takes: a bare list of links."""
    site = site_of(datasette)
    titles = await platforms(datasette)
    asked = wish.read(request.args, where.lang, titles)
    if asked is None:
        raise WrongRequest("wrong_profile", value="")
    found = await ranked(site, asked, where.lang)
    items = "".join(_item(match, titles) for match in found["matches"])
    named = asked.profile.role or ", ".join(asked.profile.wants) or "moocscout"
    title = html.escape(curly(named))
    body = (
        f'<!DOCTYPE html>\n<html lang="{where.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme"'
        f' content="light dark"><title>{title}</title></head>'
        f"<body><main><h1>{title}</h1><ol>{items}</ol></main></body></html>\n"
    )
    return await send(datasette, where, body.encode(), "text/html", policy=EMBED_POLICY)


def _item(match: dict[str, Any], platforms: dict[str, str]) -> str:
    course = match["course"]
    title = html.escape(render.plain(course["title"]))
    if is_web(course["url"]):
        address = html.escape(course["url"])
        title = f'<a href="{address}" target="_blank" rel="noopener nofollow">{title}</a>'
    site = platforms.get(course["platform"], course["platform"])
    said = (course["provider"], site, curly((course["open"] or {}).get("words") or ""))
    facts = html.escape(render.plain(" · ".join(each for each in said if each)))
    language = html.escape(course["language"] or "")
    return f'<li><strong lang="{language}">{title}</strong><br><small>{facts}</small></li>'


_LANG = r"^(?:/(?:fr|en))?"
ROUTES = [(_LANG + r"/embed$", embed)]
