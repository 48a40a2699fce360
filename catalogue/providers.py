"""Who offers a course: one name for each provider, and what sort of organisation it is.

A table kept by hand knows the providers that many courses come from, under all their names; for
the others a rule reads the name itself. Neither guesses: most names say nothing, and stay None.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import attrs

from catalogue import byhand
from catalogue.options import KNOWN_HOUSE, KNOWN_PROVIDER, PROVIDER_KINDS
from catalogue.words import fold, tokens

FILE = byhand.DATA / "providers.csv"
COLUMNS = ("name", "kind", "aliases")

_LINKING = frozenset(
    tokens(
        "the a an of at in for and et de des du d la le les l der die das di del della degli dei"
        " do da y e und van voor el los las"
    )
)
# First rule that fits wins: a school of management within a university is a business school.
_WORDS = {
    "business_school": """business school; school of business; school of management
        management school; school of economics and management; ecole de (?:management|commerce)
        ecole superieure de commerce; escuela de negocios
        institut d'administration des entreprises""",
    "university": """universit(?:y|e|es|a|at|aet|eit|et|i|ies); universidade?; universitaire
        univerzita; uniwersytet; institute of technology; polytechnique; polytechnic; politecnico
        politecnica; hochschule; ecole normale superieure; ecole nationale superieure
        ecole d'ingenieurs?; ecole (?:centrale|des mines|superieure d'ingenieurs)
        medical school; school of medicine; faculte de; iut; cegep""",
    "public_body": """ministere; ministry; ministerio; ministerium; government; gouvernement
        european commission; commission europeenne; united nations; nations unies
        agence (?:nationale|regionale); national agency; prefecture; rectorat
        conseil (?:departemental|regional); chambre de commerce; musee national
        national museum; bibliotheque nationale""",
    "ngo": """foundation; fondation; fundacion; fundacao; stiftung; charity; red cross
        croix-rouge; ong; ngo; non-?profit""",
    "company": r"""inc; incorporated; ltd; limited; llc; llp; gmbh; s\.?a\.?s\.?; s\.?a\.?r\.?l\.?
        corp; corporation; plc; pvt; b\.?v\.?""",
}


def _pattern(words: str) -> re.Pattern[str]:
    listed = (each.strip() for line in words.splitlines() for each in line.split(";"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(filter(None, listed))})(?!\w)")


_RULES = tuple((kind, _pattern(words)) for kind, words in _WORDS.items())
_DEPARTMENT = " *"
_BRACKETED = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")


@attrs.frozen
class Provider:
    """A line of the table kept by hand."""

    name: str
    kind: str
    aliases: tuple[str, ...]


@attrs.frozen
class Kind:
    """What sort of organisation, one of PROVIDER_KINDS, and which line or word says so."""

    kind: str
    why: str


def read(path: Path = FILE) -> list[Provider]:
    """The table. Raises WrongUse, naming the line, on a kind that is none."""
    return byhand.read(path, COLUMNS, _provider)


def _provider(cells: Mapping[str, str]) -> Provider:
    if cells["kind"] not in PROVIDER_KINDS:
        raise ValueError(f"{cells['kind']!r} is none of {', '.join(PROVIDER_KINDS)}")
    aliases = (alias.strip() for alias in cells["aliases"].split(";"))
    return Provider(cells["name"], cells["kind"], tuple(filter(None, aliases)))


@lru_cache(maxsize=65_536)
def normal(name: str) -> str:
    """A name folded, without punctuation and linking words; the order of its words stays."""
    said = [word for word in tokens(fold(name).replace(".", "")) if word not in _LINKING]
    return " ".join(said)


def _by_name(known: Iterable[Provider]) -> dict[str, Provider]:
    return {
        normal(name): row
        for row in known
        for name in (*row.aliases, row.name)
        if not name.endswith(_DEPARTMENT)
    }


@lru_cache(maxsize=1)
def _known() -> dict[str, Provider]:
    return _by_name(read())


def _written(name: str) -> Iterator[str]:
    """The name, and what it may be once a bracket is read as another name or left out."""
    yield name
    if found := _BRACKETED.search(name):
        yield _BRACKETED.sub(" ", name).strip()
        yield found[1]


@lru_cache(maxsize=65_536)
def row(name: str) -> Provider | None:
    """The line of the table that a name means, under whichever of its names; None for none."""
    known = _known()
    return next((known[key] for each in _written(name) if (key := normal(each)) in known), None)


@lru_cache(maxsize=65_536)
def canonical(name: str) -> str:
    """One key for all names of a provider: "MIT" and "Massachusetts Institute of Technology"."""
    found = row(name)
    return normal(found.name) if found else normal(next(_written(name)))


@lru_cache(maxsize=65_536)
def kind(name: str | None) -> Kind | None:
    """What sort of organisation bears this name; None when neither table nor words tell."""
    if not name:
        return None
    if found := row(name):
        return Kind(found.kind, f"{KNOWN_PROVIDER}{found.name}")
    folded = fold(name).replace("’", "'")
    for sort, words in _RULES:
        if said := words.search(folded):
            return Kind(sort, f"word in its name: {said[0]}")
    return _department(name)


@lru_cache(maxsize=1)
def _houses() -> dict[str, Provider]:
    """Providers of which the table says that a name may go on behind theirs: "UCLouvain *"."""
    return {
        normal(alias): row for row in read() for alias in row.aliases if alias.endswith(_DEPARTMENT)
    }


def _department(name: str) -> Kind | None:
    found = _houses().get(normal(name).partition(" ")[0])
    return Kind(found.kind, f"{KNOWN_PROVIDER}{found.name}{KNOWN_HOUSE}") if found else None


def refresh(db: sqlite3.Connection) -> int:
    """Apply a table that was edited to courses that have not changed; how many rows it wrote.

    The caller holds the transaction.
    """
    held = db.execute("select distinct provider, provider_kind, provider_kind_why from course")
    updates = []
    for name, *before in held.fetchall():
        found = kind(name)
        now = [found.kind, found.why] if found else [None, None]
        if now != before:
            updates.append((*now, name, *before))
    cursor = db.executemany(
        "update course set provider_kind = ?, provider_kind_why = ?"
        " where provider is ? and provider_kind is ? and provider_kind_why is ?",
        updates,
    )
    return max(cursor.rowcount, 0)
