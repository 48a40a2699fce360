"""How the ranking works, on one page: every figure is read from the code and data that rank."""

from __future__ import annotations

from typing import Any

from catalogue import reading
from recommend import rank, signals, wording
from recommend.index import Index
from recommend.signals.topic import TEXT_SCALE
from recommend.web.answering import answer, page
from recommend.web.asked import Asked
from recommend.web.site import site_of
from recommend.web.texts_rules import rule

WORDS: dict[str, tuple[str, str]] = {
    "title": ("La méthode", "The method"),
    "formula_text": (
        (
            "Score = {scale} points × la ressemblance des textes (cosinus TF-IDF, entre 0 et 1),"
            " plus ou moins les points de chaque signal ci-dessous. Chaque poids se règle de 0"
            " à 5\u202f; 1 est l’usage."
        ),
        (
            "Score = {scale} points × how alike the texts are (TF-IDF cosine, from 0 to 1), plus or"
            " minus the points of each signal below. Every weight goes from 0 to 5; 1 is as usual."
        ),
    ),
    "signals": ("Les signaux", "The signals"),
    "signal": ("Signal", "Signal"),
    "most": ("au plus", "at most"),
    "none": ("retire seulement", "only takes away"),
    "rule": ("Règle", "Rule"),
    "variety": (
        (
            "Un même établissement ne tient jamais plus de {most} places, et le même cours sur deux"
            " plateformes n’en tient qu’une."
        ),
        "No provider holds more than {most} places, and a course on two platforms holds one.",
    ),
    "sources": ("Les plateformes", "The platforms"),
    "platform": ("Plateforme", "Platform"),
    "courses": ("Cours", "Courses"),
    "last": ("Dernière visite", "Last visit"),
    "share": ("Faits connus", "Facts known"),
    "limits": ("Les limites", "The limits"),
    "limits_text": (
        (
            "Un fait que la page ne dit pas reste inconnu et ne compte pas. Les phrases sont"
            " lues, non comprises."
            " Un mot juste mal employé trompe la formule. Personne ne paie pour être mieux classé."
        ),
        (
            "A fact that a page does not state stays unknown and does not count. Sentences are"
            " read, not understood: the right word in the wrong place misleads the formula. Nobody"
            " pays to be ranked higher."
        ),
    ),
    "version": ("Version du modèle", "Version of the model"),
}


@page
async def method(datasette: Any, request: Any, where: Asked) -> Any:
    """Formula, signals, platforms with dates and completeness, limits, model version."""
    site = site_of(datasette)
    overview = await site.overview()
    version = await site.version()
    shares = await site.ranker.ask(("completeness",), _completeness, version)
    model = await site.ranker.ask(("model",), rank.model_of, version)
    said = {name: texts[where.lang != "fr"] for name, texts in WORDS.items()}
    said["formula_text"] = said["formula_text"].format(scale=TEXT_SCALE)
    said["variety"] = said["variety"].format(most=rank.PER_PROVIDER)
    return await answer(
        datasette,
        request,
        where,
        "method.html",
        said=said,
        signals=list(_signals(where.lang)),
        overview=overview,
        shares=shares,
        model=model,
    )


def _completeness(index: Index) -> dict[str, float]:
    """Platform -> mean share of the expected facts that are known."""
    rows = reading.rows(index.db, "select platform, share from platform_completeness")
    return {row["platform"]: row["share"] for row in rows}


def _signals(lang: str) -> Any:
    for name in signals.SIGNALS:
        most = signals.HIGHEST.get(name, 0) / signals.POINT
        yield {"label": wording.LABELS[name][lang], "most": most, "rule": rule(name, lang)}


ROUTES = [(r"^(?:/(?:fr|en))?/method$", method)]
