"""Fits the ranking index over the catalogue, reading anew only the courses that have changed.

What a text says word by word is kept with the course's hash; all that depends on other courses,
such as how rare a term is, is counted again from it: see `counting`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from struct import pack
from typing import Any

from catalogue.file import explained, open_for_writing, whole
from recommend import facts, index, lexicon, style, tables, text

Row = Mapping[str, Any]

_TEXTS = ("id", *text.FIELDS, "format", "assessment")
_BATCH = 1000
_MARKS = {field: " " * place for place, field in enumerate(text.FIELDS, start=1)}
"""What stands before each passage of a field, where a course's are read as one: so many blanks."""


def refit(path: Path) -> None:
    """Fit and write the index in one transaction, against a crawl that might end meanwhile.

    Which courses are the same is found anew before, as a list shows twins once, and the lists of
    the shipped roles after.
    """
    from catalogue import same
    from recommend import roles

    with closing(open_for_writing(path)) as db, explained(path), whole(db):
        same.refresh(db)
        write(db, db)
        roles.refresh(db)
    for language in ("fr", "en"):
        lexicon.bridge(language)  # read now, while nobody waits


def write(db: sqlite3.Connection, store: sqlite3.Connection) -> None:
    """Fit the index over the listed courses of `db` into `store`."""
    (version,) = db.execute("select version from about").fetchone()
    listed = db.execute("select id, hash from course where withdrawn is null order by id")
    write_rows(store, dict(listed), lambda ids: _texts(db, ids), version)
    tables.replace(store, tables.FACT, facts.rows(db, store))


def _texts(db: sqlite3.Connection, ids: Iterable[int]) -> Iterator[Row]:
    """The columns that are read of each course."""
    sql = f"select {', '.join(_TEXTS)} from course where id = ?"  # noqa: S608
    return (dict(zip(_TEXTS, db.execute(sql, [each]).fetchone(), strict=True)) for each in ids)


def write_rows(
    store: sqlite3.Connection,
    listed: Mapping[int, bytes],
    texts: Callable[[Iterable[int]], Iterator[Row]],
    version: int,
) -> None:
    """Fit the index over courses, {id: hash} in the order of their ids; `texts` gives their rows.

    The terms are the same, byte by byte, after a change as after a fit from nothing.
    """
    from recommend import counting

    if not is_of(store, index.model()):
        tables.create(store)
    _read(store, listed, texts)
    streams = [
        each for (each,) in store.execute("select words from course_words order by course_id")
    ]
    unsaid = counting.unsaid(streams, _ids(store).values())
    store.executemany("delete from word where id = ?", [(each,) for each in unsaid])
    words = {at: word for word, at in _ids(store).items()}
    tables.replace(store, tables.TERM, counting.rows(list(listed), streams, words))
    tables.replace(store, tables.META, [(index.model(), version, len(listed))])


def is_of(store: sqlite3.Connection, wanted: str) -> bool:
    """Does the file hold an index of this model, of whatever data?"""
    if not store.execute("select 1 from sqlite_master where name = 'index_meta'").fetchone():
        return False
    return (
        store.execute("select 1 from index_meta where model = ?", [wanted]).fetchone() is not None
    )


def _read(
    store: sqlite3.Connection,
    listed: Mapping[int, bytes],
    texts: Callable[[Iterable[int]], Iterator[Row]],
) -> None:
    """Read the courses that are new or have changed, and forget those that are gone."""
    kept = dict(store.execute("select course_id, hash from course_words"))
    changed = [each for each, held in listed.items() if kept.get(each) != held]
    gone = [each for each in kept if each not in listed]
    for table in (tables.READ, tables.STYLE):
        tables.remove(store, table, (*gone, *changed))
    numbers = _Numbers(_ids(store))
    rows = texts(changed)
    while batch := [_analysed(row, listed, numbers) for row in islice(rows, _BATCH)]:
        tables.add(store, tables.READ, (read for read, _ in batch))
        tables.add(store, tables.STYLE, chain.from_iterable(style for _, style in batch))
    store.executemany("insert into word (word, id) values (?, ?)", numbers.new.items())


def _analysed(
    row: Row, listed: Mapping[int, bytes], numbers: _Numbers
) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
    """A course's row of table course_words, and of table style where it has one."""
    said = row["id"], listed[row["id"]], *_stream(row, numbers)
    return said, list(style.rows([row]))


def _ids(store: sqlite3.Connection) -> dict[str, int]:
    return dict(store.execute("select word, id from word order by id"))


class _Numbers(dict[str, bytes]):
    """Words by their ids as 32 bits, new ones numbered when met; none for those without a term."""

    def __init__(self, ids: dict[str, int]) -> None:
        super().__init__({word: pack("i", at) for word, at in ids.items()})
        self.update({mark: pack("i", -len(mark)) for mark in _MARKS.values()})
        self.new: dict[str, int] = {}
        self._last = max(ids.values(), default=0)

    def __missing__(self, word: str) -> bytes:
        if text.stems(word):
            self._last += 1
            self.new[word] = self._last
        self[word] = pack("i", self._last) if word in self.new else b""
        return self[word]


def _stream(row: Row, numbers: _Numbers) -> tuple[bytes, int]:
    """A course's words by number, and where its passages begin; and how many words they are."""
    pieces: list[str] = []
    passages = 0
    for field, mark in _MARKS.items():
        for passage in text.passages(row, field):
            for clause in text.phrased(passage) if field in text.PHRASED else (passage,):
                pieces += mark, *clause.split()
                passages += 1
    stream = b"".join(map(numbers.__getitem__, text.read(pieces)))
    return stream, len(stream) // 4 - passages
