"""What a Coursera course page says in the state that its scripts start from.

The state is JSON, or a JavaScript object, assigned somewhere in an inline script; what its
objects are called has changed over the years, so the course is found by its slug and by the
names of its properties.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from crawlers.engines import jsonld
from crawlers.engines.coursera_layers import Facts, stated
from crawlers.engines.jsonld import Node, walk

_MARKS = ("difficultyLevel", "averageFiveStarRating", "skills", "primaryLanguages")
_SCRIPT = re.compile(r"<script\b[^<>]{0,500}>", re.IGNORECASE)
_ASSIGNED = re.compile(r"=\s{0,20}(?:JSON\.parse\(\s{0,20})?(?=[\"{\[])")
_NAMES = {
    "title": ("name",),
    "description": ("description",),
    "summary": ("tagline",),
    "skills": ("skills",),
    "outcomes": ("learningObjectives",),
    "level": ("difficultyLevel", "level"),
    "language": ("primaryLanguages",),
    "subtitles": ("subtitleLanguages",),
    "workload": ("workload",),
    "providers": ("partners",),
    "instructors": ("instructors",),
    "subjects": ("domains",),
    "rating": ("averageFiveStarRating",),
    "rating_count": ("ratingCount", "reviewCount"),
    "plan": ("modules",),
}
_KEYS = {key for keys in _NAMES.values() for key in keys}
_ATTEMPTS = 20


def state_facts(page: str, slug: str) -> Facts:
    """What the scripts' state says of the course with this slug."""
    facts: dict[str, Any] = {}
    for script in _scripts(page):
        trees = list(_trees(script))
        node = _state_node(trees, slug)
        found = _of_node(node, trees) if node else {} if trees else _scattered(script)
        facts = stated(found) | facts
    return stated(facts)


def _scripts(page: str) -> Iterator[str]:
    """Script elements, JSON-LD left out, that name what we are after."""
    at = 0
    while opening := _SCRIPT.search(page, at):
        at = page.find("</script", opening.end())
        if at < 0:
            return
        text = page[opening.end() : at]
        if "ld+json" not in opening[0] and any(mark in text for mark in _MARKS):
            yield text


def _trees(script: str) -> Iterator[Any]:
    """The JSON values that a script is or assigns, a few at most."""
    decoder = json.JSONDecoder(strict=False)
    at = 0 if script.lstrip()[:1] in ("{", "[") else _next_value(script, 0)
    for _ in range(_ATTEMPTS):
        if at is None:
            return
        start = at + len(script[at : at + 100]) - len(script[at : at + 100].lstrip())
        try:
            tree, end = decoder.raw_decode(script, start)
            # JSON.parse("{...}") holds its JSON in a string
            yield json.loads(tree) if isinstance(tree, str) and tree[:1] in ("{", "[") else tree
        except (ValueError, RecursionError):
            end = start + 1
            yield from _javascript(script, start)
        at = _next_value(script, end)


def _next_value(script: str, at: int) -> int | None:
    found = _ASSIGNED.search(script, at)
    return found.end() if found else None


def _javascript(script: str, start: int) -> Iterator[Any]:
    if script[start] == "{" and any(script.find(mark, start) >= 0 for mark in _MARKS):
        try:
            yield jsonld.javascript(script[start:])
        except (ValueError, RecursionError):
            return


def _state_node(trees: list[Any], slug: str) -> Node | None:
    """The object that holds most of what we know by name, and is not another course's."""
    nodes = [node for tree in trees for node in walk(tree)]
    own = [node for node in nodes if node.get("slug") == slug]
    bare = [node for node in nodes if "slug" not in node and len(node.keys() & _KEYS) > 1]
    return max(own or bare, key=lambda node: len(node.keys() & _KEYS), default=None)


def _of_node(node: Node, trees: list[Any]) -> dict[str, Any]:
    """The facts of a state object; its ratings may be an object of their own."""
    ratings = node.get("ratings")
    held = {**ratings, **node} if isinstance(ratings, dict) else node
    if isinstance(node.get("material"), dict):
        held = {"modules": [each for part in walk(node["material"])
                            for each in part.get("modules") or ()], **held}  # fmt: skip
    return {
        fact: _words(next((held[key] for key in keys if held.get(key)), None), trees)
        for fact, keys in _NAMES.items()
    }


def _words(value: Any, trees: list[Any]) -> str | tuple[str, ...] | None:
    """Words of a state value: text, figure, or the names in a list of objects or references."""
    if isinstance(value, list):
        words = [_words(each, trees) for each in value]
        return tuple(dict.fromkeys(each for each in words if isinstance(each, str)))
    if isinstance(value, dict):
        held = _referred(value, trees)
        names = ("fullName", "name", "skillName", "domainName")
        return next((held[name] for name in names if isinstance(held.get(name), str)), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value != "undefined" else None


def _referred(value: Node, trees: list[Any]) -> Node:
    """Apollo keeps objects once, under a key that others name as __ref."""
    key = value.get("__ref")
    for tree in trees if isinstance(key, str) else ():
        if isinstance(tree, dict) and isinstance(held := tree.get(key), dict):
            return held
    return value


def _scattered(script: str) -> dict[str, Any]:
    """Values of a state that is not whole JSON: only what it says of one course alone.

    Other courses and single reviews carry the same names, so a name that stands there with two
    different values says nothing.
    """
    text = script.replace('\\"', '"') if '"skills"' not in script else script
    facts = {}
    for fact in ("skills", "level", "language", "rating", "rating_count"):
        for key in _NAMES[fact]:
            said = {json.dumps(value) for value in _values(text, key) if value not in (None, [])}
            if len(said) == 1 and (words := _words(json.loads(said.pop()), [])):
                facts[fact] = words
    return facts


def _values(text: str, key: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    for found in list(re.finditer(rf'"{key}"\s{{0,5}}:\s{{0,5}}', text))[:200]:
        try:
            yield decoder.raw_decode(text, found.end())[0]
        except (ValueError, RecursionError):
            continue
