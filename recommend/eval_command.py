"""`moocscout eval ranking`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import click

from catalogue import terminal
from catalogue.errors import WrongUse
from recommend import evaluate, judged_files, judged_rows
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
    cases, gaps = _cases(courses, profiles, judgements)
    gaps.say()
    found = judged_rows.catalogue_of(cases.courses)
    reports = _reports(attrs.evolve(cases, found=found), found, alone=alone)
    answer: dict[str, Any] = _answer(reports)
    answer |= {"left_out": gaps.left_out, "unknown": gaps.unknown}
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

    rows = judged_files.courses(courses)
    named = {row["cid"] for row in reading.sheet()}
    _say_lacking(courses, len(named - {row["cid"] for row in rows}), len(named))
    found = reading.agreement(rows)
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


def _say_lacking(courses: Path, lacking: int, named: int) -> None:
    """Warn of courses of the sheet that the file lacks; raise WrongUse when it lacks them all."""
    said = f"{courses} lacks {lacking} of the {named} courses of data/judgements/axes.csv"
    if lacking == named:
        raise WrongUse(f"nothing to measure: {said}; it needs courses with those cids")
    if lacking:
        terminal.say(said)


@attrs.frozen
class _Gaps:
    """What of the files is not measured."""

    left_out: Mapping[str, str]
    """Profile -> why its ranking cannot be measured."""
    judged: int
    unknown: Sequence[str]
    """Those of the judged courses that the courses file does not have."""

    def say(self) -> None:
        for name, why in self.left_out.items():
            terminal.say(f"left out: {name}: {why}")
        if self.unknown:
            terminal.say(
                f"{len(self.unknown)} of the {self.judged} judged courses are not in the courses"
                f" file ({self.unknown[0]}, for one), which can only lower nDCG; is it the file"
                " they were judged from?"
            )


def _cases(courses: Path, profiles: Path, judgements: Path) -> tuple[Cases, _Gaps]:
    """What is measured of the three files; raises WrongUse when nothing is."""
    rows = judged_files.courses(courses)
    people, graded = judged_files.profiles(profiles), judged_files.judgements(judgements)
    grades = {who.name: graded.get(who.name, {}) for who in people}
    known = {row["cid"] for row in rows}
    reasons = {name: evaluate.unmeasurable(held, known) for name, held in grades.items()}
    left_out = {name: why for name, why in reasons.items() if why}
    if len(left_out) == len(people):
        raise WrongUse(_nothing(left_out, courses, judgements))
    kept = [who for who in people if who.name not in left_out]
    judged = {course for held in grades.values() for course in held}
    return Cases(rows, kept, grades), _Gaps(left_out, len(judged), sorted(judged - known))


def _nothing(left_out: Mapping[str, str], courses: Path, judgements: Path) -> str:
    """Why nothing can be measured: each reason with the profiles that it is true of."""
    reasons: dict[str, list[str]] = {}
    for name, why in left_out.items():
        reasons.setdefault(why, []).append(name)
    shown = "; ".join(f"{why} ({_few(names)})" for why, names in reasons.items())
    return (
        f"nothing to measure: {shown}\n{judgements} must give, by the profiles' keys, grades to"
        f" courses whose cid is in {courses}, some of them above 0"
    )


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more


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
    if len(cases.profiles) == 1:
        return {"without": without}
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
