"""The same course on several platforms: time and memory, on listings of which a fifth are twins."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Iterator

from catalogue.likeness import clusters
from catalogue.listing import Listing
from tests.bench.invented import courses

_PLATFORMS = ("fun", "coursera", "edx", "futurelearn")
_TWIN = 5


def run(count: int, rounds: int) -> None:
    """Find the clusters among so many listings."""
    print(f"\ntwins: {count:,} listings, {rounds} rounds")
    times, found = [], 0
    for _ in range(rounds):
        listings = list(_listings(count))
        begin = time.process_time()
        found = len(clusters(listings))
        times.append(time.process_time() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = statistics.median(times)
    print(f"  {found:,} clusters, {took:.2f} s of CPU, {1e6 * took / count:.0f} us a listing")
    print(f"  for 100,000 listings at this pace {1e5 * took / count:.1f} s (goal: under 60)")
    print(f"  peak memory of this process {peak:,.0f} MB")


def _listings(count: int) -> Iterator[Listing]:
    """Every fifth one is the one before it, on another platform and with a shorter text."""
    before: Listing | None = None
    for at, course in enumerate(courses(count), start=1):
        twin = at % _TWIN == 0 and before is not None
        if twin and before is not None:
            title, names, text = before.title, before.names, before.text[:400]
            language = before.language
        else:
            title, names = course.title, (course.provider or "",)
            text, language = course.description or "", course.language
        before = Listing(
            id=at,
            platform=_PLATFORMS[at % len(_PLATFORMS)],
            ref=course.ref,
            title=title,
            names=names,
            language=language,
            text=text,
        )
        yield before
