"""The schema.org markup of a page in its three ways of writing, as one kind of tree.

JSON-LD is read by `jsonld`; microdata and RDFa here, into the same dicts: a node has "@type",
"@id" and its properties, each a list. extruct would read them too, but brings thirteen packages
(among them rdflib and html5lib) for what its users cut down to these dicts again; RDF's full
processing is of no use where the vocabulary is one and known.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree
from parsel import Selector

from crawlers.engines import jsonld
from crawlers.engines.jsonld import Markup, Node

LAYERS = ("jsonld", "microdata", "rdfa")
"""The ways of writing, the one believed first in front."""
SCHEMA = ("https://schema.org/", "http://schema.org/", "schema:")

Element = Any
"""An lxml element: its package has no types."""
_ADDRESS = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src"),
    "object": "data",
}
_VALUE = {"meta": "content", "data": "value", "meter": "value", "time": "datetime"}
_DEEPEST = 100
"""Levels of elements below which nothing is read: no page is built so, but an attack may be."""


def layers(page: str) -> dict[str, Markup]:
    """The markup of a page by its way of writing. Never raises."""
    readers = {reader: sign in page for reader, sign in ((microdata, "itemprop"), (rdfa, "typeof"))}
    root = Selector(page.replace("\x00", ""), type="html").root if any(readers.values()) else None
    found = {"jsonld": jsonld.read(page)}
    for reader, present in readers.items():
        found[reader.__name__] = _markup(reader(root) if present else ())
    return found


def _markup(trees: Any) -> Markup:
    nodes: list[Node] = []
    ids: dict[str, Node] = {}
    for node in jsonld.walk(list(trees)):
        if not node.keys() - {"@id"}:
            continue  # a reference to another node
        if isinstance(node.get("@id"), str):
            ids.setdefault(node["@id"], node)
        nodes.append(node)
    return Markup(tuple(nodes), (), ids)


def microdata(root: Element) -> list[Node]:
    """The items of a page that are no other item's property.

    Properties outside of any item make up one without a type, which stands last.
    """
    nodes: dict[Element, Node] = {}
    found: list[Node] = []
    loose: Node = {}
    for element, owner in _walk(root, "itemscope", _adopted(root)):
        names, scope = element.get("itemprop"), element.get("itemscope") is not None
        value = _item(element, nodes) if scope else None
        if names:
            shown = _literal(element, content=element.tag == "meta") if value is None else value
            _add(loose if owner is None else _item(owner, nodes), names, shown)
        if value is not None and (owner is None or not names):
            found.append(value)
    return [*found, loose] if loose else found


def _item(element: Element, nodes: dict[Element, Node]) -> Node:
    """The node of an item; an itemref may name it before it is met."""
    if element not in nodes:
        nodes[element] = _node(element.get("itemtype"), element.get("itemid"))
    return nodes[element]


def _adopted(root: Element) -> dict[Element, Element]:
    """The parts of the page that items elsewhere call their own, by itemref."""
    items = [each for each in root.iter(etree.Element) if each.get("itemref")]
    named = {each.get("id"): each for each in root.iter(etree.Element) if items and each.get("id")}
    return {
        named[ref]: item for item in items for ref in item.get("itemref").split() if ref in named
    }


def _walk(
    root: Element, scope: str, adopted: dict[Element, Element] | None = None
) -> Iterator[tuple[Element, Element | None]]:
    """Every element in the order of the page, with the nearest one around it that is a scope."""
    waiting: list[tuple[Element, Element | None, int]] = [(root, None, 0)]
    while waiting:
        element, owner, depth = waiting.pop()
        if owner is None and adopted:
            owner = adopted.get(element)
        yield element, owner
        inner = element if element.get(scope) is not None else owner
        if depth < _DEEPEST:
            children = element.iterchildren(etree.Element)
            waiting += reversed([(child, inner, depth + 1) for child in children])


def rdfa(root: Element) -> list[Node]:
    """The nodes of a page that are no other node's property."""
    nodes: dict[Element, Node] = {}
    found: list[Node] = []
    for element, owner in _walk(root, "typeof"):
        scope = element.get("typeof") is not None
        if scope:
            nodes[element] = _node(element.get("typeof"), _subject(element))
        names = _own_names(element)
        if owner is not None and names:
            _add(nodes[owner], names, nodes[element] if scope else _rdfa_value(element))
        elif scope:
            found.append(nodes[element])
    return found


def _own_names(element: Element) -> str:
    """Names of schema.org's; those of other vocabularies ("og:title") are left out.

    A rel counts only where it names a node: most are "nofollow" and its like.
    """
    said = str(element.get("property") or "").split()
    if element.get("typeof") is not None:
        said += str(element.get("rel") or "").split()
    return " ".join(name for each in said if ":" not in (name := _bare(each)))


def _subject(element: Element) -> str | None:
    found = element.get("about") or element.get("resource")
    return str(found) if found else None


def _rdfa_value(element: Element) -> Any:
    if resource := element.get("resource"):
        return {"@id": str(resource)}
    return _literal(element, content=element.get("content") is not None)


def _node(types: str | None, name: str | None) -> Node:
    node: Node = {"@type": (types or "").split()} if types else {}
    if name:
        node["@id"] = name
    return node


def _add(node: Node, names: str, value: Any) -> None:
    for name in names.split():
        node.setdefault(_bare(name), []).append(value)


def _bare(name: str) -> str:
    for prefix in SCHEMA:
        name = name.removeprefix(prefix)
    return name


def _literal(element: Element, *, content: bool) -> str:
    """The value of a property that is no node: an attribute's, or what the element shows."""
    attribute = "content" if content else _ADDRESS.get(element.tag) or _VALUE.get(element.tag)
    stated = element.get(attribute) if attribute else None
    return str(stated if stated is not None else _shown(element))


def _shown(element: Element) -> str:
    """An element's content as HTML: its paragraphs and lists are kept for `clean.plain`."""
    if not len(element):
        return element.text or ""
    inner = [escape(element.text or "", quote=False)]
    inner += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(inner)
