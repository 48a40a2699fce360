"""Atom (RFC 4287) and iCalendar (RFC 5545) feeds of courses, with ids that never change.

Both take courses as `selection.courses` gives them, each with the reason why it is there, or
None: the ranking brings its own list and reasons, search words and platforms bring none.
"""

from __future__ import annotations

import datetime as dt
import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self
from xml.etree import ElementTree as ET

import attrs

from catalogue.export import wording
from catalogue.export.selection import Selection, stable_id
from catalogue.reading import Row

Reasoned = tuple[Row, str | None]
"""A course, and why it is in the feed."""

ATOM_TYPE = "application/atom+xml; charset=utf-8"
ICS_TYPE = "text/calendar; charset=utf-8"
MOST_ENTRIES = 100
MOST_EVENTS = 1000
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@attrs.frozen(kw_only=True)
class Channel:
    """What a feed is about: its title and what its id is made of."""

    title: str
    scope: tuple[str, ...]
    language: str
    day: str
    """The day that the catalogue speaks for."""
    platforms: Mapping[str, Row]
    site: str | None = None
    """The address that the feed will stand at."""

    @classmethod
    def of(cls, selection: Selection, **facts: Any) -> Self:
        """The channel of a platform, of a topic, of both, or of everything."""
        language, platform, topic = facts["language"], selection.platform, selection.topic
        titles = []
        if platform:
            name = facts["platforms"][platform]["title"]
            titles.append(wording.say(language, "platform", name=name))
        if topic:
            titles.append(wording.say(language, "topic", name=topic))
        title = " · ".join(titles) or wording.say(language, "whole")
        return cls(title=title, scope=("feed", platform or "", topic or ""), **facts)

    @classmethod
    def for_profile(cls, name: str, **facts: Any) -> Self:
        """The channel of a role profile."""
        title = wording.say(facts["language"], "profile", name=name)
        return cls(title=title, scope=("feed", "profile", name), **facts)

    def platform_title(self, course: Row) -> str:
        """The name of the course's platform."""
        found = self.platforms.get(course["platform"])
        return str(found["title"]) if found else str(course["platform"])

    def said(self, course: Row, why: str | None) -> str:
        """What stands under a course's title."""
        platform = self.platform_title(course)
        return "\n".join(wording.lines(course, why, platform, self.language, self.day))


def newest(courses: Iterable[Row], limit: int = MOST_ENTRIES) -> list[Reasoned]:
    """The courses that changed last, those of one day in the order of platform and ref."""
    keyed = ((_backwards(row["last_changed"]), row["platform"], row["ref"], row) for row in courses)
    return [(row, None) for *_, row in heapq.nsmallest(limit, keyed, key=lambda each: each[:3])]


def _backwards(day: str) -> int:
    return -dt.date.fromisoformat(day).toordinal()


def atom(channel: Channel, courses: Sequence[Reasoned]) -> bytes:
    """An Atom feed: one entry per course, updated when the course last changed."""
    feed = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": channel.language})
    changed = max((row["last_changed"] for row, _ in courses), default=channel.day)
    _add(feed, "id", stable_id(*channel.scope, channel.language).urn)
    _add(feed, "title", channel.title)
    _add(feed, "subtitle", wording.say(channel.language, "subtitle"))
    _add(feed, "updated", f"{changed}T00:00:00Z")
    _add(feed, "generator", "moocscout")
    # The platforms' files write their licence lines in English.
    _add(feed, "rights", rights(channel.platforms), **{"xml:lang": "en"})
    _add(ET.SubElement(feed, "author"), "name", "moocscout")
    if channel.site:
        ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=channel.site)
    for course, why in courses:
        _add_entry(feed, channel, course, why)
    ET.indent(feed)
    declaration = b'<?xml version="1.0" encoding="utf-8"?>\n'
    body: bytes = ET.tostring(feed, encoding="utf-8")
    return declaration + body + b"\n"


def rights(platforms: Mapping[str, Row]) -> str:
    """Whose listings these are: the line on licences that the platforms' files declare."""
    return " · ".join(f"{row['title']}: {row['licence']}" for row in platforms.values())


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _NOT_XML.sub("", text)


def _add_entry(feed: ET.Element, channel: Channel, course: Row, why: str | None) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", stable_id(course["platform"], course["ref"]).urn)
    _add(entry, "title", wording.title(course, channel.language))
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=_xml(course["url"]))
    _add(entry, "published", f"{course['first_seen']}T00:00:00Z")
    _add(entry, "updated", f"{course['last_changed']}T00:00:00Z")
    author = course.get("provider") or channel.platform_title(course)
    _add(ET.SubElement(entry, "author"), "name", author)
    for term in [course["platform"], *(course.get("subjects") or ())]:
        ET.SubElement(entry, "category", term=_xml(term))
    _add(entry, "summary", channel.said(course, why), type="text")


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def ics(channel: Channel, courses: Iterable[Reasoned], limit: int = MOST_EVENTS) -> bytes:
    """A calendar: first days of sessions and last days to enrol, the next ones from `day` on."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//moocscout//catalogue//{channel.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", str(stable_id(*channel.scope, channel.language, "calendar")))
    calendar.add("name", _line(channel.title))
    calendar.add("x-wr-calname", _line(channel.title))
    calendar.add("x-wr-caldesc", wording.say(channel.language, "calendar"))
    # Of 250,000 courses' dates no calendar program wants more than the next ones.
    for date in heapq.nsmallest(limit, _dates(channel, courses), key=lambda date: date.order):
        calendar.add_component(_event(channel, date))
    return bytes(calendar.to_ical())


@attrs.frozen(kw_only=True)
class _Date:
    """A day on which something happens to a session."""

    day: str
    kind: str
    course: Row
    session: Row
    why: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """What makes the event the same one next week, whatever its day."""
        return self.course["platform"], self.course["ref"], self.session["ref"], self.kind

    @property
    def order(self) -> tuple[str, ...]:
        return self.day, *self.names


def _dates(channel: Channel, courses: Iterable[Reasoned]) -> Iterator[_Date]:
    for course, why in courses:
        for session in course.get("sessions", ()):
            if session.get("withdrawn"):
                continue
            for kind, column in (("start", "start"), ("deadline", "enrolment_end")):
                day = session.get(column)
                if day is not None and day >= channel.day:
                    yield _Date(day=day, kind=kind, course=course, session=session, why=why)


def _event(channel: Channel, date: _Date) -> Any:
    from icalendar import Event

    course = date.course
    event = Event()
    title = wording.title(course, channel.language)
    first = dt.date.fromisoformat(date.day)
    changed = dt.datetime.fromisoformat(f"{course['last_changed']}T00:00:00+00:00")
    event.add("uid", f"{stable_id(*date.names)}@moocscout")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", first)
    event.add("dtend", first + dt.timedelta(days=1))
    event.add("summary", _line(wording.say(channel.language, date.kind, title=title)))
    platform = channel.platform_title(course)
    event.add("description", _xml(channel.said(course, date.why)))
    event.add("url", date.session.get("url") or course["url"])
    event.add("categories", [_line(platform)])
    event.add("transp", "TRANSPARENT")
    return event


def _line(text: str) -> str:
    return " ".join(_NOT_XML.sub("", text).split())
