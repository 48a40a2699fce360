"""What the weekly report says, in English and in French."""

from __future__ import annotations

import re

from babel.numbers import format_decimal

from catalogue.export.wording import LANGUAGES, date, spaced

__all__ = ["LANGUAGES", "count", "date", "number", "reason", "say"]

# English, French.
_TEXTS: dict[str, tuple[str, str]] = {
    "headline": ("moocscout weekly, {day}: {state}", "moocscout, semaine du {day} : {state}"),
    "well": ("all is well", "tout va bien"),
    "gaps": ("published, with gaps", "publié, avec des lacunes"),
    "failed": ("NOT published", "RIEN n’est publié"),
    "asked": (
        "asked: {platforms}; {whole} complete, {part} partial, {none} not reached",
        "visites : {platforms} ; entières {whole}, partielles {part}, sans réponse {none}",
    ),
    "not_whole": ("not whole: {said}", "incomplet : {said}"),
    "courses": (
        "courses: {listed} listed; {changes}",
        "cours : {listed} annoncés ; {changes}",
    ),
    "changes": (
        "{new} new, {changed} changed, {withdrawn} withdrawn, {back} back",
        "{new} nouveaux, {changed} modifiés, {withdrawn} retirés, {back} de retour",
    ),
    "courses_unknown": ("courses: not known, {why}", "cours : on ne sait pas, {why}"),
    "open": ("open now: {courses} on {day}", "inscriptions ouvertes : {courses} au {day}"),
    "open_unknown": ("open now: not known", "inscriptions ouvertes : on ne sait pas"),
    "issues": ("not understood: {said}", "non compris : {said}"),
    "issue": ("{platform} {field} ({kind}) x{count}", "{platform} {field} ({kind}) × {count}"),
    "takedowns": ("takedowns: {said}", "retraits demandés : {said}"),
    "steps": ("steps: {said}", "étapes : {said}"),
    "step": ("{step} {outcome}", "{step} ({outcome})"),
    "published": (
        "published: {file}, {courses}, {size} MB",
        "publié : {file}, {courses}, {size} Mo",
    ),
    "unpublished": (
        "published: nothing, what was there stands. {why}",
        "publié : rien, ce qui était en place reste. {why}",
    ),
    "to_know": ("to know: {said}", "à savoir : {said}"),
    "nothing": ("nothing", "rien"),
    "none": ("none", "aucun"),
    "more": ("; and {count} more", " ; et {count} de plus"),
    "platform": ("platform", "plateforme"),
    "course": ("course", "cours"),
    "removed": ("{count} removed", "{count} hors du fichier"),
    "visits": ("Visits", "Visites"),
    "verdict": ("verdict", "verdict"),
    "read": ("read", "lus"),
    "new": ("new", "nouveaux"),
    "changed": ("changed", "modifiés"),
    "withdrawn": ("withdrawn", "retirés"),
    "back": ("back", "de retour"),
    "errors": ("errors", "erreurs"),
    "complete": ("complete", "entière"),
    "partial": ("partial", "partielle"),
    "done": ("done", "fait"),
    "skipped": ("skipped", "sans objet"),
    "step_partial": ("partial", "en partie"),
    "step_failed": ("failed", "échec"),
    "crawl": ("crawl", "visites"),
    "takedown": ("takedown", "retraits"),
    "rates": ("rates", "taux de change"),
    "twins": ("twins", "cours identiques"),
    "index": ("index", "index"),
    "digest": ("digest", "lettres"),
    "check": ("check", "contrôle"),
    "publish": ("publish", "publication"),
    "goes_on": (
        "goes on with the run of {day}, stopped in {step}",
        "reprend l’exécution du {day}, interrompue à l’étape « {step} »",
    ),
    "never_ended": (
        "the run of {day} never ended; this one begins anew",
        "l’exécution du {day} ne s’est jamais terminée ; celle-ci recommence",
    ),
    "missed": (
        "last published on {day}: {count} weekly runs were missed, this one catches up",
        "dernière publication le {day} : {count} semaines manquées, celle-ci rattrape",
    ),
}
# Why a platform's visit is not whole is kept in the catalogue in English.
_REASONS: tuple[tuple[str, str], ...] = (
    (r"partial, ", "visite partielle, "),
    (r"the site could not be reached", "le site n’a pas répondu"),
    (r"the crawl did not run to its end", "la visite n’est pas allée à son terme"),
    (r"\b1 page could not be had", "1 page n’a pu être lue"),
    (r"(\d+) pages could not be had", r"\1 pages n’ont pu être lues"),
    (
        r"the site announced (\d+) courses, (\d+) were met",
        r"le site annonce \1 cours, \2 ont été vus",
    ),
    (
        r"(\d+) courses read, fewer than the (\d+) that this site has at least",
        r"\1 cours lus, moins que les \2 que ce site a au moins",
    ),
    (
        r"(\d+) courses read, the last complete crawl read (\d+)",
        r"\1 cours lus, la dernière visite entière en avait lu \2",
    ),
    (r"(\d+) of (\d+) listings were rejected", r"\1 annonces sur \2 ont été rejetées"),
    (r"the crawl ended with exit code (\d+)", r"la visite s’est terminée avec le code \1"),
)


def say(lang: str, key: str, **values: object) -> str:
    """One of the report's texts, filled in, with French spaces before double signs."""
    words = _TEXTS[key][LANGUAGES.index(lang)]
    return (spaced(words) if lang == "fr" else words).format(**values)


def number(lang: str, value: float, digits: int = 0) -> str:
    """A figure as the language groups its digits."""
    form = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(value, format=form, locale=lang)


def count(lang: str, value: int, noun: str) -> str:
    """So many of them: 1 course, 2 courses; in French 0 and 1 are singular, and "cours" is both."""
    word = say(lang, noun)
    single = value < 2 if lang == "fr" else value == 1
    return f"{number(lang, value)} {word if single or word.endswith('s') else word + 's'}"


def reason(lang: str, said: str) -> str:
    """Why a visit is not whole, in the language; words that are not known stay as they are."""
    if lang == "fr":
        for pattern, words in _REASONS:
            said = re.sub(pattern, words, said)
    return said
