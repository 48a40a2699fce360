"""What happened, in ten lines: for a terminal or a mail, as a page, and for programs."""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from catalogue import reading
from catalogue.errors import MoocscoutError
from catalogue.file import open_for_reading
from catalogue.weekly.state import State

_COUNTS = ("read", "new", "changed", "withdrawn", "back")
_SHOWN = 3

Report = dict[str, Any]


def report(
    db: Path, state: State, *, exit_code: int, why: str | None, remarks: list[str]
) -> Report:
    """Everything that the three forms say; `why` nothing was published, or None."""
    steps = {name: {"outcome": d.outcome, "said": d.said} for name, d in state.steps.items()}
    made = state.steps.get("publish")
    return {
        "day": state.day,
        "exit_code": exit_code,
        "why_not_published": why,
        "published": json.loads(made.said) if made else None,
        "folder": state.published,
        "remarks": remarks,
        "platforms": list(state.platforms),
        "steps": steps,
        **_facts(db, state),
    }


def _facts(db: Path, state: State) -> Report:
    try:
        with closing(open_for_reading(db)) as connection:
            return {
                "crawls": _crawls(connection, state.baseline),
                "catalogue": _catalogue(connection, state.day),
                "issues": _issues(connection, state.baseline),
            }
    except (MoocscoutError, sqlite3.Error) as error:
        return {"crawls": [], "catalogue": None, "issues": [], "unreadable": str(error)}


def _crawls(db: sqlite3.Connection, baseline: int) -> list[Report]:
    names = ", ".join(("platform", "verdict", "reasons", *_COUNTS, "errors"))
    found = reading.rows(
        db, f"select {names} from crawl where id > ? order by platform, id", [baseline]
    )
    return [row | {"reasons": json.loads(row["reasons"])} for row in found]


def _catalogue(db: sqlite3.Connection, day: str) -> Report:
    found = reading.stats(db, day)["platforms"]
    totals = {key: sum(row[key] for row in found) for key in ("known", "withdrawn", "open_now")}
    return totals | {"listed": totals["known"] - totals["withdrawn"], "platforms": len(found)}


def _issues(db: sqlite3.Connection, baseline: int) -> list[Report]:
    return reading.rows(
        db,
        'select platform, kind, field, "count" from issue where crawl_id > ?'
        ' order by "count" desc, platform, kind, field',
        [baseline],
    )


def lines(found: Report) -> tuple[str, ...]:
    """The ten lines."""
    steps = found["steps"]
    return (
        _headline(found),
        f"asked: {_asked(found)}",
        f"not whole: {_first(steps.get('crawl', {}).get('said', '').splitlines())}",
        f"courses: {_courses(found)}",
        f"open now: {_open(found)}",
        f"not understood: {_first([_issue(each) for each in found['issues']])}",
        f"takedowns: {steps.get('takedown', {}).get('said') or 'none'}",
        f"steps: {_steps(found)}",
        f"published: {_published(found)}",
        f"to know: {_first(found['remarks'])}",
    )


def _headline(found: Report) -> str:
    said = {0: "all is well", 1: "published, with gaps"}.get(found["exit_code"], "NOT published")
    return f"moocscout weekly, {found['day']}: {said}"


def _asked(found: Report) -> str:
    whole = sum(crawl["verdict"] == "complete" for crawl in found["crawls"])
    part = len(found["crawls"]) - whole
    none = len(set(found["platforms"]) - {crawl["platform"] for crawl in found["crawls"]})
    return f"{_of(len(found['platforms']), 'platform')}; {whole} complete, {part} partial, {none} not reached"  # noqa: E501


def _of(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _first(said: Sequence[str]) -> str:
    """The first ones, and how many more there are; one line whatever they hold."""
    if not said:
        return "nothing"
    more = f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return "; ".join(" ".join(each.split())[:160] for each in said[:_SHOWN]) + more


def _courses(found: Report) -> str:
    if found["catalogue"] is None:
        return f"not known, {found['unreadable']}"
    sums = {name: sum(crawl[name] for crawl in found["crawls"]) for name in _COUNTS[1:]}
    changes = ", ".join(f"{count:,} {name}" for name, count in sums.items())
    return f"{found['catalogue']['listed']:,} listed; {changes}"


def _open(found: Report) -> str:
    if found["catalogue"] is None:
        return "not known"
    return f"{_of(found['catalogue']['open_now'], 'course')} on {found['day']}"


def _issue(issue: Report) -> str:
    return f"{issue['platform']} {issue['field']} ({issue['kind']}) x{issue['count']}"


def _steps(found: Report) -> str:
    return ", ".join(f"{name} {step['outcome']}" for name, step in found["steps"].items()) or "none"


def _published(found: Report) -> str:
    made = found["published"]
    if made is None:
        return f"nothing, what was there stands. {' '.join((found['why_not_published'] or '').split())}"  # noqa: E501
    size = f"{made['bytes'] / 1e6:,.1f} MB"
    return f"{found['folder']}/{made['file']}, {_of(made['courses'], 'course')}, {size}"


def as_text(found: Report) -> str:
    """The ten lines, a newline behind each."""
    return "".join(f"{line}\n" for line in lines(found))


def as_json(found: Report) -> str:
    """Everything, for programs."""
    return json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def as_html(found: Report) -> str:
    """The ten lines and a table of the crawls; no script, no style of its own."""
    head, *rest = lines(found)
    items = "\n".join(f"<li>{html.escape(line)}</li>" for line in rest)
    heads = "".join(f"<th>{name}</th>" for name in ("platform", "verdict", *_COUNTS, "errors"))
    rows = "\n".join(_row(crawl) for crawl in found["crawls"])
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(head)}</title>\n<h1>{html.escape(head)}</h1>\n<ul>\n{items}\n</ul>\n"
        f"<table>\n<caption>Visits</caption>\n<tr>{heads}</tr>\n{rows}\n</table>\n</html>\n"
    )


def _row(crawl: Report) -> str:
    cells = (crawl[name] for name in ("platform", "verdict", *_COUNTS, "errors"))
    return "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells) + "</tr>"
