"""`moocscout new-platform`: what it asks, what it recognises, what it drafts."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from catalogue.errors import WrongUse
from crawlers import recognising
from crawlers.demo import DemoSite
from crawlers.drafting import draft, name_of
from crawlers.new_platform import new_platform
from crawlers.order import platforms
from crawlers.policy import UNCHECKED, faults
from crawlers.probing import MOST, Probed
from crawlers.recognising import form_of, likeliest
from crawlers.spider import PlatformSpider

ROOT = Path(__file__).parents[1]
DAY = "2026-11-22"
Sites = Callable[..., DemoSite]
RUN = {
    "course_id": "course-v1:Ecole+V1+2026",
    "id": "course-v1:Ecole+V1+2026",
    "name": "Vendre mieux",
    "number": "V1",
    "org": "Ecole",
    "start": "2026-09-01T00:00:00Z",
    "pacing": "self",
    "hidden": False,
    "short_description": "Apprendre à vendre mieux",
    "blocks_url": "https://lms.ecole.example/api/courses/v2/blocks/",
}
RUNS = {
    "results": [RUN],
    "pagination": {"next": "https://lms.ecole.example/x?page=2", "count": 31, "num_pages": 31},
}
HUB = {
    "links": {"next": "https://hub.example/bridges/moochub/courses?page=2"},
    "data": [
        {
            "type": "Course",
            "id": "1",
            "attributes": {
                "name": "Digital verkaufen",
                "url": "https://hub.example/courses/1",
                "inLanguage": ["de"],
                "license": [{"url": "https://creativecommons.org/licenses/by-sa/4.0/"}],
            },
        }
    ],
}
COURSE = """<html lang="fr"><head><title>Vendre</title>
<meta property="og:site_name" content='Acad&eacute;mie "Lumi&egrave;re"'>
<script type="application/ld+json">{"@type": "Course", "name": "Vendre", "description": "Dire"}
</script></head><body>
<a href="https://creativecommons.org/licenses/by/4.0/deed.fr">licence</a>
<a href="/mentions">Mentions légales</a></body></html>"""

MAP = (
    "<urlset>"
    + "".join(
        f"<url><loc>http://here/fr/{path}</loc></url>"
        for path in ("formations/vendre/", "formations/acheter/", "formations/louer/", "blog/x/")
    )
    + "</urlset>"
)


def as_json(value: Any) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(value).encode()


def loaded(path: Path) -> type[PlatformSpider]:
    """The spider of a drafted file, outside of the project."""
    spec = importlib.util.spec_from_file_location(f"drafted_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return next(
        each
        for each in vars(module).values()
        if isinstance(each, type) and each.__module__ == spec.name
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a platform's test needs, for drafts to be written into and run."""
    copy = tmp_path / "checkout"
    left = shutil.ignore_patterns("__pycache__", "run", "*.db*", "judgements")
    for folder in ("crawlers", "catalogue", "data"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=left)
    (copy / "tests" / "fixtures").mkdir(parents=True)
    for file in ("moocscout.py", "pyproject.toml", "scrapy.cfg", "tests/conftest.py"):
        shutil.copy(ROOT / file, copy / file)
    return copy


def test_a_richie_site_becomes_a_platform_whose_test_starts_red_and_can_become_green(
    checkout: Path, command: Callable[..., Any], demo_site: Sites
) -> None:
    site = demo_site("fun")
    ended = command("new-platform", site.url, "--name", "ecole", "--into", checkout, "--day", DAY)
    assert ended.code == 0, ended.err
    assert "engine richie; announces 60 courses" in ended.out
    assert "languages: en, fr" in ended.out
    spider = loaded(checkout / "crawlers" / "platforms" / "ecole.py")
    assert (spider.name, spider.home) == ("ecole", site.url)
    refused = " ".join(faults(spider))
    assert "floor is not set" in refused
    assert re.search(rf"\d values are still {UNCHECKED}", refused)

    red = _pytest(checkout, "ecole")
    assert red.returncode == 1, red.stdout
    listed = json.loads((checkout / "tests/fixtures/ecole/3-courses.json").read_text("utf-8"))
    said = _said(red.stdout)
    assert (said["ref"], said["title"]) == tuple(listed["objects"][0][k] for k in ("id", "title"))
    _look(checkout / "tests" / "test_ecole.py", said)
    green = _pytest(checkout, "ecole")
    assert green.returncode == 0, green.stdout


