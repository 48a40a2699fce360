"""What a person reads of a ranking, in French and English, with each language's typography.

French keeps a no-break space before ":" and inside « », a narrow one before ; ! ?.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from recommend.sentences import LABELS, SENTENCES, Words

__all__ = ["FIELDS", "LABELS", "LANGUAGES", "LEVELS", "PHRASES", "SENTENCES"]


PHRASES: Mapping[str, Words] = {
    "from": {"en": "from {origin}", "fr": "de «\xa0{origin}\xa0»"},
    "why": {"en": "Why:", "fr": "Pourquoi\xa0:"},
    "pros": {"en": "For you:", "fr": "Pour vous\xa0:"},
    "cons": {"en": "But:", "fr": "Mais\xa0:"},
    "adds": {"en": "Adds to the list:", "fr": "Apporte à la liste\xa0:"},
    "if_hours": {
        "en": "{place} if you accept {value} a week",
        "fr": "{place} si vous acceptez {value} par semaine",
    },
    "if_weeks": {"en": "{place} if you accept {value}", "fr": "{place} si vous acceptez {value}"},
    "if_budget": {
        "en": "{place} if you accept to pay {value}",
        "fr": "{place} si vous acceptez de payer {value}",
    },
    "if_certificate": {
        "en": "{place} if you need no certificate",
        "fr": "{place} si vous vous passez de certificat",
    },
    "if_reads": {"en": "{place} if you read {value}", "fr": "{place} si vous lisez {value}"},
    "if_level": {"en": "{place} for the level {value}", "fr": "{place} pour le niveau {value}"},
    "if_platforms": {"en": "{place} if you use {value}", "fr": "{place} si vous utilisez {value}"},
    "if_audience": {
        "en": "{place} if courses may be made for that audience",
        "fr": "{place} si les cours peuvent viser ce public",
    },
    "if_knows": {
        "en": "{place} if you did not know its topic",
        "fr": "{place} si vous ne connaissiez pas son sujet",
    },
    "if_avoid": {
        "en": "{place} if you avoided no topic",
        "fr": "{place} si vous n'écartiez aucun sujet",
    },
    "if_tone": {
        "en": "{place} if you wished no tone",
        "fr": "{place} si vous ne demandiez aucun ton",
    },
    "if_approach": {
        "en": "{place} if practice and theory were all the same to you",
        "fr": "{place} si pratique et théorie vous étaient égales",
    },
    "if_providers": {
        "en": "{place} if any provider would do",
        "fr": "{place} si tout organisme vous convenait",
    },
    "place": {"en": "{place} in the ranking.", "fr": "{place} du classement."},
    "beyond": {"en": "Below the {depth} place.", "fr": "Au-delà de la {depth} place."},
    "gap": {
        "en": "{points} short of the tenth.",
        "fr": "Il manque {points} pour être dixième.",
    },
    "pushed": {"en": "Pushed down by:", "fr": "Ce qui le fait descendre\xa0:"},
    "would": {"en": "It would be:", "fr": "Il serait\xa0:"},
    "no_change": {
        "en": "No single change of the profile brings it among the first ten: its text says too"
        " little of your wishes.",
        "fr": "Aucun changement du profil, à lui seul, ne le place parmi les dix premiers\xa0: son"
        " texte dit trop peu de vos souhaits.",
    },
    "unknown": {"en": "Not stated:", "fr": "Non indiqué\xa0:"},
    "also": {"en": "Also on", "fr": "Aussi sur"},
    "open": {"en": "open", "fr": "ouvert"},
    "more": {"en": "{count} more words", "fr": "{count} autres mots"},
    "one_more": {"en": "1 more word", "fr": "1 autre mot"},
    "provider_capped": {
        "en": "Third course of {provider}; its others are left out.",
        "fr": "Troisième cours de {provider}\u202f; ses autres cours sont laissés de côté.",
    },
    "nothing": {
        "en": "No course in the catalogue holds any of the words of this profile;"
        " `moocscout profile check` says more.",
        "fr": "Aucun cours du catalogue ne contient les mots de ce profil\u202f;"
        " `moocscout profile check` en dit plus.",
    },
    "footer": {
        "en": "Score = sum of the points shown by `moocscout explain`. No commission, no tracking.",
        "fr": "Score = somme des points que montre `moocscout explain`. Ni commission ni pistage.",
    },
    "made_of": {
        "en": "Model {model} · data of {date} · profile {name} {hash} · planned from {day}",
        "fr": "Modèle {model} · données du {date} · profil {name} {hash} · au {day}",
    },
    "date_enrolment_start": {"en": "enrolment from {day}", "fr": "inscription à partir du {day}"},
    "date_enrolment_end": {"en": "enrolment until {day}", "fr": "inscription jusqu'au {day}"},
    "date_start": {"en": "starts {day}", "fr": "début le {day}"},
    "date_end": {"en": "ends {day}", "fr": "fin le {day}"},
    "no_date": {"en": "no date", "fr": "date inconnue"},
    "done": {"en": "done by {day} at your {hours}", "fr": "fini le {day} avec vos {hours}"},
    "total": {"en": "Total", "fr": "Total"},
    "points": {"en": "points", "fr": "points"},
    "per_week": {"en": "{hours}/week", "fr": "{hours}/semaine"},
    "free": {"en": "free", "fr": "gratuit"},
    "free_audit_limited": {"en": "free with limits", "fr": "gratuit avec limites"},
    "free_in_part": {
        "en": "free with limits, {money} in full",
        "fr": "gratuit avec limites, {money} en entier",
    },
    "free_trial": {"en": "free trial, then paid", "fr": "essai gratuit, puis payant"},
    "paid": {"en": "paid", "fr": "payant"},
    "subscription": {"en": "subscription", "fr": "abonnement"},
    "month": {"en": "{money} a month", "fr": "{money} par mois"},
    "year": {"en": "{money} a year", "fr": "{money} par an"},
    "certificate_free": {"en": "free certificate", "fr": "certificat gratuit"},
    "certificate_paid": {"en": "paid certificate", "fr": "certificat payant"},
    "certificate_price": {"en": "certificate {money}", "fr": "certificat {money}"},
    "certificate_subscription": {
        "en": "certificate by subscription",
        "fr": "certificat par abonnement",
    },
    "certificate_none": {"en": "no certificate", "fr": "sans certificat"},
    "in_memory": {
        "en": "The ranking index could not be kept ({note}); it was made for this run alone.",
        "fr": "L'index du classement n'a pas pu être conservé ({note})\u202f; il n'a servi"
        " qu'à cette fois.",
    },
    "in_fields": {"en": "in {fields}", "fr": "dans {fields}"},
    "profile_of": {"en": "Shortlist for", "fr": "Sélection pour"},
    "withdrawn": {
        "en": "This course is no longer listed since {day}; it is not ranked.",
        "fr": "Ce cours n'est plus proposé depuis le {day}\u202f; il n'est pas classé.",
    },
}

FIELDS: Mapping[str, Words] = {
    "title": {"en": "title", "fr": "titre"},
    "skills": {"en": "skills", "fr": "compétences"},
    "subjects": {"en": "subjects", "fr": "sujets"},
    "provider": {"en": "provider", "fr": "organisme"},
    "outcomes": {"en": "outcomes", "fr": "acquis"},
    "plan": {"en": "plan", "fr": "plan"},
    "summary": {"en": "summary", "fr": "résumé"},
    "description": {"en": "description", "fr": "description"},
}

LEVELS: Mapping[str, Words] = {
    "beginner": {"en": "beginner", "fr": "débutant"},
    "intermediate": {"en": "intermediate", "fr": "intermédiaire"},
    "advanced": {"en": "advanced", "fr": "avancé"},
    "mixed": {"en": "mixed levels", "fr": "tous niveaux"},
}

PROVIDER_KINDS: Mapping[str, Words] = {
    "university": {"en": "university", "fr": "université"},
    "business_school": {"en": "business school", "fr": "école de commerce"},
    "company": {"en": "company", "fr": "entreprise"},
    "brand_academy": {"en": "brand academy", "fr": "académie de marque"},
    "public_body": {"en": "public body", "fr": "organisme public"},
    "ngo": {"en": "non-profit", "fr": "association ou fondation"},
}

LANGUAGES: Mapping[str, Words] = {
    "fr": {"en": "French", "fr": "français"},
    "en": {"en": "English", "fr": "anglais"},
    "es": {"en": "Spanish", "fr": "espagnol"},
    "de": {"en": "German", "fr": "allemand"},
    "it": {"en": "Italian", "fr": "italien"},
    "pt": {"en": "Portuguese", "fr": "portugais"},
    "nl": {"en": "Dutch", "fr": "néerlandais"},
    "ar": {"en": "Arabic", "fr": "arabe"},
    "zh": {"en": "Chinese", "fr": "chinois"},
    "ja": {"en": "Japanese", "fr": "japonais"},
    "ru": {"en": "Russian", "fr": "russe"},
}

_MONTHS: Mapping[str, str] = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_SIGNS: Mapping[str, str] = {"EUR": "€", "USD": "$", "GBP": "£"}
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_BLANK = re.compile(r"\{(\w+)\}")


def phrase(lang: str, name: str, /, **values: Any) -> str:
    """A phrase of PHRASES with its blanks filled in as they are."""
    return PHRASES[name][lang].format(**values)


def sentence(lang: str, rule: str, values: Mapping[str, Any]) -> str:
    """A rule's sentence; what stands in brackets is left out where a value in it is unknown."""

    def kept(match: re.Match[str]) -> str:
        blanks = _BLANK.findall(match[1])
        return match[1] if all(values.get(name) is not None for name in blanks) else ""

    shape = _OPTIONAL.sub(kept, SENTENCES[rule][lang])
    return _BLANK.sub(lambda match: value(lang, match[1], values.get(match[1])), shape)


