"""The topic radar as a page, and its topics wherever one browses or looks for a way out."""

from __future__ import annotations

import asyncio
from typing import Any

from catalogue.errors import MoocscoutError
from catalogue.reading import Row
from recommend import radar
from recommend.radar import Standing
from recommend.web import ranking
from recommend.web.answering import answer, page
from recommend.web.asked import Asked
from recommend.web.site import Site, site_of

_SUGGESTED = 8
_PATIENCE = 1.0
"""Seconds that other pages wait for the topics, worked out once per data and day."""
_MOVING = 8


async def standings(here: Site) -> list[Standing]:
    """Every topic as it stands today, the most taught first."""
    found: list[Standing] = await here.ranker.ask(
        ("radar", here.day),
        lambda index: radar.standings(index, ranking.roles("fr"), here.day),
        await here.version(),
    )
    return found


async def standing(here: Site, name: str) -> Standing | None:
    """One topic by the name in its address."""
    return next((each for each in await standings(here) if each.topic.name == name), None)


async def browsable(here: Site, lang: str, most: int) -> list[Row]:
    """The most taught topics, for a list of links; none while they are being worked out."""
    try:
        found = await asyncio.wait_for(standings(here), _PATIENCE)
    except (MoocscoutError, TimeoutError):
        return []
    return [radar.as_json(each, lang) for each in found[:most] if each.courses]


async def suggested(here: Site, lang: str) -> list[Row]:
    """Topics to offer to somebody whose profile finds nothing."""
    return await browsable(here, lang, _SUGGESTED)


@page
async def topics(datasette: Any, request: Any, where: Asked) -> Any:
    """How many courses teach each topic, what rises and fades, what is missing."""
    here = site_of(datasette)
    found = await standings(here)
    roles = ranking.roles(where.lang)
    missing: dict[str, Row] = {}
    for role, each in radar.gaps(found, roles):
        row = missing.setdefault(each.topic.name, radar.as_json(each, where.lang) | {"wanted": []})
        row["wanted"].append(role)
    return await answer(
        datasette,
        request,
        where,
        "topics.html",
        topics=[radar.as_json(each, where.lang) for each in found if each.courses],
        rising=[radar.as_json(each, where.lang) for each in radar.rising(found)[:_MOVING]],
        fading=[radar.as_json(each, where.lang) for each in radar.fading(found)[:_MOVING]],
        gaps=sorted(missing.values(), key=lambda row: (row["courses"], row["label"])),
        most=max((each.courses for each in found), default=0),
        peak=max((max(*each.new, *each.gone) for each in found), default=0),
    )


ROUTES = [(r"^(?:/(?:fr|en))?/topics$", topics)]
