"""Ranking: warm, cold and fitted, each against its peers in the same rounds, with its goal.

Figures are processor time (user and system), which other work on the machine moves least.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import pickle
import resource
import shutil
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
from recommend import fitting, index, loops, profile, rank, text
from recommend.memory import Memory
from recommend.query import terms_of
from recommend.search import search
from tests.bench import shelf

Works = dict[str, Callable[[], object]]
Goals = dict[str, str]

_NAIVE = "scikit-learn cosine and argsort"
_PASS = "python -c pass"
_PICKLED = "pickled scikit-learn model"
_PLAIN_FIT = "TfidfVectorizer(), one language, no stems"
_MOST_FOR_SCIKIT = 60_000
"""Courses above which scikit-learn's vectors take too long to fit for a bench."""
_FITTED = 30_000
"""Most courses that the fit is measured with."""
_MODEL = """
import pickle, sys
with open(sys.argv[1], "rb") as file:
    vectorizer, matrix = pickle.load(file)
query = vectorizer.transform([sys.argv[2].split()])
scores = (matrix @ query.T).toarray()[:, 0]
print(scores.argsort()[::-1][:12])
"""


def _spent(work: Callable[[], object]) -> float:
    """Processor time of a piece of work and of the processes that it waits for, ms."""
    begin = _used()
    work()
    return (_used() - begin) * 1000


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _in_turn(works: Works, rounds: int) -> dict[str, float]:
    """Medians, ms; every round runs all of them, so that a busy machine slows all alike."""
    for work in works.values():
        work()
    # What was set up for one is not to be looked through, as garbage, in the time of another.
    gc.collect()
    gc.freeze()
    rows = [{name: _spent(work) for name, work in works.items()} for _ in range(rounds)]
    gc.unfreeze()
    return {name: statistics.median(row[name] for row in rows) for name in works}


def _print(title: str, medians: dict[str, float], peers: Sequence[str], goals: Goals) -> None:
    print(f"\n{title}")
    held = [peer for peer in peers if peer in medians]
    for name, spent in medians.items():
        against = "  ".join(f"{spent / medians[peer]:8.3f} x {peer}" for peer in held)
        print(f"  {name:42} {spent:9.2f} ms  {against}")
        if name in goals:
            print(f"  {'':42} goal: {goals[name]}")


def _scikit(rows: list[dict[str, Any]]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=_same, sublinear_tf=True)
    return vectorizer, vectorizer.fit_transform(text.course_terms(row) for row in rows)


def _same(terms: Sequence[str]) -> Sequence[str]:
    return terms


def _peers(rows: list[dict[str, Any]], asked: list[str]) -> Works:
    from sklearn.metrics.pairwise import cosine_similarity

    vectorizer, matrix = _scikit(rows)
    query = vectorizer.transform([asked])

    def naive() -> object:
        return cosine_similarity(matrix, query)[:, 0].argsort()[::-1][:12]

    found: Works = {_NAIVE: naive}
    if importlib.util.find_spec("bm25s"):
        import bm25s

        # Its numba backend where numba is there: its fastest.
        backend = "numba" if importlib.util.find_spec("numba") else "numpy"
        engine = bm25s.BM25(backend=backend)
        engine.index([text.course_terms(row) for row in rows], show_progress=False)
        found[f"bm25s ({backend})"] = lambda: engine.retrieve([asked], k=12, show_progress=False)
    return found


def _rows(db: sqlite3.Connection) -> list[dict[str, Any]]:
    columns = ("id", *text.FIELDS)
    found = db.execute(f"select {', '.join(columns)} from course where withdrawn is null")
    return [dict(zip(columns, row, strict=True)) for row in found]


