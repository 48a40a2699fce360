"""The catalogue file under Datasette: read-only, and what took long to find is remembered."""

from __future__ import annotations

import datetime
import sqlite3
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

from datasette.database import Database

from catalogue.errors import StoreError
from catalogue.file import open_for_reading

_LONG = 0.004
"""Seconds that a query takes whose answer is worth keeping: a count or a facet of many courses."""
_SMALL = 100_000
"""Characters that a kept answer may have, each cell counted as ten at least."""
_KEPT = 300
_COUNTING = 1000
"""Milliseconds to count one table, once for each state of the file."""
State = tuple[Any, ...]


def state(path: Path) -> State:
    """What tells two states of a catalogue file apart, its log of writes included; and the day,
    which queries may ask for."""
    return (datetime.date.today(), *map(_stamp, (path, path.with_name(f"{path.name}-wal"))))  # noqa: DTZ011 - the host's day


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


class Unchanging(dict[str, Any]):
    """Metadata of one table or query, which nobody changes: a copy of it is itself.

    Datasette copies all metadata for each permission that it checks, which is most of the time of
    a small page where every column is described.
    """

    def __deepcopy__(self, memo: object) -> Unchanging:
        return self


def unchanging(described: dict[str, Any]) -> dict[str, Any]:
    """A database's metadata with its tables and queries so."""
    return described | {
        part: {name: Unchanging(each) for name, each in described[part].items()}
        for part in ("tables", "queries")
    }


class CatalogueFile(Database):  # type: ignore[misc] # datasette has no types
    """The catalogue as Datasette reads it, whatever characters its path holds."""

    def __init__(self, datasette: Any, path: str) -> None:
        super().__init__(datasette, path)
        self._state: State = ()
        self._answers: OrderedDict[Any, Any] = OrderedDict()

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection of one of Datasette's threads."""
        if write:
            raise StoreError("the catalogue is served read-only; `moocscout crawl` writes it")
        db = open_for_reading(Path(self.path), any_thread=True)
        # Datasette 0.65 and 1.0 call the list of what is to be closed differently.
        kept = getattr(self, "_all_file_connections", None)
        (self._all_connections if kept is None else kept).append(db)
        return db

    async def execute(self, sql: str, params: Any = None, **options: Any) -> Any:
        """Datasette's Results; those of a long query with a small answer are kept until the file
        changes, so that the counts beside a table are counted once, however it is sorted."""
        before = state(Path(self.path))
        if before != self._state:
            self._state = before
            self._answers.clear()
        key = (sql, repr(params), repr(options))
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]
        begin = time.perf_counter()
        found = await super().execute(sql, params, **options)
        if time.perf_counter() - begin > _LONG and state(Path(self.path)) == before:
            self._keep(key, found)
        return found

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """The rows of every table, also of those that take longer to count than Datasette waits."""
        found: dict[str, int | None] = await super().table_counts(max(limit, _COUNTING))
        return found

    def _keep(self, key: Any, found: Any) -> None:
        if sum(max(10, len(str(cell))) for row in found.rows for cell in row) <= _SMALL:
            self._answers[key] = found
        while len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
