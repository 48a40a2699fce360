"""`moocscout eval cleaning` and `moocscout eval twins`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from catalogue import evaluate, terminal
from catalogue.errors import WrongUse

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@terminal.json_option
def cleaning(file: Path, as_json: bool) -> None:
    """Read the words of FILE, a CSV table with field, value, platform, count.

    With --json, what was read from each row; else the shares per field.
    """
    results = list(evaluate.cleaning(evaluate.read_rows(file, "field", "value")))
    summary = evaluate.cleaning_summary(results)
    if as_json:
        terminal.print_json({"summary": summary, "rows": results})
        return
    click.echo(f"{'field':12}{'strings':>9}{'read':>9}{'empty':>9}{'refused':>9}")
    for field, held in summary.items():
        shares = "".join(f"{held[outcome]:>9.1%}" for outcome in evaluate.OUTCOMES)
        click.echo(f"{field:12}{held['strings']:>9}{shares}")


@click.command()
@click.option("--courses", required=True, type=_FILE, help="CSV: id, title, organisation ...")
@click.option("--pairs", required=True, type=_FILE, help="CSV: id_a, id_b, label, kind ...")
@terminal.json_option
def twins(courses: Path, pairs: Path, as_json: bool) -> None:
    """Find the same courses among COURSES, and compare with the labelled PAIRS.

    Both are CSV files, packed with gzip or not.
    """
    labelled = evaluate.read_rows(pairs, *evaluate.TWIN_PAIRS)
    found = evaluate.twins(evaluate.read_rows(courses, *evaluate.TWIN_COURSES), labelled)
    named = {pair[name] for pair in labelled for name in ("id_a", "id_b")}
    _say_absent(len(found["absent"]), len(named), courses, pairs)
    if as_json:
        terminal.print_json(found)
        return
    click.echo(f"{'':58}{'found':>7}{'missed':>8}{'wrong':>7}{'prec.':>8}{'recall':>8}")
    for name in ("sure", "all"):
        click.echo(_line(name, found[name]))
    for kind, held in found["kinds"].items():
        click.echo(_line(kind, held))


def _say_absent(absent: int, named: int, courses: Path, pairs: Path) -> None:
    """Warn of courses that are not there; raise WrongUse when none is."""
    said = f"{absent} of the {named} courses that {pairs} names are not in {courses}"
    if absent == named:
        raise WrongUse(f"nothing to measure: {said}; it needs courses with those ids")
    if absent:
        terminal.say(f"{said}; pairs with them count as not found")


def _line(name: str, held: dict[str, Any]) -> str:
    shares = (held["precision"], held["recall"])
    said = "".join(f"{'-' if share is None else f'{share:.3f}':>8}" for share in shares)
    return f"{name:58}{held['found']:>7}{held['missed']:>8}{held['wrongly_found']:>7}{said}"
