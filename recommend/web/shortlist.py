"""The shortlist: cards with reasons, the profile as a form, what moved, why not."""

from __future__ import annotations

from functools import partial
from typing import Any

from catalogue.options import PROVIDER_KINDS
from catalogue.reading import Row
from recommend import wording
from recommend.profile import LANGUAGES, WEIGHTS, Profile
from recommend.web import asked as asking
from recommend.web import facts, marking, moves, radar_pages, ranking, whynot
from recommend.web.answering import answer, page_of_wish, platforms
from recommend.web.api_spec import ROOT
from recommend.web.asked import Asked
from recommend.web.moves import key_of
from recommend.web.site import Site, passages, site_of
from recommend.web.texts import Words
from recommend.web.wish import FIGURES, TAGS, WEIGHT_STEPS, WORDS, Wish, has_address

_FAR = 50
"""How many courses are looked through for the nearest way out."""


@page_of_wish
async def recommend(datasette: Any, request: Any, where: Asked, wish: Wish) -> Any:
    """The shortlist for a profile, with its reasons; the profile beside it as a form."""
    if "form" in request.args:
        return _redirect(where.link(f"/recommend?{_asked(wish)}"))
    context = await _context(site_of(datasette), request, where, wish)
    titles = await platforms(datasette)
    return await answer(
        datasette, request, where, "recommend.html", platforms=titles, api_root=ROOT, **context
    )


def _asked(wish: Wish) -> str:
    """The canonical address parameters; one with nothing to say still shows its form."""
    return wish.query or "wants=none"


def _redirect(address: str) -> Any:
    from datasette.utils.asgi import Response

    return Response.redirect(address)


async def ranked(here: Site, wish: Wish, lang: str, top: int | None = None) -> Row:
    """The ranking for a wish as JSON values."""
    version = await here.version()
    return await here.ranker.rank(wish.profile, here.day, top or wish.top, lang, version)


async def _context(here: Site, request: Any, where: Asked, wish: Wish) -> Row:
    """All that the page shows."""
    found = await ranked(here, wish, where.lang)
    before = found
    if wish.changed and wish.base:
        before = await ranked(here, Wish(wish.base, wish.base, wish.top), where.lang)
    words = Words(where.lang)
    return {
        "ranking": found,
        "wish": wish,
        "profile": wish.profile,
        "uncovered": _uncovered(found, words),
        "cards": await _cards(here, found["matches"], before["matches"], words),
        "changed": wish.changed,
        "left": moves.left(found["matches"], before["matches"]) if found["matches"] else [],
        "ways_out": await _ways_out(here, wish, words, found["matches"]),
        "suggested": [] if found["matches"] else await radar_pages.suggested(here, where.lang),
        "known": (await here.overview())["listed"],
        "roles": ranking.roles(where.lang),
        "why": await _why_not(here, request, where, wish),
        "form": _form(words, wish.profile),
    }


def _uncovered(found: Row, words: Words) -> str | None:
    """The wishes that no course of the list speaks of, in a sentence."""
    if not found["uncovered"] or not found["matches"]:
        return None
    return wording.phrase(words.lang, "uncovered", wishes=", ".join(found["uncovered"]))


def _form(words: Words, profile: Profile) -> Row:
    """What the form's fields offer; a language that only the address named is one more box."""
    languages = dict.fromkeys((*LANGUAGES, *profile.reads))
    return {
        "tags": TAGS,
        "words": WORDS,
        "figures": FIGURES,
        "kinds": [(kind, wording.PROVIDER_KINDS[kind][words.lang]) for kind in PROVIDER_KINDS],
        "languages": [(code, wording.language(words.lang, code)) for code in languages],
        "weights": [(name, wording.LABELS[name][words.lang]) for name in WEIGHTS],
        "steps": [
            (value, words("p_times", n="½" if value == 0.5 else f"{value:g}"))
            for value in WEIGHT_STEPS
        ],
    }


async def _cards(here: Site, matches: list[Row], before: list[Row], words: Words) -> list[Row]:
    texts = await here.read(partial(passages, keys=[key_of(match) for match in matches]))
    places = moves.moved(matches, before)
    return [
        facts.card(match, words)
        | {
            "key": ":".join(key_of(match)),
            "moved": places[key_of(match)],
            "excerpt": marking.excerpt(texts.get(key_of(match)), marking.terms_of(match["parts"])),
        }
        for match in matches
    ]


async def _ways_out(here: Site, wish: Wish, words: Words, matches: list[Row]) -> list[Row]:
    """The nearest ways out, each tried: its list has a course that keeps to the changed limit."""
    if not any(moves.ways_out(matches, [], wish.profile, words)):
        return []
    deeper = (await ranked(here, wish, words.lang, _FAR))["matches"]
    found = []
    for ways in moves.ways_out(matches, deeper, wish.profile, words):
        for way in ways:
            changed = wish.having(**way.changes)
            after = await ranked(here, changed, words.lang)
            if any(way.keeps(match["course"], changed.profile) for match in after["matches"]):
                found.append({"said": way.said, "go": way.go, "query": changed.query})
                break
    return found


async def _why_not(here: Site, request: Any, where: Asked, wish: Wish) -> Row | None:
    """The answer to ?why=: a course explained, some to choose from, or nothing found."""
    asked = asking.text(request.args, "why")
    if not asked:
        return None
    key, choices = await here.read(partial(whynot.meant, asked=asked))
    if key is None:
        return {"asked": asked, "choices": choices}
    found = await here.ranker.ask(
        ("why not", wish.profile.hash, here.day, wish.top, key, where.lang),
        lambda index: whynot.why_not(index, wish.profile, here.day, wish.top, key, where.lang),
        await here.version(),
    )
    changes = [each | {"query": _query(wish, each)} for each in found.get("changes", ())]
    return {
        "asked": asked, "course": found, "platform": key[0], "ref": key[1], "changes": changes
    }  # fmt: skip


def _query(wish: Wish, change: Row) -> str:
    """The address parameters of a change; of one that no address can hold, those of the page."""
    key, value = change["key"], change["value"]
    return wish.with_(**{key: value}) if has_address(key, value) else wish.query


ROUTES = [(r"^(?:/(?:fr|en))?/recommend$", recommend)]
