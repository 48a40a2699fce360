"""The bridge between languages: good pairs, no false friends, found in both directions."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict

import pytest

from catalogue.words import fold, tokens
from recommend import files, lexicon, text

FIELDS = (
    "marketing",
    "sales",
    "communication",
    "digital",
    "data",
    "design",
    "management",
    "HR",
    "education",
    "finance",
    "law",
)
NAMES = re.compile(
    r"(?:[dl]')?(?:2D|3D|ADHD|ADN|AI|ANOVA|API|Act|Ads|Amazon|Ansoff|B2B|B2C|BCG|BFR|BI|Bayesian"
    r"|Business|CAD|CFO|CPM|CRM|CSE|CSR|CSS|CV|Chinese|D2C|DNA|EBITDA|ERP|ESG|ESS|EU|English|Etsy"
    r"|European|Excel|FBA|FLE|FMCG|Facebook|French|GDPR|GIS|GMS|GPEC|Gantt|Google|HR|HRIS|HTML|IA"
    r"|IFRS|ISO|IT|Instagram|Ishikawa|JIT|Japanese|KPI|KPIs|Korean|Likert|LinkedIn|MLOps|Mandarin"
    r"|Meta|My|NGO|ONG|OSINT|PESTEL|POS|PR|Pinterest|Porter|Portuguese|Profile|Python|QVCT|RFM"
    r"|RGPD|RH|ROAS|ROI|RP|RPS|RSE|Reels|Russian|SEA|SEO|HACCP|InDesign|SIG|SIRH|SMS|SQL|SWOT|SaaS|Shopping|TDAH"
    r"|TPE|TV|TVA|TikTok|UI|UX|VAT|VBA|WordPress|YouTube|Z)(?:'s)?"
)


EVERY = (*lexicon.pairs(), *lexicon.wishes())


def stems(words: str) -> tuple[str, ...]:
    return tuple(text.stems(token)[0] for token in text.content(words))


def false_friends() -> list[tuple[str, str]]:
    with (files.LEXICON / "false_friends.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["french"], row["english"]) for row in csv.DictReader(lines)]


def others(words: str, language: str) -> set[str]:
    return {other for _, found in lexicon.met(words, language) for other in found.others}


def test_it_is_large_and_covers_every_field() -> None:
    counts = Counter(field for _, _, field in lexicon.pairs())
    assert counts.total() >= 1500
    assert set(counts) == set(FIELDS)
    assert min(counts.values()) >= 50


def test_no_pair_is_there_twice() -> None:
    folded = Counter((fold(french), fold(english)) for french, english, _ in EVERY)
    assert [pair for pair, count in folded.items() if count > 1] == []


def test_fields_stay_together_so_that_a_person_finds_his_way() -> None:
    fields = list(dict.fromkeys(field for _, _, field in lexicon.pairs()))
    assert fields == list(FIELDS)
    assert [field for _, _, field in lexicon.pairs()] == sorted(
        (field for _, _, field in lexicon.pairs()), key=FIELDS.index
    )


def test_words_are_written_right() -> None:
    plain = re.compile(r"[a-zà-ÿœA-Z0-9][a-zà-ÿœA-Z0-9 '&/,.-]*")
    for french, english, _ in EVERY:
        for written in (french, english):
            assert plain.fullmatch(written), written
            assert written == " ".join(written.split())
            strange = [
                word
                for word in written.split()
                if word != word.lower() and not NAMES.fullmatch(word)
            ]
            assert not strange, written


def test_french_words_have_their_accents_everywhere() -> None:
    spelt = defaultdict(set)
    for french, _, _ in EVERY:
        for token in tokens(french):
            spelt[fold(token)].add(token)
    twice = {folded for folded, ways in spelt.items() if len(ways) > 1}
    # Participles and other words that exist with and without.
    assert twice <= {
        "a", "centre", "charge", "controle", "des", "espace", "inverse", "media", "meta",
        "partage", "passe", "structure",
    }  # fmt: skip


def test_there_are_many_false_friends_to_check_against() -> None:
    assert len(set(false_friends())) >= 60


@pytest.mark.parametrize("friend", false_friends(), ids=" ≠ ".join)
def test_no_false_friend_is_a_pair(friend: tuple[str, str]) -> None:
    french, english = friend
    pairs = {(fold(f), fold(e)) for f, e, _ in EVERY}
    assert (fold(french), fold(english)) not in pairs
    assert english not in others(french, "fr")
    assert french not in others(english, "en")


@pytest.mark.parametrize(("language", "here", "there"), [("fr", 0, 1), ("en", 1, 0)])
def test_every_pair_leads_across(language: str, here: int, there: int) -> None:
    for pair in lexicon.pairs():
        found = lexicon.crossing(text.content(pair[here]), language)
        assert found, pair
        assert pair[there] in found.others


def test_no_entry_hangs_on_a_word_that_is_not_read() -> None:
    """ "case study" would be any "case", since "study" is in every course's text."""
    mere = {
        fold(word)
        for word in [
            "à",
            "à",
            "la",
            "le",
            "les",
            "l",
            "d",
            "de",
            "du",
            "des",
            "en",
            "et",
            "au",
            "aux",
            "of",
            "at",
            "in",
            "to",
        ]
    }
    allowed = {
        "dernier kilomètre", "last mile", "parties prenantes", "sous-traitance", "radio show",
        "interpersonal skills", "compétences relationnelles", "soft skills", "compétences douces",
        "selling skills", "presentation skills", "decision making", "remote work", "burn-out",
        "well-being at work", "montée en compétences", "feasibility study", "apprenants adultes",
        "adult learners", "sous-titrage", "khi-deux", "savoir dire non",
    }  # fmt: skip
    for french, english, _ in EVERY:
        for written in (french, english):
            unread = [t for t in text.tokens(written) if not text.stems(t) and fold(t) not in mere]
            if unread and len(text.content(written)) < 2:
                assert written in allowed, written


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("la fidélisation de nos clients", "customer loyalty"),
        ("responsable du référencement naturel", "seo"),
        ("ingénierie pédagogique", "instructional design"),
        ("un parcours d'achat sans couture", "path to purchase"),
        ("les marques de distributeurs", "private label"),
        ("marketing de la distribution", "retail marketing"),
        ("formation des clients et des partenaires", "customer and partner education"),
        ("études qualitatives", "qualitative research"),
        ("gaspillage alimentaire", "food waste"),
        ("contrôle de gestion", "management accounting"),
        ("la marque employeur", "employer branding"),
        ("Règlement général sur la protection des données", "GDPR"),
        ("expérience de luxe", "luxury experience"),
        ("notation des prospects", "lead scoring"),
        ("un stage de trois mois", "internship"),
        ("savoir dire non", "assertiveness"),
        ("une application sans code", "no-code"),
        ("assistance à maîtrise d'ouvrage", "business analysis"),
        ("évaluer les apprentissages", "assessment for learning"),
    ],
)
def test_french_leads_to_english(french: str, english: str) -> None:
    assert english in others(french, "fr")


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Building customer loyalty", "fidélisation client"),
        ("Search engine optimization", "référencement"),
        ("account-based marketing", "marketing des comptes stratégiques"),
        ("shopper marketing", "marketing acheteur"),
        ("Learning and development", "formation et développement"),
        ("conjoint analysis", "analyse conjointe"),
        ("luxury goods", "produits de luxe"),
        ("change management", "conduite du changement"),
        ("wireframes", "maquette"),
        ("cash flow statement", "tableau de flux de trésorerie"),
        ("employment law", "droit du travail"),
    ],
)
def test_english_leads_to_french(english: str, french: str) -> None:
    assert french in others(english, "en")


