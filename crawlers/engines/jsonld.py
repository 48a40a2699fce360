"""schema.org markup in JSON-LD, as sites really write it.

`read` takes the text of a page and gives every node of its JSON-LD blocks. Blocks may be broken
(raw newlines, trailing commas, HTML escapes, CDATA, a byte order mark): what no rule can mend is
left out and named in `unreadable`. Nothing here knows a platform.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import attrs
import chompjs

from catalogue import clean
from catalogue.clean import Workload
from catalogue.errors import Unreadable

Node = dict[str, Any]

# The + is written as a character reference by some servers' templates. The repeats are bounded,
# and end at the next tag, so that a page made of "<script" costs no more than its length.
_OPEN = re.compile(
    r"<script\b[^<>]{0,500}?\bapplication/ld(?:\+|&#x2b;|&#43;)json\b[^<>]{0,500}>", re.IGNORECASE
)
_CLOSE = re.compile(r"</script\b", re.IGNORECASE)
_WRAPPING = re.compile(
    r"\A(?:[\s\ufeff;]|<!--|//|/\*|\*/|<!\[CDATA\[)+|(?:[\s\ufeff;]|-->|//|/\*|\*/|\]\]>)+\Z"
)
_WRAPPERS = ("@value", "@list", "@set")
_VOCABULARY = re.compile(r".*[/#:]", re.DOTALL)


@attrs.frozen
class Markup:
    """The nodes of a page, with references between them resolved on the way."""

    nodes: tuple[Node, ...]
    """Every typed node in the order of the page, outer before inner; one per @id."""
    unreadable: tuple[str, ...] = ()
    """The first words of each block that is not JSON in any reading."""
    ids: dict[str, Node] = attrs.field(factory=dict, repr=False)

    def of(self, *types: str) -> tuple[Node, ...]:
        """The nodes of any of these types; a node may have several."""
        return tuple(node for node in self.nodes if types_of(node) & set(types))

    def values(self, node: Node, name: str) -> list[Any]:
        """All values of a property: one or a list in the page, always a list here.

        A reference `{"@id": ...}` to a node of this page becomes that node; empty text and null
        are no values.
        """
        stated = node.get(name, node.get(f"schema:{name}"))
        return [value for value in map(self._resolved, _flat(stated)) if not _empty(value)]

    def nodes_of(self, node: Node, name: str) -> list[Node]:
        """The values of a property that are nodes."""
        return [value for value in self.values(node, name) if isinstance(value, dict)]

    def texts(self, node: Node, name: str) -> tuple[str, ...]:
        """The values of a property in words: text and numbers as they stand, nodes by name."""
        found = (self._words(value) for value in self.values(node, name))
        return tuple(words for words in found if words)

    def text(self, node: Node, name: str) -> str | None:
        """The first of `texts`, or None."""
        return next(iter(self.texts(node, name)), None)

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("@id"), str):
            return self.ids.get(value["@id"], value)
        return value

    def _words(self, value: Any) -> str | None:
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, dict):
            named = (each for each in self.values(value, "name") if isinstance(each, str))
            return next(named, None)
        return None


def read(page: str) -> Markup:
    """Every node of the page's JSON-LD. Never raises: what is not JSON is named in the answer."""
    nodes: list[Node] = []
    ids: dict[str, Node] = {}
    unreadable: list[str] = []
    for block in blocks(page):
        try:
            tree = load(block)
        except Unreadable as error:
            unreadable.append(error.words)
        else:
            nodes += [node for node in _merged(tree, ids) if types_of(node)]
    return Markup(tuple(nodes), tuple(unreadable), ids)


def blocks(page: str) -> Iterator[str]:
    """The text of each JSON-LD script element; one that is never closed is left out."""
    at = 0
    while opening := _OPEN.search(page, at):
        closing = _CLOSE.search(page, opening.end())
        if closing is None:
            return
        yield page[opening.end() : closing.start()]
        at = closing.end()


