"""A role profile: who ranks, for what, within which hours, weeks and money.

Written as TOML by a person; every key is declared once, in `Profile`, and the JSON Schema that
editors read is made from it.
"""

from __future__ import annotations

import copy
import datetime
import hashlib
import json
import math
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from catalogue.errors import WrongUse
from catalogue.options import AUDIENCES, LEVELS, PROVIDER_KINDS
from catalogue.sessions import YEARS
from recommend import files
from recommend.mistakes import File, Mistake, Plain

LANGUAGES = ("fr", "en")
APPROACHES = ("practice", "theory", "both")
TONES = ("academic", "balanced", "promotional")
WEIGHTS = (
    "text",
    "focus",
    "wishes",
    "substance",
    "hours",
    "weeks",
    "total",
    "price",
    "hourly",
    "certificate",
    "open",
    "language",
    "level",
    "introduction",
    "known",
    "novelty",
    "rising",
    "avoid",
    "platform",
    "audience",
    "provider",
    "approach",
    "exercises",
    "tone",
    "rating",
    "freshness",
    "completeness",
)
"""What `weights` may scale: the text, and each signal by its name."""

_HIGHEST_WEIGHT = 5.0
_CODE = r"[a-z]{2,3}(-[A-Za-z0-9]+)*"
"""A language's code."""


LONGEST = 20_000
"""Characters of a text, or of a list together, at most: a CV or an advert has fewer."""


def key(
    meaning: str,
    *,
    options: tuple[str, ...] = (),
    default: Any = None,
    limits: tuple[float, float] | None = None,
) -> Any:
    """Declare a key of the profile: what it means and the values it may have."""
    held = {"meaning": meaning, "options": options, "limits": limits}
    return attrs.field(default=default, metadata=held)