@pytest.mark.parametrize(
    "words", ["user studies", "case studies", "cases", "media studies", "user"]
)
def test_plurals_of_words_that_are_not_read_are_not_read(words: str) -> None:
    """ "study" says nothing, nor do "studies": of "user studies" the user is met."""
    met = [found.written for _, found in lexicon.met(words, "en")]
    assert met == (["user"] if words.startswith("user") else ["media"] if "media" in words else [])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_any_word_and_any_two_can_be_asked(language: str) -> None:
    every = {t for pair in EVERY for words in pair[:2] for t in text.content(words)}
    for word in every:
        lexicon.crossing([word], language)
        lexicon.crossing([word, "studies"], language)


def test_a_wish_leads_to_english_and_nothing_leads_to_it() -> None:
    assert "customer acquisition" in others("trouver de nouveaux clients", "fr")
    assert "pricing" in others("fixer ses prix", "fr")
    assert "public speaking" in others("prendre la parole en réunion", "fr")
    both_ways = {french for french, _, _ in lexicon.pairs()}
    backwards = {french for french, _, _ in lexicon.wishes()} - both_ways
    for _, english, _ in EVERY:
        assert backwards.isdisjoint(others(english, "en"))


def test_of_words_that_are_read_nowhere_else_names_are_made() -> None:
    """A course's text is full of knowledge, skills and work: only the whole says something."""
    assert "knowledge management" in others("la gestion des connaissances", "fr")
    assert "career assessment" in others("faire un bilan de compétences", "fr")
    assert "future of work" in others("l'avenir du travail", "fr")
    assert text.terms("Knowledge management and the future of work") == [
        "knowledge management",
        "future of work",
        "knowledge management future of work",
    ]


def test_no_entry_reaches_across_a_pause() -> None:
    assert "product innovation" in others("innovation de produit", "fr")
    assert "product innovation" not in others("innovation, produits frais", "fr")
    assert "fresh food" in others("innovation, produits frais", "fr")
    assert "seo" in others("(référencement)", "fr")


def test_of_words_with_the_same_stem_the_nearest_is_meant() -> None:
    assert "lead" in others("nos prospects", "fr")
    assert "foresight" not in others("nos prospects", "fr")
    assert "foresight" in others("la prospective", "fr")
    assert others("douanes", "fr") == {"customs"}
    assert "douane" not in others("customers", "en")


@pytest.mark.parametrize(
    ("language", "written", "unlike"),
    [
        ("fr", "programme", "programming"),
        ("fr", "assurer", "insurance"),
        ("fr", "relations publiques", "advertising"),
        ("fr", "santé publique", "advertising"),
        ("fr", "donner", "data"),
        ("fr", "conversations", "conversion"),
        ("fr", "mobile", "mobility"),
        ("fr", "chiffres", "encryption"),
        ("en", "date", "données"),
        ("fr", "en tenant compte de", "bookkeeping"),
        ("fr", "monter un spectacle", "upskilling"),
        ("fr", "les traces", "stage fright"),
        ("fr", "programmation linéaire", "shelf space"),
        ("en", "business success", "transmission d'entreprise"),
        ("en", "security", "valeurs mobilières"),
        ("en", "receiving", "créances"),
        ("en", "develop", "développeur"),
        ("en", "production", "produit"),
    ],
)
def test_a_word_with_an_entrys_stem_is_not_yet_its_word(
    language: str, written: str, unlike: str
) -> None:
    assert unlike not in others(written, language)


@pytest.mark.parametrize(
    ("written", "like"),
    [
        ("équipes", "team"),
        ("indicateurs", "metric"),
        ("négocier", "negotiation"),
        ("personnaliser", "personalization"),
        ("enquêter", "survey"),
    ],
)
def test_other_forms_of_an_entry_are_still_met(written: str, like: str) -> None:
    assert like in others(written, "fr")
