"""The tables, made from the model: name, type, unit and meaning of every column, once.

Whoever keeps tables of its own in the catalogue (the ranking index does) declares them with the
same `Table` and `Column`, so that publishing can refuse a column that nobody has described.
"""

from __future__ import annotations

import attrs

from catalogue.columns import Column, Table, columns_of, json_fields
from catalogue.course import Change, Course, Crawl, Issue, Platform, Session
from catalogue.options import PROVIDER_KINDS

__all__ = [
    "APPLICATION_ID",
    "COURSE_ID",
    "COURSE_KEY",
    "COURSE_TABLE",
    "FTS_COLUMNS",
    "FTS_SQL",
    "TABLES",
    "Column",
    "Table",
    "columns_of",
    "json_fields",
]

APPLICATION_ID = 0x6D6F6F63
"""SQLite's application_id of a catalogue: "mooc" in ASCII."""

_ID = Column(name="id", type="INTEGER primary key", meaning="Number of the row.")
COURSE_ID = Column(
    name="course_id", type="INTEGER", meaning="The course.", references="course", required=True
)
COURSE_KEY = attrs.evolve(COURSE_ID, type="INTEGER primary key", required=False)
"""Of tables with at most one row per course."""
_CRAWL_ID = Column(
    name="crawl_id", type="INTEGER", meaning="The crawl.", references="crawl", required=True
)


def _with_platform(model: type) -> tuple[Column, ...]:
    return tuple(
        attrs.evolve(column, references="platform (name)") if column.name == "platform" else column
        for column in columns_of(model)
    )


_MEAN_WEEKLY = "(weekly_hours_low + weekly_hours_high) / 2.0"

COURSE_TABLE = Table(
    name="course",
    title="Courses",
    meaning="One row per course and platform. Nothing is ever deleted: see withdrawn.",
    columns=(
        _ID,
        *_with_platform(Course),
        Column(
            name="length_weeks",
            type="REAL",
            meaning="Length: weeks as stated, else the middle of the stated range.",
            unit="weeks",
            generated="coalesce(weeks, (weeks_low + weeks_high) / 2.0)",
        ),
        Column(
            name="hours",
            type="REAL",
            meaning="Effort of the whole course: as stated, else the middle of the stated range,"
            " else hours a week times weeks.",
            unit="hours",
            generated="coalesce(total_hours, (total_hours_low + total_hours_high) / 2.0,"
            f" {_MEAN_WEEKLY} * length_weeks)",
        ),
        Column(
            name="weekly_hours",
            type="REAL",
            meaning="Hours a week: the middle of the stated range, else total hours over weeks;"
            " of a course shorter than a week, only as stated.",
            unit="hours/week",
            generated=f"coalesce({_MEAN_WEEKLY},"
            " hours / iif(length_weeks < 1, null, length_weeks))",
        ),
        Column(
            name="price_per_hour",
            type="REAL",
            meaning="Price of following the course over its hours, when it is paid once.",
            unit="currency/hour",
            generated=(
                "case when price = 0 then 0.0"
                " when billing in ('month', 'year') then null"
                " when billing is null and access = 'subscription' then null"
                " else price / hours end"
            ),
        ),
        Column(
            name="provider_kind",
            type="TEXT",
            meaning="What sort of organisation offers it; empty where neither our table of"
            " providers nor the name tells.",
            options=PROVIDER_KINDS,
        ),
        Column(
            name="provider_kind_why",
            type="TEXT",
            meaning="The line of the table, or the word in the name, that says so.",
        ),
        Column(
            name="first_seen",
            type="TEXT",
            meaning="Day of the crawl that first saw the course.",
            unit="date",
            required=True,
        ),
        Column(
            name="last_changed",
            type="TEXT",
            meaning="Day of the crawl that last saw any word about it change; table change has the"
            " changes of price, dates and terms alone.",
            unit="date",
            required=True,
        ),
        Column(
            name="withdrawn",
            type="TEXT",
            meaning="Day of the complete crawl that no longer found it; empty while listed.",
            unit="date",
        ),
        Column(
            name="hash",
            type="BLOB",
            meaning="16 bytes that differ when anything that the platform says has changed.",
            required=True,
        ),
        Column(
            name="stems",
            type="TEXT",
            meaning="French and English stems of title, provider, skills, subjects and texts.",
            required=True,
        ),
    ),
    unique=("platform", "ref"),
    label="title",
    indexes=(
        # The counting queries read this instead of the rows, which hold the descriptions.
        (
            *("platform", "language", "level", "access", "certificate", "certificate_price"),
            *("price", "currency", "withdrawn"),
        ),
        ("language", "level"),
        # These alone give the courses of one value in the order of their numbers, as a page of the
        # table shows them: without, a page of a small platform would read the whole table.
        ("platform",),
        ("language",),
        ("level",),
        ("provider",),
        ("provider", "platform", "withdrawn", "hours", "first_seen", "provider_kind"),
        ("provider_kind",),
        ("access",),
        ("first_seen",),
        ("last_changed",),
        ("withdrawn",),
        ("rating",),
        ("weekly_hours",),
        ("price_per_hour",),
    ),
)