def value(lang: str, name: str, given: Any) -> str:
    """A value in words; the last part of its name says what it is: hours, weeks, money, day ..."""
    kind = name.rpartition("_")[2]
    if given is None:
        return "?"
    return _KINDS[kind](lang, given)


def number(lang: str, given: float, decimals: int = 1) -> str:
    """A figure with at most so many decimals, none of them 0 at its end."""
    text = f"{given:.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang == "fr" else text


def points(lang: str, given: float, *, signed: bool = True) -> str:
    """Points with two decimals, and a true minus sign."""
    text = f"{given:+.2f}" if signed else f"{given:.2f}"
    text = text.replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if lang == "fr" else text


def counted_points(lang: str, given: float) -> str:
    """ "4.93 points" """
    single = abs(given) < 2 if lang == "fr" else given == 1
    return f"{points(lang, given, signed=False)}\xa0{'point' if single else 'points'}"


def hours(lang: str, given: float) -> str:
    """ "2.5 h", a quarter of an hour exactly: "2.25 h" """
    return f"{number(lang, given, 2 if (4 * given).is_integer() else 1)}\xa0h"


def weeks(lang: str, given: float) -> str:
    """ "6 weeks" """
    one, many = ("week", "weeks") if lang == "en" else ("semaine", "semaines")
    shown = number(lang, given)
    # In French a plural begins at two, in English at anything that is not one.
    single = float(shown.replace(",", ".")) < 2 if lang == "fr" else shown == "1"
    return f"{shown}\xa0{one if single else many}"


