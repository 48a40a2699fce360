"""French and English words -> terms: the one analysis for courses and profiles.

A word gives its folded French and English stems (see `catalogue.words`), and together with the
word before it a phrase, so that "social media" is more than its two words. Names such as CRM, C++,
A/B or Google Ads are one word, never stemmed; nor are words whose stem is another one's, such as
"publicité" beside "public". No clock, no file but the word lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, compress, count, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from catalogue import words
from catalogue.spelling import one_spelling
from recommend import files

FIELDS: Mapping[str, int] = {
    "title": 3,
    "skills": 2,
    "subjects": 1,
    "provider": 1,
    "outcomes": 1,
    "plan": 1,
    "summary": 1,
    "description": 1,
}
"""The course's columns that are read, and how many times each word of one counts."""

PHRASED = ("title", "skills", "subjects", "outcomes", "plan")
"""The columns whose phrases are terms too: in running text most pairs of words are chance."""

LISTS = ("skills", "subjects", "outcomes", "plan")
STOP_FILES = tuple(files.LEXICON / f"stopwords_{language}.txt" for language in ("fr", "en"))
NAMES_FILE = files.LEXICON / "names.txt"
APART_FILE = files.LEXICON / "apart.txt"
ALONE_FILE = files.LEXICON / "alone.txt"
"""Words that a profile looks for in phrases alone."""
FILES = (*STOP_FILES, NAMES_FILE, APART_FILE)
"""The word lists that decide which terms a text has."""

_LETTER = re.compile(r"(?!\(.\)$)[(\[“\"«]?(?P<letter>[A-Z])(?:['’]s)?[,;:!?)\]”\"»…]*")
"""A capital alone: not "R. Dupont", "l'R", "R/S", or (R) for a registered name."""
_DOTTED = re.compile(r"\b(?!A\.D\.)(?:[A-Z]\.){2,}[A-Z]?(?!\w)")
"""S.E.O. is SEO, and an M.A. no M&A; but 300 A.D. is no ad."""
_PAUSE = re.compile(r"(?<!\.[A-Z]\.)(?<=[,;.!?…])\s+|[\n•|]")
"""What no phrase goes over: "innovation, produits" is none. Titles go on behind a colon."""
_BREAK = re.compile(r"[,;:.!?()\[\]«»…]+(?=\s|$)|[\n«»•|]|(?<=\s)(?:\(|[-–—](?=\s))")
"""What no topic reaches across: "stakeholder relations – media" are no media relations."""
# "j'ai" is no artificial intelligence; once its elision is cut off, nobody could tell.
_AI = re.compile(r"\b[cdjlmnsty]['’]ai\b|\bai-je\b")


@cache
def stop_words() -> frozenset[str]:
    """Words of both languages that say nothing of a course's topic, folded."""
    return frozenset(words.fold(word) for path in STOP_FILES for word in files.lines(path))


@cache
def names() -> dict[str, str]:
    """Names kept whole: the name's tokens, blank-separated -> its term."""
    found = {}
    for written, term in _listed():
        said = term if _is_letter(term) else " ".join(words.tokens(written))
        found[said] = term
    letters = set(filter(_is_letter, found))
    for said in [each for each in found if each[0].upper() in letters and each[1:2] == " "]:
        found[said[0].upper() + said[1:]] = found[said]  # "R & D"
    return found


