"""Pages: ours and Datasette's in our dress against plain `datasette catalogue.db`, in turn."""

from __future__ import annotations

import http.client
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import shelf

PAGES: dict[str, tuple[str, str | None]] = {
    "versions.json": ("/-/versions.json", "/-/versions.json"),
    "table": ("/{db}/course", "/{db}/course"),
    "table, one facet": ("/{db}/course?_facet=level", "/{db}/course?_facet=level"),
    "table, filter": (
        "/{db}/course?platform=beta&language=fr",
        "/{db}/course?platform=beta&language=fr",
    ),
    "table, search": ("/{db}/course?_search=maro", "/{db}/course?_search=maro"),
    "table, sort": ("/{db}/course?_sort=rating", "/{db}/course?_sort=rating"),
    "table, another page": ("/{db}/course?_next={n}000", "/{db}/course?_next={n}000"),
    "row": ("/{db}/course/{n}7", "/{db}/course/{n}7"),
    "saved query: open_now": ("/{db}/open_now?day=2026-11-22", None),
    "saved query: search": ("/{db}/search?q=maro", None),
    "home": ("/fr/", None),
    "search": ("/fr/search?q=maro", None),
    "recommend": (f"/fr/recommend?profile={shelf.ROLE}", None),
    "recommend, other hours": (f"/fr/recommend?profile={shelf.ROLE}&hours={{n}}", None),
    "course": ("/fr/course/beta/{n}6", None),
    "data": ("/fr/data", None),
    "api: recommend": (f"/-/moocscout/api/v1/recommend?profile={shelf.ROLE}", None),
}
"""Name -> our address, and the plain instance's; one of ours alone is put beside its table.

Our site keeps pages and counts until the file changes: {n} asks for another one in each round.
"""


@contextmanager
def _serving(arguments: list[str], port: int) -> Iterator[http.client.HTTPConnection]:
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _answering(port)
    finally:
        process.terminate()
        process.wait()


def _answering(port: int) -> http.client.HTTPConnection:
    for _ in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/-/versions.json")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.5)
        else:
            return connection
    raise TimeoutError(f"nothing answers on port {port}")


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _spent(connection: http.client.HTTPConnection, path: str) -> float:
    begin = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    spent = (time.perf_counter() - begin) * 1000
    # A server lets go of a connection that waits for the other server's slow pages.
    connection.close()
    return spent if answer.status == 200 else float("nan")


def run(count: int, rounds: int) -> None:
    path = shelf.catalogue(count)
    ours, plain = _free(), _free()
    serve = ["moocscout", "serve", "--db", str(path), "--day", shelf.DAY, "--port", str(ours)]
    with (
        _serving(serve, ours) as mine,
        _serving(["datasette", str(path), "-p", str(plain)], plain) as theirs,
    ):
        _print(count, rounds, _measured(path, rounds, mine, theirs))


def _measured(
    path: Path,
    rounds: int,
    mine: http.client.HTTPConnection,
    theirs: http.client.HTTPConnection,
) -> dict[str, tuple[float, float]]:
    """Name -> medians of ours and of the plain instance; the first round warms up."""
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in PAGES}
    for number in range(rounds + 1):
        for name, (our_path, its_path) in PAGES.items():
            here = our_path.format(db="catalogue", n=number + 1)
            there = its_path.format(db=path.stem, n=number + 1) if its_path else None
            pair = (_spent(mine, here), _spent(theirs, there) if there else float("nan"))
            spent[name].append(pair)
    return {
        name: (statistics.median(a for a, _ in held[1:]), statistics.median(b for _, b in held[1:]))
        for name, held in spent.items()
    }


def _print(count: int, rounds: int, found: dict[str, tuple[float, float]]) -> None:
    floor, table = found["versions.json"][0], found["table"][1]
    print(f"\nPages, {count} courses, median of {rounds}")
    for name, (ours, theirs) in found.items():
        beside = theirs if re.match(r"\d", f"{theirs}") else table
        print(
            f"  {name:28} {ours:9.1f} ms  {ours / beside:7.4f} x plain datasette"
            f"  {ours / floor:6.1f} x versions.json"
        )
