"""What following a course for free leaves out, in the page's own sentences."""

from __future__ import annotations

import re

# A sentence must name a way of following for free, what is left out and that it is left out.
# "Free" alone names no such way: a certificate "for free" or a tool's free trial are others.
_HINT = re.compile(r"audit|free|gratuit|without a certificate|no certificate", re.IGNORECASE)
_FREE_WAY = re.compile(
    r"\baudit(?:ing|or)?[ -](?:track|mode|learner|participant|student|version|option|access)s?\b"
    r"|\b(?:free|can|may|to|will|or|you) audit\b|^\W*audit (?:this|the)\b|\bauditing\b"
    r"|\b(?:during|after) your audit\b"
    r"|\bfree (?:track|version|option|access|enrol\w*|learners?|plan|tier|upgrade)\b"
    r"|\benroll?(?:ing)? (?:for free|without a certificate)\b|\bfull course, no certificate\b"
    r"|\b(?:parcours|version|acces|accès|inscription|suivi|mode|formule|offre) (?:\w+ )?"
    r"gratuite?s?\b"
    r"|\bsuiv\w+ (?:\w+ ){0,3}gratuitement\b|\bgratuitement,? mais\b|\bauditeurs? libres?\b",
    re.IGNORECASE,
)
_THING = (
    r"(?:certificat\w*|certifi\w+|attestations?|badges?|examens?|exams?|graded|grades?|assess\w+"
    r"|assign\w+|évaluations?|evaluations?|devoirs?|corrections?|activités notées|modules?|courses?"
    r"|lectures?|leçons?|lessons?|tests?|quiz\w*|projects?|projets?|labs?|feedback|credits?|crédits?"
    r"|materials?|contents?|contenus?)\b"
)
_BETWEEN = r"(?:[^.!?;]{0,80}?\b)"
_ABSENT = r"not (?:included|part of|available|accessible|provided|covered)"
_LEFT_OUT = re.compile(
    r"(?:\b(?:not|no|cannot|without|except|excluding|limited to|expires?)\b|n[’']t\b)"
    rf"{_BETWEEN}{_THING}"
    rf"|{_THING}{_BETWEEN}\b(?:only|expires?|{_ABSENT}|extra|is paid|are paid)\b"
    rf"|\b(?:pay|purchase|upgrade|fee|charge)\b{_BETWEEN}{_THING}"
    rf"|\b(?:sans|hors|sauf|pas|payer|uniquement|seulement|limitée? (?:à|aux)){_BETWEEN}{_THING}"
    rf"|{_THING}{_BETWEEN}"
    r"\b(?:payante?s?|en option|en supplément|pas (?:inclus|compris|accessible)\w*)\b",
    re.IGNORECASE,
)
_NO_LOSS = re.compile(
    r"\bno (?:difference|need|longer)\b|\baucune différence\b|\bnot (?:only|need|required|wish)\b"
    r"|\bnot (?:be )?offered\b|\beven if\b|\bwithout (?:tak|do|complet)ing\b|\bfor free\W*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])[)”\"»]*\s+|\n+")
_MOST = 3
_LONG = 400
"""Sentences that are quoted at most, and letters of one."""


def free_track(text: str | None) -> str | None:
    """The sentences that say what one goes without who follows the course for free, as written.

    None where no sentence names both a way of following for free and what it leaves out.
    """
    if not text or not _HINT.search(text):
        return None
    said = (" ".join(each.split()) for each in _SENTENCE.split(text))
    found = list(dict.fromkeys(each for each in said if _says(each)))
    return " ".join(found[:_MOST]) or None


def _says(sentence: str) -> bool:
    return (
        len(sentence) <= _LONG
        and _FREE_WAY.search(sentence) is not None
        and _LEFT_OUT.search(sentence) is not None
        and _NO_LOSS.search(sentence) is None
    )
