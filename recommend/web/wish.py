"""A whole profile in an address: a shipped role and what was changed of it, and back again.

A parameter that is absent or blank is as the role has it; "none" says that it is not said.
A form sends every field: `Wish.query` is the address that keeps only what differs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import attrs

from catalogue.options import LEVELS, PROVIDER_KINDS
from recommend import wording
from recommend.language import language_of
from recommend.profile import APPROACHES, KEYS, LANGUAGES, TONES, WEIGHTS, Profile, within
from recommend.web import asked as asking
from recommend.web import ranking
from recommend.web.api_spec import NONE
from recommend.web.asked import WrongRequest

SHORTLIST = 12
_TELLING = 8
"""Words of a text from which on they tell its language."""
TAGS = ("wants", "curious", "knows", "avoid")
TAGS_AT_MOST = 15
TAGS_LIMIT = 600
WORDS: Mapping[str, int] = {"role": asking.TEXT_LIMIT, "text": TAGS_LIMIT}
"""Parameters in a person's own words -> characters at most."""
WEIGHT_STEPS = (0.0, 0.5, 1.0, 2.0, 3.0)
FIGURES: Mapping[str, tuple[str, float, float]] = {
    name: (key, *KEYS[key].metadata["limits"])
    for name, key in (
        ("hours", "hours_per_week"),
        ("weeks", "weeks_at_most"),
        ("budget", "budget"),
    )
}
"""Parameter -> (the profile's key, lowest, highest): every profile has an address."""
_CERTIFICATE = {"yes": True, "no": False}
BOXES: Mapping[str, tuple[str, ...]] = {"reads": LANGUAGES, "provider_kinds": PROVIDER_KINDS}
"""Parameters that take several values of a list, which the form has as boxes; platforms are one
more. What one reads may be any other language, too."""
LANGUAGE = r"[a-z]{2,3}"
"""A language's code."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "level": LEVELS,
    "certificate": tuple(_CERTIFICATE),
    "approach": APPROACHES,
    "tone": TONES,
}
"""Parameters that take one value of a closed list."""


@attrs.frozen
class Wish:
    """What one visitor asks to be ranked for."""

    base: Profile | None
    """The shipped role that it starts from."""
    profile: Profile
    top: int

    @property
    def query(self) -> str:
        """The shortest address parameters that ask for the same."""
        return urlencode(self.pairs)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The same, name by name."""
        return list(self._pairs())

    @property
    def changed(self) -> bool:
        """Is it anything else than the role's own version?"""
        return self.base is not None and self.profile.hash != self.base.hash

    def having(self, **changes: Any) -> Wish:
        """The same with some of the profile's keys changed."""
        return attrs.evolve(self, profile=attrs.evolve(self.profile, **changes))

    def with_(self, **changes: Any) -> str:
        """The address parameters of that."""
        return self.having(**changes).query

    def _pairs(self) -> Iterator[tuple[str, str]]:
        base = self.base or _nobody(self.profile.language)
        if self.base:
            yield "profile", self.base.name
        mine, theirs = _fields(self.profile), _fields(base)
        yield from ((name, said) for name, said in mine.items() if said != theirs[name])
        if self.top != SHORTLIST:
            yield "top", str(self.top)


def _fields(profile: Profile) -> dict[str, str]:
    """What each field of the form would send for this profile, "none" for nothing."""
    found = {name: ", ".join(getattr(profile, name)) or NONE for name in TAGS}
    for name, (key, _, _) in FIGURES.items():
        value = getattr(profile, key)
        found[name] = NONE if value is None else f"{value:g}"
    found |= {name: _tidy(getattr(profile, name)) or NONE for name in WORDS}
    for name in (*BOXES, "platforms"):
        found[name] = ",".join(getattr(profile, name)) or NONE
    for name in CHOICES:
        found[name] = getattr(profile, name) or NONE
    said = {flag: word for word, flag in _CERTIFICATE.items()}
    found["certificate"] = NONE if profile.certificate is None else said[profile.certificate]
    return found | {f"w_{name}": f"{profile.weight(name):g}" for name in WEIGHTS}


def _nobody(language: str) -> Profile:
    return Profile(name="profile", language=language)


def read(args: Any, lang: str, platforms: Mapping[str, str]) -> Wish | None:
    """The wish of a request (Datasette's `request.args`); None when it asks for nothing at all.

    Raises WrongRequest for what cannot be meant.
    """
    _once(args)
    name = asking.text(args, "profile")
    if not name and not _says(args):
        return None
    base = _base(name) if name else None
    profile = base or _nobody(_written_in(args, lang))
    whole = "form" in args
    changes: dict[str, Any] = dict(_words(args, profile)) | dict(_tags(args))
    changes |= dict(_figures(args, whole=whole))
    changes |= dict(_choices(args, whole=whole, platforms=platforms))
    changes.update(_weights(args, profile))
    top = int(asking.number(args, "top", 1.0, 50.0) or SHORTLIST)
    return Wish(base, attrs.evolve(profile, **changes), top)


