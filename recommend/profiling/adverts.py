"""What a CV or a job advert says of the work: not of the firm, its benefits, or what it is not.

Its formulas are data, data/lexicon/adverts.csv, read as words: a line of the file is met whatever
its capitals and accents.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

from catalogue.words import fold
from recommend import files, lexicon, text
from recommend.profiling import cv

LEXICON_FILE = files.LEXICON / "adverts.csv"
_HEADING = 6
"""Words of the longest line that is taken for a heading."""
_TOP = 3
"""The first lines, where a job may be named: in a CV below the name and the address."""
_TITLE = 10
"""Words of the longest line that may name a job."""
_INITIALS = 4
"""Letters of the longest job that is called by its initials: CFO, CHRO."""
_LABELLED = re.compile(r"(?:[^\W\d_][\w’'/-]*\s+){0,5}[^\W\d_][\w’'/-]*\s*:\s*\S")
"""A line with a label of its own: "Skills: Excel"."""
_SENTENCE = re.compile(r"(?<=[.!?;…])\s+")
_REACH = 200
"""Characters that a negation reaches at most."""
_PAUSE = re.compile(r"[;:()]")
_COMMA = re.compile(r",(?=\s|$)")
_MARK = re.compile(r"^\W+|[\s:?!.]+$", re.UNICODE)
_HOLDER = re.compile(
    r"\(?\b[hfmwxd](?:\s*[/|]\s*[hfmwxd]){1,3}\b\)?|(?<=\w)(?:\((?:e|ne|se|euse|rice|trice)\)|·e)"
    r"|\ben (?:alternance|apprentissage|stage|CDI|CDD)\b",
    re.IGNORECASE,
)
"""Who may hold a job: H/F, (m/f/d), "chargé(e)"; and on what contract."""
_ARTICLE = re.compile(
    r"^(?:(?:une?|an?|the|our|your|notre|votre|son|sa|future?|(?:part|full)[- ]time)\s+)+",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\s+[-–—|]\s+|[|,;:.!?\n()]|\s+(?:at|chez|pour|for|who|qui|to)\s+", re.IGNORECASE
)
_RANKS = ("senior", "junior", "global", "regional", "deputy", "associate")
_FIRM = ("company", "employer", "apply", "entreprise", "employeur", "candidature")
"""Labels of the firm's line: "Company: a maker of locks"."""
_YOU_DO = re.compile(r"(?<![\w-])(?:vous|tu) (?:[jlmnst]'|[nv]ous |t?e )?\w+(?:ez|[ae]s)(?![\w-])")
"""What adverts say of tasks in French, in levelled words: "vous gérez", "tu pilotes"."""
_SPEAKS = re.compile(r"(?<![\w-])(?:je|j'|tu|nous|vous|on|i|we|you)(?![\w-])")
"""Who speaks in a sentence, which no title does."""


@cache
def _said(says: str) -> re.Pattern[str]:
    """Any phrase of one kind, in folded text, the longest that is there."""
    with LEXICON_FILE.open(encoding="utf-8", newline="") as lines:
        found = [fold(row["phrase"]) for row in csv.DictReader(lines) if row["says"] == says]
    listed = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")


def of_the_work(words: str) -> str:
    """The text without its other parts, what it denies, and the formulas of the trade."""
    return _kept(sentence for sentence, _ in _of_work_parts(words))


def wished(words: str) -> str:
    """Of that, what the person says that he wants: a CV's "Looking to learn: ..."."""
    return _kept(sentence for sentence, is_wish in _of_work_parts(words) if is_wish)


def _kept(sentences: Iterable[str]) -> str:
    return "\n".join(filter(None, (_affirmed(each) for each in sentences if not _is_other(each))))


def _is_other(sentence: str) -> bool:
    """Does a sentence speak of the firm, of its benefits, or of what is not needed?"""
    level = _level(sentence)
    if _said("other_sentence").search(level):
        return True
    return bool(_said("benefit").search(level)) and not _names_tasks(level)


def _names_tasks(level: str) -> bool:
    return bool(_said("task").search(level) or _YOU_DO.search(level))


def is_a_topic(topic: str, language: str) -> bool:
    """Could one learn it? A benefit, a formula or a job's name is no topic of a `language` text."""
    level = _level(topic)
    if any(_said(kind).fullmatch(level) for kind in ("benefit", "formula", "no_topic")):
        return False
    tokens = level.split()
    # Jobs are in English in French texts, too: "data analyst".
    return tokens[-1] not in _jobs("en") and (language == "en" or tokens[0] not in _jobs("fr"))


def _level(words: str) -> str:
    """Folded, letter for letter: what is found in it stands at the same place in the words."""
    levelled = "".join(fold(char)[:1] or char for char in words)
    return levelled.replace("’", "'")


def _of_work_parts(words: str) -> Iterator[tuple[str, bool]]:
    """The sentences of the parts that speak of the work, without their headings; is it a wish?

    A part that begins behind its label, "Education: BA", ends with a blank line or another label.
    """
    part, below_blank, labelled = "work_part", True, False
    for line in words.splitlines():
        blank = not line.strip()
        if (below_blank and _looks_like_a_heading(line)) or (
            labelled and (blank or _LABELLED.match(line))
        ):
            part, labelled = "work_part", False
        below_blank = blank
        for sentence in filter(str.strip, _SENTENCE.split(line)):
            head, _, rest = sentence.partition(":")
            if rest.strip() and _is_label(head):
                continue
            found, is_wish = _heads(head), cv.is_wish(_level(sentence))
            if found or is_wish or (_names_tasks(_level(sentence)) and not _is_other(sentence)):
                part, labelled = found or "work_part", bool(found and rest.strip())
            if part != "other_part":
                yield (rest if found else sentence), is_wish or part == "wish_part"


