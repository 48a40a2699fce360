"""What a CV says of the person rather than of the work: what is to be learnt, what is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from catalogue.words import fold
from recommend.wording import LANGUAGES as NAMED

_WISH_HEADS = (
    "looking to learn", "want to learn", "i want to learn", "would like to learn", "to learn",
    "learning goals", "learning objectives", "what i want to learn", "goal", "goals", "my goals",
    "career goals", "objective", "objectives", "career objective", "career objectives", "next",
    "next year", "next step", "next steps", "development goals", "development areas",
    "areas for development", "areas to develop", "training needs", "training wishes", "wishes",
    "je cherche a apprendre", "je veux apprendre", "je souhaite apprendre", "envie d'apprendre",
    "envies", "mes envies", "objectif", "objectifs", "mes objectifs", "objectif professionnel",
    "objectifs professionnels", "objectif de formation", "objectifs de formation", "projet",
    "projets", "mon projet", "projet professionnel", "projet de formation", "souhaits",
    "mes souhaits", "souhaits de formation", "besoins de formation", "a apprendre", "a developper",
    "competences a developper", "axes de progres", "axes de developpement", "pour la suite",
    "l'an prochain", "l'annee prochaine", "ce que je veux apprendre", "ce que je cherche",
    "ce que je cherche a apprendre", "je recherche",
)  # fmt: skip
_WISHES = re.compile(
    r"(?<![\w-])(?:i(?:'m| am) (?:looking|hoping|keen|eager) to|i am looking for training"
    r"|i(?:'d| would)(?: also)? (?:like|love) to|i(?: also)? (?:want|need|wish|hope|plan) to"
    r"|je (?:veux|voudrais|souhaite|souhaiterais|cherche a|compte|desire|dois)(?! pas)"
    r"|j'(?:aimerais|ai envie|ai besoin))(?![\w-])"
)
"""How a wish begins, in levelled words."""
_HEADS = re.compile(
    r"^[\W_]*(?:(?:spoken |foreign |other )?languages?(?: skills| spoken)?|linguistic skills"
    r"|langues?(?: (?:vivantes|parlees|etrangeres|pratiquees))?|competences linguistiques)\s*$"
)
_SPEAKS = re.compile(r"^\W*(?:i (?:also )?(?:speak|read)|je (?:parle|lis)|fluent in|bilingu\w+)\b")
"""A sentence on languages that has no label, in folded words."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")
_PIECES = re.compile(r"[,;/|·•\n]|\s[-–—]\s|\s(?:and|et|&)\s")
_WORDS = re.compile(r"[^\W_]+")
_OTHER_NAMES = {
    "mandarin": "zh", "cantonese": "zh", "cantonais": "zh", "castilian": "es", "castillan": "es",
    "flemish": "nl", "flamand": "nl", "farsi": "fa",
}  # fmt: skip
_READS = frozenset({
    "b1", "b2", "c1", "c2", "fluent", "fluently", "courant", "courante", "couramment", "native",
    "natif", "maternelle", "mother", "bilingual", "bilingue", "read", "reads", "reading", "lu",
    "lue", "lis", "lecture", "written", "ecrit", "ecrite",
})  # fmt: skip
"""CEFR's B1 is to read "straightforward factual texts" on one's own field."""
_READS_NOT = frozenset({
    "a0", "a1", "a2", "basic", "basics", "beginner", "elementary", "notion", "notions", "debutant",
    "debutante", "base", "bases", "rudiments", "scolaire", "faible", "learning", "conversational",
    "conversation", "spoken", "oral", "parle", "little", "some", "limited", "cours", "peu",
})  # fmt: skip

_BESIDE = frozenset({
    "level", "niveau", "tongue", "langue", "good", "very", "bon", "bonne", "tres", "advanced",
    "avance", "intermediate", "intermediaire", "technical", "technique", "in", "and", "en", "et",
})  # fmt: skip


def is_wish_head(level: str) -> bool:
    """Does a line's head, in levelled words, announce what the person wants?"""
    return level in _WISH_HEADS


def is_wish(level: str) -> bool:
    """Does a sentence say, in levelled words, what the person wants?"""
    return bool(_WISHES.search(level))


def is_language(topic: str) -> bool:
    """Is it a language, with or without how well it is known: "fluent German"?"""
    said = set(_WORDS.findall(fold(topic)))
    rest = said - set(_names()) - _READS - _READS_NOT - _BESIDE
    return not rest and not said.isdisjoint(_names())


def languages_read(words: str) -> tuple[str, ...]:
    """The languages that a text lists as read, or without a level, as ISO codes."""
    said: dict[str, set[str]] = {}
    for sentence in _listed(words):
        for code, level in _named(sentence):
            said.setdefault(code, set()).update(level)
    return tuple(code for code, level in said.items() if level & _READS or not level & _READS_NOT)


def _listed(words: str) -> Iterator[str]:
    """The sentences below or behind "Languages:", as far as they name one."""
    is_open = told = False
    for sentence in _SENTENCE.split(words):
        head, _, rest = sentence.partition(":")
        is_labelled = bool(_HEADS.match(fold(head)))
        is_headed = is_labelled or bool(_SPEAKS.match(fold(sentence)))
        said = rest if is_labelled else sentence
        if said.strip():
            is_open = told = _is_list(said) if is_headed else is_open and _goes_on(said)
        else:
            is_open, told = is_headed or (is_open and not told), False
        if told and said.strip():
            yield said


def _is_list(sentence: str) -> bool:
    return any(_codes(fold(sentence)))


def _goes_on(sentence: str) -> bool:
    """Is it more of a list of languages, and not of "German clients"?"""
    return is_language(sentence) or (_is_list(sentence) and bool(re.search(r"[:(]", sentence)))


def _named(sentence: str) -> Iterator[tuple[str, set[str]]]:
    """Each language of a sentence with what is said of it, before or behind its name."""
    level = re.sub(r"[(),\[\]]+(?=[^(\[]*[)\]])|[()\[\]]", " ", fold(sentence))
    head, colon, rest = level.partition(":")
    shared = set() if not colon or any(_codes(head)) else set(_WORDS.findall(head))
    last: list[str] = []
    for piece in _PIECES.split(rest if shared else level):
        last = list(_codes(piece)) or last
        for code in last:
            yield code, shared.union(_WORDS.findall(piece))


def _codes(level: str) -> Iterator[str]:
    """The languages that folded words name."""
    return (_names()[word] for word in _WORDS.findall(level) if word in _names())


@cache
def _names() -> dict[str, str]:
    """Folded name, in French or English -> code: of the world's, as the CLDR has them."""
    from babel import Locale  # slow to load

    found = {
        fold(name): code
        for lang in ("fr", "en")
        for code, name in Locale.parse(lang).languages.items()
        if len(code) == 2
    }
    ours = {fold(name): code for code, names in NAMED.items() for name in names.values()}
    return found | ours | _OTHER_NAMES
