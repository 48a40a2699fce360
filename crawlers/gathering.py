"""Feeds read back: each crawl in them becomes a harvest, as if its spider had run here.

Nothing in a feed is trusted: it may be cut off, hold lines of another program, or be hostile. What
cannot be read is counted and said, never guessed.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import attrs

from catalogue import strict
from catalogue.course import Course
from catalogue.errors import Unreadable, WrongUse
from catalogue.harvest import Harvest
from catalogue.notes import Notes
from catalogue.options import IssueKind
from catalogue.store import Report
from crawlers.report import FeedReport, now

_LONGEST_LINE = 64 * 1024 * 1024
"""Bytes: a report that lists every unchanged course of the largest platform takes a tenth."""
_AT_ONCE = 200
"""Courses brought into the harvest in one transaction."""


@attrs.define
class Faults:
    """Lines that could not be read: how many, and which was the first."""

    count: int = 0
    first: str = ""

    def add(self, fault: str) -> None:
        """Count one line."""
        self.count += 1
        self.first = self.first or fault


@attrs.define(kw_only=True)
class Gathered:
    """One crawl as a feed tells it."""

    source: str
    platform: str
    harvest: Harvest
    notes: Notes
    said: FeedReport | None = None
    courses: int = 0
    faults: Faults = attrs.Factory(Faults)
    cut: str | None = None
    """Why the file could not be read to its end."""
    _waiting: list[Course] = attrs.Factory(list)

    def add(self, course: Course) -> None:
        """Take one course."""
        self.courses += 1
        self._waiting.append(course)
        if len(self._waiting) == _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self.harvest.add(self.notes.checked(self._waiting))
        self._waiting.clear()

    def finish(self, said: FeedReport | None) -> None:
        """Take what the crawl says of itself, when it says something."""
        self._flush()
        self.said = said
        if said:
            self.harvest.add_unchanged(said.unchanged)
            self.harvest.add_rejected(said.rejected.items())
            for issue in said.issues:
                kind = cast("IssueKind", issue.kind)  # held against the list when it was read
                self.notes.issue(kind, issue.field, issue.example, issue.ref, issue.count)
        self.harvest.add_rejected(self.notes.rejected.items())

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the feed may not hold all that its crawl read."""
        found = []
        if self.cut:
            found.append(f"{self.source} ends early: {self.cut}")
        if self.said is None:
            found.append(f"{self.source} has no report line; a job that is killed writes none")
        elif self.courses + self.faults.count < self.said.courses:
            found.append(f"{self.source} holds {self.courses} of {self.said.courses} courses")
        if count := self.faults.count:
            lines = "1 line" if count == 1 else f"{count} lines"
            found.append(f"{lines} of {self.source} could not be read: {self.faults.first}")
        return tuple(found)

    def day(self, otherwise: str) -> str:
        """The day that the crawl speaks for."""
        return self.said.day if self.said else otherwise

    def report(self, day: str, floor: int | None) -> Report:
        """The crawl's report for the catalogue; `day` is that of a feed that does not say."""
        if count := self.faults.count:
            self.notes.issue("malformed", "feed", self.faults.first, self.source, count)
        said = self.said
        return Report(
            day=self.day(day),
            started=said.started if said else now(),
            finished=said.finished if said else now(),
            ended_by_itself=said.ended_by_itself if said else False,
            announced=said.announced if said else None,
            errors=said.errors if said else 0,
            requests=said.requests if said else 0,
            base_url=said.base_url if said else None,
            narrowed=said.narrowed if said else None,
            issues=self.notes.issues,
            floor=floor,
            doubts=self.doubts,
        )


class Feed:
    """One file of one or more crawls, one after the other: a report line ends each."""

    def __init__(self, source: str, folder: Path) -> None:
        self.source = "the standard input" if source == "-" else source
        self._name = source
        self._folder = folder
        self._open: Gathered | None = None
        self._faults = Faults()
        """Met before the crawl that is read next told its platform."""
        self.crawls: list[Gathered] = []

    def read(self) -> list[Gathered]:
        """The crawls in the file. Raises WrongUse when it cannot be opened or holds none."""
        cut = None
        with _opened(self._name) as stream:
            try:
                for number, line in _lines(stream):
                    if line is None:
                        self._note(f"line {number} has more than {_LONGEST_LINE} bytes")
                    else:
                        self._take(number, line)
            except (EOFError, OSError, zlib.error) as error:
                cut = str(error)
        if self._open:
            self._open.cut = cut
            self._close(None)
        if not self.crawls:
            why = self._faults.first or cut or "it is empty"
            raise WrongUse(
                f"not a feed of a crawl ({why}); `scrapy crawl NAME -O FILE.jsonl` writes one"
            )
        self.crawls[-1].cut = self.crawls[-1].cut or cut
        return self.crawls

    def _take(self, number: int, line: bytes) -> None:
        try:
            record = strict.parse(line)
            if isinstance(record, dict) and "report" in record:
                said = FeedReport.read(record["report"])
                self._of(said.platform)
                self._close(said)
            else:
                course = strict.course(record)
                self._of(course.platform).add(course)
        except Unreadable as error:
            self._note(f"line {number}, {error}")

    def _note(self, fault: str) -> None:
        """A line between two crawls may have been of either."""
        if self._open:
            self._open.faults.add(fault)
            return
        self._faults.add(fault)
        if self.crawls:
            self.crawls[-1].faults.add(fault)

    def _of(self, platform: str) -> Gathered:
        """The crawl that is being read, of this platform."""
        if self._open and self._open.platform != platform:
            self._close(None)
        if self._open is None:
            place = self._folder / f"{Path(self._name).name}.{len(self.crawls)}.db"
            self._open = Gathered(
                source=self.source,
                platform=platform,
                harvest=Harvest(place),
                notes=Notes(platform),
                faults=self._faults,
            )
            self._faults = Faults()
        return self._open

    def _close(self, said: FeedReport | None) -> None:
        assert self._open is not None  # noqa: S101 - both callers opened it
        self._open.finish(said)
        self.crawls.append(self._open)
        self._open = None


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    """A file's or the standard input's bytes, unpacked where they are gzipped."""
    try:
        file: Any = sys.stdin.buffer if name == "-" else Path(name).open("rb")  # noqa: SIM115
    except OSError as error:
        raise WrongUse(f"it cannot be read: {error.strerror}") from error
    try:
        packed = file.peek(2)[:2] == b"\x1f\x8b"
        stream: Any = gzip.GzipFile(fileobj=file) if packed else file
        yield stream
    finally:
        if name != "-":
            file.close()


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """(number, line) of each that is not blank; None for one too long to be held."""
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if line.endswith(b"\n") or len(line) < _LONGEST_LINE:
            if line.strip():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE)
        yield number, None
