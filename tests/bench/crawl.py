"""A crawl with the whole pipeline (read, clean, check, store) against Scrapy without any.

Both run as processes of their own, in turn, the one that goes first changing from round to round.
The ratios are of processor time: the clock also counts what else the machine is doing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import attrs

from tests.bench import sites
from tests.bench.invented import courses
from tests.bench.serving import Answers, serving

_BARE = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    start_urls = sys.stdin.read().split()

    def parse(self, response):
        if b"json" in response.headers["Content-Type"]:
            answer = response.json()
            yield from answer.get("results") or answer["objects"]
        else:
            yield {"title": response.css("h1::text").get(), "text": response.css("p::text").get()}

process = AsyncCrawlerProcess({"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
                               "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False})
process.crawl(Bare)
process.start()
"""
# A process inherits the largest size of the one that started it: this one is small.
_WATCHED = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(f"\\n[{used.ru_utime + used.ru_stime}, {used.ru_maxrss}]", end="")
sys.exit(os.waitstatus_to_exitcode(status))
"""
_SIZES = (1_000, 10_000)
"""Courses of the crawls of which memory is measured, beside those asked for."""


@attrs.frozen
class Ran:
    """A process that has ended."""

    seconds: float
    processor: float
    """Seconds of processor time, the system's included."""
    megabytes: float
    """The most memory that it held."""
    said: bytes


def _run(command: list[str], given: str = "") -> Ran:
    begin = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-S", "-c", _WATCHED, *command],
        input=given.encode(),
        capture_output=True,
        check=False,
    )
    if ended.returncode:
        raise SystemExit(f"{' '.join(command[:5])} ended with {ended.returncode}")
    seconds = time.perf_counter() - begin
    said, _, used = ended.stdout.rpartition(b"\n")
    processor, kilobytes = json.loads(used)
    return Ran(seconds=seconds, processor=processor, megabytes=kilobytes / 1024, said=said)


def _ours(platform: str, base: str, db: Path) -> Ran:
    command = [sys.executable, "-m", "moocscout", "crawl", platform, "--json"]
    return _run([*command, "--base-url", base, "--db", str(db), "--day", "2026-11-22"])


def _bare(urls: list[str]) -> Ran:
    return _run([sys.executable, "-c", _BARE], "\n".join(urls))


def _compare(name: str, platform: str, site: tuple[Answers, list[str]], rounds: int) -> None:
    answers, paths = site
    ours: list[Ran] = []
    bare: list[Ran] = []
    with serving(answers) as base:
        for number in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                db = Path(folder) / "c.db"
                turns = [
                    lambda db=db: ours.append(_ours(platform, base, db)),  # type: ignore[misc]
                    lambda: bare.append(_bare([base + path for path in paths])),
                ]
                for turn in turns[:: 1 if number % 2 else -1]:
                    turn()
    (crawl,) = json.loads(ours[0].said)
    mine, peer = (median(each.processor for each in runs) for runs in (ours, bare))
    by_clock = median(b.seconds for b in bare) / median(o.seconds for o in ours)
    print(
        f"  {name:22} {crawl['read']:7,} courses, {crawl['requests']:6,} requests:"
        f" ours {mine:6.2f} s, bare Scrapy {peer:6.2f} s:"
        f" {peer / mine:4.2f} x its speed ({by_clock:4.2f} by the clock)"
    )


def _memory(count: int) -> None:
    answers, paths = sites.list_api(courses(count), count)
    with serving(answers) as base, tempfile.TemporaryDirectory() as folder:
        ours = _ours("mit_learn", base, Path(folder) / "c.db")
        bare = _bare([base + path for path in paths])
    print(
        f"  list API, {count:7,} courses: ours {ours.megabytes:4.0f} MB at most,"
        f" bare Scrapy {bare.megabytes:4.0f} MB; {ours.processor / count * 1e6:4.0f} and"
        f" {bare.processor / count * 1e6:4.0f} us of processor a course"
    )


def run(count: int, rounds: int) -> None:
    """Print the figures; pages, at one request each, are a tenth as many as courses of a list."""
    print(f"\nCrawl on loopback, whole processes, median of {rounds} in turn")
    _compare("list API", "mit_learn", sites.list_api(courses(count), count), rounds)
    few = list(courses(max(count // 10, 100)))
    _compare("Richie, list and pages", "fun", sites.richie(few), rounds)
    _compare("pages with JSON-LD", "coursera", sites.course_pages(few), rounds)
    print("\nMemory of a crawl, each process by itself")
    for size in sorted({*_SIZES, count}):
        _memory(size)