@pytest.mark.parametrize(
    ("engine", "answers", "count", "lines"),
    [
        ("openedx", {"/api/courses/v1/courses/?page_size=5": as_json(RUNS)}, "31 runs", []),
        (
            "moochub",
            {"/bridges/moochub/courses": as_json(HUB)},
            "no figure",
            ['feeds = {3: "/bridges/moochub/courses"}', 'languages = ("de",)', "CC by-sa/4.0"],
        ),
        (
            "moochub",
            {
                "/": (200, "text/html", b"<html lang=de><body class='path-site'>Moodle</body>"),
                "/local/ildmeta/get_moochub_courses.php": as_json(
                    {"data": [{"type": "courses", "attributes": {"languages": "de"}}]}
                ),
            },
            "1 courses",
            ['feeds = {2: "/local/ildmeta/get_moochub_courses.php"}'],
        ),
        (
            "schema_org",
            {
                "/sitemap.xml": (200, "text/xml", MAP.encode()),
                "/fr/formations/vendre/": (200, "text/html", COURSE.encode()),
            },
            "3 courses",
            [
                r'course_path = r"/fr/formations/(?P<ref>[^/]+)/?"  # marked up as jsonld',
                'languages = ("fr",)',
                "CC by/4.0",
            ],
        ),
    ],
)
def test_other_sites_are_recognised(
    engine: str,
    answers: dict[str, Any],
    count: str,
    lines: list[str],
    stand_in: Callable[..., Any],
    command: Callable[..., Any],
) -> None:
    site = stand_in({})
    site.answers.update(
        {
            k: (a, b, c.replace(b"http://here", site.url.encode()))
            for k, (a, b, c) in answers.items()
        }
    )
    ended = command("new-platform", site.url, "--name", "ecole", "--dry-run", "--day", DAY)
    assert ended.code == 0, ended.err
    assert f"engine {engine}; announces {count}" in ended.out
    for line in lines:
        assert line in ended.out
    assert len(site.asked) <= MOST
    assert site.asked[0] == "/robots.txt"
    assert len(set(site.asked)) == len(site.asked), "nothing is asked twice"
    assert not (ROOT / "crawlers" / "platforms" / "ecole.py").exists()


def test_what_is_drafted_reads_what_was_saved(checkout: Path) -> None:
    findings = (
        recognising.openedx(json.dumps(RUNS).encode()),
        recognising.moochub(json.dumps(HUB).encode(), "/bridges/moochub/courses"),
        recognising.schema_org(COURSE, "https://x.example/cours/vendre", []),
    )
    for finding in findings:
        assert finding is not None
        probed = Probed(home="https://x.example", finding=finding)
        for path, content in draft(f"x_{finding.engine}", probed, finding, DAY).items():
            (checkout / path).parent.mkdir(parents=True, exist_ok=True)
            (checkout / path).write_bytes(content)
    said = _pytest(checkout, "x_*").stdout
    for title in ("Vendre mieux", "Digital verkaufen", "Vendre"):
        assert f"{{'title': '{title}'}} != {{'title': '{UNCHECKED}'}}" in said
    assert "3 failed" in said


def test_a_site_that_nothing_reads_is_left_after_few_requests(
    stand_in: Callable[..., Any], command: Callable[..., Any], tmp_path: Path
) -> None:
    site = stand_in({"/": (200, "text/html", b"<html><title>Ecole</title>")})
    ended = command("new-platform", site.url, "--name", "ecole", "--into", tmp_path)
    assert ended.code == 1
    assert "no engine reads this site (6 requests)" in ended.err
    assert f"{site.url}/sitemap.xml: HTTP 404" in ended.err
    assert not list(tmp_path.glob("crawlers"))


def test_a_site_that_is_not_there_is_asked_once(command: Callable[..., Any], host: Any) -> None:
    ended = command("new-platform", "http://127.0.0.1:9", "--dry-run")
    assert (ended.code, ended.err.count("127.0.0.1:9")) == (1, 2)
    assert "cannot be asked; is the address right" in ended.err
    down = host(lambda target, _: (500 if target == "/robots.txt" else 200, {}, b""))
    ended = command("new-platform", down, "--dry-run")
    assert (ended.code, "robots.txt could not be had (HTTP 500)" in ended.err) == (1, True)


def test_robots_are_obeyed_and_other_hosts_left_alone(
    stand_in: Callable[..., Any], command: Callable[..., Any]
) -> None:
    other = stand_in({})
    robots = f"User-agent: *\nDisallow: /api/\nCrawl-delay: 1\nSitemap: {other.url}/sitemap.xml\n"
    site = stand_in({"/robots.txt": (200, "text/plain", robots.encode())})
    ended = command("new-platform", site.url, "--name", "ecole", "--dry-run")
    assert ended.code == 1
    assert not [path for path in site.asked if path.startswith("/api")]
    assert "Forbidden by robots.txt" in ended.err
    assert other.asked == []
    assert "not asked" in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["https://www.example.org"], "export MOOCSCOUT_CONTACT="),
        (["www.example.org"], "write it as https://www.example.org"),
        (["file:///etc/passwd", "--name", "x"], "is no web address"),
        (["http://127.0.0.1:9", "--name", "fun"], "there is a platform called 'fun' already"),
        (["http://127.0.0.1:9", "--name", "../x"], "is no name for a platform"),
        (["http://127.0.0.1:9", "--name", "class"], "is no name for a platform"),
        (["http://127.0.0.1:9", "--into", "nowhere"], "is no checkout to write into"),
    ],
)
def test_wrong_use(arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MOOCSCOUT_CONTACT", raising=False)
    with pytest.raises(WrongUse, match=re.escape(words)):
        new_platform.main(arguments, standalone_mode=False)


def test_files_are_never_overwritten(
    demo_site: Sites, command: Callable[..., Any], tmp_path: Path
) -> None:
    mine = tmp_path / "tests" / "test_ecole.py"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    ended = command("new-platform", demo_site("fun").url, "--name", "ecole", "--into", tmp_path)
    assert ended.code == 2
    assert f"nothing was written, since this is there: {mine}" in ended.err
    assert mine.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "crawlers").exists()