@attrs.frozen(kw_only=True)
class Profile:
    """What a person says of a role. None and empty always mean "not said"."""

    name: str = attrs.field(default="profile", eq=False)
    """The file's name without its ending; not a key of the file."""
    role: str = key("The job's title.", default="")
    text: str = key(
        "The job in a few sentences: experience, tasks, what is looked for.", default=""
    )
    language: str = key("Language that this profile is written in.", options=LANGUAGES)
    wants: tuple[str, ...] = key("Topics wanted.", default=())
    knows: tuple[str, ...] = key(
        "Topics mastered: introductions to them are of no use.", default=()
    )
    avoid: tuple[str, ...] = key("Topics not wanted.", default=())
    curious: tuple[str, ...] = key("Topics that would be nice; half of a wish.", default=())
    reads: tuple[str, ...] = key("Languages read, the most comfortable first: fr, en.", default=())
    hours_per_week: float | None = key(
        "Hours a week that can be spent on learning.", limits=(0.1, 168.0)
    )
    weeks_at_most: float | None = key(
        "The longest that a course may last, in weeks.", limits=(0.1, 520.0)
    )
    budget: float | None = key(
        "Most that one course may cost, in euros; 0: free courses only.", limits=(0.0, 1e6)
    )
    certificate: bool | None = key("Is a certificate wanted?")
    level: str | None = key("Experience in the topics wanted.", options=LEVELS)
    platforms: tuple[str, ...] = key("Platforms that can be used; none named: all.", default=())
    audience: str | None = key("Whom the courses must be made for.", options=AUDIENCES)
    approach: str | None = key("Practice, theory, or both in balance.", options=APPROACHES)
    tone: str | None = key(
        "How courses may speak; not said: both extremes lose a little.", options=TONES
    )
    provider_kinds: tuple[str, ...] = key(
        "Kinds of providers wished for; none named: all.", options=PROVIDER_KINDS, default=()
    )
    weights: Mapping[str, float] = key(
        "How much text and each signal count: 1 as usual, 0 not at all, 2 twice.",
        default=attrs.Factory(dict),
    )
    day: str | None = key("Day to plan from, such as 2027-01-05; without it, today.")

    @property
    def hash(self) -> str:
        """12 hex digits of everything that the profile says; its file's name is not in it."""
        said = json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The keys said, as plain JSON values."""
        values = {name: getattr(self, name) for name in KEYS}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value is not None and value not in ("", (), {})
        }

    def weight(self, name: str) -> float:
        """How much the text ("text") or a signal counts."""
        return self.weights.get(name, 1.0)


KEYS: Mapping[str, attrs.Attribute[Any]] = {
    field.name: field for field in attrs.fields(Profile) if "meaning" in field.metadata
}
_HINTS = typing.get_type_hints(Profile)


def load(name: str, lang: str | None = None) -> Profile:
    """The profile in a TOML file, of a shipped name such as "directeur-marketing", or from "-".

    Raises WrongUse with the nearest key or name when it cannot be what was meant.
    """
    from catalogue.terminal import read_text

    if name == "-":
        return parse(read_text("-"), name="profile", source="-", lang=lang)
    path = _path(name)
    return parse(read_text(str(path)), name=path.stem, source=str(path), lang=lang)


def shipped() -> tuple[str, ...]:
    """Names of the profiles that come with moocscout."""
    return tuple(sorted(path.stem for path in files.PROFILES.glob("*.toml")))


def _path(name: str) -> Path:
    given = Path(name)
    if given.suffix == ".toml" or given.exists() or "/" in name:
        return given
    if name in shipped():
        return files.PROFILES / f"{name}.toml"
    import difflib

    near = difflib.get_close_matches(name, shipped(), n=3, cutoff=0.4) or shipped()
    raise WrongUse(f"no profile is called “{name}”; name a TOML file, or one of: {', '.join(near)}")


def parse(text: str, *, name: str, source: str, lang: str | None = None) -> Profile:
    """A profile from TOML; `source` names it in errors, which are in `lang`, else its language."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _file(source, lang, text).no_toml(str(error), text) from error
    try:
        values = {key: _value(key, value) for key, value in said.items()}
        profile = Profile(name=name, **values)
        _check_says(profile)
    except Mistake as mistake:
        raise _file(source, lang, text).wrong(mistake) from None
    return _with_language(profile)


def _check_says(profile: Profile) -> None:
    if not (profile.role or profile.text or profile.wants or profile.curious):
        raise Mistake("nothing")


def _file(source: str, lang: str | None, text: str) -> File:
    """The file that is wrong, and the language to say so in: the one stated, else its words'."""
    from recommend.language import language_of

    if stated := re.search(r'^language\s*=\s*"(fr|en)"', text, re.MULTILINE):
        lang = lang or stated[1]
    return File(source, lang or language_of(re.sub(r"^\s*\w+\s*=", "", text, flags=re.MULTILINE)))


def _with_language(profile: Profile) -> Profile:
    """Fill in the language that the profile is written in, where it does not say."""
    if profile.language:
        return profile
    from recommend.language import language_of

    topics = (*profile.wants, *profile.curious, *profile.knows, *profile.avoid)
    words = " ".join((profile.role, profile.text, *topics))
    return attrs.evolve(profile, language=language_of(words))


def _value(key: str, value: Any) -> Any:
    if key not in KEYS:
        raise Mistake("key", given=key, known=tuple(KEYS))
    read, wanted = _READERS[_bare(_HINTS[key])]
    found = read(value)
    if found is None:
        raise Mistake("kind", key=key, wanted=wanted, given=_shown(value), **_limits(key))
    _check_options(key, found)
    return found


def _limits(key: str) -> dict[str, str]:
    limits = KEYS[key].metadata["limits"] or ()
    return dict(zip(("least", "most"), (f"{limit:,.10g}" for limit in limits), strict=False))


def _bare(hint: Any) -> Any:
    """The type without "or None"."""
    if isinstance(hint, types.UnionType):
        return next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint


