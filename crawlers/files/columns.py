"""Which column of a table is which fact: by its heading, or as a mapping file says."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from catalogue.errors import WrongUse
from catalogue.words import fold
from crawlers.files.opened import contents
from crawlers.files.tables import Row, Table

# Headings as exports of learning platforms and people write them, folded; the surest first. A mere
# "Name" is no title: it may be a person's.
_HEADINGS = {
    "title": "title; course title; content title; course name; fullname; full name; titre"
    "; titre du cours; nom du cours; nom de la formation; intitule; intitule de la formation"
    "; intitule du cours; kurstitel; kursname; titel; formation; cours",
    "ref": "course id; content id; content urn; course urn; asset id; learning object id; id; ref"
    "; reference; identifiant; identifiant du cours; id du cours; shortname; short name; kurs id"
    "; sourcedid; urn",
    "url": "url; course url; content url; link; course link; web launch url; launch url; lien"
    "; lien du cours; adresse; adresse web; page",
    "code": "code; course code; code formation; code du cours; course number; shortname",
    "kind": "content type; asset type; type de contenu; type",
    "language": "language; languages; course language; content language; locale; langue; langues"
    "; langue du cours; sprache",
    "provider": "provider; content provider; publisher; vendor; fournisseur; organisme; editeur"
    "; anbieter; content source; source",
    "instructors": "instructors; instructor; author; authors; formateur; formateurs; intervenant"
    "; intervenants; auteur; auteurs; instructor name",
    "summary": "summary; short description; resume; introduction; accroche; kurzbeschreibung",
    "description": "description; course description; content description; long description"
    "; description du cours; beschreibung",
    "outcomes": "learning objectives; objectives; objectifs; objectifs pedagogiques; outcomes"
    "; learning outcomes; lernziele",
    "prerequisites": "prerequisites; prerequis; voraussetzungen",
    "skills": "skills; skills covered; associated skills; competences; competences visees; tags"
    "; mots cles; keywords",
    "subjects": "subjects; subject; categories; category; category path; topics; topic; themes"
    "; theme; thematique; thematiques; domaine; domaines; categorie; kategorie; library",
    "level": "level; difficulty; difficulty level; course level; niveau; difficulte",
    "workload": "duration; course duration; duree; duree du cours; workload; effort"
    "; charge de travail; dauer; estimated duration; duree estimee",
    "hours": "duration hours; duration in hours; duration h; hours; duree heures; duree en heures"
    "; duree h; heures; nombre d heures; stunden",
    "minutes": "duration minutes; duration in minutes; duration min; minutes; duree minutes"
    "; duree en minutes; duree min; minuten",
    "seconds": "duration seconds; duration in seconds; duration sec; seconds; duree secondes"
    "; duree en secondes; duree s",
    "weeks": "weeks; duration weeks; semaines; duree semaines; wochen",
    "price": "price; prix; tarif; cost; cout; preis",
    "currency": "currency; devise; wahrung",
    "start": "start date; startdate; start; session start; date de debut; debut; beginn",
    "end": "end date; enddate; end; session end; date de fin; fin; ende",
    "licence": "licence; license; lizenz",
    "updated": "last updated; last updated at; updated; updated at; last modified; mis a jour"
    "; date de mise a jour; derniere mise a jour; mise a jour",
    "visible": "visible",
}
FIELDS = tuple(_HEADINGS)
CONSTANTS = ("kind", "language", "provider", "subjects", "level", "currency", "licence")
OPTIONS = ("url", "lists", "sheet", "dates")
_SECTIONS = {"columns": FIELDS, "constants": CONSTANTS, "options": OPTIONS}

_PEOPLE = (
    "learner|learners|apprenant|apprenante|apprenants|user|users|utilisateur|utilisateurs"
    "|employee|employees|employe|employes|salarie|salaries|collaborateur|collaborateurs"
    "|participant|participants|stagiaire|stagiaires|student|students|etudiant|etudiants|eleve"
    "|manager|teilnehmer|mitarbeiter|nutzer|benutzer|inscrit|inscrits"
)
_LEARNERS = re.compile(
    rf"(?:.* )?(?:e ?mails?|mail|courriels?|login|username|matricule)(?: .*)?"
    rf"|(?:{_PEOPLE})(?: s)?(?: (?:full |first |last |de l |du |d )?(?:name|names|id|ids|urn|uuid"
    rf"|nom|noms|prenom|number|profile|groups?|title|location))?"
    rf"|(?:nom|prenom|name|id|identifiant) (?:de l |du |de la |des |d )?(?:{_PEOPLE})"
    r"|(?:first|last|given|family|sur) ?name|prenom|nom de famille|vorname|nachname"
)
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[A-Za-z]{2,}")


@attrs.frozen(kw_only=True)
class ColumnMap:
    """What a mapping file says: columns (field -> heading), constants, options."""

    columns: Mapping[str, str] = attrs.Factory(dict)
    constants: Mapping[str, str] = attrs.Factory(dict)
    options: Mapping[str, str] = attrs.Factory(dict)


def mapping(path: Path) -> ColumnMap:
    """Read a mapping file (TOML). Raises WrongUse, naming what may stand there."""
    try:
        stated = tomllib.loads(contents(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"{path} is not TOML ({error}); docs/import.md shows one") from error
    for section, values in stated.items():
        if section not in _SECTIONS or not isinstance(values, dict):
            raise WrongUse(f"{path}: [{section}] is none of [columns], [constants], [options]")
        for name, value in values.items():
            if name not in _SECTIONS[section] or not isinstance(value, str):
                known = ", ".join(_SECTIONS[section])
                raise WrongUse(f"{path}: {name!r} in [{section}] must be text and one of: {known}")
    return ColumnMap(**stated)


@cache
def _fields_by_heading() -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for field, headings in _HEADINGS.items():
        for place, heading in enumerate(headings.split("; ")):
            found.setdefault(heading.strip(), []).append((place, field))
    return found


def key_of(heading: str) -> str:
    """A heading without accents, case and signs: "Durée (min.)" is "duree min"."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(heading)))