def load(block: str) -> Any:
    """What the JSON of one block says. Raises Unreadable when no reading of it is JSON."""
    bare = _WRAPPING.sub("", block)
    if '"' not in bare:  # a template escaped the whole block: {&quot;@type&quot;: ...
        bare = html.unescape(bare)
    for reading in (_json, javascript):
        with suppress(ValueError, RecursionError):
            return reading(bare)
    raise Unreadable(bare[:200], "JSON-LD")


def types_of(node: Node) -> set[str]:
    """The types of a node without their vocabulary: https://schema.org/Course is Course."""
    return {_VOCABULARY.sub("", kind) for kind in _flat(node.get("@type")) if isinstance(kind, str)}


def answers(markup: Markup) -> str:
    """The answers of the page's list of frequent questions, a line each."""
    said = (
        markup.text(answer, "text")
        for question in markup.of("Question")
        for answer in markup.nodes_of(question, "acceptedAnswer")
    )
    return "\n".join(clean.plain(each) or "" for each in said if each)


def schedule_words(markup: Markup, instance: Node) -> str | None:
    """A course instance's schedule in one line, as `schedule` reads it: "PT3H Weekly x 4"."""
    for schedule_node in markup.nodes_of(instance, "courseSchedule"):
        parts = (
            markup.text(schedule_node, name)
            for name in ("duration", "repeatFrequency", "repeatCount")
        )
        duration, frequency, count = parts
        if duration and frequency and count:
            return f"{duration} {frequency} x {count}"
    return None


_PER_WEEK = {"daily": 7.0, "weekly": 1.0, "monthly": 12 / 52.18, "yearly": 1 / 52.18}


def schedule(words: str) -> Workload:
    """The workload that a schedule amounts to: its duration is that of one session.

    Three hours weekly, four times over, are 4 weeks of 3 hours. Raises Unreadable.
    """
    said = re.fullmatch(r"(\S+) (\S+) x (\d{1,4})", words)
    per_week = _PER_WEEK.get(_VOCABULARY.sub("", said[2]).lower()) if said else None
    if said is None or per_week is None:
        raise Unreadable(words, "course schedule")
    hours, count = clean.iso_hours(said[1]), int(said[3])
    if hours is None or not count:
        raise Unreadable(words, "course schedule")
    weekly = round(hours * per_week, 2)
    return Workload(
        weeks=round(count / per_week, 1),
        weekly_low=weekly,
        weekly_high=weekly,
        total_hours=round(hours * count, 2),
    )


def _json(text: str) -> Any:
    return json.loads(text, strict=False, parse_constant=_not_a_number)


def javascript(text: str) -> Any:
    """Trailing commas, comments, bare keys: what a browser's own object literals may have."""
    return chompjs.parse_js_object(
        text, loader_kwargs={"strict": False, "parse_constant": _not_a_number}
    )


def _not_a_number(_: str) -> None:
    """NaN and Infinity are values for Python's json, and facts about no course."""


def _merged(tree: Any, ids: dict[str, Node]) -> Iterator[Node]:
    """The dicts of a tree in order; those with an @id met before are folded into the first."""
    for node in walk(tree):
        name = node.get("@id")
        if not isinstance(name, str):
            yield node
        elif len(node) > 1 and name not in ids:
            ids[name] = node
            yield node
        elif len(node) > 1 and not _same(ids[name], node):
            # sites that give every course of a list one @id: not the same thing after all
            yield {key: value for key, value in node.items() if key != "@id"}


def _same(known: Node, node: Node) -> bool:
    if known is node or ("name" in known and "name" in node and known["name"] != node["name"]):
        return known is node
    for key, value in node.items():
        known.setdefault(key, value)
    return True


def walk(tree: Any) -> Iterator[Node]:
    """Every dict in a JSON value, outer before inner, in order, at any depth."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += reversed(value.values())
        elif isinstance(value, list):
            waiting += reversed(value)


def _flat(value: Any) -> Iterator[Any]:
    """The single values in a value, a list, or JSON-LD's own ways to write a list."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict) and each.keys() & set(_WRAPPERS):
            waiting += [each[key] for key in _WRAPPERS if key in each]
        else:
            yield each


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
