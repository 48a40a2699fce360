"""A profile as TOML that a person goes on editing."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from catalogue.errors import WrongUse
from recommend import files
from recommend.profile import KEYS, Profile, parse

SCHEMA = "profile.schema.json"
_WIDTH = 100
_LISTED_AT = 3
"""So many values of a list stand one to a line."""


def toml(profile: Profile, notes: Iterable[str] = (), *, folder: Path | None = None) -> str:
    """The profile as TOML: `notes` as comments above, empty keys left out.

    `folder` is where it will stand: its first line tells editors the way to the schema.
    """
    lines = [f"#:schema {_schema(folder)}", *(_comment(note) for note in notes), ""]
    for key in KEYS:
        value = getattr(profile, key)
        if value is not None and value not in ("", ()) and value != {}:
            lines.append(f"{key} = {_value(value)}")
    found = "\n".join(lines) + "\n"
    read = parse(found, name=profile.name, source="the profile written")
    assert read.as_dict() == profile.as_dict()  # noqa: S101 - what is written must read the same
    return found


def _schema(folder: Path | None) -> str:
    where = files.PROFILES / SCHEMA
    return SCHEMA if folder is None else Path(os.path.relpath(where, folder)).as_posix()


def _comment(note: str) -> str:
    return "\n".join(f"# {line}" for line in textwrap.wrap(note, _WIDTH - 2))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if value == float(f"{value:g}") else repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        return _list(value)
    return "{ " + ", ".join(f"{name} = {_value(each)}" for name, each in value.items()) + " }"


def _list(values: tuple[str, ...]) -> str:
    if len(values) <= _LISTED_AT:
        return "[" + ", ".join(map(_text, values)) + "]"
    return "[\n" + "".join(f"  {_text(each)},\n" for each in values) + "]"


def _text(value: str) -> str:
    if "\n" not in value and len(value) < _WIDTH - len("text = ") - 2:
        return f'"{_escaped(value)}"'
    lines = (line for part in value.split("\n") for line in _folded(part))
    return '"""\n' + "\n".join(lines) + '\n"""'


def _folded(line: str) -> list[str]:
    """A line of text as lines of TOML; a backslash at an end joins it to the next."""
    parts = textwrap.wrap(line, _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    if not parts or " ".join(parts) != line:
        return [_escaped(line)]
    return [f"{_escaped(part)} \\" for part in parts[:-1]] + [_escaped(part) for part in parts[-1:]]


def _escaped(value: str) -> str:
    # What JSON escapes, TOML's basic strings escape the same way; DEL alone only TOML does.
    return json.dumps(value, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f")


def keep(
    profile: Profile, into: str, *, notes: Iterable[str] = (), force: bool = False
) -> Iterator[str]:
    """Write the profile to a file, or to stdout for "-"; yields the path once it is written."""
    if into == "-":
        click.echo(toml(profile, notes), nl=False)
        return
    path = free(into, force=force)
    content = toml(profile, notes, folder=path.parent.resolve())
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise WrongUse(f"{path} cannot be written: {error.strerror}") from error
    yield str(path)


def free(into: str, *, force: bool) -> Path:
    """The file to write. Raises WrongUse when it cannot be, or exists without `force`."""
    path = Path(into)
    if path.is_dir():
        raise WrongUse(f"{path} is a folder; name a file in it, such as {path / 'me.toml'}")
    if path.exists() and not force:
        raise WrongUse(f"{path} exists already; name another file, or add --force to replace it")
    if not path.parent.is_dir():
        raise WrongUse(f"{path} cannot be written: there is no folder {path.parent}; make it first")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise WrongUse(f"{path} cannot be written: permission denied; name a file elsewhere")
    return path
