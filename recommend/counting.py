"""Terms, rarity and weights from the courses' words, all at once with numpy.

The figures are TfidfVectorizer's, which the tests hold them against: sublinear tf, smooth idf,
vectors of length one. Only whole numbers are counted, and each vector is summed in the order of its
terms, so that the same words give the same bytes, however they were come by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray

from recommend import text

Integers = NDArray[Any]
"""Whole numbers, as narrow as they may be: a catalogue has tens of millions of words."""
Row = tuple[str, str, int, float, bytes, bytes]
"""term, shown, courses, idf, docs, weights: a row of table term, id apart."""

_BITS = max(text.FIELDS.values()).bit_length()


class Words(NamedTuple):
    """The words of all courses in a row, each with the place of its course and its field.

    Words that may form a phrase with the next one are marked as such.
    """

    words: Integers
    """By number."""
    courses: Integers
    times: Integers
    """How many times a word of its field counts."""
    pairs: Integers
    """Places of the words that are followed by another one of the same phrased passage."""


class Terms(NamedTuple):
    """The terms in the order of the alphabet, and which words and pairs of words give them."""

    names: list[str]
    shown: list[str]
    singles: tuple[Integers, Integers]
    """By word, its first and its second term; -1 for none."""
    pairs: Integers
    """By place in `Words.pairs`."""


def rows(
    courses: Sequence[int], streams: Sequence[bytes], words: Mapping[int, str]
) -> Iterator[Row]:
    """Rows of the term table.

    `streams`: for each course id, the 32-bit ids of its words, and before each passage the number
    of its field in text.FIELDS, from -1 on downwards.
    """
    said = _said(streams)
    if not len(said.words):
        return
    terms = _terms(said, [words.get(at, "") for at in range(max(words) + 1)])
    cells, tf = _counted(said, terms, len(courses))
    term, place = numpy.divmod(cells, len(courses))
    held = numpy.bincount(term, minlength=len(terms.names))
    idf = numpy.log((1 + len(courses)) / (1 + held)) + 1.0
    weights = (numpy.log(tf) + 1.0) * idf[term]
    lengths = numpy.sqrt(numpy.bincount(place, weights * weights, minlength=len(courses)))
    weights = (weights / lengths[place]).astype(numpy.float32)
    docs = numpy.array(courses, dtype=numpy.int32)[place]
    ends = numpy.cumsum(held).tolist()
    for at, end in enumerate(ends):
        mine = slice(end - int(held[at]), end)
        bare = docs[mine].tobytes(), weights[mine].tobytes()
        yield terms.names[at], terms.shown[at], int(held[at]), float(idf[at]), *bare


def unsaid(streams: Sequence[bytes], ids: Collection[int]) -> list[int]:
    """Those of the ids of words that stand in none of the streams."""
    flat = numpy.frombuffer(b"".join(streams), numpy.int32)
    held = numpy.bincount(flat[flat > 0], minlength=max(ids, default=0) + 1)
    return [each for each in ids if not held[each]]


def _said(streams: Sequence[bytes]) -> Words:
    flat = numpy.frombuffer(b"".join(streams), numpy.int32)
    # Of no streams, numpy would make fractions.
    lengths = numpy.array([len(stream) // 4 for stream in streams], numpy.int64)
    held = flat > 0
    places = numpy.arange(len(flat), dtype=numpy.int32)
    passages = numpy.maximum.accumulate(numpy.where(held, 0, places))
    fields = (-flat[passages]).astype(numpy.int8)[held]
    courses = numpy.repeat(numpy.arange(len(streams), dtype=numpy.int32), lengths)[held]
    # Every passage begins with a mark, so that what follows a word at once is of its passage.
    followed = numpy.append(held[1:], [False])[held] if len(flat) else held
    phrased = numpy.array([False, *(field in text.PHRASED for field in text.FIELDS)])
    times = numpy.array([0, *text.FIELDS.values()], dtype=numpy.int8)
    pairs = numpy.flatnonzero(followed & phrased[fields])
    return Words(flat[held], courses, times[fields], pairs)


def _terms(said: Words, words: Sequence[str]) -> Terms:
    times = numpy.bincount(said.words, minlength=len(words))
    stems = [text.stems(word) if times[at] else () for at, word in enumerate(words)]
    firsts = [each[0] if each else "" for each in stems]
    seconds = [each[1] if len(each) > 1 else "" for each in stems]
    pairs, where, counts = numpy.unique(
        said.words[said.pairs].astype(numpy.int64) * len(words) + said.words[said.pairs + 1],
        return_inverse=True,
        return_counts=True,
    )
    one, two = (each.tolist() for each in numpy.divmod(pairs, len(words)))
    phrases = [f"{firsts[a]} {firsts[b]}" for a, b in zip(one, two, strict=True)]
    names = sorted({*firsts, *seconds, *phrases} - {""})
    number = {name: at for at, name in enumerate(names)} | {"": -1}
    first, second, both = (
        numpy.array([number[name] for name in each], dtype=numpy.int64)
        for each in (firsts, seconds, phrases)
    )
    shown = _shown(names, words, (first, second, both), (times, pairs, counts))
    return Terms(names, shown, (first, second), both[where])


def _shown(
    names: list[str],
    words: Sequence[str],
    numbers: tuple[Integers, Integers, Integers],
    counted: tuple[Integers, Integers, Integers],
) -> list[str]:
    """Each term as it is written most often; of equals, the first in the alphabet.

    As a word alone, before as two words in a row.
    """
    first, second, both = numbers
    times, pairs, counts = counted
    place = numpy.empty(len(words), dtype=numpy.int64)
    place[sorted(range(len(words)), key=words.__getitem__)] = numpy.arange(len(words))
    shown = list(names)
    one, two = numpy.divmod(pairs, len(words))
    order = numpy.lexsort((place[two], place[one], -counts, both))
    for at in order[_leading(both[order])].tolist():
        shown[both[at]] = f"{words[one[at]]} {words[two[at]]}"
    numbered = numpy.concatenate((first, second))
    alike = numpy.tile(numpy.arange(len(words)), 2)
    order = numpy.lexsort((place[alike], -times[alike], numbered))
    order = order[numbered[order] >= 0]
    for at in order[_leading(numbered[order])].tolist():
        shown[numbered[at]] = words[alike[at]]
    return shown


def _leading(ordered: Integers) -> NDArray[numpy.bool_]:
    """Where a value differs from the one before it."""
    return numpy.append([True], ordered[1:] != ordered[:-1])[: len(ordered)]


def _counted(said: Words, terms: Terms, courses: int) -> tuple[Integers, Any]:
    """(term x courses + place of the course, how often the course says the term), ascending."""
    pairs = said.courses[said.pairs], said.times[said.pairs]
    first, second = (
        _keys(numbers[said.words], said.courses, said.times, courses) for numbers in terms.singles
    )
    keys = numpy.concatenate((first, second, _keys(terms.pairs, *pairs, courses)))
    del first, second
    # One sort of plain integers, in place, is the fastest there is.
    keys.sort()
    cells = keys >> _BITS
    keys &= (1 << _BITS) - 1
    starts = numpy.flatnonzero(_leading(cells))
    return cells[starts], numpy.add.reduceat(keys, starts)


def _keys(terms: Integers, places: Integers, times: Integers, courses: int) -> Integers:
    """term x courses + place of the course, and in the last bits how many times it counts."""
    held = terms >= 0
    keys = terms[held]
    keys *= courses
    keys += places[held]
    keys <<= _BITS
    keys |= times[held]
    return keys
