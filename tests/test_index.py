"""The index gives TfidfVectorizer's and cosine's scores without importing scikit-learn."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import numpy
import pytest
from sklearn.metrics.pairwise import cosine_similarity

from catalogue.course import Course
from catalogue.file import open_for_reading
from recommend import fitting, index, judged_files, oracle, text
from recommend.index import Index
from recommend.profile import Profile, load
from recommend.query import QueryTerm, terms_of
from recommend.search import search
from recommend.tables import TABLES as INDEX_TABLES

Stock = Callable[..., Path]
DIRECTOR = Profile(
    role="Directrice marketing",
    language="fr",
    wants=("nudge", "économie comportementale", "co-création", "tests A/B"),
    text="J'ai vingt ans de grande consommation, et le consommateur m'intéresse.",
)


def fitted_on(rows: list[dict[str, Any]]) -> Index:
    """An index over rows that are in no catalogue; a course's id is its place among them."""
    store = sqlite3.connect(":memory:", isolation_level=None)
    said = [dict.fromkeys(text.FIELDS) | row | {"id": at} for at, row in enumerate(rows)]
    hashes = dict.fromkeys(range(len(rows)), b"")
    fitting.write_rows(store, hashes, lambda ids: map(said.__getitem__, ids), 0)
    return Index(store, store, index.model(), len(rows))


def reference_scores(rows: list[dict[str, Any]], query: tuple[QueryTerm, ...]) -> Any:
    """Cosines by scikit-learn alone: the fitted matrix against the query's weights times idf."""
    vectorizer = oracle.reference()
    matrix = vectorizer.fit_transform(rows)
    vector = numpy.zeros(matrix.shape[1])
    for term in query:
        if (at := vectorizer.vocabulary_.get(term.term)) is not None:
            vector[at] = term.weight * vectorizer.idf_[at]
    return cosine_similarity(matrix, vector.reshape(1, -1))[:, 0]


def assert_same(rows: list[dict[str, Any]], profile: Profile) -> None:
    query = terms_of(profile)
    ours = search(fitted_on(rows), query).cosines
    theirs = reference_scores(rows, query)
    assert ours.keys() == set(numpy.flatnonzero(theirs).tolist())
    assert max(abs(theirs[at] - score) for at, score in ours.items()) < 1e-6
    order = sorted(ours, key=lambda at: (-ours[at], at))
    reference = sorted(ours, key=lambda at: (-theirs[at], at))
    for mine, its in zip(order, reference, strict=True):
        # Courses that 32 bits cannot tell apart may change places.
        assert mine == its or abs(theirs[mine] - theirs[its]) < 1e-7


def shelf() -> list[dict[str, Any]]:
    lines = (Path(__file__).parent / "fixtures" / "shelf.jsonl").read_text(encoding="utf-8")
    courses = [Course.from_json(line) for line in lines.splitlines()]
    return [{name: getattr(each, name) for name in text.FIELDS} for each in courses]


def test_scores_are_scikit_learns_on_the_shelf() -> None:
    assert_same(shelf(), DIRECTOR)


def test_a_plain_profile_is_what_the_vectorizer_makes_of_its_words() -> None:
    rows, words = shelf(), "nudge consommateur consommateur neuromarketing"
    vectorizer = oracle.reference()
    matrix = vectorizer.fit_transform(rows)
    vectorizer.analyzer = text.terms
    theirs = cosine_similarity(matrix, vectorizer.transform([words]))[:, 0]
    query = terms_of(Profile(role=words, language="fr", reads=("fr",)))
    ours = search(fitted_on(rows), query).cosines
    assert ours == pytest.approx({at: each for at, each in enumerate(theirs) if each}, abs=1e-6)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["directeur-marketing", "social-media", "data-analyst-marketing"])
