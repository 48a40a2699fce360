"""What is new for a profile since a day: mail-ready HTML, text in 80 columns, or an Atom feed."""

from __future__ import annotations

import html
import os
import smtplib
import sqlite3
import ssl
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

import attrs
import click

from catalogue import reading
from catalogue.errors import MoocscoutError, WrongUse
from catalogue.export import output
from catalogue.reading import Row
from catalogue.terminal import day_of, day_option, db_option, say
from recommend import index, profile, rank, render, wording
from recommend.index import Index
from recommend.match import Match, Ranking, compared, says
from recommend.profile import LANGUAGES, Profile
from recommend.shortlist import Candidate, Chosen, single
from recommend.whynot import TOP

EVENTS = ("new", "back", "reopened", "dates moved", "price down", "certificate price down")
"""What is news to somebody who looks for a course."""
MOST = 12
_AMONG = 50
"""A course is told of that would stand among so many of the profile's best."""
_REASONS = 3
_WORDS: Mapping[str, tuple[str, str]] = {
    "new": ("Nouveau", "New"),
    "back": ("De retour", "Back"),
    "reopened": ("Inscriptions rouvertes", "Open again"),
    "dates moved": ("Nouvelles dates", "New dates"),
    "price down": ("Prix en baisse", "Price down"),
    "certificate price down": ("Certificat moins cher", "Cheaper certificate"),
    "title": (
        "Du nouveau pour «\u00a0{role}\u00a0» depuis le {day}",
        "New for “{role}” since {day}",
    ),
    "none": ("Rien de nouveau pour ce profil.", "Nothing is new for this profile."),
    "why": ("Raisons\u00a0:", "Reasons:"),
}


def word(lang: str, key: str) -> str:
    """One of the digest's own words."""
    return _WORDS[key][LANGUAGES.index(lang)]


@attrs.frozen
class News:
    """One course that is told of, and what happened to it."""

    match: Match
    events: tuple[Row, ...]


@attrs.frozen
class Digest:
    """The news for a profile, best course first."""

    ranking: Ranking
    since: str
    news: tuple[News, ...]

    @property
    def title(self) -> str:
        """The subject of a mail."""
        who, lang = self.ranking.profile, self.ranking.lang
        day = wording.day(lang, self.since)
        return word(lang, "title").format(role=render.plain(who.role or who.name), day=day)


def collect(found: Index, who: Profile, since: str, day: str, lang: str | None = None) -> Digest:
    """The courses to which something happened since a day (ISO date) and which rank for `who`.

    Of twins the one that suits best; those with little to do with the wishes as the list says it.
    """
    ranker = rank.Ranker(found.db, found, who, day)
    best = ranker.best(_AMONG)[:_AMONG]
    events = _events(found.db, since, best)
    held = (each for each in best if each.course["id"] in events)
    whole = sorted((c if c.whole else ranker.whole(c) for c in held), key=lambda each: each.key)
    kept = single((each for each in whole if each.key <= best[-1].key), MOST)
    listed = ranker.matches(ranker.shortlist(TOP)) if kept else ()
    matches = ranker.matches([Chosen(each) for each in kept])
    matches = compared((*listed, *matches), who)[len(listed) :]
    news = tuple(News(match, tuple(events[match.course["id"]])) for match in matches)
    return Digest(ranker.ranking(matches, lang), since, news)


def _events(db: sqlite3.Connection, since: str, best: Sequence[Candidate]) -> dict[int, list[Row]]:
    """What happened to these courses, all of it, however much happened to others."""
    of = {candidate.course["id"] for candidate in best}
    events: dict[int, list[Row]] = {}
    for event in reading.changes_since(db, since, what=EVENTS, courses=of, limit=None):
        events.setdefault(event["course_id"], []).append(event)
    return events


def happened(news: News, lang: str) -> list[str]:
    """What happened, each event once, in words."""
    said = []
    for event in news.events:
        words = word(lang, event["what"])
        priced = event["what"].endswith("down") and event["old"] and event["new"] is not None
        said.append(f"{words} ({_fall(news, event, lang)})" if priced else words)
    return list(dict.fromkeys(said))


