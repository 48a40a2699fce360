"""What holds for every platform file, all at once."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import pytest
from babel import Locale
from scrapy.settings import Settings

from crawlers import command, settings
from crawlers.spider import PlatformSpider

PLATFORMS = command.platforms()
FILES = Path(command.__file__).parent / "platforms"
FIXTURES = Path(__file__).parent / "fixtures"
MOST_LINES = 40


def test_every_file_is_a_platform_and_the_other_way_round() -> None:
    assert set(PLATFORMS) == {path.stem for path in FILES.glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_declares_what_it_owes(name: str) -> None:
    spider = PLATFORMS[name]
    source = Path(inspect.getfile(spider))
    assert source.stem == name == spider.name
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert len(source.read_text("utf-8").splitlines()) <= MOST_LINES
    assert spider.floor > 0
    for line in (spider.title, spider.licence, spider.robots, spider.__doc__ or ""):
        assert line.strip()
        assert "\n" not in line.strip() or line == spider.__doc__
    assert spider.timezone in available_timezones()
    assert spider.languages
    for code in spider.languages:
        assert str(Locale.parse(code, sep="-")).replace("_", "-") == code
    assert spider.opt_in is None or len(spider.opt_in.split()) > 3


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_is_a_site_asked_safely_or_a_file_that_we_keep(name: str) -> None:
    spider = PLATFORMS[name]
    for address in (spider.home, spider.terms):
        parts = urlsplit(address)
        if parts.scheme == "file":
            assert (FILES.parents[1] / parts.path).is_file()
        else:
            assert (parts.scheme, bool(parts.hostname)) == ("https", True)
    assert not spider.home.endswith("/")


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_has_a_saved_answer(name: str) -> None:
    """Of its own where it says how a page is to be read; else of its engine."""
    spider = PLATFORMS[name]
    engine = spider.__mro__[1].__module__.rpartition(".")[2]
    own = [FIXTURES / name, *(FIXTURES / engine).glob(f"{name}.*")]
    shared = [] if engine == "schema_org" else [FIXTURES / engine]
    found = [path for path in own + shared if path.exists()]
    assert found or spider.offline, f"save an answer of {name} in {FIXTURES / name}"


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_waits_no_less_than_everybody(name: str) -> None:
    waits = _settings(PLATFORMS[name])
    assert waits.getfloat("DOWNLOAD_DELAY") >= settings.DOWNLOAD_DELAY >= 1.0
    assert waits.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert waits.getbool("ROBOTSTXT_OBEY")
    assert waits.getbool("AUTOTHROTTLE_ENABLED")


def test_a_platform_may_wait_longer_and_only_loopback_does_not() -> None:
    edx = PLATFORMS["edx"]
    assert _settings(edx).getfloat("DOWNLOAD_DELAY") == edx.delay == 10.0
    local = _settings(edx, {"DOWNLOAD_DELAY": 0})
    assert local.getfloat("DOWNLOAD_DELAY") == 0


def _settings(spider: type[PlatformSpider], by_command: dict[str, float] | None = None) -> Settings:
    """The settings that the platform's crawl runs with, on the public web."""
    waits = Settings()
    waits.setmodule(settings, priority="project")
    waits.setdict(by_command or {}, priority="cmdline")
    spider.update_settings(waits)
    return waits
