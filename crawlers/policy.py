"""What every platform file must declare before its courses may be published."""

from __future__ import annotations

import inspect
from pathlib import Path

from crawlers.spider import PlatformSpider

UNCHECKED = "TO BE CHECKED"
"""Marks what a drafted platform file could not know."""


def faults(spider: type[PlatformSpider]) -> list[str]:
    """What a person must still put right, a sentence each; none is the only good answer."""
    file = Path(inspect.getfile(spider))
    source = file.read_text(encoding="utf-8")
    by_hand = spider.home.startswith("file:")  # a list that we keep, not a site
    checks = (
        (spider.name != file.stem, f"its name {spider.name!r} is not that of its file"),
        (not spider.title.strip(), "it has no title"),
        (not (by_hand or spider.home.startswith("https://")), f"home {spider.home!r} is not https"),
        (spider.home.endswith("/"), "home ends with a slash"),
        (spider.floor < 1, "floor is not set: how many courses has the site at least?"),
        (not spider.licence.strip(), "it says nothing of the terms on the listing data"),
        (
            not (by_hand or spider.terms.startswith("https://")),
            f"terms {spider.terms!r} is no https address",
        ),
        (not spider.robots.strip(), "it says nothing of the site's robots.txt"),
        (not spider.languages, "it names no language"),
        (spider.delay < PlatformSpider.delay, f"it waits {spider.delay} s: less than for others"),
        (UNCHECKED in source, f"{source.count(UNCHECKED)} values are still {UNCHECKED}"),
    )
    return [words for wrong, words in checks if wrong]
