"""`moocscout lexicon`: more words for the bridge between French and English."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import attrs
import click

from catalogue import reading
from catalogue.errors import WrongUse
from catalogue.file import open_for_reading
from catalogue.terminal import db_option, json_option, print_json, say
from recommend import learned, lexicon, text
from recommend.profiling import esco as occupations

WORDS = 4
"""Labels with more words are tasks, which no course is called."""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("lexicon")
def commands() -> None:
    """More words for the bridge between French and English.

    The bridge is data/lexicon/bridge.csv, written by hand. These commands bring in what others
    know, and say what the catalogue's own courses teach.
    """


@commands.command(short_help="Bring in the names of ESCO's skills.")
@click.argument("files", nargs=-1, type=_FILE, metavar="[FILE...]")
@click.option("--remove", is_flag=True, help="Take them out again.")
def esco(files: tuple[Path, ...], remove: bool) -> None:
    """Bring in the names of ESCO's skills, from its CSV downloads in French and in English.

    They are kept in data/lexicon/esco.csv, which the bridge asks after our own pairs. Fit the
    ranking anew afterwards: `moocscout index`.
    """
    if remove:
        lexicon.IMPORTED_FILE.unlink(missing_ok=True)
        say("ESCO's labels are out of the bridge.")
        return
    found = list(labels(files))
    _keep(_csv(found))
    say(f"{len(found)} pairs of ESCO's labels ({occupations.SOURCE}) are in the bridge now.")


def labels(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """(French, English) of the skills that both languages name in at most WORDS words."""
    held = occupations.Esco()
    for path in files:
        held.read(path)
    if not {"fr", "en"} <= set(held.labels):
        raise WrongUse("give two files: ESCO's skills in French and in English (skills_fr.csv ...)")
    for uri, french in sorted(held.labels["fr"].items()):
        english = held.labels["en"].get(uri, "")
        if _names(french) and _names(english) and french.casefold() != english.casefold():
            yield french, english


def _names(label: str) -> bool:
    """Whether a label is a name that a course can bear: short, nothing but little words unread."""
    words = text.tokens(label)
    unread = (word for word in words if not text.stems(word))
    return len(words) <= WORDS and bool(text.content(label)) and all(len(w) < 4 for w in unread)


def _csv(found: Iterable[tuple[str, str]]) -> str:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(("french", "english", "field"))
    lines.writerows((*pair, "ESCO") for pair in found)
    return written.getvalue()


def _keep(content: str) -> None:
    """Write by rename: whoever reads meanwhile reads the old file or the new one whole."""
    part = lexicon.IMPORTED_FILE.with_suffix(".part")
    try:
        part.write_text(content, encoding="utf-8")
        part.replace(lexicon.IMPORTED_FILE)
    except OSError as error:
        raise WrongUse(
            f"{lexicon.IMPORTED_FILE} cannot be written ({error.strerror}); "
            "run this as whoever installed moocscout"
        ) from error


@commands.command(short_help="Pairs that the catalogue's courses teach.")
@db_option
@json_option
def learn(db: Path, as_json: bool) -> None:
    """List French and English words that go together in courses of both languages.

    They are candidates to read: of those that were right on real courses a third were no
    translations. Put the good ones into data/lexicon/bridge.csv.
    """
    columns = ", ".join((*text.FIELDS, "language", "translations"))
    with closing(open_for_reading(db)) as catalogue:
        sql = f"select {columns} from course where withdrawn is null order by id"  # noqa: S608
        found = learned.pairs(reading.rows(catalogue, sql))
    if as_json:
        print_json({"pairs": [attrs.asdict(pair) for pair in found]})
        return
    for pair in found:
        click.echo(f"{pair.french} = {pair.english}  ({pair.courses} courses)")
    if not found:
        say("The courses teach nothing that the bridge does not know.")
