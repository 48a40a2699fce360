"""What Richie says in French, English and Portuguese, and how it writes paths and durations.

The wording is the software's own (Richie 3.4 in French and English, its pt_PT catalogue), its
typography too: a plain space before the colon of "Durée" and "Effort", none before "Rythme"'s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

NBSP = "\u00a0"

FR = {
    "duration": "Durée : ",
    "effort": "Effort : ",
    "pace": "Rythme: ",
    "languages": "Langues: ",
    "self_paced": "Auto-rythmé",
    "enrolled": "déjà inscrits !",
    "and": "et",
    "code": "Réf. ",
    "category": "Catégorie",
    "main_organisation": "Etablissement principal",
    "skills": "Ce que vous allez apprendre",
    "skills_lead": "À la fin de ce cours, vous saurez :",
    "description": "Description",
    "format": "Format",
    "prerequisites": "Prérequis",
    "assessment": "Évaluation et Certification",
    "plan": "Plan de cours",
    "team": "Équipe pédagogique",
    "organisations": "Établissements",
    "licence": "Licence",
    "licence_content": "Licence pour le contenu du cours",
    "course": "Cours",
    "enrol": "s’inscrire maintenant",
    "study": "étudier maintenant",
    "open": "ouvert à l'inscription",
    "forever": "toujours ouvert",
    "closing": "termine le",
    "starting": "débute le",
    "closed": "inscription fermée",
    "ongoing": "en cours",
    "archived": "archivé",
    "unscheduled": "à programmer",
    "min_value": "Assurez-vous que cette valeur est supérieure ou égale à {0}.",
    "min_length": "Assurez-vous que cette valeur comporte au moins {0} caractères"
    " (actuellement {1}).",
    "max_length": "Assurez-vous que cette valeur comporte au plus {0} caractères"
    " (actuellement {1}).",
    "integer": "Saisissez un nombre entier.",
    "choice": "Sélectionnez un choix valide. {0} n’en fait pas partie.",
    "not_found": "Page non trouvée",
}
EN = {
    "duration": "Duration: ",
    "effort": "Effort: ",
    "pace": "Pace: ",
    "languages": "Languages: ",
    "self_paced": "Self paced",
    "enrolled": "already enrolled!",
    "and": "and",
    "code": "Ref. ",
    "category": "Category",
    "main_organisation": "Main organization",
    "skills": "What you will learn",
    "skills_lead": "At the end of this course, you will be able to:",
    "description": "Description",
    "format": "Format",
    "prerequisites": "Prerequisites",
    "assessment": "Assessment and certification",
    "plan": "Course plan",
    "team": "Course team",
    "organisations": "Organizations",
    "licence": "License",
    "licence_content": "License for the course content",
    "course": "Course",
    "enrol": "enroll now",
    "study": "study now",
    "open": "open for enrollment",
    "forever": "forever open",
    "closing": "closing on",
    "starting": "starting on",
    "closed": "enrollment closed",
    "ongoing": "on-going",
    "archived": "archived",
    "unscheduled": "to be scheduled",
    "min_value": "Ensure this value is greater than or equal to {0}.",
    "min_length": "Ensure this value has at least {0} characters (it has {1}).",
    "max_length": "Ensure this value has at most {0} characters (it has {1}).",
    "integer": "Enter a whole number.",
    "choice": "Select a valid choice. {0} is not one of the available choices.",
    "not_found": "Page not found",
}
PT = {
    **EN,
    "duration": "Duração: ",
    "effort": "Esforço: ",
    "pace": "Ritmo: ",
    "languages": "Idiomas: ",
    "self_paced": "Ao ritmo do estudante",
    "enrolled": "já inscritos!",
    "and": "e",
    "code": "Cód. ",
    "category": "Categoria",
    "main_organisation": "Organização principal",
    "skills": "O que vai aprender",
    "skills_lead": "No final deste curso, será capaz de:",
    "description": "Descrição",
    "format": "Formato",
    "prerequisites": "Pré-requisitos",
    "assessment": "Avaliação e certificação",
    "plan": "Plano de curso",
    "team": "Equipa do curso",
    "organisations": "Organizações",
    "licence": "Licença",
    "licence_content": "Licença para o conteúdo do curso",
    "course": "Curso",
    "enrol": "inscreva-se já",
    "study": "estudar agora",
    "open": "inscrições abertas",
    "forever": "sempre aberto",
    "closing": "encerra a",
    "starting": "inicia a",
    "closed": "inscrição encerrada",
    "ongoing": "a decorrer",
    "archived": "arquivado",
    "unscheduled": "a agendar",
    "not_found": "Página não encontrada",
}
WORDS = {"fr": FR, "en": EN, "pt": PT}

UNITS = {
    "fr": {
        "minute": ("minute", "minutes"),
        "hour": ("heure", "heures"),
        "day": ("jour", "jours"),
        "week": ("semaine", "semaines"),
        "month": ("mois", "mois"),
    },
    "en": {unit: (unit, unit + "s") for unit in ("minute", "hour", "day", "week", "month")},
    "pt": {
        "minute": ("minuto", "minutos"),
        "hour": ("hora", "horas"),
        "day": ("dia", "dias"),
        "week": ("semana", "semanas"),
        "month": ("mês", "meses"),
    },
}
MINUTES = {"minute": 1, "hour": 60}

LANGUAGE_NAMES = {
    "fr": {"fr": "français", "en": "anglais", "es": "espagnol", "pt": "portugais"},
    "en": {"fr": "French", "en": "English", "es": "Spanish", "pt": "Portuguese"},
    "pt": {"fr": "francês", "en": "inglês", "es": "espanhol", "pt": "português"},
}

# Where each language keeps the list, one course, subjects, levels and organisations.
PATHS = {
    "fr": {
        "list": "cours",
        "course": "cours",
        "subjects": "thematiques/thematiques-du-catalogue",
        "levels": "thematiques/niveaux",
        "organizations": "etablissements",
    },
    "en": {
        "list": "courses",
        "course": "courses",
        "subjects": "categories/subjects",
        "levels": "categories/levels",
        "organizations": "organizations",
    },
    "pt": {
        "list": "cursos",
        "course": "curso",
        "subjects": "categorias/temas",
        "levels": "categorias/niveis",
        "organizations": "organizacoes",
    },
}

# Names that the vocabularies have in English; whoever has none keeps its own name.
IN_ENGLISH = {
    "Marketing et communication": "Marketing and communication",
    "Numérique et technologie": "Digital and technology",
    "Management et entreprise": "Management and business",
    "Économie et finance": "Economics and finance",
    "Éducation et formation": "Education and training",
    "Sciences et ingénierie": "Science and engineering",
    "Santé": "Health",
    "Environnement et agriculture": "Environment and agriculture",
    "Arts, lettres et histoire": "Arts, humanities and history",
    "Droit et société": "Law and society",
    "Débutant": "Beginner",
    "Intermédiaire": "Intermediate",
    "Avancé": "Advanced",
    "Marketing e comunicação": "Marketing and communication",
    "Tecnologia digital": "Digital technology",
    "Saúde": "Health",
    "Inicial": "Beginner",
    "Intermédio": "Intermediate",
}


def slug(name: str) -> str:
    """A name as Django writes it in an address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def span(length: Sequence[object] | None, language: str) -> str:
    """[6, "week"] as "6 semaines"; "" when the site does not know."""
    if length is None:
        return ""
    count, unit = int(str(length[0])), str(length[1])
    return f"{count} {UNITS[language][unit][count > 1]}"


