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
from functools import cache
from itertools import compress, count
from typing import Any, NamedTuple

from catalogue.words import Remembered, between_blanks, fold, tokens
from recommend import files
from recommend.text import clauses

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
_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    "fr": frozenset(
        tokens(
            "le la les des du et vous une est pour dans avec sur au un vos votre nos notre par qui"
            " que"
        )
    ),
    "en": frozenset(
        tokens("the of and to you is for with in this that will your a our by who what how it are")
    ),
}
"""Those that tell the language of a text."""
EXCLAMATION = "!"
"""What is counted as a phrase of advertisements, and is none that could be quoted."""
_EXCLAMATION = "promotional", EXCLAMATION
_EXCLAIMED = 0.5
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


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
    words: list[str]
    """Folded tokens; one that ends in * stands for all words that begin so."""
    weight: float
    anchor: int
    """The place of its longest word: "in the real world" is looked for at "world"."""

    def is_said(self, written: list[str], at: int) -> bool:
        """Does it begin at this token, its anchor being where it should?"""
        if len(self.words) == 1:
            return True
        # From before the first token, a slice is too short as well.
        held = written[at : at + len(self.words)]
        return len(held) == len(self.words) and all(map(_fits, self.words, map(fold, held)))


def _fits(wanted: str, token: str) -> bool:
    return token.startswith(wanted[:-1]) if wanted[-1] == "*" else token == wanted


def _phrase(pole: str, words: list[str], weight: float) -> _Phrase:
    anchor = words.index(max(words, key=len))
    return _Phrase(pole, words, weight, anchor)


@cache
def _lexicon(language: str) -> list[_Phrase]:
    """The phrases of a language, longest first."""
    found = []
    with LEXICON_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["language"] == language:
                words = _written(row["phrase"])
                found.append(_phrase(row["pole"], words, float(row["weight"])))
    return sorted(found, key=_longest)


def _longest(phrase: _Phrase) -> tuple[int, str, list[str]]:
    return -len(phrase.words), phrase.pole, phrase.words


def _written(phrase: str) -> list[str]:
    """A phrase's folded tokens, its * kept at the token's end."""
    marked = phrase.endswith("*")
    words = [fold(token) for token in tokens(phrase)]
    return [*words[:-1], words[-1] + "*" * marked]


@cache
def _anchors(language: str) -> Mapping[str, list[tuple[str, int]]]:
    """(Anchor, place in the lexicon) of each phrase, by the anchor's first three letters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for place, phrase in enumerate(_lexicon(language)):
        anchor = phrase.words[phrase.anchor]
        found.setdefault(anchor[:3], []).append((anchor, place))
    return found


@cache
def _anchored(language: str) -> Remembered[tuple[int, ...]]:
    """For each word, as written, the places in the lexicon of the phrases that it may anchor."""
    anchors = _anchors(language)

    def places(written: str) -> tuple[int, ...]:
        token = fold(written)
        listed = anchors.get(token[:3], ())
        return tuple(place for anchor, place in listed if _fits(anchor, token))

    return Remembered(places)


def _marks_of(piece: str) -> str:
    """What a piece between two blanks tells of each language, by the letter that its code begins
    with: a small one where it is a small word of the language, a capital where it anchors phrases.

    Letters, as those of a whole course are joined and counted faster than anything else is.
    """
    word, held = piece.casefold(), between_blanks[piece]
    marks = ""
    for language, small in _SMALL_WORDS.items():
        mark = language[0]
        marks += mark * (word in small)
        marks += mark.upper() * any(map(_anchored(language).__getitem__, held))
    return marks


_marks = Remembered(_marks_of)


def read(course: Mapping[str, Any]) -> Style | None:
    """What the words of a course row say; None when it has none but its title."""
    passages = list(_passages(course))
    if not any(field != "title" for field, _ in passages):
        return None
    pieces = " ".join([passage for _, passage in passages]).split()
    marks = "".join(map(_marks.__getitem__, pieces))
    # Whose small words the texts hold more of; English where neither wins.
    language = "fr" if marks.count("f") > marks.count("e") else "en"
    speaks = language[0].upper() in marks
    counts: dict[tuple[str, str], tuple[str, int, float]] = {}
    names: set[str] = set()
    for field, passage in passages:
        for pole, words, weight in _phrases(passage, language) if speaks else ():
            if field == "title" and pole == "promotional" and _is_clause(words, passage):
                names.add(words)
            if words in names:
                continue
            first, times, _ = counts.get((pole, words), (field, 0, weight))
            counts[pole, words] = first, times + 1, weight
        if exclaimed := passage.count("!"):
            first, times, _ = counts.get(_EXCLAMATION, (field, 0, _EXCLAIMED))
            counts[_EXCLAMATION] = first, times + exclaimed, _EXCLAIMED
    return _style(counts)


def _is_clause(words: str, title: str) -> bool:
    """Is a phrase a whole part of a title, and so a name? "Satisfaction Guaranteed: Loyalty"."""
    return any(tokens(clause) == tokens(words) for clause in clauses(title))


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


def _phrases(text: str, language: str) -> Iterator[tuple[str, str, float]]:
    """(pole, words as written, weight) of each phrase; of one pole's overlapping ones the first."""
    written, lexicon = tokens(text), _lexicon(language)
    done = dict.fromkeys(POLES, 0)
    for at, place in sorted(_places(written, language)):
        pole, words, weight, _ = lexicon[place]
        if at >= done[pole]:
            done[pole] = end = at + len(words)
            yield pole, _as_written(text, written[at:end]), weight


def _places(written: list[str], language: str) -> Iterator[tuple[int, int]]:
    """(where it begins, its place in the lexicon) of each phrase that the words say."""
    lexicon = _lexicon(language)
    anchored = list(map(_anchored(language).__getitem__, written))
    for anchor in compress(count(), anchored):
        for place in anchored[anchor]:
            phrase = lexicon[place]
            if phrase.is_said(written, at := anchor - phrase.anchor):
                yield at, place


def _as_written(text: str, words: Sequence[str]) -> str:
    """The words with the elision between them that `tokens` cuts off: "unité d'enseignement"."""
    if len(words) == 1:
        return words[0]
    between = r"\W+(?:\w{1,2}['’])?"
    found = re.search(between.join(map(re.escape, words)), text.casefold())
    return " ".join(found[0].split()) if found else " ".join(words)


def _style(counts: Mapping[tuple[str, str], tuple[str, int, float]]) -> Style:
    said: dict[str, list[tuple[float, str, str, int]]] = {pole: [] for pole in POLES}
    for (pole, words), (field, times, weight) in counts.items():
        said[pole].append((-weight * min(times, TIMES), words, field, times))
    sums = tuple(math.fsum(-weight for weight, *_ in held) for held in said.values())
    listed = {
        pole: [Said(words, field, times, -weight) for weight, words, field, times in sorted(held)]
        for pole, held in said.items()
        if held
    }
    return Style(sums, _JSON.encode(listed))


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
