"""Roles of ESCO, the European classification of occupations and skills.

Its CSV downloads name occupations and skills, one file per language; the essential skills of each
occupation are read from a Parquet of occupation profiles. Skills of the two are joined by their
English label, since the Parquet bears no identifiers for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import attrs

from catalogue.errors import WrongUse
from recommend import text
from recommend.profiling.parquet import read_parquet
from recommend.profiling.roles import Role, Titled, listed, pick, plain, read_csv, titles, unknown

SOURCE = "ESCO, European Commission, reuse with attribution (https://esco.ec.europa.eu)"
_KINDS = {
    "occupations (CSV)": "iscoGroup",
    "skills (CSV)": "skillType",
    "occupation profiles (Parquet)": "occupation_uri",
}
_COLUMNS = (
    "occupation_uri",
    "occupation_name",
    "alternative_names",
    "occupation_description",
    "essential_knowledge",
    "essential_skills",
    "optional_skills",
)
Labels = dict[str, str]


@attrs.define
class Esco:
    """What the files given say, by identifier."""

    titled: list[Titled] = attrs.Factory(list)
    texts: dict[tuple[str, str], str] = attrs.Factory(dict)
    """(identifier of the occupation, language) -> description."""
    skills: dict[str, tuple[list[str], list[str]]] = attrs.Factory(dict)
    """Identifier of the occupation -> essential skills, knowledge first; optional ones."""
    labels: dict[str, Labels] = attrs.Factory(dict)
    """Language -> identifier of the skill -> its label."""

    def read(self, path: Path) -> None:
        """Take in one file, whatever it is."""
        if path.suffix == ".parquet":
            self._profiles(path)
            return
        rows = read_csv(path)
        columns = set(rows[0]) if rows else set()
        if "iscoGroup" in columns:
            self._occupations(rows)
        elif "skillType" in columns:
            labels = {row["conceptUri"]: row["preferredLabel"] for row in rows}
            self.labels[_language(labels.values())] = labels
        else:
            raise unknown(path, _KINDS)

    def _occupations(self, rows: list[dict[str, str]]) -> None:
        language = _language(row["description"] for row in rows)
        for row in rows:
            uri = row["conceptUri"]
            named = (row["preferredLabel"], *row["altLabels"].splitlines())
            self.titled += [
                Titled(title, uri, language) for written in named for title in titles(written)
            ]
            if row["description"]:
                self.texts[uri, language] = " ".join(row["description"].split())

    def _profiles(self, path: Path) -> None:
        for row in read_parquet(path, *_COLUMNS):
            uri = row["occupation_uri"]
            named = (row["occupation_name"], *listed(row["alternative_names"]))
            self.titled += [Titled(written.strip(), uri, "en") for written in named]
            self.texts.setdefault((uri, "en"), " ".join(row["occupation_description"].split()))
            essential = [
                *listed(row["essential_knowledge"]),
                *listed(row["essential_skills"]),
            ]
            self.skills[uri] = list(dict.fromkeys(essential)), listed(row["optional_skills"])

    def role(self, given: str, language: str | None) -> Role:
        """The role meant by a title, described in `language`, else in the title's own."""
        titled = pick(given, self.titled)
        spoken = language or titled.language
        essential, optional = self.skills.get(titled.role, ([], []))
        return Role(
            title=self._title(titled, spoken),
            text=self._text(titled.role, spoken),
            language=spoken,
            source=SOURCE,
            wants=tuple(self._named(essential, spoken)),
            curious=tuple(self._named(optional, spoken)),
        )

    def _title(self, titled: Titled, language: str) -> str:
        if titled.language == language:
            return titled.title
        same = (t.title for t in self.titled if (t.role, t.language) == (titled.role, language))
        return next(same, titled.title)

    def _text(self, uri: str, language: str) -> str:
        if (uri, language) in self.texts:
            return self.texts[uri, language]
        return next((said for (held, _), said in self.texts.items() if held == uri), "")

    def _named(self, skills: Iterable[str], language: str) -> Iterable[str]:
        """Skills named in a language; without their CSV files, as they are: in English."""
        if language == "en" or language not in self.labels or "en" not in self.labels:
            return skills
        uris = {plain(label): uri for uri, label in self.labels["en"].items()}
        translated = self.labels[language]
        return (translated.get(uris.get(plain(skill), ""), skill) for skill in skills)


def _language(texts: Iterable[str]) -> str:
    some = [each for each in texts if each][:200]
    return text.language_of(" ".join(some))


def role(paths: Iterable[Path], given: str, language: str | None) -> Role:
    """The ESCO role meant by a title, from the downloads given."""
    esco = Esco()
    for path in paths:
        esco.read(path)
    if not esco.titled:
        raise WrongUse("none of these files names occupations; give an ESCO occupations file too")
    return esco.role(given, language)
