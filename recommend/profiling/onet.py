"""Roles of O*NET, the United States' occupational information, from a Parquet of its tables."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recommend.profiling.parquet import read_parquet
from recommend.profiling.roles import Role, listed
from recommend.profiling.titles import Titled, pick

SOURCE = "O*NET 29.2, U.S. Department of Labor, CC BY 4.0 (https://www.onetcenter.org)"
EVERYWHERE = {
    "Administration and Management",
    "Administrative",
    "Computers and Electronics",
    "Customer and Personal Service",
    "Education and Training",
    "English Language",
    "Mathematics",
}
"""Fields of knowledge that O*NET gives to most office jobs: they say nothing of one."""
_COLUMNS = (
    "onetsoc_code",
    "occupation_title",
    "occupation_description",
    "knowledge_list",
    "work_activities_list",
)


def role(paths: Iterable[Path], given: str) -> Role:
    """The O*NET role meant by a title. O*NET speaks English."""
    rows = {row["onetsoc_code"]: row for path in paths for row in read_parquet(path, *_COLUMNS)}
    titled = [
        Titled(form, code, "en")
        for code, row in rows.items()
        for form in _forms(row["occupation_title"])
    ]
    found = pick(given, titled).titled
    row = rows[found.role]
    knowledge = (each for each in listed(row["knowledge_list"]) if each not in EVERYWHERE)
    return Role(
        title=found.title,
        text=" ".join(row["occupation_description"].split()),
        language="en",
        source=SOURCE,
        curious=tuple(knowledge),
    )


def _forms(title: str) -> tuple[str, ...]:
    """O*NET writes titles in the plural: "Marketing Managers" is asked for as one, too."""
    return (title, title.removesuffix("s")) if title.endswith("s") else (title,)
