"""What a saved query is: its name, SQL and the meaning of what goes in and comes out."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

import attrs

from catalogue.sessions import OPEN_STATES

DAY = "with asked (day) as (select coalesce(nullif(trim(:day), ''), today()))"
"""How a query begins that answers for a day: blank means today."""

TODAY = "(select day from asked)"
"""That day within the query: SQLite works it out once, and follows an index with it."""

OPEN = "(" + ", ".join(repr(state) for state in OPEN_STATES) + ")"


@attrs.frozen(kw_only=True)
class Query:
    """A question that the catalogue answers at an address of its own.

    Parameters arrive as text, blank ones as ''. The SQL may use `today()` and `match_query()`.
    """

    name: str
    title: str
    title_fr: str
    description: str
    sql: str
    columns: Mapping[str, str]
    """For each column of the answer, in order, its meaning."""
    params: Mapping[str, str] = attrs.field(factory=dict)
    """For each parameter, what may be typed and what blank means."""

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
        french = f'<p lang="fr">{html.escape(self.title_fr)}</p>'
        params = "".join(
            f"<li><code>{name}</code>: {html.escape(meaning)}</li>"
            for name, meaning in self.params.items()
        )
        words = f"{french}<p>{html.escape(self.description)}</p>"
        return words + (f"<ul>{params}</ul>" if params else "")


COURSE = {
    "title": "The course's title.",
    "provider": "Who offers it.",
    "language": "Main language, a BCP 47 code.",
    "platform": "Name of the platform.",
    "ref": "The platform's own identifier of the course.",
}
"""Columns that name a course in an answer."""

COURSE_SQL = "c.title, c.provider, c.language, c.platform, c.ref"
DAY_PARAM = {"day": "a day such as 2026-11-22; blank means today"}
LANGUAGE_PARAM = {"language": "a language code such as fr; blank means any"}
LIMIT = "limit min(max(cast(coalesce(nullif(trim(:limit), ''), 60) as integer), 1), 1000)"
LIMIT_PARAM = {"limit": "how many rows at most; blank means 60, 1000 is the most"}
PLATFORM_PARAM = {"platform": "a platform's name such as fun; blank means any"}
