"""What visitors would else wait for, worked out as the site starts."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from catalogue.errors import MoocscoutError
from recommend.web import around, radar_pages, ranking
from recommend.web.site import has_catalogue, site_of


async def warm(datasette: Any) -> None:
    """The numbers and topics of the home page, and each role's places for the course pages.

    One thing after the other, so that visitors who are there already hardly notice.
    """
    if not has_catalogue(datasette):
        return
    here = site_of(datasette)
    with suppress(MoocscoutError):
        await here.overview()
        await radar_pages.standings(here)
        for role in ranking.roles("fr"):
            await around.places(here, role)