def test_scores_are_scikit_learns_on_real_courses(shared: Path, name: str) -> None:
    rows = judged_files.courses(shared / "data" / "courses_real.csv.gz")
    assert_same(random.Random(7).sample(rows, 5000), load(name))


def test_stop_words_agree_with_the_tokens() -> None:
    oracle.check_stop_words()


def test_a_stop_word_that_could_never_be_met_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "stop_words", lambda: frozenset({"aujourd'hui"}))
    with pytest.raises(ValueError, match="inconsistent"):
        oracle.check_stop_words()


def test_terms_show_the_words_that_people_write() -> None:
    rows = [
        {"title": "Neuromarketing"},
        {"title": "Le marketing prédictif", "skills": '["CRM"]'},
        {"title": "Marketing prédictive", "description": "Une approche prédictive."},
    ]
    found = dict(fitted_on(rows).store.execute("select term, shown from term"))
    assert found["neuromarket"] == "neuromarketing"
    assert found["predict"] == "prédictive", "twice, against once"
    assert found["predictif"] == "prédictif"
    assert found["crm"] == "crm"
    assert found[text.phrase("marketing", "prédictif")] == "marketing prédictif"


FITTED = ("term", "style", "fact", "index_meta")
"""Tables that say the same after a change as after a fit from nothing; the rest is kept words."""


def contents(found: Index) -> dict[str, list[Any]]:
    return {name: found.store.execute(f"select * from {name}").fetchall() for name in FITTED}