@cache
def _listed() -> tuple[tuple[str, str], ...]:
    """The names as the file writes them, each with its term."""
    return tuple(
        (written, written if _is_letter(written) else words.fold(term))
        for written, term in _pairs(NAMES_FILE)
    )


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The lines "written = what it counts as" of a list; what stands alone counts as itself."""
    for line in files.lines(path):
        written, _, term = (part.strip() for part in line.partition("="))
        yield written, term or written


def _is_letter(name: str) -> bool:
    """Is it R, which only its capital tells from an r? It alone is a term with a capital."""
    return len(name) == 1 and name.isupper()


@cache
def _openings() -> dict[str, list[tuple[list[str], str]]]:
    """First token of a name -> (the other tokens, term) of the names that begin so, longest first.

    Many begin as common words do: "a" is no A/B.
    """
    found: dict[str, list[tuple[list[str], str]]] = {}
    for name, term in names().items():
        first, *others = name.split()
        found.setdefault(first, []).append((others, term))
    for held in found.values():
        held.sort(key=lambda each: -len(each[0]))
    return found


def tokens(text: str) -> list[str]:
    """The words of a text as written, in lower case, names joined; stop words still in."""
    return read(text.split())


def read(pieces: Iterable[str]) -> list[str]:
    """The same of texts that were split at their blanks, one behind the other.

    A blank between two texts stays where it is, as a token, and no name goes over it.
    """
    found = list(chain.from_iterable(map(_between_blanks.__getitem__, pieces)))
    openings = _openings()
    if openings.keys().isdisjoint(found):
        return found
    joined: list[str] = []
    done = 0
    for at in compress(count(), map(openings.__contains__, found)):
        if at >= done and (name := _name_at(found, at)):
            joined += found[done:at]
            joined.append(name[0])
            done = name[1]
    return [*joined, *found[done:]]


def _said(piece: str) -> tuple[str, ...]:
    """The tokens of what stands between two blanks, names not joined yet; a blank as it is."""
    if piece.isspace():
        return (piece,)
    if (alone := _LETTER.fullmatch(piece)) and alone["letter"] in _names():
        return (alone["letter"],)
    if "." in piece:
        piece = _DOTTED.sub(lambda letters: letters[0].replace(".", ""), piece)
    if len(piece) == 2 and piece[1] == ",":
        return (*words.between_blanks[piece], ",")  # "the A, B, C's" are no A/B
    lowered = piece.casefold()
    if "'ai" in lowered or "’ai" in lowered or "ai-je" in lowered:
        return tuple(words.tokens(_AI.sub(" ", lowered)))
    return words.between_blanks[piece]


_between_blanks = words.Remembered(_said)


def _name_at(found: list[str], at: int) -> tuple[str, int] | None:
    """The name that begins at a token and where it ends; None for no name."""
    for others, term in _openings()[found[at]]:
        end = at + 1 + len(others)
        if found[at + 1 : end] == others:
            return term, end
    return None


@cache
def _names() -> frozenset[str]:
    return frozenset(names().values())


@lru_cache(maxsize=400_000)
def stems(token: str) -> tuple[str, ...]:
    """The terms of one token: a name as it is, a word's stems; none for what says nothing."""
    if token in _names():
        return (token,)
    if len(token) < 2 or token.isdigit() or words.fold(token) in stop_words():
        return ()
    apart = _apart().get(_singular(token))
    return (apart,) if apart else words.stems(token)


@cache
def _apart() -> dict[str, str]:
    """Words that are no stem, since others share theirs: the singular -> a term like no stem."""
    return {_singular(word): f"{words.fold(base)}=" for word, base in _pairs(APART_FILE)}


def content(text: str) -> list[str]:
    """The tokens of a text that have terms, in order."""
    return [token for token in tokens(text) if stems(token)]


def phrased(text: str) -> list[str]:
    """A text cut where it pauses, over which no phrase goes."""
    return _PAUSE.split(text)


def clauses(text: str) -> list[str]:
    """A text cut wherever another clause may begin."""
    return _BREAK.split(text)


def runs(text: str, *, phrases: bool = True) -> list[list[str]]:
    """The tokens that have terms, between one pause and the next; all in one without phrases."""
    return [content(clause) for clause in (phrased(text) if phrases else (text,))]


def telling(tokens: list[str]) -> list[str]:
    """Those that say something alone, if any does: not the verb of "gérer les absences"."""
    return [token for token in tokens if words.fold(token) not in _unread()] or tokens


@cache
def _unread() -> frozenset[str]:
    return frozenset(map(words.fold, files.lines(ALONE_FILE)))


def phrase(first: str, second: str) -> str:
    """The term of two words that follow each other, stop words between them left out."""
    return f"{stems(first)[0]} {stems(second)[0]}"


def as_written(text: str, *tokens: str) -> str:
    """Words of a text with what stands between them: "comportement du consommateur"."""
    lowered, together = text.casefold(), " ".join(tokens)
    if 0 <= lowered.find(together) == lowered.find(tokens[0]):
        return together  # most are, and a pattern of its own for each takes long to compile
    between = r"\W+(?:\w{1,5}\W+){0,2}?"
    found = re.search(between.join(map(re.escape, tokens)), lowered)
    return " ".join(found[0].split()) if found else together


