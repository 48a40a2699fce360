"""`moocscout import`: a company's own academy from a file."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import click

from catalogue import reading, store, terminal
from catalogue.course import Crawl, Platform
from catalogue.errors import WrongUse
from catalogue.file import open_for_writing
from catalogue.harvest import Harvest
from catalogue.options import AUDIENCES
from catalogue.words import fold
from crawlers.files.columns import ColumnMap, mapping
from crawlers.files.intake import Intake
from crawlers.files.kinds import AUTO, KINDS, take
from crawlers.outcome import Outcome, tell
from crawlers.report import now

PLATFORM_FILES = Path(__file__).resolve().parents[1] / "platforms"
IN_PART = "imported in part, as --partial says"
DATES = ("start", "end", "enrolment_start", "enrolment_end", "updated")
FILE = click.Path(path_type=Path)


@attrs.frozen(kw_only=True)
class Wishes:
    """The options of `moocscout import`."""

    academy: str
    audience: str
    home: str | None
    mapping: Path | None
    partial: bool
    db: Path
    day: str


@click.command(
    "import",
    epilog="\b\nExamples:\n"
    "  moocscout import auto courses.csv --academy 'Maison Exemple' \\\n"
    "      --audience employees --home https://academy.example.com\n"
    "  moocscout import scorm *.zip --academy 'Maison Exemple' \\\n"
    "      --audience employees --home https://academy.example.com\n\n"
    "Exit codes: 0 complete (or in part as you asked), 1 partial, 2 wrong use.",
)
@click.argument("kind", type=click.Choice([AUTO, *KINDS]), metavar="KIND")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--academy", required=True, metavar="NAME", help="The academy's name.")
@click.option(
    "--audience", required=True, type=click.Choice(AUDIENCES), help="Whom its courses are for."
)
@click.option("--home", metavar="URL", help="Where its people find the courses.")
@click.option("--mapping", type=FILE, metavar="TOML", help="Which column is what (docs/import.md).")
@click.option("--partial", is_flag=True, help="Not the whole list: withdraw nothing.")
@terminal.db_option
@terminal.day_option
@terminal.json_option
def import_(kind: str, files: tuple[Path, ...], as_json: bool, **wishes: Any) -> None:
    """Bring a company's own academy into the catalogue from a file.

    KIND is auto, csv, xlsx, linkedin, moodle, oneroster, scorm, cartridge,
    cmi5 or moochub; auto says what it took the file for. All FILEs together
    are the whole academy: a course that is no longer in them is marked
    withdrawn, unless --partial is given. Learners' data is never read.
    """
    wished = Wishes(**wishes)
    intake = _intake(wished)
    said = mapping(wished.mapping) if wished.mapping else ColumnMap()
    with tempfile.TemporaryDirectory(prefix="moocscout-import-") as folder:
        harvest = Harvest(Path(folder) / "import.db", day=wished.day)
        try:
            intake.hand_on = harvest.add
            _take(kind, files, said, intake)
            if wished.partial:
                intake.narrowed = IN_PART
            crawl = _load(intake, wished, files, harvest)
        finally:
            harvest.discard()
    problems = (*intake.errors, *intake.remarks, *_unread(intake))
    outcome = Outcome(name=intake.platform, result=crawl, narrowed=intake.narrowed, errors=problems)
    sys.exit(tell([outcome], as_json=as_json))


def _take(kind: str, files: tuple[Path, ...], said: ColumnMap, intake: Intake) -> None:
    """Read the files; the intake hands on their courses. Raises WrongUse when there is none."""
    for path in dict.fromkeys(files):
        take(kind, path, said, intake)
    intake.flush()
    if not intake.listed:
        raise WrongUse(f"{files[0].name} lists no course; export it again with its courses")
    for words in intake.took:
        terminal.say(f"{intake.platform}: took {words}")


def _unread(intake: Intake) -> Iterator[str]:
    """Facts that stay unknown, since no rule reads their words or they cannot be; lines that add
    nothing."""
    for issue in intake.notes.issues:
        more = f" and {issue.count - 1} more" if issue.count > 1 else ""
        if issue.kind == "duplicate":
            yield f"course {issue.ref} stands there again{more}; its first line counts"
        if issue.kind == "implausible":
            yield (
                f"{issue.field}: {issue.example} of course {issue.ref}{more} cannot be, and stays"
                " unknown"
            )
        if issue.kind == "unreadable":
            hint = ' (a mapping file may say dates = "%d/%m/%Y")' if issue.field in DATES else ""
            if issue.field == "workload":
                hint = " (of a range, such as 1-2 hours, the words alone are kept)"
            yield (
                f"{issue.field}: “{issue.example}” of course {issue.ref}{more} cannot be read and"
                f" stays unknown{hint}"
            )


def _intake(wished: Wishes) -> Intake:
    if wished.home and not wished.home.startswith(("https://", "http://")):
        raise WrongUse(f"--home {wished.home!r:.80} is no address; write it with https://")
    return Intake(platform=slug(wished.academy), audience=wished.audience, home=wished.home)


def slug(academy: str) -> str:
    """The academy's name as a platform's: "L'Oréal Academy" is l_oreal_academy.

    Raises WrongUse when no letter is left, or when it is the name of a platform that is crawled.
    """
    name = "_".join(re.findall(r"[a-z0-9]+", fold(academy)))
    if not name:
        raise WrongUse(f"--academy {academy!r:.60} has no letter in it; name the academy")
    if not name[0].isalpha():
        name = f"academy_{name}"
    if (PLATFORM_FILES / f"{name}.py").exists():
        raise WrongUse(
            f"{name} is a platform that is crawled; name the academy otherwise, such as"
            f" “{academy} internal”"
        )
    return name


def _load(intake: Intake, wished: Wishes, files: tuple[Path, ...], harvest: Harvest) -> Crawl:
    """Hand the intake to the store, under the same rules as a crawl."""
    started = now()
    open_for_writing(wished.db).close()
    last = reading.last_crawl(wished.db, intake.platform)
    if last and wished.day < last["day"]:
        raise WrongUse(
            f"the catalogue has this academy as of {last['day']}; import an older list with its"
            " own --day first, or leave --day away"
        )
    harvest.add_rejected(intake.notes.rejected.items())
    platform = _platform(intake, wished, files)
    return store.load(wished.db, platform, harvest, _report(intake, wished, started))


def _report(intake: Intake, wished: Wishes, started: str) -> store.Report:
    unread = len(intake.errors)
    return store.Report(
        day=wished.day,
        started=started,
        finished=now(),
        ended_by_itself=True,
        announced=intake.listed - unread,
        narrowed=intake.narrowed,
        issues=intake.notes.issues,
        doubts=(f"{unread} row{'s' * (unread > 1)} could not be read",) if unread else (),
    )


def _platform(intake: Intake, wished: Wishes, files: tuple[Path, ...]) -> Platform:
    home = wished.home or f"file:{files[0].name}"
    return Platform(
        name=intake.platform,
        title=wished.academy,
        home=home,
        languages=tuple(code for code, _ in intake.languages.most_common()),
        timezone="UTC",
        licence=f"Belongs to {wished.academy}; ask there before you publish it.",
        terms=home,
        robots="No site is asked: imported from a file.",
        audience=wished.audience,
        floor=1,
    )
