"""Where the words and figures that we wrote ourselves are kept."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

DATA = Path(__file__).resolve().parents[1] / "data"
PROFILES = DATA / "profiles"
LEXICON = DATA / "lexicon"

Made = TypeVar("Made")
_BEGUN = time.time_ns()


def lines(path: Path) -> Iterator[str]:
    """The lines of a word list, without blank ones and those that start with #."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if (words := line.strip()) and not words.startswith("#"):
            yield words


def digest(*paths: Path) -> str:
    """Eight hex digits that differ when any of the files does; one that is absent adds nothing."""
    paths = tuple(path for path in paths if path.exists())
    stats = [path.stat() for path in paths]
    return _digest(paths, tuple((stat.st_mtime_ns, stat.st_size) for stat in stats))


@lru_cache(maxsize=16)
def _digest(paths: tuple[Path, ...], stamps: tuple[tuple[int, int], ...]) -> str:
    """The same, read anew only where a file has another time or size."""
    del stamps
    found = hashlib.blake2b(digest_size=4)
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def kept(name: str, sources: Sequence[Path], make: Callable[[], Made]) -> Made:
    """What `make` builds of plain values from word lists, kept beside them as Python keeps modules.

    It is built anew when one of the sources, or Python, has changed; where the folder cannot be
    written, each time. Of sources that changed since this process began nothing is kept: what it
    builds may rest on what it had read before.
    """
    folder = LEXICON / "__pycache__"
    path = folder / f"{name}.{digest(*sources)}.{sys.implementation.cache_tag}"
    with suppress(OSError, ValueError, EOFError, TypeError):
        found: Made = marshal.loads(path.read_bytes())  # noqa: S302 - written by us, as .pyc are
        return found
    made = make()
    with suppress(OSError):
        if max(source.stat().st_mtime_ns for source in sources if source.exists()) < _BEGUN:
            _keep(path, marshal.dumps(cast("Any", made)))
    return made


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole, and let go of the one that stood for it before."""
    path.parent.mkdir(exist_ok=True)
    name, _, _ = path.name.partition(".")
    for old in path.parent.glob(f"{name}.*"):
        old.unlink(missing_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)
