"""The Datasette plugin: our pages on top of the catalogue, found by its entry point.

It wakes only where a database called "catalogue" is served; elsewhere it changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

import markupsafe
from datasette import hookimpl

from catalogue.publish import charts
from catalogue.publish.metadata import DATABASE
from catalogue.publish.queries import QUERIES
from catalogue.publish.query import Query
from catalogue.reading import match_query
from recommend.web import answering, api, api_page, csv_guard, embed, method, news, pages, security
from recommend.web.answering import STYLE
from recommend.web.api_spec import ROOT
from recommend.web.asked import Asked, course_path, preferred
from recommend.web.formats import curly
from recommend.web.jsonld import is_web
from recommend.web.site import PLUGIN, has_catalogue, site_of, templates
from recommend.web.static_hash import address

_PARTS = (api, api_page, embed, news, method, pages)
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
        [route for part in _PARTS for route in part.ROUTES] + [pages.NOWHERE]
        if has_catalogue(datasette)
        else []
    )


@hook
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Security headers on every answer."""
    if not has_catalogue(datasette):
        return lambda app: app
    policy = security.datasette_policy(templates(datasette))
    public = site_of(datasette).public
    return lambda app: security.guarded(csv_guard.harmless(app), policy, public=public)


@hook
def skip_csrf(datasette: Any, scope: dict[str, Any]) -> bool | None:
    """The API itself says that it takes no POST: a page about cookies is no answer of its."""
    return True if has_catalogue(datasette) and scope["path"].startswith(f"{ROOT}/") else None


@hook
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """The style sheet's address for error pages, which Datasette renders without our variables."""
    env.globals["site_style"] = STYLE if has_catalogue(datasette) else None
    env.filters["labelled"] = labelled
    env.filters["curly"] = curly


_MEANINGS = re.compile(r'<dl class="column-descriptions">.*?</dl>', re.DOTALL)
_UNLABELLED = re.compile(r'name="_filter_(column|op|value)(?:_\d+)?"')


def labelled(body: markupsafe.Markup) -> markupsafe.Markup:
    """Datasette's table page with names for its filter fields, and its column list folded.

    Harvested words cannot look like an attribute: their quotes are escaped.
    """
    named = _UNLABELLED.sub(lambda field: f'{field[0]} aria-label="Filter: {field[1]}"', body)
    folded = _MEANINGS.sub(
        r'<details class="meanings"><summary>What the columns mean</summary>\g<0></details>', named
    )
    return markupsafe.Markup(folded)  # noqa: S704 - it was markup already


@hook
def extra_template_vars(request: Any, datasette: Any) -> dict[str, Any]:
    """The language of the header and footer around Datasette's own pages."""
    if not has_catalogue(datasette):
        return {"moocscout": False} | _TABLE_WORDS
    shared = {"moocscout": True, "style": STYLE, "data_style": DATA_STYLE}
    where = Asked(_language(request), "/", answering.base(datasette))
    return shared | answering.language_context(where) | _TABLE_WORDS


def _language(request: Any) -> str:
    """The language of the frame around Datasette's own pages, as the browser prefers."""
    return preferred(request.headers.get("accept-language", "") if request else "")


_BRIEF = (
    *("id", "title", "provider", "platform", "language", "level", "kind", "pace"),
    *(
        "length_weeks",
        "weekly_hours",
        "hours",
        "access",
        "price",
        "currency",
        "certificate",
        "rating",
        "skills",
    ),
    *("subjects", "url", "first_seen", "last_changed", "withdrawn"),
)
"""Columns that read well in a list of courses, in the order to read them."""


def list_order(columns: list[dict[str, Any]], brief: bool) -> list[int]:
    """Where the columns to show stand; `brief`: in a list of courses."""
    at = {column["name"]: place for place, column in enumerate(columns)}
    return [at[name] for name in _BRIEF if name in at] if brief else list(at.values())


def table_rows(rows: Any, order: list[int]) -> markupsafe.Markup:
    """The rows of one of Datasette's tables, each cell with its column's name for narrow screens.

    Written here because a template takes three times as long over some thousand cells.
    """
    lines = []
    for row in rows:
        cells = getattr(row, "cells", row)
        lines.append("<tr>" + "".join(_cell(cells[at]) for at in order) + "</tr>\n")
    return markupsafe.Markup("".join(lines))  # noqa: S704 - each cell is escaped


def _cell(cell: dict[str, Any]) -> str:
    label, name = _column(cell["column"])
    return (
        f'<td data-label="{label}" class="col-{name} type-{cell["value_type"]}">'
        f"{markupsafe.escape(cell['value'])}</td>"
    )


@lru_cache(maxsize=1024)
def _column(name: str) -> tuple[str, str]:
    """A column's name as an attribute holds it, and as a class."""
    from datasette.utils import to_css_class

    return str(markupsafe.escape(name)), to_css_class(name)


def saved_query(name: str | None) -> Query | None:
    """One of our saved queries; None for another's. Datasette 0.65 and 1.0 call it differently."""
    return next((each for each in QUERIES if each.name == name), None)


def saved_chart(query: Query, columns: list[str], rows: Any) -> markupsafe.Markup | None:
    """The chart of a saved query's answer; None where it has none, or nothing to draw.

    `rows` are the cells as the page shows them, all that both Datasettes give a template.
    """
    if query.chart is None:
        return None
    answer = [dict(zip(columns, map(_shown, row), strict=True)) for row in rows]
    drawn = charts.svg(query.chart, answer, query.title)
    return markupsafe.Markup(drawn) if drawn else None  # noqa: S704 - its words are escaped


def _shown(cell: Any) -> str | None:
    """The words or the figure that a cell shows."""
    words = cell.striptags() if isinstance(cell, markupsafe.Markup) else str(cell)
    return words.strip() or None


_TABLE_WORDS = {
    "list_order": list_order,
    "table_rows": table_rows,
    "saved_query": saved_query,
    "saved_chart": saved_chart,
}


@hook
def render_cell(row: Any, value: Any, column: str, database: str, datasette: Any) -> Any:
    """Titles lead to our course page, addresses leave politely, lists and figures read as such."""
    if database != DATABASE:
        return None
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if not isinstance(value, str):
        return None
    names = row.keys() if row is not None else ()
    if column == "title" and {"platform", "ref"} <= set(names):
        path = answering.base(datasette) + course_path(str(row["platform"]), str(row["ref"]))
        return _anchor(path, value)
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
