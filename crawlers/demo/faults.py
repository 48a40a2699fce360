"""What can go wrong between a site and a crawler, on demand."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Literal

import attrs

from crawlers.demo.exchange import Answer, Asked, moved, page

Kind = Literal[
    "http_404",
    "http_429",
    "http_500",
    "http_503",
    "timeout",
    "truncated",
    "html_for_json",
    "bad_json",
    "redirect_loop",
    "slow",
]


@attrs.frozen
class Fault:
    """Requests whose path with query matches fail in one way.

    `times`: only so many of the first matching requests fail, so that a rerun recovers; None is
    always. `seconds`: for http_429 the Retry-After; for timeout how long the connection is held
    before it is dropped without an answer; for slow the delay.
    """

    pattern: str
    kind: Kind
    times: int | None = None
    seconds: float = 1.0


class Faults:
    """The faults of one running site, counting how often each has struck."""

    def __init__(self, faults: Sequence[Fault], closing: threading.Event) -> None:
        self._left = [(fault, [fault.times]) for fault in faults]
        self._closing = closing
        self._lock = threading.Lock()

    def due(self, asked: Asked) -> Fault | None:
        """The first fault that strikes this request; striking uses it up by one."""
        with self._lock:
            for fault, left in self._left:
                if left[0] == 0 or not re.search(fault.pattern, asked.target):
                    continue
                if left[0] is not None:
                    left[0] -= 1
                return fault
        return None

    def spoil(self, fault: Fault, asked: Asked, answer: Answer) -> Answer | None:
        """What the client gets in place of the answer; None drops the connection."""
        if fault.kind == "timeout":
            self._closing.wait(fault.seconds)
            return None
        if fault.kind == "slow":
            self._closing.wait(fault.seconds)
            return answer
        return _spoilt(fault, asked, answer)


def _spoilt(fault: Fault, asked: Asked, answer: Answer) -> Answer:
    if fault.kind == "truncated":
        half = answer.body[: len(answer.body) // 2]
        return attrs.evolve(answer, body=half).plus(Content_Length=str(len(answer.body)))
    if fault.kind == "bad_json":
        cut = answer.body[: len(answer.body) * 2 // 3]
        return Answer(200, cut, {"Content-Type": "application/json"})
    if fault.kind == "redirect_loop":
        return moved(asked.target)
    if fault.kind == "html_for_json":
        return page("<!doctype html><title>Maintenance</title><h1>Back in a moment</h1>")
    return _refusal(int(fault.kind.removeprefix("http_")), fault)


def _refusal(status: int, fault: Fault) -> Answer:
    refused = page(f"<!doctype html><title>{status}</title><h1>{status}</h1>", status)
    return refused.plus(Retry_After=f"{fault.seconds:g}") if status == 429 else refused
