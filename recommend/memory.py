"""What a process that ranks again and again keeps of an index, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

POSTING_BYTES = 96 * 1024 * 1024
"""Most that the posting lists held may take together."""
_ANSWERS = 36

Made = TypeVar("Made")
_NOT_HELD = object()


class Memory:
    """Posting lists and points that have been read or worked out; threads may share it."""

    def __init__(self) -> None:
        self._postings: dict[str, Any] = {}
        self._bytes = 0
        self._made: dict[Any, Any] = {}

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

    def made(self, key: Any, make: Callable[[], Made]) -> Made:
        """What is held under a key, made now where nothing is."""
        if key not in self._made:
            made = make()
            while len(self._made) >= _ANSWERS:
                self._made.pop(next(iter(self._made)), None)
            self._made[key] = made
        found: Made = self._made[key]
        return found


def _size(posting: Any) -> int:
    return 64 if posting is None else 8 * len(posting.docs)
