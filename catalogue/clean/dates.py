"""Dates as platforms write them -> ISO days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from catalogue.clean.text import stated
from catalogue.errors import Unreadable
from catalogue.words import fold

# French, English, German, Spanish, Italian, Portuguese.
_WESTERN = (
    "janvier january januar enero gennaio janeiro janv jan ene gen jaen janner",
    "fevrier february februar febrero febbraio fevereiro fevr fev feb",
    "mars march marz marzo marco mar mrz",
    "avril april abril aprile avr apr abr",
    "mai may mayo maggio maio mag",
    "juin june juni junio giugno junho jun giu",
    "juillet july juli julio luglio julho juil jul lug",
    "aout august agosto aug ago aou",
    "septembre september septiembre settembre setembro sept sep set",
    "octobre october oktober octubre ottobre outubro oct okt ott out",
    "novembre november noviembre novembro nov",
    "decembre december dezember diciembre dicembre dezembro dec dez dic",
)
# Dutch, Russian, Ukrainian, Polish.
_OTHERS = (
    "januari января січня stycznia",
    "februari февраля лютого lutego",
    "maart марта березня marca",
    "апреля квітня kwietnia",
    "mei мая травня maja",
    "июня червня czerwca",
    "июля липня lipca",
    "augustus августа серпня sierpnia",
    "сентября вересня wrzesnia",
    "октября жовтня pazdziernika",
    "ноября листопада listopada",
    "декабря грудня grudnia",
)
_MONTHS = {
    name: number
    for months in (_WESTERN, _OTHERS)
    for number, names in enumerate(months, start=1)
    for name in names.split()
}
_WEEKDAY = (
    r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|edi|dredi|anche)?"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag))\.?,?\s+"
)
_TIME = (
    r"(?:,?\s*(?:a|at|um|las|as|alle)?\s*\d{1,2}(?:\s*h(?:\s*\d{2})?|:\d{2}(?::\d{2})?)"
    r"(?:\s*(?:am|pm))?)?"
)
_DAY_FIRST = re.compile(
    rf"(?:le\s+)?(?:{_WEEKDAY})?(?:le\s+)?(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|\.|o|ª|º)?"
    rf"\s*(?:de\s+|of\s+|d')?[\s-]*(?P<month>[^\W\d_]+)\.?,?\s*(?:de\s+)?[\s-]*(?P<year>\d{{4,5}})"
    rf"(?:\s*г\.?|\s*р\.?)?{_TIME}"
)
_MONTH_FIRST = re.compile(
    rf"(?:{_WEEKDAY})?(?P<month>[^\W\d_]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    rf"(?P<year>\d{{4,5}}){_TIME}"
)
_FIGURES = re.compile(rf"(?P<day>\d{{1,2}})(?P<mark>[./-])(?P<month>\d{{1,2}})(?P=mark)"
                      rf"(?P<year>\d{{4,5}}){_TIME}")  # fmt: skip
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4,5}})(?P<mark>[./])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){_TIME}"
)
_ISO = re.compile(r"\+?(?!\d{9})(?P<year>\d{4,6})-?\d\d-?\d\d(?P<time>[T ].*)?", re.IGNORECASE)
_EAST_ASIAN = re.compile(
    r"(?P<year>\d{4})\s*[年년.]\s*(?P<month>\d{1,2})\s*[月월.]\s*(?P<day>\d{1,2})\s*[日일.]"
)
_MAIL = re.compile(
    r"(?:[a-z]{3}, )?\d{1,2} [a-z]{3} (?:19[1-9]|[2-8]\d\d)\d \d\d:\d\d(?::\d\d)?"
    r" (?:[+-]\d{4}|gmt|utc?|z)"
)
_UNIVERSAL = re.compile(r"\s*(?:utc|gmt|z)$", re.IGNORECASE)
# Software writes its largest or smallest date where nobody stated one.
_FIRST_YEAR, _NO_YEAR = 1900, 9999


@lru_cache(maxsize=8192)
def day(text: str | None, timezone: str = "UTC") -> str | None:
    """An ISO 8601 or a written date as the ISO day in `timezone`.

    Months by name in fr, en, es, de, it, pt, nl, pl, ru and uk; years first as in zh, ja and ko.
    A time without offset is taken to be in that zone. Year 9999 and later, 1900 and earlier mean
    that no date was stated. Raises Unreadable on relative words ("dans 3 semaines"), on dates
    that do not exist, and on figures that may be either day or month ("03/04/2027").
    """
    said = stated(text, "a date")
    if said is None:
        return None
    found = _ISO.fullmatch(said)
    if found:
        return _iso(said, int(found["year"]), found["time"], timezone)
    return _written(fold(said), timezone)


def _iso(said: str, year: int, time: str | None, timezone: str) -> str | None:
    if not _FIRST_YEAR < year < _NO_YEAR:
        return None
    try:
        moment = datetime.fromisoformat(_UNIVERSAL.sub("+00:00", said))
    except ValueError as error:
        raise Unreadable(said, "a date") from error
    if time is None or moment.tzinfo is None:
        return moment.date().isoformat()
    return moment.astimezone(ZoneInfo(timezone)).date().isoformat()


def _written(said: str, timezone: str) -> str | None:
    if _MAIL.fullmatch(said):
        return _mailed(said, timezone)
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _EAST_ASIAN):
        found = pattern.fullmatch(said)
        if found:
            return _date(int(found["year"]), _month(found["month"]), int(found["day"]), said)
    found = _FIGURES.fullmatch(said)
    if found:
        return _figures(found, said)
    raise Unreadable(said, "a date")


def _month(said: str) -> int:
    """Its number; 0, which no date has, for a word that is no month."""
    return int(said) if said.isdecimal() else _MONTHS.get(said, 0)


def _figures(found: re.Match[str], said: str) -> str | None:
    first, second = int(found["day"]), int(found["month"])
    if second > 12 and found["mark"] != ".":
        first, second = second, first
    elif found["mark"] != "." and first <= 12 and first != second:
        raise Unreadable(said, "a date whose month is certain")
    return _date(int(found["year"]), second, first, said)


def _date(year: int, month: int, dom: int, said: str) -> str | None:
    if not _FIRST_YEAR < year < _NO_YEAR:
        return None
    try:
        return date(year, month, dom).isoformat()
    except ValueError as error:
        raise Unreadable(said, "a date") from error


def _mailed(said: str, timezone: str) -> str | None:
    """Dates of RSS and of HTTP headers: "tue, 05 jan 2027 09:00:00 +0100"."""
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError) as error:
        raise Unreadable(said, "a date") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(ZoneInfo(timezone)).date().isoformat()
