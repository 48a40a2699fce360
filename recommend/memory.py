"""What a process that ranks again and again keeps of an index, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Any, TypeVar

POSTING_BYTES = 96 * 1024 * 1024
"""Most that the posting lists held may take together."""
_ANSWERS = 96
_COURSES = 2000
"""Courses as they are judged: some kilobytes each."""
_SHOWN = 500
_THEMES = 16
"""Each has a figure for every course."""

Made = TypeVar("Made")
_NOT_HELD = object()


class Lately:
    """The last so many things that were asked for; threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: dict[Hashable, Any] = {}
        self._lock = Lock()

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is held under a key, made now where nothing is; by two threads at once, twice."""
        with self._lock:
            held: Made = self._held.pop(key, _NOT_HELD)
            if held is not _NOT_HELD:
                self._held[key] = held
                return held
        made = make()
        self._keep({key: made})
        return made

    def several(
        self, keys: Iterable[Any], make: Callable[[list[Any]], Mapping[Any, Made]]
    ) -> dict[Any, Made]:
        """What is held under each key; `make` gives those that are not held."""
        found = {key: self._held.get(key, _NOT_HELD) for key in keys}
        if missing := [key for key, held in found.items() if held is _NOT_HELD]:
            found |= make(missing)
        self._keep(found)
        return found

    def _keep(self, asked: Mapping[Any, Any]) -> None:
        with self._lock:
            for key in asked:
                self._held.pop(key, None)
            self._held.update(asked)
            while len(self._held) > self._most:
                del self._held[next(iter(self._held))]


class Memory:
    """Posting lists and points that have been read or worked out; threads may share it."""

    def __init__(self) -> None:
        self._postings: dict[str, Any] = {}
        self._bytes = 0
        self.made = Lately(_ANSWERS).made
        self.theme = Lately(_THEMES).made
        """The same, for what is as large as the catalogue."""
        self.courses = Lately(_COURSES).several
        self.shown = Lately(_SHOWN).several
        """The same with all that is known of them."""

    def postings(
        self, terms: Iterable[str], read: Callable[[list[str]], Mapping[str, Any]]
    ) -> dict[str, Any]:
        """Term -> posting list, None where no course holds it; `read` gives those not held."""
        found = {term: self._postings.get(term, _NOT_HELD) for term in terms}
        missing = [term for term, posting in found.items() if posting is _NOT_HELD]
        if missing:
            new = {**dict.fromkeys(missing), **read(missing)}
            found |= new
            self._hold(new)
        return found

    def _hold(self, new: Mapping[str, Any]) -> None:
        """Keep posting lists; those held longest go when it becomes too much."""
        self._postings.update(new)
        self._bytes += sum(map(_size, new.values()))
        while self._bytes > POSTING_BYTES and len(self._postings) > len(new):
            oldest = next(iter(self._postings))
            self._bytes -= _size(self._postings.pop(oldest, None))


def _size(posting: Any) -> int:
    return 64 if posting is None else 8 * len(posting.docs)