def _fall(news: News, event: Row, lang: str) -> str:
    """ "90 € → 10 €" """
    currency = news.match.course["currency"]
    prices = (wording.money(lang, float(event[name]), currency) for name in ("old", "new"))
    return " → ".join(prices)


def reasons(match: Match, lang: str) -> str:
    """The wishes that it answers most, and what speaks for it beside the facts shown."""
    named = render.answers(match, lang)[:_REASONS]
    signals = [p for p in match.signals if p.points > 0 and p.name not in render.GLANCED]
    signals.sort(key=lambda part: -part.points)
    return wording.joined((*named, *(says(part, lang) for part in signals[:_REASONS])))


def told(news: News, digest: Digest) -> list[str]:
    """What is said of one course below its title, line by line."""
    lang, match = digest.ranking.lang, news.match
    lines = (
        wording.joined(happened(news, lang)),
        wording.joined(render.facts_of(match, digest.ranking)),
        *_kept(match, lang),
        f"{word(lang, 'why')} {reasons(match, lang)}",
    )
    return [line for line in lines if line]


def _kept(match: Match, lang: str) -> list[str]:
    """What the list would say of the course: it is loose; it is elsewhere, too."""
    loose = [wording.phrase(lang, "loose")] if match.loose else []
    return [*loose, render.elsewhere(match, lang)] if match.also else loose


def as_text(digest: Digest) -> str:
    """Plain text, 80 columns."""
    return "\n".join(_lines(digest)) + "\n"


def _lines(digest: Digest) -> Iterator[str]:
    lang = digest.ranking.lang
    yield from textwrap.wrap(digest.title, render.WIDTH)
    yield ""
    if not digest.news:
        yield word(lang, "none")
    for news in digest.news:
        match = news.match
        yield from textwrap.wrap(render.plain(match.course["title"]), render.WIDTH)
        for line in told(news, digest):
            shown = render.plain(line)
            yield from textwrap.wrap(
                shown, render.WIDTH, initial_indent="  ", subsequent_indent="    "
            )
        yield f"  {render.plain(match.course['url'])}"
        yield ""


def as_html(digest: Digest) -> str:
    """One page that a mail can carry: no script, no style sheet, nothing to fetch."""
    lang = digest.ranking.lang
    items = "".join(_item(news, digest) for news in digest.news)
    body = f"<ol>{items}</ol>" if items else f"<p>{html.escape(word(lang, 'none'))}</p>"
    title = html.escape(digest.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body><h1>{title}</h1>{body}</body></html>\n"
    )


def _item(news: News, digest: Digest) -> str:
    match = news.match
    title = html.escape(match.course["title"])
    url = match.course["url"]
    if url.startswith(("https://", "http://")):
        title = f'<a href="{html.escape(url)}" rel="noopener nofollow">{title}</a>'
    said = "<br>".join(html.escape(render.plain(line)) for line in told(news, digest))
    return f"<li><p><strong>{title}</strong><br>{said}</p></li>"


def as_atom(digest: Digest, db: sqlite3.Connection) -> str:
    """An Atom feed; a course keeps its entry's id for good."""
    from catalogue.export import feeds, selection

    ranking, lang = digest.ranking, digest.ranking.lang
    channel = feeds.Channel.for_profile(
        ranking.profile.role or ranking.profile.name,
        language=lang,
        day=digest.since,
        platforms=selection.platforms(db),
    )
    entries = []
    for news in digest.news:
        course = news.match.course
        row = reading.course(db, course["platform"], course["ref"], ranking.day)
        held = [wording.joined(happened(news, lang)), *_kept(news.match, lang)]
        why = " — ".join([*held, reasons(news.match, lang)])
        entries.append((row or {}, why))
    return feeds.atom(channel, entries).decode()


def written(digest: Digest, form: str, db: sqlite3.Connection) -> str:
    """In one of the forms: text, html or atom."""
    if form == "atom":
        return as_atom(digest, db)
    return as_html(digest) if form == "html" else as_text(digest)


