"""Opening the catalogue file, and saying plainly why it cannot be opened.

Reading needs the standard library alone: sqlite-utils imports pandas where that is installed,
which would cost half a second before the first answer. It is imported only to migrate.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from catalogue import shape
from catalogue.errors import StoreError
from catalogue.schema import APPLICATION_ID

SCHEMA_VERSION = 2
BUSY_SECONDS = 10


@contextmanager
def explained(path: Path, *, copied_from: Path | None = None) -> Iterator[None]:
    """Turn SQLite's errors into ones that name the file and the fix.

    A copy that turns out to be damaged was made from a file that is.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise StoreError(
                f"{path} is not a catalogue ({error}); name another file with --db"
            ) from error
        if any(words in str(error) for words in _DAMAGED):
            raise StoreError(
                f"{copied_from or path} is damaged ({error}); put a copy in its place, such as the"
                " newest of the folder published, or move it away and crawl anew"
            ) from error
        if isinstance(error, sqlite3.OperationalError):
            raise StoreError(_explanation(path, str(error))) from error
        raise


_DAMAGED = ("malformed", "vtable constructor failed")


def _explanation(path: Path, said: str) -> str:
    known = {
        "locked": "another process is writing to it; wait for it to end, or stop it",
        "readonly": "it is read-only; make it writable or name another file with --db",
        "unable to open": "it cannot be opened; check that the folder exists and is writable",
        "full": "the disk is full; free some space and run the same command again",
        "disk I/O": "the disk failed to read or write it; check free space and permissions",
    }
    fix = next((fix for words, fix in known.items() if words in said), None)
    return f"{path}: {fix or said}"


def open_for_reading(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A read-only connection to an existing catalogue of this schema version.

    `any_thread`: for a server that closes its connections from another thread.

    Raises StoreError when there is none, it is not ours, or it is of another version.
    """
    _check_exists(path)
    with explained(path):
        db = _read_only(path, any_thread=any_thread)
        _identify(db, path)
        version = db.execute("pragma user_version").fetchone()[0]
        if version < SCHEMA_VERSION:
            db.close()
            raise StoreError(
                f"{path} was written by an older moocscout; `moocscout check --db {path}` migrates"
            )
        _check_whole(db, path)
    return db


def _check_exists(path: Path) -> None:
    said = "does not exist" if not path.exists() else "is empty" if _is_empty(path) else None
    if said:
        demo = path.parent / "demo" / "run" / "catalogue.db"
        ours = f"name the demo's catalogue: --db {demo}" if demo.exists() else "`moocscout demo`"
        raise StoreError(f"{path} {said}; run `moocscout crawl fun` first, or {ours}")


def _is_empty(path: Path) -> bool:
    """A file without a byte, whose log holds none, either."""
    log = path.with_name(path.name + "-wal")
    return not path.stat().st_size and not (log.exists() and log.stat().st_size)


def _check_whole(db: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that lacks what its schema has."""
    if missing := shape.lacking(db):
        db.close()
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise StoreError(
            f"{path} lacks {missing[0]}{more}: it was written by an earlier moocscout, or something"
            f" was removed; `moocscout check --db {path}` adds what can be added"
        )


def _read_only(path: Path, *, any_thread: bool) -> sqlite3.Connection:
    address = path.absolute().as_uri()
    same = not any_thread
    db = sqlite3.connect(
        f"{address}?mode=ro", uri=True, timeout=BUSY_SECONDS, check_same_thread=same
    )
    try:
        db.execute("pragma schema_version").fetchone()
    except sqlite3.OperationalError as error:
        db.close()
        # A WAL file cannot be read from a folder that is not writable; without a log beside it,
        # the file itself is whole and may be read as it stands.
        shut = any(words in str(error) for words in ("unable to open", "readonly"))
        if not shut or path.with_name(path.name + "-wal").exists():
            raise
        db = sqlite3.connect(f"{address}?immutable=1", uri=True, check_same_thread=same)
    return db


def lacking(path: Path) -> list[str]:
    """What a catalogue lacks of today's schema, by name; nothing where it is no such file."""
    _check_exists(path)
    with explained(path), closing(_read_only(path, any_thread=False)) as db:
        ours = db.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
        version = db.execute("pragma user_version").fetchone()[0]
        return shape.lacking(db) if ours and version <= SCHEMA_VERSION else []


def open_for_writing(path: Path, *, create: bool = True) -> sqlite3.Connection:
    """A connection to the catalogue, migrated where needed, and made where `create` allows it.

    No transaction is open; `isolation_level` is None, so callers say BEGIN themselves.
    """
    if not create:
        _check_exists(path)
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent} is not a folder; create it or name another file with --db")
    with explained(path):
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        _identify(db, path)
        if db.execute("pragma user_version").fetchone()[0] < SCHEMA_VERSION:
            from catalogue.migrations import migrate

            migrate(db)
        if shape.lacking(db):
            with whole(db):
                shape.complete(db)
            _check_whole(db, path)
        db.execute("pragma foreign_keys = on")
    return db


@contextmanager
def whole(db: sqlite3.Connection) -> Iterator[None]:
    """A transaction that writes all of the block or nothing, and waits for no other writer.

    SQLite itself rolls back where the disk is full: a second rollback would hide why.
    """
    db.execute("begin immediate")
    try:
        yield
        db.execute("commit")
    except BaseException:
        if db.in_transaction:
            db.execute("rollback")
        raise


def _identify(db: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not ours, or from a newer moocscout; an empty one is ours to fill."""
    application = db.execute("pragma application_id").fetchone()[0]
    version = db.execute("pragma user_version").fetchone()[0]
    tables = db.execute("select count(*) from sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and tables:
        db.close()
        raise StoreError(
            f"{path} is a database, but not a moocscout catalogue; name another file with --db"
        )
    if application == APPLICATION_ID and version > SCHEMA_VERSION:
        db.close()
        raise StoreError(
            f"{path} was written by a newer moocscout (schema {version}, this one knows"
            f" {SCHEMA_VERSION}); upgrade moocscout or name another file with --db"
        )
