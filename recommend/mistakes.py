"""What is wrong in a profile's file, with the likely fix, in French and English."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

import attrs

from catalogue.errors import WrongUse

Words = Mapping[str, str]

_SAYS: Mapping[str, Words] = {
    "toml": {"en": " is not TOML: {error}{fix}", "fr": " n’est pas du TOML\xa0: {error}{fix}"},
    "nothing": {
        "en": ' says nothing to rank for; give it a role, a text or wants = ["nudge", "CRM"]',
        "fr": ' ne dit rien à classer\u202f; donnez un role, un text ou wants = ["nudge", "CRM"]',
    },
    "key": {"en": ": there is no key {given}{near}", "fr": "\xa0: pas de clé {given}{near}"},
    "kind": {
        "en": ": {key} must be {wanted}, not {given}",
        "fr": "\xa0: {key} doit être {wanted}, et non {given}",
    },
    "reads": {
        "en": ": reads names languages by their codes, such as fr or en, not {given}",
        "fr": "\xa0: reads nomme les langues par leur code, comme fr ou en, et non {given}",
    },
    "option": {
        "en": ": {key} cannot be {given}{near}",
        "fr": "\xa0: {key} ne peut être {given}{near}",
    },
    "weight": {
        "en": ": nothing called {given} can be weighted{near}",
        "fr": "\xa0: rien de pondérable ne s’appelle {given}{near}",
    },
    "day": {
        "en": ": day must be a near day such as 2027-01-05, not {given}",
        "fr": "\xa0: day doit être un jour proche, comme 2027-01-05, et non {given}",
    },
    "limits": {
        "en": ": {key} must be from {least} to {most}, not {given}; without a limit, leave the key"
        " out",
        "fr": "\xa0: {key} va de {least} à {most}, {given} n’en est pas\u202f; sans limite, ôtez la"
        " clé",
    },
    "long": {
        "en": ": {key} has {length} characters, {most} at most; keep what says what you do and look"
        " for, or have topics read from it: moocscout profile from-text",
        "fr": "\xa0: {key} a {length} caractères, {most} au plus\u202f; gardez ce qui dit ce que"
        " vous faites et cherchez, ou faites-en lire les sujets\xa0: moocscout profile from-text",
    },
}
_STDIN: Words = {"en": "the profile on stdin", "fr": "le profil sur l’entrée standard"}
_WANTED: Mapping[str, Words] = {
    "text": {"en": "text in quotes", "fr": "un texte entre guillemets"},
    "texts": {
        "en": 'a list of texts such as ["nudge", "CRM"]',
        "fr": 'une liste de textes, comme ["nudge", "CRM"]',
    },
    "number": {
        "en": "a number from {least} to {most}, such as 2.5",
        "fr": "un nombre de {least} à {most}, comme 2.5",
    },
    "flag": {"en": "true or false", "fr": "true ou false"},
    "weights": {
        "en": "a table of numbers from 0 to 5 such as {{ text = 1, open = 2 }}",
        "fr": "une table de nombres de 0 à 5, comme {{ text = 1, open = 2 }}",
    },
}
_NEAR: Words = {"en": "; did you mean {near}?", "fr": "\u202f; vouliez-vous dire {near}\u202f?"}
_ONE_OF: Words = {"en": "; it is one of: {names}", "fr": "\u202f; choisissez entre\xa0: {names}"}
_FIXES: tuple[tuple[str, str, Words], ...] = (
    (
        "overwrite",
        "",
        {"en": "the key {key} is there twice", "fr": "la clé {key} y est deux fois"},
    ),
    (
        "Invalid value",
        "[“”„«»]",
        {
            "en": 'use straight quotation marks: "',
            "fr": 'mettez des guillemets droits\xa0: "',
        },
    ),
    (
        "after a statement",
        r"\d,\d",
        {
            "en": "write decimals with a point, such as 2.5",
            "fr": "écrivez les décimales avec un point, comme 2.5",
        },
    ),
    (
        "after a statement",
        "",
        {
            "en": "write one key a line, figures without units: budget = 80",
            "fr": "une clé par ligne, les nombres sans unité\xa0: budget = 80",
        },
    ),
    (
        "Unterminated|Illegal|Expected [\"']",
        "",
        {"en": "close the quotation mark", "fr": "fermez les guillemets"},
    ),
    (
        "Unclosed array",
        "",
        {
            "en": "close the list with ], and put commas between its texts",
            "fr": "fermez la liste par ], avec des virgules entre les textes",
        },
    ),
    (
        "Invalid value",
        "",
        {
            "en": 'put text in quotation marks: role = "x", wants = ["x", "y"]',
            "fr": 'mettez les textes entre guillemets\xa0: role = "x", wants = ["x", "y"]',
        },
    ),
    (
        "Expected '='",
        "",
        {"en": 'write a key, = and a value: role = "x"', "fr": 'clé, =, valeur\xa0: role = "x"'},
    ),
)
"""What TOML's reader says, what the line holds, and what was probably meant."""


class Plain(str):
    """What is shown as it is, without quotation marks."""

    __slots__ = ()


class Mistake(Exception):
    """A rule that a profile breaks, and the blanks of its sentence."""

    def __init__(self, rule: str, **values: Any) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values


@attrs.frozen
class File:
    """A profile's file: its name in messages, and their language."""

    source: str
    lang: str

    def wrong(self, mistake: Mistake) -> WrongUse:
        """The error for a person."""
        values = dict(mistake.values)
        given = values.get("given", "")
        if "wanted" in values:
            values["wanted"] = _WANTED[values["wanted"]][self.lang].format(**values)
        values["near"] = self._near(given, values.pop("known", ()), values.pop("options", ()))
        values["given"] = self._quoted(given)
        source = _STDIN[self.lang] if self.source == "-" else self.source
        return WrongUse(source + _SAYS[mistake.rule][self.lang].format(**values))

    def _quoted(self, words: str) -> str:
        if isinstance(words, Plain):
            return words
        return f"«\xa0{words}\xa0»" if self.lang == "fr" else f"“{words}”"

    def _near(self, given: str, known: tuple[str, ...], options: tuple[str, ...]) -> str:
        """The name that was probably meant, else all that there are."""
        if near := difflib.get_close_matches(given, known, n=1, cutoff=0.5):
            return _NEAR[self.lang].format(near=self._quoted(near[0]))
        return _ONE_OF[self.lang].format(names=", ".join(known or options))

    def no_toml(self, error: str, text: str) -> WrongUse:
        """TOML's reader could not read the text: its words, the line among them, and the fix."""
        stated, lines = re.search(r"at line (\d+)", error), text.splitlines()
        line = lines[int(stated[1]) - 1 if stated else -1]
        fixes = (
            fix[self.lang].format(key=line.partition("=")[0].strip())
            for said, held, fix in _FIXES
            if re.search(said, error) and re.search(held, line)
        )
        fix = next(fixes, "")
        stop = "; " if self.lang == "en" else "\u202f; "
        return self.wrong(Mistake("toml", error=error, fix=fix and stop + fix))