def mail(digest: Digest) -> None:
    """Send by the operator's own SMTP server, which the environment names."""
    said = {n: os.environ.get(f"MOOCSCOUT_{n}", "") for n in ("MAIL_FROM", "MAIL_TO", "SMTP_HOST")}
    if missing := [f"MOOCSCOUT_{name}" for name, value in said.items() if not value]:
        raise WrongUse(f"set {', '.join(missing)} to send mail")
    message = EmailMessage()
    message["Subject"] = " ".join(digest.title.split())
    message["From"], message["To"] = said["MAIL_FROM"], said["MAIL_TO"]
    message.set_content(as_text(digest))
    message.add_alternative(as_html(digest), subtype="html")
    host, port = said["SMTP_HOST"], os.environ.get("MOOCSCOUT_SMTP_PORT", "587")
    if not port.isdigit():
        raise WrongUse(f"MOOCSCOUT_SMTP_PORT must be a number such as 587, not {port!r}")
    try:
        _send(message, host, int(port))
    except (OSError, smtplib.SMTPException) as error:
        why = f"{host}:{port} did not take the mail: {error}"
        raise MoocscoutError(f"{why}; check MOOCSCOUT_SMTP_HOST, PORT, USER, PASSWORD") from error


def _send(message: EmailMessage, host: str, port: int) -> None:
    user = os.environ.get("MOOCSCOUT_SMTP_USER")
    with smtplib.SMTP(host, port, timeout=30) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        elif user:
            raise WrongUse(f"{host}:{port} offers no encryption; a password is not sent in clear")
        if user:
            server.login(user, os.environ.get("MOOCSCOUT_SMTP_PASSWORD", ""))
        server.send_message(message)


@click.command()
@click.argument("name", metavar="PROFILE", required=False)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option(
    "--all",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write every shipped profile's, in all forms, into DIR.",
)
@click.option(
    "--since",
    metavar="YYYY-MM-DD",
    callback=day_of,
    help="First day of news.  [default: the newest crawl's]",
)
@click.option("--format", "form", type=click.Choice(("html", "text", "atom")), default="text")
@click.option("--lang", type=click.Choice(LANGUAGES), help="[default: the profile's]")
@click.option("--mail", "mailed", is_flag=True, help="Send it: MOOCSCOUT_SMTP_HOST, MAIL_TO ...")
@day_option
@db_option
def digest(
    name: str | None,
    file: Path | None,
    folder: Path | None,
    since: str | None,
    form: str,
    lang: str | None,
    mailed: bool,
    day: str,
    db: Path,
) -> None:
    """What is new for a PROFILE since a day: to the screen, a FILE, or by mail.

    New and reopened courses, new dates and lower prices, of the courses that would stand
    among the profile's best, with the reasons.
    """
    if (name is None) == (folder is None):
        raise WrongUse("name one PROFILE, or a folder with --all DIR for every shipped profile")
    found = index.filled(db)
    since = since or _newest(found, db)
    if folder is not None:
        _write_all(found, folder, since, day)
        return
    collected = collect(found, profile.load(name or ""), since, day, lang)
    if mailed:
        mail(collected)
        say(f"sent: {len(collected.news)} courses")
    elif file:
        _write(file, written(collected, form, found.db))
    else:
        click.echo(written(collected, form, found.db), nl=False)


def _newest(found: Index, db: Path) -> str:
    (newest,) = found.db.execute("select data_date from about").fetchone()
    if newest is None:
        raise WrongUse(f"{db} holds no crawl; run `moocscout crawl` first")
    return str(newest)


_ENDINGS = {"text": "txt", "html": "html", "atom": "atom"}


def _write_all(found: Index, folder: Path, since: str, day: str) -> None:
    output.make_folder(folder)
    for name in profile.shipped():
        collected = collect(found, profile.load(name), since, day, None)
        for form, ending in _ENDINGS.items():
            _write(folder / f"{name}.{ending}", written(collected, form, found.db))


def _write(file: Path, text: str) -> None:
    with output.written(str(file)) as target:
        target.write(text.encode())
