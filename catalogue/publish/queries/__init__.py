"""The saved queries: what somebody who watches the market of online courses asks every week.

Lists end with a limit and follow an index; the counting ones read their table once.
"""

from __future__ import annotations

from catalogue.publish.queries import changes, courses, market, money, quality, sessions
from catalogue.publish.query import Query

QUERIES: tuple[Query, ...] = (
    *sessions.QUERIES,
    *changes.QUERIES,
    *courses.QUERIES,
    *market.QUERIES,
    *money.QUERIES,
    *quality.QUERIES,
)
