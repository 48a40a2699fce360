"""What an endpoint of the API is: its parameters with their bounds, the shape of its answer.

Declared once, with JSON Schema: requests are checked by it and the OpenAPI document is made of it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

Schema = dict[str, Any]
Given = Mapping[str, Any]

ROOT = "/-/moocscout/api/v1"
VERSION = "1.0.0"
NONE = "none"


class Problem(Exception):
    """A request that is answered with application/problem+json (RFC 9457); `detail` has the fix."""

    def __init__(self, status: int, title: str, detail: str, parameter: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        if parameter:
            self.body["parameter"] = parameter


def wrong(name: str, detail: str) -> Problem:
    """A parameter that cannot be what was meant."""
    return Problem(400, "A parameter is wrong", detail, name)


_FEW = 6
"""Names that are listed whole; of more, those near to what was said, where there are any."""


def hint(said: str, names: Iterable[str]) -> str:
    """What may be meant: the names that are a few typing errors away, or else all of them.

    An error is a letter missing, one too many, another one, or two that changed places.
    """
    from rapidfuzz.distance import OSA

    away = {name: OSA.distance(said[:60].lower(), name.lower()) for name in names}
    found = sorted(away, key=lambda name: (away[name], name))
    near = [name for name in found if away[name] <= max(1, len(said) // 3)]
    if near and len(found) > _FEW:
        return f"did you mean {', '.join(near[:3])}?"
    return f"there is: {', '.join(found if len(found) <= _FEW else sorted(found)) or 'none'}"


@attrs.frozen(kw_only=True)
class Param:
    """One parameter; `schema` is JSON Schema of a string, number, integer or list of strings."""

    name: str
    meaning: str
    schema: Schema
    place: str = "query"
    required: bool = False
    droppable: bool = False
    """Does "none" take away what a role says?"""

    def as_openapi(self) -> Schema:
        """As the document has it; lists are written with commas."""
        found: Schema = {"name": self.name, "in": self.place, "description": self.meaning}
        schema = {"anyOf": [self.schema, {"const": NONE}]} if self.droppable else self.schema
        found |= {"required": self.required, "schema": schema}
        if self.schema["type"] == "array":
            found |= {"style": "form", "explode": False}
        return found

    def of(self, args: Any) -> str | None:
        """What a request says of it; a list may be said in several pieces, all else once."""
        said = args.getlist(self.name)
        if self.schema["type"] == "array" and said:
            return ",".join(said)
        if len(said) > 1:
            raise wrong(self.name, f"{self.name} is said {len(said)} times; say it once")
        return said[0] if said else None

    def read(self, text: str) -> Any:
        """The value of a request. Raises Problem that names the bounds."""
        kind = self.schema["type"]
        if self.droppable and text == NONE:
            return text
        if kind == "array":
            return [self._option(each, self.schema["items"]) for each in text.split(",") if each]
        return self._number(text) if kind in ("number", "integer") else self._option(text)

    def _number(self, text: str) -> float:
        low, high = self.schema["minimum"], self.schema["maximum"]
        whole = self.schema["type"] == "integer"
        form = r"[+-]?\d{1,9}" if whole else r"[+-]?\d{0,9}\.?\d{1,30}(?:[eE][+-]?\d{1,3})?"
        value = float(text) if re.fullmatch(form, text, re.ASCII) else float("nan")
        if not low <= value <= high:
            kind = "a whole number" if whole else "a number"
            raise wrong(self.name, f"{self.name} must be {kind} from {low} to {high}")
        return int(value) if whole else value

    def _option(self, text: str, schema: Schema | None = None) -> str:
        schema = schema or self.schema
        options = schema.get("enum")
        if options and text not in options:
            raise wrong(self.name, f"{self.name} cannot be that; {hint(text, options)}")
        if len(text) > (longest := schema.get("maxLength", 200)):
            raise wrong(self.name, f"{self.name} is longer than {longest} characters")
        if len(text) < schema.get("minLength", 0):
            raise wrong(self.name, f"{self.name} is empty; say at least one character")
        if (form := schema.get("pattern")) and not re.search(form, text):
            raise wrong(self.name, f"{self.name} must look like {schema['example']}")
        if schema.get("format") == "date" and not _is_day(text):
            raise wrong(self.name, f"{self.name} must be a day such as 2026-11-22")
        return text


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@attrs.frozen(kw_only=True)
class Endpoint:
    """One address, what may be asked there, and what it answers."""

    name: str
    path: str
    summary: str
    work: Callable[[Any, Given, Any], Awaitable[Any]]
    """(site, the parameters read, Datasette's request) -> the answer as JSON values."""
    answer: Schema
    params: Callable[[Sequence[str]], Sequence[Param]] = lambda _: ()
    """The parameters, for a catalogue of these platforms."""
    finds: bool = False
    """May what is asked for not exist?"""

    @property
    def route(self) -> str:
        """The address as a regular expression."""
        ends = {"{platform}": r"(?P<platform>[^/]+)", "{ref}": r"(?P<ref>.+)"}
        path = self.path
        for name, form in ends.items():
            path = path.replace(name, form)
        return f"^{ROOT}{path}$"

    def read(self, platforms: Sequence[str], args: Any, parts: Mapping[str, str]) -> dict[str, Any]:
        """The parameters of a request; those that are absent are left out."""
        known = {param.name: param for param in self.params(platforms)}
        stray = next((name for name in args if name not in known), None)
        if stray is not None:
            raise wrong(stray[:60], f"there is no such parameter; {hint(stray, known)}")
        said = {n: parts[n] if p.place == "path" else p.of(args) for n, p in known.items()}
        missing = next((n for n, p in known.items() if p.required and said[n] is None), None)
        if missing:
            raise wrong(missing, f"{missing} is missing; give {known[missing].meaning}")
        return {n: known[n].read(text) for n, text in said.items() if text is not None}

    def as_openapi(self, platforms: Sequence[str]) -> Schema:
        """The operation as the document has it."""
        answers = {"200": _content("The answer.", self.answer)}
        for status in ("400", "403", "405", "500", "503", *(["404"] if self.finds else [])):
            answers[status] = _content("What is wrong, and the fix.", PROBLEM, "problem+json")
        answers["304"] = {"description": "Nothing has changed since the ETag sent."}
        return {
            "operationId": self.name,
            "summary": self.summary,
            "parameters": [param.as_openapi() for param in self.params(platforms)],
            "responses": dict(sorted(answers.items())),
        }


def _content(meaning: str, schema: Schema, kind: str = "json") -> Schema:
    return {"description": meaning, "content": {f"application/{kind}": {"schema": schema}}}


def document(endpoints: Sequence[Endpoint], platforms: Sequence[str], base: str = "") -> Schema:
    """The OpenAPI 3.1 document; `base` stands before every address."""
    return {
        "openapi": "3.1.0",
        "servers": [{"url": base or "/"}],
        "info": {
            "title": "moocscout",
            "version": VERSION,
            "description": "Online courses as their platforms list them, ranked with reasons."
            " Read-only. null means that the page did not say.",
        },
        "paths": {ROOT + each.path: {"get": each.as_openapi(platforms)} for each in endpoints},
    }


def obj(required: Mapping[str, Schema], **optional: Schema) -> Schema:
    """An object; it may hold more than is named, in this version or the next."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
    }


def listed(items: Schema) -> Schema:
    """A list of such."""
    return {"type": "array", "items": items}


def maybe(kind: str) -> Schema:
    """Such, or null: the page did not say."""
    return {"type": [kind, "null"]}


TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
PROBLEM = obj({"type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT}, parameter=TEXT)
