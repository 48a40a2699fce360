"""Prices, levels, languages, dates, counts and ratings from the words of a page."""

import math
import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import clean
from catalogue.clean import Price
from catalogue.errors import Unreadable
from catalogue.options import ACCESS, BILLING, LEVELS

NOTHING = [None, "", "  ", "N/A", "-", "undefined"]
READERS = [
    clean.day,
    clean.hours,
    clean.language,
    clean.languages,
    clean.level,
    clean.number,
    clean.price,
    clean.stars,
    clean.weeks,
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("said", NOTHING)
def test_nothing_said_is_none(reader, said):
    assert reader(said) is None


@pytest.mark.parametrize("reader", READERS)
def test_words_without_a_rule_are_refused_and_kept(reader):
    with pytest.raises(Unreadable) as refusal:
        reader("voir la page du cours")
    assert refusal.value.words == "voir la page du cours"


@pytest.mark.parametrize("reader", [*READERS, clean.workload, clean.iso_hours, clean.iso_weeks])
def test_a_page_is_no_field(reader):
    with pytest.raises(Unreadable):
        reader("9 h " * 1000)


@pytest.mark.parametrize("reader", READERS)
def test_no_text_breaks_a_reader(reader):
    @settings(deadline=None)
    @given(st.text())
    def read(text):
        with suppress(Unreadable):
            reader(text)

    read()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Gratuit", Price(0.0)),
        ("Free", Price(0.0)),
        ("kostenlos", Price(0.0)),
        ("0.00", Price(0.0)),
        ("0 €", Price(0.0, "EUR")),
        (0, Price(0.0)),
        (49, Price(49.0)),
        (49.5, Price(49.5)),
        ("450.00", Price(450.0)),
        ("1 290,00 € HT", Price(1290.0, "EUR")),
        ("1\u202f290\u00a0€", Price(1290.0, "EUR")),
        ("Prix : 1 290 €", Price(1290.0, "EUR")),
        ("1.290 €", Price(1290.0, "EUR")),
        ("49,99 €/mois", Price(49.99, "EUR", "month")),
        ("€36/month", Price(36.0, "EUR", "month")),
        ("99€ par an", Price(99.0, "EUR", "year")),
        ("$399 one-time payment", Price(399.0, "USD", "once")),
        ("CHF 1'250.–", Price(1250.0, "CHF")),
        ("US$79", Price(79.0, "USD")),
        ("79 $ US", Price(79.0, "USD")),
        ("$79 CAD", Price(79.0, "CAD")),
        ("$1,481.00", Price(1481.0, "USD")),
        ("USD 1,299.00", Price(1299.0, "USD")),
        ("S$18", Price(18.0, "SGD")),
        ("£12.50", Price(12.5, "GBP")),
        ("R$ 1.290,50", Price(1290.5, "BRL")),
        ("1\xa0990\xa0₽", Price(1990.0, "RUB")),
        ("¥1,200", Price(1200.0)),
        ("Current price\n$19.99", Price(19.99, "USD")),
        ("Current price $19.99 Original price $89.99 Discount 78% off", Price(19.99, "USD")),
        ("Free Online Course", Price(0.0, access="free_full")),
        ("Free Online Course (Audit)", Price(access="free_audit_limited")),
        ("Free Certificate", Price(access="free_full")),
        ("Free Trial Available", Price(access="free_trial")),
        ("Paid Course", Price(access="paid")),
        ("Unlimited subscription", Price(access="subscription")),
        ("Conference Talk", None),
        ("Part of ExpertTrack", None),
        ("4 courses", None),
        ("Ücretsiz", Price(amount=0.0)),
        ("49 € (TVA incluse)", Price(amount=49.0, currency="EUR")),
    ],
)
def test_price(said, expected):
    assert clean.price(said) == expected


def test_the_sites_currency_is_for_figures_that_name_none():
    assert clean.price("450.00", "EUR") == clean.price(450, "EUR") == Price(450.0, "EUR")
    assert clean.price("Gratuit", "EUR") == Price(0.0, "EUR")
    assert clean.price("$79", "EUR") == Price(79.0, "USD")
    assert clean.price("¥1,200", "JPY") == Price(1200.0, "JPY")


@pytest.mark.parametrize(
    "said",
    [
        *("39 - 59 USD", "à partir de 50 €", "12 x 30 €", "-5 €", "50 %", "50 € ou 60 $", math.nan),
        *(math.inf, -1, "price on request", "49 € + 10 € de frais", "€ 10 USD"),
        *("dès 49 €", "$49+", "49 €+", "> 49 €", "≈ 49 €"),
    ],
)
def test_a_price_is_never_guessed(said):
    with pytest.raises(Unreadable):
        clean.price(said)


