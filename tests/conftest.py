"""Fixtures for every test: invented sites on loopback, and the folder beside the checkout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from crawlers.demo import DemoSite

DAY = "2026-11-22"


@pytest.fixture
def demo_site() -> Iterator[Callable[..., DemoSite]]:
    """Start invented sites: `demo_site("fun", faults=[...], drop=0.5)`; they end with the test."""
    with ExitStack() as stack:

        def start(platform: Any = "fun", day: str = DAY, **bends: Any) -> DemoSite:
            return stack.enter_context(DemoSite(day, platform, **bends))

        yield start


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with recorded answers and real data; skips without it."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder.name}/ is not beside the checkout")
    return folder
