"""Ranking: warm against scikit-learn and bm25s on the same courses; cold, a process a question."""

from __future__ import annotations

import importlib.util
import os
import pickle
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs

from catalogue.file import open_for_reading
from recommend import index, profile, rank, text, walk
from recommend.memory import Memory
from recommend.query import terms_of
from recommend.search import search
from tests.bench import shelf

_MOST_FOR_SCIKIT = 60_000
"""Courses above which scikit-learn's vectors take too long to fit for a bench."""
_MODEL = """
import pickle, sys
with open(sys.argv[1], "rb") as file:
    vectorizer, matrix = pickle.load(file)
query = vectorizer.transform([sys.argv[2].split()])
scores = (matrix @ query.T).toarray()[:, 0]
print(scores.argsort()[::-1][:12])
"""


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return found


def _in_turn(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Medians, ms; every round runs all of them, so that a busy machine slows all alike."""
    for work in works.values():
        work()
    rows = [{name: _times(work, 1)[0] for name, work in works.items()} for _ in range(rounds)]
    return {name: statistics.median(row[name] for row in rows) for name in works}


def _scikit(rows: list[dict[str, Any]]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=_same, sublinear_tf=True)
    return vectorizer, vectorizer.fit_transform(text.course_terms(row) for row in rows)


def _same(terms: Sequence[str]) -> Sequence[str]:
    return terms


def _peers(rows: list[dict[str, Any]], asked: list[str]) -> dict[str, Callable[[], object]]:
    from sklearn.metrics.pairwise import cosine_similarity

    vectorizer, matrix = _scikit(rows)
    query = vectorizer.transform([asked])

    def naive() -> object:
        return cosine_similarity(matrix, query)[:, 0].argsort()[::-1][:12]

    found: dict[str, Callable[[], object]] = {"scikit-learn cosine and argsort": naive}
    if importlib.util.find_spec("bm25s"):
        import bm25s

        # Its numba backend where numba is there: its fastest.
        backend = "numba" if importlib.util.find_spec("numba") else "numpy"
        engine = bm25s.BM25(backend=backend)
        engine.index([text.course_terms(row) for row in rows], show_progress=False)
        found[f"bm25s ({backend})"] = lambda: engine.retrieve([asked], k=12, show_progress=False)
    return found


def _warm(path: Path, rounds: int) -> None:
    who = profile.load(shelf.ROLE)
    walk.use_numpy()
    with closing(open_for_reading(path)) as db:
        bare = index.current(db)
        assert bare is not None
        warm = attrs.evolve(bare, memory=Memory())
        asked = terms_of(who)
        hours = iter(range(10**6))

        def another() -> object:
            mine = attrs.evolve(who, hours_per_week=1.0 + next(hours) / 1000)
            return rank.rank(db, warm, mine, shelf.DAY)

        works: dict[str, Callable[[], object]] = {
            f"text scores and best, {len(asked)} terms": lambda: walk.top(
                search(warm, asked).scores, 12
            ),
            "list with all signals and reasons": lambda: rank.rank(db, warm, who, shelf.DAY),
            "the same, hours never asked before": another,
        }
        columns = ", ".join(("id", *text.FIELDS))
        if bare.courses <= _MOST_FOR_SCIKIT:
            found = db.execute(f"select {columns} from course where withdrawn is null order by id")
            rows = [dict(zip(columns.split(", "), row, strict=True)) for row in found]
            works |= _peers(rows, [term.term for term in asked])
        medians = _in_turn(works, rounds)
        first, naive = next(iter(works)), medians.get("scikit-learn cosine and argsort")
        print(f"\nRanking warm, {bare.courses} courses, median of {rounds}")
        for name, spent in medians.items():
            print(f"  {name:42} {spent:8.2f} ms", end="")
            print(f"  {spent / naive:6.3f} x scikit-learn" if naive else "")
        print(f"  {first}: same scores as the reference, {_exact(db, warm, who)}")


def _exact(db: sqlite3.Connection, warm: index.Index, who: profile.Profile) -> str:
    """Does the list equal the one that plain Python gives?"""
    fast = rank.rank(db, warm, who, shelf.DAY).as_json()
    numpy, walk.numpy = walk.numpy, None
    plain = rank.rank(db, attrs.evolve(warm, memory=None), who, shelf.DAY).as_json()
    walk.numpy = numpy
    return "to the last byte" if fast == plain else "NOT THE SAME LIST"


def _cold(path: Path, rounds: int) -> None:
    """A process per question, against a bare interpreter and a pickled scikit-learn model."""
    who = profile.load(shelf.ROLE)
    asked = " ".join(term.term for term in terms_of(who) if " " not in term.term)
    environment = {**os.environ, "MOOCSCOUT_DB": str(path)}

    def process(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run(
            [sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL
        )

    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.pickle"
        with closing(open_for_reading(path)) as db:
            columns = ", ".join(("id", *text.FIELDS))
            found = db.execute(f"select {columns} from course order by id")
            rows = [dict(zip(columns.split(", "), row, strict=True)) for row in found]
        vectorizer, matrix = _scikit(rows)
        vectorizer.analyzer = "word"
        model.write_bytes(pickle.dumps((vectorizer.set_params(analyzer=list), matrix)))
        medians = _in_turn(
            {
                "python -c pass": process("-c", "pass"),
                "moocscout recommend": process(
                    "-m", "moocscout", "recommend", shelf.ROLE, "--day", shelf.DAY
                ),
                "pickled scikit-learn model": process("-c", _MODEL, str(model), asked),
            },
            rounds,
        )
    floor, model_time = medians["python -c pass"], medians["pickled scikit-learn model"]
    print(f"\nRanking cold, {len(rows)} courses, median of {rounds}")
    for name, spent in medians.items():
        against = f"{spent / floor:6.2f} x python -c pass  {spent / model_time:6.3f} x model"
        print(f"  {name:42} {spent:8.1f} ms  {against}")


def run(count: int, rounds: int) -> None:
    path = shelf.catalogue(count)
    _warm(path, rounds * 3)
    _cold(shelf.catalogue(min(count, 10_000)), rounds)
