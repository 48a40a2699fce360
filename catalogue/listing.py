"""A course as one platform lists it, brought to what can be compared: words, keys, marks.

Titles are compared without articles, plurals and spelling, providers by one key for all their
names, descriptions by their longer words.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from urllib.parse import unquote, urlsplit

import attrs

from catalogue import providers
from catalogue.words import fold, tokens

_READ = 1500
"""Letters of a description that are compared."""
_ARTICLES = frozenset(tokens("a an the le la les l un une and et y und"))
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_COUNTED = re.compile(
    r"\b(part|partie|volume|vol|module|course|cours|level|niveau|unit) "
    r"(?:(one|i|un|une)|(two|deux)|(three|trois)|(four|quatre)|(five|v|cinq))\b"
)
_MARKS = {
    "beginner": "beginner debutant introduction introductory intro initiation basic essential",
    "intermediate": "intermediate intermediaire",
    "advanced": "advanced avance avancee expert perfectionnement",
    "test": "exam test quiz practice",
    "capstone": "capstone",
    "project": "project projet",
    "english": "english anglais ingle",
    "french": "french francai francaise",
    "spanish": "spanish espagnol espanol",
    "german": "german allemand deutsch",
    "italian": "italian italien italiano",
    "portuguese": "portuguese portugai portugue",
    "arabic": "arabic arabe",
    "chinese": "chinese chinoi mandarin",
    "japanese": "japanese japonai",
    "russian": "russian russe",
}
_MARK_OF = {word: mark for mark, words in _MARKS.items() for word in words.split()}
_COUNTING = re.compile(r"\d|^.$")
_TAIL = re.compile(r"\s*[|•·–—].*", re.DOTALL)
_BRACKETED = re.compile(r"\(([^)]*)")
_CODE = re.compile(r"(?:^|[^a-z0-9])(\d{0,2}[a-z]{2,6}\d{2,5}[a-z]?)$")


def _light(word: str) -> str:
    """A word without plural, spelled alike on both sides of the Atlantic."""
    word = word.replace("z", "s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def title_words(title: str) -> tuple[str, ...]:
    """The words of a title that count: no articles, no plurals, parts and editions in digits."""
    folded = _COUNTED.sub(_digit, " ".join(filter(None, map(_folded, title.split()))))
    return tuple(filter(None, map(_counting, folded.split()))) or (folded or title,)


# Titles are many, what stands between two blanks of them is mostly the same few words.
@lru_cache(maxsize=50_000)
def _folded(written: str) -> str:
    return " ".join(tokens(fold(written)))


@lru_cache(maxsize=50_000)
def _counting(word: str) -> str:
    """A word as titles are compared by it; "" for one that does not count."""
    return "" if word in _ARTICLES else _light(_ROMAN.get(word, word))


def _digit(found: re.Match[str]) -> str:
    return f"{found[1]} {next(n for n in range(2, 7) if found[n]) - 1}"


@attrs.define(eq=False, kw_only=True)
class Listing:
    """What is compared of a course as one platform lists it."""

    id: int
    platform: str
    ref: str
    title: str
    names: tuple[str, ...] = ()
    """Every provider named."""
    language: str | None = None
    kind: str = "course"
    code: str | None = None
    text: str = ""
    translated: tuple[str, ...] = ()
    """The title in other languages, where the platform gives it or its addresses spell it."""

    words: tuple[str, ...] = attrs.field(init=False)
    """Those of its title."""
    keys: frozenset[str] = attrs.field(init=False)
    """Its title's key and those of its title in other languages."""
    providers: frozenset[str] = attrs.field(init=False)
    """One key for each provider, whatever name is used."""

    def __attrs_post_init__(self) -> None:
        self.words = title_words(self.title)
        translated = map(title_words, self.translated)
        self.keys = frozenset(map("".join, (self.words, *translated)))
        self.providers = _provider_keys(self.names)

    @property
    def key(self) -> str:
        """Its title without spaces: "e-commerce" is "ecommerce"."""
        return "".join(self.words)

    @cached_property
    def marks(self) -> frozenset[str]:
        """Figures, levels and languages in its title: what tells the courses of a row apart."""
        said = (
            _MARK_OF.get(word) or (word if _COUNTING.search(word) else "") for word in self.words
        )
        return frozenset(filter(None, said))

    @cached_property
    def spoken(self) -> str | None:
        """Its language without region."""
        return self.language.partition("-")[0].lower() if self.language else None

    @cached_property
    def ordered(self) -> str:
        """The words of its title in the order of the alphabet."""
        return " ".join(sorted(" ".join(self.words).split()))

    @cached_property
    def bracketed(self) -> str:
        """What its title says in brackets; "" for nothing."""
        found = _BRACKETED.findall(fold(self.title))
        return str(found) if found else ""

    @cached_property
    def number(self) -> str | None:
        """The provider's own number for it, else one at the end of the platform's identifier."""
        found = _CODE.search(self.ref.lower())
        return self.code or (found[1] if found else None)

    @property
    def content(self) -> frozenset[str]:
        """The longer words of its description."""
        return _longer_words(self.text[:_READ])


@lru_cache(maxsize=65_536)
def _provider_keys(names: tuple[str, ...]) -> frozenset[str]:
    cut = (_TAIL.sub("", name).strip() or name for name in names)
    return frozenset(filter(None, map(providers.canonical, cut)))


# Candidates come block by block: the descriptions of a few blocks are enough to remember, where
# those of 250,000 courses would take a gigabyte.
@lru_cache(maxsize=4096)
def _longer_words(text: str) -> frozenset[str]:
    return frozenset(word for word in tokens(fold(text)) if len(word) > 3)


def title_in(address: str) -> str | None:
    """The title that an address ends in, as /en/the-art-of-nudging/ does; three words at least."""
    words = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2].split("-")
    return " ".join(words) if len(words) >= 3 and all(words) else None
