"""What a saved query is: its name, SQL and the meaning of what goes in and comes out."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

import attrs

from catalogue.sessions import OPEN_STATES, state_sql

NBSP = "\u00a0"
DAY = "with asked (day) as (select coalesce(nullif(trim(:day), ''), today()))"
"""How a query begins that answers for a day: blank means today."""

TODAY = "(select day from asked)"
"""That day within the query: SQLite works it out once, and follows an index with it."""

STATE = state_sql(TODAY)
"""The state of session s on that day."""

OPEN = "(" + ", ".join(repr(state) for state in OPEN_STATES) + ")"


# The plus keeps SQLite from walking down the index of all that is still listed, which is no order
# that a list wants.
STILL = "+c.withdrawn is null"
"""Course c is still listed."""
LISTED = f"{STILL} and s.withdrawn is null"
"""So are course c and its session s."""
FRENCH = "(c.language = 'fr' or c.language like 'fr-%')"
LANGUAGE = "(:language = '' or c.language = :language or c.language like :language || '-%')"
PLATFORM = "(:platform = '' or c.platform = :platform)"


@attrs.frozen(kw_only=True)
class Chart:
    """How an answer is drawn: a bar for each row, as long as its values together."""

    label: tuple[str, ...]
    """Columns whose words name a bar."""
    values: tuple[str, ...]
    """Columns of figures that follow one another in a bar: of one unit, none part of another."""


@attrs.frozen(kw_only=True)
class Query:
    """A question that the catalogue answers at an address of its own.

    Parameters arrive as text, blank ones as ''. The SQL may use `today()` and `match_query()`.
    """

    name: str
    title: str
    title_fr: str
    description: str
    description_fr: str
    sql: str
    columns: Mapping[str, str]
    """For each column of the answer, in order, its meaning."""
    params: Mapping[str, str] = attrs.field(factory=dict)
    """For each parameter, what may be typed and what blank means."""
    chart: Chart | None = None
    """How it is drawn, where a person would rather look than read."""

    def as_metadata(self) -> dict[str, Any]:
        """As Datasette's metadata writes a saved query."""
        return {
            "title": self.title,
            "description_html": self._description(),
            "sql": self.sql,
            "params": list(self.params),
            "columns": dict(self.columns),
            "hide_sql": True,
        }

    def _description(self) -> str:
        french = (
            f'<p lang="fr"><strong>{html.escape(self.title_fr)}</strong>'
            f"{NBSP}: {html.escape(self.description_fr)}</p>"
        )
        params = "".join(
            f"<li><code>{name}</code>: {html.escape(meaning)}</li>"
            for name, meaning in self.params.items()
        )
        words = f"<p>{html.escape(self.description)}</p>{french}"
        return words + (f"<ul>{params}</ul>" if params else "")


COURSE = {
    "title": "The course's title.",
    "provider": "Who offers it.",
    "language": "Main language, a BCP 47 code.",
    "platform": "Name of the platform.",
    "ref": "The platform's own identifier of the course.",
}
"""Columns that name a course in an answer."""

CHANGE = {
    "day": "Day of the crawl that saw it.",
    "field": "The fact that changed.",
    "old": "What was said before.",
    "new": "What is said now.",
}
SESSION = {
    "state": "State of the session on the day asked.",
    "start": "First day of teaching.",
    "enrolment_end": "Last day on which one can enrol; empty when none is stated.",
}
OFFER = {
    "weekly_hours": "Hours a week.",
    "length_weeks": "How many weeks: the middle of a range.",
    "access": "What one pays to follow the course.",
    "price": "Price of following it; 0 means free.",
    "currency": "ISO 4217 code of the price.",
}
OFFER_SQL = "c.weekly_hours, c.length_weeks, c.access, c.price, c.currency"
COURSE_SQL = "c.title, c.provider, c.language, c.platform, c.ref"
DAY_PARAM = {"day": "a day such as 2026-11-22; blank means today"}
LANGUAGE_PARAM = {"language": "a language code such as fr; blank means any"}
LIMIT = "limit min(max(cast(coalesce(nullif(trim(:limit), ''), 60) as integer), 1), 1000)"
LIMIT_PARAM = {"limit": "how many rows at most; blank means 60, 1000 is the most"}
DAYS = "cast(coalesce(nullif(trim(:days), ''), {default}) as integer)"
"""How many days the parameter asks for."""
SINCE = f"(select date(day, '-' || {DAYS} || ' days') from asked)"
"""The day so many days before the day asked; needs `default`. Worked out once, too."""
PLATFORM_PARAM = {"platform": "a platform's name such as fun; blank means any"}
