"""One course's score explained to the last point, and why it is not in the list, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import click

from recommend import wording
from recommend.match import Part, Ranking, label, says
from recommend.render import WIDTH, facts_of, labelled, made_of, plain, where, wrapped
from recommend.signals import POINT, Evidence
from recommend.whynot import WhyNot


def explanation(ranking: Ranking) -> Iterator[str]:
    """Every part of the one match of a ranking, as a table whose last line is the sum."""
    lang, (match,) = ranking.lang, ranking.matches
    yield from wrapped(plain(match.course["title"]), "", bold=True)
    yield from wrapped(where(match.course, lang), "")
    if facts := facts_of(match, ranking):
        yield from wrapped(wording.joined(facts), "")
    yield click.style(plain(match.course["url"]), dim=True)
    if withdrawn := match.course["withdrawn"]:
        said = wording.phrase(lang, "withdrawn", day=wording.day(lang, withdrawn))
        yield from wrapped(said, "")
    yield ""
    for part in match.parts:
        yield from _row(part, lang)
    rule = "─" * _COLUMN
    yield rule
    total = wording.points(lang, match.score / POINT, signed=False)
    yield click.style(f"{total:>{_COLUMN}}  {wording.phrase(lang, 'total')}", bold=True)
    yield ""
    if match.unknown:
        names = ", ".join(wording.unstated(lang, name) for name in match.unknown)
        yield from wrapped(f"{wording.phrase(lang, 'unknown')} {names}", "")
    yield from wrapped(made_of(ranking), "", dim=True)


def why_not(found: WhyNot, ranking: Ranking) -> Iterator[str]:
    """Its place in the list and by score; outside the list, why, and what would bring it in."""
    lang, (match,) = ranking.lang, ranking.matches
    yield ""
    yield from wrapped(found.says(lang), "", bold=True)
    if found.listed:
        return
    for reason in found.reasons:
        yield from labelled(plain(reason.says(lang)), map(plain, reason.names(lang)))
    if lacking := found.lacks(lang):
        yield from wrapped(lacking, "")
    if found.compared:
        yield from labelled(plain(found.compared.says(lang)), found.compared.earned(lang))
    if parts := found.lost(match):
        said = [wording.earned(lang, says(part, lang), part.points / POINT) for part in parts]
        yield from labelled(wording.phrase(lang, "pushed"), said)
    if found.changes:
        said = [change.says(lang) for change in found.changes]
        yield from labelled(wording.phrase(lang, "would"), said)
    elif found.tried:
        yield from wrapped(wording.phrase(lang, "no_change"), "")


_COLUMN = 7


def _row(part: Part, lang: str) -> Iterator[str]:
    lines = textwrap.wrap(
        f"{label(part, lang)} — {_evidence(part, lang)}",
        WIDTH - _COLUMN - 2,
        break_on_hyphens=False,
    )
    points = f"{wording.points(lang, part.points / POINT):>{_COLUMN}}"
    colour = "red" if part.points < 0 else None
    yield f"{click.style(points, fg=colour)}  {lines[0]}"
    yield from (" " * (_COLUMN + 4) + line for line in lines[1:])


def _evidence(part: Part, lang: str) -> str:
    if part.kind == "text":
        fields = dict.fromkeys(field for each in part.evidence for field in each["fields"])
        return ", ".join(wording.FIELDS[field][lang] for field in fields) + _page(part, lang)
    sentence = says(part, lang)
    if len(part.evidence) > 1:
        return f"{sentence} {_phrases(part.evidence, lang)}"
    words = [_words(part.name, each, sentence, lang) for each in part.evidence]
    return " ".join(filter(None, [sentence, *words]))


def _page(part: Part, lang: str) -> str:
    """How the page writes a word, where it never does as the profile or the bridge."""
    if not all("page" in each for each in part.evidence):
        return ""
    forms = dict.fromkeys(form for each in part.evidence for form in each["page"])
    said = ", ".join(wording.quoted(lang, plain(form)) for form in list(forms)[:_FORMS])
    return f" ({wording.phrase(lang, 'page_writes', words=said)})"


_FORMS = 2
"""Forms of a word on a page that are shown."""


def _phrases(evidence: Sequence[Evidence], lang: str) -> str:
    """Several phrases of one page, each in quotes."""
    said = ", ".join(wording.quoted(lang, plain(each.words or "")) for each in evidence)
    return f"{said} ({wording.SOURCES['page'][lang]})"


def _words(name: str, evidence: Evidence, sentence: str, lang: str) -> str:
    """A page's words in quotes with their source; a session's dates, which no page words so."""
    words, field = evidence.words, evidence.field
    if not words or name == "novelty":
        return ""  # topics known, which the sentence says
    if field == "session" and " " in words:
        return f"({wording.dates(lang, words)})"
    if field in ("session", "updated"):
        return ""  # a day, which the sentence says
    if field == "provider":
        return f"({wording.kind_why(lang, plain(words))})"
    source = wording.SOURCES[evidence.source][lang] if evidence.source else None
    if price := wording.priced(lang, words):
        told = ", ".join(filter(None, [None if price in sentence else price, source]))
        return f"({told})" if told else ""
    said = wording.quoted(lang, plain(words))
    return f"{said} ({source})" if source else said
