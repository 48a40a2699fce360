"""The API's endpoints, each declared once: what may be asked, what it answers, who works it out."""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs

from catalogue import reading
from catalogue.options import PROVIDER_KINDS
from catalogue.publish import metadata
from catalogue.schema import COURSE_TABLE
from catalogue.views import EVENTS
from recommend import match, profile, radar, rank
from recommend.profile import LANGUAGES, WEIGHTS
from recommend.web import asked as asking
from recommend.web import calendar_pages, radar_pages, ranking, shortlist, wish
from recommend.web import site as reads
from recommend.web.answering import platforms
from recommend.web.api_spec import (
    DAY,
    FLAG,
    NUMBER,
    ROOT,
    TEXT,
    WHOLE,
    Endpoint,
    Given,
    Param,
    Problem,
    Schema,
    listed,
    maybe,
    obj,
)
from recommend.web.site import Site

_MOST = 200


def _choice(name: str, meaning: str, options: Any) -> Param:
    return Param(name=name, meaning=meaning, schema={"type": "string", "enum": list(options)})


def _number(name: str, meaning: str, low: float, high: float, *, whole: bool = False) -> Param:
    kind = "integer" if whole else "number"
    return Param(name=name, meaning=meaning, schema={"type": kind, "minimum": low, "maximum": high})


def _words(name: str, meaning: str, longest: int, **more: Any) -> Param:
    return Param(
        name=name, meaning=meaning, schema={"type": "string", "maxLength": longest}, **more
    )


def _several(name: str, meaning: str, **each: Any) -> Param:
    items = {"type": "string", **each}
    return Param(name=name, meaning=meaning, schema={"type": "array", "items": items})


def _day(name: str, meaning: str) -> Param:
    return Param(name=name, meaning=meaning, schema=DAY)


_LANG = _choice("lang", "the language of sentences: fr or en", LANGUAGES)
_LIMIT = _number("limit", "how many at most; 50 by default", 1, _MOST, whole=True)


def meaning_of(name: str) -> str:
    """What a key of the profile means, in the profile's own words."""
    return str(profile.KEYS[name].metadata["meaning"])


def _profile(platforms: Any) -> list[Param]:
    """A whole profile: a shipped role, and what is changed of it."""
    tags = "topics {}, with commas between them"
    facts = [
        *(_words(name, meaning_of(name), most) for name, most in wish.WORDS.items()),
        *(_words(name, tags.format(name), wish.TAGS_LIMIT) for name in wish.TAGS),
        *(_number(n, meaning_of(key), low, high) for n, (key, low, high) in wish.FIGURES.items()),
        _several("reads", meaning_of("reads"), pattern=f"^{wish.LANGUAGE}$", example="fr"),
        _several("provider_kinds", meaning_of("provider_kinds"), enum=list(PROVIDER_KINDS)),
        _several("platforms", meaning_of("platforms"), enum=list(platforms)),
        *(_choice(name, meaning_of(name), options) for name, options in wish.CHOICES.items()),
    ]
    return [
        _choice("profile", "a role that comes with moocscout", profile.shipped()),
        *(attrs.evolve(each, droppable=True) for each in facts),
        *(_number(f"w_{name}", f"how much {name} counts; 1 as usual", 0, 5) for name in WEIGHTS),
        _LANG,
    ]


def _which(platforms: Any) -> list[Param]:
    """One course."""
    del platforms
    pattern = {"pattern": r"^[a-z][a-z0-9_]*$", "example": "fun", "maxLength": 40}
    name = Param(
        name="platform", meaning="a platform's name such as fun", place="path", required=True,
        schema={"type": "string", **pattern},
    )  # fmt: skip
    ref = Param(
        name="ref", meaning="the platform's identifier of the course", place="path", required=True,
        schema={"type": "string", "minLength": 1, "maxLength": 300},
    )  # fmt: skip
    return [name, ref]


async def _wished(site: Site, request: Any) -> wish.Wish:
    lang = request.args.get("lang") or LANGUAGES[0]
    found = wish.read(request.args, lang, await platforms(site.datasette))
    return found or wish.Wish(None, profile.Profile(language=lang), wish.SHORTLIST)


async def _profiles(site: Site, given: Given, request: Any) -> Any:
    del site, given, request
    every = map(ranking.shipped, profile.shipped())
    return {"profiles": [{"name": p.name, "hash": p.hash} | p.as_dict() for p in every]}


