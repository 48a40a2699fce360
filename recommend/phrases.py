"""What a person reads of a ranking, phrase by phrase, and the names of what courses state.

Blanks are filled in by `wording`. French keeps a no-break space before ":" and inside « », a narrow
one before ; ! ?.
"""

from __future__ import annotations

from collections.abc import Mapping

from recommend.sentences import Words

PHRASES: Mapping[str, Words] = {
    "from": {"en": "from {origin}", "fr": "de «\xa0{origin}\xa0»"},
    "from_phrase": {
        "en": "of {phrase}, from {origin}",
        "fr": "de «\xa0{phrase}\xa0», pour «\xa0{origin}\xa0»",
    },
    "why": {"en": "Why:", "fr": "Pourquoi\xa0:"},
    "pros": {"en": "For you:", "fr": "Pour vous\xa0:"},
    "cons": {"en": "But:", "fr": "Mais\xa0:"},
    "uncovered": {
        "en": "Wishes that no course of this list speaks of: {wishes}.",
        "fr": "Souhaits dont aucun cours de cette liste ne parle\xa0: {wishes}.",
    },
    "loose": {
        "en": "Little to do with your wishes: here for what else suits you.",
        "fr": "Peu de rapport avec vos souhaits\xa0: ici pour ses autres atouts.",
    },
    "adds": {"en": "Adds to the list:", "fr": "Apporte à la liste\xa0:"},
    "if_hours": {
        "en": "{place} if you accept {value} a week",
        "fr": "{place} si vous acceptez {value} par semaine",
    },
    "if_weeks": {"en": "{place} if you accept {value}", "fr": "{place} si vous acceptez {value}"},
    "if_budget": {
        "en": "{place} if you agree to pay {value}",
        "fr": "{place} si vous acceptez de payer {value}",
    },
    "if_no_hours": {
        "en": "{place} if you set no hours a week",
        "fr": "{place} si vous ne fixiez pas d’heures par semaine",
    },
    "if_no_weeks": {
        "en": "{place} if you set no number of weeks",
        "fr": "{place} si vous ne fixiez pas de durée",
    },
    "if_no_budget": {
        "en": "{place} if you set no budget",
        "fr": "{place} si vous ne fixiez pas de budget",
    },
    "if_certificate": {
        "en": "{place} if you need no certificate",
        "fr": "{place} si vous vous passez de certificat",
    },
    "if_reads": {"en": "{place} if you read {value}", "fr": "{place} si vous lisez {value}"},
    "if_level": {
        "en": "{place} if {value} suits you",
        "fr": "{place} si {value} vous convient",
    },
    "if_platforms": {"en": "{place} if you use {value}", "fr": "{place} si vous utilisez {value}"},
    "if_audience": {
        "en": "{place} if courses may be made for that audience",
        "fr": "{place} si les cours peuvent viser ce public",
    },
    "if_knows": {
        "en": "{place} if you did not know {value}",
        "fr": "{place} si vous ne connaissiez pas {value}",
    },
    "if_avoid": {
        "en": "{place} if you did not avoid {value}",
        "fr": "{place} si vous n’écartiez pas {value}",
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
        "en": "{place} if a {value} would do, too",
        "fr": "{place} si un organisme de ce type vous convenait aussi\xa0: {value}",
    },
    "in_list": {"en": "{place} in the list", "fr": "{place} de la liste"},
    "listed_same": {
        "en": "{listed} in the list of {length}, and by score.",
        "fr": "{listed} de la liste de {length}, et par le score.",
    },
    "listed_place": {
        "en": "{listed} in the list of {length}; {place} by score.",
        "fr": "{listed} de la liste de {length}\u202f; {place} par le score.",
    },
    "listed_beyond": {
        "en": "{listed} in the list of {length}; beyond the {place} by score.",
        "fr": "{listed} de la liste de {length}\u202f; au-delà du {place} par le score.",
    },
    "unlisted_place": {
        "en": "Not in the list of {length}; {place} by score.",
        "fr": "Hors de la liste de {length}\u202f; {place} par le score.",
    },
    "no_list": {
        "en": "There is no list: no course holds a word of this profile.",
        "fr": "Pas de liste\xa0: aucun cours ne contient un mot de ce profil.",
    },
    "unlisted_unranked": {
        "en": "Not in the list of {length}, and not ranked.",
        "fr": "Hors de la liste de {length}, et sans place par le score.",
    },
    "unlisted_beyond": {
        "en": "Not in the list of {length}; beyond the {place} by score.",
        "fr": "Hors de la liste de {length}\u202f; au-delà du {place} par le score.",
    },
    "differ": {
        "en": "The list is not the order by score: it takes three courses of a provider at most,"
        " and makes room for several wishes.",
        "fr": "La liste n’est pas l’ordre des scores\xa0: elle prend au plus trois cours d’un même"
        " organisme, et fait place à plusieurs souhaits.",
    },
    "gap": {
        "en": "{points} short of the last in the list.",
        "fr": "Il lui manque {points} pour égaler le dernier de la liste.",
    },
    "numbered": {"en": "no.\xa0{number} {title}", "fr": "n°\xa0{number} {title}"},
    "for_wishes": {"en": ", for {wishes}", "fr": ", pour {wishes}"},
    "over_words": {
        "en": "It holds none of the words looked for: its points for other things do not count.",
        "fr": "Il ne contient aucun des mots cherchés\xa0: ses points pour le reste ne comptent"
        " pas.",
    },
    "over_twin": {
        "en": "The same course, on another platform, is in the list:",
        "fr": "Le même cours, sur une autre plateforme, est dans la liste\xa0:",
    },
    "over_provider": {
        "en": "The list takes three courses of one provider at most; of {provider} it has:",
        "fr": "La liste ne prend que trois cours d’un même organisme. Elle a déjà, pour"
        " {provider}\xa0:",
    },
    "over_covered": {
        "en": "Others in the list are on its wishes:",
        "fr": "D’autres cours de la liste traitent les mêmes souhaits\xa0:",
    },
    "over_room": {
        "en": "Its score would do, but the list seeks variety and takes instead:",
        "fr": "Son score suffirait, mais la liste cherche la variété et prend plutôt\xa0:",
    },
    "against": {"en": "Against {other} ({points}):", "fr": "Face au {other} ({points})\xa0:"},
    "pushed": {"en": "Pushed down by:", "fr": "Ce qui le fait descendre\xa0:"},
    "would": {"en": "It would be:", "fr": "Il serait\xa0:"},
    "no_change": {
        "en": "None of the changes tried, of limits and choices one at a time, brings it into the"
        " list; other wishes might.",
        "fr": "Aucun des changements essayés, de limites et de préférences une à une, ne le fait"
        " entrer dans la liste\u202f; d’autres souhaits le pourraient.",
    },
    "unknown": {"en": "Not stated:", "fr": "Non indiqué\xa0:"},
    "also": {"en": "Also on", "fr": "Aussi sur"},
    "open": {"en": "open", "fr": "ouvert"},
    "more": {"en": "{count} more words", "fr": "{count} autres mots"},
    "one_more": {"en": "1 more word", "fr": "1 autre mot"},
    "provider_capped": {
        "en": "Third course of the same provider, {provider}; its others are left out.",
        "fr": "Troisième cours du même organisme, {provider}\u202f; ses autres cours sont laissés"
        " de côté.",
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
    "date_enrolment_end": {"en": "enrolment until {day}", "fr": "inscription jusqu’au {day}"},
    "date_start": {"en": "starts {day}", "fr": "début le {day}"},
    "date_end": {"en": "ends {day}", "fr": "fin le {day}"},
    "no_date": {"en": "no date", "fr": "date inconnue"},
    "ends": {"en": "ends on {day}", "fr": "se termine le {day}"},
    "done": {
        "en": "done by {day} at {hours} a week",
        "fr": "fini le {day} à raison de {hours} par semaine",
    },
    "done_soon": {"en": "done by {day}", "fr": "fini le {day}"},
    "overruns": {
        "en": "at {hours} a week, past the session's end, {day}",
        "fr": "à raison de {hours} par semaine, au-delà de la fin de la session, le {day}",
    },
    "total": {"en": "Total", "fr": "Total"},
    "points": {"en": "points", "fr": "points"},
    "range": {"en": "{low} to {high}", "fr": "{low} à {high}"},
    "at_most": {"en": "at most {most}", "fr": "{most} au plus"},
    "at_least": {"en": "at least {least}", "fr": "{least} au moins"},
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
    "reduced": {"en": "{money} instead of {full}", "fr": "{money} au lieu de {full}"},
    "in_memory": {
        "en": "The ranking index could not be kept ({note}); it was made for this run alone.",
        "fr": "L’index du classement n’a pas pu être conservé ({note})\u202f; il n’a servi"
        " qu’à cette fois.",
    },
    "page_writes": {"en": "page: {words}", "fr": "page\xa0: {words}"},
    "in_fields": {"en": "in {fields}", "fr": "dans {fields}"},
    "profile_of": {"en": "Shortlist for", "fr": "Sélection pour"},
    "withdrawn": {
        "en": "This course is no longer listed since {day}; it is not ranked.",
        "fr": "Ce cours n’est plus proposé depuis le {day}\u202f; il n’est pas classé.",
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

SOURCES: Mapping[str, Words] = {
    "api": {"en": "platform's list", "fr": "liste de la plateforme"},
    "page": {"en": "page", "fr": "page"},
    "jsonld": {"en": "structured data of the page", "fr": "données structurées de la page"},
    "microdata": {"en": "markup of the page", "fr": "balises de la page"},
    "state": {"en": "data of the page", "fr": "données de la page"},
    "dom": {"en": "text of the page", "fr": "texte de la page"},
    "rdfa": {"en": "markup of the page", "fr": "balises de la page"},
    "file": {"en": "file", "fr": "fichier"},
    "platform": {"en": "rule of the platform", "fr": "règle de la plateforme"},
}
"""Where the words were read that a fact was taken from."""

LEVELS: Mapping[str, Words] = {
    "beginner": {"en": "beginner", "fr": "débutant"},
    "intermediate": {"en": "intermediate", "fr": "intermédiaire"},
    "advanced": {"en": "advanced", "fr": "avancé"},
    "mixed": {"en": "mixed levels", "fr": "tous niveaux"},
}

COURSES_FOR: Mapping[str, Words] = {
    "beginner": {"en": "a course for beginners", "fr": "un cours pour débutants"},
    "intermediate": {
        "en": "a course of intermediate level",
        "fr": "un cours de niveau intermédiaire",
    },
    "advanced": {"en": "a course of advanced level", "fr": "un cours de niveau avancé"},
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