def money(lang: str, given: float, currency: str | None = "EUR") -> str:
    """ "€49" in English, "49 €" in French; a currency without a sign by its code."""
    decimals = 0 if float(given).is_integer() else 2
    amount = f"{given:,.{decimals}f}"
    sign = _SIGNS.get(currency or "", currency or "")
    if lang == "fr":
        amount = amount.replace(",", "\u202f").replace(".", ",")
        return f"{amount}\xa0{sign}".rstrip()
    return f"{sign}{amount}" if len(sign) == 1 else f"{amount}\xa0{sign}".rstrip()


def day(lang: str, given: str) -> str:
    """ "10 January 2027", "10 janvier 2027", "1er janvier 2027" from an ISO day."""
    year, month, number_ = given.split("-")
    first = "1er" if lang == "fr" and number_ == "01" else str(int(number_))
    return f"{first}\xa0{_MONTHS[lang].split()[int(month) - 1]}\xa0{year}"


def dates(lang: str, stated: str) -> str:
    """A session's dates as the signal `open` states them: "start 2026-10-20, end 2026-11-17"."""
    said = (each.split(" ") for each in stated.split(", "))
    return ", ".join(phrase(lang, f"date_{name}", day=day(lang, given)) for name, given in said)


_KIND_WHY = (
    ("word in its name: ", "mot de son nom\xa0: "),
    ("providers.csv: ", "providers.csv\xa0: "),
    (", with which it begins", ", par quoi son nom commence"),
)


