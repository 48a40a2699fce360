"""`moocscout serve` as an operator runs it."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from recommend import index, serving

Stock = Callable[..., Path]
Command = Callable[..., Any]


@attrs.frozen
class Served:
    """A running `moocscout serve`."""

    process: subprocess.Popen[str]
    url: str
    said: str

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def stop(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Run the command on a free port; it ends with the test."""
    with ExitStack() as stack:

        def start(db: Path, *arguments: str) -> Served:
            process = stack.enter_context(
                subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "moocscout",
                        "serve",
                        "--db",
                        str(db),
                        "--port",
                        "0",
                        *arguments,
                    ],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                    env=os.environ | {"PYTHONUNBUFFERED": ""},
                )
            )
            stack.callback(process.kill)
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://[\d.]+:\d+", said)
            assert found, said + (process.stderr.read() if process.stderr else "")
            return Served(process, found[0], said)

        yield start


def test_it_serves_says_where_and_ends_cleanly(stock: Stock, serve: Callable[..., Served]) -> None:
    path = stock()
    site = serve(path, "--day", "2026-11-22")
    assert site.said == f"moocscout is at {site.url}/ (Ctrl-C to stop)\n"
    status, home = site.get("/fr/")
    assert status == 200
    assert "22\xa0novembre\xa02026" in home
    assert site.get("/recommend?profile=directeur-marketing")[0] == 200
    assert site.get("/-/databases.json")[0] == 200
    code, out, err = site.stop()
    assert (code, out, err) == (0, "", "moocscout has stopped\n")


def test_the_index_is_fitted_before_the_first_visitor(
    stock: Stock, serve: Callable[..., Served]
) -> None:
    path = stock()
    serve(path)
    with closing(sqlite3.connect(path)) as db:
        assert index.current(db) is not None


def test_a_public_host_is_closed(stock: Stock, serve: Callable[..., Served]) -> None:
    site = serve(stock(), "--public")
    assert site.get("/-/databases.json")[0] == 404
    assert site.get("/catalogue?sql=select+1")[0] == 403
    assert site.get("/fr/")[0] == 200
    assert site.stop(signal.SIGTERM)[2] == ""


def test_a_taken_port_is_named(stock: Stock, command: Command) -> None:
    stock()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = command("serve", "--port", port)
    assert ended.code == 2
    assert f"port {port} is taken; choose another, such as --port" in ended.err


def test_a_host_that_is_not_here(stock: Stock, command: Command) -> None:
    stock()
    ended = command("serve", "--host", "192.0.2.1", "--port", "0")
    assert ended.code == 2
    assert "try --host 127.0.0.1" in ended.err


def test_no_catalogue_yet(command: Command) -> None:
    ended = command("serve")
    assert ended.code == 2
    assert "run `moocscout crawl fun` first" in ended.err


def test_another_database_is_refused(command: Command, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "catalogue.db")) as db, db:
        db.execute("create table dog (name text)")
    ended = command("serve")
    assert ended.code == 2
    assert "not a moocscout catalogue" in ended.err


def test_a_newer_catalogue_is_refused(stock: Stock, command: Command) -> None:
    with closing(sqlite3.connect(stock())) as db:
        db.execute("pragma user_version = 999")
    ended = command("serve")
    assert ended.code == 2
    assert "newer moocscout" in ended.err


def test_what_nobody_described_is_not_served(stock: Stock, command: Command) -> None:
    with closing(sqlite3.connect(stock())) as db, db:
        db.execute("create table secret (x)")
    ended = command("serve")
    assert ended.code == 2
    assert "table secret has no description" in ended.err


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", ""])
def test_a_day_must_be_one(stock: Stock, command: Command, day: str) -> None:
    stock()
    ended = command("serve", "--day", day)
    assert ended.code == 2
    assert "write it as 2026-11-22" in ended.err


def test_a_day_must_be_of_our_times(stock: Stock, command: Command) -> None:
    stock()
    ended = command("serve", "--day", "0001-01-01")
    assert ended.code == 2
    assert "is not between 1970 and 2199" in ended.err


def test_every_table_of_the_arms_is_published() -> None:
    named = [table.name for table in serving.tables()]
    assert len(named) == len(set(named))
    assert {"course", "session", "term", "fact"} <= set(named)
