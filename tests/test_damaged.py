"""Catalogue files that are not as they should be: every command says so and names the way out."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest

import moocscout
from catalogue import shape
from catalogue.errors import StoreError
from catalogue.file import open_for_reading, open_for_writing
from catalogue.schema import COURSE_TABLE, TABLES
from catalogue.views import VIEWS

Stock = Callable[..., Path]
READING = (
    ("recommend", "directeur-marketing"), ("explain", "directeur-marketing", "fun:1"), ("index",),
    ("digest", "directeur-marketing"), ("catalogue", "stats"), ("catalogue", "search", "nudge"),
    ("catalogue", "show", "fun", "1"), ("export", "csv", "-"), ("export", "db", "{folder}/out.db"),
    ("serve", "--port", "0"),
)  # fmt: skip
WRITING = (("check",), ("twins",), ("rates",))


def sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db, db:
            for statement in statements:
                db.execute(statement)

    return change


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def overwritten(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))


HOPELESS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "missing": (Path.unlink, "does not exist; run `moocscout crawl fun`"),
    "empty": (lambda path: path.write_bytes(b""), "is empty; run `moocscout crawl fun`"),
    "text": (lambda path: path.write_text("no database\n" * 90), "is not a catalogue"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "is a directory"),
    "cut": (cut, "is damaged"),
    "overwritten": (overwritten, "is damaged"),
    "search torn": (
        sql(
            "pragma writable_schema = on",
            "delete from sqlite_master where name = 'course_fts_config'",
        ),
        "is damaged (vtable constructor failed: course_fts); put a copy in its place",
    ),
    "foreign": (
        lambda path: (path.unlink(), sql("create table dog (name text)")(path)),
        "not a moocscout catalogue; name another file with --db",
    ),
    "newer": (sql("pragma user_version = 9"), "upgrade moocscout"),
}
KIND = "provider_kind"
WITHOUT: dict[str, tuple[Callable[[Path], None], str]] = {
    "a view": (sql("drop view course_money"), "view course_money"),
    "a table": (sql("drop table rate"), "table rate"),
    "the search": (sql("drop table course_fts"), "table course_fts"),
    "a column": (
        sql(
            *(f"drop view {name}" for name in VIEWS),
            *(f"drop index {each.split()[2]}" for each in COURSE_TABLE.index_sql if KIND in each),
            f"alter table course drop column {KIND}",
        ),
        "column course.provider_kind",
    ),
    "today's figure": (
        sql(
            *(f"drop view {name}" for name in VIEWS),
            "drop index course_price_per_hour",
            "alter table course drop column price_per_hour",
            "alter table course add column price_per_hour REAL generated always as (price) virtual",
            *(f"create view {name} as {view.sql}" for name, view in VIEWS.items()),
        ),
        "today's column course.price_per_hour",
    ),
    "today's view": (
        sql(
            "drop view quote",
            "create view quote as select 1 as course_id, '' as field, '' as words, '' as source",
        ),
        "today's view quote",
    ),
}


_KEPT: list[bytes] = []


@pytest.fixture
def shelf(stock: Stock, tmp_path: Path) -> Path:
    """A catalogue of this test's own: the first one that was loaded, byte for byte."""
    path = tmp_path / "catalogue.db"
    if not _KEPT:
        stock()
        _KEPT.append(path.read_bytes())
    path.write_bytes(_KEPT[0])
    return path


@pytest.fixture
def said(tmp_path: Path) -> Callable[..., str]:
    """What a command says that fails, in this process: anything but our own errors passes on."""

    def run(path: Path, *words: str) -> str:
        named = [word.format(folder=tmp_path) for word in words]
        try:
            moocscout.cli.main([*named, "--db", str(path)], standalone_mode=False)
        except click.ClickException as error:
            return error.format_message()
        except StoreError as error:
            return str(error)
        return ""

    return run


@pytest.mark.parametrize("words", [*READING, *WRITING], ids=lambda words: "-".join(words[:2]))
@pytest.mark.parametrize("state", HOPELESS)
def test_every_command_says_what_is_wrong(
    state: str, words: tuple[str, ...], shelf: Path, said: Callable[..., str]
) -> None:
    path = shelf
    spoil, expected = HOPELESS[state]
    spoil(path)
    assert expected in said(path, *words)
    assert path.exists() is (state != "missing"), "nothing was made on the way"


MAKING = (
    ("load", "{folder}/feed.jsonl"),
    ("import", "csv", "{folder}/own.csv", "--academy", "Maison", "--audience", "employees"),
)


@pytest.mark.parametrize("words", MAKING, ids=lambda words: words[0])
@pytest.mark.parametrize("state", sorted(HOPELESS.keys() - {"missing", "empty"}))
def test_so_do_those_that_would_make_a_catalogue(
    state: str, words: tuple[str, ...], shelf: Path, said: Callable[..., str], tmp_path: Path
) -> None:
    path = shelf
    (tmp_path / "feed.jsonl").write_text('{"platform": "fun"}\n')
    (tmp_path / "own.csv").write_text("id,title,url\n1,Nudge,https://x.example/1\n")
    spoil, expected = HOPELESS[state]
    spoil(path)
    assert expected in said(path, *words)


