"""`moocscout new-platform`: probe a site, draft its platform file, fixture and test."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from catalogue import terminal
from catalogue.errors import WrongUse
from crawlers.drafting import checked, draft, name_of
from crawlers.order import platforms
from crawlers.policy import UNCHECKED
from crawlers.probing import Probed, probe

CHECKOUT = Path(__file__).parents[1]
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExamples:\n"
    "  moocscout new-platform https://example.org\n"
    "  moocscout new-platform https://example.org/learn/one --dry-run\n\n"
    "Exit codes: 0 drafted, 1 no engine reads the site, 2 wrong use."
)
@click.argument("url")
@click.option("--name", help="Name of the platform.  [default: from the address]")
@click.option("--into", type=FOLDER, help="The checkout to write into.  [default: this one]")
@click.option("--dry-run", is_flag=True, help="Print the files, write none.")
@click.option("-v", "--verbose", is_flag=True, help="Show Scrapy's own log.")
@terminal.day_option
def new_platform(
    url: str, name: str | None, into: Path | None, dry_run: bool, verbose: bool, day: str
) -> None:
    """Probe a site and draft its platform file, fixture and test.

    Asks URL at most 8 times, as politely as a crawl: does an engine read it?
    A page of one course as URL helps where there is no course list. What the
    site did not tell is marked "TO BE CHECKED", and the test starts red. No
    file is ever overwritten.
    """
    root = into or CHECKOUT
    if not (root.is_dir() and (into or (CHECKOUT / "tests").is_dir())):
        raise WrongUse(f"{root} is no checkout to write into; name one with --into")
    name = checked(name) if name else name_of(url)
    if name in platforms():
        raise WrongUse(f"there is a platform called {name!r} already; choose another --name")
    probed = probe(url, verbose=verbose)
    _say(probed)
    if probed.finding is None:
        sys.exit(terminal.PARTIAL)
    files = draft(name, probed, probed.finding, day)
    (_print if dry_run else _write)(files, root)


def _say(probed: Probed) -> None:
    """What was asked, and what was found."""
    for remark in probed.remarks:
        terminal.say(remark)
    finding = probed.finding
    if probed.unreachable:
        terminal.say(f"{probed.home} cannot be asked; is the address right, and the site up?")
    elif finding is None:
        terminal.say(
            f"no engine reads this site ({probed.requests} requests);"
            " try the address of one course's page"
        )
    if finding is None:
        return
    said = f"{finding.announced} {finding.unit}" if finding.announced else "no figure"
    languages = ", ".join(finding.languages or probed.page.languages) or "not told"
    licences = ", ".join(finding.licences or probed.page.licences) or "not told"
    click.echo(f"engine {finding.engine}; announces {said}")
    click.echo(f"languages: {languages}; licences seen: {licences}; {probed.requests} requests")


def _print(files: dict[str, bytes], root: Path) -> None:
    for path, content in files.items():
        click.echo(f"\n--- {root / path}")
        if path.endswith(".py"):
            click.echo(content.decode())
        else:
            click.echo(f"{len(content)} bytes")


def _write(files: dict[str, bytes], root: Path) -> None:
    there = [str(root / path) for path in files if (root / path).exists()]
    if there:
        raise WrongUse(f"nothing was written, since this is there: {', '.join(there)}")
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("xb") as file:
            file.write(content)
        click.echo(f"wrote {root / path}")
    marks = sum(content.count(UNCHECKED.encode()) for content in files.values())
    click.echo(f"{marks} values are {UNCHECKED}: look at the site, then run the test")
