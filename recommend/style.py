"""How a course speaks: of doing or of knowing, as a university or as an advertisement.

Two lexica of ours in one file, French and English, each phrase with a pole and a weight. A text is
read with the phrases of its own language. Nothing here knows a profile.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from catalogue.words import fold, tokens
from recommend import files
from recommend.text import words_of

LEXICON_FILE = files.LEXICON / "style.csv"
POLES = ("practice", "theory", "academic", "promotional", "exercises")
FIELDS = ("title", "summary", "description", "outcomes", "plan", "format", "assessment")
"""The course's columns that are read."""
TIMES = 3
"""A phrase said more often than this says no more."""
SHRUNK = 1.5
"""Weight of an imagined neutral phrase: one word alone proves little."""
CLEAR = 0.3
"""How far from 0 a tone has a name."""
LEAST = 0.4
"""The share of the lesser one below which a course is all practice or all theory."""
_LISTS = ("outcomes", "plan")
_FRENCH = frozenset(
    (
        "le",
        "la",
        "les",
        "des",
        "du",
        "et",
        "vous",
        "une",
        "est",
        "pour",
        "dans",
        "avec",
        "sur",
        "au",
        "un",
        "vos",
        "votre",
        "nos",
        "notre",
        "par",
        "qui",
        "que",
    )
)
_ENGLISH = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "you",
        "is",
        "for",
        "with",
        "in",
        "this",
        "that",
        "will",
        "your",
        "a",
        "our",
        "by",
        "who",
        "what",
        "how",
        "it",
        "are",
    )
)
_EXCLAIMED = 0.5


class Said(NamedTuple):
    """A phrase of a pole that a course says."""

    words: str
    field: str
    times: int
    weight: float
    """Of all its times together."""


class Style(NamedTuple):
    """What was found of each pole."""

    weights: tuple[float, ...]
    """Sum of the weights of each pole's phrases, in the order of POLES."""
    listed: str
    """The phrases as JSON: {pole: [[words, field, times, weight], ...]}."""

    @property
    def said(self) -> dict[str, tuple[Said, ...]]:
        """The phrases of each pole, heaviest first; a pole with nothing is left out."""
        held = json.loads(self.listed)
        return {pole: tuple(Said(*each) for each in said) for pole, said in held.items()}

    def weight(self, pole: str) -> float:
        """Sum of the weights of a pole's phrases."""
        return self.weights[POLES.index(pole)]

    @property
    def practice(self) -> float | None:
        """Share of practice between 0 and 1; None when nothing is said of either."""
        doing, knowing = self.weight("practice"), self.weight("theory")
        if not doing and not knowing:
            return None
        return (doing + SHRUNK / 2) / (doing + knowing + SHRUNK)

    @property
    def tone(self) -> float:
        """From -1, academic, over 0 to 1, promotional."""
        return axis(self.weight("academic"), self.weight("promotional"))


def axis(academic: float, promotional: float) -> float:
    """Where two weights lie between -1 and 1."""
    return (promotional - academic) / (promotional + academic + SHRUNK)


class _Phrase(NamedTuple):
    pole: str
    words: tuple[str, ...]
    """Folded tokens; one that ends in * stands for all words that begin so."""
    weight: float
    open: bool
    """Does any end in *?"""

    def length_at(self, found: Sequence[str], at: int) -> int:
        """How many tokens it takes there; 0 where it is not said."""
        held = tuple(found[at : at + len(self.words)])
        same = held == self.words or (
            self.open and len(held) == len(self.words) and all(map(_fits, self.words, held))
        )
        return len(self.words) if same else 0


def _fits(wanted: str, token: str) -> bool:
    return token.startswith(wanted[:-1]) if wanted[-1] == "*" else token == wanted


@cache
def _lexicon(language: str) -> Mapping[str, tuple[_Phrase, ...]]:
    """The phrases of a language by the first three letters that they begin with, longest first."""
    found: dict[str, list[_Phrase]] = {}
    with LEXICON_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["language"] == language:
                words = _written(row["phrase"])
                phrase = _Phrase(row["pole"], words, float(row["weight"]), "*" in row["phrase"])
                found.setdefault(phrase.words[0][:3], []).append(phrase)
    return {start: tuple(sorted(held, key=_longest)) for start, held in found.items()}


def _longest(phrase: _Phrase) -> tuple[int, str, tuple[str, ...]]:
    return -len(phrase.words), phrase.pole, phrase.words


def _written(phrase: str) -> tuple[str, ...]:
    """A phrase's folded tokens, its * kept at the token's end."""
    marked = phrase.endswith("*")
    words = [_folded(token) for token in tokens(phrase)]
    return (*words[:-1], words[-1] + "*" * marked)


