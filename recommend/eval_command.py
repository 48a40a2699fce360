"""`moocscout eval ranking`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from catalogue import terminal
from catalogue.errors import WrongUse
from recommend import evaluate

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--courses", required=True, type=_FILE, help="CSV, packed with gzip.")
@click.option("--profiles", required=True, type=_FILE, help="JSON: role profiles.")
@click.option("--judgements", required=True, type=_FILE, help="JSON: grades 0 to 3 by profile.")
@terminal.json_option
def ranking(courses: Path, profiles: Path, judgements: Path, as_json: bool) -> None:
    """Rank COURSES for each profile by text, and compare with the judgements."""
    try:
        report = evaluate.ranking(
            evaluate.read_courses(courses),
            evaluate.read_profiles(profiles),
            json.loads(judgements.read_text(encoding="utf-8")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUse(f"these are not the three files that are compared: {error!r}") from error
    found = report.as_json()
    if as_json:
        terminal.print_json(found)
        return
    for name, value in found["ndcg"].items():
        click.echo(f"nDCG@{evaluate.DEPTH} {name:4} {value:.3f}")
    for each in report.profiles:
        click.echo(f"{each.ndcg:>8.3f}  {each.profile}  ({each.judged:.0%} of the ten judged)")
