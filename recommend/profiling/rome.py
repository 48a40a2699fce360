"""Roles of ROME, France Travail's directory of occupations.

One download describes the occupations, another lists every title that leads to one by its code.
The descriptions of the open data file are cut off after 200 characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from catalogue.errors import WrongUse
from recommend.profiling.reading import whole_sentences
from recommend.profiling.roles import Role, Titled, pick, read_csv, titles, unknown

SOURCE = "ROME 4.0, France Travail, Licence Ouverte (https://francetravail.io)"
_KINDS = {"occupations": "code_rome and description", "titles": "libelle_appellation_long"}


def role(paths: Iterable[Path], given: str) -> Role:
    """The ROME role meant by a title. ROME speaks French."""
    titled: list[Titled] = []
    texts: dict[str, str] = {}
    for path in paths:
        rows = read_csv(path)
        columns = set(rows[0]) if rows else set()
        if {"code_rome", "description", "title"} <= columns:
            titled += _titled(rows, "title")
            for row in rows:
                texts.setdefault(row["code_rome"], whole_sentences(row["description"]))
        elif "libelle_appellation_long" in columns:
            titled += _titled(rows, "libelle_appellation_long")
        else:
            raise unknown(path, _KINDS)
    found = pick(given, titled)
    if not texts:
        raise WrongUse("none of these files describes occupations; give the ROME occupations too")
    return Role(found.title, texts.get(found.role, ""), "fr", SOURCE)


def _titled(rows: Iterable[dict[str, str]], column: str) -> list[Titled]:
    return [Titled(title, row["code_rome"], "fr") for row in rows for title in titles(row[column])]