@pytest.mark.parametrize("words", READING, ids=lambda words: "-".join(words[:2]))
@pytest.mark.parametrize("state", WITHOUT)
def test_a_file_that_lacks_something_is_not_read(
    state: str, words: tuple[str, ...], shelf: Path, said: Callable[..., str]
) -> None:
    path = shelf
    remove, missing = WITHOUT[state]
    remove(path)
    told = said(path, *words)
    assert f"lacks {missing}" in told
    assert f"`moocscout check --db {path}` adds" in told


@pytest.mark.parametrize("state", WITHOUT)
def test_check_adds_it_and_says_so(state: str, shelf: Path, command: Callable[..., Any]) -> None:
    path = shelf
    with closing(open_for_reading(path)) as db:
        before = db.execute("select * from course").fetchall()
    remove, missing = WITHOUT[state]
    remove(path)
    first, again = (command("check", "--db", path) for _ in range(2))
    assert (first.code, again.code) == (0, 0), first
    assert first.out.startswith(f"added: {missing}\n")
    assert again.out == f"{path}: sound\n"
    with closing(open_for_reading(path)) as db:
        after = db.execute("select * from course").fetchall()
        assert len(after) == len(before)
        assert db.execute("select count(*) from course_fts where course_fts match 'nudge'") != (0,)
        assert db.execute("select per_euro from rate where currency = 'EUR'").fetchone() == (1.0,)


def tear(path: Path) -> None:
    """Noise in the middle pages of a file that is else whole."""
    with path.open("r+b") as file:
        file.seek(60 * 4096)
        file.write(random.Random(1).randbytes(40 * 4096))


@pytest.mark.parametrize("words", [*READING[:4], ("profile", "check", "directeur-marketing"),
    ("export", "db", "{folder}/out.db"), ("export", "csv", "-"), *WRITING[:2]],
    ids=lambda words: "-".join(words[:2]))  # fmt: skip
def test_torn_pages_are_named_by_the_file_that_has_them(
    words: tuple[str, ...], said: Callable[..., str], demo_run: Any, tmp_path: Path
) -> None:
    path = tmp_path / "torn.db"
    with closing(sqlite3.connect(demo_run.catalogue)) as db, closing(sqlite3.connect(path)) as copy:
        db.backup(copy)
        copy.execute("drop table index_meta")
    tear(path)
    assert f"{path} is damaged (database disk image is malformed); put a copy" in said(path, *words)


@pytest.mark.parametrize("words", WRITING, ids=lambda words: words[0])
def test_a_locked_file_is_not_called_broken(
    words: tuple[str, ...], shelf: Path, said: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalogue.file.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(shelf, isolation_level=None)) as other:
        other.execute("begin immediate")
        assert "another process is writing to it; wait for it to end" in said(shelf, *words)


def test_a_crawl_that_meets_torn_pages_does_not_blame_the_site(
    demo_site: Callable[..., Any], command: Callable[..., Any], tmp_path: Path
) -> None:
    crawl = ("crawl", "fun", "--base-url", demo_site("fun").url, "--day")
    assert command(*crawl, "2026-11-15").code == 0
    tear(tmp_path / "catalogue.db")
    ended = command(*crawl, "2026-11-22")
    assert (ended.code, ended.out) == (2, "")
    assert "catalogue.db is damaged" in ended.err
    assert "could not be had" not in ended.err


def test_a_whole_file_lacks_nothing(shelf: Path) -> None:
    with closing(open_for_reading(shelf)) as db:
        assert shape.lacking(db) == []


def test_every_table_and_column_is_missed(shelf: Path) -> None:
    path = shelf
    with closing(sqlite3.connect(":memory:")) as db:
        missing = shape.lacking(db)
    names = {f"table {table.name}" for table in TABLES} | {f"view {name}" for name in VIEWS}
    assert names <= set(missing)
    with closing(open_for_writing(path)) as db:
        db.execute("alter table issue drop column example")
        assert shape.lacking(db) == ["column issue.example"]


def test_a_column_that_may_not_be_empty_cannot_be_added(shelf: Path) -> None:
    path = shelf
    sql(*(f"drop view {name}" for name in VIEWS), "alter table rate drop column per_euro")(path)
    with pytest.raises(StoreError, match=r"lacks column r\.per_euro: "):
        open_for_writing(path)


def test_a_catalogue_with_a_log_is_read_where_nothing_can_be_written(shelf: Path) -> None:
    """SQLite would make its log in the folder: the file itself is whole."""
    path = shelf
    sql("pragma journal_mode = wal")(path)
    folder = path.parent
    folder.chmod(0o555)
    try:
        with closing(open_for_reading(path)) as db:
            assert db.execute("select count(*) from course").fetchone()[0]
    finally:
        folder.chmod(0o755)
