"""A crawl with the whole pipeline (read, clean, check, store) against Scrapy without any."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from catalogue.course import Course
from tests.bench.invented import courses
from tests.bench.serving import Answers, serving

_BARE = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    start_urls = sys.argv[1:]

    def parse(self, response):
        if response.url.endswith(".html"):
            yield {{"title": response.css("h1::text").get(), "text": response.css("p::text").get()}}
        else:
            yield from response.json()["results"]

process = AsyncCrawlerProcess({{"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
                               "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}})
process.crawl(Bare)
process.start()
"""


def _resource(course: Course) -> dict[str, object]:
    """An invented course as MIT Learn's API writes one."""
    return {
        "id": int(course.ref), "readable_id": f"r{course.ref}", "title": course.title,
        "description": course.summary, "full_description": f"<p>{course.description}</p>",
        "url": f"https://example.org/{course.ref}", "topics": [{"id": 1, "name": "Business"}],
        "offered_by": {"code": "x", "name": course.provider}, "prices": ["0.00"], "free": True,
        "languages": ["en-us"], "pace": [{"code": "self_paced", "name": "Self-paced"}],
        "min_weeks": 4, "max_weeks": 4, "min_weekly_hours": 2, "max_weekly_hours": 4, "runs": [],
    }  # fmt: skip


def _list_pages(found: list[Course]) -> Answers:
    answers = {"/robots.txt": ("text/plain", b"User-agent: *\nAllow: /\n")}
    empty = json.dumps({"count": 0, "next": None, "results": []}).encode()
    answers["/api/v1/programs/?limit=100&offset=0"] = ("application/json", empty)
    for begin in range(0, len(found), 100):
        target = f"/api/v1/courses/?limit=100&offset={begin}"
        more = None if begin + 100 >= len(found) else f"?offset={begin + 100}"
        results = [_resource(course) for course in found[begin : begin + 100]]
        page = {"count": len(found), "next": more, "results": results}
        answers[target] = ("application/json", json.dumps(page).encode())
    return answers


def _course_pages(found: list[Course]) -> Answers:
    """Pages of some 50 kB with JSON-LD, under a site map."""
    padding = "<!--" + "x" * 48_000 + "-->"
    urls = "".join(f"<url><loc>https://www.coursera.org/learn/c{c.ref}</loc></url>" for c in found)
    index = "<sitemap><loc>https://www.coursera.org/sitemap~www~courses.xml</loc></sitemap>"
    answers = {
        "/robots.txt": ("text/plain", b"User-agent: *\nAllow: /\n"),
        "/sitemap.xml": ("text/xml", f"<sitemapindex>{index}</sitemapindex>".encode()),
        "/sitemap~www~courses.xml": ("text/xml", f"<urlset>{urls}</urlset>".encode()),
    }  # fmt: skip
    for course in found:
        node = {
            "@type": "Course", "name": course.title, "description": course.description,
            "inLanguage": "en", "provider": {"name": course.provider},
            "hasCourseInstance": {"courseWorkload": "PT12H"}, "teaches": list(course.skills or ()),
        }  # fmt: skip
        page = (
            f"<html><head><title>t</title><script type='application/ld+json'>{json.dumps(node)}"
            f"</script></head><body><h1>{course.title}</h1><p>{course.description}</p>"
            f"{padding}</body></html>"
        )
        answers[f"/learn/c{course.ref}"] = ("text/html; charset=utf-8", page.encode())
        answers[f"/learn/c{course.ref}.html"] = answers[f"/learn/c{course.ref}"]
    return answers


def _timed(command: list[str]) -> tuple[float, float]:
    """(seconds, peak MB) of a command."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - begin
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _ours(platform: str, base: str) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        db = str(Path(folder) / "c.db")
        command = [sys.executable, "-m", "moocscout", "crawl", platform]
        return _timed([*command, "--base-url", base, "--db", db, "--day", "2026-11-22"])


def _bare(urls: list[str]) -> tuple[float, float]:
    return _timed([sys.executable, "-c", _BARE.replace("{{", "{").replace("}}", "}"), *urls])


def _compare(name: str, platform: str, answers: Answers, paths: list[str], rounds: int) -> None:
    count = sum(1 for path in answers if path.endswith(".html")) or None
    with serving(answers) as base:
        urls = [base + path for path in paths]
        pairs = [(_ours(platform, base), _bare(urls)) for _ in range(rounds)]
    ours = statistics.median(mine[0] for mine, _ in pairs)
    bare = statistics.median(peer[0] for _, peer in pairs)
    print(f"  {name:22} ours {ours:6.2f} s, bare Scrapy {bare:6.2f} s, "
          f"{bare / ours:5.2f} x its speed, {count or len(paths)} pages, "
          f"peak {max(mine[1] for mine, _ in pairs):.0f} MB (of either)")  # fmt: skip


def run(count: int, rounds: int) -> None:
    print(f"\nCrawl on loopback, whole processes, median of {rounds}")
    found = list(courses(count))
    lists = _list_pages(found)
    paths = [path for path in lists if "courses" in path]
    _compare(f"list API, {count} courses", "mit_learn", lists, paths, rounds)
    pages = _course_pages(found[: max(count // 10, 100)])
    paths = [path for path in pages if path.endswith(".html")]
    _compare("JSON-LD pages", "coursera", pages, paths, rounds)
