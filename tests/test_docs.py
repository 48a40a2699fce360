"""The documentation cannot drift from the code."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import moocscout
from crawlers.order import platforms

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.fr.md")
FRENCH = ("README.fr.md", "docs/methode.md", "docs/deploy.fr.md", "docs/privacy-and-law.fr.md")
PAGES = sorted([ROOT / name for name in READMES] + list((ROOT / "docs").rglob("*.md")))


def command_lines(text: str) -> list[str]:
    """What is between back-quotes or on a line of a shell block and starts with moocscout."""
    quoted = re.findall(r"`(moocscout [^`\n]+)`", text)
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return quoted + [line for line in lines if line.startswith("moocscout ")]


def subcommands(command: click.Command, words: list[str]) -> list[click.Command]:
    """Those that `show|search|stats` or `show` names; each must exist."""
    if not isinstance(command, click.Group) or not words or words[0].startswith("-"):
        return []
    names = words[0].replace("\\", "").split("|")
    found = [command.get_command(click.Context(command), name) for name in names]
    assert None not in found, words[0]
    return [each for each in found if each]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_that_are_shown_exist(page: Path) -> None:
    context = click.Context(moocscout.cli)
    for line in command_lines(page.read_text(encoding="utf-8")):
        words = line.split()[1:]
        assert isinstance(moocscout.cli, moocscout.LazyGroup)
        if words[0].startswith("-"):
            continue
        command = moocscout.cli.get_command(context, words[0])
        assert command is not None, line
        meant = [command, *subcommands(command, words[1:])]
        known = {option for each in meant for parameter in each.params for option in parameter.opts}
        used = {re.split(r"[=\s]", word)[0] for word in words if re.match(r"--[a-z]", word)}
        assert used <= known | {"--help"}, line


def typed(text: str) -> Iterator[str]:
    """Command lines as a person would type them, in blocks and between back-quotes."""
    blocks = re.findall(r"```(?:sh|console)?\n(.*?)```", text, re.DOTALL)
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\n    ", " ").splitlines()]
    lines += re.findall(r"^    (.+)", prose, re.MULTILINE)
    lines += [line for line in re.findall(r"`(moocscout [^`]+)`", prose) if "|" not in line]
    for line in lines:
        for part in re.sub(r"\s#.*|[\[\]]", "", line.strip().removeprefix("$ ")).split("|"):
            if part.split()[:1] == ["moocscout"]:
                yield part


def parse(line: str) -> None:
    """Parse a command line; raises click's errors of wrong use. A placeholder may be no file."""
    command: click.Command = moocscout.cli
    words = shlex.split(line)[1:]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words.pop(0))
        assert found is not None, line
        command = found
    if isinstance(command, click.Group):
        return
    try:
        command.make_context(command.name, list(words))
    except click.MissingParameter:
        # "`moocscout explain` shows" only names the command.
        assert not words, line
    except (click.BadParameter, click.exceptions.Exit):
        pass


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_command_lines_that_are_shown_parse(page: Path) -> None:
    for line in typed(page.read_text(encoding="utf-8")):
        parse(line)


def commands(group: click.Group) -> Iterator[click.Command]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield command
        if isinstance(command, click.Group):
            yield from commands(command)


def test_examples_in_the_help_parse() -> None:
    lines = [
        line.split("|")[0].strip()
        for command in commands(moocscout.cli)
        for line in (command.epilog or "").replace("\\\n", " ").splitlines()
        if line.strip().startswith("moocscout ")
    ]
    assert len(lines) > 10
    for line in lines:
        parse(line)


def test_the_list_of_commands_is_not_cut() -> None:
    for command in commands(moocscout.cli):
        if isinstance(command, click.Group):
            text = command.get_help(click.Context(command))
            assert "..." not in text.partition("Commands:")[2], text


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_both_readmes_show_the_same_commands() -> None:
    english, french = (
        {line.split()[1] for line in command_lines((ROOT / name).read_text(encoding="utf-8"))}
        for name in READMES
    )
    assert english == french


@pytest.mark.parametrize("page", FRENCH)
def test_french_pages_are_set_as_french_is(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", "", text, flags=re.DOTALL)
    assert not re.findall(r"[^\s] [;:!?»](?=\s|$)|« ", prose), "a plain space before ; : ! ? »"
    assert not re.findall(r"\w'\w", prose), "a straight apostrophe"
    assert not re.findall(r"\w[;!?](?=\s|$)", prose), "no space before ; ! ?"


def test_every_command_helps_in_80_columns() -> None:
    assert isinstance(moocscout.cli, moocscout.LazyGroup)
    for name in moocscout.cli.lazy:
        command = moocscout.cli.get_command(click.Context(moocscout.cli), name)
        assert command is not None
        text = command.get_help(click.Context(command, info_name=f"moocscout {name}"))
        assert command.help, name
        assert max(map(len, text.splitlines())) <= 80, name


def test_the_help_names_the_catalogue_that_is_used_outside_a_checkout(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "moocscout", "recommend", "--help"],
        cwd=tmp_path, env=os.environ | {"XDG_DATA_HOME": "/own"}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert "[default: (/own/moocscout/catalogue.db)]" in " ".join(ended.stdout.split())


def test_every_platform_is_in_the_list_of_platforms() -> None:
    page = (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8")
    for name, spider in platforms().items():
        assert f"`{name}`" in page, name
        assert spider.title in page, name
