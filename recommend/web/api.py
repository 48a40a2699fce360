"""The API: the catalogue and the ranking as JSON, read-only, at addresses that stay.

Every endpoint is declared in `api_endpoints`; routes, checks and the OpenAPI document follow it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from catalogue.errors import MoocscoutError
from recommend.web import api_spec as spec
from recommend.web.answering import base, platforms
from recommend.web.api_endpoints import ENDPOINTS
from recommend.web.api_spec import ROOT, Endpoint, Problem
from recommend.web.asked import WrongRequest
from recommend.web.permission import may_view
from recommend.web.security import OUR_POLICY
from recommend.web.site import Site, site_of
from recommend.web.texts import Words

_CACHE_SECONDS = 300


Route = Callable[[Any, Any], Awaitable[Any]]
_log = logging.getLogger(__name__)


def _guarded(work: Route) -> Route:
    """A route that says whatever goes wrong as a problem; what nobody foresaw is logged."""

    async def route(datasette: Any, request: Any) -> Any:
        try:
            await _let_in(datasette, request)
            return await work(datasette, request)
        except Problem as problem:
            return _said(problem)
        except WrongRequest as error:
            words = Words("en")(error.key, **error.values)
            return _said(Problem(400, "A parameter is wrong", words))
        except MoocscoutError as error:
            path = site_of(datasette).path
            told = str(error).replace(str(path), path.name)
            return _said(Problem(503, "Not ready", f"{told}; try again in a minute"))
        except Exception:  # noqa: BLE001 - logged, and a program gets no page
            # The address without its query: a profile is nobody's to keep.
            _log.exception("%s", request.path)
            return _said(Problem(500, "A mistake of ours", _MISTAKE))

    return route


_MISTAKE = "this request should have been answered; tell the owner of this site its address"


def _route(endpoint: Endpoint) -> Route:
    async def route(datasette: Any, request: Any) -> Any:
        site = site_of(datasette)
        given = endpoint.read(list(await platforms(datasette)), request.args, request.url_vars)
        tag = await _tag(site, request)
        held = request.headers.get("if-none-match", "").strip()
        if _names(held, tag):
            return _response(site, None, tag)
        found = await endpoint.work(site, given, request)
        return _response(site, None if held == "*" else found, tag)

    return _guarded(route)


async def _let_in(datasette: Any, request: Any) -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        raise Problem(405, "Read only", "ask with GET; nothing can be changed here")
    if not await may_view(datasette, request.actor):
        raise Problem(403, "Not for you", "ask the owner of this instance for access")


async def _tag(site: Site, request: Any) -> str:
    """Differs when the answer might: by address, data and day."""
    made_of = (await site.version(), site.day, request.path, request.query_string)
    return f'W/"{hashlib.blake2b(repr(made_of).encode(), digest_size=8).hexdigest()}"'


def _names(held: str, tag: str) -> bool:
    """Is the tag among those that a program holds, weak or strong (RFC 9110)?"""
    opaque = tag.removeprefix("W/")
    return any(each.strip().removeprefix("W/") == opaque for each in held.split(","))


def _response(site: Site, found: Any, tag: str | None) -> Any:
    from datasette.utils.asgi import Response

    caching = f"public, max-age={_CACHE_SECONDS}" if site.public else "no-cache"
    headers = {"Content-Security-Policy": OUR_POLICY, "Cache-Control": caching}
    if tag:
        headers["ETag"] = tag
    if found is None:
        return Response("", status=304, headers=headers)
    body = json.dumps(found, ensure_ascii=False)
    return Response(body, headers=headers, content_type="application/json; charset=utf-8")


def _said(problem: Problem) -> Any:
    from datasette.utils.asgi import Response

    headers = {"Content-Security-Policy": OUR_POLICY, "Cache-Control": "no-store"}
    if problem.status == 405:
        headers["Allow"] = "GET, HEAD, OPTIONS"
    return Response(
        json.dumps(problem.body, ensure_ascii=False), status=problem.status, headers=headers,
        content_type="application/problem+json",
    )  # fmt: skip


async def openapi(datasette: Any, request: Any) -> Any:
    """The document of all endpoints."""
    del request
    site = site_of(datasette)
    found = spec.document(ENDPOINTS, list(await platforms(datasette)), base(datasette))
    return _response(site, found, None)


async def nowhere(datasette: Any, request: Any) -> Any:
    """An address of the API that is none."""
    del datasette, request
    known = ", ".join(each.path for each in ENDPOINTS)
    return _said(Problem(404, "No such address", f"there is {known} and /openapi.json"))


ROUTES = [
    (rf"^{ROOT}/openapi\.json$", _guarded(openapi)),
    *((endpoint.route, _route(endpoint)) for endpoint in ENDPOINTS),
    (rf"^{ROOT}(?:/.*)?$", nowhere),
]
