"""Facts that stand in words on a page, where no markup tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from parsel import Selector

from catalogue import clean
from crawlers.engines.richie_runs import Facts
from crawlers.engines.schema_offers import take_words


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
            take_words(facts, words, "dom", match[0])


def _short_texts(page: str) -> Iterator[str]:
    """What small elements show, in the order of the page; of an element and its parent both."""
    root = Selector(page.replace("\x00", "") or "<html/>", type="html")
    for element in root.xpath("//body//*[count(descendant::*) < 6][not(self::script)]"):
        text = " ".join(" ".join(element.xpath(".//text()").getall()).split())
        if 0 < len(text) <= 80:
            yield text
