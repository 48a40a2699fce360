"""Site maps: addresses and the days they last changed, from XML or gzipped XML; pure."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BytesIO

import attrs
from lxml import etree

from catalogue import clean
from catalogue.errors import Unreadable

_LARGEST = 50 * 1024 * 1024
"""Bytes: what the site map protocol allows one file to hold, uncompressed."""


@attrs.frozen
class Entry:
    """One address of a site map, or of an index of site maps."""

    url: str
    updated: str | None
    """ISO day on which the site says the page last changed; None when it does not say."""
    is_map: bool = False
    """Is this a site map that an index names, and not a page?"""


def entries(body: bytes, timezone: str = "UTC") -> Iterator[Entry]:
    """The entries of a site map or of an index, in order.

    Raises Unreadable, after the entries before it, where the file is cut off or no XML: a site
    map that ends early would make courses look withdrawn.
    """
    try:
        for _, element in etree.iterparse(
            BytesIO(_unpacked(body)),
            events=("end",),
            tag=("{*}url", "{*}sitemap"),
            resolve_entities=False,
            no_network=True,
            remove_comments=True,
        ):
            if url := (element.findtext("{*}loc") or "").strip():
                day = _day(element.findtext("{*}lastmod"), timezone)
                yield Entry(url, day, is_map=etree.QName(element).localname == "sitemap")
            element.clear()
    except etree.XMLSyntaxError as error:
        raise Unreadable(str(error), "site map") from error


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(BytesIO(body)) as packed:
            xml = packed.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(str(error), "gzipped site map") from error
    if len(xml) > _LARGEST:
        raise Unreadable(f"more than {_LARGEST} bytes", "gzipped site map")
    return xml


def _day(text: str | None, timezone: str) -> str | None:
    """A site map's date that cannot be read only costs the saving of a request."""
    try:
        return clean.day(text, timezone)
    except Unreadable:
        return None
