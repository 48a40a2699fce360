"""A catalogue of invented courses with its index, built once and kept in the temporary folder."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from catalogue import store
from catalogue.course import Course, Platform
from catalogue.file import open_for_writing
from catalogue.harvest import Harvest
from recommend import index
from recommend import profile as profiles
from recommend.query import terms_of
from tests.bench import invented

PLATFORMS = ("alpha", "beta", "delta", "gamma", "omega")
ROLE = "directeur-marketing"
DAY = "2026-11-22"


def _platform(name: str) -> Platform:
    return Platform(
        name=name, title=name.capitalize(), home=f"https://{name}.example", languages=("fr",),
        timezone="UTC", licence="-", terms="-", robots="-", audience="public", floor=1,
    )  # fmt: skip


def words() -> list[str]:
    """Invented words by rank, with those that a shipped profile looks for among them."""
    found = invented.vocabulary()
    asked = [word for term in terms_of(profiles.load(ROLE)) for word in term.word.split()]
    for at, word in enumerate(dict.fromkeys(asked)):
        # A few are generic words, most are the rare ones of the trade.
        found.insert(20 + at * at // 2, word)
    return found


def catalogue(count: int) -> Path:
    """The file, built now where no run has before; its index fits today's model."""
    sources = b"".join(Path(each).read_bytes() for each in (__file__, invented.__file__))
    made_by = hashlib.blake2b(sources, digest_size=4).hexdigest()
    folder = Path(tempfile.gettempdir()) / f"moocscout-bench-{made_by}"
    folder.mkdir(exist_ok=True)
    path = folder / f"{count}.db"
    if not path.exists():
        _build(path.with_suffix(".part"), count)
        path.with_suffix(".part").rename(path)
    open_for_writing(path).close()  # what an older moocscout built is migrated
    index.ensure(path).close()
    return path


def _build(path: Path, count: int) -> None:
    for left in path.parent.glob(f"{path.stem}.*"):
        left.unlink()
    harvests = {name: Harvest(path.with_suffix(f".{name}"), day=DAY) for name in PLATFORMS}
    held: dict[str, list[Course]] = {name: [] for name in PLATFORMS}
    for course in invented.courses(count, platforms=PLATFORMS, words=words()):
        held[course.platform].append(course)
        if len(held[course.platform]) == 1000:
            harvests[course.platform].add(held[course.platform])
            held[course.platform] = []
    report = store.Report(day=DAY, started="", finished="", ended_by_itself=True)
    for name, harvest in harvests.items():
        harvest.add(held[name])
        store.load(path, _platform(name), harvest, report)
        harvest.discard()
    index.ensure(path).close()
    # As it is published: one file, no log beside it, with statistics.
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma journal_mode = delete")
        db.execute("analyze")
