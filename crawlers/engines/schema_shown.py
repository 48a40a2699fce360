"""Facts that stand in words on a page, where no markup tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree
from parsel import Selector

from catalogue import clean
from crawlers.facts import Facts

_SMALL, _SHORT = 7, 80
"""Elements in one that shows a fact, itself among them, and characters that it shows, at most."""
_BLOCKS = ("p", "li", "td", "dd", "div")
_UNSEEN = ("script", "style", "title")


def take_shown(facts: Facts, page: str, patterns: Mapping[str, str]) -> None:
    """What short elements of the page show, by patterns whose group 1 is the fact's words.

    `patterns` has workload (any words on length or effort), weekly (hours a week without the
    words "a week") and level.
    """
    if not patterns:
        return
    short = list(dict.fromkeys(_short_texts(page)))
    for fact, pattern in patterns.items():
        found = filter(None, (re.fullmatch(pattern, text, re.IGNORECASE) for text in short))
        match = next(found, None)
        if match is None:
            continue
        if fact == "level":
            facts.take("level", clean.level, match[1], "dom", match[0])
        else:
            words = match[1] if fact == "workload" else f"{match[1]} per week"
            facts.take_workload(words, "dom", quote=match[0])


def take_free_track(facts: Facts, page: str) -> None:
    """What the page says beside its markup that following the course for free leaves out."""
    if "free_track" not in facts.values:
        facts.take_free_track("\n".join(_innermost_texts(page)), "dom", of_course=False)


def _innermost_texts(page: str) -> Iterator[str]:
    """What the page's innermost paragraphs, items and cells show."""
    for element in _root(page).iter(*_BLOCKS):
        if next(element.iterdescendants(*_BLOCKS, *_UNSEEN), None) is None:
            yield " ".join("".join(element.itertext()).split())


def _root(page: str) -> etree._Element:
    return Selector(page.replace("\x00", "") or "<html/>", type="html").root


def _short_texts(page: str) -> Iterator[str]:
    """What small elements show, in the order of the page; of an element and its parent both."""
    for element in _root(page).iter(etree.Element):
        if element.tag in _UNSEEN or next(islice(element.iter(), _SMALL, None), None) is not None:
            continue
        text = " ".join(" ".join(element.itertext()).split())
        if 0 < len(text) <= _SHORT:
            yield text
