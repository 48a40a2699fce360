"""What a CV or a job advert says of the work: not of the firm, its benefits, or what it is not.

Its formulas are data, data/lexicon/adverts.csv, read as words: a line of the file is met whatever
its capitals and accents.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache

from catalogue.words import fold
from recommend import files, lexicon, text

LEXICON_FILE = files.LEXICON / "adverts.csv"
_HEADING = 6
"""Words of the longest line that is taken for a heading."""
_TOP = 2
"""The first lines, where a job may be named."""
_TITLE = 10
"""Words of the longest line that may name a job."""
_SENTENCE = re.compile(r"(?<=[.!?;…])\s+")
_REACH = 200
"""Characters that a negation reaches at most."""
_PAUSE = re.compile(r"[;:()]")
_COMMA = re.compile(r",(?=\s|$)")
_MARK = re.compile(r"^\W+|[\s:?!.]+$", re.UNICODE)
_HOLDER = re.compile(
    r"\(?\b[hfmwxd](?:\s*[/|]\s*[hfmwxd]){1,3}\b\)?|(?<=\w)(?:\((?:e|ne|se|euse|rice|trice)\)|·e)",
    re.IGNORECASE,
)
"""Who may hold a job: H/F, (m/f/d), "chargé(e)"."""
_ARTICLE = re.compile(r"^(?:(?:une?|an?|the|our|your|notre|votre|son|sa)\s+)+", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–—|]\s+|[|,;:.!?\n()]|\s+(?:at|chez|pour|who|qui|to)\s+", re.IGNORECASE)


@cache
def _said(says: str) -> re.Pattern[str]:
    """Any phrase of one kind, in folded text, the longest that is there."""
    with LEXICON_FILE.open(encoding="utf-8", newline="") as lines:
        found = [fold(row["phrase"]) for row in csv.DictReader(lines) if row["says"] == says]
    listed = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])")


def of_the_work(words: str) -> str:
    """The text without its other parts, what it denies, and the formulas of the trade."""
    kept = (
        _affirmed(sentence)
        for sentence in _of_work_parts(words)
        if not _said("other_sentence").search(_level(sentence))
    )
    return "\n".join(filter(None, kept))


def _level(words: str) -> str:
    """Folded, letter for letter: what is found in it stands at the same place in the words."""
    levelled = "".join(fold(char)[:1] or char for char in words)
    return levelled.replace("’", "'")


def _of_work_parts(words: str) -> Iterator[str]:
    """The sentences of the parts that speak of the work, without their headings."""
    part, below_blank = "work_part", True
    for line in words.splitlines():
        if below_blank and _looks_like_a_heading(line):
            part = "work_part"
        below_blank = not line.strip()
        for sentence in filter(str.strip, _SENTENCE.split(line)):
            head, mark, rest = sentence.partition(":")
            if found := _heads(head):
                part = found
            if part == "work_part":
                yield rest if found and mark else sentence


def _heads(line: str) -> str | None:
    """Which part a line is the heading of."""
    head = _MARK.sub("", _level(line))
    if len(head.split()) > _HEADING:
        return None
    return next((p for p in ("other_part", "work_part") if _said(p).fullmatch(head)), None)


def _looks_like_a_heading(line: str) -> bool:
    words = line.split()
    return 0 < len(words) <= _HEADING and line.rstrip()[-1] not in ".,;" and words[0][0].isalnum()


def _affirmed(sentence: str) -> str:
    """A sentence without what it denies, and without the formulas that say nothing."""
    return _blanked(_without_denied(sentence), _said("formula")).strip(" ;")


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
    """The job that a heading or the first line names; "" where none does.

    Only where all its words are known to the lexicon: a person's name is not among them.
    """
    lines = [" ".join(_HOLDER.sub(" ", line).split()) for line in words.splitlines()]
    lines = list(filter(None, lines))
    stated = (piece for line in lines for piece in _stated(line))
    first = (piece for line in lines[:_TOP] for piece in _PARTS.split(line))
    for piece in (*stated, *first):
        title = _ARTICLE.sub("", " ".join(piece.split()))
        if _names_a_job(title):
            return title[:1].upper() + title[1:]
    return ""


def _stated(line: str) -> Iterator[str]:
    """What stands behind "we are hiring" and the like, before the next pause."""
    if match := _said("states_role").search(_level(line)):
        named = _ARTICLE.sub("", line[match.end() :].lstrip(" :-–—"))
        yield _PARTS.split(named)[0]


def _names_a_job(title: str) -> bool:
    tokens = [fold(token) for token in text.tokens(title)]
    return (
        0 < len(tokens) <= _TITLE
        and not _said("negation").search(_level(title))
        and bool(_said("job").search(_level(title)))
        and all(map(_is_known, tokens))
    )


def _is_known(token: str) -> bool:
    return token in _vocabulary() or token in text.stop_words() or text.is_name(token)


@cache
def _vocabulary() -> frozenset[str]:
    """All words of the lexicon's pairs, and those of jobs, folded."""
    written = (words for pair in lexicon.pairs() for words in pair[:2])
    jobs = (fold(job) for job in _jobs())
    return frozenset([*jobs, *(fold(token) for each in written for token in text.tokens(each))])


def _jobs() -> list[str]:
    with LEXICON_FILE.open(encoding="utf-8", newline="") as lines:
        listed = [row["phrase"] for row in csv.DictReader(lines) if row["says"] == "job"]
    return [*listed, "senior", "junior", "global", "regional", "deputy", "associate"]
