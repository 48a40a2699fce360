"""`moocscout weekly`: for a scheduler, once a week; safe to start twice, to kill, to rerun."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from catalogue import exclude, terminal
from catalogue.errors import MoocscoutError, StoreError, WrongUse
from catalogue.export import output
from catalogue.weekly import lock, process, report
from catalogue.weekly.run import Run, begin, grouped
from catalogue.weekly.wording import LANGUAGES

_FORMS = {"txt": report.as_text, "html": report.as_html, "json": report.as_json}


@click.command(
    epilog="\b\nExamples:\n"
    "  moocscout weekly\n"
    "  moocscout weekly --platform fun --published /srv/moocscout\n\n"
    "Exit codes: 0 published, 1 published with gaps or another run is at work, "
    "2 nothing published: what was there stands."
)
@terminal.db_option
@click.option(
    "--published",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of published files and reports.  [default: published, beside the catalogue]",
)
@click.option(
    "--platform",
    "platforms",
    multiple=True,
    metavar="NAME[=URL]",
    help="Only these; URL: ask this host instead.  [default: all]",
)
@click.option("--day", callback=terminal.day_of, metavar="DAY", help="The day it speaks for.")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of the report.",
)
@terminal.json_option
@click.pass_context
def weekly(
    context: click.Context,
    db: Path,
    published: Path | None,
    platforms: tuple[str, ...],
    day: str | None,
    lang: str,
    as_json: bool,
) -> None:
    """Crawl, tidy, index, check and publish; say in ten lines what happened.

    A run that was killed goes on where it stopped when it is started again.
    Readers are served PUBLISHED/catalogue.db, which always names a whole file.
    """
    folder = (published or db.with_name("published")).absolute()
    try:
        with lock.held(_beside(db, ".weekly.lock")) as held:
            code = _weekly(context, db, folder, platforms, day, held, lang=lang, as_json=as_json)
    except lock.AlreadyRunning as error:
        terminal.say(f"moocscout: {error}")
        code = terminal.PARTIAL
    sys.exit(code)


def _beside(db: Path, suffix: str) -> Path:
    if not db.parent.is_dir():
        raise StoreError(f"{db.parent} is not a folder; create it or name another file with --db")
    return db.with_suffix(suffix)


def _weekly(
    context: click.Context,
    db: Path,
    folder: Path,
    platforms: tuple[str, ...],
    day: str | None,
    held: int,
    *,
    lang: str,
    as_json: bool,
) -> int:
    state_file = _beside(db, ".weekly.json")
    order = {"platforms": _ordered(platforms, held), "published": str(folder)}
    state, remarks = begin(db, state_file, order, day, lang)
    for remark in remarks:
        terminal.say(f"weekly: {remark}")
    run = Run(db, folder, state, state_file, held, _commands(context))
    why: str | None = None
    try:
        run.steps()
    except MoocscoutError as error:
        why = str(error)
        terminal.say(f"moocscout: {why}")
    code = _exit_code(why, [done.outcome for done in state.steps.values()])
    found = report.report(db, state, exit_code=code, why=why, remarks=remarks, lang=lang)
    _write(folder, found)
    click.echo(report.as_json(found) if as_json else report.as_text(found), nl=False)
    return code


def _ordered(platforms: tuple[str, ...], held: int) -> dict[str, str | None]:
    """Name -> address of what is to be crawled: all platforms that need not be named, or these.

    Raises WrongUse for what `crawl` would refuse, before a run has begun.
    """
    named = dict(map(_address, platforms))
    found: dict[str, str | None] = {}
    try:
        exclude.listed()
        for names, address in grouped(named) if named else [([], None)]:
            found |= dict.fromkeys(_accepted(names, address, held), address)
    except WrongUse as error:
        raise WrongUse(f"nothing is published: {error}") from error
    return found


def _address(said: str) -> tuple[str, str | None]:
    name, _, url = said.partition("=")
    if url and not terminal.is_web_address(url):
        raise WrongUse(f"--platform {said}: write the address as https://www.example.org")
    return name, url or None


def _accepted(names: Sequence[str], address: str | None, held: int) -> list[str]:
    """The platforms that a crawl of these names would ask."""
    base = ("--base-url", address) if address else ()
    asked = ("crawl", *names, *base, "--dry-run", "--json")
    ended = process.moocscout(*asked, lock=held, echo=lambda _: None)
    plan: dict[str, Any] = json.loads(ended.out) if not ended.code else {"refused": ended.said}
    if plan["refused"]:
        raise WrongUse(plan["refused"])
    return [visit["name"] for visit in plan["platforms"]]


def _commands(context: click.Context) -> frozenset[str]:
    """What the front door knows; asked, not imported: it knows packages that this one must not."""
    root = context.find_root().command
    return frozenset(root.list_commands(context)) if isinstance(root, click.Group) else frozenset()


def _exit_code(why: str | None, outcomes: list[Any]) -> int:
    if why is not None:
        return terminal.WRONG
    return terminal.PARTIAL if {"partial", "failed"} & set(outcomes) else 0


def _write(folder: Path, found: report.Report) -> None:
    """The report's three forms; a disk too full for them takes nothing away from the rest."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    for suffix, form in _FORMS.items():
        try:
            with output.written(str(folder / f"weekly-{found['day']}.{suffix}")) as file:
                file.write(form(found).encode())
        except MoocscoutError as error:
            terminal.say(f"moocscout: the report: {error}")
