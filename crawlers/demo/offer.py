"""The invented courses behind the demo sites, and the ways in which a test may bend them.

data/demo/*.json are lists of plain records. Days in them are whole numbers counted from the
demo's day (-20: twenty days before it). `Offer` is what one site has on one day.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import attrs

Record = Mapping[str, Any]
FOLDER = Path(__file__).parents[2] / "data" / "demo"
FILES = {"fun": "courses_fr.json", "coursera": "courses_en.json", "nau": "courses_pt.json"}


@cache
def _read(platform: str) -> tuple[Record, ...]:
    return tuple(json.loads((FOLDER / FILES[platform]).read_text(encoding="utf-8")))


def records(platform: str) -> list[dict[str, Any]]:
    """The records of fun, coursera or nau as the file has them, free to be changed."""
    return copy.deepcopy([dict(record) for record in _read(platform)])


@attrs.frozen(kw_only=True)
class Offer:
    """What a site has on its pages and in its listings on one day."""

    day: dt.date
    zone: ZoneInfo
    records: tuple[Record, ...]
    """Every course that the site ever had: ids and vocabularies are counted from these."""
    here: tuple[Record, ...]
    """The courses that the site has now."""
    touched: frozenset[str] = frozenset()
    """Refs of the courses whose record was changed for this day."""
    announce: int | None = None
    duplicate_ids: int = 0
    overlap: int = 0
    shifting: bool = False

    @property
    def listed(self) -> list[Record]:
        """The courses in listing order, doubles included."""
        shown = [record for record in self.here if record.get("listed", True)]
        return shown + shown[: self.duplicate_ids]

    @property
    def announced(self) -> int:
        """How many courses the site says it lists."""
        return len(self.listed) if self.announce is None else self.announce

    def moment(self, offset: int, clock: dt.time) -> dt.datetime:
        """So many days from the demo's day, at a time of the site's own clock."""
        day = self.day + dt.timedelta(days=offset)
        return dt.datetime.combine(day, clock, tzinfo=self.zone)

    @property
    def now(self) -> dt.datetime:
        """The demo's day at noon, on the site's clock."""
        return self.moment(0, dt.time(12))

    def updated(self, record: Record) -> dt.date:
        """The day on which the course's page last changed."""
        if record["ref"] in self.touched:
            return self.day
        return self.day + dt.timedelta(days=record.get("updated", -30))


def make_offer(
    platform: str,
    day: str,
    *,
    drop: float = 0.0,
    withdrawn: Iterable[str] = (),
    changed: Mapping[str, Mapping[str, Any]] | None = None,
    added: Sequence[Record] = (),
    **listing: Any,
) -> Offer:
    """The offer of a platform on an ISO day.

    `drop` is the share of courses gone without a word, spread evenly over the list; `withdrawn`
    names refs that are gone; `changed` overrides fields by ref, a dotted key reaching inside
    ("sessions.0.price"); `added` are records more. `listing` goes to `Offer` as it is.
    """
    changed = changed or {}
    every = [*records(platform), *copy.deepcopy([dict(record) for record in added])]
    for record in every:
        for key, value in changed.get(record["ref"], {}).items():
            _override(record, key.split("."), value)
    gone = set(withdrawn)
    here = [record for record in _thinned(every, drop) if record["ref"] not in gone]
    zone = {"fun": "Europe/Paris", "nau": "Europe/Lisbon"}.get(platform, "UTC")
    return Offer(
        day=dt.date.fromisoformat(day),
        zone=ZoneInfo(zone),
        records=tuple(every),
        here=tuple(here),
        touched=frozenset(changed),
        **listing,
    )


def _thinned(every: Sequence[Record], share: float) -> list[Record]:
    """Leave out a share of the records, spread evenly (Bresenham's way)."""
    return [
        record
        for place, record in enumerate(every)
        if int((place + 1) * share) == int(place * share)
    ]


def _override(record: Any, keys: Sequence[str], value: Any) -> None:
    first, *rest = keys
    key = int(first) if isinstance(record, list) else first
    if rest:
        _override(record[key], rest, value)
    else:
        record[key] = value
