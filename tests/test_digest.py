"""The digest: what happened to courses that rank for a profile, in three forms and by mail."""

from __future__ import annotations

import email
import email.policy
import socketserver
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import attrs
import feedparser
import lxml.html
import pytest

from catalogue.course import Course, Session

Stock = Callable[..., Path]
Run = Callable[..., Any]
WEEK = "2026-11-29"
HOSTILE = "Le nudge <script>alert(1)</script> \x1b[31m"


def course(ref: str, title: str = "Le nudge en marketing", **facts: Any) -> Course:
    known = {
        "platform": "fun", "url": f"https://fun.example/{ref}?a=1&b=2", "language": "fr",
        "description": "Économie comportementale, innovation et marketing.",
        "price": 90.0, "currency": "EUR",
        "sessions": (Session(ref="s", start="2026-12-10", enrolment_end="2026-12-09"),),
    }  # fmt: skip
    return Course(ref=ref, title=title, **(known | facts))


@pytest.fixture
def week(stock: Stock) -> Path:
    """A week in which one course came, one fell in price, one did not change, one is off topic."""
    before = [course("1"), course("2", "Marketing et nudge"), course("3", "Nudge, encore")]
    stock(*before)
    cheaper = attrs.evolve(before[1], price=10.0)
    other = course("5", "Mécanique des fluides", description="Turbulence et viscosité.")
    return stock(before[0], cheaper, before[2], course("4", HOSTILE), other, day=WEEK)


@pytest.fixture
def digest(week: Path, command: Run) -> Run:
    def run(*more: str, **environment: str) -> Any:
        asked = ("digest", "directeur-marketing", "--since", WEEK, "--day", WEEK, *more)
        return command(*asked, "--db", week, **environment)

    return run


def test_text_tells_what_happened_and_why_in_80_columns(digest: Run) -> None:
    found = digest()
    assert (found.code, found.err) == (0, "")
    assert "Nouveau\n" in found.out
    assert "Prix en baisse (90\xa0€ → 10\xa0€)" in found.out
    assert "Raisons\xa0: nudge" in found.out
    assert "Nudge, encore" not in found.out
    assert "fluides" not in found.out
    assert "\x1b" not in found.out
    assert max(map(len, found.out.splitlines())) <= 80
    assert "\xa0·" in found.out
    assert " ·" not in found.out, "a line that breaks there would begin with the dot"


def test_nothing_that_happened_to_others_hides_the_news(digest: Run, week: Path) -> None:
    with closing(sqlite3.connect(week)) as db, db:
        (fluids,) = db.execute("select id from course where ref = '5'").fetchone()
        moved = [(fluids, "2026-11-30", str(at)) for at in range(6_000)]
        db.executemany(
            "insert into change (course_id, crawl_id, day, field, new)"
            " select ?, max(id), ?, 'back', ? from crawl", moved,
        )  # fmt: skip
    found = digest()
    assert found.out.count("https://fun.example/") == 2
    assert "fluides" not in found.out


def test_html_holds_nothing_that_runs_or_is_fetched(digest: Run) -> None:
    page = lxml.html.fromstring(digest("--format", "html").out)
    assert page.get("lang") == "fr"
    assert not page.xpath("//script | //img | //link | //style | //iframe")
    assert "alert(1)" in page.text_content()
    links = page.xpath("//a/@href")
    assert set(links) == {"https://fun.example/2?a=1&b=2", "https://fun.example/4?a=1&b=2"}


def test_atom_is_valid_and_keeps_its_ids(digest: Run, tmp_path: Path) -> None:
    file = tmp_path / "news.atom"
    assert digest("--format", "atom", str(file)).out == ""
    feed = feedparser.parse(file.read_bytes())
    assert not feed.bozo
    assert len(feed.entries) == 2
    assert {each.id for each in feed.entries} == {
        each.id for each in feedparser.parse(digest("--format", "atom").out.encode()).entries
    }


