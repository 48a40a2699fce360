"""The index's tables inside the catalogue: declared as the catalogue's own are, written alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import attrs

from catalogue.schema import COURSE_ID, COURSE_KEY, Column, Table
from recommend import style

_ID = Column(name="id", type="INTEGER primary key", meaning="Number of the row.")

META = Table(
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
)

TERM = Table(
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
)

WORD = Table(
    name="word",
    title="Words",
    meaning="One row per word that the courses' texts have been read with.",
    columns=(
        _ID,
        Column(name="word", type="TEXT", meaning="In lower case, as written.", required=True),
    ),
    label="word",
)

READ = Table(
    name="course_words",
    title="Words of each course",
    meaning="One row per course in the index: its words, so that only what changes is read anew.",
    columns=(
        COURSE_KEY,
        Column(
            name="hash",
            type="BLOB",
            meaning="The course's hash when its texts were read.",
            required=True,
        ),
        Column(
            name="words",
            type="BLOB",
            meaning="Ids of its words in order, 32-bit integers; before each passage the number of"
            " its field, from -1 on downwards.",
            required=True,
        ),
        Column(
            name="telling",
            type="INTEGER",
            meaning="How many they are: its telling words, as stop words are not among them.",
            unit="words",
            required=True,
        ),
    ),
)


def _weight(pole: str) -> Column:
    meaning = f"Weight of its phrases of {pole}, by data/lexicon/style.csv."
    return Column(name=pole, type="REAL", meaning=meaning, required=True)


STYLE = Table(
    name="style",
    title="Style",
    meaning="How each course's texts speak: of practice or theory, academic or promotional.",
    columns=(
        COURSE_KEY,
        *map(_weight, style.POLES),
        Column(
            name="said",
            type="TEXT",
            meaning="The phrases as JSON: {pole: [[words, field, times, weight], ...]}.",
            required=True,
        ),
    ),
)

FACT = Table(
    name="fact",
    title="Facts",
    meaning="One row per group of signals: which courses have the same values of what they read."
    " The row “telling” is none: it counts the telling words of each course, as far as matters.",
    columns=(
        _ID,
        Column(name="name", type="TEXT", meaning="The group of signals.", required=True),
        Column(
            name="codes",
            type="BLOB",
            meaning="For each course id from 0 on, the number of its values, 32-bit integers; in"
            " the row “telling”, how many telling words it has.",
            required=True,
        ),
        Column(
            name="firsts",
            type="BLOB",
            meaning="For each number, the id of the first course that has it, 32-bit integers.",
            required=True,
        ),
    ),
    unique=("name",),
)

ROLE_MATCH = Table(
    name="role_match",
    title="First courses of the roles",
    meaning="The first fifty courses by score for each role profile that comes with moocscout, on"
    " the day of the data, twins once. A list of twelve is chosen from them: three of a provider,"
    " several wishes.",
    columns=(
        _ID,
        Column(
            name="role",
            type="TEXT",
            meaning="Name of the profile, such as directeur-marketing.",
            required=True,
        ),
        Column(name="place", type="INTEGER", meaning="Place by score, from 1 on.", required=True),
        COURSE_ID,
        Column(
            name="points",
            type="REAL",
            meaning="Its score; `moocscout explain` shows what it is made of.",
            unit="points",
            required=True,
        ),
        Column(name="day", type="TEXT", meaning="The day that was planned from.", required=True),
        Column(
            name="profile",
            type="TEXT",
            meaning="Hash of all that the profile said then.",
            required=True,
        ),
    ),
    unique=("role", "place"),
    label="role",
    indexes=(("course_id",),),
)

TABLES = (META, TERM, WORD, READ, STYLE, FACT, ROLE_MATCH)
HIDDEN = frozenset(table.name for table in TABLES if table is not ROLE_MATCH)
"""What nobody browses: blobs and what machines count with."""


def create(store: sqlite3.Connection) -> None:
    """All tables, empty."""
    for table in TABLES:
        store.execute(f"drop table if exists {table.name}")
        for sql in (table.sql, *table.index_sql):
            store.execute(sql)
    # What an earlier index held of its own, the catalogue's same_course now says.
    store.execute("drop table if exists twin")


def replace(store: sqlite3.Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Let a table hold these rows alone; the first column is numbered where they lack it."""
    store.execute(f"delete from {table.name}")  # noqa: S608
    add(store, table, rows)


def add(store: sqlite3.Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """More rows of a table."""
    names = [column.name for column in table.columns]
    names = names[1:] if names[0] == "id" else names
    marks = ", ".join("?" * len(names))
    store.executemany(
        f"insert into {table.name} ({', '.join(names)}) values ({marks})",  # noqa: S608
        rows,
    )


def remove(store: sqlite3.Connection, table: Table, courses: Iterable[int]) -> None:
    """The rows of these courses."""
    store.executemany(
        f"delete from {table.name} where course_id = ?",  # noqa: S608
        ((course_id,) for course_id in courses),
    )
