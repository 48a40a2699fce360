"""Languages: names in six languages and codes -> BCP 47 codes; and the language of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from catalogue.clean.text import line, stated
from catalogue.errors import Unreadable
from catalogue.words import fold

_NAMES_IN = ("fr", "en", "de", "es", "pt", "it")
_DETECTED = ("fr", "en", "es", "de", "it", "pt")
# Measured on ../shared/data/courses_real.csv.gz (1,500 French and 3,000 English courses, title and
# start of the description): at 60-80 characters 98.9 % of the French and 85.5 % of the English are
# named, at 80-140 99.9 % and 97.7 %, from 140 on 99.7 % and more; wrong are 0.1 % at most, nearly
# all of them pages written in another language than their label. All of the model's languages
# compete: among the six alone, Dutch and Catalan come out as German and Spanish.
_SHORTEST, _LONGEST = 60, 400
_SURE = 0.5
# Where the country changes what a reader gets; elsewhere fr-FR is fr.
_KEPT = {"pt-br": "pt-BR", "zh-cn": "zh-CN", "zh-tw": "zh-TW", "zh-hk": "zh-TW",
         "zh-hans": "zh-CN", "zh-hant": "zh-TW", "zh-hans-cn": "zh-CN",
         "zh-hant-tw": "zh-TW"}  # fmt: skip
_OWN_NAMES = {
    "中文": "zh", "简体中文": "zh-CN", "繁體中文": "zh-TW", "繁体中文": "zh-TW", "日本語": "ja",
    "한국어": "ko", "русский": "ru", "العربية": "ar", "українська": "uk", "ελληνικά": "el",
    "nederlands": "nl", "polski": "pl", "turkce": "tr", "svenska": "sv", "dansk": "da",
    "suomi": "fi", "norsk": "no", "cestina": "cs", "magyar": "hu", "romana": "ro", "हिन्दी": "hi",
    "ไทย": "th", "tieng viet": "vi", "bahasa indonesia": "id", "עברית": "he", "català": "ca",
    "chinese simplified": "zh-CN", "simplified chinese": "zh-CN", "chinois simplifie": "zh-CN",
    "chinese traditional": "zh-TW", "traditional chinese": "zh-TW", "mandarin": "zh",
    "chinois traditionnel": "zh-TW", "chinese mandarin": "zh", "chinese china": "zh-CN",
    "portuguese brazilian": "pt-BR", "brazilian portuguese": "pt-BR", "portuguese brazil": "pt-BR",
    "portugais bresilien": "pt-BR", "portugais bresil": "pt-BR", "portugues do brasil": "pt-BR",
    "portugues brasil": "pt-BR", "portugues brasileiro": "pt-BR", "portuguese european": "pt",
    "portuguese portugal": "pt", "portugais europeen": "pt", "castilian": "es", "farsi": "fa",
    "espagnol castillan": "es", "flemish": "nl", "moldavian": "ro", "greek": "el",
    "valencian": "ca", "us english": "en", "uk english": "en", "british english": "en",
    "filipino": "fil", "tagalog": "tl", "bangla": "bn", "burmese": "my", "myanmar": "my",
    "norwegian": "no", "английский": "en", "англійська": "en", "英语": "en", "英語": "en",
    "영어": "en", "الإنجليزية": "en", "انجليزي": "en", "французский": "fr", "французька": "fr",
    "法语": "fr", "法語": "fr", "フランス語": "fr", "프랑스어": "fr", "الفرنسية": "fr",
    "langue des signes francaise": "fsl", "lsf": "fsl",
}  # fmt: skip
_NO_LANGUAGE = ("mul", "root", "und", "zxx")
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?")
_ASIDE = re.compile(r"\[[^\]]*\]|\((?:auto|cc|sous-titres?|subtitles?)[^)]*\)", re.IGNORECASE)
_LISTED = re.compile(
    r"^(?:subtitles?|sous[- ]titres?|audio|languages?|langues?|available in|taught in"
    r"|disponible en|en langue)\s*:?\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;/|+&\n]\s*|\s+(?:et|and|und|y|e|ou|or|oder|o)\s+", re.IGNORECASE)


@cache
def _known(tongue: str) -> dict[str, str]:
    """Code -> name in one language, as the CLDR has them."""
    from babel import Locale

    named = Locale.parse(tongue).languages
    return {str(code): str(name) for code, name in named.items()}


@cache
def _names() -> dict[str, str]:
    """Folded name -> code, for every language that the six languages have a name for."""
    known: dict[str, str] = {}
    for tongue in _NAMES_IN:
        for code, name in _known(tongue).items():
            if code not in _NO_LANGUAGE:
                known.setdefault(_key(name), code.replace("_", "-"))
    return known | {_key(name): code for name, code in _OWN_NAMES.items()}


@cache
def _codes() -> dict[str, str]:
    """Every code, ISO 639-2 and withdrawn ones too ("fra", "iw") -> the code to use."""
    from babel.core import get_global

    known = {code: code for code in _known("en") if "_" not in code and code not in _NO_LANGUAGE}
    aliases = get_global("language_aliases").items()
    return known | {old: new.split("_")[0] for old, new in aliases if old not in known}


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


@lru_cache(maxsize=4096)
def language(text: str | None) -> str | None:
    """The BCP 47 code of one language, from its code or its name in fr, en, de, es, pt or it.

    Countries are dropped ("fr-FR" is "fr") except pt-BR and the scripts of Chinese, kept as
    zh-CN and zh-TW.
    """
    said = stated(text, "a language")
    if said is None:
        return None
    tag = said.casefold().replace("_", "-")
    if tag == "und":
        return None
    if _TAG.fullmatch(tag):
        first, *others = tag.split("-")
        code = _codes().get(first)
        if tag in _KEPT or (code and _are_countries(others)):
            return _KEPT.get(tag, code)
    return _named(said, text)


def _are_countries(parts: Iterable[str]) -> bool:
    """Is each a script or a country? "FR-EN" is two languages."""
    return all(len(part) == 4 or part.upper() in _countries() for part in parts)


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    return frozenset(map(str, Locale.parse("en").territories))


def _named(said: str, text: str | None) -> str:
    names = _names()
    code = names.get(_key(said)) or names.get(_key(re.sub(r"\(.*?\)", "", said)))
    if code is None:
        raise Unreadable(text, "a language")
    return _KEPT.get(code.casefold(), code.split("-")[0])


def languages(text: str | Iterable[str | None] | None) -> tuple[str, ...] | None:
    """Every language named, in order, once: of a list, or of words such as "Anglais et français"
    or "Subtitles: French, Spanish".
    """
    if text is None:
        return None
    parts = [text] if isinstance(text, str) else list(text)
    found = dict.fromkeys(code for part in parts for code in _each(part))
    return tuple(found) or None


@lru_cache(maxsize=4096)
def _each(text: str | None) -> tuple[str, ...]:
    said = stated(text, "a language")
    if said is None:
        return ()
    names = _BETWEEN.split(_LISTED.sub("", _ASIDE.sub("", said)).strip(". "))
    return tuple(code for name in names if (code := language(name)))


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detected(text: str | None) -> str | None:
    """The language that a text is written in: fr, en, es, de, it or pt; None when unsure."""
    said = line(text)
    if said is None or len(said) < _SHORTEST:
        return None
    code, probability = _identifier().classify(said[:_LONGEST])
    return str(code) if probability >= _SURE and code in _DETECTED else None
