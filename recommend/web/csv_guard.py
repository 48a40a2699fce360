"""Datasette's own CSV, on its way out: no cell that a spreadsheet would run as a formula.

Rows are sent on as they come, so that a long answer is not held back; what a cell becomes is what
`moocscout export csv` writes. Figures stay as they are.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Awaitable, Callable
from typing import Any

import attrs

from catalogue.export.tables import cell

App = Callable[[Any, Any, Any], Awaitable[None]]
_FIGURE = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_LONGEST_CELL = 1 << 24


def harmless(app: App) -> App:
    """The application, its CSV answers without formulas."""

    async def guard(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and _asks_for_csv(scope):
            await app(scope, receive, _Sending(send))
        else:
            await app(scope, receive, send)

    return guard


def _asks_for_csv(scope: Any) -> bool:
    return scope["path"].endswith(".csv") or b"_format=csv" in scope.get("query_string", b"")


@attrs.define
class _Sending:
    """Sends an answer on; where it is CSV, each row once it is whole."""

    send: Any
    decoder: Any = attrs.Factory(codecs.getincrementaldecoder("utf-8"))
    waiting: str = ""
    is_csv: bool = False

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            message = self._start(message)
        elif self.is_csv and message["type"] == "http.response.body":
            last = not message.get("more_body", False)
            message = message | {"body": self._passed_on(message.get("body", b""), last).encode()}
        await self.send(message)

    def _start(self, message: Any) -> Any:
        headers = [(name.lower(), value) for name, value in message.get("headers", [])]
        kind = dict(headers).get(b"content-type", b"")
        self.is_csv = message["status"] == 200 and kind.startswith((b"text/csv", b"text/plain"))
        if not self.is_csv:
            return message
        return message | {"headers": [pair for pair in headers if pair[0] != b"content-length"]}

    def _passed_on(self, body: bytes, last: bool) -> str:
        """The whole rows of what has come so far, without formulas."""
        self.waiting += self.decoder.decode(body, last)
        end = len(self.waiting) if last else _end_of_rows(self.waiting)
        whole, self.waiting = self.waiting[:end], self.waiting[end:]
        return _defused(whole) if whole else ""


def _end_of_rows(text: str) -> int:
    """Where the last whole row ends: at a line's end that stands in no quoted cell."""
    end = text.rfind("\n")
    while end >= 0 and text.count('"', 0, end) % 2:
        end = text.rfind("\n", 0, end)
    return end + 1


def _defused(text: str) -> str:
    csv.field_size_limit(_LONGEST_CELL)
    out = io.StringIO()
    rows = csv.reader(io.StringIO(text, newline=""))
    csv.writer(out).writerows([_cell(words) for words in row] for row in rows)
    return out.getvalue()


def _cell(words: str) -> str:
    return words if _FIGURE.fullmatch(words) else str(cell(words))