def _once(args: Any) -> None:
    """Of a second value of what takes one, nobody would know what became."""
    lists = {*BOXES, "platforms"}
    for name in args:
        if name not in lists and len(args.getlist(name)) > 1:
            raise WrongRequest("wrong_twice", name=name[:40])


def _says(args: Any) -> bool:
    names = {*WORDS, *TAGS, *FIGURES, *BOXES, *CHOICES, "platforms", "form"}
    return any(name in args for name in names)


def _base(name: str) -> Profile:
    try:
        return ranking.shipped(name)
    except KeyError:
        raise WrongRequest("wrong_profile", value=name[:60]) from None


def _words(args: Any, profile: Profile) -> Iterator[tuple[str, str]]:
    """Job and text, where they are not the role's own, which a form sends back with other ends of
    lines."""
    for name, most in WORDS.items():
        said = _tidy(args.get(name) or "")
        if len(said) > most:
            raise WrongRequest("wrong_long", name=name, high=most)
        if said.lower() == NONE or (not said and name in args and "form" in args):
            yield name, ""
        elif said and said.split() != _tidy(getattr(profile, name)).split():
            yield name, said


def _written_in(args: Any, lang: str) -> str:
    """The language of a profile that nobody ships: its text's, so that a page in the other language
    ranks the same; of mere topics, the page's."""
    said = [args.get(name) or "" for name in ("text", "role", *TAGS)]
    return language_of("\n".join(said)) if len(said[0].split()) >= _TELLING else lang


def _tidy(words: str) -> str:
    """Each line without the blanks around it, with the apostrophe of typewriters."""
    lines = words.replace("’", "'").strip().splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def _tags(args: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in TAGS:
        text = (args.get(name) or "").strip()
        if len(text) > TAGS_LIMIT:
            raise WrongRequest("wrong_long", name=name, high=TAGS_LIMIT)
        if text or (name in args and "form" in args):
            yield name, tags(text)


def tags(text: str) -> tuple[str, ...]:
    """Topics between commas, each once, with the apostrophe of typewriters; "none" is none."""
    if text.strip().lower() == NONE:
        return ()
    text = text.replace("’", "'")
    found = (" ".join(each.split()) for each in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(each for each in found if each))[:TAGS_AT_MOST]


def _figures(args: Any, *, whole: bool) -> Iterator[tuple[str, float | None]]:
    for name, (key, low, high) in FIGURES.items():
        text = (args.get(name) or "").strip().lower()
        if text == NONE or (whole and not text and name in args):
            yield key, None
        elif text:
            yield key, asking.number(args, name, low, high)


def _choices(args: Any, *, whole: bool, platforms: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name, known in (*BOXES.items(), ("platforms", tuple(platforms))):
        given = [each for text in args.getlist(name) for each in text.split(",") if each]
        if given == [NONE] or (whole and not given):
            yield name, ()
        elif given and name == "reads":
            yield name, tuple(dict.fromkeys(map(_language, given)))
        elif given:
            yield name, tuple(_known(name, each, known) for each in dict.fromkeys(given))
    for name, options in CHOICES.items():
        given_one = (args.get(name) or "").strip().lower()
        if given_one == NONE or (whole and not given_one and name in args):
            yield name, None
        elif given_one:
            found = _known(name, given_one, options)
            yield name, _CERTIFICATE[found] if name == "certificate" else found


def _language(code: str) -> str:
    """The code of a language that has a name."""
    if not is_language(code):
        raise WrongRequest("wrong_language", value=code[:40])
    return code


def is_language(code: str) -> bool:
    """Is it the code of a language, such as fr, without its country's?"""
    return bool(re.fullmatch(LANGUAGE, code)) and wording.language("en", code) != code


def has_address(key: str, value: Any) -> bool:
    """Can an address hold this value of a profile's key?"""
    if key == "reads":
        return all(map(is_language, value))
    return not isinstance(value, float) or within(key, value)


def _known(name: str, given: str, options: tuple[str, ...]) -> str:
    if given not in options:
        raise WrongRequest("wrong_choice", name=name, options=", ".join(options), value=given[:40])
    return given


def _weights(args: Any, profile: Profile) -> Iterator[tuple[str, dict[str, float]]]:
    """The role's weights with those of the request; 1 is as usual and not said."""
    given = {name: asking.number(args, f"w_{name}", 0.0, 5.0) for name in WEIGHTS}
    stated = {name: value for name, value in given.items() if value is not None}
    found = dict(profile.weights) | stated
    if any(not math.isclose(value, profile.weight(name)) for name, value in stated.items()):
        yield "weights", {n: w for n, w in sorted(found.items()) if not math.isclose(w, 1.0)}
