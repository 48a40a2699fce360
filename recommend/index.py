"""The ranking index: TF-IDF weights as posting lists inside the catalogue.

Fitted once per version of the data, in one transaction, by `fitting`, which is imported only then.
A query reads the profile's terms alone, with the standard library: the same scores as
scikit-learn's TfidfVectorizer and cosine similarity, within the rounding of 32-bit floats.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import attrs

from catalogue.errors import StoreError
from recommend import facts, files, style, text
from recommend.memory import Memory


def model() -> str:
    """Version of the text model: its rules, and a digest of the word lists that it reads."""
    read = (*text.FILES, style.LEXICON_FILE)
    return f"tfidf-14-{files.digest(*read)}"


class Posting(NamedTuple):
    """One term's courses and weights."""

    term: str
    idf: float
    docs: array[int]
    weights: array[float]

    def weight(self, course_id: int) -> float:
        """The term's weight in a course; 0 where the course does not hold it."""
        at = bisect_left(self.docs, course_id)
        held = at < len(self.docs) and self.docs[at] == course_id
        return self.weights[at] if held else 0.0


@attrs.frozen
class Index:
    """A fitted index and the catalogue that it belongs to."""

    db: sqlite3.Connection
    """The catalogue, open for reading."""
    store: sqlite3.Connection
    """Where the index's tables are: the catalogue, or memory."""
    model: str
    courses: int
    note: str | None = None
    """Why the index is in memory for this run; None when it is in the catalogue."""
    memory: Memory = attrs.field(factory=Memory)
    """What is kept from question to question."""

    def postings(self, terms: Iterable[str]) -> dict[str, Posting]:
        """The posting lists of those terms that any course holds."""
        wanted = sorted(terms)
        found = self.memory.postings(wanted, self._read)
        kept = ((term, found.get(term)) for term in wanted)
        return {term: posting for term, posting in kept if posting is not None}

    def _read(self, terms: list[str]) -> dict[str, Posting]:
        rows = self.store.execute(
            "select term, idf, docs, weights from term"
            " where term in (select value from json_each(?))",
            [json.dumps(terms)],
        )
        return {
            term: Posting(term, idf, array("i", docs), array("f", weights))
            for term, idf, docs, weights in rows
        }

    def stated(self) -> dict[str, facts.Codes]:
        """What signals read, group by group."""
        return self.memory.made("facts", lambda: facts.read(self.store))

    def twins(self, course_id: int) -> list[int]:
        """Ids of the same course on other platforms, where it is still listed."""
        rows = self.db.execute(
            "select t.course_id from same_course own"
            " join same_course t on t.cluster_id = own.cluster_id and t.course_id <> own.course_id"
            " join course on course.id = t.course_id and withdrawn is null"
            " where own.course_id = ? order by t.course_id",
            [course_id],
        )
        return [found for (found,) in rows]

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()
        self.db.close()


def ensure(path: Path) -> Index:
    """The index of the catalogue at `path`, fitted now if the data or the model has changed.

    A catalogue that cannot be written, or is being written, is indexed in memory for this run.
    """
    if found := _ready(path):
        return found
    from catalogue.file import open_for_reading

    db = open_for_reading(path)
    try:
        from recommend import fitting

        fitting.refit(path)
    except StoreError as error:
        return in_memory(db, note=str(error))
    db.close()
    db = open_for_reading(path)
    # A crawl may have ended in between; its data is served by the next run's index.
    return current(db) or in_memory(db, note=f"{path} has changed meanwhile")


def filled(path: Path) -> Index:
    """The same of a catalogue that lists a course. Raises StoreError where it lists none."""
    found = ensure(path)
    if not found.courses:
        found.close()
        raise StoreError(f"{path} has no course; crawl again, and read what the crawl says")
    return found


def _ready(path: Path) -> Index | None:
    """The index of a catalogue that has one for today's data.

    The file was looked at when the index was written: the declarations of its tables, which take
    longer to import than a list takes to rank, are not asked again.
    """
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return None  # why is said by who opens it with care
    try:
        found = current(db)
    except sqlite3.Error:
        found = None
    if found is None:
        db.close()
    return found


def current(db: sqlite3.Connection) -> Index | None:
    """The index in an open catalogue, if it belongs to today's data and model."""
    if not db.execute("select 1 from sqlite_master where name = 'index_meta'").fetchone():
        return None
    found = db.execute("select model, version, courses from index_meta").fetchone()
    version = db.execute("select version from about").fetchone()
    if found is None or found[:2] != (model(), *version):
        return None
    return Index(db, db, found[0], found[2])


def in_memory(db: sqlite3.Connection, *, note: str | None = None) -> Index:
    """Fit the catalogue's courses into memory."""
    store = sqlite3.connect(":memory:", isolation_level=None)
    from recommend import fitting

    fitting.write(db, store)
    name, courses = store.execute("select model, courses from index_meta").fetchone()
    return Index(db, store, name, courses, note)
