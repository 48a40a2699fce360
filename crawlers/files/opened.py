"""Opening what somebody else has packed: limits first, then only the members that are asked for.

Nothing is ever unpacked onto the disk. A zip that tries a trick is refused whole, even where the
trick would fail here: whoever made it did not export a course.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from catalogue.errors import WrongUse

MIB = 1024 * 1024
MOST_FILE = 512 * MIB
"""A package holds videos, but its list of courses does not need a gigabyte."""
MOST_READ = 32 * MIB
"""One table, manifest or list, unpacked."""
MOST_UNPACKED = 4096 * MIB
MOST_MEMBERS = 50_000
MOST_RATIO = 200
"""Text packs 5 to 60 times smaller; what packs 1,000 times is made to fill a disk."""
_RATIO_COUNTS_FROM = MIB
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1


def regular(path: Path, most: int = MOST_FILE) -> Path:
    """The path itself, once it is known to be a file of a size to read. Raises WrongUse."""
    try:
        found = path.stat()
    except OSError as error:
        raise WrongUse(f"{path}: {error.strerror}; check the file's name") from error
    if not stat.S_ISREG(found.st_mode):
        raise WrongUse(f"{path} is not a file; name the file that was exported")
    if not found.st_size:
        raise WrongUse(f"{path} is empty; export it again")
    if found.st_size > most:
        raise WrongUse(
            f"{path} holds {found.st_size // MIB:,} MB, and {most // MIB} MB is the most that is"
            " read; export the list of courses alone, without videos or learners"
        )
    return path


def contents(path: Path) -> bytes:
    """The bytes of a file that is read whole. Raises WrongUse."""
    try:
        return regular(path, MOST_READ).read_bytes()
    except OSError as error:
        raise WrongUse(f"{path}: {error.strerror}; make it readable") from error


class Archive:
    """A zip file, checked on opening; a context manager. Raises WrongUse, saying why."""

    def __init__(self, path: Path) -> None:
        self.path = regular(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise WrongUse(f"{path} is not a whole zip file ({error}); export it again") from error
        try:
            self._check()
        except WrongUse:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> frozenset[str]:
        """Names of all members."""
        return frozenset(self._zip.namelist())

    def _check(self) -> None:
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            self._refuse(f"it holds {len(members):,} files; {MOST_MEMBERS:,} is the most")
        names: set[str] = set()
        for member in members:
            # orig_filename: the platform's own separators are already replaced in filename.
            if why := _trick(member.orig_filename) or _link(member):
                self._refuse(f"its member {member.orig_filename!r:.80} {why}")
            if member.filename in names:
                self._refuse(f"it holds {member.filename!r:.80} twice")
            names.add(member.filename)
        total = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        if total > MOST_UNPACKED or _swells(total, packed):
            self._refuse(f"it would unpack from {packed:,} to {total:,} bytes")

    def _refuse(self, why: str) -> None:
        raise WrongUse(f"{self.path} is refused: {why}; ask for a plain export of the course list")

    def read(self, name: str) -> bytes:
        """One member, unpacked. Raises WrongUse when it is too large, damaged or locked."""
        member = self._zip.getinfo(name)
        if member.flag_bits & _ENCRYPTED:
            self._refuse(f"{name} is locked with a password")
        if member.file_size > MOST_READ:
            self._refuse(f"{name} holds {member.file_size:,} bytes, {MOST_READ:,} is the most")
        if _swells(member.file_size, member.compress_size):
            self._refuse(f"{name} unpacks to {member.file_size // member.compress_size} times")
        try:
            return self._zip.read(member)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
            raise WrongUse(f"{self.path}: {name} is damaged ({error}); export it again") from error


def _swells(size: int, packed: int) -> bool:
    return size > _RATIO_COUNTS_FROM and size > MOST_RATIO * max(packed, 1)


def _trick(name: str) -> str | None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or _DRIVE.match(name) or ".." in parts:
        return "points outside of the package"
    return "has a name that hides its end" if "\0" in name else None


def _link(member: zipfile.ZipInfo) -> str | None:
    return "is a link" if stat.S_ISLNK(member.external_attr >> 16) else None


def xml(data: bytes, name: str) -> Element:
    """The root of an XML document. A document type is refused: it can name other files."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise WrongUse(
            f"{name} is refused: it declares a document type or entities, which can read other"
            " files; remove its <!DOCTYPE ...>"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise WrongUse(f"{name} is not whole XML ({error}); export it again") from error
    return root


def local(tag: str) -> str:
    """An element's or attribute's name without its namespace, which differs by version."""
    return tag.rpartition("}")[2].casefold()
