"""What a demo site is asked and what it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs


@attrs.frozen
class Asked:
    """One request as it arrived."""

    method: str
    target: str
    """Path with query, as on the request line."""
    headers: Mapping[str, str]
    """Names in lower case."""

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        """Parameters with all their values, in order; empty values are kept."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    def parameter(self, name: str) -> str | None:
        """The last value of a parameter, as Django reads it; None when it is not there."""
        return self.query.get(name, [None])[-1]

    def values(self, name: str) -> list[str]:
        """All values of a parameter, repeated or separated by commas."""
        return [each for text in self.query.get(name, []) for each in text.split(",") if each]

    def cookie(self, name: str) -> str | None:
        """A cookie's value; None when the client did not send it."""
        pairs = (pair.strip().partition("=") for pair in self.headers.get("cookie", "").split(";"))
        return next((value for key, _, value in pairs if key == name), None)


@attrs.frozen
class Answer:
    """One response; Content-Length and Date are the server's business."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = attrs.Factory(dict)

    def plus(self, **headers: str) -> Answer:
        """The same answer with more headers; underscores in names stand for hyphens."""
        added = {name.replace("_", "-"): value for name, value in headers.items()}
        return attrs.evolve(self, headers={**self.headers, **added})


def page(html: str, status: int = 200) -> Answer:
    """An HTML answer."""
    return Answer(status, html.encode(), {"Content-Type": "text/html; charset=utf-8"})


def plain(text: str) -> Answer:
    """A text answer, such as a robots.txt."""
    return Answer(200, text.encode(), {"Content-Type": "text/plain"})


def xml(text: str) -> Answer:
    """A site map."""
    return Answer(200, text.encode(), {"Content-Type": "application/xml"})


def as_json(value: Any, status: int = 200) -> Answer:
    """A JSON answer, in UTF-8 without escapes as Django REST framework writes it."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, body, {"Content-Type": "application/json"})


def moved(target: str, status: int = 302) -> Answer:
    """A redirect."""
    return Answer(status, b"", {"Location": target, "Content-Type": "text/html; charset=utf-8"})


def languages_wanted(header: str) -> list[str]:
    """The primary languages of an Accept-Language header, the most wanted first."""
    ranked = []
    for place, part in enumerate(header.split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 0.0
        ranked.append((-weight, place, tag.split("-")[0].lower()))
    return [tag for weight, _, tag in sorted(ranked) if tag and weight]
