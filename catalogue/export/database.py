"""The catalogue file itself: a plain copy without a write-ahead log, whole whoever writes."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from catalogue.file import explained, open_for_reading


def copy(source: Path, part: Path, *, target: Path | None = None) -> None:
    """Write the catalogue at `source` to the new file `part`: one moment of it, compacted.

    A crawl may be writing meanwhile: the copy holds what was there before. Raises StoreError, which
    names `target`, the file that the part is to be.
    """
    with (
        explained(target or part, copied_from=source),
        closing(sqlite3.connect(part, isolation_level=None)) as made,
    ):
        with explained(source), closing(open_for_reading(source)) as db:
            # Not VACUUM INTO: from a connection that may only read, SQLite 3.40 refuses tables
            # with generated columns.
            db.backup(made)
        # A file in WAL mode cannot be opened from a folder that its reader may not write.
        made.execute("pragma journal_mode = delete")
        made.execute("vacuum")


def write(source: Path, file: BinaryIO) -> None:
    """The same into an open file."""
    with tempfile.TemporaryDirectory(prefix="moocscout-") as folder:
        part = Path(folder) / "catalogue.db"
        copy(source, part)
        with part.open("rb") as made:
            shutil.copyfileobj(made, file)
