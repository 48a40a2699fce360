"""Which courses of a Richie site are as they were: no page need be asked for again.

Richie sends no ETag, and its pages ignore If-Modified-Since. What it does tell is a page's last
change, by day, in the site map, and all of the listing in the list API. A course of which both are
as they were when its page was last read is the same course.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from catalogue.errors import Unreadable
from catalogue.harvest import Validator
from crawlers.engines.richie_course import Vocabulary
from crawlers.engines.sitemap import entries
from crawlers.spider import Memory

SETTLED_DAYS = 2
"""A page changed so recently may change again on its day, or come from a cache of yesterday."""

# Said anew at each request, or said of pictures, of which nothing is kept.
_PASSING = frozenset({"state", "cover_image", "icon", "organization_highlighted_cover_image"})


class Week:
    """What this week's site map says, held against what was kept last week."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self._changed: dict[str, str] = {}

    def learn(self, body: bytes, timezone: str) -> None:
        """Read the site map; one that cannot be read only costs the saving of requests."""
        for path, day in _days(body, timezone):
            self._changed[path] = day

    def changed(self, address: str) -> str | None:
        """The day of the page's last change; None when the site map does not say."""
        return self._changed.get(urlsplit(address).path)

    def unchanged(self, ref: str, address: str, listing: str) -> bool:
        """Is the course's page the one that was read already?"""
        held = self.memory.validator(ref)
        if held is None or held.url != address or held.listing is None:
            return False
        return held.listing == self._print(address, listing)

    def keep(self, ref: str, address: str, listing: str) -> None:
        """Remember how the course is now, unless its page may still be on the move."""
        fingerprint = self._print(address, listing)
        if fingerprint is not None:
            self.memory.remember(ref, Validator(url=address, listing=fingerprint))

    def _print(self, address: str, listing: str) -> str | None:
        changed = self.changed(address)
        if changed is None or self.memory.day is None:
            return None
        today = dt.date.fromisoformat(self.memory.day)
        settled = today - dt.date.fromisoformat(changed) >= dt.timedelta(days=SETTLED_DAYS)
        return f"{changed} {listing}" if settled else None


def listing_of(listed: Mapping[str, Any], words: Vocabulary) -> str:
    """A fingerprint of all that the list API says of a course, names of its ids included."""
    said = {key: value for key, value in listed.items() if key not in _PASSING}
    ids = [*(listed.get("categories") or ()), *(listed.get("organizations") or ())]
    for several in ("categories", "organizations"):
        said[several] = sorted(map(str, listed.get(several) or ()))
    said["names"] = [words.named(kind, ids) for kind in sorted(words.names)]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _days(body: bytes, timezone: str) -> Iterator[tuple[str, str]]:
    try:
        for entry in entries(body, timezone):
            if entry.updated:
                yield urlsplit(entry.url).path, entry.updated
    except Unreadable:
        return
