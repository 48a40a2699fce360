"""A level's word in any of the catalogue's languages -> one of LEVELS."""

from __future__ import annotations

import re
from functools import lru_cache

from catalogue.clean.text import stated, word_set
from catalogue.errors import Unreadable
from catalogue.words import fold

_WORDS = {
    "beginner": "beginner beginners basic basics introductory introduction intro foundation"
    " foundational fundamentals fundamental elementary easy novice entry starter debutant debutante"
    " debutants debutantes facile initiation decouverte elementaire introductif accessible anfanger"
    " anfangerin einsteiger einsteigerin grundlagen grundkurs leicht einfuhrung principiante"
    " principiantes basico basica inicial introductorio introduttivo introductoria facil"
    " principianti base iniciante iniciantes introdutorio introdutoria elementar beginnend"
    " absolute nybegynner начальный базовый 初级 初級 入门 入門 beginnersniveau",
    "intermediate": "intermediate medium moderate intermediaire intermediaires moyen moyenne mittel"
    " mittelstufe intermedio intermedia medio media intermediario intermediaria"
    " средний 中级 中級 gemiddeld",
    "advanced": "advanced expert experts difficult hard proficient mastery avance avances"
    " avancee confirme confirmes confirmee difficile experte profi experten avanzado avanzada"
    " avancado avancada avanzato avanzata avanzati esperto experto especialista specialist"
    " продвинутый 高级 高級 上級 gevorderd fortgeschritten fortgeschrittene",
    "mixed": "mixed all any everyone various multiple tous toutes tout toute alle todos todas tutti"
    " mixte variable multiniveau любой",
}
_LEVEL_OF = {fold(word): name for name, words in _WORDS.items() for word in words.split()}
LEVEL_WORDS = frozenset(_LEVEL_OF)
_FILLERS = word_set(
    "level levels niveau niveaux niveaus nivel niveis niveles livello livelli stufe schwierigkeit"
    " difficulty difficulte dificultad dificuldade difficolta course courses cours kurs curso"
    " corso students learners audiences abilities public publics grand ouvert open the les le la"
    " der die das los las i gli for pour fur per para a au aux de du d di of and et und e y or ou"
    " student user users уровень friendly skill skills to with"
)
_UNSTATED = frozenset({"not mentioned", "not specified", "not applicable", "mixed not mentioned"})


@lru_cache(maxsize=4096)
def level(text: str | None) -> str | None:
    """One of LEVELS. Two different levels named together ("Intermediate, Introductory") are
    mixed; "mixed/not-mentioned" says that the source does not know, hence None.
    """
    said = stated(text, "a level")
    if said is None:
        return None
    # OpenLearn numbers its levels: "1: Introductory".
    words = re.findall(r"[^\W\d_]+", fold(said))
    if " ".join(words) in _UNSTATED:
        return None
    found = {_LEVEL_OF[word] for word in words if word in _LEVEL_OF}
    if not found or any(word not in _LEVEL_OF and word not in _FILLERS for word in words):
        raise Unreadable(text, "a level")
    return found.pop() if len(found) == 1 else "mixed"
