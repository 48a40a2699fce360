"""Which nodes of a page's markup speak of the page's own course."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from catalogue.words import fold
from crawlers.engines.jsonld import Markup, Node, types_of, walk
from crawlers.engines.schema_offers import Told

PROGRAMME = "EducationalOccupationalProgram"
TYPES = ("Course", PROGRAMME, "CourseInstance", "LearningResource",
         "Product")  # fmt: skip
"""What sites call a course, the most telling first."""


def told_of(source: str, markup: Markup, url: str) -> list[Told]:
    """The nodes that speak of this page's course: a page may list others that one might like."""
    main = _main(markup, url)
    if main is None:
        return []
    name = fold(markup.text(main, "name") or "")
    # A Course and a Product of one name are the same thing told twice.
    twins = [
        node
        for node in markup.of(*TYPES)
        if node is not main
        and "CourseInstance" not in types_of(node)
        and name
        and fold(markup.text(node, "name") or "") == name
    ]
    return [Told(source, markup, node) for node in [main, *twins]]


def _main(markup: Markup, url: str) -> Node | None:
    kinds = [nodes for kind in TYPES if (nodes := markup.of(kind))]
    for nodes in kinds:
        if own := [node for node in nodes if _path(markup, node, url) == _plain_path(url)]:
            return max(own, key=len)
    if not kinds:
        return None
    found = _unlisted(markup, kinds[0])
    nameless = [node for node in found if _path(markup, node, url) is None]
    if not nameless and len(found) > 1:
        return None  # courses of other pages
    return max(nameless or found, key=len)


def _unlisted(markup: Markup, nodes: tuple[Node, ...]) -> list[Node]:
    """Without those in a list of courses, unless there are no others."""
    listed = {id(node) for each in markup.of("ItemList") for node in walk(each)}
    return [node for node in nodes if id(node) not in listed] or list(nodes)


def _path(markup: Markup, node: Node, url: str) -> str | None:
    """The path of the address that a node gives itself; None when it gives none."""
    said = markup.text(node, "url") or node.get("@id")
    if not isinstance(said, str) or not said.strip() or said.startswith("_:"):
        return None
    try:
        return _plain_path(urljoin(url, said.strip()))
    except ValueError:
        return None


def _plain_path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")


def untyped(found: Mapping[str, Markup]) -> Iterator[Node]:
    """Microdata that has a name and does not say what it is."""
    for node in found["microdata"].nodes:
        if not types_of(node) and "name" in node:
            yield node
