"""Roles of ROME, France Travail's directory of occupations.

One download describes the occupations, another lists every title that leads to one by its code.
The descriptions of the open data file are cut off after 200 characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from catalogue.errors import WrongUse
from recommend.profiling.reading import whole_sentences
from recommend.profiling.roles import Role, read_csv, unknown
from recommend.profiling.titles import Titled, pick, titles

SOURCE = "ROME 4.0, France Travail, Licence Ouverte (https://francetravail.io)"
_KINDS = {"occupations": "code_rome and description", "titles": "libelle_appellation_long"}


def role(paths: Iterable[Path], given: str) -> Role:
    """The ROME role meant by a title. ROME speaks French."""
    titled: list[Titled] = []
    others: list[dict[str, str]] = []
    texts: dict[str, str] = {}
    for path in paths:
        rows = read_csv(path)
        columns = set(rows[0]) if rows else set()
        if {"code_rome", "description", "title"} <= columns:
            titled += _titled(rows, "title", {})
            for row in rows:
                texts.setdefault(row["code_rome"], whole_sentences(row["description"]))
        elif "libelle_appellation_long" in columns:
            others += rows
        else:
            raise unknown(path, _KINDS)
    labels = {each.role: each.title for each in reversed(titled)}
    picked = pick(given, [*titled, *_titled(others, "libelle_appellation_long", labels)])
    if not texts:
        raise WrongUse("none of these files describes occupations; give the ROME occupations too")
    found = picked.titled
    text = texts.get(found.role, "")
    return Role(found.title, text, "fr", SOURCE, label=found.label, others=picked.others)


def _titled(
    rows: Iterable[dict[str, str]], column: str, labels: Mapping[str, str]
) -> Iterator[Titled]:
    for row in rows:
        code = row["code_rome"]
        yield from (Titled(form, code, "fr", labels.get(code, "")) for form in titles(row[column]))
