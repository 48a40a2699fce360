"""Brand channels on YouTube, by their Atom feeds: each video is a tutorial.

A feed lists its newest fifteen videos only, so a video that is no longer in it has not been
withdrawn: such a crawl sees a window of the channel and never withdraws. The feed states neither
length nor language; the language is what `data/channels.csv` says of the channel. Its star rating
counts likes alone and is always five, so it is not read.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import attrs
from scrapy.http import Request, Response

from catalogue import clean
from catalogue.course import Course, Quote
from catalogue.errors import Unreadable, WrongUse
from catalogue.options import AUDIENCES
from catalogue.words import fold
from crawlers.facts import Facts
from crawlers.files.opened import local, xml
from crawlers.files.tables import Row, csv_table
from crawlers.spider import Page, PlatformSpider

DATA = Path(__file__).resolve().parents[2] / "data"
COLUMNS = ("name", "channel_id", "brand", "language", "audience", "note")
_CHANNEL = re.compile(r"UC[\w-]{22}")
_PLAYLIST = re.compile(r"(?:PL|UU|OL)[\w-]{10,60}")
_ROOT, _ENTRY = "feed", "entry"


@attrs.frozen(kw_only=True)
class Channel:
    """A channel or playlist to read, as the operator names it."""

    name: str
    id: str
    brand: str
    language: str | None = None
    audience: str = "public"

    @property
    def path(self) -> str:
        """The address of its feed, relative to the site."""
        kind = "channel_id" if _CHANNEL.fullmatch(self.id) else "playlist_id"
        return f"feeds/videos.xml?{urlencode({kind: self.id})}"


def channel(row: Row) -> Channel:
    """A row of the channels file. Raises WrongUse, naming the column and the fix."""
    cells = row.cells
    for column in ("name", "channel_id", "brand"):
        if not cells.get(column):
            raise WrongUse(f"{column} is empty; fill it in or remove the line")
    if not _CHANNEL.fullmatch(cells["channel_id"]) and not _PLAYLIST.fullmatch(cells["channel_id"]):
        raise WrongUse(
            f"channel_id {cells['channel_id']!r:.60} is neither a channel's id (UC and 22 signs,"
            " not its @name) nor a playlist's (PL...); the channel's page source names it"
        )
    audience = cells.get("audience") or "public"
    if audience not in AUDIENCES:
        raise WrongUse(f"audience {audience!r:.60} is none of {', '.join(AUDIENCES)}")
    try:
        language = clean.language(cells.get("language"))
    except Unreadable as error:
        raise WrongUse(f"language {error.words!r:.60} is not known; write it as fr or en") from None
    return Channel(
        name=cells["name"],
        id=cells["channel_id"],
        brand=cells["brand"],
        language=language,
        audience=audience,
    )


def entries(data: bytes) -> list[Element]:
    """The entries of a feed. Raises WrongUse when it is none."""
    root = xml(data, "the feed")
    if local(root.tag) != _ROOT:
        raise WrongUse(f"an Atom feed expected, got <{local(root.tag)[:40]}>")
    return [each for each in root if local(each.tag) == _ENTRY]


def read(entry: Element, channel: Channel, platform: str) -> tuple[Course, Facts]:
    """One video, and what of it could not be read. Raises Unreadable without id, title or link."""
    texts = {local(each.tag): each.text for each in reversed(list(entry.iter())) if each.text}
    links = [each.get("href") for each in entry if local(each.tag) == "link"]
    facts = Facts()
    facts.take("updated", clean.day, texts.get("updated"), "api")
    facts.quotes.clear()
    if channel.language:
        words = f"channel {channel.name}: {channel.language}"
        facts.quotes["language"] = Quote(words=words, source="file")
    course = Course(
        platform=platform,
        ref=_required("videoid", texts.get("videoid")),
        url=_required("link", next(iter(links), None)),
        title=_required("title", _own(entry, "title")),
        kind="tutorial",
        audience=channel.audience,
        language=channel.language,
        languages=(channel.language,) if channel.language else None,
        provider=channel.brand,
        providers=(channel.brand,),
        description=clean.plain(texts.get("description")),
        quotes=facts.quotes,
        **facts.values,
    )
    return course, facts


def _own(entry: Element, name: str) -> str | None:
    return next((each.text for each in entry if local(each.tag) == name), None)


def _required(name: str, text: str | None) -> str:
    value = clean.line(text)
    if value is None:
        raise Unreadable(text, name)
    return value


class YoutubeSpider(PlatformSpider):
    """Reads the feed of each channel that the channels file names.

    MOOCSCOUT_CHANNELS names another file than the one that comes with the project.
    """

    window: ClassVar[str] = (
        "a feed lists its newest videos only; what it no longer lists stays in the catalogue"
    )

    def __init__(self, *args: Any, channels: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = channels or os.environ.get("MOOCSCOUT_CHANNELS")
        self.file = Path(named) if named else DATA / "channels.csv"
        self._seen: set[str] = set()

    @property
    def narrowed(self) -> str | None:
        """What the operator asked for, or else that a feed is never the whole channel."""
        return super().narrowed or self.window

    async def start(self) -> AsyncIterator[Request]:
        """A request for each channel; a line that cannot be one is an error that says why."""
        seen: set[str] = set()
        for found in self._channels():
            if found.id in seen:
                self.issue("duplicate", "channel_id", found.id, found.name)
                continue
            seen.add(found.id)
            yield self.ask(found.path, self.parse_feed, channel=found)
        if not seen and not self.errors:
            self.issue("stale", "channels.csv", "no channel is named yet: docs/channels.md")

    def _channels(self) -> Iterator[Channel]:
        try:
            table = csv_table(self.file)
        except WrongUse as error:
            self.error(self.file.name, str(error))
            return
        if missing := [name for name in COLUMNS if name not in table.header]:
            self.error(f"{self.file.name}, line 1", f"lacks the columns {', '.join(missing)}")
            return
        for line, why in table.refused:
            self.error(f"{self.file.name}, line {line}", why)
        for row in table.rows:
            try:
                yield channel(row)
            except WrongUse as error:
                self.error(f"{self.file.name}, line {row.line}", str(error))

    def parse_feed(self, response: Response, channel: Channel) -> Iterator[Page]:
        """A feed's videos."""
        try:
            found = entries(response.body)
        except WrongUse as error:
            self.error(response.url, str(error))
            return
        if not found:
            self.issue("site_changed", "entry", "the feed lists no video", channel.name)
        courses = (self._read(entry, channel) for entry in found)
        yield Page(courses=tuple(course for course in courses if course))

    def _read(self, entry: Element, channel: Channel) -> Course | None:
        try:
            course, facts = read(entry, channel, self.name)
        except Unreadable as error:
            self.reject(f"{channel.name} {error.wanted}", f"{error.wanted}: {error.words}")
            return None
        if not self._wanted(course):
            return None
        for field, words in facts.unreadable:
            self.unreadable(field, words, course.ref)
        self._seen.add(course.ref)
        return course

    def _wanted(self, course: Course) -> bool:
        if course.ref in self._seen or (self.limit and len(self._seen) >= self.limit):
            return False
        if self.memory.harvested(course.ref) or self.stale(course.updated):
            return False
        said = f"{course.title} {course.description or ''}"
        return not self.match or fold(self.match) in fold(said)