def _warm(path: Path, rounds: int) -> None:
    who = profile.load(shelf.ROLE)
    loops.use_numpy()
    with closing(open_for_reading(path)) as db:
        bare = index.current(db)
        assert bare is not None
        warm = attrs.evolve(bare, memory=Memory())
        asked = terms_of(who)
        hours = iter(range(10**6))

        def another() -> object:
            mine = attrs.evolve(who, hours_per_week=1.0 + next(hours) / 1000)
            return rank.rank(db, warm, mine, shelf.DAY)

        def reworded() -> object:
            mine = attrs.evolve(who, text=f"{who.text} {next(hours)}")
            return rank.rank(db, warm, mine, shelf.DAY)

        words = f"text scores and best, {len(asked)} terms"
        works: Works = {
            words: lambda: loops.top(search(warm, asked).scores, 12),
            "list with all signals and reasons": lambda: rank.rank(db, warm, who, shelf.DAY),
            "the same, hours never asked before": another,
            "the same, words never asked before": reworded,
        }
        if bare.courses <= _MOST_FOR_SCIKIT:
            works |= _peers(_rows(db), [term.term for term in asked])
        goals = {
            words: "0.004 x scikit-learn at 250,000",
            "list with all signals and reasons": "5 ms at 30,000, 15 ms at 250,000",
        }
        title = f"Ranking warm, {bare.courses} courses, median of {rounds}"
        _print(title, _in_turn(works, rounds), [_NAIVE], goals)
        print(f"  the list equals the one of plain Python: {_exact(db, warm, who)}")


def _exact(db: sqlite3.Connection, warm: index.Index, who: profile.Profile) -> str:
    """Does the list equal the one that plain Python gives?"""
    fast = rank.rank(db, warm, who, shelf.DAY).as_json()
    numpy, loops.numpy = loops.numpy, None
    plain = rank.rank(db, attrs.evolve(warm, memory=Memory()), who, shelf.DAY).as_json()
    loops.numpy = numpy
    return "to the last byte" if fast == plain else "NO, IT IS ANOTHER"


def _cold(path: Path, rounds: int) -> None:
    """A process per question, against a bare interpreter and a pickled scikit-learn model."""
    who = profile.load(shelf.ROLE)
    asked = " ".join(term.term for term in terms_of(who) if " " not in term.term)
    environment = {**os.environ, "MOOCSCOUT_DB": str(path)}
    # The first round compiles our modules, as pip does for whoever installs them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def process(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run(
            [sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL
        )

    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model.pickle"
        with closing(open_for_reading(path)) as db:
            rows = _rows(db)
        vectorizer, matrix = _scikit(rows)
        vectorizer.analyzer = "word"
        model.write_bytes(pickle.dumps((vectorizer.set_params(analyzer=list), matrix)))
        recommend = ("-m", "moocscout", "recommend", shelf.ROLE, "--day", shelf.DAY)
        works = {
            _PASS: process("-c", "pass"),
            "import click, attrs": process("-c", "import click, attrs"),
            "moocscout recommend": process(*recommend),
            _PICKLED: process("-c", _MODEL, str(model), asked),
        }
        medians = _in_turn(works, rounds)
    goals = {"moocscout recommend": f"3 x {_PASS}, 0.025 x {_PICKLED}"}
    title = f"Ranking cold, {len(rows)} courses, median of {rounds}"
    _print(title, medians, [_PASS, _PICKLED], goals)


def _fit(path: Path, rounds: int) -> None:
    """The index from nothing and after 1 % changed, against TfidfVectorizer as it comes."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    with closing(open_for_reading(path)) as db:
        texts = [" ".join(str(row[field] or "") for field in text.FIELDS) for row in _rows(db)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "catalogue.db"
        shutil.copy(path, copy)
        works: Works = {
            _PLAIN_FIT: lambda: TfidfVectorizer().fit_transform(texts),
            "moocscout index, from nothing": lambda: _refit(copy, "drop table index_meta"),
            "moocscout index, 1 % changed": lambda: _refit(
                copy,
                "update course set title = title || ' x', hash = randomblob(16) where id % 100 = 0",
            ),
        }
        medians = _in_turn(works, rounds)
    goals = {
        "moocscout index, from nothing": f"1.0 x {_PLAIN_FIT}",
        "moocscout index, 1 % changed": "0.06 x from nothing",
    }
    peers = [_PLAIN_FIT, "moocscout index, from nothing"]
    _print(f"Fitting, {len(texts)} courses, median of {rounds}", medians, peers, goals)


def _refit(path: Path, change: str) -> None:
    """Change something in a catalogue, and fit its index."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(change)
        db.execute("update about set version = version + 1")
    fitting.refit(path)


def run(count: int, rounds: int) -> None:
    path = shelf.catalogue(count)
    _warm(path, rounds * 3)
    _cold(shelf.catalogue(min(count, 10_000)), rounds)
    _fit(shelf.catalogue(min(count, _FITTED)), min(rounds, 3))
