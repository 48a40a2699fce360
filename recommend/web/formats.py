"""Days, numbers, prices and names of languages as French and English write them."""

from __future__ import annotations

import re
from functools import lru_cache

from catalogue.reading import Row
from recommend import pace, wording
from recommend.web.texts import Words

NARROW = "\u202f"
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-\d{2}(?!\d)")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Formats:
    """How values are written in one language; None gives None throughout."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.lang = words.lang

    def day(self, value: str | None) -> str | None:
        """An ISO day in words; text that is no day stays as it is."""
        if value is None or not _DAY.match(value):
            return value
        return wording.day(self.lang, value[:10])

    def number(self, value: float | None, places: int = 1) -> str | None:
        """1 234,5 in French, 1,234.5 in English; no trailing zeros."""
        if value is None:
            return None
        text = f"{value:,.{places}f}"
        if places:
            text = text.rstrip("0").rstrip(".")
        if self.lang == "en":
            return text
        return text.replace(",", NARROW).replace(".", ",")

    def points(self, value: float) -> str:
        """A signed figure of a sum: +0.21."""
        return wording.points(self.lang, value)

    def score(self, value: float) -> str:
        """A score, with the decimals of its parts."""
        return wording.points(self.lang, value, signed=False)

    def price(self, amount: float | None, currency: str | None) -> str | None:
        """49 € in French, €49 in English; 0 is free."""
        if amount is None:
            return None
        return wording.money(self.lang, amount, currency) if amount else self.words("free")

    def language(self, tag: str | None) -> str | None:
        """The name of a language in the reader's: français, anglais."""
        return None if tag is None else _language_name(tag, self.lang)

    def languages(self, tags: list[str] | None) -> str | None:
        """Several of them."""
        return None if tags is None else ", ".join(_language_name(t, self.lang) for t in tags)

    def weeks(self, value: float | None) -> str | None:
        """6 semaines; 2 jours for less than one."""
        return None if value is None else wording.weeks(self.lang, value)

    def length(self, record: Row) -> str | None:
        """6 semaines; 1 à 3 mois; 2 semaines au plus."""
        lasts = pace.length(record)
        return None if lasts == pace.UNKNOWN else wording.length(self.lang, lasts)

    def weekly(self, low: float | None, high: float | None) -> str | None:
        """3 h par semaine, or 2 à 4 h par semaine."""
        if low is None and high is None:
            return None
        if low is None or high is None or low == high:
            figure = self.number(low if high is None else high)
        else:
            figure = self.words("u_range", low=self.number(low), high=self.number(high))
        return self.words("u_weekly", n=figure)

    def courses(self, value: int) -> str:
        """1 course, 5 courses."""
        return self.words("one_course" if value == 1 else "listed_n", n=self.number(value, 0))

    def effort(self, ends: pace.Span) -> str | None:
        """18 h; 1 à 2 h; 2 h au plus."""
        return None if ends == pace.UNKNOWN else wording.effort(self.lang, ends)

    def hours(self, value: float | None) -> str | None:
        """18 h."""
        return None if value is None else wording.hours(self.lang, value)


def curly(text: str) -> str:
    """Words of ours with the apostrophe of print; harvested words stay as they were written."""
    return text.replace("'", "’")


def tag(value: str | None) -> str | None:
    """A language tag fit for a lang attribute, or None."""
    return value if value and _TAG.fullmatch(value) else None


@lru_cache(maxsize=512)
def _language_name(code: str, lang: str) -> str:
    from babel import Locale

    names = Locale.parse(lang).languages
    return str(
        names.get(code.replace("-", "_")) or names.get(code.split("-", maxsplit=1)[0]) or code
    )
