"""What a person has behind him, from the profile's own words; and which titles only begin."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from itertools import takewhile

from catalogue.words import fold, tokens
from recommend import files
from recommend.profile import Profile

LEXICON_FILE = files.LEXICON / "experience.csv"
LONG = 10
"""Years of experience from which on a person is no beginner in his trade."""
CAREER = 60
"""Years that nobody has behind him at work: the firm has."""
_BESIDE = 4
"""Words on either side of a number of years that say whose they are."""
_AGE = re.compile(
    r"\bj['’]ai\s+\w+(?:[- ]\w+){0,2}?\s+ans\b"
    r"(?!\s+(?:d['’]|(?:de|dans|en|derrière|à|au|comme|chez|passés)\b))",
    re.IGNORECASE,
)
""""J'ai 25 ans", but not "j'ai 25 ans de vente"."""
_TEENS = (
    ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    ("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40}
_TENS |= {"dix": 10, "vingt": 20, "trente": 30, "quarante": 40}
_NUMBERS = _TENS | {word: at for each in _TEENS for at, word in enumerate(each, start=LONG)}
_WORD = r"(?P<word>\b(?:expérience|experience)s?\b)"
_YEARS_OF = re.compile(
    r"\b(?:ans|années|years)\b['’]?[^\w'’+.,;:!?\n-]+(?:[\w'’+-]+[^\w'’+.,;:!?\n-]+){0,4}?"
    rf"(?:d['’])?{_WORD}",
    re.IGNORECASE,
)
""""10 ans d'une solide expérience", "ten years of marketing experience"."""
_OF_YEARS = re.compile(
    rf"{_WORD}[^\w'’+.,;!?\n-]+(?:[\w'’+-]+[^\w'’+.,;!?\n-]+){{1,5}}?(?:ans|années|years)\b",
    re.IGNORECASE,
)
""""Expérience : 10 ans", "an experience of more than ten years"."""
_TOPIC = 24
"""Characters behind the word that say of what it is."""
_IN_A_TOPIC = re.compile(
    r"\b(?:customer|user|client|employee|candidate|patient|guest|shopping|brand)"
    r" experience"
    r"|\bexperience (?:client|utilisateur|collaborateur|candidat|salarie|employe|patient|visiteur"
    r"|d achat|de marque|design|management)"
)
_CLAUSES = re.compile(r"(?<=[.;!?\n])\s+|,?\s+(?:mais|but)\s+", re.IGNORECASE)


@cache
def phrases(says: str) -> tuple[str, ...]:
    """The lexicon's phrases of one kind, folded tokens blank-separated."""
    return tuple(dict.fromkeys(map(_folded, _rows(says))))


def _rows(says: str) -> list[str]:
    with LEXICON_FILE.open(encoding="utf-8", newline="") as lines:
        return [row["phrase"] for row in csv.DictReader(lines) if row["says"] == says]


def _folded(words: str) -> str:
    return " ".join(fold(token) for token in tokens(words))


def named(says: str, words: str) -> str | None:
    """The first phrase of a kind that a text holds, folded; None when it holds none."""
    text = f" {_folded(words)} "
    return next((phrase for phrase in phrases(says) if f" {phrase} " in text), None)


@lru_cache(maxsize=4096)
def introductory(title: str) -> str | None:
    """The word of a title that says that it only begins."""
    return next((token for token in tokens(title) if fold(token) in phrases("introductory")), None)


def trade(role: str) -> str:
    """A role without the post that it begins with: of a "chef de produit", "de produit".

    A course that says "chef" is one on cooking, or on other chiefs.
    """
    words = role.split()
    begun = list(takewhile(lambda word: _folded(word) in phrases("post"), words))
    return " ".join(words[len(begun) :])


def behind(profile: Profile) -> str | None:
    """What shows that the person is experienced: a level, a post, years; None when nothing does."""
    if profile.level in ("beginner", "mixed"):
        return None
    return "level" if profile.level == "advanced" else _said(profile.role, profile.text)


@lru_cache(maxsize=64)
def _said(role: str, text: str) -> str | None:
    if named("begins", f"{role}. {text}"):
        return None
    # The assistant of a director is none; a "directeur adjoint" is.
    if named("seasoned", role) or (named("experienced", role) and not named("subordinate", role)):
        return "role"
    return "text" if _years(f"{role} {text}") >= LONG else None


def _years(words: str) -> int:
    """The highest number of years that the person may have behind him: for "vingt-deux ans" 20."""
    found = [fold(token) for token in tokens(_AGE.sub(" ", words))]
    counted = (_counted(found, at) for at, unit in enumerate(found) if unit in phrases("years"))
    return max(counted, default=0)


def _counted(found: list[str], at: int) -> int:
    """The number before a word for years; 0 unless they are of work: no age, and no firm's."""
    number, start = _number(found[at - 1]) if at else 0, at - 1
    if not number and at > 1:
        number, start = _TENS.get(found[at - 2], 0), at - 2
    around = " ".join(
        [*found[max(start - _BESIDE, 0) : max(start, 0)], "N", *found[at : at + _BESIDE]]
    )
    own = named("own_years", around) and not named("others_years", around)
    return number if own and number <= CAREER else 0


def _number(word: str) -> int:
    """0 for what is none, for words below ten, and for what no person's years are."""
    return int(word) if word.isdecimal() and len(word) < 4 else _NUMBERS.get(word, 0)


def wished(words: str) -> str:
    """A text without the clauses that say what the person knows already, and how long he has, and
    without what he does not want: "no patience for esports"."""
    clauses = (each for each in _CLAUSES.split(words) if not named("knows", each))
    return " ".join(_without_years(_refusal().sub("; ", each)) for each in clauses)


@cache
def _refusal() -> re.Pattern[str]:
    """What a text refuses, up to the next pause."""
    said = (
        re.escape(each).replace("'", "['’]").replace("\\ ", r"\s+") for each in _rows("refuses")
    )
    return re.compile(rf"\b(?:{'|'.join(said)})\b[^,;:.!?\n]*", re.IGNORECASE)


def _without_years(clause: str) -> str:
    """A clause whose years of experience are no topic: "10 ans d'expérience" are just years."""
    for counted in (_YEARS_OF, _OF_YEARS):
        clause = counted.sub(_years_alone, clause)
    return clause


def _years_alone(match: re.Match[str]) -> str:
    """The years without the word; all of it where a topic is said, "customer experience"."""
    around = match.string[match.start() : match.end() + _TOPIC]
    if _IN_A_TOPIC.search(_folded(around)):
        return match[0]
    start, end = match.span("word")
    return match[0][: start - match.start()] + match[0][end - match.start() :]
