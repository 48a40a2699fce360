"""`moocscout recommend` and `moocscout explain`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from catalogue.terminal import colourful, day_option, db_option, json_option, print_json, say
from recommend import explaining, index, rank, render, whynot, wording
from recommend.profile import LANGUAGES, Profile, load

lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    help="Language of the answer.  [default: the profile's]",
)


@click.command()
@click.argument("profile")
@click.option(
    "--top", type=click.IntRange(min=1), default=12, show_default=True, help="How many courses."
)
@day_option
@lang_option
@db_option
@json_option
@click.pass_context
def recommend(
    ctx: click.Context,
    profile: str,
    top: int,
    day: str,
    lang: str | None,
    db: Path,
    as_json: bool,
) -> None:
    """Rank courses for a PROFILE, with reasons.

    PROFILE is a TOML file, the name of one that comes with moocscout (such as
    directeur-marketing), or - for TOML on stdin. The points shown add up to the score.
    """
    who = load(profile, lang)
    found = index.filled(db)
    _note(found, lang or who.language or "en")
    ranking = rank.rank(found.db, found, who, _day(ctx, who, day), top, lang=lang)
    if as_json:
        print_json(ranking.as_json())
    else:
        _print(render.shortlist(ranking))


@click.command()
@click.argument("profile")
@click.argument("course")
@day_option
@lang_option
@db_option
@json_option
@click.pass_context
def explain(
    ctx: click.Context,
    profile: str,
    course: str,
    day: str,
    lang: str | None,
    db: Path,
    as_json: bool,
) -> None:
    """Every point of one COURSE's score for a PROFILE, and why it is not in the list.

    COURSE is platform:ref (as `moocscout catalogue search` lists them), its address, or its title.
    """
    from catalogue import reading

    who = load(profile, lang)
    found = index.ensure(db)
    _note(found, lang or who.language or "en")
    key = reading.named(found.db, course)
    explained = rank.explain(found.db, found, who, _day(ctx, who, day), key, lang=lang)
    (match,) = explained.matches
    asked = None if match.course["withdrawn"] else whynot.why_not(found, who, explained.day, match)
    if as_json:
        reasons = asked.as_json(match, explained.lang) if asked else None
        print_json(explained.as_json() | {"why_not": reasons})
        return
    _print(explaining.explanation(explained))
    if asked:
        _print(explaining.why_not(asked, explained))


def _day(ctx: click.Context, profile: Profile, day: str) -> str:
    """The day asked for, else the profile's, else today."""
    asked = ctx.get_parameter_source("day") is not click.core.ParameterSource.DEFAULT
    return day if asked or profile.day is None else profile.day


def _note(found: index.Index, lang: str) -> None:
    if found.note:
        say(wording.phrase(lang, "in_memory", note=found.note))


def _print(lines: Iterable[str]) -> None:
    colours = colourful(sys.stdout)
    for line in lines:
        click.echo(line, color=colours)
