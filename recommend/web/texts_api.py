"""Words of the API's page; what its parameters mean, in French."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "api_title": ("L’API", "The API"),
    "api_lead": (
        "Le catalogue et le classement en JSON, en lecture seule, à des adresses qui restent.",
        "The catalogue and the ranking as JSON, read-only, at addresses that stay.",
    ),
    "api_profiles": ("Les profils livrés.", "The roles that come with moocscout."),
    "api_recommend": (
        "Des cours pour un profil, avec chaque point.",
        "Courses for a profile, with every point.",
    ),
    "api_explain": (
        "Chaque point d’un cours pour un profil.",
        "Every point of one course for a profile.",
    ),
    "api_course": (
        "Un cours entier\u00a0: les faits et leurs mots, les sessions, l’historique.",
        "One course whole: facts with their words, sessions, history.",
    ),
    "api_search": (
        "Les cours qui contiennent chaque mot\u202f; sans mot, les plus récents.",
        "Courses that hold every word; the newest where none is asked.",
    ),
    "api_changes": ("Ce qui s’est passé depuis un jour.", "What has happened since a day."),
    "api_calendar": (
        "Premiers jours et derniers jours d’inscription, par mois.",
        "First days and last days to enrol, by month.",
    ),
    "api_topics": (
        "Combien de cours enseignent chaque sujet, et ses semaines.",
        "How many courses teach each topic, and its weeks.",
    ),
    "api_stats": ("Le catalogue en chiffres.", "The catalogue in numbers."),
    "api_platforms": (
        "D’où viennent les cours, et à quelles conditions.",
        "Where courses come from, and the terms.",
    ),
    "api_try": ("Essayer", "Try it"),
    "api_params": ("Paramètres\u00a0: {n}", "Parameters: {n}"),
    "api_errors": (
        (
            "Une erreur répond en application/problem+json et nomme la correction. null veut dire"
            " que la page ne le précise pas."
        ),
        (
            "Errors come as application/problem+json and name the fix. null means that the page did"
            " not say."
        ),
    ),
    "api_weight": (
        "combien chaque signal compte\u202f; 1 est l’usage",
        "how much each signal counts; 1 as usual",
    ),
}

MEANINGS: dict[str, str] = {
    "profile": "un métier livré avec moocscout",
    "role": "le métier",
    "text": "le travail en quelques phrases\u00a0: expérience, tâches, ce qui est cherché",
    "wants": "les sujets cherchés, séparés par des virgules",
    "curious": "les sujets qui intéressent aussi, séparés par des virgules",
    "knows": "les sujets déjà maîtrisés, séparés par des virgules",
    "avoid": "les sujets à éviter, séparés par des virgules",
    "hours": "les heures par semaine dont on dispose",
    "weeks": "la durée la plus longue qu’un cours puisse avoir, en semaines",
    "budget": "le plus qu’un cours puisse coûter, en euros\u202f; 0\u00a0: que du gratuit",
    "reads": "les langues que l’on lit, la plus facile d’abord\u00a0: fr, en",
    "provider_kinds": "les types d’établissement souhaités\u202f; aucun nommé\u00a0: tous",
    "platforms": "les plateformes que l’on peut utiliser\u202f; aucune nommée\u00a0: toutes",
    "level": "l’expérience des sujets cherchés",
    "certificate": "souhaite-t-on un certificat\u202f?",
    "approach": "la pratique, la théorie, ou les deux en équilibre",
    "tone": "le ton des cours\u202f; rien de dit\u00a0: les deux extrêmes perdent un peu",
    "lang": "la langue des phrases\u00a0: fr ou en",
    "top": "combien de cours\u202f; 12 sans autre précision",
    "platform": "le nom d’une plateforme, tel que fun",
    "ref": "l’identifiant du cours sur sa plateforme",
    "q": "les mots qu’un cours doit contenir, tous",
    "language": "le code d’une langue, tel que fr",
    "open": "seulement les cours où l’on peut s’inscrire aujourd’hui\u00a0: yes",
    "since": "le premier jour\u202f; sans lui, celui de la dernière visite",
    "what": "seulement ces événements",
    "limit": "combien au plus\u202f; 50 sans autre précision",
    "month": "un mois, tel que 2026-12\u202f; sans lui, celui d’aujourd’hui",
}
"""What each parameter means in French; in English its declaration says so."""
