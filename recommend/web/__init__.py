"""The Datasette plugin: our pages on top of the catalogue, found by its entry point.

It wakes only where a database called "catalogue" is served; elsewhere it changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

import markupsafe
from datasette import hookimpl

from catalogue.publish.metadata import DATABASE
from catalogue.reading import match_query
from recommend.web import answering, api, embed, method, pages, security
from recommend.web.asked import Asked, course_path, preferred
from recommend.web.jsonld import is_web
from recommend.web.site import PLUGIN, has_catalogue, site_of
from recommend.web.static_hash import address

STYLE = address("site.css", PLUGIN)
DATA_STYLE = address("data.css", PLUGIN)
_LONGEST_LIST = 12
_LONGEST_ADDRESS = 36
Hook = TypeVar("Hook", bound=Callable[..., Any])


def hook(function: Hook) -> Hook:
    """An implementation of one of Datasette's hooks."""
    return cast("Hook", hookimpl(function))


def hook_last(function: Hook) -> Hook:
    """One that is called after all others."""
    return cast("Hook", hookimpl(function, trylast=True))


@hook_last
def prepare_connection(conn: Any, database: str, datasette: Any) -> None:
    """SQL functions of the saved queries.

    `escape_fts` is what Datasette makes of the words in its search box before it matches them:
    ours also looks for their stems, so that "nudges" finds "nudge" there too. Called last, it
    replaces Datasette's own.
    """
    if database != DATABASE:
        return
    conn.create_function("match_query", 1, _match, deterministic=True)
    conn.create_function("escape_fts", 1, _match, deterministic=True)
    conn.create_function("today", 0, lambda: site_of(datasette).day)


def _match(words: object) -> str:
    return match_query(str(words or "")) or '""'


@hook
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Our pages."""
    return (
        [*api.ROUTES, *embed.ROUTES, *method.ROUTES, *pages.ROUTES]
        if has_catalogue(datasette)
        else []
    )


def _templates(datasette: Any) -> Any:
    """Datasette's own templates, under their name in 0.65 or in 1.0."""
    older = getattr(datasette, "jinja_env", None)
    return datasette._jinja_env if older is None else older


@hook
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Security headers on every answer."""
    if not has_catalogue(datasette):
        return lambda app: app
    policy = security.datasette_policy(_templates(datasette))
    public = site_of(datasette).public
    return lambda app: security.guarded(app, policy, public=public)


@hook
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """The style sheet's address for error pages, which Datasette renders without our variables."""
    env.globals["site_style"] = STYLE if has_catalogue(datasette) else None
    env.filters["labelled"] = labelled


_UNLABELLED = re.compile(r'name="_filter_(column|op|value)(?:_\d+)?"')


def labelled(body: markupsafe.Markup) -> markupsafe.Markup:
    """Datasette's table page with names for its filter fields, and its column list in reach.

    Harvested words cannot look like an attribute: their quotes are escaped.
    """
    named = _UNLABELLED.sub(lambda field: f'{field[0]} aria-label="Filter: {field[1]}"', body)
    reached = named.replace(
        '<dl class="column-descriptions">', '<dl class="column-descriptions" tabindex="0">'
    )
    return markupsafe.Markup(reached)  # noqa: S704 - it was markup already


@hook
def extra_template_vars(template: str, request: Any, datasette: Any) -> dict[str, Any]:
    """The language of the header and footer; our own pages have worked out theirs already."""
    if not has_catalogue(datasette):
        return {"moocscout": False, "list_order": list_order}
    shared = {"moocscout": True, "style": STYLE, "data_style": DATA_STYLE, "list_order": list_order}
    if template in pages.TEMPLATES:
        return shared
    return (
        shared
        | answering.language_context(Asked(_language(request), "/"))
        | {"list_order": list_order}
    )


def _language(request: Any) -> str:
    """The language of the frame around Datasette's own pages, as the browser prefers."""
    return preferred(request.headers.get("accept-language", "") if request else "")


_BRIEF = (
    *("id", "title", "provider", "platform", "language", "level", "kind", "pace", "weeks"),
    *("weekly_hours", "hours", "access", "price", "currency", "certificate", "rating", "skills"),
    *("subjects", "url", "first_seen", "last_changed", "withdrawn"),
)
"""Columns that read well in a list of courses, in the order to read them."""


def list_order(columns: list[dict[str, Any]], brief: bool) -> list[int]:
    """Where the columns to show stand; `brief`: in a list of courses."""
    at = {column["name"]: place for place, column in enumerate(columns)}
    return [at[name] for name in _BRIEF if name in at] if brief else list(at.values())


@hook
def render_cell(row: Any, value: Any, column: str, database: str) -> Any:
    """Titles lead to our course page, addresses leave politely, JSON lists read as lists."""
    if database != DATABASE or not isinstance(value, str):
        return None
    names = row.keys() if row is not None else ()
    if column == "title" and {"platform", "ref"} <= set(names):
        return _anchor(course_path(str(row["platform"]), str(row["ref"])), value)
    if is_web(value) and not any(char.isspace() for char in value):
        return _anchor(value, _short(value), rel="noopener nofollow")
    if value.startswith("[") and value.endswith("]"):
        return _list(value)
    return None


def _anchor(href: str, text: str, rel: str | None = None) -> markupsafe.Markup:
    rel_words = markupsafe.Markup(' rel="{}"').format(rel) if rel else ""
    return markupsafe.Markup('<a href="{}"{}>{}</a>').format(href, rel_words, text)


def _short(address: str) -> str:
    """An address as a cell shows it: host and the beginning of its path."""
    bare = address.partition("://")[2].removeprefix("www.")
    return bare if len(bare) <= _LONGEST_ADDRESS else bare[: _LONGEST_ADDRESS - 1] + "…"


def _list(value: str) -> markupsafe.Markup | None:
    try:
        items = json.loads(value)
    except ValueError:
        return None
    if not all(isinstance(item, str) for item in items):
        return None
    more = " …" if len(items) > _LONGEST_LIST else ""
    return markupsafe.escape(" · ".join(items[:_LONGEST_LIST]) + more)
