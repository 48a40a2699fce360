"""What is in deploy/ names commands, options, files and addresses that exist."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

import moocscout
from crawlers.order import platforms

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
WORKFLOWS = sorted((DEPLOY / "github").glob("*.yml"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
HARDENED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes",
    "PrivateTmp": "yes", "PrivateDevices": "yes", "RestrictSUIDSGID": "yes",
    "CapabilityBoundingSet": "", "User": "moocscout",
}  # fmt: skip


def check_command(words: list[str]) -> None:
    """Does `moocscout WORDS` exist, with these options?"""
    command = moocscout.cli.get_command(click.Context(moocscout.cli), words[0])
    assert command is not None, words
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known, words
    values = {word: words[n + 1] for n, word in enumerate(words[:-1])}
    if "--port" in values:
        assert values["--port"].isdigit()


def shell_commands(line: str) -> Iterator[list[str]]:
    """The words behind each `moocscout` of a shell line."""
    for part in re.split(r"&&|\|\||[;|]", line):
        words = shlex.split(part.split(">>")[0])
        for at, word in enumerate(words):
            if re.fullmatch(r"(\S*/)?moocscout", word) and words[at + 1 :]:
                yield words[at + 1 :]


def unit(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if not line.startswith(("#", "[")) and line)
    return [(key, value) for key, _, value in pairs]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_start_commands_that_exist(path: Path) -> None:
    for key, value in unit(path):
        if key.startswith("Exec") and "moocscout " in value:
            assert list(shell_commands(value)), value
            for words in shell_commands(value):
                check_command(words)


@pytest.mark.parametrize("name", ["moocscout-weekly.service", "moocscout-serve.service"])
def test_services_are_hardened(name: str) -> None:
    found = dict(unit(DEPLOY / "systemd" / name))
    assert HARDENED.items() <= found.items()
    assert found["MemoryMax"]
    assert "StateDirectory" in found or "ReadOnlyPaths" in found


def test_the_timer_catches_up_and_does_not_strike_the_hour() -> None:
    found = dict(unit(DEPLOY / "systemd" / "moocscout-weekly.timer"))
    assert (found["Persistent"], found["OnCalendar"]) == ("true", "Sun 03:00")
    assert found["RandomizedDelaySec"]


def test_a_gap_is_no_failure_to_systemd_and_wrong_use_is() -> None:
    found = dict(unit(DEPLOY / "systemd" / "moocscout-weekly.service"))
    assert found["SuccessExitStatus"] == "1"


def test_one_path_runs_through_all_units() -> None:
    published = "/var/lib/moocscout/published"
    text = {path.name: path.read_text(encoding="utf-8") for path in UNITS}
    assert f"--published {published}\n" in text["moocscout-weekly.service"]
    for name in ("moocscout-serve.service", "moocscout-switch.path"):
        assert f"{published}/catalogue.db" in text[name]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not here")
def test_systemd_finds_no_fault_and_little_exposure(tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(
            text.replace("/opt/moocscout/.venv/bin/moocscout", sys.executable)
        )
    units = [str(path) for path in sorted(tmp_path.iterdir())]
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in said.stderr.splitlines() if "moocscout" in line]
    assert (said.returncode, ours) == (0, [])
    for name in ("weekly", "serve"):
        scored = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
             str(tmp_path / f"moocscout-{name}.service")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert scored.returncode == 0, scored.stdout.splitlines()[-1:]


def test_the_cron_line_is_one_and_its_command_exists() -> None:
    lines = (DEPLOY / "moocscout.cron").read_text(encoding="utf-8").splitlines()
    (line,) = [each for each in lines if re.match(r"[\d*]", each)]
    fields = line.split(None, 6)
    assert len(fields) == 7
    for field, most in zip(fields[:5], (59, 23, 31, 12, 7), strict=True):
        assert field == "*" or int(field) <= most
    assert fields[5] == "moocscout", "the user of /etc/cron.d"
    (words,) = shell_commands(fields[6])
    check_command(words)
    assert "%" not in line, "cron would end the line there"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_as_actions_reads_them(path: Path) -> None:
    flow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert flow.keys() <= {"name", True, "permissions", "concurrency", "jobs"}, "True is `on`"
    assert flow["permissions"] == {"contents": "read"}
    for job in flow["jobs"].values():
        assert job["runs-on"] == "ubuntu-24.04"
        assert 0 < job["timeout-minutes"] <= 360
        for step in job["steps"]:
            _check_step(step)


def _check_step(step: dict[str, Any]) -> None:
    assert step.keys() <= {"name", "uses", "run", "with", "if", "env"}, step
    assert ("uses" in step) != ("run" in step)
    if "uses" in step:
        assert re.fullmatch(r"actions/[\w-]+(/[\w-]+)?@v\d+", step["uses"]), step["uses"]
        return
    assert "${{" not in step["run"], "an expression in a script is how scripts are injected"
    for words in shell_commands(step["run"]):
        check_command(words)
    for target in re.findall(r"^make ((?:[a-z]+ ?)+)", step["run"]):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in target.split())
    for name in re.findall(r"[\w/-]+\.(?:py|lock|in)\b", step["run"]):
        assert (ROOT / name).exists(), name


def test_the_matrix_covers_each_python_and_the_next_datasette_may_fail() -> None:
    jobs = yaml.safe_load((DEPLOY / "github" / "ci.yml").read_text("utf-8"))["jobs"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert jobs["datasette-1"]["continue-on-error"] is True
    steps = jobs["datasette-1"]["steps"]
    assert any("deploy/datasette-1.txt" in step.get("run", "") for step in steps)
    assert any("MOOCSCOUT_DATASETTE1" in step.get("env", {}) for step in steps)
    pin = (DEPLOY / "datasette-1.txt").read_text(encoding="utf-8")
    assert re.fullmatch(r"datasette==1\.[\w.]+\n", pin)


def test_the_smoke_on_the_next_datasette_is_a_sound_script() -> None:
    script = DEPLOY / "datasette-1.sh"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
    for name in re.findall(r"(?:tests|deploy)/[\w.-]+", script.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name


def test_expressions_use_contexts_that_exist() -> None:
    for path in WORKFLOWS:
        for said in re.findall(r"\$\{\{\s*(\S+?)\s*\}\}", path.read_text(encoding="utf-8")):
            assert said in {
                "matrix.python", "github.ref", "github.run_id", "vars.MOOCSCOUT_CONTACT",
            }  # fmt: skip


def instructions(text: str) -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n\s*", " ", text)
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def test_the_dockerfile_keeps_the_rules_of_a_good_image() -> None:
    found = instructions(DOCKERFILE)
    words = [word for word, _ in found]
    allowed = {"FROM", "ENV", "WORKDIR", "RUN", "COPY", "USER", "VOLUME", "ENTRYPOINT", "CMD"}
    assert set(words) <= allowed | {"EXPOSE", "HEALTHCHECK"}
    stages = {rest.split(" AS ")[1]: rest.split(" AS ")[0] for w, rest in found if w == "FROM"}
    assert {"crawl", "serve"} <= stages.keys()
    assert stages["crawl"] == stages["serve"] == "base"
    assert all(re.search(r":\d", image) for name, image in stages.items() if image != "base")
    users = [rest for word, rest in found if word == "USER"]
    assert users == ["10001:10001"], "a number, so that runtimes can see that it is not root"
    assert words.index("USER") < words.index("ENTRYPOINT")
    runs = " ".join(rest for word, rest in found if word == "RUN")
    assert "--require-hashes" in runs
    assert not re.search(r"sudo|curl|wget|apt-get upgrade|pip install (?!--)", runs)
    for word, rest in found:
        if word in ("CMD", "ENTRYPOINT"):
            assert json.loads(rest), "the exec form: signals reach the program"
        if word == "WORKDIR":
            assert rest.startswith("/")


def test_the_images_run_commands_that_exist_and_copy_files_that_exist() -> None:
    for word, rest in instructions(DOCKERFILE):
        if word == "CMD":
            check_command(json.loads(rest))
        if word == "COPY" and "--from" not in rest:
            assert all((ROOT / name).exists() for name in rest.split()[:-1]), rest


def test_what_is_copied_is_not_ignored() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    kept = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        name
        for word, rest in instructions(DOCKERFILE)
        if word == "COPY" and "--from" not in rest
        for name in rest.split()[:-1]
    }
    assert copied == kept
    assert ignored[1] == "*", "nothing goes in unasked"


def test_health_is_asked_where_datasette_answers(tmp_path: Path, stock: Any) -> None:
    import asyncio

    from recommend.serving import application

    (check,) = [rest for word, rest in instructions(DOCKERFILE) if word == "HEALTHCHECK"]
    command = json.loads(check.partition("CMD ")[2])
    compile(command[2], "healthcheck", "exec")
    (path,) = re.findall(r"127\.0\.0\.1:8001(/\S+?)'", command[2])
    served = application(stock(), public=True, day="2026-11-22")
    answer = asyncio.run(served.client.get(path))
    assert answer.status_code == 200
    assert answer.json()["datasette"]["version"]


def test_compose_runs_both_targets_unable_to_write_but_where_they_must() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    crawl, serve = (composed["services"][name] for name in ("crawl", "serve"))
    for name, service in composed["services"].items():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"]
        assert service["build"]["target"] == name
        assert (DEPLOY / service["build"]["context"]).resolve() == ROOT
        assert (ROOT / service["build"]["dockerfile"]).exists()
    assert serve["volumes"] == ["catalogue:/data:ro"], "who serves cannot write"
    assert serve["ports"] == ["127.0.0.1:8001:8001"], "a proxy stands before it"
    assert crawl["environment"]["MOOCSCOUT_CONTACT"].startswith("${MOOCSCOUT_CONTACT:?")


@pytest.mark.parametrize("name", ["deploy.md", "deploy.fr.md"])
def test_the_page_names_every_file_and_how_it_was_checked(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for path in sorted(DEPLOY.rglob("*")):
        if path.is_file() and path.name != "__pycache__" and path.suffix != ".pyc":
            assert path.name in page, path.name
    for tool in ("systemd-analyze verify", "systemd-analyze security", "Docker", "actionlint"):
        assert tool in page, tool


def test_each_platform_says_its_terms_licence_and_stance() -> None:
    for name, spider in platforms().items():
        platform = spider.platform()
        for fact in ("licence", "terms", "robots"):
            assert str(getattr(platform, fact, "")).strip(), f"{name}: {fact}"
        assert spider.offline or platform.terms.startswith("https://"), name


@pytest.mark.parametrize("name", ["privacy-and-law.md", "privacy-and-law.fr.md"])
def test_the_page_on_law_names_the_list_and_where_sources_stand(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for word in (
        "data/exclude.csv",
        "robots.txt",
        "MOOCSCOUT_CONTACT",
        "platform,ref,url,reason,day",
    ):
        assert word in page, word
    example = re.search(r"^fun,\S.*$", page, re.MULTILINE)
    assert example


def test_the_example_of_a_takedown_is_one(tmp_path: Path) -> None:
    from catalogue import exclude

    page = (ROOT / "docs" / "privacy-and-law.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    (tmp_path / "exclude.csv").write_text(block, encoding="utf-8")
    assert len(exclude.read(tmp_path / "exclude.csv")) == 2


@pytest.mark.parametrize("name", ["deploy.fr.md", "privacy-and-law.fr.md"])
def test_the_french_pages_are_set_as_french_is(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    prose = re.sub(
        r"```.*?```|`[^`]*`|\]\([^)]*\)|^    .*$", "", text, flags=re.DOTALL | re.MULTILINE
    )
    assert not re.findall(r"\S* [;:!?](?=\s|$)", prose)
    assert not re.findall(r"\w[;!?](?=\s|$)", prose)
    assert "'" not in prose, "the apostrophe is ’"
