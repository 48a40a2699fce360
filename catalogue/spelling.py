"""One spelling for words that British and American English write differently.

No kept library does this for search: the lists that exist (VarCon, of which the best is made) are
of every word, and a Snowball stemmer takes "optimization" and "optimisation" for two words, the
first of which it then takes for "optimal". The British way is taken where French shares it:
organisation, analyse, centre, catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_Z = re.compile(
    r"(?<=\w{3}[iy])(?<!\bresi)(?<!\bupsi)(?<!\bcapsi)(?<!oversi)(?<!ownsi)(?<!rightsi)(?<!undersi)"
    r"z(?=(?:e[ds]?|ers?|ing|ations?|ational|able)$)"
)
"""Organize, analyzing; but neither a size nor what is resized."""
_OUR = (
    "arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab misdemean neighb od"
    " parl ranc rig rum sav splend tum val vap vig"
)
_OUR_ENDS = (
    "", "s", "ed", "ing", "able", "ably", "al", "ally", "er", "ers", "ful", "fully", "hood",
    "hoods", "ism", "ist", "ists", "ite", "ites", "less", "ly",
)  # fmt: skip
_DOUBLED = "cancel channel counsel fuel label level model panel signal total travel tunnel"
_DOUBLED_ENDS = ("ed", "er", "ers", "ing", "ings", "or", "ors")
_ENDS = ("", "s")
_AMERICAN = {
    "aging": "ageing", "aluminum": "aluminium", "analog": "analogue", "archeology": "archaeology",
    "artifact": "artefact", "caliber": "calibre", "catalog": "catalogue", "center": "centre",
    "centered": "centred", "centering": "centring", "cataloging": "cataloguing",
    "defense": "defence", "dialog": "dialogue", "enrollment": "enrolment", "fiber": "fibre",
    "fulfillment": "fulfilment", "gray": "grey", "gynecology": "gynaecology",
    "installment": "instalment", "jewelry": "jewellery", "judgment": "judgement",
    "license": "licence", "licensed": "licenced", "licensing": "licencing", "liter": "litre",
    "maneuver": "manoeuvre", "offense": "offence", "orthopedic": "orthopaedic",
    "pediatric": "paediatric", "practise": "practice", "practised": "practiced",
    "practising": "practicing", "skeptic": "sceptic", "skillful": "skilful", "theater": "theatre",
}  # fmt: skip


def _pairs() -> Iterator[tuple[str, str]]:
    for stem in _OUR.split():
        yield from ((f"{stem}or{end}", f"{stem}our{end}") for end in _OUR_ENDS)
    for stem in _DOUBLED.split():
        # The one l is taken here: the English stemmer knows it.
        yield from ((f"{stem}l{end}", f"{stem}{end}") for end in _DOUBLED_ENDS)
    for american, british in _AMERICAN.items():
        yield from ((american + end, british + end) for end in _ENDS)


_BRITISH = dict(_pairs())


def one_spelling(word: str) -> str:
    """A word in lower case as both are spelled here; most as they are."""
    return _BRITISH.get(word) or (_Z.sub("s", word) if "z" in word else word)
