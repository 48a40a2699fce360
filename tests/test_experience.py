"""What a person has behind him: posts and years of his own, not those of his firm or his boss."""

from __future__ import annotations

from typing import Any

import pytest

from recommend import experience, query
from recommend.profile import Profile


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"text": "J'ai 25 ans, je débute complètement dans une maison de 150 ans."}, None),
        ({"text": "J'ai vingt-cinq ans et j'aime vendre."}, None),
        ({"text": "J'ai 25 ans d'expérience."}, "text"),
        ({"text": "J'ai vingt ans de vente derrière moi."}, "text"),
        ({"text": "Âgée de 42 ans."}, None),
        ({"text": "I am 25 years old."}, None),
        ({"text": "A firm that makes soap since 150 years."}, None),
        ({"text": "Notre marque a 30 ans d'histoire, fondée il y a 30 ans."}, None),
        ({"text": "Our company, founded 40 years ago, sells soap."}, None),
        ({"text": "Dans une entreprise de 25 ans. Douze ans de vente."}, "text"),
        ({"text": "Working for one company for 15 years."}, "text"),
        ({"text": "En reconversion après 20 ans de comptabilité."}, None),
        ({"text": f"{'9' * 5000} years."}, None),
        ({"text": "À 50 ans, je change de métier."}, None),
        ({"text": "Alternante en marketing, 22 ans."}, None),
        ({"text": "Our company has 25 years of experience."}, None),
        ({"text": "Je n'ai pas 10 ans d'expérience."}, None),
        ({"text": "Less than 15 years of experience."}, None),
        ({"text": "Trente-cinq ans, deux enfants ; mon fils a douze ans."}, None),
        ({"text": "Mariée depuis 15 ans."}, None),
        ({"text": "Dans dix ans je serai ailleurs."}, None),
        ({"text": "Je conseille des PME depuis quinze ans."}, "text"),
        ({"text": "Twenty years in FMCG."}, "text"),
        ({"role": "Directrice", "text": "Je débute en SEO."}, None),
        ({"role": "Product manager", "text": "Started after starting out as a writer."}, "role"),
        ({"role": "Director, I lead juniors and beginners"}, "role"),
        ({"role": "Assistante du directeur commercial"}, None),
        ({"role": "Assistant to the CMO"}, None),
        ({"role": "Adjointe au directeur"}, None),
        ({"role": "Directeur adjoint"}, "role"),
        ({"role": "Stagiaire chef de produit"}, None),
        ({"role": "Chef de projet junior"}, None),
        ({"role": "Assistante de direction expérimentée"}, "role"),
        ({"role": "Assistante du directeur", "text": "Vingt ans de métier."}, "text"),
    ],
)
def test_only_ones_own_experience_counts(facts: dict[str, Any], shown: str | None) -> None:
    assert experience.behind(Profile(**facts)) == shown


@pytest.mark.parametrize(
    "words",
    [
        "10 ans d'expérience en marketing.",
        "Plus de dix ans d’une solide expérience dans le luxe.",
        "Une expérience professionnelle de dix ans en agence.",
        "Expérience : 12 ans.",
        "Plusieurs années d'expérience commerciale.",
        "I have ten years of experience in retail.",
        "15+ years' experience.",
        "20 years of hands-on marketing experience.",
        "My experience of more than ten years in sales.",
    ],
)
def test_years_of_experience_are_no_topic(words: str) -> None:
    assert not {each for each in looked_for(words) if "experi" in each}


@pytest.mark.parametrize(
    "words",
    [
        "10 ans d'expérience client chez un voyagiste.",
        "10 ans d'expérience en expérience utilisateur.",
        "10 ans de vente. Je travaille sur l'expérience en magasin.",
        "Ten years of customer experience in retail.",
        "In ten years: the digital experience.",
        "I want better experiences for our customers.",
    ],
)
def test_experience_as_a_topic_stays(words: str) -> None:
    assert {each for each in looked_for(words) if "experi" in each}


def looked_for(words: str) -> set[str]:
    who = Profile(text=words, language="fr" if "ans" in words else "en", reads=("fr", "en"))
    return {each.term for each in query.terms_of(who)}


@pytest.mark.parametrize(
    ("role", "sought", "idle"),
    [
        ("Chef de publicité", "publicité", "chef"),
        ("Cheffe", "cheffe", "publicité"),
        ("Directeur adjoint des achats", "achats", "adjoint"),
        ("Head of growth", "growth", "head"),
        ("Chargée de communication responsable", "responsable", "chargée"),
    ],
)
def test_the_post_that_a_role_begins_with_is_no_topic(role: str, sought: str, idle: str) -> None:
    words = [term.word for term in query.terms_of(Profile(role=role))]
    assert sought in words
    assert idle not in words