# Without a network


def test_a_hostile_site_writes_no_code(tmp_path: Path) -> None:
    evil = 'x"""\\"\n    raise SystemExit(1)\u2028#'
    path = '/b"+exit(1)+r"/\\"/y'
    finding = recognising.schema_org(COURSE, "https://x.example" + path, [])
    assert finding is not None
    page = recognising.Page(title=evil, terms=f"https://x.example/{evil}")
    probed = Probed(home="https://x.example", page=page, finding=finding)
    files = draft("ecole", probed, finding, DAY)
    file = tmp_path / "ecole.py"
    file.write_bytes(files["crawlers/platforms/ecole.py"])
    spider = loaded(file)
    assert spider.title == " ".join(evil.split())
    assert re.fullmatch(spider.course_path, path)  # type: ignore[attr-defined]
    assert {name.count("/") for name in files if "fixtures" in name} == {3}


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b"null", b"<html>", b'{"objects": 1, "meta": []}', b"[" * 10**5]
)
def test_what_is_no_list_is_recognised_by_none(body: bytes) -> None:
    assert recognising.richie(body) is None
    assert recognising.openedx(body) is None
    assert recognising.moochub(body, "/x") is None
    text = body.decode()
    assert recognising.schema_org(text, "https://x.example/", []) is None
    assert recognising.page(text, "https://x.example/").languages == ()


def test_an_api_of_another_software_is_not_mistaken() -> None:
    wordpress = {"results": [{"id": 1, "title": "x"}], "pagination": {"count": 1}}
    assert recognising.openedx(json.dumps(wordpress).encode()) is None
    jsonapi = {"data": [{"type": "node--page", "id": "1"}], "links": {}}
    assert recognising.moochub(json.dumps(jsonapi).encode(), "/x") is None


def test_the_head_and_foot_of_a_page() -> None:
    found = recognising.page(COURSE, "https://x.example/cours/vendre")
    assert found.title == 'Académie "Lumière"'
    assert (found.languages, found.licences) == (("fr",), ("CC by/4.0",))
    assert found.terms == "https://x.example/mentions"


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/learn/brand", "/learn/(?P<ref>[^/]+)/?"),
        ("/learn/marketing/brand", "/learn/(?P<subject>[^/]+)/(?P<ref>[^/]+)/?"),
        ("/fr/cours/vendre/", "/fr/cours/(?P<ref>[^/]+)/?"),
        ("/fr/courses/1-2/a/b", r"/fr/courses/(?P<subject>[^/]+)/[^/]+/(?P<ref>[^/]+)/?"),
        ("/vendre", "/(?P<ref>[^/]+)/?"),
    ],
)
def test_the_form_of_an_address(path: str, pattern: str) -> None:
    assert form_of(path) == pattern
    assert re.fullmatch(pattern, path)


def test_the_likeliest_address_is_of_the_largest_family_of_courses() -> None:
    pages = [f"https://x.example/blog/{n}" for n in range(9)]
    courses = [f"https://x.example/fr/kurse/{n}" for n in range(3)]
    assert likeliest([*pages, "https://x.example/course/one", *courses]) == courses[0]
    assert likeliest([*pages, "https://x.example/courses"]) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.fun-mooc.fr/", "fun_mooc"),
        ("https://learn.microsoft.com", "microsoft"),
        ("https://courses.edx.org/x", "edx"),
        ("https://3w-academy.example", "site_3w_academy"),
        ("http://localhost:1", "localhost"),
    ],
)
def test_a_name_from_an_address(url: str, name: str) -> None:
    assert name_of(url) == name


def test_every_platform_of_ours_keeps_the_policy() -> None:
    assert {name: faults(spider) for name, spider in platforms().items() if faults(spider)} == {}


def _pytest(checkout: Path, name: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MOOCSCOUT", "PYTEST"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider",
         *checkout.glob(f"tests/test_{name}.py")],
        cwd=checkout, env=clean | {"PYTHONPATH": str(checkout)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def _said(output: str) -> dict[str, Any]:
    """What was read of the course, from pytest's comparison with what is still to be checked."""
    found: dict[str, Any] = {}
    for each in re.findall(rf"^E +(\{{.*\}}) != \{{'\w+': '{UNCHECKED}'\}}", output, re.MULTILINE):
        found |= ast.literal_eval(each)
    assert found, output
    return found


def _look(test: Path, said: dict[str, Any]) -> None:
    """Do what a person does once the course's page was looked at."""
    source = test.read_text("utf-8")
    for column, value in said.items():
        source = source.replace(f'"{column}": "{UNCHECKED}"', f'"{column}": {value!r}')
    test.write_text(source, encoding="utf-8")
