"""A demo site as a running HTTP server on 127.0.0.1."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from crawlers.demo.coursera import CourseraSite
from crawlers.demo.exchange import Answer, Asked
from crawlers.demo.faults import Fault, Faults
from crawlers.demo.offer import Offer, Record, make_offer
from crawlers.demo.richie import RichieSite

PlatformName = Literal["fun", "coursera", "nau"]


class Site(Protocol):
    """A platform's way of answering."""

    def answer(self, asked: Asked) -> Answer:
        """The answer to one request."""


class DemoSite:
    """A site that speaks as a platform; a context manager that serves while it is open.

    `with DemoSite("2026-11-22", "fun") as site: crawl(site.url)`. Everything but `faults` bends
    what the site offers; see `make_offer` and the arguments here:

    drop: share of the courses gone (0.5 is half). withdrawn: refs gone. announce: says it lists
    so many, whatever it lists. duplicate_ids: so many courses come a second time at the list's
    end. overlap: in the first walk through the list, each page begins so many courses too early,
    so that these come twice and the last ones never. shifting: the order of equals turns with
    every request. changed: ref -> {field: value}, "sessions.0.price" reaching inside. added:
    records more.
    """

    def __init__(
        self,
        day: str,
        platform: PlatformName,
        faults: Sequence[Fault] = (),
        *,
        drop: float = 0.0,
        withdrawn: Iterable[str] = (),
        announce: int | None = None,
        duplicate_ids: int = 0,
        overlap: int = 0,
        shifting: bool = False,
        changed: Mapping[str, Mapping[str, Any]] | None = None,
        added: Sequence[Record] = (),
        port: int = 0,
    ) -> None:
        self.offer: Offer = make_offer(
            platform,
            day,
            drop=drop,
            withdrawn=withdrawn,
            changed=changed,
            added=added,
            announce=announce,
            duplicate_ids=duplicate_ids,
            overlap=overlap,
            shifting=shifting,
        )
        self.requests: list[Asked] = []
        """Every request so far, in the order of arrival."""
        self._platform = platform
        self._closing = threading.Event()
        self._faults = Faults(faults, self._closing)
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", self._port), self)
        kind = CourseraSite if self._platform == "coursera" else RichieSite
        self._site: Site = kind(self.offer, self.url, self._platform)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.hang_up()
            self._server.server_close()
            self._thread.join()

    @property
    def url(self) -> str:
        """Address of the running site, without a slash at the end."""
        if self._server is None:
            raise RuntimeError("the site is not open: use it in a with statement")
        return f"http://127.0.0.1:{self._server.server_port}"

    def paths(self) -> list[str]:
        """Paths with query of all requests so far."""
        return [asked.target for asked in self.requests]

    def answer(self, asked: Asked) -> Answer | None:
        """The answer to a request, or what a fault makes of it; None drops the connection."""
        self.requests.append(asked)
        fault = self._faults.due(asked)
        answer = self._site.answer(asked)
        return self._faults.spoil(fault, asked, answer) if fault else answer

    def wait(self) -> None:
        """Serve until the site is closed or the person interrupts."""
        self._closing.wait()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], demo: DemoSite) -> None:
        self.demo = demo
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        self._open.discard(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is a fault of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End the connections that clients keep alive, so that their threads end."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        """Ask the site and write what it says."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers)
        answer = self.server.demo.answer(asked)
        if answer is None:
            self.close_connection = True
            return
        self._write(answer)

    do_HEAD = do_GET  # noqa: N815 - the names that http.server looks for

    def do_POST(self) -> None:
        """No demo site takes anything."""
        self.close_connection = True
        self._write(Answer(405, b"", {"Allow": "GET, HEAD"}))

    def _write(self, answer: Answer) -> None:
        whole = str(len(answer.body))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if "Content-Length" not in answer.headers:
            self.send_header("Content-Length", whole)
        elif answer.headers["Content-Length"] != whole:
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD" and answer.status != 304:
            self.wfile.write(answer.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Stay silent: the requests are kept in `DemoSite.requests`."""
