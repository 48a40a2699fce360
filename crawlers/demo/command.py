"""`moocscout demo`: the whole path on sites of our own, without internet.

Every step is the real command in a process of its own, as an operator would type it.
"""

from __future__ import annotations

import datetime as dt
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from catalogue import terminal
from catalogue.errors import WrongUse
from crawlers.demo.site import DemoSite, PlatformName

CHECKOUT = Path(__file__).parents[2]
RUN = CHECKOUT / "data" / "demo" / "run"
_PASSING = "moocscout-demo-"
PROFILE = "directeur-marketing"
COURSE = "coursera:nudging-for-marketers"
PLATFORMS: tuple[PlatformName, ...] = ("fun", "coursera")

# What last week's sites said differently, so that the demo has a week of history to show.
LAST_WEEK: Mapping[PlatformName, Mapping[str, Any]] = {
    "fun": {
        "changed": {
            "11080": {"sessions.0.price": 420.0, "sessions.0.discounted_price": 357.0},
            "11047": {"sessions.0.enrolment_end": 12},
        },
        "withdrawn": {"11216"},
    },
    "coursera": {"changed": {"nudge-en-pratique": {"price": 39}}},
}


@click.command(
    epilog="Set DEMO_SERVE=0 to end instead of serving. Exit codes: 0 done, 1 a step failed."
)
@terminal.port_option("Port of the site at the end")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="data/demo/run, or one that passes",
    help="Folder for the demo's catalogue; last time's goes, other files stay.",
)
@terminal.day_option
def demo(port: int, into: Path | None, day: str) -> None:
    """Crawl two demo sites, rank for a marketing director, publish. No internet."""
    if not (CHECKOUT / "data" / "demo").is_dir():
        raise WrongUse("the demo's courses are not installed; run it from a checkout of moocscout")
    signal.signal(signal.SIGTERM, _end)
    with _room(into) as folder:
        db = folder / "catalogue.db"
        last_week = (dt.date.fromisoformat(day) - dt.timedelta(days=7)).isoformat()
        _title("Harvest: two demo sites on this machine, last week and today")
        _crawl(db, day, last_week, LAST_WEEK)
        _crawl(db, day, day, {})
        _title("Rank: the director's shortlist, with reasons")
        _moocscout("recommend", PROFILE, "--db", str(db), "--day", day)
        if not folder.name.startswith(_PASSING):
            _go_on(db)
        if os.environ.get("DEMO_SERVE") == "0":
            return
        _title("Publish: open the address below; Ctrl-C ends")
        _moocscout("serve", "--db", str(db), "--port", str(port))


def _go_on(db: Path) -> None:
    """The commands that go on with the catalogue which the demo leaves."""
    named = str(db.relative_to(Path.cwd()) if db.is_relative_to(Path.cwd()) else db)
    _title("Go on with this catalogue, here or in another terminal:")
    for words in (("recommend", PROFILE), ("explain", PROFILE, COURSE), ("serve",)):
        click.echo(f"  {shlex.join(('moocscout', *words, '--db', named))}")


def _end(_signal: int, _frame: object) -> None:
    """As Ctrl-C: the step that runs ends, too, and a folder that passes goes."""
    sys.exit(128 + signal.SIGTERM)


@contextmanager
def _room(into: Path | None) -> Iterator[Path]:
    """The folder without last time's catalogue; where none is named, one that passes may do."""
    try:
        folder = _emptied(into or RUN)
    except OSError as error:
        if into:
            raise WrongUse(
                f"{into} cannot be written: {error.strerror}; name another folder with --into"
            ) from error
        with tempfile.TemporaryDirectory(prefix=_PASSING) as name:
            terminal.say(f"{RUN} cannot be written: the demo's catalogue goes when it ends")
            yield Path(name)
    else:
        yield folder


def _emptied(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("catalogue.db*"):
        old.unlink()
    tempfile.TemporaryFile(dir=folder).close()
    return folder


def _crawl(
    db: Path, demo_day: str, day: str, changes: Mapping[PlatformName, Mapping[str, Any]]
) -> None:
    """One week's crawl of sites whose dates are counted from the demo's day.

    A platform keeps its port, so that its addresses are last week's.
    """
    for platform in PLATFORMS:
        bends = changes.get(platform, {})
        with DemoSite(demo_day, platform, port=_ports.get(platform, 0), **bends) as site:
            _ports[platform] = int(site.url.rsplit(":", 1)[1])
            _moocscout("crawl", platform, "--base-url", site.url, "--db", str(db), "--day", day)


_ports: dict[PlatformName, int] = {}


def _moocscout(*arguments: str) -> None:
    sys.stdout.flush()
    done = subprocess.run([sys.executable, "-m", "moocscout", *arguments], check=False)  # noqa: S603
    if done.returncode not in (0, 130):
        terminal.say(f"moocscout {' '.join(arguments)}: ended with exit code {done.returncode}")
        sys.exit(terminal.PARTIAL)


def _title(words: str) -> None:
    click.echo("\n" + click.style(words, bold=terminal.colourful(sys.stdout)))
