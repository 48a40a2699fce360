"""What a request asks: its language, and its parameters within their bounds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

import attrs

from recommend.web.texts import LANGUAGES, TEXTS

TEXT_LIMIT = 200
_PREFIX = re.compile(r"/(fr|en)(?=/|$)")
_RANGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?")


class WrongRequest(Exception):
    """A parameter that cannot be what was meant: the key of the text that says so."""

    def __init__(self, key: str, **values: object) -> None:
        assert key in TEXTS  # noqa: S101 - a mistake of ours
        super().__init__(key)
        self.key = key
        self.values = values


@attrs.frozen
class Asked:
    """The language of an answer and how the address chose it."""

    lang: str
    path: str
    """The address without its language prefix, as sent."""
    base: str = ""
    """What stands before every address: Datasette's base_url without its last slash."""

    def link(self, path: str) -> str:
        """The address of one of our pages in this language."""
        return f"{self.base}/{self.lang}{path}"


def asked(path: str, args: Mapping[str, Any], headers: Mapping[str, str], base: str = "") -> Asked:
    """The language by address prefix, else by ?lang=, else as the browser prefers.

    Raises WrongRequest for a ?lang= that is neither.
    """
    path = path.removeprefix(base)
    if found := _PREFIX.match(path):
        return Asked(found[1], path[found.end() :] or "/", base)
    if lang := args.get("lang"):
        if lang not in LANGUAGES:
            raise WrongRequest("wrong_lang", value=lang[:20])
        return Asked(lang, path, base)
    return Asked(preferred(headers.get("accept-language", "")), path, base)


def preferred(header: str) -> str:
    """The best of our languages for an Accept-Language header; French where none is named."""
    weights: dict[str, float] = {}
    for part in header[:500].split(","):
        if found := _RANGE.fullmatch(part):
            weights.setdefault(found[1].lower(), _weight(found[2]))
    best = max(LANGUAGES, key=lambda lang: weights.get(lang, 0.0))
    return best if weights.get(best, 0.0) > 0 else LANGUAGES[0]


def _weight(text: str | None) -> float:
    try:
        return 1.0 if text is None else float(text)
    except ValueError:
        return 0.0


def number(args: Mapping[str, Any], name: str, low: float, high: float) -> float | None:
    """A parameter within bounds; blank or absent is None. "3,5" is read as 3.5."""
    text = (args.get(name) or "").strip()
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise WrongRequest("wrong_number", name=name, low=low, high=high, value=text[:40])
    return value


def text(args: Mapping[str, Any], name: str) -> str:
    """A text parameter, '' where absent."""
    value = (args.get(name) or "").strip()
    if len(value) > TEXT_LIMIT:
        raise WrongRequest("wrong_long", name=name, high=TEXT_LIMIT)
    return str(value)


OPEN = ("yes", "1")
"""What asks for the courses alone that one can enrol in; the latter is of earlier addresses."""


def only_open(args: Mapping[str, Any]) -> bool:
    """The parameter `open`."""
    said = text(args, "open")
    if said not in ("", *OPEN):
        raise WrongRequest("wrong_choice", name="open", options=OPEN[0], value=said[:40])
    return bool(said)


def day(name: str, given: str, example: str) -> str:
    """A parameter that is a day (ISO date)."""
    try:
        return datetime.date.fromisoformat(given).isoformat()
    except ValueError:
        raise WrongRequest("wrong_day", name=name, example=example, value=given[:40]) from None


def course_path(platform: str, ref: str) -> str:
    """The address of a course, without language prefix."""
    return f"/course/{quote(platform, safe='')}/{quote(ref, safe='')}"


def unquoted(text: str) -> str:
    """A part of the address as the platform wrote it."""
    return unquote(text, errors="replace")