def _check_options(key: str, value: Any) -> None:
    _check_size(key, value)
    if key == "reads" and (names := [each for each in value if not re.fullmatch(_CODE, each)]):
        raise Mistake("reads", given=names[0])
    options = KEYS[key].metadata["options"]
    given = value if isinstance(value, tuple) else (value,)
    if options and (wrong := [each for each in given if each not in options]):
        raise Mistake("option", key=key, given=wrong[0], options=options)
    if key == "weights" and (unknown := [name for name in value if name not in WEIGHTS]):
        raise Mistake("weight", given=unknown[0], known=WEIGHTS)
    if key == "day" and not _is_day(value):
        raise Mistake("day", given=value)


def within(key: str, figure: float) -> bool:
    """May a key hold this figure?"""
    limits = KEYS[key].metadata["limits"]
    return limits is None or limits[0] <= figure <= limits[1]


def _check_size(key: str, value: Any) -> None:
    if isinstance(value, float) and not within(key, value):
        raise Mistake("limits", key=key, given=Plain(f"{value:g}"), **_limits(key))
    length = sum(map(len, value)) if isinstance(value, tuple) else len(str(value))
    if length > LONGEST:
        raise Mistake("long", key=key, length=f"{length:,}", most=f"{LONGEST:,}")


def _shown(value: Any) -> str:
    """A value as TOML has it; text alone is quoted in the reader's way."""
    return value if isinstance(value, str) else Plain(json.dumps(value, default=str))


def _is_day(value: str) -> bool:
    try:
        day = datetime.date.fromisoformat(value)
        return day.isoformat() == value and day.year in YEARS
    except ValueError:
        return False


def _text(value: Any) -> str | None:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else None


def _texts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return None
    return tuple(dict.fromkeys(each.strip() for each in value if each.strip()))


def _figure(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _figures(value: Any) -> dict[str, float] | None:
    if not isinstance(value, dict):
        return None
    found = {name: _figure(each) for name, each in sorted(value.items())}
    weights = {n: w for n, w in found.items() if w is not None and 0 <= w <= _HIGHEST_WEIGHT}
    return weights if len(weights) == len(value) else None


_READERS: Mapping[Any, tuple[Any, str]] = {
    str: (_text, "text"),
    tuple[str, ...]: (_texts, "texts"),
    float: (_figure, "number"),
    bool: (_flag, "flag"),
    Mapping[str, float]: (_figures, "weights"),
}
"""How a value is read, and what it must be, as `mistakes` calls it."""

_SCHEMAS: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    tuple[str, ...]: {"type": "array", "items": {"type": "string"}},
    float: {"type": "number", "minimum": 0},
    bool: {"type": "boolean"},
    Mapping[str, float]: {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"type": "number", "minimum": 0, "maximum": _HIGHEST_WEIGHT} for name in WEIGHTS
        },
    },
}


def schema() -> dict[str, Any]:
    """The JSON Schema of a profile file: data/profiles/profile.schema.json holds it."""
    properties = {
        name: {
            "description": field.metadata["meaning"],
            **copy.deepcopy(_SCHEMAS[_bare(_HINTS[name])]),
        }
        for name, field in KEYS.items()
    }
    for name, field in KEYS.items():
        if options := field.metadata["options"]:
            held = properties[name]
            held.get("items", held)["enum"] = list(options)
        if limits := field.metadata["limits"]:
            properties[name]["minimum"], properties[name]["maximum"] = limits
    for name in ("role", "text"):
        properties[name]["maxLength"] = LONGEST
    properties["reads"]["items"]["pattern"] = f"^{_CODE}$"
    properties["day"]["format"] = "date"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "moocscout role profile",
        "type": "object",
        "additionalProperties": False,
        "anyOf": [{"required": [name]} for name in ("role", "text", "wants", "curious")],
        "properties": properties,
    }
