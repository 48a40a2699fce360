"""Names to addresses: those of the public web never lead into a private network."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError


class PublicResolver(CachingThreadedResolver):
    """Refuses a platform's name where it is the address of this machine or of its neighbours.

    Whoever answers for a site's name could else make us ask what only we can reach. A host that
    the operator names with --base-url may be anywhere.
    """

    def getHostByName(  # noqa: N802 - the name that Twisted calls
        self, name: str, timeout: Sequence[int] = ()
    ) -> Deferred[str]:
        """The name's address; fails with DNSLookupError on one that is not public."""
        found = super().getHostByName(name, timeout)
        return found.addCallback(public, name) if name in _homes() else found


def public(address: str, name: str) -> str:
    """The address, when anybody can reach it. Raises DNSLookupError."""
    if not ipaddress.ip_address(address).is_global:
        raise DNSLookupError(f"{name} is said to be {address}, which is not public: not asked")
    return address


@cache
def _homes() -> frozenset[str]:
    """Hosts of the platforms; one drafted on a site of this machine has none to guard."""
    from crawlers.order import is_loopback, platforms  # whose settings name this module

    homes = {each.home for each in platforms().values()}
    return frozenset(urlsplit(home).hostname or "" for home in homes if not is_loopback(home))
