from __future__ import annotations

import datetime as dt
import gzip
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from twisted.internet.error import DNSLookupError

from crawlers import settings
from crawlers.conduct import wait_of
from crawlers.order import is_loopback
from crawlers.resolving import PublicResolver, public

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"120", 120.0),
        (b"0", 0.0),
        (b"Sun, 22 Nov 2026 12:00:30 GMT", 30.0),
        (b"Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        (b"soon", None),
        (b"", None),
        (None, None),
    ],
)
def test_how_long_a_site_asks_to_wait(header: bytes | None, seconds: float | None) -> None:
    assert wait_of(header, NOW) == seconds


def test_settings_of_a_good_guest() -> None:
    assert settings.ROBOTSTXT_OBEY
    assert settings.DOWNLOAD_DELAY >= 1
    assert settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert settings.DOWNLOAD_DELAY_JITTER == 0, "jitter would also shorten the wait"
    assert not settings.TELNETCONSOLE_ENABLED
    assert not settings.REMOTE_CONTROL_ENABLED
    assert not settings.COOKIES_ENABLED


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://localhost:1", True),
        ("http://[::1]:8080", True),
        ("https://www.fun-mooc.fr", False),
        ("http://127.0.0.1.example.org", False),
        ("http://10.0.0.1", False),
    ],
)
def test_what_is_this_machine(url: str, local: bool) -> None:
    assert is_loopback(url) == local


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"]
)
def test_a_platform_s_name_never_leads_to_a_private_address(address: str) -> None:
    with pytest.raises(DNSLookupError, match="not public"):
        public(address, "www.fun-mooc.fr")


def test_a_public_address_is_asked() -> None:
    assert public("192.0.66.2", "www.fun-mooc.fr") == "192.0.66.2"
    assert settings.TWISTED_DNS_RESOLVER.endswith(PublicResolver.__name__)


AWAY = [
    "file:///etc/passwd",
    "http://169.254.169.254/latest/meta-data/",
    "//10.0.0.1/feeds/videos.xml",
    "http://[::1]:80/",
    "http://127.0.0.1:9/feeds/videos.xml",
    "ftp://127.0.0.1/x",
    "data:text/xml,<feed/>",
    "http://127.0.0.1.nip.example/",
]


def test_no_redirect_leads_away_and_no_bomb_goes_off(
    command: Callable[..., Any], host: Callable[..., str], tmp_path: Path
) -> None:
    """Each channel's feed is another attempt; the last one unpacks to 100 MB."""
    ids = [f"UC{chr(ord('a') + n) * 22}" for n in range(len(AWAY) + 1)]
    bomb = gzip.compress(b"<feed>" + b" " * 100_000_000 + b"</feed>")

    def answer(target: str, _: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        for channel, location in zip(ids, AWAY, strict=False):
            if channel in target:
                return 302, {"Location": location}, b""
        if ids[-1] in target:
            return 200, {"Content-Type": "text/xml", "Content-Encoding": "gzip"}, bomb
        return 404, {}, b""

    channels = tmp_path / "channels.csv"
    lines = "".join(f"C{n},{each},Maison,fr,public,\n" for n, each in enumerate(ids))
    channels.write_text(f"name,channel_id,brand,language,audience,note\n{lines}", "utf-8")
    base = host(answer)
    ended = command("crawl", "youtube", "--base-url", base, MOOCSCOUT_CHANNELS=str(channels))
    assert ended.code == 1
    assert f"{len(ids)} pages could not be had" in ended.err
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        assert db.execute("select count(*) from course").fetchone() == (0,)
        issues = db.execute("select kind, count, example from issue").fetchall()
    assert {kind for kind, *_ in issues} == {"fetch"}
    assert sum(count for _, count, _ in issues) == len(ids)
    assert all("HTTP 302" in said or "not asked" in said for *_, said in issues)
