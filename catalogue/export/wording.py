"""What feeds and calendars say of a course, in English and in French."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from catalogue.months import in_months
from catalogue.reading import Row

LANGUAGES = ("en", "fr")
_MOST_SESSIONS = 3
_THIN, _NBSP = "\u202f", "\u00a0"

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "whole": "moocscout: courses new and changed",
        "platform": "{name}: courses new and changed",
        "topic": "Courses about “{name}”",
        "profile": "Courses for {name}",
        "subtitle": "Online courses as their platforms list them; the newest change first.",
        "calendar": "When courses start, and until when one can enrol.",
        "start": "Starts: {title}",
        "deadline": "Last day to enrol: {title}",
        "why": "Why: {why}",
        "weeks": "{n} weeks",
        "week": "1 week",
        "months": "{n} months",
        "range": "{low} to {high}",
        "at_most": "at most {high}",
        "at_least": "at least {low}",
        "weekly": "{low} h a week",
        "weekly_range": "{low} to {high} h a week",
        "total": "{hours} h in all",
        "session": "session from {start}",
        "session_end": "session from {start} to {end}",
        "enrol": "enrolment until {end}",
        "free_full": "free",
        "free_audit_limited": "free in part",
        "free_trial": "free trial, then paid",
        "paid": "paid",
        "subscription": "subscription",
        "checked": "Seen on {platform} on {day}.",
        "withdrawn": "No longer listed since {day}.",
    },
    "fr": {
        "whole": "moocscout : cours nouveaux et modifiés",
        "platform": "{name} : cours nouveaux et modifiés",
        "topic": "Cours sur « {name} »",
        "profile": "Cours pour {name}",
        "subtitle": "Les cours en ligne tels que leurs plateformes les annoncent ; le dernier"
        " changement d’abord.",
        "calendar": "Quand les cours commencent, et jusqu’à quand s’inscrire.",
        "start": "Début : {title}",
        "deadline": "Dernier jour d’inscription : {title}",
        "why": "Pourquoi : {why}",
        "weeks": "{n} semaines",
        "week": "1 semaine",
        "months": "{n} mois",
        "range": "{low} à {high}",
        "at_most": "au plus {high}",
        "at_least": "au moins {low}",
        "weekly": "{low} h par semaine",
        "weekly_range": "{low} à {high} h par semaine",
        "total": "{hours} h en tout",
        "session": "session à partir du {start}",
        "session_end": "session du {start} au {end}",
        "enrol": "inscriptions jusqu’au {end}",
        "free_full": "gratuit",
        "free_audit_limited": "gratuit en partie",
        "free_trial": "essai gratuit, puis payant",
        "paid": "payant",
        "subscription": "abonnement",
        "checked": "Vu sur {platform} le {day}.",
        "withdrawn": "N’est plus annoncé depuis le {day}.",
    },
}


def say(language: str, key: str, **values: object) -> str:
    """One of TEXTS, filled in, with French spaces before double signs."""
    words = TEXTS[language][key]
    return (spaced(words) if language == "fr" else words).format(**values)


def spaced(words: str) -> str:
    """French words with the spaces that belong before double signs and within guillemets."""
    words = re.sub(r" ([;!?])", _THIN + r"\1", words)
    words = words.replace(" :", _NBSP + ":").replace("« ", f"«{_NBSP}")
    return words.replace(" »", f"{_NBSP}»")


def date(language: str, day: str) -> str:
    """A day as people write it: 1 December 2026, 1er décembre 2026."""
    value = dt.date.fromisoformat(day)
    if language == "fr":
        said = format_date(value, "d MMMM y", locale="fr")
        return said.replace("1 ", "1er ", 1) if value.day == 1 else said
    return format_date(value, "d MMMM y", locale="en_GB")


def figure(language: str, value: float) -> str:
    """A figure with the language's decimal sign and no needless digits."""
    return format_decimal(value, format="0.##", locale=language)


def title(course: Row, language: str) -> str:
    """The course's title, in the reader's language where the platform gives it."""
    return _translated(course, "title", language) or str(course["title"])


