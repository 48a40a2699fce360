"""What is proposed of twenty adverts, CVs and wishes: nothing to laugh at, nothing obvious lost."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from recommend.language import language_of
from recommend.profiling import adverts
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
