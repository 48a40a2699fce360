"""`moocscout eval ranking`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import click

from catalogue import terminal
from catalogue.errors import WrongUse
from recommend import evaluate, judged_rows
from recommend.evaluate import DEPTH, FIGURES, LANGUAGES, LISTED, OURS, Cases, Report

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--courses", required=True, type=_FILE, help="CSV, packed with gzip or not.")
@click.option("--profiles", required=True, type=_FILE, help="JSON: role profiles.")
@click.option("--judgements", required=True, type=_FILE, help="JSON: grades 0 to 3 by profile.")
@click.option("--ours", "alone", is_flag=True, help="Our ranking only, without other rankers.")
@click.option("--ablate", is_flag=True, help="Also without each ingredient; leave one out. Slow.")
@terminal.json_option
def ranking(
    courses: Path, profiles: Path, judgements: Path, alone: bool, ablate: bool, as_json: bool
) -> None:
    """Rank COURSES for each profile, side by side with other rankers, and compare with what people
    judged: nDCG@10, French and English apart, with 95 % bootstrap intervals.
    """
    cases = _cases(courses, profiles, judgements)
    found = judged_rows.catalogue_of(cases.courses)
    reports = _reports(attrs.evolve(cases, found=found), found, alone=alone)
    answer: dict[str, Any] = _answer(reports)
    if ablate:
        answer |= _ablated(cases, found)
    if as_json:
        terminal.print_json(answer)
        return
    for line in _lines(reports, answer):
        click.echo(line)


@click.command()
@click.option("--courses", required=True, type=_FILE, help="CSV with the courses of the sheet.")
@terminal.json_option
def axes(courses: Path, as_json: bool) -> None:
    """Compare practice and tone, as the rules read them, with data/judgements/axes.csv."""
    from recommend import axes as reading

    found = reading.agreement(evaluate.read_courses(courses))
    if as_json:
        terminal.print_json(found)
        return
    click.echo(f"{'':18}{'courses':>8}{'same':>8}{'kappa':>8}{'weighted':>10}")
    for axis, languages in found.items():
        for language, held in languages.items():
            click.echo(
                f"{axis:12}{language:6}{held['courses']:>8}{held['same']:>8.2f}"
                f"{held['kappa']:>8.2f}{held['weighted_kappa']:>10.2f}"
            )


def _cases(courses: Path, profiles: Path, judgements: Path) -> Cases:
    try:
        grades = json.loads(judgements.read_text(encoding="utf-8"))
        people = evaluate.read_profiles(profiles)
        kept = {who.name: grades[who.name] for who in people}
        return Cases(evaluate.read_courses(courses), people, kept)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongUse(f"these are not the three files that are compared: {error!r}") from error


def _reports(cases: Cases, found: Any, *, alone: bool) -> dict[str, Report]:
    if alone:
        return {OURS: cases.report(evaluate.ours(found))}
    return evaluate.side_by_side(cases, found)


def _answer(reports: Mapping[str, Report]) -> dict[str, Any]:
    """Our own figures at the top, every ranker's below."""
    ours = reports[OURS].as_json()
    return {**ours, "systems": {name: report.as_json() for name, report in reports.items()}}


def _ablated(cases: Cases, found: Any) -> dict[str, Any]:
    from recommend import ablation

    reports = ablation.ablations(cases, found)
    without = {name: report.as_json() for name, report in reports.items()}
    for report in without.values():
        del report["profiles"]
    return {"without": without, "leave_one_out": ablation.leave_one_out(cases, found)}


def _lines(reports: Mapping[str, Report], answer: Mapping[str, Any]) -> Iterator[str]:
    yield f"nDCG@{DEPTH} (95 % of bootstrap), French and English apart. Of the first {LISTED}:"
    yield "share of the wishes that they name, of twins, of what a person with four hours a"
    yield "week and eight weeks could follow."
    yield f"{'all':>5}{'':15}{'fr':>7}{'en':>7}{'wishes':>8}{'twins':>7}{'follow':>8}"
    for name, report in reports.items():
        yield f"{report.absent}  {name}" if report.absent else _line(name, report.as_json())
    for name, held in answer.get("without", {}).items():
        yield _line(f"without {name}", held)
    if "leave_one_out" in answer:
        figures = answer["leave_one_out"]["ndcg"]
        yield "leave one profile out: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items())
    for each in reports[OURS].profiles:
        yield f"{each.ndcg:>5.3f}  {each.profile}  ({each.judged:.0%} of the ten judged)"


def _line(name: str, held: Mapping[str, Any]) -> str:
    means = [_figure(held["ndcg"][language]) for language in LANGUAGES]
    low, high = held["interval"]["all"]
    wishes, twins, follow = (_figure(held[figure]) for figure in FIGURES)
    return (
        f"{means[0]:>5}  ({_figure(low)}-{_figure(high)}){means[1]:>7}{means[2]:>7}"
        f"{wishes:>8}{twins:>7}{follow:>8}  {name}"
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