@settings(deadline=None)
@given(st.integers(0, 999_999), st.integers(0, 99), st.sampled_from(["/mois", ""]))
def test_a_french_price_comes_back(euros, cents, billed):
    written = f"{euros:,}".replace(",", "\u202f") + f",{cents:02}\u00a0€{billed}"
    read = clean.price(written)
    assert read == Price(float(f"{euros}.{cents:02}"), "EUR", "month" if billed else None)


def test_what_a_price_says_is_of_the_closed_lists():
    said = (
        "Free Certificate",
        "Paid",
        "abonnement",
        "audit",
        "essai gratuit",
        "9 €/an",
        "9 € once",
    )
    prices = [clean.price(each) for each in said]
    assert {price.access for price in prices} - {None} <= set(ACCESS)
    assert {price.billing for price in prices} - {None} <= set(BILLING)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Débutant|débutante|Beginner level|BEGINNER|Facile|Introductory|Introduction", "beginner"),
        ("Einsteiger|Grundlagen|Für Anfänger|Principiante|Básico|Iniciante", "beginner"),
        ("Niveau 1 : débutant|1: Introductory level|Beginner-friendly", "beginner"),
        ("Intermédiaire|Intermediate Level|Nivel intermedio|Moyen|Mittel", "intermediate"),
        (
            "Niveau avancé|Advanced|Expert|Difficile|Avanzato|Fortgeschritten|Confirmé|Продвинутый",
            "advanced",
        ),
        ("All levels|mixed|Tous niveaux|Tout public|Alle Niveaus", "mixed"),
        ("Intermediate, Introductory|Débutant à intermédiaire", "mixed"),
        ("mixed/not-mentioned|N/A|Not specified", None),
    ],
)
def test_level(words, expected):
    assert expected is None or expected in LEVELS
    assert {word: clean.level(word) for word in words.split("|")} == dict.fromkeys(
        words.split("|"), expected
    )


@pytest.mark.parametrize(
    "said", ["Subtitles: French, Spanish", "Beginner, no maths", "Bac +2", "Level", "42"]
)
def test_level_refuses_other_words(said):
    with pytest.raises(Unreadable):
        clean.level(said)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fr|FR|fr-FR|fr_CA|fra|fre|Français|français (Canada)|French|Französisch|francés", "fr"),
        ("en|en-us|eng|English|Anglais|inglese|Englisch|British English", "en"),
        ("pt-BR|pt_br|Portuguese (Brazilian)|Portuguese (Brazil)|portugais (Brésil)", "pt-BR"),
        ("pt|pt-PT|Portuguese (European)|portugais", "pt"),
        ("zh-CN|zh-Hans|Chinese (Simplified)|chinois (simplifié)|简体中文", "zh-CN"),
        ("zh-TW|zh-Hant-TW|Chinese (Traditional)", "zh-TW"),
        ("de|Deutsch|allemand", "de"),
        ("es|es-419|Español|espagnol", "es"),
        ("ja|日本語|japonais", "ja"),
        ("iw|he|hébreu", "he"),
        ("NA|und|unknown", None),
    ],
)
def test_language(words, expected):
    assert {word: clean.language(word) for word in words.split("|")} == dict.fromkeys(
        words.split("|"), expected
    )


@pytest.mark.parametrize(
    "said", ["xx", "mul", "Multilingue", "Elvish", "English and French", "FR-EN", "42"]
)
def test_language_refuses_what_is_not_one(said):
    with pytest.raises(Unreadable):
        clean.language(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Anglais et français", ("en", "fr")),
        ("Subtitles: French, Portuguese (Brazilian), English", ("fr", "pt-BR", "en")),
        ("English [Auto], French [Auto]", ("en", "fr")),
        ("français / néerlandais", ("fr", "nl")),
        (["fr", "en", "fr", None, ""], ("fr", "en")),
        ([], None),
        ("NA", None),
    ],
)
def test_languages(said, expected):
    assert clean.languages(said) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Introduction au neuromarketing : comprendre le consommateur et ses décisions", "fr"),
        ("This course introduces the fundamentals of digital marketing to managers", "en"),
        ("Este curso proporciona una introducción al marketing para pequeñas empresas", "es"),
        ("Dieser Kurs bietet eine Einführung in das digitale Marketing für Unternehmen", "de"),
        ("Questo corso offre un'introduzione al marketing digitale per le piccole imprese", "it"),
        ("Este curso oferece uma introdução ao marketing digital para pequenas empresas", "pt"),
        ("Inleiding Nederlands recht: de eerste stappen in de wereld van het recht", None),
        ("Основы программирования на языке Python для начинающих: переменные и функции", None),
        ("Introduction au neuromarketing", None),
        (None, None),
    ],
)
def test_detected(text, expected):
    assert clean.detected(text) == expected


