"""Roles of ESCO, the European classification of occupations and skills.

Its CSV downloads name occupations and skills, one file per language; the essential skills of each
occupation are read from a Parquet of occupation profiles. Skills of the two are joined by their
English label, since the Parquet bears no identifiers for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import attrs

from catalogue.errors import WrongUse
from recommend import lexicon, text
from recommend.language import language_of
from recommend.profiling.parquet import read_parquet
from recommend.profiling.roles import Role, listed, read_csv, unknown
from recommend.profiling.titles import Titled, pick, plain, titled

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


@attrs.define(slots=False)
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
            uri, others = row["conceptUri"], row["altLabels"].splitlines()
            self.titled += titled(row["preferredLabel"], others, uri, language)
            if row["description"]:
                self.texts[uri, language] = " ".join(row["description"].split())

    def _profiles(self, path: Path) -> None:
        for row in read_parquet(path, *_COLUMNS):
            uri = row["occupation_uri"]
            others = listed(row["alternative_names"])
            self.titled += titled(row["occupation_name"].strip(), others, uri, "en")
            self.texts.setdefault((uri, "en"), " ".join(row["occupation_description"].split()))
            essential = [
                *listed(row["essential_knowledge"]),
                *listed(row["essential_skills"]),
            ]
            self.skills[uri] = list(dict.fromkeys(essential)), listed(row["optional_skills"])

    def role(self, given: str, language: str | None) -> Role:
        """The role meant by a title, described in `language`, else in the title's own."""
        picked = pick(given, self.titled)
        taken = picked.titled
        spoken = language or taken.language
        essential, optional = self.skills.get(taken.role, ([], []))
        return Role(
            title=self._title(taken, spoken),
            text=self._text(taken.role, spoken),
            language=spoken,
            source=SOURCE,
            wants=self._topics(essential, spoken),
            curious=self._topics(optional, spoken),
            label=taken.label,
            others=picked.others,
        )

    def _title(self, taken: Titled, language: str) -> str:
        if taken.language == language:
            return taken.title
        same = (t.title for t in self.titled if (t.role, t.language) == (taken.role, language))
        return next(same, taken.title)

    def _text(self, uri: str, language: str) -> str:
        if (uri, language) in self.texts:
            return self.texts[uri, language]
        return next((said for (held, _), said in self.texts.items() if held == uri), "")

    def _topics(self, skills: Iterable[str], language: str) -> tuple[str, ...]:
        """Skills in a language, what courses are called first.

        ESCO lists them in no order, tasks among them ("forecast catering services"). What our
        lexicon knows is a topic; what has no name in the language stands last, in English.
        """
        named = [(skill, self._named(skill, language)) for skill in skills]
        ranked = sorted(named, key=lambda each: (each[1] is None, not _is_topic(each[0])))
        return tuple(name or skill for skill, name in ranked)

    def _named(self, skill: str, language: str) -> str | None:
        """A skill in a language: as ESCO calls it, else as our lexicon does."""
        if language == "en":
            return skill
        label = self.labels.get(language, {}).get(self._uris.get(plain(skill), ""))
        return label or next(iter(_crossed(skill)), None)

    @cached_property
    def _uris(self) -> dict[str, str]:
        """Identifiers of skills by their plain English label."""
        return {plain(label): uri for uri, label in self.labels.get("en", {}).items()}


def _crossed(skill: str) -> tuple[str, ...]:
    """What an English skill is called in French, where our lexicon has the whole of it."""
    crossing = lexicon.crossing(text.content(skill), "en")
    return crossing.others if crossing else ()


def _is_topic(skill: str) -> bool:
    return bool(_crossed(skill)) or any(map(text.is_name, text.tokens(skill)))


def _language(texts: Iterable[str]) -> str:
    some = [each for each in texts if each][:200]
    return language_of(" ".join(some))


def role(paths: Iterable[Path], given: str, language: str | None) -> Role:
    """The ESCO role meant by a title, from the downloads given."""
    esco = Esco()
    for path in paths:
        esco.read(path)
    if not esco.titled:
        raise WrongUse("none of these files names occupations; give an ESCO occupations file too")
    return esco.role(given, language)