TABLES: tuple[Table, ...] = (
    Table(
        name="platform",
        title="Platforms",
        meaning="One row per site that courses come from.",
        columns=tuple(
            attrs.evolve(column, type="TEXT primary key") if column.name == "name" else column
            for column in columns_of(Platform)
        ),
        label="title",
    ),
    Table(
        name="crawl",
        title="Crawls",
        meaning="One row per visit to a platform, with its verdict.",
        columns=(_ID, *_with_platform(Crawl)),
        indexes=(("platform", "day"),),
    ),
    COURSE_TABLE,
    Table(
        name="session",
        title="Sessions",
        meaning="One row per run of a course. Whether one can enrol depends on the day asked.",
        columns=(
            _ID,
            COURSE_ID,
            *columns_of(Session),
            Column(
                name="withdrawn",
                type="TEXT",
                meaning="Day of the crawl that no longer found it; empty while listed.",
                unit="date",
            ),
        ),
        unique=("course_id", "ref"),
        label="ref",
        indexes=(("start",), ("enrolment_end",)),
    ),
    Table(
        name="change",
        title="Changes",
        meaning="One row per fact that became another, course by course.",
        columns=(_ID, COURSE_ID, _CRAWL_ID, *columns_of(Change)),
        indexes=(("course_id",), ("day", "field"), ("crawl_id",)),
    ),
    Table(
        name="issue",
        title="Issues",
        meaning="One row per kind and field that a crawl could not make sense of.",
        columns=(_ID, _CRAWL_ID, *_with_platform(Issue)),
        indexes=(("crawl_id",), ("platform", "kind")),
    ),
    Table(
        name="sighting",
        title="Sightings",
        meaning=(
            "Courses that a partial crawl saw. A complete crawl saw every course of its platform"
            " that is not withdrawn, and needs no rows here."
        ),
        columns=(
            COURSE_KEY,
            attrs.evolve(_CRAWL_ID, meaning="The last partial crawl that saw it."),
        ),
    ),
    Table(
        name="validator",
        title="Validators",
        meaning="How to ask whether a course's page has changed since we read it.",
        columns=(
            COURSE_KEY,
            Column(name="url", type="TEXT", meaning="The page.", required=True),
            Column(name="etag", type="TEXT", meaning="Its ETag header."),
            Column(name="modified", type="TEXT", meaning="Its Last-Modified header."),
            Column(
                name="listing",
                type="TEXT",
                meaning="Fingerprint of what the listing said of the course.",
            ),
        ),
    ),
    Table(
        name="rate",
        title="Exchange rates",
        meaning="One row per currency that amounts are brought to euros from.",
        columns=(
            Column(name="currency", type="TEXT", meaning="ISO 4217 code.", required=True),
            Column(
                name="per_euro",
                type="REAL",
                meaning="What one euro was worth in it.",
                unit="currency/EUR",
                required=True,
            ),
            Column(name="day", type="TEXT", meaning="Its day.", unit="date", required=True),
        ),
        unique=("currency",),
        without_rowid=True,
    ),
    Table(
        name="same_course",
        title="The same course elsewhere",
        meaning="One row per listing that is also found under another platform or number; rows"
        " with the same cluster are one course. Each listing stays a course of its own.",
        columns=(
            COURSE_KEY,
            Column(
                name="cluster_id",
                type="INTEGER",
                meaning="The lowest course id of those that are one course.",
                references="course",
                required=True,
            ),
            Column(
                name="nearest_id",
                type="INTEGER",
                meaning="The listing of the cluster that it was found to be the same as.",
                references="course",
                required=True,
            ),
            Column(
                name="score",
                type="REAL",
                meaning="How sure that is, from 0 to 1.",
                unit="share",
                required=True,
            ),
            Column(
                name="reason", type="TEXT", meaning="Why they are taken for one.", required=True
            ),
        ),
        indexes=(("cluster_id",), ("nearest_id",)),
    ),
    Table(
        name="about",
        title="About this file",
        meaning="One row: the version of the data.",
        columns=(
            attrs.evolve(_ID, meaning="Always 1."),
            Column(
                name="version",
                type="INTEGER",
                meaning="Grows by one with each crawl that changed a course.",
                required=True,
            ),
            Column(
                name="data_date",
                type="TEXT",
                meaning="Day of the newest crawl.",
                unit="date",
            ),
        ),
    ),
)

FTS_COLUMNS = ("title", "provider", "skills", "subjects", "summary", "description", "stems")
FTS_SQL = (
    f"create virtual table course_fts using fts5({', '.join(FTS_COLUMNS)}, content='course',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
)