def summary(course: Row, language: str) -> str | None:
    """The short introduction, or what else introduces it, likewise."""
    for name in ("summary", "description"):
        if text := _translated(course, name, language) or course.get(name):
            return str(text)
    return None


def _translated(course: Row, name: str, language: str) -> str | None:
    translations = course.get("translations") or {}
    found = translations.get(language, {}).get(name)
    return str(found) if found else None


def facts(course: Row, language: str, day: str) -> str:
    """Provider, language, length, price and sessions in one line; what is unknown is left out.

    Of the sessions, those that are not over on `day`, three at most.
    """
    coming = [s for s in course.get("sessions", ()) if _last_day(s) >= day]
    parts = [
        course.get("provider"),
        _language_name(course.get("language"), language),
        _length(course, language),
        _effort(course, language),
        _price(course, language),
        *(_session(session, language) for session in coming[:_MOST_SESSIONS]),
    ]
    return " · ".join(part for part in parts if part)


def _language_name(code: str | None, language: str) -> str | None:
    if code is None:
        return None
    try:
        name = Locale.parse(code, sep="-").get_display_name(language)
    except (UnknownLocaleError, ValueError):
        return code
    return name or code


def _length(course: Row, language: str) -> str | None:
    low, high = (course.get(f"weeks_{end}") for end in ("low", "high"))
    if (weeks := course.get("weeks")) is not None:
        low = high = weeks
    elif months := in_months(low, high):
        return say(language, "months", n=_range(language, *months))
    said = _range(language, low, high)
    return said and say(language, "week" if low == high == 1 else "weeks", n=said)


def _effort(course: Row, language: str) -> str | None:
    low, high = course.get("weekly_hours_low"), course.get("weekly_hours_high")
    if low is not None and high is not None:
        low, high = figure(language, low), figure(language, high)
        return say(language, "weekly" if low == high else "weekly_range", low=low, high=high)
    low, high = (course.get(f"total_hours_{end}") for end in ("low", "high"))
    if (total := course.get("total_hours")) is not None:
        low = high = total
    said = _range(language, low, high)
    return said and say(language, "total", hours=said)


def _range(language: str, low: float | None, high: float | None) -> str | None:
    """ "3", "3 to 5", "at most 5", "at least 3" """
    if low is None and high is None:
        return None
    ends = {name: figure(language, end) for name, end in (("low", low), ("high", high)) if end}
    key = "range" if len(ends) == 2 else "at_most" if low is None else "at_least"
    return ends["low"] if low == high else say(language, key, **ends)


def _price(course: Row, language: str) -> str | None:
    access, price, currency = course.get("access"), course.get("price"), course.get("currency")
    said = TEXTS[language].get(access or "")
    if not price or not currency:
        return said
    amount = format_currency(price, currency, locale="fr" if language == "fr" else "en_GB")
    return f"{said}, {amount}" if said else str(amount)


def _last_day(session: dict[str, Any]) -> str:
    """A session without any date is never over."""
    days = [session.get(name) for name in ("end", "enrolment_end", "start")]
    return max((day for day in days if day), default="9999")


def _session(session: dict[str, Any], language: str) -> str | None:
    start, end, until = (session.get(n) for n in ("start", "end", "enrolment_end"))
    parts = []
    if start:
        key = "session_end" if end else "session"
        days = {"start": date(language, start), "end": date(language, end) if end else ""}
        parts.append(say(language, key, **days))
    if until:
        parts.append(say(language, "enrol", end=date(language, until)))
    return ", ".join(parts) or None


def lines(course: Row, why: str | None, platform: str, language: str, day: str) -> Iterator[str]:
    """What a feed or calendar entry says on `day` under its title, line by line."""
    if why:
        yield say(language, "why", why=why)
    if found := facts(course, language, day):
        yield found
    if text := summary(course, language):
        yield text
    if course.get("withdrawn"):
        yield say(language, "withdrawn", day=date(language, course["withdrawn"]))
    if checked := course.get("last_checked"):
        yield say(language, "checked", platform=platform, day=date(language, checked))