def test_after_a_change_only_that_is_read_anew(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    stream = fitting._stream

    def counted(row: Any, ids: Any) -> bytes:
        read.append(row["id"])
        return stream(row, ids)

    path = stock()
    index.ensure(path).close()
    lines = (Path(__file__).parent / "fixtures" / "shelf.jsonl").read_text(encoding="utf-8")
    fun = [c for line in lines.splitlines() if (c := Course.from_json(line)).platform == "fun"]
    changed = attrs.evolve(fun[1], title="Gamification, par le jeu", skills=("ludification",))
    new = Course(platform="fun", ref="99", url="https://fun.example/99", title="Gamification")
    stock(*fun[2:], changed, new, day="2026-11-29")  # and the first one is gone
    monkeypatch.setattr(fitting, "_stream", counted)
    after = index.ensure(path)
    titles = after.db.execute("select id, title from course").fetchall()
    assert {title for at, title in titles if at in read} == {changed.title, new.title}
    whole = index.in_memory(after.db)
    assert len(read) == 2 + whole.courses
    assert contents(after) == contents(whole)
    after.close()


def test_kept_until_the_data_changes(stock: Stock) -> None:
    path = stock()
    first = index.ensure(path)
    assert first.note is None
    assert first.courses == 13
    written = first.db.total_changes
    again = index.ensure(path)
    assert again.db.total_changes == written == 0
    assert again.db.execute("select count(*) from index_meta").fetchone() == (1,)
    course = Course(platform="fun", ref="99", url="https://fun.example/99", title="Gamification")
    stock(course, day="2026-11-29")
    newer = index.ensure(path)
    assert newer.courses == 14
    assert "gamif" in newer.postings(["gamif"])


def test_another_model_is_fitted_anew(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stock()
    index.ensure(path).close()
    monkeypatch.setattr(index, "model", lambda: "tfidf-2")
    assert index.ensure(path).model == "tfidf-2"


def test_withdrawn_courses_are_not_in_it(stock: Stock) -> None:
    path = stock()
    lines = (Path(__file__).parent / "fixtures" / "shelf.jsonl").read_text(encoding="utf-8")
    fun = [c for line in lines.splitlines() if (c := Course.from_json(line)).platform == "fun"]
    stock(*(course for course in fun if course.ref != "1"), day="2026-11-29")
    found = index.ensure(path)
    gone = found.db.execute("select id from course where withdrawn is not null").fetchall()
    assert len(gone) == 1
    assert gone[0][0] not in search(found, terms_of(DIRECTOR)).cosines


def test_a_locked_catalogue_is_indexed_in_memory(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stock()
    monkeypatch.setattr("catalogue.file.BUSY_SECONDS", 0.05)
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("begin immediate")
    found = index.ensure(path)
    assert "another process is writing to it" in str(found.note)
    lock.execute("rollback")
    lock.close()
    kept = index.ensure(path)
    assert kept.note is None
    query = terms_of(DIRECTOR)
    assert search(found, query).cosines == search(kept, query).cosines


def test_an_empty_catalogue_has_an_empty_index(stock: Stock) -> None:
    course = Course(platform="fun", ref="1", url="https://fun.example/1", title="42")
    found = index.ensure(stock(course))
    assert search(found, terms_of(DIRECTOR)).cosines == {}


def test_every_column_says_what_it_means(stock: Stock) -> None:
    path = stock()
    index.ensure(path).close()
    db = open_for_reading(path)
    for table in INDEX_TABLES:
        assert table.meaning
        kept = [row[1] for row in db.execute(f"pragma table_xinfo({table.name})")]
        assert kept == [column.name for column in table.columns]
        assert all(column.meaning for column in table.columns)


def test_words_of_a_query_are_read_by_an_index_alone(stock: Stock) -> None:
    found = index.ensure(stock())
    plan = found.db.execute(
        "explain query plan select term, idf, docs, weights from term"
        " where term in (select value from json_each('[]')) order by id"
    ).fetchall()
    assert not [row for row in plan if "SCAN term" in row[3]]


HEAVY = {"sklearn", "pandas", "sqlite_utils", "scipy", "numpy", "scrapy", "datasette", "rich"}
UNASKED = {
    *("catalogue.schema", "catalogue.harvest", "catalogue.providers", "recommend.tables"),
    *("recommend.fitting", "recommend.counting", "importlib.metadata", "asyncio", "zipfile"),
}
"""What a list from a ready index has no use for: each costs more than ranking a few courses."""


def imported(path: Path, words: list[str]) -> set[str]:
    """The modules of a process that ran a command."""
    script = (
        "import sys, moocscout\n"
        f"sys.argv = ['moocscout', *{words!r}, '--db', {str(path)!r}]\n"
        "moocscout.main()\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "words",
    [["recommend", "cmo"], ["explain", "cmo", "fun:1"], ["digest", "cmo", "--since", "2026-01-01"]],
)
def test_ranking_imports_nothing_heavy(stock: Stock, words: list[str]) -> None:
    path = stock()
    index.ensure(path).close()
    held = imported(path, words)
    assert not HEAVY & {name.partition(".")[0] for name in held}
    if words[0] == "recommend":
        assert not UNASKED & held


def test_a_wish_crosses_to_what_the_person_reads() -> None:
    own = {term.term for term in terms_of(attrs.evolve(DIRECTOR, reads=("fr",)))}
    both = {term.term: term for term in terms_of(DIRECTOR)}
    assert both["behavioural economic"].origin == both["behavioural economic"].topic
    assert "behavioural economic" not in own
    english = Profile(wants=("public speaking",), language="en")
    assert not [term for term in terms_of(english) if term.origin]
    assert [t for t in terms_of(attrs.evolve(english, reads=("en", "fr"))) if t.origin]


def test_what_says_nothing_alone_is_looked_for_in_phrases_alone() -> None:
    query = {term.term for term in terms_of(Profile(wants=("gérer les quais",), language="fr"))}
    assert query == {"ger quais", "quais", "quai"}
    assert {term.term for term in terms_of(Profile(wants=("gérer",), language="fr"))}


def test_the_words_of_a_wished_phrase_count_less_apart() -> None:
    query = {term.term: term for term in terms_of(Profile(wants=("social media",), language="en"))}
    assert query["media"].weight < query["social medi"].weight
    assert query["media"].topic == "social media"
