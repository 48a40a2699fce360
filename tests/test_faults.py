"""Every kind of fault against every kind of engine: partial, nothing withdrawn, and it is said.

The sites are invented, each on a port of its own; all crawls run in two processes, side by side.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

import attrs
import pytest

from crawlers.demo.coursera import CourseraSite
from crawlers.demo.exchange import Answer, Asked, as_json, page, plain, xml
from crawlers.demo.faults import Fault, Faults, Kind
from crawlers.demo.offer import make_offer
from crawlers.demo.richie import RichieSite
from crawlers.order import platforms

DAY, NEXT = "2026-11-22", "2026-11-29"
Parts = Sequence[Sequence[int]]
WHOLE: Parts = ([1, 2], [3, 4], [5, 6])
TWICE: Parts = ([1, 2], [2, 3, 4], [4, 5, 6])
HALF: Parts = ([1], [2], [3])
CHANNELS = "name,channel_id,brand,language,audience,note\n" + "".join(
    f"C{n},UC{str(n) * 22},Maison,fr,public,\n" for n in (1, 2, 3)
)


def courses_of(parts: Parts) -> int:
    return len({number for part in parts for number in part})


def mit_learn(parts: Parts, home: str) -> dict[str, Answer]:
    found, offset = {}, 0
    for part in parts:
        items = [{"id": n, "title": f"T{n}", "url": f"{home}/{n}"} for n in part]
        said = {"count": courses_of(parts), "next": part is not parts[-1], "results": items}
        found[f"/api/v1/courses/?limit=100&offset={offset}"] = as_json(said)
        offset += len(part)
    nothing = {"count": 0, "next": None, "results": []}
    return found | {"/api/v1/programs/?limit=100&offset=0": as_json(nothing)}


def microsoft_learn(parts: Parts, home: str) -> dict[str, Answer]:
    items = [
        {"uid": str(n), "title": f"T{n}", "url": f"{home}/{n}"} for part in parts for n in part
    ]
    path = {"uid": "p", "title": "P", "url": f"{home}/p", "modules": ["1"]}
    lists = {"modules": items, "learningPaths": [path]}
    names = {"subjects": [{"id": "s", "name": "S"}]}
    asked = "/api/catalog/?locale={}&type={}"
    return {asked.format("fr-fr", "levels%2Croles%2Cproducts%2Csubjects"): as_json(names)} | {
        asked.format(locale, kind): as_json({kind: listed})
        for kind, listed in lists.items()
        for locale in ("fr-fr", "en-us")
    }


def openhpi(parts: Parts, home: str) -> dict[str, Answer]:
    path, found = "/bridges/moochub/courses", {}
    for number, part in enumerate(parts, 1):
        links = {"last": f"{home}{path}?page={len(parts)}"}
        if number < len(parts):
            links["next"] = f"{home}{path}?page={number + 1}"
        data = [
            {"id": str(n), "type": "Course", "attributes": {"name": f"T{n}", "url": f"{home}/{n}"}}
            for n in part
        ]
        found[path + f"?page={number}" * (number > 1)] = as_json({"links": links, "data": data})
    return found


def fun_lms(parts: Parts, home: str) -> dict[str, Answer]:
    path, found = "/api/courses/v1/courses/", {}
    for number, part in enumerate(parts, 1):
        runs = [{"id": f"course-v1:O+N{n}+R", "name": f"T{n}", "org": "O", "number": f"N{n}",
                 "hidden": False} for n in part]  # fmt: skip
        more = f"{home}{path}?page={number + 1}" if number < len(parts) else None
        said = {"results": runs, "pagination": {"next": more, "count": courses_of(parts)}}
        found[f"{path}?page={number}" if number > 1 else f"{path}?page_size=100"] = as_json(said)
        found |= {f"{path}{run['id']}/": as_json(run) for run in runs}
    return found


def edx(parts: Parts, home: str) -> dict[str, Answer]:
    def site_map(kind: str, entry: str, paths: Sequence[str]) -> Answer:
        urls = "".join(f"<{entry}><loc>{home}{path}</loc></{entry}>" for path in paths)
        return xml(f'<{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</{kind}>')

    found = {}
    for number, part in enumerate(parts, 1):
        pages = {f"/learn/art/c{n}": f'{{"@type": "Course", "name": "T{n}"}}' for n in part}
        found |= {path: page(f'<script type="application/ld+json">{json_ld}</script>')
                  for path, json_ld in pages.items()}  # fmt: skip
        found[f"/map{number}.xml"] = site_map("urlset", "url", list(pages))
    index = [f"/map{number}.xml" for number in range(1, len(parts) + 1)]
    return found | {"/sitemap.xml": site_map("sitemapindex", "sitemap", index)}


def youtube(parts: Parts, home: str) -> dict[str, Answer]:
    found = {}
    for number, part in enumerate(parts, 1):
        videos = "".join(
            f'<entry><videoId>v{n}</videoId><title>T{n}</title><link href="{home}/{n}"/></entry>'
            for n in part
        )
        target = f"/feeds/videos.xml?channel_id=UC{str(number) * 22}"
        found[target] = xml(f'<feed xmlns="http://www.w3.org/2005/Atom">{videos}</feed>')
    return found


@attrs.frozen
class Canned:
    """A site that gives set answers."""

    answers: Mapping[str, Answer]

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return plain("User-agent: *\nDisallow:\n")
        return self.answers.get(asked.target, Answer(404))


@attrs.frozen
class Engine:
    """How an engine's site is made, and the list in the middle of it that a fault strikes."""

    name: str
    struck: str
    """Pattern of the struck target."""
    left: int
    """Courses that are read all the same."""
    made: Callable[[Parts, str], dict[str, Answer]] | None = None

    def site(self, parts: Parts, url: str) -> Any:
        if self.made:
            return Canned(self.made(parts, platforms()[self.name].home))
        few: dict[str, Any] = {"drop": 0.9 if parts is HALF else 0.8}
        if parts is TWICE:
            few |= {"duplicate_ids": 3, "announce": 12}
        offer = make_offer("fun" if self.name == "fun" else "coursera", DAY, **few)
        return (RichieSite if self.name == "fun" else CourseraSite)(offer, url, self.name)


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("fun", r"/api/v1\.0/courses/", 0),
        Engine("coursera", r"/sitemap~www~courses", 0),
        Engine("coursera_api", r"/api/courses\.v1", 0),
        Engine("mit_learn", r"courses/\?limit=100&offset=2", 4, mit_learn),
        Engine("microsoft_learn", r"locale=en-us&type=modules", 1, microsoft_learn),
        Engine("openhpi", r"page=2", 4, openhpi),
        Engine("fun_lms", r"page=2", 0, fun_lms),
        Engine("edx", r"/map2\.xml", 4, edx),
        Engine("youtube", r"channel_id=UC2", 4, youtube),
    )
}
KINDS = [kind for kind in get_args(Kind) if kind != "slow"]
SIGNS = {
    "http_404": "HTTP 404", "http_429": "HTTP 429", "http_500": "HTTP 500",
    "http_503": "HTTP 503", "timeout": "Timeout", "truncated": "DataLoss",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Case:
    """One crawl of one site."""

    engine: str
    fault: str = ""
    times: int | None = None
    parts: Parts = WHOLE

    @property
    def name(self) -> str:
        return f"{self.engine}-{self.fault}-{self.times}-{sum(map(len, self.parts))}"

    @property
    def faults(self) -> list[Fault]:
        kind, struck = self.fault, ENGINES[self.engine].struck
        if kind.startswith("robots "):
            kind, struck = kind.removeprefix("robots "), r"^/robots\.txt"
        # Retry-After 0: it is asked again at once; a timeout is longer than the crawler waits.
        seconds = {"http_429": 0, "timeout": 4}.get(kind, 0)
        return [Fault(struck, kind, self.times, seconds)] if kind in KINDS else []  # type: ignore[arg-type]


WHOLES = [Case(engine=name) for name in ENGINES]
FAULTY = [Case(engine=name, fault=kind) for name in ENGINES for kind in KINDS]
ROBOTS = [Case(engine=name, fault=f"robots {kind}") for name in ENGINES
          for kind in ("forbid", "http_500", "timeout")
          if name != "coursera_api"]  # fmt: skip
MENDED = [Case(engine=name, fault=kind, times=1) for name in ENGINES
          for kind in ("http_429", "http_500", "robots http_404")]  # fmt: skip
DOUBLED = [Case(engine=name, parts=TWICE) for name in ENGINES]
HALVED = [Case(engine=name, parts=HALF) for name in ENGINES]


@attrs.frozen
class Forbidding:
    """A site whose robots.txt has come to forbid all of it."""

    site: Any

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/robots.txt":
            return plain("User-agent: *\nDisallow: /\n")
        answer: Answer = self.site.answer(asked)
        return answer


class Ports:
    """Many sites in one thread, each on a port of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.loop.set_default_executor(ThreadPoolExecutor(64))  # as many may be made to wait
        self.closing = threading.Event()
        self.asked: dict[str, list[str]] = {}
        self.servers: list[asyncio.Server] = []
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()

    def open(self, case: Case) -> str:
        return asyncio.run_coroutine_threadsafe(self._open(case), self.loop).result()

    def close(self) -> None:
        self.closing.set()
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def _close(self) -> None:
        for server in self.servers:
            server.close()
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
        await self.loop.shutdown_default_executor()

    async def _open(self, case: Case) -> str:
        held: list[Any] = []

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with_head = await reader.readuntil(b"\r\n\r\n")
            line, *lines = with_head.decode("latin-1").split("\r\n")
            method, target, _ = line.split(" ")
            pairs = (each.split(": ", 1) for each in lines if ": " in each)
            asked = Asked(method, target, {name.lower(): value for name, value in pairs})
            self.asked[case.name].append(target)
            writer.write(await asyncio.to_thread(self._written, *held, asked))
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self.servers.append(server)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        site = ENGINES[case.engine].site(case.parts, url)
        site = Forbidding(site) if case.fault == "robots forbid" else site
        held += [site, Faults(case.faults, self.closing)]
        self.asked[case.name] = []
        return url

    def _written(self, site: Any, faults: Faults, asked: Asked) -> bytes:
        fault, answer = faults.due(asked), site.answer(asked)
        spoilt = faults.spoil(fault, asked, answer) if fault else answer
        if spoilt is None:
            return b""
        headers = {"Content-Length": str(len(spoilt.body)), **spoilt.headers, "Connection": "close"}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {spoilt.status} -\r\n{head}\r\n".encode("latin-1") + spoilt.body


RUN = """
import json, sys
from pathlib import Path
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from crawlers.order import Order, platforms
from crawlers.outcome import Outcome

crawlers, spiders = {}, platforms()
process = AsyncCrawlerProcess({"LOG_INSTALL_ROOT_HANDLER": False})  # theirs win
for name, platform, url, db, day, more in json.load(sys.stdin):
    order = Order(db=Path(db), day=day, base_url=url)
    settings = order.settings()
    settings.setdict(more, priority="cmdline")
    crawlers[name] = crawler = Crawler(spiders[platform], settings)
    opted = {"despite_robots": "yes"} if platform == "coursera_api" else {}
    process.crawl(crawler, **order.spider_arguments, **opted)
process.start()
json.dump({name: Outcome.of(each).as_json() for name, each in crawlers.items()}, sys.stdout)
"""


@attrs.frozen
class Ended:
    """What the crawls came to, by case."""

    folder: Path
    said: Mapping[str, Mapping[str, Any]]
    asked: Mapping[str, list[str]]

    def of(self, case: Case) -> Mapping[str, Any]:
        return self.said[case.name]

    def select(self, case: Case, sql: str) -> list[Any]:
        with sqlite3.connect(self.folder / f"{case.name}.db") as db:
            return db.execute(sql).fetchall()

    def whole(self, case: Case) -> int:
        """Courses of the engine's site when nothing is wrong."""
        return int(self.of(Case(engine=case.engine))["read"])


@contextmanager
def opened() -> Iterator[Ports]:
    ports = Ports()
    try:
        yield ports
    finally:
        ports.close()


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """A whole crawl of each engine's site, then one of every other case a week later."""
    folder = tmp_path_factory.mktemp("faults")
    channels = folder / "channels.csv"
    channels.write_text(CHANNELS, encoding="utf-8")

    def run(ports: Ports, cases: Sequence[Case], day: str) -> dict[str, Any]:
        orders = []
        for case in cases:
            db = folder / f"{case.name}.db"
            if day == NEXT:
                shutil.copy(folder / f"{Case(engine=case.engine).name}.db", db)
            more = {"DOWNLOAD_TIMEOUT": 2, "RETRY_TIMES": 0} if "timeout" in case.fault else {}
            orders.append((case.name, case.engine, ports.open(case), str(db), day, more))
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", RUN],
            input=json.dumps(orders), capture_output=True, text=True, check=False, timeout=120,
            env={"MOOCSCOUT_CHANNELS": str(channels), "PATH": ""},
            cwd=Path(__file__).parents[1],
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    with opened() as ports:
        said = run(ports, WHOLES, DAY)
        others = FAULTY + ROBOTS + MENDED + DOUBLED + HALVED
        said |= run(ports, [case for case in others if "timeout" not in case.fault], NEXT)
        said |= run(ports, [case for case in others if "timeout" in case.fault], NEXT)
        return Ended(folder, said, ports.asked)


def names(cases: Sequence[Case]) -> list[Any]:
    return [pytest.param(case, id=f"{case.engine} {case.fault}".strip()) for case in cases]


def reasons(said: Mapping[str, Any]) -> list[str]:
    """Why a crawl is partial, but for what holds of every crawl of YouTube."""
    return [each for each in said["reasons"] if "newest videos only" not in each]


@pytest.mark.parametrize("case", names(WHOLES))
def test_nothing_wrong_is_complete(case: Case, ended: Ended) -> None:
    said = ended.of(case)
    assert (reasons(said), said["errors"], said["rejected"]) == ([], 0, 0)
    assert said["read"] == said["new"] >= 6


@pytest.mark.parametrize("case", names(FAULTY))
def test_a_fault_in_the_list_is_partial_said_and_withdraws_nothing(
    case: Case, ended: Ended
) -> None:
    said = ended.of(case)
    assert "1 page could not be had" in said["reasons"]
    assert (said["verdict"], said["withdrawn"], said["changed"]) == ("partial", 0, 0)
    if case.fault == "bad_json":  # what stands before the break in a site map is read
        assert said["read"] >= ENGINES[case.engine].left
    else:
        assert said["read"] == ENGINES[case.engine].left, "the walk goes on where it can"
    issues = ended.select(case, "select kind, example from issue where kind = 'fetch'")
    assert len(issues) == 1
    assert SIGNS.get(case.fault, "") in issues[0][1]


@pytest.mark.parametrize("case", names(ROBOTS))
def test_robots_that_forbid_or_fail_end_the_visit(case: Case, ended: Ended) -> None:
    said = ended.of(case)
    assert (said["verdict"], said["read"], said["withdrawn"]) == ("partial", 0, 0)
    assert set(ended.asked[case.name]) == {"/robots.txt"}
    words = ended.select(case, "select example from issue where kind = 'fetch'")[0][0]
    expected = (
        "Forbidden by robots.txt" if "forbid" in case.fault else "robots.txt could not be had"
    )
    assert expected in words


@pytest.mark.parametrize("case", names(MENDED))
def test_what_fails_once_is_asked_again_and_no_robots_is_no_ban(case: Case, ended: Ended) -> None:
    said = ended.of(case)
    assert reasons(said) == []
    assert said["read"] == ended.whole(case)


@pytest.mark.parametrize("case", names(DOUBLED))
def test_what_is_listed_twice_counts_once(case: Case, ended: Ended) -> None:
    said = ended.of(case)
    assert reasons(said) == []
    assert said["read"] == ended.whole(case)


@pytest.mark.parametrize("case", names(HALVED))
def test_half_of_it_gone_is_not_believed(case: Case, ended: Ended) -> None:
    said = ended.of(case)
    assert (said["verdict"], said["withdrawn"]) == ("partial", 0)
    assert reasons(said) or case.engine == "youtube"


def test_every_engine_that_asks_a_site_is_tried() -> None:
    tried = {platforms()[name].__mro__[1] for name in ENGINES}
    assert tried == {each.__mro__[1] for each in platforms().values() if not each.offline}
