"""Headers that keep harvested words from ever running, and doors that a public host closes.

Our own pages allow no inline script or style at all. Datasette's pages carry a few constant
inline scripts: those, and nothing else, are allowed by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import datasette

Message = dict[str, Any]
App = Callable[..., Awaitable[None]]
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SCRIPTED_TEMPLATES = ("_close_open_menus.html", "_codemirror_foot.html")
_MADE_STYLE = re.compile(r'textContent=("(?:[^"\\]|\\.)*")')
_FACET_SCRIPTS = ("DATASETTE_ALLOW_FACET = true;", "DATASETTE_ALLOW_FACET = false;")
_CLOSED = re.compile(
    r"/-/(?:databases|threads|plugins|settings|config|permissions|messages|allow-debug|patterns"
    r"|auth-token|logout|actor)(?:\.|/|$)"
)
_BASE = (
    "default-src 'none'; img-src 'self' data:; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'; connect-src 'self'; font-src 'self'"
)
OUR_POLICY = f"{_BASE}; style-src 'self'; script-src 'none'"


def datasette_policy(env: Any) -> str:
    """The policy of Datasette's pages, hashes taken from the templates of this version.

    Its pages set a few widths and colours by style attributes; style elements need a file.
    """
    scripts = list(_FACET_SCRIPTS)
    for name in _SCRIPTED_TEMPLATES:
        source, _, _ = env.loader.get_source(env, name)
        scripts += _SCRIPT.findall(source)
    hashes = " ".join(map(hash_source, scripts))
    styles = " ".join(map(hash_source, ("", *_resizer_styles())))
    return (
        f"{_BASE}; script-src 'self' {hashes}; style-src 'self';"
        f" style-src-elem 'self' {styles}; style-src-attr 'unsafe-inline'"
    )


def _resizer_styles() -> Iterator[str]:
    """The style elements that the SQL editor's resize handle makes: empty first, then this."""
    for script in (Path(datasette.__file__).parent / "static").glob("cm-resize-*.js"):
        for text in _MADE_STYLE.findall(script.read_text(encoding="utf-8")):
            yield json.loads(text)


def hash_source(script: str) -> str:
    """A Content-Security-Policy source for one inline script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def guarded(app: App, policy: str, *, public: bool) -> App:
    """The application with our headers on every answer; closed doors on a public host."""
    headers = [
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"x-frame-options", b"DENY"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), interest-cohort=()"),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]

    ours = {name for name, _ in headers}

    async def guard(scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif public and closed(scope):
            await _not_found(send)
        else:
            await app(scope, receive, with_headers(send))

    def with_headers(send: Any) -> Any:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                sent = [*kept, *(pair for pair in headers if not _framed(kept, pair[0]))]
                if not any(name.lower() == b"content-security-policy" for name, _ in sent):
                    sent.append((b"content-security-policy", policy.encode()))
                message = message | {"headers": sent}
            await send(message)

        return sending

    async def _not_found(send: Any) -> None:
        sending = with_headers(send)
        start = {"type": "http.response.start", "status": 404}
        await sending(start | {"headers": [(b"content-type", b"text/plain; charset=utf-8")]})
        await sending({"type": "http.response.body", "body": b"Not found"})

    return guard


def _framed(sent: list[tuple[bytes, bytes]], name: bytes) -> bool:
    """Would this header keep a page out of frames whose own policy lets it in?"""
    return name == b"x-frame-options" and any(b"frame-ancestors *" in value for _, value in sent)


def closed(scope: Message) -> bool:
    """Is this address one that tells too much of the host? Judged as Datasette routes it."""
    raw = scope.get("raw_path")
    sent = raw.decode("latin-1").partition("?")[0] if raw else scope["path"]
    return any(_CLOSED.search(path) for path in (sent, scope["path"]))
