"""How far a weekly run has come, in a small file that a rerun after a kill reads."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Literal, Self

import attrs

from catalogue.export import output
from catalogue.harvest import RESUMABLE_DAYS

Outcome = Literal["done", "partial", "failed", "skipped"]


@attrs.frozen
class Done:
    """A step that has ended, and what it said."""

    outcome: Outcome
    said: str


@attrs.define(kw_only=True)
class State:
    """A run: what was ordered, which steps have ended. Saved after each, whole or not at all."""

    day: str
    platforms: dict[str, str | None]
    """Name -> the address to ask instead, or None."""
    published: str
    baseline: int
    """The newest crawl when the run began: later ones are its own."""
    last_success: str | None = None
    running: str | None = None
    finished: bool = False
    steps: dict[str, Done] = attrs.Factory(dict)

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """The state at `path`; None when there is none, or none that can be read."""
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            found["steps"] = {name: Done(**done) for name, done in found["steps"].items()}
            return cls(**found)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def save(self, path: Path) -> None:
        """Write it, whole or not at all."""
        with output.written(str(path)) as file:
            text = json.dumps(attrs.asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
            file.write(text.encode() + b"\n")

    def goes_on(self, order: dict[str, Any], day: str | None) -> bool:
        """Is this the unfinished run of the same order, young enough to rest on?

        `day` is the day asked for; None where nobody asked for one.
        """
        same = {"platforms": self.platforms, "published": self.published} == order
        return same and not self.finished and self._is_near(day or _today(), exact=day is not None)

    def _is_near(self, day: str, *, exact: bool) -> bool:
        if exact:
            return day == self.day
        age = dt.date.fromisoformat(day) - dt.date.fromisoformat(self.day)
        return 0 <= age.days <= RESUMABLE_DAYS


def _today() -> str:
    return dt.date.today().isoformat()  # noqa: DTZ011 - the operator's own day is meant
