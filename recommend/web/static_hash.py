"""A name for the style sheet's content, so that browsers may keep it until it changes."""

from __future__ import annotations

import hashlib
from pathlib import Path

STYLE_FILE = Path(__file__).parent / "static" / "site.css"
STYLE_HASH = hashlib.blake2b(STYLE_FILE.read_bytes(), digest_size=4).hexdigest()