@pytest.mark.parametrize(
    ("said", "timezone", "expected"),
    [
        ("2027-01-05", "Europe/Paris", "2027-01-05"),
        ("2027-01-05T23:30:00Z", "Europe/Paris", "2027-01-06"),
        ("2027-01-05T23:30:00Z", "UTC", "2027-01-05"),
        ("2027-07-05T22:30:00.123456+00:00", "Europe/Paris", "2027-07-06"),
        ("2027-01-05T00:30:00+01:00", "UTC", "2027-01-04"),
        ("2027-01-05T23:30:00", "Europe/Paris", "2027-01-05"),
        ("2027-01-05 09:00:00 UTC", "Europe/Paris", "2027-01-05"),
        ("20270105", "UTC", "2027-01-05"),
        ("9999-12-31T00:00:00+00:00", "Europe/Paris", None),
        ("10000-01-01", "UTC", None),
        ("0001-01-01T00:00:00Z", "America/New_York", None),
        ("5 janvier 2027", "UTC", "2027-01-05"),
        ("lundi 5 janvier 2027 à 9h", "UTC", "2027-01-05"),
        ("le 5 janvier 2027 à 09:00", "UTC", "2027-01-05"),
        ("1er mars 2027", "UTC", "2027-03-01"),
        ("12 août 2026", "UTC", "2026-08-12"),
        ("3 févr. 2027", "UTC", "2027-02-03"),
        ("Jan 5, 2027", "UTC", "2027-01-05"),
        ("January 5th, 2027 at 10:00 AM", "UTC", "2027-01-05"),
        ("19th Sep, 2024", "UTC", "2024-09-19"),
        ("Monday, January 5, 2027", "UTC", "2027-01-05"),
        ("5. Januar 2027", "UTC", "2027-01-05"),
        ("5 de enero de 2027", "UTC", "2027-01-05"),
        ("31/12/2026", "UTC", "2026-12-31"),
        ("12/31/2026", "UTC", "2026-12-31"),
        ("04.03.2027", "UTC", "2027-03-04"),
        ("2027/03/04", "UTC", "2027-03-04"),
        ("Tue, 05 Jan 2027 23:30:00 GMT", "Europe/Paris", "2027-01-06"),
        ("1 марта 2027 г.", "UTC", "2027-03-01"),
        ("2027年3月1日", "UTC", "2027-03-01"),
        ("1 maart 2027", "UTC", "2027-03-01"),
    ],
)
def test_day(said, timezone, expected):
    assert clean.day(said, timezone) == expected


@pytest.mark.parametrize(
    "said",
    [
        *("dans 3 semaines", "in 3 weeks", "demain", "tomorrow", "03/04/2027", "2027", "mars 2027"),
        *("30 février 2027", "2027-02-30", "5 brumaire 2027", "du 12 mars 2026 au 30 avril 2026"),
        *("2027-01-05T99:00:00Z", "32 janvier 2027", "1700000000"),
    ],
)
def test_a_day_is_never_guessed(said):
    with pytest.raises(Unreadable):
        clean.day(said)


@settings(deadline=None)
@given(st.datetimes(timezones=st.timezones(no_cache=False)))
def test_any_moment_has_its_local_day(moment):
    read = clean.day(moment.isoformat(), "Europe/Paris")
    assert read is None or re.fullmatch(r"(?:19|[2-9]\d)\d\d-\d\d-\d\d", read)


@settings(deadline=None)
@given(st.dates())
def test_any_day_stays_itself(date):
    expected = date.isoformat() if 1900 < date.year < 9999 else None
    assert clean.day(date.isoformat(), "Asia/Tokyo") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3 120 déjà inscrits !", 3120),
        ("3\u202f120", 3120),
        ("12,345", 12345),
        ("12.345", 12345),
        ("1,234,567", 1234567),
        ("1.2k", 1200),
        ("1,2 M", 1200000),
        ("2M", 2000000),
        ("5 000+ learners", 5000),
        ("0", 0),
        ("1.2万", 12_000),
        ("1 lakh", 100_000),
    ],
)
def test_number(said, expected):
    assert clean.number(said) == expected


@pytest.mark.parametrize("said", ["4 of 5", "12,5", "beaucoup", "de 3 à 5", "-5", "50 %"])
def test_number_refuses_what_is_not_one_count(said):
    with pytest.raises(Unreadable):
        clean.number(said)


@pytest.mark.parametrize(
    ("said", "best", "expected"),
    [
        ("4.8", 5, 4.8),
        (4.8, 5, 4.8),
        ("4,8 sur 5", 5, 4.8),
        ("4.7stars", 5, 4.7),
        ("4.5 out of 5 stars", 5, 4.5),
        ("9/10", 5, 4.5),
        (80, 100, 4.0),
        (0, 5, 0.0),
    ],
)
def test_stars(said, best, expected):
    assert clean.stars(said, best) == expected


@pytest.mark.parametrize("said", ["7", "excellent", "-1", "4.8 (12)", 11])
def test_stars_refuses_what_is_off_the_scale(said):
    with pytest.raises(Unreadable):
        clean.stars(said)
