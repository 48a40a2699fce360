"""The kinds of file that an academy can come in, and which kind a file is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs

from catalogue.errors import WrongUse
from crawlers.files import listing, moochub, oneroster, packages
from crawlers.files.columns import ColumnMap, key_of, refuse_learners
from crawlers.files.intake import Intake
from crawlers.files.opened import Archive, contents, regular, xml
from crawlers.files.tables import Table, csv_table, xlsx_table

KINDS = {
    "csv": "a list of courses as CSV",
    "xlsx": "a list of courses as an Excel workbook",
    "linkedin": "a LinkedIn Learning export",
    "moodle": "a Moodle course list",
    "oneroster": "a OneRoster zip",
    "scorm": "a SCORM package",
    "cartridge": "a Common Cartridge",
    "cmi5": "a cmi5 package",
    "moochub": "a MOOChub list",
}
AUTO = "auto"
_ZIP = b"PK"
_LINKEDIN = {"content urn", "course urn", "content id", "course id"}
_LENGTHS = {"duration seconds", "duration in seconds", "duree secondes", "duree en secondes"}


def take(kind: str, path: Path, said: ColumnMap, intake: Intake) -> None:
    """Add a file's courses to the intake. Raises WrongUse when it is not of this kind."""
    kind = guess(path) if kind == AUTO else kind
    _TAKERS[kind](path, said, intake)
    intake.took.append(f"{path.name}: {KINDS[kind]}")


def guess(path: Path) -> str:
    """The kind of a file by what is in it; its name may lie. Raises WrongUse."""
    regular(path)
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_ZIP):
        return _zip_kind(path)
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if text.startswith(b"<"):
        return _xml_kind(path)
    if text.startswith((b"{", b"[")):
        return "moochub"
    return _table_kind(csv_table(path))


def _zip_kind(path: Path) -> str:
    with Archive(path) as archive:
        names = archive.names
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "courses.csv" in names:
        return "oneroster"
    if packages.CMI5 in names:
        return "cmi5"
    if any(name.rpartition("/")[2] == packages.MANIFEST for name in names):
        return packages.schema_of(packages.manifest_of(path, packages.MANIFEST))
    raise WrongUse(
        f"{path.name} is a zip of no known kind: neither a workbook, OneRoster, SCORM, Common"
        " Cartridge nor cmi5; a list of courses as CSV always works"
    )


def _xml_kind(path: Path) -> str:
    root = xml(contents(path), path.name)
    name = root.tag.rpartition("}")[2].casefold()
    if name == "coursestructure":
        return "cmi5"
    if name == "manifest":
        return packages.schema_of(root)
    raise WrongUse(f"{path.name} is XML of no known kind (<{name[:40]}>); try a list as CSV")


def _table_kind(table: Table) -> str:
    keys = set(map(key_of, table.header))
    if {"shortname", "fullname"} <= keys:
        return "moodle"
    return "linkedin" if keys & _LINKEDIN and keys & _LENGTHS else "csv"


def _is_zip(path: Path) -> bool:
    with regular(path).open("rb") as file:
        return file.read(2) == _ZIP


def _csv(path: Path, said: ColumnMap, intake: Intake) -> None:
    if _is_zip(path):
        raise WrongUse(f"{path.name} is a zip or a workbook, not CSV; name KIND xlsx or auto")
    listing.take(csv_table(path), said, intake)


def _xlsx(path: Path, said: ColumnMap, intake: Intake) -> None:
    listing.take(xlsx_table(path, said.options.get("sheet")), said, intake)


def _linkedin(path: Path, said: ColumnMap, intake: Intake) -> None:
    """LinkedIn's headings differ by language and year; the provider is known."""
    table = xlsx_table(path, said.options.get("sheet")) if _is_zip(path) else csv_table(path)
    constants = {"provider": "LinkedIn Learning", **said.constants}
    listing.take(table, attrs.evolve(said, constants=constants), intake)


def _moodle(path: Path, said: ColumnMap, intake: Intake) -> None:
    table = csv_table(path)
    refuse_learners(table)
    listing.need_columns(table, "Moodle course", "shortname", "fullname")
    listing.take(table, said, intake)


_TAKERS: dict[str, Callable[[Path, ColumnMap, Intake], None]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "linkedin": _linkedin,
    "moodle": _moodle,
    "oneroster": lambda path, _, intake: oneroster.take(path, intake),
    "scorm": lambda path, _, intake: packages.take_manifest(path, "scorm", intake),
    "cartridge": lambda path, _, intake: packages.take_manifest(path, "cartridge", intake),
    "cmi5": lambda path, _, intake: packages.take_cmi5(path, intake),
    "moochub": lambda path, _, intake: moochub.take(path, intake),
}
