"""The ranking index: scikit-learn's TF-IDF weights as posting lists inside the catalogue.

Fitted once per version of the data, in one transaction, by scikit-learn, which is imported only
then. A query reads the profile's terms alone, with the standard library: the same scores as
TfidfVectorizer and cosine similarity, within the rounding of 32-bit floats.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from catalogue.errors import StoreError
from catalogue.file import explained, open_for_reading, open_for_writing, whole
from catalogue.schema import Column, Table
from recommend import facts, files, style, text
from recommend.memory import Memory

_ID = Column(name="id", type="INTEGER primary key", meaning="Number of the row.")

TABLES: tuple[Table, ...] = (
    Table(
        name="index_meta",
        title="Ranking index",
        meaning="One row: what the ranking index was fitted on.",
        columns=(
            attrs.evolve(_ID, meaning="Always 1."),
            Column(
                name="model",
                type="TEXT",
                meaning="Version of the text model and its word lists.",
                required=True,
            ),
            Column(
                name="version",
                type="INTEGER",
                meaning="Version of the data (table about) that the index belongs to.",
                required=True,
            ),
            Column(
                name="courses",
                type="INTEGER",
                meaning="Courses in the index: those still listed.",
                unit="courses",
                required=True,
            ),
        ),
    ),
    Table(
        name="term",
        title="Terms",
        meaning="One row per term of the courses' texts, with the courses that hold it.",
        columns=(
            _ID,
            Column(
                name="term",
                type="TEXT",
                meaning="The term: a folded stem, a name kept whole, or two stems in a row.",
                required=True,
            ),
            Column(
                name="shown",
                type="TEXT",
                meaning="The word as the courses write it most often.",
                required=True,
            ),
            Column(
                name="courses",
                type="INTEGER",
                meaning="How many courses hold it.",
                unit="courses",
                required=True,
            ),
            Column(
                name="idf",
                type="REAL",
                meaning="Rarity: 1 + ln((1 + all courses) / (1 + courses that hold it)).",
                required=True,
            ),
            Column(
                name="docs",
                type="BLOB",
                meaning="Ids of the courses that hold it, ascending, 32-bit integers.",
                required=True,
            ),
            Column(
                name="weights",
                type="BLOB",
                meaning="Its weight in each of them, 32-bit floats, in the order of docs:"
                " (1 + ln tf) x idf over the length of the course's vector.",
                required=True,
            ),
        ),
        unique=("term",),
        label="shown",
    ),
    style.TABLE,
    facts.TABLE,
)

_CHUNK = 500
_TEXTS = ("id", "platform", *text.FIELDS, "format", "assessment")


def model() -> str:
    """Version of the text model: its rules, and a digest of the word lists that it reads."""
    read = (*text.STOP_FILES, text.NAMES_FILE, style.LEXICON_FILE)
    return f"tfidf-4-{files.digest(*read)}"


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
    memory: Memory | None = None
    """What a server keeps from question to question."""

    def postings(self, terms: Iterable[str]) -> dict[str, Posting]:
        """The posting lists of those terms that any course holds."""
        wanted = sorted(terms)
        if self.memory is None:
            found: Mapping[str, Posting | None] = self._read(wanted)
        else:
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
        if self.memory is None:
            return facts.read(self.store)
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
    db = open_for_reading(path)
    if found := current(db):
        return found
    try:
        _rebuild(path)
    except StoreError as error:
        return in_memory(db, note=str(error))
    db.close()
    db = open_for_reading(path)
    # A crawl may have ended in between; its data is served by the next run's index.
    return current(db) or in_memory(db, note=f"{path} has changed meanwhile")


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
    _write(db, store)
    name, courses = store.execute("select model, courses from index_meta").fetchone()
    return Index(db, store, name, courses, note)


def _rebuild(path: Path) -> None:
    """Fit and write the index in one transaction, against a crawl that might end meanwhile.

    Which courses are the same is found anew, too: the list shows twins once.
    """
    from catalogue import same

    with closing(open_for_writing(path)) as db, explained(path), whole(db):
        same.refresh(db)
        _write(db, db)


def _write(db: sqlite3.Connection, store: sqlite3.Connection) -> None:
    (version,) = db.execute("select version from about").fetchone()
    write(store, list(_texts(db)), version)
    store.executemany(
        "insert into fact (name, codes, firsts) values (?, ?, ?)", list(facts.rows(db, store))
    )


def write(store: sqlite3.Connection, rows: list[dict[str, Any]], version: int) -> None:
    """Fit the index over course rows, in the order of their ids, and write its tables."""
    for table in TABLES:
        store.execute(f"drop table if exists {table.name}")
        store.execute(table.sql)
        for sql in table.index_sql:
            store.execute(sql)
    marks = ", ".join("?" for _ in style.TABLE.columns)
    store.executemany(f"insert into style values ({marks})", style.rows(rows))  # noqa: S608
    store.executemany(
        "insert into term (term, shown, courses, idf, docs, weights) values (?, ?, ?, ?, ?, ?)",
        fit(rows),
    )
    store.execute("insert into index_meta values (1, ?, ?, ?)", [model(), version, len(rows)])


def _texts(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """The columns that are indexed, of every course still listed, by id."""
    rows = db.execute(
        f"select {', '.join(_TEXTS)} from course where withdrawn is null order by id"  # noqa: S608
    )
    return (dict(zip(_TEXTS, row, strict=True)) for row in rows)


def fit(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, int, float, bytes, bytes]]:
    """Rows of the term table from course rows in the order of their ids, by scikit-learn."""
    if not any(text.course_terms(row) for row in rows):
        return
    import numpy

    surfaces = Surfaces()
    vectorizer = reference().set_params(analyzer=surfaces.analysed)
    matrix = vectorizer.fit_transform(rows).tocsc()
    matrix.sort_indices()
    ids = numpy.array([row["id"] for row in rows], dtype=numpy.int32)
    weights = matrix.data.astype(numpy.float32)
    shown = surfaces.shown()
    for at, term in enumerate(vectorizer.get_feature_names_out()):
        column = slice(matrix.indptr[at], matrix.indptr[at + 1])
        docs = ids[matrix.indices[column]]
        yield (
            term,
            shown[term],
            len(docs),
            float(vectorizer.idf_[at]),
            docs.tobytes(),
            weights[column].tobytes(),
        )


class Surfaces:
    """Counts how courses write their words, while they are analysed for the index."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()

    def analysed(self, row: Mapping[str, Any]) -> list[str]:
        """`text.course_terms`, counting on the way."""
        return text.course_terms(row, self._count)

    def _count(self, field: str, tokens: list[str]) -> None:
        self.words.update(tokens)
        if field in text.PHRASED:
            self.pairs.update(pairwise(tokens))

    def shown(self) -> dict[str, str]:
        """Each term as it is written most often; of equals, the first in the alphabet."""
        best: dict[str, str] = {}
        for token, _ in sorted(self.words.items(), key=lambda item: (-item[1], item[0])):
            for stem in text.stems(token):
                best.setdefault(stem, token)
        for pair, _ in sorted(self.pairs.items(), key=lambda item: (-item[1], item[0])):
            best.setdefault(text.phrase(*pair), " ".join(pair))
        return best


def reference() -> Any:
    """The TfidfVectorizer that defines the scores. Stop words it could never meet are an error."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    check_stop_words()
    return TfidfVectorizer(analyzer=text.course_terms, sublinear_tf=True)


def check_stop_words() -> None:
    """Raise ValueError for a stop word that our tokens would never equal."""
    import warnings

    from sklearn.feature_extraction.text import TfidfVectorizer

    checked = TfidfVectorizer(
        tokenizer=_folded, token_pattern=None, stop_words=sorted(text.stop_words())
    )
    # A warning turned into an error would be swallowed by scikit-learn's own except.
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        checked.build_analyzer()
    if said:
        raise ValueError(str(said[0].message))


def _folded(words: str) -> list[str]:
    from catalogue.words import fold

    return [fold(token) for token in text.tokens(words)]