def recognised(header: Iterable[str]) -> dict[str, str]:
    """Field -> heading, for the headings that are known; of two for one field the surer."""
    best: dict[str, tuple[int, str]] = {}
    for heading in header:
        for place, field in _fields_by_heading().get(key_of(heading), ()):
            if field not in best or place < best[field][0]:
                best[field] = (place, heading)
    return {field: heading for field, (_, heading) in best.items()}


def columns_of(table: Table, said: ColumnMap) -> dict[str, str]:
    """Field -> heading of this table. Raises WrongUse without a title, or for learners' data."""
    refuse_learners(table)
    for field, heading in said.columns.items():
        if heading not in table.header:
            there = ", ".join(table.header)
            raise WrongUse(f"{table.name} has no column {heading!r} for {field}; it has: {there}")
    columns = dict(said.columns) or recognised(table.header)
    if "title" not in columns:
        raise WrongUse(
            f"{table.name}: no column is known as the title; name it in a mapping file"
            ' (--mapping FILE.toml, with [columns] and title = "..."); it has:'
            f" {', '.join(table.header)}"
        )
    return columns


def refuse_learners(table: Table) -> None:
    """Raise WrongUse for a table that holds people, by its headings or by e-mail addresses."""
    addressed = _of_addresses(table.rows)
    for heading in table.header:
        if _LEARNERS.fullmatch(key_of(heading)) or heading in addressed:
            raise WrongUse(
                f"{table.name}: the column “{heading}” looks like learners' data, which moocscout"
                " never reads; export the list of courses without it"
            )


def _of_addresses(rows: Iterable[Row]) -> set[str]:
    """Headings of the columns in which most of what is filled in are e-mail addresses."""
    filled: Counter[str] = Counter()
    addresses: Counter[str] = Counter()
    for row in rows:
        for heading, cell in row.cells.items():
            filled[heading] += bool(cell)
            addresses[heading] += "@" in cell and bool(_ADDRESS.fullmatch(cell))
    return {heading for heading in filled if addresses[heading] * 2 > filled[heading]}


def unread(table: Table, columns: Mapping[str, str]) -> list[str]:
    """Headings that no field is read from."""
    read: set[Any] = set(columns.values())
    return [heading for heading in table.header if heading and heading not in read]