def _is_label(head: str) -> bool:
    """Is it the name of a mere fact: "Contrat : CDI"?"""
    level = _MARK.sub("", _level(head))
    return level in _FIRM or bool(_said("label").fullmatch(level))


def _heads(line: str) -> str | None:
    """Which part a line is the heading of."""
    head = _MARK.sub("", _level(line))
    if len(head.split()) > _HEADING:
        return None
    if cv.is_wish_head(head):
        return "wish_part"
    return next((p for p in ("other_part", "work_part") if _said(p).fullmatch(head)), None)


def _looks_like_a_heading(line: str) -> bool:
    words = line.split()
    return 0 < len(words) <= _HEADING and line.rstrip()[-1] not in ".,;" and words[0][0].isalnum()


def _affirmed(sentence: str) -> str:
    """A sentence without what it denies, its benefits, and the formulas that say nothing."""
    kept = _blanked(_without_denied(sentence), _said("benefit"))
    return _blanked(kept, _said("formula")).strip(" ;")


def _blanked(words: str, pattern: re.Pattern[str]) -> str:
    """The words with a pause in place of what a pattern finds."""
    pieces, done = [], 0
    for match in pattern.finditer(_level(words)):
        pieces.append(words[done : match.start()])
        done = match.end()
    return "; ".join([*pieces, words[done:]])


def _without_denied(sentence: str) -> str:
    """A sentence without what follows a negation: to the next comma, or the end of an "or"."""
    level = _said("affirmed").sub(lambda match: "_" * len(match[0]), _level(sentence))
    kept, at = [], 0
    while denied := _said("negation").search(level, at):
        kept.append(sentence[at : denied.start()])
        at = _end_of_denial(level, denied.end())
    return "; ".join([*kept, sentence[at:]])


def _end_of_denial(level: str, at: int) -> int:
    """Where what is denied from `at` on ends."""
    reach = min(at + _REACH, len(level))
    end = min(_found(pattern, level, at, reach) for pattern in (_said("resumed"), _PAUSE))
    return end if _said("either").search(level, at, end) else _found(_COMMA, level, at, end)


def _found(pattern: re.Pattern[str], words: str, at: int, end: int) -> int:
    """Where a pattern is found between two places; the second where it is not."""
    match = pattern.search(words, at, end)
    return match.start() if match else end


def role(words: str) -> str:
    """The job that a heading or one of the first lines names; "" where none does.

    Only what the lexicon knows of it: a person's name and a firm's are not among its words.
    """
    lines = [" ".join(_HOLDER.sub(" ", line).split()) for line in words.splitlines()]
    lines = list(filter(None, lines))
    stated = (piece for line in lines for piece in _stated(line))
    first = (piece for line in lines[:_TOP] for piece in _PARTS.split(line))
    for piece in (*stated, *first):
        if title := _job_of(_ARTICLE.sub("", " ".join(piece.split()))):
            return title[:1].upper() + title[1:]
    return ""


def _stated(line: str) -> Iterator[str]:
    """What stands behind "we are hiring" and the like, before the next pause."""
    if match := _said("states_role").search(_level(line)):
        named = _ARTICLE.sub("", line[match.end() :].lstrip(" :-–—"))
        yield _PARTS.split(named)[0]


def _job_of(title: str) -> str:
    """A job's title up to its first unknown word; "" for what is none."""
    words = title.split()
    known = list(takewhile(_is_known, words))
    while known and not (text.content(known[-1]) or _said("job").search(_level(known[-1]))):
        known.pop()
    said = " ".join(known)
    level = _level(said)
    if len(words) > _TITLE or (len(known) == 1 < len(words)) or not _said("job").search(level):
        return ""
    if _said("negation").search(level) or _SPEAKS.search(level):
        return ""
    return " ".join(map(_unshouted, known)) if said.isupper() and len(said) > _INITIALS else said


def _unshouted(word: str) -> str:
    return word if any(map(text.is_name, text.tokens(word))) else word.lower()


def _is_known(word: str) -> bool:
    tokens = [fold(token) for token in text.tokens(word)]
    return all(t in _vocabulary() or t in text.stop_words() or text.is_name(t) for t in tokens)


@cache
def _vocabulary() -> frozenset[str]:
    """All words of the lexicon's pairs, and those of jobs, folded."""
    written = (words for pair in lexicon.pairs() for words in pair[:2])
    known = (fold(token) for each in written for token in text.tokens(each))
    return frozenset([*_jobs("fr"), *_jobs("en"), *_RANKS, *known])


@cache
def _jobs(language: str) -> frozenset[str]:
    with LEXICON_FILE.open(encoding="utf-8", newline="") as lines:
        rows = (row for row in csv.DictReader(lines) if row["says"] == "job")
        return frozenset(fold(row["phrase"]) for row in rows if row["language"] == language)
