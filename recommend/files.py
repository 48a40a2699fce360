"""Where the words and figures that we wrote ourselves are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
PROFILES = DATA / "profiles"
LEXICON = DATA / "lexicon"


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
