"""What other rankers make of the same courses and profiles: only for measuring, never to serve.

Each takes the courses and gives a function from a profile to the courses' places, best first. The
query is what the profile says in its own language: role, text and topics.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from catalogue.words import fold, stems, tokens
from recommend.profile import Profile
from recommend.text import stop_words

Row = Mapping[str, Any]
Ranker = Callable[[Profile], list[int]]
DEPTH = 1000
"""How many places of a ranking are kept."""


class Absent(Exception):
    """A peer is not installed; the message says how to get it."""


def said(profile: Profile) -> str:
    """A profile as one query."""
    return " ".join((profile.role, profile.text, *profile.wants))


def _terms(row: Row) -> list[str]:
    """Folded stems of both languages, the title three times."""
    return 3 * _stems(row["title"]) + _stems(row["description"] or "")


def _stems(text: str) -> list[str]:
    return [stem for token in words(text) for stem in stems(token)]


def words(text: str) -> list[str]:
    """Tokens without the stop words of both languages: every peer but the first gets them."""
    return [t for t in tokens(text) if len(t) > 1 and fold(t) not in stop_words()]


def scikit_learn(courses: Sequence[Row]) -> Ranker:
    """TfidfVectorizer as it comes, over title and description."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _cosine(TfidfVectorizer(), [f"{r['title']} {r['description']}" for r in courses], said)


def folded_stems(courses: Sequence[Row]) -> Ranker:
    """TF-IDF of the stems of both languages, the title three times, tf sublinear."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    return _cosine(vectorizer, [_terms(row) for row in courses], lambda who: _stems(said(who)))


def _cosine(vectorizer: Any, documents: Sequence[Any], query: Callable[[Profile], Any]) -> Ranker:
    matrix = vectorizer.fit_transform(documents)

    def ranked(profile: Profile) -> list[int]:
        scores = (matrix @ vectorizer.transform([query(profile)]).T).toarray().ravel()
        return _best(scores)

    return ranked


def bm25(courses: Sequence[Row]) -> Ranker:
    """bm25s with its defaults over the same stems. Raises Absent without bm25s."""
    try:
        import bm25s
    except ImportError as error:
        raise Absent("bm25s is not installed; requirements-dev.lock has it") from error
    model = bm25s.BM25()
    model.index([_terms(row) for row in courses], show_progress=False)
    return lambda profile: _best(model.get_scores(_stems(said(profile))))


def _best(scores: Any) -> list[int]:
    import numpy

    order = numpy.lexsort((numpy.arange(len(scores)), -scores))[:DEPTH]
    return [int(at) for at in order if scores[at] > 0]


def fts5(courses: Sequence[Row]) -> Ranker:
    """SQLite's full-text search: bm25, title three times, any of the words, accents folded."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "create virtual table held using fts5(title, description,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    db.executemany(
        "insert into held (rowid, title, description) values (?, ?, ?)",
        ((at, row["title"], row["description"]) for at, row in enumerate(courses)),
    )

    def ranked(profile: Profile) -> list[int]:
        asked = dict.fromkeys(fold(word) for word in words(said(profile)))
        query = " OR ".join(f'"{word}"' for word in asked)
        sql = "select rowid from held where held match ? order by bm25(held, 3, 1), rowid limit ?"
        return [at for (at,) in db.execute(sql, (query, DEPTH))]

    return ranked


PEERS: Mapping[str, Callable[[Sequence[Row]], Ranker]] = {
    "scikit-learn default": scikit_learn,
    "folded-stem TF-IDF": folded_stems,
    "bm25s": bm25,
    "FTS5": fts5,
}
