"""Files that are whole or not there: written beside their place, then renamed into it."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from catalogue.errors import StoreError

STDOUT = "-"
_PART = re.compile(r"\..*\.(\d+)\.part(-journal|-wal|-shm)?")


@contextmanager
def written(target: str) -> Iterator[BinaryIO]:
    """A binary file that takes the name `target` once it is whole; "-" is stdout.

    Killed or failed at any moment, what stood there before still stands. Raises StoreError with
    the fix where the disk is full or the folder is not there.
    """
    if target == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with replacing(Path(target)) as part, part.open("wb") as file:
        yield file


def make_folder(folder: Path) -> None:
    """Make a folder where there is none. Raises StoreError with the fix."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be made: {error.strerror}; name another folder"
        ) from error


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; it becomes `target` when the block ends well."""
    with beside(target) as part:
        yield part
        sync(part)
        part.replace(target)
        sync(target.parent)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A path beside `target` that is gone when the block ends, unless it was renamed."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        sweep(target.parent)
        part.unlink(missing_ok=True)
        yield part
    except OSError as error:
        fix = "name another file"
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            fix = f"free some space, or {fix}"
        raise StoreError(
            f"{target} cannot be written: {error.strerror or error}; {fix}. What was there before"
            " is untouched"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what killed processes left half written in `folder`."""
    for path in folder.iterdir():
        if (found := _PART.fullmatch(path.name)) and not _alive(int(found[1])):
            path.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's, and alive
        return True
    return True


def sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
