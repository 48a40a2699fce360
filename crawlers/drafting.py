"""The files of a new platform, as far as its site told what they say. Pure.

What it did not tell is marked; `crawlers.policy` refuses the platform until a person has seen to
each mark, and the drafted test is red until a person has looked at the first course.
"""

from __future__ import annotations

import importlib
import json
import keyword
import re
from pathlib import PurePosixPath
from string import Template
from urllib.parse import urlsplit

from catalogue.errors import WrongUse
from crawlers.policy import UNCHECKED
from crawlers.probing import Probed
from crawlers.recognising import Finding
from crawlers.spider import PlatformSpider

_KINDS = {"json": ".json", "html": ".html", "xml": ".xml"}
_SHOWN = ("ref", "title", "language", "provider", "summary", "weeks", "total_hours", "access")


def name_of(url: str) -> str:
    """A platform's name from its address: https://www.fun-mooc.fr is fun_mooc."""
    labels = (urlsplit(url).hostname or "").split(".")
    kept = [label for label in labels[:-1] if label not in ("www", "learn", "courses", "lms")]
    return checked(re.sub(r"\W+", "_", (kept or labels)[-1].lower()).strip("_") or "site")


def checked(name: str) -> str:
    """The name, when it can be a module's and a spider's. Raises WrongUse."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) and not keyword.iskeyword(name):
        return name
    if re.fullmatch(r"[0-9][a-z0-9_]*", name):
        return f"site_{name}"
    raise WrongUse(f"{name!r} is no name for a platform: a to z, digits and _ only; --name NAME")


def draft(name: str, probed: Probed, finding: Finding, day: str) -> dict[str, bytes]:
    """path -> content of the platform file, the fixture and the test."""
    spider = engine_class(finding.engine)
    folder = f"tests/fixtures/{name}"
    index: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for number, (path, (kind, body)) in enumerate(finding.answers.items()):
        file = f"{number}-{_stem(path)}{_suffix(kind)}"
        index[path] = [kind, file]
        files[f"{folder}/{file}"] = body
    files[f"{folder}/answers.json"] = (json.dumps(index, indent=2) + "\n").encode()
    files[f"crawlers/platforms/{name}.py"] = _platform(name, spider, probed, finding, day).encode()
    files[f"tests/test_{name}.py"] = _test(name, day).encode()
    return files


def engine_class(engine: str) -> type[PlatformSpider]:
    """The engine's spider. Raises WrongUse where this version has no such engine."""
    try:
        module = importlib.import_module(f"crawlers.engines.{engine}")
    except ModuleNotFoundError:
        raise WrongUse(f"the site speaks {engine}, and this version has no such engine") from None
    return next(
        each
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, PlatformSpider)
        and each.__module__ == module.__name__
    )


def _stem(path: str) -> str:
    return re.sub(r"[^\w.-]+", "-", PurePosixPath(path).stem)[:40] or "root"


def _suffix(kind: str) -> str:
    return next((suffix for word, suffix in _KINDS.items() if word in kind), ".txt")


def _platform(
    name: str, spider: type[PlatformSpider], probed: Probed, finding: Finding, day: str
) -> str:
    title = probed.page.title or urlsplit(probed.home).netloc
    languages = finding.languages or probed.page.languages
    licences = finding.licences or probed.page.licences
    hints = f"; seen: {', '.join(licences)}" if licences else ""
    said = finding.announced
    counted = f"it announced {said} {finding.unit} on {day}" if said else "it announced no figure"
    delay = probed.crawl_delay
    asked = f"; Crawl-delay {delay:g} s" if delay else ""
    lines = [
        f"name = {_quoted(name)}",
        f"title = {_quoted(title)}  # {UNCHECKED}: is this what it calls itself?",
        f"home = {_quoted(probed.home)}",
        f"languages = {_tuple(languages or ('en',))}  # {UNCHECKED}: of the site",
        f'timezone = "UTC"  # {UNCHECKED}: in which its days are meant',
        *finding.declared,
        f"floor = 0  # {UNCHECKED}: {counted}",
        f"licence = {_quoted(f'{UNCHECKED}: terms of its listing data{hints}')}",
        f"terms = {_quoted(f'{UNCHECKED}: {probed.page.terms or probed.home}')}",
        f"robots = {_quoted(f'{UNCHECKED}: obeyed; what was asked on {day} is allowed{asked}')}",
    ]
    body = "".join(f"    {line}\n" for line in lines)
    return (
        f'"""{_docstring(title)}, on {finding.engine}. Drafted from its answers of {day}."""\n\n'
        f"from {spider.__module__} import {spider.__name__}\n\n\n"
        f"class {name.title().replace('_', '')}({spider.__name__}):\n"
        f'    """{_docstring(urlsplit(probed.home).netloc)}."""\n\n{body}'
    )


def _quoted(text: str) -> str:
    """A site's words as a Python literal: they may hold quotes, backslashes and line ends."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _tuple(values: tuple[str, ...]) -> str:
    return f"({', '.join(map(_quoted, values))}{',' if len(values) == 1 else ''})"


def _docstring(text: str) -> str:
    return re.sub(r'["\\]', "'", " ".join(text.split()))


def _test(name: str, day: str) -> str:
    expected = "".join(f'        "{column}": "{UNCHECKED}",\n' for column in _SHOWN)
    return _TEST.substitute(name=name, day=day, shown=json.dumps(_SHOWN), expected=expected)


_TEST = Template(
    '''"""$name: what is read from the answers that its site gave on $day.

Drafted by `moocscout new-platform`: red until a person has looked at the course's page and put
down here what it says. The fixture holds the site's words: cut it down to what the test needs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

FIXTURE = Path(__file__).parent / "fixtures" / "$name"
SHOWN = $shown


class ByPath(dict[str, Any]):
    """Answers whatever the query."""

    def get(self, target: str, default: Any = None) -> Any:
        return super().get(target.partition("?")[0], default)


def test_the_first_course_is_read_whole(
    stand_in: Callable[..., Any], command: Callable[..., Any], tmp_path: Path
) -> None:
    index = json.loads((FIXTURE / "answers.json").read_text("utf-8"))
    saved = {path: (kind, FIXTURE / file) for path, (kind, file) in index.items()}
    answers = ByPath({path: (200, kind, f.read_bytes()) for path, (kind, f) in saved.items()})
    base = stand_in(answers).url
    ended = command("crawl", "$name", "--base-url", base, "--limit", "1", "--day", "$day")
    assert ended.code == 0, ended.err
    with sqlite3.connect(tmp_path / "catalogue.db") as db:
        db.row_factory = sqlite3.Row
        (course,) = db.execute("select * from course").fetchall()
    assert {name: course[name] for name in SHOWN} == {
$expected    }
'''
)
