"""`moocscout profile`: make, check and import role profiles."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from catalogue.errors import WrongUse
from catalogue.terminal import (
    PARTIAL,
    db_option,
    json_option,
    plain,
    print_json,
    read_text,
    say,
    wrapped,
)
from recommend import files as places
from recommend.profile import LANGUAGES, Profile, load, shipped
from recommend.profiling import wording
from recommend.profiling.writing import free, keep, toml

if TYPE_CHECKING:
    from recommend.profiling.reading import Proposal
    from recommend.profiling.roles import Role

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
files_argument = click.argument("files", nargs=-1, required=True, type=_FILE, metavar="FILE...")
lang_option = click.option("--lang", type=click.Choice(LANGUAGES), help="French or English.")
force_option = click.option("--force", is_flag=True, help="Replace a file that exists.")
into_option = click.option(
    "-o",
    "--into",
    default="-",
    metavar="FILE",
    help="Write the profile to FILE.  [default: print it]",
)


@click.group()
def profile() -> None:
    """Make, check and import role profiles.

    A profile is a TOML file that says what a person does, wants and already knows, and within
    which hours, weeks and money. Start with `new`, or copy data/profiles/example.toml.
    """


@profile.command(short_help="Ask a dozen questions, write the profile.")
@click.argument("file")
@lang_option
@force_option
def new(file: str, lang: str | None, force: bool) -> None:
    """Ask a dozen questions and write the profile to FILE (- prints it).

    Answers may come from a pipe, one a line; an empty line leaves a question out.
    """
    from recommend.profiling.asking import ask

    if file != "-":
        free(file, force=force)
    made = ask(lang, Path(file).stem if file != "-" else "profile")
    _keep(made, file, force=force)
    for remark in _unclear(made):
        say(wrapped(plain(remark)))


@profile.command(short_help="Say what is unclear in a profile.")
@click.argument("name", metavar="PROFILE")
@lang_option
@db_option
@json_option
@click.pass_context
def check(ctx: click.Context, name: str, lang: str | None, db: Path, as_json: bool) -> None:
    """Say what is unclear in a PROFILE: a file, the name of a shipped one, or -.

    Exit codes: 0 nothing is unclear, 1 something is, 2 it is not a profile.
    """
    from recommend.profiling import checking

    who = load(name, lang)
    spoken = lang or who.language or "en"
    remarks = list(checking.by_itself(who))
    asked = ctx.get_parameter_source("db") is click.core.ParameterSource.COMMANDLINE
    if with_courses := asked or db.exists():
        remarks += _against(who, db)
    if as_json:
        print_json([each.as_json(spoken) for each in remarks])
    else:
        for each in remarks:
            click.echo(wrapped(plain(each.says(spoken))))
        if not remarks:
            click.echo(wording.phrase(spoken, "clear", name=who.name))
    if not with_courses:
        say(wording.phrase(spoken, "without_catalogue", path=db))
    ctx.exit(PARTIAL if remarks else 0)


def _against(who: Profile, db: Path) -> Iterator[Any]:
    from recommend import index
    from recommend.profiling import checking

    found = index.filled(db)
    try:
        yield from checking.against(who, found)
    finally:
        found.close()


def _unclear(who: Profile) -> Iterator[str]:
    from recommend.profiling import checking

    return (each.says(who.language or "en") for each in checking.by_itself(who))


@profile.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the profiles that come with moocscout."""
    found = [load(name) for name in shipped()]
    if as_json:
        print_json([{"name": p.name, "language": p.language, "role": p.role} for p in found])
        return
    widest = max(len(each.name) for each in found)
    for each in found:
        click.echo(plain(f"{each.name:{widest}}  {each.language}  {each.role}"))


@profile.command()
@click.argument("name", metavar="PROFILE")
@json_option
def show(name: str, as_json: bool) -> None:
    """Print a PROFILE: a shipped one by name, or a file."""
    who = load(name)
    if as_json:
        print_json({"name": who.name, "hash": who.hash} | who.as_dict())
    else:
        path = places.PROFILES / f"{name}.toml" if name in shipped() else name
        click.echo(toml(who) if name == "-" else read_text(str(path)), nl=False)


def _imported(found: Role, source: str, given: str, into: str, *, force: bool) -> None:
    """Write the profile of a role that an official list describes."""
    from recommend.profiling import titles

    made = attrs.evolve(found.profile(), name=_stem(into))
    spoken = made.language or "en"
    also = f" ({found.title})" if found.label else ""
    note = f"From {source}: {found.label or found.title}{also}. {found.source}"
    if titles.plain(given) != titles.plain(found.title):
        say(plain(wording.phrase(spoken, "read_as", given=given, title=found.title)))
    if found.label:
        say(plain(wording.taken(spoken, found.title, found.label, found.others)))
    _keep(made, into, force=force, notes=(note, _GO_ON[spoken]))


_GO_ON = {
    "fr": "Un point de départ : gardez les sujets qui comptent pour vous, ajoutez vos heures, vos"
    " semaines et votre budget.",
    "en": "A start: keep the topics that matter to you, add your hours, weeks and budget.",
}


