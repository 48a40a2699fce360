"""What happened, in ten lines: for a terminal or a mail, as a page, and for programs."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from catalogue import check, reading
from catalogue.errors import MoocscoutError
from catalogue.file import open_for_reading
from catalogue.weekly.state import State
from catalogue.weekly.wording import count, date, number, reason, say

_COUNTS = ("read", "new", "changed", "withdrawn", "back")
_SHOWN = 3

Report = dict[str, Any]


def report(
    db: Path, state: State, *, exit_code: int, why: str | None, remarks: list[str], lang: str = "en"
) -> Report:
    """Everything that the three forms say; `why` nothing was published, or None.

    `lang` is that of the text and of the page, one of LANGUAGES; `remarks` are in it already.
    """
    steps = {name: {"outcome": d.outcome, "said": d.said} for name, d in state.steps.items()}
    made = state.steps.get("publish")
    return {
        "language": lang,
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
    words = partial(say, found["language"])
    return (
        words("headline", day=_day(found), state=words(_STATES.get(found["exit_code"], "failed"))),
        _asked(found),
        words("not_whole", said=_first(found, _not_whole(found))),
        _courses(found),
        _open(found),
        words("issues", said=_first(found, _not_understood(found))),
        words("takedowns", said=_taken_down(found)),
        words("steps", said=_steps(found)),
        _published(found),
        words("to_know", said=_first(found, found["remarks"])),
    )


_STATES = {0: "well", 1: "gaps"}


def _day(found: Report) -> str:
    return found["day"] if found["language"] == "en" else date("fr", found["day"])


def _asked(found: Report) -> str:
    lang = found["language"]
    whole = {each["platform"] for each in found["crawls"] if each["verdict"] == "complete"}
    met = {each["platform"] for each in found["crawls"] if reached(each)}
    return say(
        lang,
        "asked",
        platforms=count(lang, len(found["platforms"]), "platform"),
        whole=len(whole),
        part=len(met - whole),
        none=len(set(found["platforms"]) - met),
    )


def reached(crawl: Mapping[str, Any]) -> bool:
    """Did the platform answer at all?"""
    return check.UNREACHED not in crawl["reasons"]


def _not_whole(found: Report) -> list[str]:
    said = found["steps"].get("crawl", {}).get("said", "").splitlines()
    return [reason(found["language"], each) for each in said]


def _not_understood(found: Report) -> list[str]:
    """Issues, but for the pages that could not be had: the platform's reasons speak of these."""
    met = (each for each in found["issues"] if each["kind"] != "fetch")
    return [say(found["language"], "issue", **each) for each in met]


def _first(found: Report, said: Sequence[str]) -> str:
    """The first ones, and how many more there are; one line whatever they hold."""
    if not said:
        return say(found["language"], "nothing")
    left = len(said) - _SHOWN
    more = say(found["language"], "more", count=left) if left > 0 else ""
    return "; ".join(_line(each) for each in said[:_SHOWN]) + more


def _line(said: str) -> str:
    """Without line breaks; the no-break spaces of French stay."""
    return re.sub(r"[ \t\r\n\v\f\x85\u2028\u2029]+", " ", said).strip()[:160]


def _courses(found: Report) -> str:
    lang = found["language"]
    if found["catalogue"] is None:
        return say(lang, "courses_unknown", why=found["unreadable"])
    sums = {name: sum(crawl[name] for crawl in found["crawls"]) for name in _COUNTS[1:]}
    told = {name: number(lang, each) for name, each in sums.items()}
    listed = number(lang, found["catalogue"]["listed"])
    return say(lang, "courses", listed=listed, changes=say(lang, "changes", **told))


def _open(found: Report) -> str:
    lang = found["language"]
    if found["catalogue"] is None:
        return say(lang, "open_unknown")
    courses = count(lang, found["catalogue"]["open_now"], "course")
    return say(lang, "open", courses=courses, day=_day(found))


def _taken_down(found: Report) -> str:
    said = found["steps"].get("takedown", {}).get("said")
    if not said:
        return say(found["language"], "none")
    return say(found["language"], "removed", count=said.partition(" ")[0])


def _steps(found: Report) -> str:
    lang = found["language"]
    told = (
        say(lang, "step", step=say(lang, name), outcome=say(lang, _OUTCOMES[step["outcome"]]))
        for name, step in found["steps"].items()
    )
    return ", ".join(told) or say(lang, "none")


_OUTCOMES = {
    "done": "done",
    "skipped": "skipped",
    "partial": "step_partial",
    "failed": "step_failed",
}


def _published(found: Report) -> str:
    lang, made = found["language"], found["published"]
    if made is None:
        why = " ".join((found["why_not_published"] or "").split())
        return say(lang, "unpublished", why=why)
    return say(
        lang,
        "published",
        file=f"{found['folder']}/{made['file']}",
        courses=count(lang, made["courses"], "course"),
        size=number(lang, made["bytes"] / 1e6, 1),
    )


def as_text(found: Report) -> str:
    """The ten lines, a newline behind each."""
    return "".join(f"{line}\n" for line in lines(found))


def as_json(found: Report) -> str:
    """Everything, for programs."""
    return json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def as_html(found: Report) -> str:
    """The ten lines and a table of the crawls; no script, no style of its own."""
    lang = found["language"]
    head, *rest = lines(found)
    items = "\n".join(f"<li>{html.escape(line)}</li>" for line in rest)
    names = ("platform", "verdict", *_COUNTS, "errors")
    heads = "".join(f'<th scope="col">{say(lang, name)}</th>' for name in names)
    rows = "\n".join(_row(crawl, lang) for crawl in found["crawls"])
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(head)}</title>\n<h1>{html.escape(head)}</h1>\n<ul>\n{items}\n</ul>\n"
        f"<table>\n<caption>{say(lang, 'visits')}</caption>\n<tr>{heads}</tr>\n{rows}\n</table>\n"
        "</html>\n"
    )


def _row(crawl: Report, lang: str) -> str:
    verdict = say(lang, crawl["verdict"])
    figures = (number(lang, crawl[name]) for name in (*_COUNTS, "errors"))
    cells = (crawl["platform"], verdict, *figures)
    return "<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in cells) + "</tr>"
