"""What is proposed of twenty adverts, CVs and wishes: nothing to laugh at, nothing obvious lost."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recommend.language import language_of
from recommend.profiling import adverts
from recommend.profiling.cv import languages_read
from recommend.profiling.reading import proposals

FIXTURE = Path(__file__).parent / "fixtures" / "adverts.toml"
ADVERTS = tomllib.loads(FIXTURE.read_text(encoding="utf-8"))["advert"]


def topics(words: str, language: str) -> set[str]:
    return {each.topic for each in proposals(words, language)}


@pytest.mark.parametrize("said", ADVERTS, ids=lambda said: f"{said['language']} {said['about']}")
def test_adverts_cvs_and_wishes(said: dict[str, Any]) -> None:
    assert language_of(said["text"]) == said["language"]
    assert topics(said["text"], said["language"]) == set(said["topics"])
    assert adverts.role(said["text"]) == said["role"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Nous offrons : un salaire attractif, mutuelle. Vous gérez le CRM.", {"CRM"}),
        ("Avantages : mutuelle\n- carte Swile\nTu pilotes le CRM.", {"CRM"}),
        ("Avantages : mutuelle\n- le CRM\nVous profitez du CRM.", set()),
        ("Avantages : mutuelle, RTT\nMissions : animer le CRM", {"CRM"}),
        ("Contrat : CDI\nLieu : Lyon\n- Le CRM", {"CRM"}),
        ("FORMATION\n2014 : licence", set()),
        ("RTT, mutuelle, tickets restaurant, télétravail 2 jours", set()),
        ("RTT\nmutuelle\ntélétravail\nCRM", {"CRM"}),
        ("Vous gérez la paie et la mutuelle des salariés.", {"paie"}),
        ("je veux apprendre la comptabilité", {"comptabilité"}),
        ("J’aimerais me former à la comptabilité.", {"comptabilité"}),
        ("Du category management et du merchandising", {"category management", "merchandising"}),
        ("Un chef de produit qui connaît le CRM", {"CRM"}),
        (
            "Profil : 3 ans d'expérience, maîtrise d'Excel, anglais courant. CRM, SQL",
            {"CRM", "SQL"},
        ),
    ],
)
def test_french_adverts_at_their_turns(words: str, found: set[str]) -> None:
    assert topics(words, "fr") == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("We offer: health insurance, pension. You will run the CRM.", {"CRM"}),
        ("Benefits\nYou get a CRM.\nYou own the CRM and email marketing.", {"CRM"}),
        ("Salary: 50k. SQL", {"SQL"}),
        ("health insurance, pension, holidays", set()),
        ("pension\nholidays\nSEO", {"SEO"}),
        ("I'd like to learn accounting", {"accounting"}),
        ("project management", {"project management"}),
        ("Data analyst or project manager", set()),
    ],
)
def test_english_adverts_at_their_turns(words: str, found: set[str]) -> None:
    assert topics(words, "en") >= found
    assert topics(words, "en") <= found | {"email marketing"}


CVS = {
    "en": [
        ("Education: BA English, UCD.\n\nLooking to learn: data analysis, storytelling for all",
         ["data analysis", "storytelling"]),
        ("Education: BA English\nSkills: SQL, Excel", ["SQL", "Excel"]),
        ("Education: BA English\nSQL\nExcel", []),
        ("Education\nBA: SQL\nMA: Excel", []),
        ("SQL, SQL, CRM.\nHobbies: SEO. I'd like to learn accounting.",
         ["accounting", "SQL", "CRM"]),
        ("I own the CRM. I don't want to learn SQL.", ["CRM"]),
        ("Company: a CRM maker\nSkills: SQL; fluent German", ["SQL"]),
    ],
    "fr": [
        ("Diplômes : licence, SQL.\nJe cherche à apprendre : la comptabilité, le CRM",
         ["CRM", "comptabilité"]),
        ("CRM\n\nLoisirs : SEO\n\nObjectifs\nLa marque employeur, SQL",
         ["marque employeur", "SQL", "CRM"]),
        ("SQL. Je voudrais comprendre la comptabilité d'une petite entreprise.",
         ["petite entreprise", "comptabilité", "SQL"]),
        ("Je ne veux pas apprendre le CRM. Le SQL", ["SQL"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [(language, *each) for language, cvs in CVS.items() for each in cvs],
)
def test_what_a_cv_says_is_wanted_comes_first(language: str, words: str, found: list[str]) -> None:
    assert [each.topic for each in proposals(words, language)] == found


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Languages: Swedish, English (native), German B1, French fluent.", "sv en de fr"),
        ("SQL. Languages: English (C1, spoken and written), Greek A2. German clients.", "en"),
        ("Languages: fluent in English and French, basic German", "en fr"),
        ("LANGUAGES\n\nEnglish: native\nSpanish: beginner\n\nGOALS\nDutch art", "en"),
        ("Fluent: English, French. Basic: German, Dutch", ""),
        ("Language skills: Fluent: English, French. Basic: German, Dutch", "en fr"),
        ("I speak English and Polish. I sell Russian dolls.", "en pl"),
        ("Langues : anglais courant (TOEIC 890), espagnol scolaire, breton (lu)", "en br"),
        ("LANGUES\n- Français : langue maternelle\n- Arabe : lu, écrit\n- Grec : notions", "fr ar"),
        ("Langues : arabe parlé, mandarin", "zh"),
        ("Je lis l'anglais et l'allemand, notions de russe.", "en de"),
        ("Ventes : clients allemands", ""),
    ],
)  # fmt: skip
def test_languages_that_a_cv_says_are_read(words: str, codes: str) -> None:
    assert languages_read(words) == tuple(codes.split())


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Directrice marketing Wolluzak (H/F)", "Directrice marketing"),
        ("Chef Wolluzak", ""),
        ("Vous serez responsable du référencement naturel", ""),
        ("ACHETEUR INDUSTRIEL (H/F)", "Acheteur industriel"),
        ("CRM MANAGER", "CRM manager"),
        ("We are seeking a full-time E-commerce Lead.", "E-commerce Lead"),
        ("Nurse Manager - Oncology Ward\nYou will lead nurses.", "Nurse Manager"),
        ("CFO (m/f/d) - Series B start-up, Berlin", "CFO"),
        ("Bibliothécaire H/F", "Bibliothécaire"),
        ("La ville de Tréville recrute un bibliothécaire (catégorie B)", "Bibliothécaire"),
        ("Actuaire\nVous tarifez.", "Actuaire"),
        ("Librarian", "Librarian"),
        ("Formateur d'enseignants", "Formateur d'enseignants"),
        ("Wine exporter\nI ship wine.", "Wine exporter"),
        ("Présidente d'un club", "Présidente d'un club"),
        ("Marie Dupont\nNotre entreprise", ""),
    ],
)
def test_titles_as_adverts_write_them(words: str, role: str) -> None:
    assert adverts.role(words) == role