def kind_why(lang: str, why: str) -> str:
    """Why a provider is of its kind, which the catalogue keeps in English."""
    for english, french in _KIND_WHY if lang == "fr" else ():
        why = why.replace(english, french)
    return why


def days(lang: str, given: int) -> str:
    """ "5 days" """
    one, many = ("day", "days") if lang == "en" else ("jour", "jours")
    return f"{given}\xa0{one if abs(given) == 1 or (given == 0 and lang == 'fr') else many}"


def language(lang: str, code: str) -> str:
    """A language's name in words, its code where we have none."""
    names = LANGUAGES.get(code.lower().partition("-")[0])
    return names[lang] if names else code


def read_language(lang: str, code: str) -> str:
    """A language as what one reads: "French", "le français", "l'anglais"."""
    name = language(lang, code)
    if lang == "en" or name == code:
        return name
    return f"l'{name}" if name[0] in "aeio" else f"le {name}"


def ordinal(lang: str, given: int) -> str:
    """ "1st", "2nd", "11th" in English, "1er", "2e" in French."""
    if lang == "fr":
        return "1er" if given == 1 else f"{given}e"
    last = (
        "th" if given % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(given % 10, "th")
    )
    return f"{given}{last}"


def share(lang: str, given: float) -> str:
    """ "62%" """
    return f"{round(100 * given)}{chr(0x202F) if lang == 'fr' else ''}%"


def stars(lang: str, given: float) -> str:
    """ "4.6 stars" """
    single = lang == "fr" and given < 2
    one, many = ("étoile", "étoiles") if lang == "fr" else ("star", "stars")
    return f"{number(lang, given)}\xa0{one if single or given == 1 else many}"


def count(lang: str, given: int) -> str:
    """ "3,200" in English, "3 200" in French."""
    return f"{given:,}".replace(",", "\u202f" if lang == "fr" else ",")


def quoted(lang: str, words: str) -> str:
    """Words in the language's quotation marks."""
    return f"«\xa0{words}\xa0»" if lang == "fr" else f"“{words}”"


_KINDS: Mapping[str, Callable[[str, Any], str]] = {
    "hours": hours,
    "weeks": weeks,
    "money": money,
    "day": day,
    "left": days,
    "language": language,
    "level": lambda lang, name: LEVELS[name][lang],
    "topic": quoted,
    "topics": lambda lang, names: ", ".join(quoted(lang, name) for name in names),
    "share": share,
    "stars": stars,
    "count": count,
    "kind": lambda lang, name: PROVIDER_KINDS[name][lang],
}
