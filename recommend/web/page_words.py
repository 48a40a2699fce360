"""The words of a profile that a course's page has, as the page writes them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping

from catalogue import reading
from catalogue.reading import Row
from catalogue.words import fold
from recommend.text import FIELDS, Standing, content, is_name, passages, standing, stretch
from recommend.topics import telling
from recommend.web.moves import Key

_NUMBER = re.compile(r"[sx]$")
_BROKEN = re.compile(r"\s[:;.!?,–—|/(]|[:;.!?,–—|/)]\s")
"""Two words with the end of a clause between them are no phrase."""
_DOUBLED = re.compile(r"([a-z])\1$")


def texts(db: sqlite3.Connection, keys: list[Key]) -> dict[Key, Row]:
    """What each course's page says, field by field."""
    asked = f"select {', '.join(FIELDS)} from course where platform = ? and ref = ?"  # noqa: S608
    return {key: reading.rows(db, asked, key)[0] for key in keys}


def said(parts: list[Row], page: Row) -> list[str]:
    """The words that earn points and that the page has, the weightiest first, none within another.

    One that it has in another number or gender is told in its own form; where only the stems agree
    ("dons" and "données"), it has the word by chance, and none is told.
    """
    held = [part for part in parts if part["kind"] == "text"]
    where = standing(page, [each["term"] for part in held for each in part["evidence"]])
    held.sort(key=lambda part: -part["points"])
    forms = {part["name"]: next(_forms(part, page, where), "") for part in held}
    told = telling("", [name for name, form in forms.items() if form])
    return list(dict.fromkeys(forms[name] for name in told))


def _forms(part: Row, page: Row, where: Mapping[str, Standing]) -> Iterator[str]:
    """How a page says a part's words, the part's own way first."""
    name, forms = part["name"], [w for e in part["evidence"] for w in where[e["term"]].written]
    likely = [form for form in dict.fromkeys(forms) if is_form_of(form, name)]
    told = [words for form in likely if (words := _as_written(form, page))]
    if name.casefold() in map(str.casefold, told):
        yield name
    yield from told


def _as_written(form: str, page: Row) -> str | None:
    said = (text for field in FIELDS for text in passages(page, field))
    told = (stretch(text, content(form)) for text in said)
    return next((words for words in told if words and not _BROKEN.search(words)), None)


def is_form_of(one: str, other: str) -> bool:
    """Do two words, or two runs of words, differ in number and gender at most?"""
    these, those = content(one), content(other)
    same = (
        this == that or _bases(this) & _bases(that)
        for this, that in zip(these, those, strict=False)
    )
    return len(these) == len(those) and all(same)


def _bases(token: str) -> set[str]:
    """A word without what number and gender add, of either language."""
    if is_name(token):
        return {token}
    bare = fold(_NUMBER.sub("", token).removesuffix("e"))
    bare = _DOUBLED.sub(r"\1", f"{bare[:-1]}i" if bare.endswith("y") else bare)
    return {bare, f"{bare[:-1]}l"} if token.endswith("aux") else {bare}