_folded = lru_cache(maxsize=100_000)(fold)


class _Beginnings(dict[str, tuple[_Phrase, ...]]):
    """For each word met, as written, the phrases of a language that begin with it."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._phrases = _lexicon(language)

    def __missing__(self, written: str) -> tuple[_Phrase, ...]:
        token = fold(written)
        listed = self._phrases.get(token[:3], ())
        self[written] = tuple(phrase for phrase in listed if _fits(phrase.words[0], token))
        return self[written]


_beginnings = cache(_Beginnings)


def read(course: Mapping[str, Any]) -> Style | None:
    """What the words of a course row say; None when it has none but its title."""
    passages = list(_passages(course))
    if not any(field != "title" for field, _ in passages):
        return None
    language = _language(passages)
    counts: dict[tuple[str, str], tuple[str, int, float]] = {}
    for field, words in passages:
        for pole, phrase, weight in _phrases(words, language):
            first, times, _ = counts.get((pole, phrase), (field, 0, weight))
            counts[pole, phrase] = first, times + 1, weight
    return _style(counts)


def _passages(course: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, text) of a course; what a summary repeats of the description is read once."""
    for field in FIELDS:
        value = course.get(field)
        if not value or (field == "summary" and value in (course.get("description") or "")):
            continue
        if field in _LISTS:
            listed = json.loads(value) if isinstance(value, str) else value
            yield field, " . ".join(listed)
        else:
            yield field, value


def _language(passages: list[tuple[str, str]]) -> str:
    """ "fr" or "en": whose small words the texts hold more of."""
    held = [word for _, text in passages for word in text.casefold().split()]
    french = sum(map(_FRENCH.__contains__, held))
    return "fr" if french > sum(map(_ENGLISH.__contains__, held)) else "en"


def _phrases(text: str, language: str) -> Iterator[tuple[str, str, float]]:
    """(pole, words as written, weight) of each phrase; of one pole's overlapping ones the first."""
    written = words_of(text)
    beginnings = _beginnings(language)
    starts = [at for at, token in enumerate(written) if beginnings[token]]
    found = [_folded(token) for token in written] if starts else []
    done = dict.fromkeys(POLES, 0)
    for at in starts:
        for phrase in beginnings[written[at]]:
            if at >= done[phrase.pole] and (length := phrase.length_at(found, at)):
                done[phrase.pole] = at + length
                yield phrase.pole, _as_written(text, written[at : at + length]), phrase.weight
    for _ in range(text.count("!")):
        yield "promotional", "!", _EXCLAIMED


def _as_written(text: str, words: Sequence[str]) -> str:
    """The words with the elision between them that `tokens` cuts off: "unité d'enseignement"."""
    if len(words) == 1:
        return words[0]
    between = r"\W+(?:\w{1,2}['’])?"
    found = re.search(between.join(map(re.escape, words)), text.casefold())
    return " ".join(found[0].split()) if found else " ".join(words)


def _style(counts: Mapping[tuple[str, str], tuple[str, int, float]]) -> Style:
    said: dict[str, list[Said]] = {}
    for (pole, words), (field, times, weight) in counts.items():
        said.setdefault(pole, []).append(Said(words, field, times, weight * min(times, TIMES)))
    for held in said.values():
        held.sort(key=lambda each: (-each.weight, each.words))
    sums = (math.fsum(each.weight for each in said.get(pole, ())) for pole in POLES)
    listed = {p: said[p] for p in POLES if p in said}
    return Style(tuple(sums), json.dumps(listed, ensure_ascii=False, separators=(",", ":")))


def rows(courses: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Rows of TABLE from course rows."""
    for course in courses:
        if found := read(course):
            yield (course["id"], *found.weights, found.listed)


def stored(db: sqlite3.Connection, ids: str, said: str = "said") -> dict[int, Style]:
    """What the index holds of the courses whose ids are in a JSON list."""
    found = db.execute(
        f"select course_id, {', '.join(POLES)}, {said} from style"  # noqa: S608
        " where course_id in (select value from json_each(?))",
        [ids],
    )
    return {row[0]: Style(row[1:-1], row[-1]) for row in found}


def weighed(db: sqlite3.Connection, ids: str) -> dict[int, Style]:
    """The same without the phrases."""
    return stored(db, ids, said="'{}'")


def tone_of(at: float) -> str:
    """The name of a place on the axis: academic, promotional, or neither."""
    return "academic" if at <= -CLEAR else "promotional" if at >= CLEAR else "neither"


def approach_of(share: float | None) -> str:
    """The name of a share of practice: practice, theory, or both."""
    if share is None or LEAST < share < 1.0 - LEAST:
        return "both"
    return "theory" if share <= LEAST else "practice"
