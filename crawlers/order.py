"""What an operator asks of a crawl, and the Scrapy settings that follow from it."""

from __future__ import annotations

import ipaddress
import logging
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
from scrapy.settings import BaseSettings, Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from catalogue import terminal
from catalogue.errors import WrongUse
from crawlers.spider import PlatformSpider

CONTACT_HINT = (
    "a crawl of the public web says who is asking; name an address at which a site owner can"
    " reach you:\n  export MOOCSCOUT_CONTACT=you@example.org"
)

# Nobody's site but ours: the only place where the second between requests is waived.
_LOOPBACK = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "RETRY_AFTER_FIRST_WAIT": 0.2,
    "DOWNLOAD_TIMEOUT": 15,
}


@attrs.frozen(kw_only=True)
class Order:
    """The options of `moocscout crawl`."""

    db: Path
    day: str
    base_url: str | None = None
    match: str | None = None
    limit: int | None = None
    only_new: bool = False
    since: str | None = None
    fresh: bool = False
    full: bool = False
    save_raw: Path | None = None
    replay: Path | None = None
    verbose: bool = False

    def __attrs_post_init__(self) -> None:
        if self.base_url and not terminal.is_web_address(self.base_url):
            raise WrongUse(f"--base-url must be an http(s) address, not {self.base_url!r}")
        if self.replay and not self.replay.is_dir():
            raise WrongUse(f"{self.replay} is not a folder; --save-raw DIR writes one to replay")
        if self.replay and self.save_raw:
            raise WrongUse("--save-raw writes what a site answers, --replay asks no site: name one")

    @property
    def local(self) -> bool:
        """Does it stay on this machine?"""
        return self.replay is not None or (self.base_url is not None and is_loopback(self.base_url))

    @property
    def spider_arguments(self) -> dict[str, Any]:
        """What the spiders are told."""
        return {
            "base_url": self.base_url,
            "match": self.match,
            "limit": self.limit,
            "only_new": self.only_new,
            "since": self.since,
        }

    def nameless(self, settings: Settings) -> bool:
        """Does it go to the public web without a contact?"""
        return not self.local and not has_contact(settings)

    def settings(self, *, offline: bool = False) -> Settings:
        """The project's settings, changed as this order asks; `offline` when it asks no site.

        Raises WrongUse when it goes to the public web and nobody can be reached about it.
        """
        settings = project_settings()
        if not offline and self.nameless(settings):
            raise WrongUse(CONTACT_HINT)
        settings.setdict(self._changes(), priority="cmdline")
        if not self.verbose:
            # LOG_LEVEL filters handlers only: each record would still be made, at a cost per item.
            logging.getLogger("scrapy").setLevel(logging.WARNING)
        return settings

    def _changes(self) -> dict[str, Any]:
        changes: dict[str, Any] = {
            "MOOCSCOUT_DB": str(self.db),
            "MOOCSCOUT_DAY": self.day,
            "MOOCSCOUT_FRESH": self.fresh or self.replay is not None,
            # Saved answers must be whole ones, and replayed ones are asked for unconditionally.
            "MOOCSCOUT_FULL": self.full or bool(self.save_raw or self.replay),
            "LOG_LEVEL": "INFO",
            "LOG_INSTALL_ROOT_HANDLER": self.verbose,
        }
        if self.local:
            changes |= _LOOPBACK
        if folder := self.save_raw or self.replay:
            changes |= {
                "HTTPCACHE_ENABLED": True,
                "HTTPCACHE_GZIP": True,
                "HTTPCACHE_DIR": str(folder.absolute()),
                "HTTPCACHE_IGNORE_MISSING": self.replay is not None,
            }
        if self.save_raw:
            changes["HTTPCACHE_POLICY"] = "crawlers.conduct.SaveEverything"
        return changes


def has_contact(settings: BaseSettings) -> bool:
    """Do they name a mail or web address at which whoever crawls can be reached?"""
    said = settings.get("CONTACT") or ""
    mail = re.fullmatch(r"(?:mailto:)?[^@\s]+@[^@\s]+\.[^@\s.]+", said)
    return bool(mail) or (terminal.is_web_address(said) and said.isprintable())


def project_settings() -> Settings:
    """crawlers.settings as Scrapy sees them, wherever one stands."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "crawlers.settings")
    return get_project_settings()


def platforms() -> dict[str, type[PlatformSpider]]:
    """Every platform file's spider, by name."""
    loader = SpiderLoader.from_settings(project_settings())
    found = {name: loader.load(name) for name in loader.list()}
    return {n: spider for n, spider in sorted(found.items()) if issubclass(spider, PlatformSpider)}


def is_loopback(url: str) -> bool:
    """Is this the address of this very machine?"""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
