"""The shortlist for a page, computed off the event loop so that it never blocks other requests."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import attrs

from catalogue.file import open_for_reading
from recommend import index, loops, rank
from recommend import profile as profiles
from recommend.index import Index
from recommend.memory import Memory
from recommend.profile import Profile

_WORKERS = 2
_KEPT = 256


@lru_cache(maxsize=64)
def shipped(name: str) -> Profile:
    """A profile that comes with moocscout; only those are read, never a path."""
    if name not in profiles.shipped():
        raise KeyError(name)
    return profiles.load(name)


def roles(lang: str) -> list[Profile]:
    """The shipped profiles, those in the page's language first: choices on the home page."""
    found = [shipped(name) for name in profiles.shipped()]
    return sorted(found, key=lambda profile: (profile.language != lang, profile.role))


class Ranker:
    """Ranks in threads of its own, so that a slow profile does not hold up Datasette's queries.

    It never writes: an index that is not in the file for today's data is fitted into memory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = ThreadPoolExecutor(_WORKERS, thread_name_prefix="rank")
        self._own = threading.local()
        self._answers: dict[tuple[Any, ...], asyncio.Future[Any]] = {}
        self._memory: tuple[Any, Memory] = (None, Memory())
        loops.use_numpy()

    async def rank(
        self, profile: Profile, day: str, top: int, lang: str, version: tuple[Any, ...]
    ) -> dict[str, Any]:
        """The ranking as JSON values; kept for a while per catalogue version, profile and day."""
        key = (version, profile.hash, day, top, lang)
        rank = partial(self._rank, profile, day, top, lang, version)
        found: dict[str, Any] = await self._kept(key, rank)
        # The answer is the same for every name of the profile; the name itself is not kept.
        return found | {"profile": found["profile"] | {"name": profile.name}}

    async def ask(
        self, about: tuple[Any, ...], work: Callable[[Index], Any], version: tuple[Any, ...]
    ) -> Any:
        """What `work` finds in the index, in a thread; kept per catalogue version and `about`."""
        return await self._kept((version, *about), lambda: work(self._index(version)))

    async def _kept(self, key: tuple[Any, ...], work: Callable[[], Any]) -> Any:
        """The answer to `key`, worked out once, also for those who ask while it is worked out."""
        if key not in self._answers:
            while len(self._answers) >= _KEPT:
                self._answers.pop(next(iter(self._answers)))
            loop = asyncio.get_running_loop()
            self._answers[key] = loop.run_in_executor(self._threads, work)
        try:
            # Somebody who no longer waits must not end the work for the others.
            return await asyncio.shield(self._answers[key])
        except Exception:
            self._answers.pop(key, None)
            raise

    def _rank(
        self, profile: Profile, day: str, top: int, lang: str, version: tuple[Any, ...]
    ) -> dict[str, Any]:
        found = self._index(version)
        return rank.rank(found.db, found, profile, day, top, lang=lang).as_json()

    def _index(self, version: tuple[Any, ...]) -> Index:
        """This thread's index, read anew when the data has changed."""
        held: tuple[Any, Index] | None = getattr(self._own, "held", None)
        if held is None or held[0] != version:
            if held is not None:
                held[1].close()
            db = open_for_reading(self.path, any_thread=True)
            found = index.current(db) or index.in_memory(db)
            held = (version, attrs.evolve(found, memory=self._remembering(version)))
            self._own.held = held
        return held[1]

    def _remembering(self, version: tuple[Any, ...]) -> Memory:
        """What all threads remember of this version of the data."""
        if self._memory[0] != version:
            self._memory = (version, Memory())
        return self._memory[1]
