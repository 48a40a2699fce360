"""A walk that stays on one host: no page of a list, no site map and no redirect leads away.

Scrapy follows redirects by itself, and drops without a word those that lead to a page asked for
before; a course whose page moved would be missing and nobody would know. So redirects are
followed here, and every request ends in a callback or in an errback.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawlers.spider import PlatformSpider

GONE = (404, 410)
MOVES = 3
"""How many redirects in a row are followed."""
_OK = 200
_MOVED = (301, 302, 303, 307, 308)


class OwnHostSpider(PlatformSpider):
    """A spider that asks one host only."""

    def here(self, url: str) -> str | None:
        """An address of the site as it is asked of the base; None when it is on another host.

        The site may call itself http where it is asked as https, as servers behind a proxy do,
        and a replay is asked of another host than the one that its answers name.
        """
        with suppress(ValueError):  # an address that is none
            parts = urlsplit(url)
            own = {urlsplit(self.base).netloc, urlsplit(self.home).netloc}
            if parts.scheme in ("http", "https") and parts.netloc in own:
                query = f"?{parts.query}" if parts.query else ""
                # //there.example/ as a path would be another host once it is joined to the base
                return urljoin(self.base, "/" + parts.path.lstrip("/")) + query
        return None

    def ask_here(
        self,
        address: str,
        callback: Callable[..., Any],
        missed: Callable[[Failure], Any],
        **more: Any,
    ) -> Request:
        """A request whose redirects and failures go to `missed`."""
        meta = {**more.pop("meta", {}), "dont_redirect": True}
        request = self.ask(address, callback, meta=meta, **more)
        return request.replace(errback=missed)

    def target(self, failure: Failure) -> str | None:
        """Where a redirect leads, as an absolute address; None when it was none."""
        error = failure.value
        return _target(error.response) if isinstance(error, HttpError) else None

    def again(self, failure: Failure) -> Request | None:
        """The request for the page that a redirect leads to; None when it is not to be asked."""
        target = self.target(failure)
        address = self.here(target) if target else None
        request: Request = failure.request  # type: ignore[attr-defined]
        moves = int(request.meta.get("moves", 0))
        if address is None or moves >= MOVES:
            return None
        return request.replace(url=address, meta={**request.meta, "moves": moves + 1})

    def gone(self, failure: Failure) -> bool:
        """Does the site say that this page is no more?"""
        error = failure.value
        return isinstance(error, HttpError) and error.response.status in GONE

    async def fetch(self, address: str, *, optional: bool = False) -> Response | None:
        """An answer in line, redirects followed; None after noting as an error why not.

        Where it is `optional`, an answer other than 200 is no error.
        """
        for _ in range(MOVES + 1):
            request = self.ask(address, self.parse, meta={"dont_redirect": True})
            response = await self._download(request)
            if response is None or response.status == _OK:
                return response
            target = _target(response)
            found = self.here(target) if target else None
            if found is None:
                said = f"HTTP {response.status}" + (f" to {target}" if target else "")
                self._refuse(request.url, said, optional=optional)
                return None
            address = found
        self._refuse(address, f"redirected more than {MOVES} times", optional=optional)
        return None

    def _refuse(self, url: str, why: str, *, optional: bool) -> None:
        if not optional:
            self.error(url, why)

    async def _download(self, request: Request) -> Response | None:
        engine = self.crawler.engine
        try:
            return await engine.download_async(request) if engine else None
        except Exception as error:  # noqa: BLE001 - every way a download fails is an error
            failure = Failure(error)  # type: ignore[no-untyped-call]
            failure.request = request  # type: ignore[attr-defined]
            self.failed(failure)
            return None


def _target(response: Response) -> str | None:
    location = response.headers.get("Location")
    if response.status not in _MOVED or not location:
        return None
    with suppress(ValueError):
        return response.urljoin(location.decode("latin-1"))
    return location.decode("latin-1")