def stretch(text: str, tokens: Sequence[str]) -> str | None:
    """Where a text says these content tokens and no other, as it is written there; None nowhere."""
    lowered = text.lower()
    for start, after in _standing(tokens[0], lowered):
        end = after
        for token in tokens[1:]:
            end = next((last for first, last in _standing(token, lowered) if first >= end), end)
        if content(text[start:end]) == [*tokens]:
            return text[start:end]
    return None


def _standing(token: str, lowered: str) -> Iterator[tuple[int, int]]:
    """Where a token begins and ends in a text, as a word of its own."""
    for way in map(str.lower, _ways_to_write().get(token, (token,))):
        at = -1
        while (at := lowered.find(way, at + 1)) >= 0:
            end = at + len(way)
            if not (lowered[at - 1 : at].isalnum() or lowered[end : end + 1].isalnum()):
                yield at, end


def terms(text: str, *, phrases: bool = True) -> list[str]:
    """All terms of a text, each as often as it occurs."""
    found = runs(text, phrases=phrases)
    single = [stem for run in found for token in run for stem in stems(token)]
    return single + [phrase(*pair) for run in found for pair in pairwise(run) if phrases]


def passages(row: Mapping[str, Any], field: str) -> list[str]:
    """A field of a course row as separate texts; JSON lists may be text or decoded."""
    value = row.get(field)
    if not value:
        return []
    if field in LISTS:
        return json.loads(value) if isinstance(value, str) else list(value)
    return [value]


def headline(row: Mapping[str, Any]) -> str:
    """Title and skills of a course row, where it names what it is about, as one text."""
    return " . ".join((row["title"], *passages(row, "skills")))


def course_terms(row: Mapping[str, Any]) -> list[str]:
    """A course's terms with the fields' weights: what scikit-learn would be fitted with."""
    return [
        term
        for field, times in FIELDS.items()
        for passage in passages(row, field)
        for term in terms(passage, phrases=field in PHRASED) * times
    ]


class Standing(NamedTuple):
    """Where a term stands in a course, and how it is written there."""

    fields: list[str]
    written: list[str]
    """The words of the page, in lower case, each once."""

    def note(self, field: str, words: str) -> None:
        """Once more."""
        if field not in self.fields:
            self.fields.append(field)
        if words not in self.written:
            self.written.append(words)


def standing(row: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Standing]:
    """For each wanted term, where it stands in a course."""
    found = {term: Standing([], []) for term in wanted}
    for field in FIELDS:
        for passage in passages(row, field):
            for run in runs(passage, phrases=field in PHRASED):
                for token in run:
                    for stem in stems(token):
                        if stem in found:
                            found[stem].note(field, token)
                for pair in pairwise(run) if field in PHRASED else ():
                    if (term := phrase(*pair)) in found:
                        found[term].note(field, " ".join(pair))
    return found


def is_alike(one: str, other: str) -> bool:
    """Are two words one but for case, accents and plurals? Names always are."""
    pairs = list(zip(content(one), content(other), strict=False))
    return all(is_name(this) or _singular(this) == _singular(that) for this, that in pairs)


def _singular(token: str) -> str:
    folded = words.fold(one_spelling(token))
    return folded[:-3] + "y" if folded.endswith("ies") else folded.rstrip("sx")


def name_as_written(term: str, text: str) -> str:
    """A name as a text writes it, capitals and all; as our list does where it is not found."""
    written = _ways_to_write()[term]
    found = (re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.IGNORECASE) for each in written)
    return next((match[0] for match in found if match), written[0])


@cache
def _ways_to_write() -> Mapping[str, list[str]]:
    """The ways to write each name, its own first."""
    found: dict[str, list[str]] = {}
    for written, term in _listed():
        ways = found.setdefault(term, [])
        ways.insert(0 if words.fold(written) == term else len(ways), written)
    return found


def is_name(token: str) -> bool:
    """Is a token one of the names that are kept whole?"""
    return token in _names()


def is_proper(token: str) -> bool:
    """Is it a name by its look, as CRM or e-mail are? Some are only words that are not stemmed."""
    return is_name(token) and not all(
        each.isalpha() and each.islower() for each in (token, *_ways_to_write()[token])
    )
