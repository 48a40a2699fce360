"""What a person is told to look at: one closed list, which is what the code writes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from catalogue.course import Issue
from catalogue.errors import Unreadable
from catalogue.options import ISSUE_KINDS, IssueKind
from catalogue.strict import declared

ROOT = Path(__file__).parents[1]
WRITTEN = re.compile(r"(?:\bissue\(|\bNote\(kind=)\s*\"(\w+)\"")


def test_the_kinds_are_those_that_are_written() -> None:
    sources = [path for arm in ("crawlers", "catalogue") for path in (ROOT / arm).rglob("*.py")]
    written = {kind for path in sources for kind in WRITTEN.findall(path.read_text("utf-8"))}
    assert written == set(ISSUE_KINDS) == set(get_args(IssueKind))


def test_another_kind_is_refused_in_a_feed_and_in_the_catalogue(stock: Callable[..., Path]) -> None:
    with pytest.raises(Unreadable):
        declared({"platform": "fun", "kind": "other", "field": "x"}, Issue)
    with (
        sqlite3.connect(stock()) as db,
        pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed: kind in"),
    ):
        db.execute(
            "insert into issue (crawl_id, platform, kind, field, count)"
            " values (1, 'fun', 'x', 'x', 1)"
        )