async def _recommend(site: Site, given: Given, request: Any) -> Any:
    asked = await _wished(site, request)
    lang = given.get("lang") or asked.profile.language or LANGUAGES[0]
    return await shortlist.ranked(site, asked, lang)


async def _explain(site: Site, given: Given, request: Any) -> Any:
    asked = await _wished(site, request)
    lang = given.get("lang") or asked.profile.language or LANGUAGES[0]
    key = (given["platform"], asking.unquoted(given["ref"]))
    if await site.read(lambda db: reads.course(db, *key, site.day)) is None:
        raise _no_course(key)

    def work(index: Any) -> Any:
        return rank.explain(index.db, index, asked.profile, site.day, key, lang=lang).as_json()

    about = ("explain", asked.profile.hash, asked.profile.name, site.day, key, lang)
    return await site.ranker.ask(about, work, await site.version())


async def _course(site: Site, given: Given, request: Any) -> Any:
    del request
    key = (given["platform"], asking.unquoted(given["ref"]))
    found = await site.read(lambda db: reads.course(db, *key, site.day))
    if found is None:
        raise _no_course(key)
    return found


def _no_course(key: tuple[str, str]) -> Problem:
    near = f"search for it: {ROOT}/search?q=nudge"
    return Problem(404, "No such course", f"{key[0]} has no course {key[1][:80]!r}; {near}")


async def _search(site: Site, given: Given, request: Any) -> Any:
    del request
    filters = reads.Filters(
        q=given.get("q", ""),
        language=given.get("language", ""),
        platform=given.get("platform", ""),
        open_on=site.day if given.get("open") else "",
    )
    found = await site.read(partial(reads.found, wanted=filters, limit=given.get("limit", 50)))
    return {"courses": found}


async def _changes(site: Site, given: Given, request: Any) -> Any:
    del request
    overview = await site.overview()
    since = given.get("since") or overview["data_date"] or site.day
    read = partial(
        reading.changes_since, day=since, what=given.get("what", ()),
        platform=given.get("platform"), limit=given.get("limit", 50),
    )  # fmt: skip
    return {"since": since, "changes": await site.read(read)}


async def _calendar(site: Site, given: Given, request: Any) -> Any:
    del request
    month = given.get("month") or site.day[:7]
    read = partial(calendar_pages.read, month=month, limit=given.get("limit", 50))
    return {"month": month, "dates": await site.read(read)}


async def _topics(site: Site, given: Given, request: Any) -> Any:
    del request
    lang = given.get("lang") or LANGUAGES[0]
    found = await radar_pages.standings(site)
    return {"day": site.day, "topics": [radar.as_json(each, lang) for each in found]}


async def _stats(site: Site, given: Given, request: Any) -> Any:
    del given, request
    overview = await site.overview()
    names = ("day", "version", "data_date", "listed", "open_now", "french", "free")
    return {name: overview[name] for name in names}


async def _platforms(site: Site, given: Given, request: Any) -> Any:
    del given, request
    overview = await site.overview()
    sources = {row["name"]: row for row in await site.read(metadata.sources)}
    return {"platforms": [sources[row["platform"]] | row for row in overview["platforms"]]}


_KINDS = {"TEXT": "string", "INTEGER": "integer", "REAL": "number"}


def _of_course() -> Schema:
    """A course as its table has it, JSON columns decoded."""
    columns = [c for c in COURSE_TABLE.columns if c.name not in ("hash", "stems")]
    plain = {c.name: _of_column(c) for c in columns}
    more = {"sessions": listed(obj({"ref": TEXT, "state": TEXT})), "history": listed(obj({}))}
    return obj(plain | more | {"link": maybe("string"), "platform_title": TEXT})


def _of_column(column: Any) -> Schema:
    if column.meaning.endswith(" JSON."):
        return {"type": ["array", "object", "null"], "description": column.meaning}
    kind = _KINDS[column.type.split()[0]]
    required = column.required or "primary key" in column.type
    words = metadata.described_column(column)
    return {"type": kind if required else [kind, "null"], "description": words}


