"""A name for each style sheet's content, so that browsers may keep it until it changes."""

from __future__ import annotations

import hashlib
from pathlib import Path

STATIC = Path(__file__).parent / "static"


def address(name: str, plugin: str) -> str:
    """Where a static file of ours is served; the address changes with its content."""
    digest = hashlib.blake2b((STATIC / name).read_bytes(), digest_size=4).hexdigest()
    return f"/-/static-plugins/{plugin}/{name}?{digest}"