def test_english_and_quiet_weeks(digest: Run, week: Path, command: Run) -> None:
    assert "Price down" in digest("--lang", "en").out
    later = command("digest", "cmo", "--since", "2027-01-01", "--db", week)
    assert (later.code, "Nothing is new" in later.out) == (0, True)


@pytest.fixture
def twins(stock: Stock, command: Run) -> Callable[..., str]:
    """The digest of a week in which one course came to two platforms, and one of little to do."""

    def told(*more: str) -> str:
        old = [
            course(str(at), f"Nudge et innovation {at}", description="Économie comportementale.")
            for at in range(1, 4)
        ]
        stock(*old)
        same = {"title": "Le nudge au quotidien", "provider": "Quais"}
        dear = course("9", platform="coursera", price=300.0, **same)
        free = course("9", platform="fun", access="free_full", **same | {"price": 0.0})
        parts = " ".join(f"pompe{at} vanne{at}" for at in range(90))
        loose = course("8", "Mécanique", description=f"Une innovation\u202f: {parts}")
        path = stock(*old, dear, free, loose, day=WEEK)
        asked = ("digest", "directeur-marketing", "--since", WEEK, "--day", WEEK, "--db", path)
        return str(command(*asked, *more).out)

    return told


def test_one_course_on_two_platforms_is_one_piece_of_news(twins: Callable[..., str]) -> None:
    found = twins()
    assert found.count("Le nudge au quotidien") == 1
    assert "Aussi sur coursera (300\xa0€, ouvert)" in found
    assert "https://fun.example/9" in found
    page = lxml.html.fromstring(twins("--format", "html"))
    assert page.text_content().count("Aussi sur coursera") == 1


def test_news_of_little_to_do_with_the_wishes_says_so(twins: Callable[..., str]) -> None:
    before, _, after = twins().partition("Mécanique\n")
    assert "Peu de rapport avec vos souhaits" in after
    assert "Peu de rapport avec vos souhaits" not in before
    entries = feedparser.parse(twins("--format", "atom").encode()).entries
    (loose,) = [each for each in entries if each.title == "Mécanique"]
    assert "Peu de rapport avec vos souhaits" in loose.summary


class _Talk(socketserver.StreamRequestHandler):
    """Just enough of SMTP (RFC 5321) to take one mail."""

    def handle(self) -> None:
        self.wfile.write(b"220 loopback\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.taken.append(b"".join(lines))  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def post() -> Iterator[Any]:
    """A mail server on loopback; `taken` holds what it was sent."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.taken = []  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_mail_goes_by_the_operators_server(digest: Run, post: Any) -> None:
    settings = {
        "MOOCSCOUT_SMTP_HOST": "127.0.0.1",
        "MOOCSCOUT_SMTP_PORT": str(post.server_address[1]),
        "MOOCSCOUT_MAIL_FROM": "catalogue@example.org",
        "MOOCSCOUT_MAIL_TO": "claire@example.org",
    }
    assert digest("--mail", **settings).code == 0
    (raw,) = post.taken
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert "Du nouveau" in mail["Subject"]
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    refused = digest("--mail", **settings, MOOCSCOUT_SMTP_USER="me")
    assert (refused.code, "in clear" in refused.err) == (2, True)
    assert len(post.taken) == 1


def test_mail_without_settings_says_which(digest: Run) -> None:
    found = digest("--mail")
    assert (found.code, "MOOCSCOUT_SMTP_HOST" in found.err) == (2, True)
    dead = {"MOOCSCOUT_SMTP_HOST": "127.0.0.1", "MOOCSCOUT_SMTP_PORT": "1"}
    sent = {"MOOCSCOUT_MAIL_FROM": "a@example.org", "MOOCSCOUT_MAIL_TO": "b@example.org"}
    assert "did not take the mail" in digest("--mail", **dead, **sent).err