_NAMED: Schema = obj({"platform": TEXT, "ref": TEXT, "title": TEXT})
_PART = obj({"kind": TEXT, "name": TEXT, "points": NUMBER, "label": TEXT, "evidence": listed({})})
_MATCH = obj(
    {
        "course": obj(
            {name: {} for name in match._SHOWN}
            | {"open": maybe("object"), "finish": maybe("string")}
        ),
        "score": NUMBER,
        "parts": listed(_PART),
        "unknown": listed(TEXT),
        "also": listed(
            obj({"platform": TEXT, "ref": TEXT, "url": TEXT} | {name: {} for name in rank.ALSO[3:]})
        ),
        "capped": FLAG,
        "loose": FLAG,
        "speaks_of": listed(TEXT),
    }
)
_RANKING = obj(
    {
        "profile": obj({"name": TEXT, "hash": TEXT}),
        "day": DAY,
        "model": TEXT,
        "data_date": maybe("string"),
        "matches": listed(_MATCH),
    }
)
_LINE = obj(
    {"id": WHOLE, "platform": TEXT, "ref": TEXT, "title": TEXT, "url": TEXT},
    provider=maybe("string"), language=maybe("string"), level=maybe("string"),
    weeks=maybe("number"), weeks_low=maybe("number"), weeks_high=maybe("number"),
    weekly_hours=maybe("number"), hours=maybe("number"), total_hours_low=maybe("number"),
    total_hours_high=maybe("number"), price=maybe("number"),
)  # fmt: skip


def _searched(platforms: Any) -> list[Param]:
    return [
        _words("q", "words that a course must hold, all of them", asking.TEXT_LIMIT),
        _words("language", "a language code such as fr", 12),
        _choice("platform", "a platform's name", platforms),
        _choice("open", "only courses to enrol in today: yes", asking.OPEN),
        _LIMIT,
    ]


def _changed(platforms: Any) -> list[Param]:
    what = _several("what", "only such events", enum=list(EVENTS))
    return [
        _day("since", "the first day; by default the newest crawl's"),
        what,
        _choice("platform", "a platform's name", platforms),
        _LIMIT,
    ]


def _dated(platforms: Any) -> list[Param]:
    del platforms
    form = {"pattern": r"^20[0-9]{2}-(0[1-9]|1[0-2])$", "example": "2026-12", "maxLength": 7}
    meaning = "a month such as 2026-12; by default today's"
    return [Param(name="month", meaning=meaning, schema={"type": "string", **form}), _LIMIT]


ENDPOINTS = (
    Endpoint(
        name="profiles", path="/profiles", summary="The roles that come with moocscout.",
        work=_profiles, answer=obj({"profiles": listed(obj({"name": TEXT, "hash": TEXT}))}),
    ),
    Endpoint(
        name="recommend", path="/recommend", summary="Courses for a profile, with every point.",
        work=_recommend, answer=_RANKING,
        params=lambda names: [
            *_profile(names), _number("top", "how many courses; 12 by default", 1, 50, whole=True)
        ],
    ),
    Endpoint(
        name="explain", path="/explain/{platform}/{ref}", finds=True, work=_explain,
        summary="Every point of one course for a profile.", answer=_RANKING,
        params=lambda names: [*_which(names), *_profile(names)],
    ),
    Endpoint(
        name="course", path="/courses/{platform}/{ref}", finds=True, work=_course,
        summary="One course whole: facts with their words, sessions, history.",
        answer=_of_course(), params=_which,
    ),
    Endpoint(
        name="search", path="/search", work=_search,
        summary="Courses that hold every word; the newest where none is asked.",
        answer=obj({"courses": listed(_LINE)}), params=_searched,
    ),
    Endpoint(
        name="changes", path="/changes", summary="What has happened since a day.", work=_changes,
        answer=obj({"since": DAY, "changes": listed(obj({"day": DAY, "what": TEXT}))}),
        params=_changed,
    ),
    Endpoint(
        name="calendar", path="/calendar", summary="First days and last days to enrol, by month.",
        work=_calendar, params=_dated,
        answer=obj({"month": TEXT, "dates": listed(obj({"day": DAY, "kind": TEXT}))}),
    ),
    Endpoint(
        name="topics", path="/topics", summary="How many courses teach each topic, and its weeks.",
        work=_topics, params=lambda _: [_LANG],
        answer=obj({"day": DAY, "topics": listed(obj({"topic": TEXT, "courses": WHOLE}))}),
    ),
    Endpoint(
        name="stats", path="/stats", summary="The catalogue in numbers.", work=_stats,
        answer=obj({"day": DAY, "version": WHOLE, "data_date": maybe("string"), "listed": WHOLE}),
    ),
    Endpoint(
        name="platforms", path="/platforms", summary="Where courses come from, and the terms.",
        work=_platforms, answer=obj({"platforms": listed(obj({"name": TEXT, "known": WHOLE}))}),
    ),
)  # fmt: skip
