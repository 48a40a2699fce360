"""A catalogue for readers: a new file that never changes, then a name that points at it.

`published/catalogue.db` is a link. It is switched by one rename, once the new file is whole and
checked, so that it names a whole file at every moment, never older than the last success.
"""

from __future__ import annotations

import filecmp
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import attrs

from catalogue.command import problems
from catalogue.errors import StoreError
from catalogue.export import database, output
from catalogue.file import explained, open_for_reading

CURRENT = "catalogue.db"
KEPT = 8
"""Published files kept: eight weeks, to go back to."""
_NAME = re.compile(r"catalogue-(\d{4}-\d{2}-\d{2})(?:-(\d+))?\.db")


@attrs.frozen(kw_only=True)
class Published:
    """What now stands under CURRENT."""

    file: str
    bytes: int
    courses: int
    """Those still listed."""


def publish(db: Path, folder: Path, day: str, *, keep: int = KEPT) -> Published:
    """Publish the catalogue at `db` into `folder`. Raises StoreError, and then nothing changed."""
    output.make_folder(folder)
    _refuse_older(db, folder / CURRENT)
    target = _free_name(folder, day)
    with output.beside(target) as part:
        database.copy(db, part, target=target)
        courses = _checked(part)
        last = _last_of(folder, day)
        if last is not None and filecmp.cmp(part, last, shallow=False):
            target = last
        else:
            part.chmod(0o444)
            output.sync(part)
            part.rename(target)
            output.sync(folder)
        _switch(folder, target)
        _prune(folder, keep)
    return Published(file=target.name, bytes=target.stat().st_size, courses=courses)


def _refuse_older(db: Path, current: Path) -> None:
    if not current.exists():
        return
    ours, theirs = _data_date(db), _data_date(current)
    if theirs > ours:
        raise StoreError(
            f"{current} holds data of {theirs}, newer than {db} ({ours}); name the catalogue that"
            " it came from with --db"
        )


def _data_date(path: Path) -> str:
    with explained(path), closing(open_for_reading(path)) as db:
        return str(db.execute("select coalesce(data_date, '') from about").fetchone()[0])


def _checked(part: Path) -> int:
    """Give the file its statistics and look at all of it; how many courses it lists."""
    with explained(part), closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute("analyze")
        found = problems(db)
        (courses,) = db.execute("select count(*) from course where withdrawn is null").fetchone()
    if found:
        raise StoreError("the copy is not sound, nothing is published: " + "; ".join(found))
    if not courses:
        raise StoreError("the catalogue lists no course, nothing is published")
    return int(courses)


def _dated(folder: Path) -> list[tuple[str, int, Path]]:
    """Published files, the oldest first."""
    return sorted(
        (found[1], int(found[2] or 1), path)
        for path in folder.iterdir()
        if (found := _NAME.fullmatch(path.name))
    )


def _last_of(folder: Path, day: str) -> Path | None:
    return next((path for on, _, path in reversed(_dated(folder)) if on == day), None)


def _free_name(folder: Path, day: str) -> Path:
    """A file that was published is never written again: a second one of its day is numbered."""
    last = max((number for on, number, _ in _dated(folder) if on == day), default=0)
    return folder / (f"catalogue-{day}-{last + 1}.db" if last else f"catalogue-{day}.db")


def _switch(folder: Path, target: Path) -> None:
    link = folder / f".{CURRENT}.{os.getpid()}.part"
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(folder / CURRENT)
    output.sync(folder)


def _prune(folder: Path, keep: int) -> None:
    current = (folder / CURRENT).resolve()
    for _, _, path in _dated(folder)[:-keep]:
        if path.resolve() != current:
            path.unlink(missing_ok=True)
