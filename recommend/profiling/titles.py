"""Which role of an official list is meant by a title that need not be exact."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from catalogue.errors import WrongUse
from catalogue.words import fold, tokens
from recommend import text

SURE = 0.9
"""Likeness (0 to 1) from which on a title may be the one meant."""
_AHEAD = 0.04
"""What the best title must be ahead of the next role's."""
_NEAR = 0.4
"""Share of a title's words, rare ones weighing most, that another must have to be suggested."""
_SAME_WORD = 82
"""Likeness (rapidfuzz's ratio, 0 to 100) of a word and its misspelling: "dirrecteur"."""
_BEGUN = 0.7
"""Likeness of a word and one that only begins so."""
NEAREST = 5
_GENDERS = re.compile(r"^([\w-]+) / ([\w-]+)( .*)?$")
Words = frozenset[str]


@attrs.frozen
class Titled:
    """One title of a role."""

    title: str
    role: str
    """The list's own identifier of the role."""
    language: str
    label: str = ""
    """What the list itself calls the role, where this is another name of it."""

    @property
    def listed_as(self) -> str:
        """What the list itself calls the role."""
        return self.label or self.title


@attrs.frozen
class Pick:
    """The role taken, and what other roles bear the same name."""

    titled: Titled
    others: tuple[str, ...] = ()


def titles(written: str) -> Iterator[str]:
    """The forms of a title: "Chargé / Chargée d'études" is "Chargé d'études" and its feminine."""
    if match := _GENDERS.match(written):
        rest = match[3] or ""
        yield from (f"{match[1]}{rest}", f"{match[2]}{rest}")
    elif "/" in written:
        yield from (part.strip() for part in written.split("/") if part.strip())
    else:
        yield written


def titled(label: str, others: Iterable[str], role: str, language: str) -> Iterator[Titled]:
    """All titles of a role, in every form: what the list calls it, then its other names."""
    yield from (Titled(title, role, language) for title in titles(label))
    first = next(titles(label), "")
    for other in others:
        yield from (Titled(title, role, language, first) for title in titles(other))


def plain(title: str) -> str:
    """A title for comparing: folded, one kind of apostrophe, no surrounding blanks."""
    return " ".join(fold(title).replace("’", "'").split())


def pick(given: str, known: Sequence[Titled]) -> Pick:
    """The role meant by a title. Raises WrongUse with the nearest five when that is not sure."""
    wanted = _words(given)
    if not wanted:
        raise WrongUse("the title is empty; give the name of a job, such as “marketing manager”")
    listed = _Listed(known)
    same = [each for each in known if plain(each.title) == plain(given)]
    if same:
        return _among(same, wanted, listed)
    ranked = listed.nearest(wanted)
    if ranked and _is_sure(wanted, ranked):
        return Pick(ranked[0][1])
    raise _unsure(given, [each for _, each in ranked[:NEAREST]], known)


def _is_sure(wanted: Words, ranked: Sequence[tuple[float, Titled]]) -> bool:
    """Is the likest title the one meant? Not without a word spelt the same: "marketeur"."""
    likeness, best = ranked[0]
    next_best = ranked[1][0] if len(ranked) > 1 else 0.0
    exact = bool(wanted & _words(best.title))
    return exact and likeness >= SURE and likeness - next_best >= _AHEAD


def _among(same: Sequence[Titled], wanted: Words, listed: _Listed) -> Pick:
    """Of the roles with one name: whose own it is, else whose label, then names are nearest."""
    roles: dict[str, Titled] = {}
    for each in sorted(same, key=lambda each: bool(each.label)):
        roles.setdefault(each.role, each)
    best, *others = sorted(roles.values(), key=lambda each: listed.order(each, wanted))
    return Pick(best, tuple(dict.fromkeys(each.listed_as for each in others)))


def _unsure(given: str, near: Sequence[Titled], known: Sequence[Titled]) -> WrongUse:
    if near:
        shown = "".join(f"\n  {title}" for title in dict.fromkeys(each.title for each in near))
        return WrongUse(f"no role is surely “{given}”; give one of these titles:{shown}")
    spoken = {"fr": "French", "en": "English"}
    languages = " or ".join(sorted(spoken[code] for code in {each.language for each in known}))
    return WrongUse(
        f"no title in this list is near “{given}”; try a plainer name of the job, in {languages},"
        " such as its trade alone, or make the profile with moocscout profile new"
    )


def _words(title: str) -> Words:
    """The words of a title, without "of" and the like where it has others."""
    found = frozenset(fold(token) for token in tokens(title))
    return found - text.stop_words() or found


class _Listed:
    """The titles of a list, compared word by word: one that many roles have says little."""

    def __init__(self, known: Sequence[Titled]) -> None:
        self.known = [(each, _words(each.title)) for each in known]
        held: dict[str, set[str]] = {}
        for each, words in self.known:
            held.setdefault(each.role, set()).update(words)
        self.roles = len(held)
        self.counts = Counter(word for words in held.values() for word in words)

    def nearest(self, wanted: Words) -> list[tuple[float, Titled]]:
        """Roles with the likeness (0 to 1) of their nearest title, from the likest on."""
        alike = {word: self._alike(word) for word in wanted}
        best: dict[str, tuple[float, Titled]] = {}
        for each, words in self.known:
            shared = self._shared(alike, words)
            if shared < _NEAR * self._weigh(wanted):
                continue
            likeness = 2 * shared / (self._weigh(wanted) + self._weigh(words))
            if each.role not in best or likeness > best[each.role][0]:
                best[each.role] = likeness, each
        return sorted(best.values(), key=lambda found: -found[0])

    def order(self, each: Titled, wanted: Words) -> tuple[bool, float, float]:
        """Sorts roles of one name: its own label, the label's words, those of its other names."""
        alike = {word: self._alike(word) for word in wanted}
        names = [words for other, words in self.known if other.role == each.role]
        within = sum(self._shared(alike, words) for words in names) / len(names)
        return bool(each.label), -self._shared(alike, _words(each.listed_as)), -within

    def _shared(self, alike: Mapping[str, Mapping[str, float]], words: Words) -> float:
        """The weight of the wanted words that a title has, near ones in part."""
        return sum(
            max((near[word] for word in words & near.keys()), default=0.0) * self._weight(wanted)
            for wanted, near in alike.items()
        )

    def _weigh(self, words: Words) -> float:
        return sum(map(self._weight, words))

    def _weight(self, word: str) -> float:
        return math.log1p(self.roles / self.counts.get(word, 1))

    def _alike(self, word: str) -> dict[str, float]:
        """The list's words that a word may be, each with its likeness (0 to 1)."""
        from rapidfuzz import fuzz, process

        begun = {known: _BEGUN for known in self.counts if len(word) > 2 and known.startswith(word)}
        near = process.extract(
            word, list(self.counts), scorer=fuzz.ratio, score_cutoff=_SAME_WORD, limit=None
        )
        return begun | {known: score / 100 for known, score, _ in near}