@profile.command("from-esco", short_help="Make a profile of an ESCO occupation.")
@files_argument
@click.argument("title")
@lang_option
@into_option
@force_option
def from_esco(
    files: tuple[Path, ...], title: str, lang: str | None, into: str, force: bool
) -> None:
    """Make a profile of the ESCO occupation called TITLE, in French or English.

    Give the CSV of occupations in one or both languages; with the Parquet of occupation profiles,
    the essential skills become topics: in English, in French with the CSV of skills in both.
    """
    from recommend.profiling import esco

    _imported(esco.role(files, title, lang), "ESCO", title, into, force=force)


@profile.command("from-rome", short_help="Make a profile of a ROME occupation, in French.")
@files_argument
@click.argument("title")
@into_option
@force_option
def from_rome(files: tuple[Path, ...], title: str, into: str, force: bool) -> None:
    """Make a profile of the ROME occupation called TITLE; ROME is in French.

    Give the CSV of occupations, and that of titles (appellations) to find them by any title.
    """
    from recommend.profiling import rome

    _imported(rome.role(files, title), "ROME", title, into, force=force)


@profile.command("from-onet", short_help="Make a profile of an O*NET occupation, in English.")
@files_argument
@click.argument("title")
@into_option
@force_option
def from_onet(files: tuple[Path, ...], title: str, into: str, force: bool) -> None:
    """Make a profile of the O*NET occupation called TITLE, from the Parquet of occupations."""
    from recommend.profiling import onet

    _imported(onet.role(files, title), "O*NET", title, into, force=force)


@profile.command("from-text", short_help="Propose topics from a CV or a job advert.")
@click.argument("file", default="-")
@click.option("--role", default="", help="The job's title, for the profile.")
@click.option("--yes", is_flag=True, help="Keep every topic without asking.")
@lang_option
@into_option
@force_option
@db_option
@click.pass_context
def from_text(
    ctx: click.Context,
    file: str,
    role: str,
    yes: bool,
    lang: str | None,
    into: str,
    force: bool,
    db: Path,
) -> None:
    """Propose topics, and the role where it is stated, from a CV or a job advert in FILE.

    FILE may be - for stdin. Shows the words that made each topic; you say which to keep. What the
    text says of the firm, its benefits, or that the job is not, is left out; nothing of it is kept.
    """
    from recommend.language import language_of
    from recommend.profiling import adverts
    from recommend.profiling.asking import left
    from recommend.profiling.cv import languages_read
    from recommend.profiling.reading import proposals

    if into != "-":
        free(into, force=force)
    words = read_text(file)
    written_in = language_of(words)
    spoken = lang or written_in
    asked = ctx.get_parameter_source("db") is click.core.ParameterSource.COMMANDLINE
    shelf = _index(db) if asked or db.exists() else None
    found = proposals(words, written_in, shelf, language=spoken)
    if not found:
        raise WrongUse(wording.phrase(spoken, "no_topic"))
    stated = "" if role else adverts.role(words)
    read = languages_read(words)
    _propose(stated, found, read, spoken)

    def keep_it(proposed: str) -> bool:
        return yes or _confirmed(proposed, file, spoken)

    with left(spoken):
        made = Profile(
            name=_stem(into),
            role=role or (stated if stated and keep_it(stated) else ""),
            language=spoken,
            wants=tuple(each.topic for each in found if keep_it(each.topic)),
            reads=tuple(dict.fromkeys((spoken, written_in, *(read or ("en",))))),
        )
    if not made.wants:
        say(wording.phrase(spoken, "confirm" if file == "-" else "none_kept"))
        ctx.exit(PARTIAL)
    _keep(made, into, force=force)


def _propose(stated: str, found: Iterable[Proposal], read: Sequence[str], lang: str) -> None:
    """Show the role and languages of a text, and its topics with the words that made them."""
    from recommend.wording import languages

    if stated:
        say(plain(wording.phrase(lang, "stated", role=stated)))
    if read:
        say(wording.phrase(lang, "read", languages=languages(lang, read)))
    say(wording.phrase(lang, "proposed"))
    for each in found:
        as_it_is = each.words == (each.topic,)
        rule = "own_words" if as_it_is else "from_words"
        words = ", ".join(each.words)
        say(plain(wording.phrase(lang, rule, topic=each.topic, words=words)))


def _index(db: Path) -> Any:
    from recommend import index

    return index.ensure(db)


def _confirmed(topic: str, file: str, lang: str) -> bool:
    """Ask whether a topic stays; where the text came on stdin, nobody can be asked."""
    from recommend.profiling.asking import typed

    if file == "-":
        return False
    click.echo(plain(f"{wording.phrase(lang, 'keep', topic=topic)} "), nl=False, err=True)
    answer = typed()
    if not sys.stdin.isatty():
        click.echo(answer.strip(), err=True)
    return bool(answer) and answer.strip().casefold() in ("", "y", "yes", "o", "oui")


def _stem(into: str) -> str:
    return "profile" if into == "-" else Path(into).stem


def _keep(made: Profile, into: str, *, force: bool, notes: Iterable[str] = ()) -> None:
    for path in keep(made, into, notes=notes, force=force):
        say(wording.phrase(made.language or "en", "written", path=path))