def iso_effort(effort: Sequence[object] | None) -> str:
    """[12, "hour"] as "PT12H"; "" when the site does not know."""
    return f"PT{effort[0]}{str(effort[1])[0].upper()}" if effort else ""


def pace(
    duration: Sequence[object] | None, effort: Sequence[object] | None, language: str
) -> str | None:
    """What "Rythme" says of a course that is not self-paced.

    Richie divides effort by duration and rounds to quarters of an hour. Without one of the two
    it says "self paced", whatever the course's own flag says; it says nothing (None) when the
    duration's unit is not longer than the effort's.
    """
    if duration is None or effort is None:
        return WORDS[language]["self_paced"]
    if duration[1] in MINUTES:
        return None
    minutes = int(str(effort[0])) * MINUTES[str(effort[1])] / int(str(duration[0]))
    per = UNITS[language][str(duration[1])][0]
    hours, rest = int(minutes // 60), int(minutes % 60)
    quarter = round(rest / 15) * 15
    if hours == 0:
        step = 15 if rest > 15 else 5
        return f"~{round(rest / step) * step or 5} {UNITS[language]['minute'][1]}/{per}"
    if quarter == 0:
        return f"~{hours} {UNITS[language]['hour'][hours > 1]}/{per}"
    return f"~{hours}h{quarter}/{per}"


def languages_named(codes: Sequence[str], language: str) -> str:
    """["fr", "en"] as "Anglais et français"; "NA" for none."""
    names = sorted(LANGUAGE_NAMES[language][code] for code in codes)
    if not names:
        return "NA"
    said = names[0]
    if len(names) > 1:
        said = f"{', '.join(names[:-1])} {WORDS[language]['and']} {names[-1]}"
    return said[0].upper() + said[1:]


def grouped(count: int, language: str) -> str:
    """3120 as "3 120" in French (no-break), "3,120" in English."""
    return f"{count:,}".replace(",", {"fr": NBSP, "en": ",", "pt": "."}[language])
