"""`moocscout demo`: the main job, whole, as the README's first command runs it."""

from __future__ import annotations

import re
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from crawlers.demo.offer import records

DAY = "2026-11-22"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def ended(demo_run: Any) -> subprocess.CompletedProcess[str]:
    run: subprocess.CompletedProcess[str] = demo_run.ended
    return run


def test_it_ends_well_and_needs_no_internet(ended: subprocess.CompletedProcess[str]) -> None:
    assert (ended.returncode, ended.stderr) == (0, "")


def test_it_harvests_both_sites_whole(ended: subprocess.CompletedProcess[str]) -> None:
    lines = re.findall(r"^(fun|coursera) +(\w+) +(\d+)", ended.stdout, re.MULTILINE)
    assert lines == [
        ("fun", "complete", "59"),
        ("coursera", "complete", "60"),
        ("fun", "complete", "60"),
        ("coursera", "complete", "60"),
    ]


def test_the_director_gets_twelve_courses_on_his_topics(
    ended: subprocess.CompletedProcess[str],
) -> None:
    titles = re.findall(r"^ ?(\d+)\. (.+?) {2,}[\d,]+$", ended.stdout, re.MULTILINE)
    assert [rank for rank, _ in titles] == [str(n) for n in range(1, 13)]
    first = " ".join(title.lower() for _, title in titles[:8])
    for topic in ("nudg", "crowdsourcing", "neuromarketing", "prédictif"):
        assert topic in first


def test_it_ends_with_commands_that_work_on_its_catalogue(demo_run: Any, command: Any) -> None:
    *_, said = demo_run.ended.stdout.partition("Go on")
    lines = [shlex.split(line)[1:] for line in re.findall(r"^  moocscout .+", said, re.MULTILINE)]
    assert [line[0] for line in lines] == ["recommend", "explain", "serve"]
    for arguments in lines[:2]:
        assert command(*arguments, "--day", DAY, MOOCSCOUT_DB="nowhere.db").code == 0


@pytest.mark.parametrize("readme", ["README.md", "README.fr.md"])
def test_the_readme_goes_on_from_the_demo(readme: str, demo_run: Any, command: Any) -> None:
    words = (ROOT / readme).read_text(encoding="utf-8")
    _, _, after = words.partition("export MOOCSCOUT_DB=data/demo/run/catalogue.db\n")
    block, _, rest = after.partition("```")
    lines = re.findall(r"^moocscout (.+)", block, re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["recommend", "explain", "catalogue"]
    lines += re.findall(r"\| `moocscout (explain .+?)` \|", rest)
    for line in lines:
        done = command(*shlex.split(line), "--day", DAY, MOOCSCOUT_DB=demo_run.catalogue)
        assert (done.code, done.err) == (0, "")
    assert "unset MOOCSCOUT_DB\n" in rest


def test_without_a_catalogue_the_demos_is_named(tmp_path: Path, command: Any) -> None:
    demo = tmp_path / "demo" / "run" / "catalogue.db"
    assert "or `moocscout demo`" in command("catalogue", "stats").err
    demo.parent.mkdir(parents=True)
    demo.touch()
    assert f"name the demo's catalogue: --db {demo}" in command("catalogue", "stats").err


def test_a_course_that_is_not_there_is_told_one_that_is(demo_run: Any, command: Any) -> None:
    said = command("explain", "cmo", "fun:34", MOOCSCOUT_DB=demo_run.catalogue)
    assert (said.code, said.out) == (2, "")
    (offered,) = re.findall(r"such as (\S+)\.(?: |$)", said.err)
    again = command("explain", "cmo", offered, "--day", DAY, MOOCSCOUT_DB=demo_run.catalogue)
    assert again.code == 0


def test_a_week_of_history_is_there_to_be_looked_at(
    demo_run: Any,
) -> None:
    assert demo_run.ended.returncode == 0
    with sqlite3.connect(demo_run.catalogue) as db:
        changes = db.execute(
            "select distinct field from change where day = '2026-11-22' order by field"
        ).fetchall()
        counted = db.execute(f"select sum(changed) from crawl where day = '{DAY}'").fetchone()
        told = db.execute(
            f"select count(distinct course_id) from change where day = '{DAY}' and field <> 'new'"
        ).fetchone()
    assert changes == [("new",), ("price",), ("session",)]
    assert counted == told == (3,)


def test_the_six_courses_on_both_sites_are_found(demo_run: Any) -> None:
    meant = {(each["ref"], each["twin"]) for each in records("coursera") if each.get("twin")}
    with sqlite3.connect(demo_run.catalogue) as db:
        found = set(
            db.execute(
                "select c.ref, f.ref from same_course s join course c on c.id = s.course_id"
                " join same_course t on t.cluster_id = s.cluster_id"
                " join course f on f.id = t.course_id"
                " where c.platform = 'coursera' and f.platform = 'fun'"
            )
        )
    assert found == meant
    assert len(found) == 6


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--into", "{folder}/taken/run"), "run cannot be written: Not a directory; name another"),
        (("--port", "99999"), "99999 is not in the range 0<=x<=65535"),
    ],
)
def test_what_it_cannot_do_is_said_before_it_begins(
    options: tuple[str, ...], words: str, command: Any, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    ended = command("demo", *(word.format(folder=tmp_path) for word in options), DEMO_SERVE="0")
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_stopped_by_a_scheduler_it_leaves_nothing_running(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "moocscout", "demo", "--into", str(tmp_path), "--port", "0"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        said = next(line for line in demo.stdout if "Ctrl-C to stop" in line)
        demo.terminate()
        demo.stdout.read()  # ends when nobody writes to it any more
    assert demo.returncode == 143
    address = re.findall(r"http://\S+", said)[0]
    with pytest.raises(URLError, match="refused"):
        urlopen(address)
