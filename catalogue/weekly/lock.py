"""One weekly run at a time: a lock that the system lets go of when its holder dies."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from catalogue.errors import MoocscoutError, StoreError

PATIENCE_SECONDS = 20
"""How long to wait for the last step of a run that was killed."""


class AlreadyRunning(MoocscoutError):
    """Another weekly run holds the lock; it is told by its pid."""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Hold the lock at `path`; yields its descriptor, for child processes to hold it too.

    So a run whose parent was killed is over only when its last step is. Raises AlreadyRunning, and
    StoreError where there can be no lock.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written: {error.strerror}; make its folder writable, or name a"
            " catalogue in another one with --db"
        ) from error
    try:
        _take(handle, path)
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid()}).encode(), 0)
        yield handle
    finally:
        os.close(handle)


def _take(handle: int, path: Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        pid = _holder(handle)
        if pid is None or _alive(pid) or time.monotonic() > end:
            raise AlreadyRunning(
                f"another weekly run is at work (pid {pid or 'not known'}, lock {path}); this one"
                " does nothing. Wait for it, or stop it: what it has done is kept"
            )
        time.sleep(0.1)


def _holder(handle: int) -> int | None:
    try:
        return int(json.loads(os.pread(handle, 200, 0))["pid"])
    except (ValueError, KeyError, TypeError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
