"""Fixtures for every test: invented sites on loopback, and the folder beside the checkout."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import attrs
import pytest

from catalogue import store
from catalogue.course import Course, Platform
from catalogue.harvest import Harvest
from crawlers.demo import DemoSite

DAY = "2026-11-22"

# A shell that runs the tests in its background has them ignore Ctrl-C, and what they start would
# inherit that; tests that interrupt a process would then wait for ever.
if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    and threading.current_thread() is threading.main_thread()
):
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def demo_site() -> Iterator[Callable[..., DemoSite]]:
    """Start invented sites: `demo_site("fun", faults=[...], drop=0.5)`; they end with the test."""
    with ExitStack() as stack:

        def start(platform: Any = "fun", day: str = DAY, **bends: Any) -> DemoSite:
            return stack.enter_context(DemoSite(day, platform, **bends))

        yield start


@attrs.frozen
class DemoRun:
    """`moocscout demo` as it ended, and the catalogue that it left."""

    ended: subprocess.CompletedProcess[str]
    catalogue: Path


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    """One run of the demo in each process that runs tests."""
    folder = tmp_path_factory.mktemp("demo")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOOCSCOUT")}
    ended = subprocess.run(
        [sys.executable, "-m", "moocscout", "demo", "--day", DAY, "--into", str(folder)],
        env=clean | {"DEMO_SERVE": "0"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return DemoRun(ended, folder / "catalogue.db")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with recorded answers and real data; skips without it."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder.name}/ is not beside the checkout")
    return folder


@pytest.fixture
def stock(tmp_path: Path) -> Callable[..., Path]:
    """Load courses into this test's catalogue, those of fixtures/shelf.jsonl where none are."""

    def load(*courses: Course, day: str = DAY) -> Path:
        path = tmp_path / "catalogue.db"
        lines = (Path(__file__).parent / "fixtures" / "shelf.jsonl").read_text(encoding="utf-8")
        shelf = courses or [Course.from_json(line) for line in lines.splitlines()]
        for name in sorted({course.platform for course in shelf}):
            held = [course for course in shelf if course.platform == name]
            harvest = Harvest(tmp_path / f"{name}.harvest", day=day)
            harvest.add(held)
            platform = Platform(
                name=name,
                title=name.upper(),
                home=f"https://{name}.example",
                languages=("fr", "en"),
                timezone="Europe/Paris",
                licence="invented",
                terms=f"https://{name}.example/terms",
                robots="obeyed",
                audience="public",
                floor=0,
            )
            report = store.Report(
                day=day,
                started=f"{day}T01:00:00Z",
                finished=f"{day}T02:00:00Z",
                ended_by_itself=True,
                announced=len(held),
            )
            store.load(path, platform, harvest, report)
            harvest.discard()
        return path

    return load


@attrs.frozen
class Ended:
    """A run of the command: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., Ended]:
    """Run `moocscout` in a process of its own, on a catalogue of this test's."""

    def run(*arguments: object, **environment: str) -> Ended:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("MOOCSCOUT")}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "moocscout", *map(str, arguments)],
            env=clean | {"MOOCSCOUT_DB": str(tmp_path / "catalogue.db")} | environment,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ended(done.returncode, done.stdout, done.stderr)

    return run


@attrs.define
class StandIn:
    """A site on loopback that gives set answers: target -> (status, content type, body)."""

    answers: dict[str, tuple[int, str, bytes]]
    url: str = ""
    asked: list[str] = attrs.Factory(list)

    def answer(self, target: str) -> tuple[int, str, bytes]:
        self.asked.append(target)
        if target == "/robots.txt" and target not in self.answers:
            return 200, "text/plain", b"User-agent: *\nDisallow:\n"
        return self.answers.get(target, (404, "text/plain", b"not here"))


@pytest.fixture
def stand_in() -> Iterator[Callable[..., StandIn]]:
    """Start sites that give set answers; they end with the test."""
    with ExitStack() as stack:

        def start(answers: dict[str, tuple[int, str, bytes]]) -> StandIn:
            site = StandIn(answers)

            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    status, kind, body = site.answer(self.path)
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

                def log_message(self, *_: object) -> None:
                    pass

            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            thread = Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            site.url = f"http://127.0.0.1:{server.server_port}"
            return site

        yield start


Headers = Mapping[str, str]


@pytest.fixture
def host() -> Iterator[Callable[..., str]]:
    """Start a site that a function speaks for, `answer(target, headers)` giving (status, headers,
    body); gives its address. It ends with the test."""
    with ExitStack() as stack:

        def start(answer: Callable[[str, Headers], tuple[int, Headers, bytes]]) -> str:
            class Handler(BaseHTTPRequestHandler):
                def do_GET(self) -> None:
                    status, headers, body = answer(self.path, dict(self.headers))
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(body)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)

                def log_message(self, *_: object) -> None:
                    pass

            server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            thread = Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield start


@pytest.fixture
def make_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a file: of bytes or text, or a zip of members given as a dict."""

    def write(name: str, content: bytes | str | Mapping[str, bytes | str]) -> Path:
        path = tmp_path / name
        if isinstance(content, Mapping):
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for member, data in content.items():
                    archive.writestr(member, data)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
