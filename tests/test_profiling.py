"""`moocscout profile`: made by questions, imported, read from a text, checked."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from catalogue.course import Course
from catalogue.errors import WrongUse
from catalogue.options import LEVELS
from catalogue.sessions import YEARS
from recommend import files, index
from recommend import profile as profiles
from recommend.language import language_of
from recommend.profile import LANGUAGES, WEIGHTS, Profile, load, parse
from recommend.profiling import adverts, checking, reading, wording
from recommend.profiling.answers import READ, read
from recommend.profiling.command import profile
from recommend.profiling.titles import Titled, pick, titled, titles
from recommend.profiling.writing import toml

Stock = Callable[..., Path]


def run(*arguments: object, typed: str | bytes | None = None, db: Path | None = None) -> Result:
    environment = {"MOOCSCOUT_DB": str(db or "nowhere/catalogue.db")}
    runner = CliRunner(env=environment)
    return runner.invoke(profile, [str(each) for each in arguments], input=typed)


def refused(result: Result) -> str:
    assert isinstance(result.exception, WrongUse), result.output
    return str(result.exception)


# Shipped profiles


def test_at_least_sixteen_are_shipped_in_a_fair_mix() -> None:
    found = [load(name) for name in profiles.shipped()]
    languages = [each.language for each in found]
    assert len(found) >= 16
    assert min(languages.count("fr"), languages.count("en")) >= 6
    assert len({each.role for each in found}) == len(found)


@pytest.mark.parametrize("name", profiles.shipped())
def test_shipped_profiles_leave_nothing_unclear(name: str) -> None:
    assert list(checking.by_itself(load(name))) == []


def test_the_example_explains_itself() -> None:
    written = (files.PROFILES / "example.toml").read_text(encoding="utf-8")
    first, *lines = written.splitlines()
    assert first == "#:schema profile.schema.json"
    for key in tomllib.loads(written):
        at = next(at for at, line in enumerate(lines) if line.startswith(f"{key} = "))
        above = lines[at - 1] or lines[at - 2]
        assert above.startswith("#") or key in ("weeks_at_most", "budget"), key


def test_list_and_show() -> None:
    listed = json.loads(run("list", "--json").stdout)
    assert {each["name"] for each in listed} == set(profiles.shipped())
    assert "directeur-marketing" in run("list").stdout
    shown = run("show", "cmo").stdout
    assert shown == (files.PROFILES / "cmo.toml").read_text(encoding="utf-8")
    assert json.loads(run("show", "cmo", "--json").stdout)["hash"] == load("cmo").hash
    assert "no profile is called" in refused(run("show", "cmoo"))


# Writing

LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300).map(str.strip)
TEXTS = LINE | st.lists(LINE, max_size=3).map("\n".join).map(str.strip)
WISHES = st.lists(LINE.filter(bool), max_size=5, unique=True).map(tuple)


@given(
    st.builds(
        Profile,
        role=LINE,
        text=TEXTS,
        language=st.sampled_from(LANGUAGES),
        wants=st.just(("nudge",)) | WISHES.map(lambda each: (*each, "one more thing")),
        knows=WISHES,
        hours_per_week=st.none() | st.floats(0.1, 168),
        budget=st.none() | st.floats(0, 1e6),
        certificate=st.none() | st.booleans(),
        level=st.none() | st.sampled_from(LEVELS),
        weights=st.dictionaries(st.sampled_from(WEIGHTS), st.floats(0, 5), max_size=3),
        day=st.none() | st.dates(date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)).map(str),
    )
)
def test_what_is_written_reads_the_same(who: Profile) -> None:
    again = parse(toml(who), name=who.name, source="it")
    assert attrs.evolve(again, weights=dict(again.weights)) == attrs.evolve(
        who, weights=dict(who.weights)
    )


def test_it_is_written_for_a_person() -> None:
    who = attrs.evolve(load("cmo"), text="Words " * 30 + "end")
    written = toml(who, ["A note."])
    assert written.startswith("#:schema profile.schema.json\n# A note.\n\nrole = ")
    assert all(len(line) <= 100 for line in written.splitlines())
    assert "hours_per_week = 2\n" in written


# new

FRENCH = (
    "Cheffe de produit\nJe lance des biscuits.\nnudge, tarification ; CRM\n\nExcel\n\n"
    "fr, anglais\n2,5 h\n6\n80 €\noui\navancé\n"
)


def test_questions_in_french(tmp_path: Path) -> None:
    path = tmp_path / "moi.toml"
    done = run("new", path, "--lang", "fr", typed=FRENCH)
    assert done.exit_code == 0, done.output
    assert load(str(path)) == Profile(
        role="Cheffe de produit",
        text="Je lance des biscuits.",
        language="fr",
        wants=("nudge", "tarification", "CRM"),
        knows=("Excel",),
        reads=("fr", "en"),
        hours_per_week=2.5,
        weeks_at_most=6.0,
        budget=80.0,
        certificate=True,
        level="advanced",
    )
    assert done.stdout == ""
    assert "Quel est votre poste" in done.stderr
    assert f"moocscout recommend {path}" in done.stderr
    schema = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("#:schema ")
    assert (tmp_path / schema).resolve() == files.PROFILES / "profile.schema.json"


def test_the_first_question_is_the_language_and_a_pipe_may_end_early() -> None:
    done = run("new", "-", typed="English\nBrand manager\n")
    assert done.exit_code == 0, done.output
    assert tomllib.loads(done.stdout) == {
        "role": "Brand manager",
        "language": "en",
    }
    assert "hours_per_week is missing" in done.stderr


def test_every_question_is_asked_in_both_languages() -> None:
    for lang, asked in (("fr", "Douze"), ("en", "Twelve")):
        done = run("new", "-", "--lang", lang, typed="x\n")
        assert asked in done.stderr
        assert all(f"{at}/{len(READ)} " in done.stderr for at in range(1, len(READ) + 1))
    assert len(READ) == 12


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("x\n\n\n\n\n\nfr\nmany\n", "“many” cannot be read here. Expected: hours a week from 0.1"),
        ("x\n\n\n\n\n\nfr, klingon\n", "cannot be read here"),
        ("x\n\n\n\n\n\nen\n3\n4\n-5\n", "“-5” cannot be read"),
        ("x\n\n\n\n\n\nen\n0\n", "“0” cannot be read"),
        ("x\n\n\n\n\n\nen\n169\n", "“169” cannot be read"),
        ("x\n\n\n\n\n\nen\n3\n600\n", "Expected: a number of weeks up to 520"),
        ("x\n\n\n\n\n\nen\n3\n4\n1.000\n", "“1.000” cannot be read"),
        ("\n\n\n", "nothing to rank for"),
    ],
)
def test_answers_that_cannot_be_read(typed: str, words: str) -> None:
    assert words in refused(run("new", "-", "--lang", "en", typed=typed))


@pytest.mark.parametrize(
    ("key", "typed", "read"),
    [
        ("hours_per_week", "2h30", 2.5),
        ("hours_per_week", "2 h 15 min", 2.25),
        ("hours_per_week", "3 heures par semaine", 3.0),
        ("hours_per_week", "3,5h/semaine", 3.5),
        ("weeks_at_most", "6 sem.", 6.0),
        ("hours_per_week", "2 à 3", 3.0),
        ("hours_per_week", "2-3h", 3.0),
        ("hours_per_week", "between two and three hours a week", 3.0),
        ("hours_per_week", "Trois", 3.0),
        ("hours_per_week", "environ 30 min", 0.5),
        ("weeks_at_most", "3 mois", 13.0),
        ("weeks_at_most", "one to two months", 9.0),
        ("weeks_at_most", "de 4 à 6 semaines maximum", 6.0),
        ("hours_per_week", "20 minutes", 0.33),
        ("hours_per_week", "2 h 20", 2.33),
        ("weeks_at_most", "10 jours", 2.0),
        ("weeks_at_most", "7 days", 1.0),
        ("weeks_at_most", "un trimestre", 13.0),
        ("weeks_at_most", "two quarters", 26.0),
        ("budget", "1,5", 1.5),
        ("budget", "gratuit", 0.0),
        ("budget", "1\u202f000 à 2\u202f000 €", 2000.0),
        ("budget", "1\u202f000 €", 1000.0),
        ("budget", "0", 0.0),
        ("budget", "cent euros", 100.0),
        ("budget", "une centaine d’euros", 100.0),
        ("budget", "a hundred euros", 100.0),
        ("budget", "two hundred and fifty", 250.0),
        ("budget", "entre cinquante et quatre-vingt-dix €", 90.0),
        ("budget", "soixante et onze", 71.0),
        ("budget", "deux mille euros par cours", 2000.0),
        ("budget", "Rien.", 0.0),
        ("budget", "free courses only", 0.0),
        ("hours_per_week", "2 h par semaine", 2.0),
        ("hours_per_week", "deux-trois heures", 3.0),
        ("hours_per_week", "une demi-heure", 0.5),
        ("hours_per_week", "an hour and a half a week", 1.5),
        ("weeks_at_most", "a month", 4.0),
        ("weeks_at_most", "un an", 52.0),
        ("reads", "français et anglais", ("fr", "en")),
        ("reads", "Anglais, allemand", ("en", "de")),
        ("reads", "les deux", ("fr", "en")),
        ("reads", "Both", ("en", "fr")),
        ("wants", 'nudge, "pricing", «\xa0tarification\xa0»', ("nudge", "pricing", "tarification")),
        ("level", "Avancée", "advanced"),
    ],
)
def test_answers_as_people_type_them(key: str, typed: str, read: Any) -> None:
    assert READ[key](typed) == read


def test_a_comma_parts_thousands_in_english_and_decimals_in_both() -> None:
    assert [read("budget", typed, "en") for typed in ("1,500", "€1,500", "1,5")] == [
        1500,
        1500,
        1.5,
    ]
    said = run("new", "-", "--lang", "en", typed="x\n\nnudge\n\n\n\n\n\n\n1,500 euros\n\n\n")
    assert tomllib.loads(said.stdout)["budget"] == 1500
    with pytest.raises(ValueError, match="500"):
        read("budget", "1,500", "fr")


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("budget", "cent deux cents"),
        ("budget", "50 cents"),
        ("budget", "beaucoup"),
        ("budget", "100 dollars"),
        ("hours_per_week", "rien"),
        ("hours_per_week", "une heure par jour"),
        ("hours_per_week", "a few hours"),
        ("reads", "klingon"),
    ],
)
def test_answers_that_are_asked_for_again(key: str, typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(key, typed)


def test_no_limit_and_no_topic_are_empty_answers_and_said_to_be() -> None:
    typed = "x\n\nrien\naucun\nCRM\n\n\nPeu importe.\nsans limite\npeu m’importe\n\n\n"
    done = run("new", "-", "--lang", "fr", typed=typed)
    assert tomllib.loads(done.stdout) == {"role": "x", "language": "fr", "knows": ["CRM"]}
    assert [read("reads", said) for said in ("peu importe", "-", "tout", "All")] == [None] * 4
    assert done.stderr.count("vaut une réponse vide\xa0: la question est passée.") == 5
    assert (
        "“no limit” is taken as an empty answer"
        in run("new", "-", "--lang", "en", typed="x\n" + "\n" * 8 + "no limit\n").stderr
    )


@pytest.mark.parametrize(("lang", "expected"), [("fr", "«\xa0cent euros\xa0»"), ("en", "“free”")])
def test_a_pipe_is_told_the_question_and_what_it_takes(lang: str, expected: str) -> None:
    said = refused(run("new", "-", "--lang", lang, typed="x\n" + "\n" * 8 + "trop\n"))
    assert said.startswith(f"10/12 {wording.QUESTIONS['budget'][lang]} ")
    assert expected in said


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text("mine", encoding="utf-8")
    assert "add --force" in refused(run("new", path, "--lang", "en", typed="x\n"))
    assert "is a folder" in refused(run("new", tmp_path, "--lang", "en", typed="x\n"))
    assert path.read_text(encoding="utf-8") == "mine"
    assert run("new", path, "--lang", "en", "--force", typed="x\n").exit_code == 0
    assert load(str(path)).role == "x"
    nowhere = run("new", tmp_path / "no" / "me.toml", "--lang", "en", typed="x\n")
    assert "cannot be written: there is no folder" in refused(nowhere)
    assert "1/12" not in nowhere.output


def test_expectations_are_said_in_both_languages() -> None:
    french = refused(run("new", "-", "--lang", "fr", typed="x\n\n\n\n\n\nfr\nbeaucoup\n"))
    assert "«\xa0beaucoup\xa0» ne se comprend pas ici. Attendu\xa0: des heures" in french
    assert set(wording.EXPECTED) == {"language"} | {
        key for key in READ if READ[key] not in (READ["role"], READ["wants"])
    }
    assert "Expected: fr or en" in refused(run("new", "-", typed="klingon\n"))


def test_one_topic_that_may_be_two_is_named() -> None:
    typed = "x\n\nnudge and pricing, research and development, CRM\n\n\n\n\n\n\n\n\n\n"
    said = run("new", "-", "--lang", "en", typed=typed).stderr
    assert "“nudge and pricing” is kept as one topic; for several, put commas" in said
    assert "“research and development” is kept" not in said
    assert "The answers end" not in said


def test_no_answer_at_all_and_answers_in_another_encoding() -> None:
    assert "rien à classer" in refused(run("new", "-", typed=""))
    latin = "Vendeuse à façon\n".encode("latin-1")
    assert "save them as UTF-8" in refused(run("new", "-", "--lang", "fr", typed=latin))
    for command in ("check", "from-text"):
        assert "it is not UTF-8 text" in refused(run(command, "-", typed=latin))


def test_answers_that_end_early_say_at_which_question() -> None:
    done = run("new", "-", "--lang", "fr", typed="Vendeuse\n\nnudge\n")
    assert done.exit_code == 0
    assert "les suivantes sont laissées vides\xa0: 4/12 Les sujets qui seraient" in done.stderr
    assert tomllib.loads(done.stdout)["wants"] == ["nudge"]


# check


def rules(who: Profile, found: index.Index | None = None) -> list[str]:
    remarks = [*checking.by_itself(who), *(checking.against(who, found) if found else ())]
    for remark in remarks:
        assert remark.says("fr") != remark.says("en")
    return [remark.rule for remark in remarks]


WHOLE = Profile(
    language="fr",
    wants=("nudge", "neuromarketing"),
    reads=("fr", "en"),
    hours_per_week=3.0,
    weeks_at_most=6.0,
    level="advanced",
)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"wants": (), "role": "x"}, ["no_topic"]),
        ({"hours_per_week": None}, ["missing.hours_per_week"]),
        ({"weeks_at_most": None, "level": None}, ["missing.weeks_at_most", "missing.level"]),
        ({"reads": ()}, ["missing.reads"]),
        ({"wants": ("CRM", "nudges", "nudge")}, ["twice"]),
        ({"curious": ("Nudge",)}, ["twice"]),
        ({"knows": ("nudge",)}, ["contradiction"]),
        ({"avoid": ("les nudges",)}, ["contradiction"]),
        ({"wants": tuple(f"nudge{'!' * at}" for at in range(50))}, ["twice"]),
        ({"wants": ("Python 2", "Python 3")}, []),
        ({"knows": ("nudge",), "avoid": ("Nudge",)}, ["contradiction", "twice"]),
        ({"wants": ("nudge", "les cours"), "knows": ("CRM",)}, ["says_nothing"]),
        ({"wants": ("nudge", "C"), "knows": ("3",)}, ["too_short", "too_short"]),
        ({"wants": ("nudge", "R")}, []),
        ({"wants": ("nudge", "r")}, ["too_short"]),
        ({"wants": ("M&A", "F & B", "L&D")}, []),
        ({"wants": ("nudge", "Z&Y")}, ["initials"]),
        ({"wants": ("nudge", "🎉"), "avoid": ("!?",)}, ["no_word", "no_word"]),
        ({"budget": 0.0, "certificate": True}, ["free_certificate"]),
    ],
)
def test_what_is_unclear_by_itself(said: dict[str, Any], found: list[str]) -> None:
    assert rules(attrs.evolve(WHOLE, **said)) == found


def test_topics_said_again_are_named_together() -> None:
    (remark,) = checking.by_itself(
        attrs.evolve(WHOLE, wants=("nudge", "nudges"), curious=("Nudge",))
    )
    said = "«\xa0nudge\xa0», «\xa0nudges\xa0», «\xa0Nudge\xa0» (wants, curious)"
    assert remark.says("fr") == f"{said}\xa0: un seul sujet, dit 3 fois."


def test_of_many_topics_a_remark_names_some() -> None:
    many = tuple(f"nudge{'!' * at}" for at in range(500))
    (remark,) = checking.by_itself(attrs.evolve(WHOLE, wants=many))
    assert "and 490 more (wants): one topic, said 500 times." in remark.says("en")
    assert " et 490 autres (wants)\xa0: un seul sujet, dit 500 fois." in remark.says("fr")
    assert len(remark.values["topics"]) == 500


def test_remarks_are_80_columns_wide(command: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text('wants = ["les cours", "Nudge", "nudges"]', encoding="utf-8")
    said = command("profile", "check", path, "--lang", "fr")
    assert max(map(len, said.out.splitlines())) <= 80
    new = run("new", "-", "--lang", "fr", typed="x\n").stderr
    *_, remarks = new.partition("wants ne nomme")
    assert max(map(len, remarks.splitlines())) <= 80


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", ["Ctrl-C", "Ctrl-D"])
def test_a_dialogue_may_be_left(lang: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    keyboard, terminal = pty.openpty()
    asked = [sys.executable, "-m", "moocscout", "profile", "new", str(path), "--lang", lang]
    dialogue = subprocess.Popen(asked, stdin=terminal, stderr=subprocess.PIPE, text=True)
    said = ""
    while "1/12" not in said:
        said += dialogue.stderr.read(1) if dialogue.stderr else ""
    if key == "Ctrl-C":
        dialogue.send_signal(signal.SIGINT)
    else:
        os.write(keyboard, b"\x04")
    try:
        said = dialogue.communicate(timeout=30)[1]
    finally:
        dialogue.kill()
        os.close(keyboard)
        os.close(terminal)
    left = {"fr": "arrêté\xa0: aucun profil n’est écrit", "en": "stopped: no profile is written"}
    assert (dialogue.returncode, said.splitlines()[-1]) == (130, left[lang])
    assert "2/12" not in said
    assert not path.exists()


def test_a_language_that_no_course_is_in(shelf: index.Index) -> None:
    (remark,) = checking.against(attrs.evolve(WHOLE, reads=("de",)), shelf)
    assert remark.says("en") == (
        "reads = de leaves none of the 19 courses whose language is known."
    )
    assert not rules(attrs.evolve(WHOLE, wants=("CMS",), reads=("de", "fr-CA")), shelf)


def test_check_ends_with_1_where_something_is_unclear(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "me.toml"
    path.write_text('role = "Cheffe de produit"', encoding="utf-8")
    done = command("profile", "check", path)
    assert done.code == 1
    assert "wants ne nomme aucun sujet" in done.out
    assert command("profile", "check", "cmo").code == 0
    path.write_text("nudge, CRM, SEO", encoding="utf-8")
    assert command("profile", "from-text", "-").code == 2
    assert command("profile", "from-text", path).code == 1


def course(ref: str, title: str, language: str) -> Course:
    url = f"https://example.org/{ref}"
    return Course(platform="fun", ref=ref, url=url, title=title, language=language)


@pytest.fixture
def shelf(stock: Stock) -> index.Index:
    """Twelve French courses on marketing, and some on narrower topics."""
    many = [course(f"m{at}", f"Marketing du thème {at} bis", "fr") for at in range(12)]
    return index.ensure(
        stock(
            *many,
            course("1", "Le nudge", "fr"),
            course("2", "Neuromarketing", "en"),
            course("3", "Stage lighting for theatres", "en"),
            course("4", "Design de service", "fr"),
            course("5", "Zythologie appliquée", "fr"),
            course("6", "Imprévision, compotes et RH", "fr"),
            course("7", "Choisir un CMS", "fr"),
        )
    )


@pytest.mark.parametrize(
    ("wants", "found"),
    [
        (("nudge",), []),
        (("neuromarketing",), []),
        (("marketing",), ["broad"]),
        (("blockchain",), ["nowhere"]),
        (("design du nudge",), ["nowhere"]),
        (("stage",), ["false_friend"]),
        (("zythologie",), ["unbridged"]),
        (("design de service",), []),
        (("RH",), []),
        (("CMS",), []),
    ],
)
def test_what_the_catalogue_cannot_answer(
    shelf: index.Index, wants: tuple[str, ...], found: list[str]
) -> None:
    assert rules(attrs.evolve(WHOLE, wants=wants), shelf) == found


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("neuromarketing", []),
        ("marketing", []),
        ("design du nudge", ["unavoided"]),
        ("zythologie belge", ["unavoided"]),
        ("!?", []),
    ],
)
def test_an_avoided_topic_that_no_course_says_is_unclear(
    shelf: index.Index, topic: str, found: list[str]
) -> None:
    who = attrs.evolve(WHOLE, wants=(), avoid=(topic,))
    assert [each.rule for each in checking.against(who, shelf)] == found


def test_near_words_and_platforms_are_named(shelf: index.Index) -> None:
    who = attrs.evolve(WHOLE, wants=("neuromarkting",), platforms=("fun", "funn"))
    nowhere, platform = checking.against(who, shelf)
    assert "proche\xa0: neuromarketing" in nowhere.says("fr")
    assert platform.says("en") == "no platform in the catalogue is called “funn”; it has: fun."


def test_only_a_misspelt_word_has_something_near(shelf: index.Index) -> None:
    wants = "gestion des comptes clés", "prévision de la demande", "neuromarkting du thème"
    said = [each.says("fr") for each in checking.against(attrs.evolve(WHOLE, wants=wants), shelf)]
    assert ["proche" in each for each in said] == [False, False, True]


def test_a_topic_is_printed_without_what_turns_text_around(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text('wants = ["nudge\u202egnp", "nudge\u202egnp!"]', encoding="utf-8")
    done = run("check", path)
    assert "nudge gnp" in done.stdout
    assert "\u202e" not in done.stdout
    assert (
        "\u202e" not in run("new", "-", "--lang", "en", typed="a\u202eb\n\nx and\u202ey z\n").stderr
    )


def test_check_as_a_person_runs_it(stock: Stock, tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    path.write_text('wants = ["nudge", "blockchain"]\nlanguage = "fr"', encoding="utf-8")
    alone = run("check", path)
    assert alone.exit_code == 1
    assert "hours_per_week manque" in alone.stdout
    assert "Il n’y a pas de catalogue" in alone.stderr
    compared = run("check", path, "--db", stock(), "--lang", "en")
    assert "no course is about “blockchain”" in compared.stdout
    assert {each["rule"] for each in json.loads(run("check", path, "--json").stdout)} == {
        "missing.hours_per_week", "missing.weeks_at_most", "missing.reads", "missing.level",
    }  # fmt: skip
    clear = run("check", "directeur-marketing")
    assert (clear.exit_code, clear.stdout) == (
        0, "Rien n’est à préciser dans directeur-marketing.\n",
    )  # fmt: skip


# from-text

CV = """
Jeanne Dupont, 12 rue des Lilas, 75011 Paris, jeanne.dupont@example.com
Responsable CRM : fidélisation client, segmentation client, tests A/B, respect du RGPD.
Programme de fidélité relancé ; fidélisation client confiée à une équipe de quatre personnes.
"""


def test_topics_of_a_text_with_the_words_that_made_them() -> None:
    found = reading.proposals(CV, "fr")
    topics = {each.topic: each for each in found}
    assert found[0].topic == "fidélisation client"
    assert found[0].times == 2
    assert topics["programme de fidélité"].words == ("Programme de fidélité",)
    assert {"CRM", "RGPD", "segmentation client"} <= set(topics)
    assert len(found) <= reading.MOST


@pytest.mark.parametrize(
    "words", ["hello I'm a cook, SQL", "I’m a nurse, SQL", "M.A. in history, SQL"]
)
def test_a_name_is_proposed_where_it_is_written(words: str) -> None:
    assert [each.topic for each in reading.proposals(words, "en")] == ["SQL"]
    assert "M&A" in {each.topic for each in reading.proposals("Finance: M&A, SQL", "en")}


def test_a_name_is_as_good_as_a_phrase() -> None:
    phrases = "gestion de budget, étude de marché, stratégie de marque, réseaux sociaux, "
    more = "marketing d'influence, programme de fidélité, management d'équipe, plan de formation, "
    last = "prévision des ventes, veille concurrentielle, identité visuelle, parcours client."
    many = ", ".join(f"{each} client" for each in ("parcours", "expérience", "segmentation"))
    found = reading.proposals(f"{phrases}{more}{last} {many} SEO, CRM, SQL, Excel et Python", "fr")
    assert len(found) <= reading.MOST
    assert {"SEO", "CRM", "SQL", "Excel", "Python"} <= {each.topic for each in found}


def test_nothing_personal_is_proposed_even_with_a_catalogue(shelf: index.Index) -> None:
    for found in (reading.proposals(CV, "fr"), reading.proposals(CV, "fr", shelf)):
        said = " ".join(each.topic for each in found).casefold()
        assert not {"jeanne", "dupont", "lilas", "paris", "example", "75011"} & set(said.split())


def test_phrases_that_several_courses_hold_are_topics(stock: Stock) -> None:
    shelf = index.ensure(stock(*(course(str(at), "La zythologie belge", "fr") for at in range(3))))
    found = reading.proposals("Dix ans de zythologie belge.", "fr", shelf)
    assert [each.topic for each in found] == ["zythologie belge"]
    shelf.close()


def test_from_text_waits_for_a_yes(tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_text(CV, encoding="utf-8")
    piped = run("from-text", "-", typed=CV)
    assert (piped.exit_code, piped.stdout) == (1, "")
    assert "--yes" in piped.stderr
    refusing = run("from-text", path, typed="n\n" * 20)
    assert (refusing.exit_code, refusing.stdout) == (1, "")
    assert "aucun sujet n’est gardé" in refusing.stderr
    into = tmp_path / "me.toml"
    done = run("from-text", path, "--role", "Responsable CRM", "--into", into, typed="\nn\no\nn\n")
    assert done.exit_code == 0, done.output
    made = load(str(into))
    assert made.role == "Responsable CRM"
    assert made.text == ""
    assert len(made.wants) == 2
    kept = into.read_text(encoding="utf-8")
    assert "Dupont" not in kept
    assert "quatre" not in kept
    assert "exists already" in refused(run("from-text", path, "--yes", "-o", into))
    everything = run("from-text", path, "--yes")
    assert len(tomllib.loads(everything.stdout)["wants"]) > 4


def test_from_text_reads_the_languages_that_a_cv_lists() -> None:
    done = run("from-text", "-", "--yes", typed=f"{CV}\nLangues : italien courant, russe A1\n")
    assert tomllib.loads(done.stdout)["reads"] == ["fr", "it"]
    assert "Langues lues, d’après le texte\xa0: italien" in done.stderr
    assert tomllib.loads(run("from-text", "-", "--yes", typed=CV).stdout)["reads"] == ["fr", "en"]


ADVERT = """We are hiring: Senior CRM Manager (m/f/d)

About us
We are Zenly, a leader in mobile banking with a great company culture.

Your role
Experience with marketing mix modelling. Attribution, churn and customer segmentation.
You have no interest in public relations, cold calling or people management, but SQL and Python.
We offer health insurance and brand strategy workshops.

Benefits: health insurance, stock options

Apply now with your cover letter.
"""
ANNONCE = """Le groupe Zénith recrute.
Nous recrutons un(e) chargé(e) d'études marketing H/F chez Zénith

L'entreprise
Zénith, leader de la relation client.
Vos missions
- Segmentation, attrition et conformité RGPD, sans oublier le neuromarketing
- Vous avez 20 ans d'expérience en marketing direct. Sans prospection téléphonique.
Avantages : mutuelle santé, tickets restaurant
"""


@pytest.mark.parametrize(
    ("words", "language", "topics", "role"),
    [
        (
            ADVERT,
            "en",
            {"CRM", "marketing mix modelling", "attribution", "churn", "SQL", "Python"}
            | {"customer segmentation"},
            "Senior CRM Manager",
        ),
        (
            ANNONCE,
            "fr",
            {"segmentation", "attrition", "conformité RGPD", "neuromarketing", "marketing direct"}
            | {"études marketing"},
            "Chargé d'études marketing",
        ),
    ],
)
def test_of_an_advert_only_the_work_is_read(
    words: str, language: str, topics: set[str], role: str
) -> None:
    assert language_of(words) == language
    assert {each.topic for each in reading.proposals(words, language)} == topics
    assert adverts.role(words) == role


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Jeanne Dupont\nDirectrice marketing chez Danone", "Directrice marketing"),
        ("Rose Martin Marketing Manager", ""),
        ("Head of Growth at Zenly\nLondon", "Head of Growth"),
        ("Poste : chef de produit senior", "Chef de produit senior"),
        ("Nudge, tarification", ""),
        ("J'ai quitté mon poste. Je cherche le nudge.", ""),
    ],
)
def test_a_role_is_read_where_it_is_stated_and_no_name_of_a_person(words: str, role: str) -> None:
    assert adverts.role(words) == role


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Pas de vente, mais du conseil.", "mais du conseil."),
        ("Not only SEO but paid search.", "Not only SEO but paid search."),
        ("Neither cold calling nor events; churn", "churn"),
        ("No cold calling, churn", "churn"),
        ("No cold calling, events or travel", ""),
        ("Sans télévente ni salons : le nudge", ": le nudge"),
    ],
)
def test_what_a_sentence_denies_is_left_out(said: str, kept: str) -> None:
    assert adverts.of_the_work(said).strip(" ;,") == kept


def test_a_negation_reaches_no_further_than_a_sentence_is_long() -> None:
    assert "churn" in adverts.of_the_work(f"No {'x ' * 150} churn")
    assert adverts.of_the_work("but not " * 5000)


def test_topics_in_the_other_language_say_where_they_come_from() -> None:
    said = run("from-text", "-", "--yes", "--lang", "en", typed=ANNONCE)
    assert "\n  GDPR compliance (from: conformité RGPD)\n" in said.stderr
    made = tomllib.loads(said.stdout)
    assert (made["language"], made["reads"]) == ("en", ["en", "fr"])
    assert made["role"] == "Chargé d'études marketing"
    own = run("from-text", "-", "--yes", typed=ANNONCE)
    assert "\n  conformité RGPD\n" in own.stderr


def test_the_role_is_asked_for_like_a_topic(tmp_path: Path) -> None:
    path = tmp_path / "ad.txt"
    path.write_text(ADVERT, encoding="utf-8")
    refused_role = run("from-text", path, typed="n\n" + "y\n" * 20)
    assert "role" not in tomllib.loads(refused_role.stdout)
    assert 'role = "Senior CRM Manager"' in run("from-text", path, typed="\n" * 20).stdout
    named = run("from-text", path, "--role", "CRM lead", "--yes")
    assert 'role = "CRM lead"' in named.stdout
    assert "what the job is" not in named.stderr


def test_a_text_without_topics_is_refused() -> None:
    said = refused(run("from-text", "-", "--yes", typed="hello there"))
    assert said.startswith("no topic is recognised in this text")


# from-esco, from-rome, from-onet

OCCUPATIONS = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,description\n"
ESCO_FR = OCCUPATIONS + (
    'Occupation,uri:1,1,directeur marketing/directrice marketing,"responsable du marketing",,'
    '"Les directeurs marketing pilotent la stratégie de marque et la fidélisation client."\n'
    'Occupation,uri:2,1,chef de produit/cheffe de produit,,,"Les chefs de produit lancent."\n'
    'Occupation,uri:3,1,chef de projet/cheffe de projet,,,"Les chefs de projet avancent."\n'
)
ESCO_EN = OCCUPATIONS + (
    'Occupation,uri:1,1,chief marketing officer,"CMO\nhead of marketing",,'
    '"They decide on the marketing strategy of the company."\n'
)
SKILLS = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,description\n"
SKILLS_FR = SKILLS + "K,s:1,knowledge,x,stratégies de prix de la marque,,\nK,s:2,x,x,cuire,,\n"
SKILLS_EN = (
    SKILLS + "K,s:1,knowledge,x,pricing strategies for the brand,,\nK,s:2,x,x,manage baking,,\n"
)


def esco_parquet(folder: Path, **columns: Any) -> Path:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    path = folder / "profiles.parquet"
    pandas.DataFrame(
        {
            "occupation_uri": ["uri:1"],
            "occupation_name": [" chief marketing officer "],
            "alternative_names": [["marketing chief"]],
            "occupation_description": ["They decide."],
            "essential_knowledge": [["pricing strategies for the brand"]],
            "essential_skills": [["market research"]],
            "optional_skills": [["international trade"]],
        }
        | columns
    ).to_parquet(path)
    return path


def test_from_esco_in_either_language(make_file: Callable[..., Path], tmp_path: Path) -> None:
    given = (
        make_file("fr.csv", ESCO_FR),
        make_file("en.csv", ESCO_EN),
        make_file("sfr.csv", SKILLS_FR),
        make_file("sen.csv", SKILLS_EN),
        esco_parquet(tmp_path),
    )
    french = tomllib.loads(run("from-esco", *given, "Directrice marketing").stdout)
    assert french["role"] == "Directrice marketing"
    assert french["language"] == "fr"
    assert french["wants"][:2] == ["étude de marché", "stratégies de prix de la marque"]
    assert french["text"].startswith("Les directeurs marketing pilotent")
    english = run("from-esco", *given, "head of marketing")
    assert (
        "# From ESCO: chief marketing officer (head of marketing). ESCO, European" in english.stdout
    )
    assert "“head of marketing” is another name of chief marketing officer" in english.stderr
    said = tomllib.loads(english.stdout)
    assert (said["language"], said["reads"]) == ("en", ["en"])
    assert said["wants"][:2] == ["market research", "pricing strategies for the brand"]
    assert said["curious"] == ["international trade"]
    translated = tomllib.loads(run("from-esco", *given, "CMO", "--lang", "fr").stdout)
    assert translated["role"] == "directeur marketing".capitalize()


def test_occupations_alone_give_topics_of_their_text(make_file: Callable[..., Path]) -> None:
    said = tomllib.loads(
        run("from-esco", make_file("o.csv", ESCO_FR), "directeur marketing").stdout
    )
    assert set(said["wants"]) >= {"stratégie de marque", "fidélisation client"}


def test_unsure_titles_show_the_nearest(make_file: Callable[..., Path]) -> None:
    path = make_file("o.csv", ESCO_FR)
    said = refused(run("from-esco", path, "chef de pro"))
    assert said.startswith("no role is surely “chef de pro”")
    assert "\n  chef de projet" in said
    assert "\n  chef de produit" in said
    typo = run("from-esco", path, "dirrecteur marketing")
    assert 'role = "Directeur marketing"' in typo.stdout
    assert "«\xa0dirrecteur marketing\xa0» se lit «\xa0directeur marketing\xa0»" in typo.stderr


COMMUNITY = "online community manager", ("social media manager", "social media specialist")
PRESS = "communication manager", ("social media manager", "press spokesperson")


def listed(*roles: tuple[str, tuple[str, ...]]) -> list[Titled]:
    return [
        each
        for at, (label, others) in enumerate(roles)
        for each in titled(label, others, f"uri:{at}", "en")
    ]


def test_of_several_roles_of_one_name_the_nearest_is_taken() -> None:
    picked = pick("Social media manager", listed(PRESS, COMMUNITY))
    assert picked.titled.listed_as == "online community manager"
    assert picked.others == ("communication manager",)
    own = pick("Communication manager", listed(COMMUNITY, PRESS, ("x", ("communication manager",))))
    assert own.titled.label == ""
    french = {code: wording.taken(code, "a", "b", ["c", "d"]) for code in LANGUAGES}
    assert french["fr"].endswith(
        "celui qui est pris\xa0: b. Pour un autre, donnez son nom\xa0: c, d."
    )
    assert french["en"].endswith("b is taken. For another one, give its own name: c, d.")


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("marketing director", "\n  Marketing Managers\n  Art Director"),
        ("Directrice du marketing", "\n  Marketing Managers"),
        ("marketting", "\n  Marketing Managers"),
        (
            "xyzzy",
            "no title in this list is near “xyzzy”; try a plainer name of the job, in English",
        ),
        ("", "the title is empty"),
        (" !? ", "the title is empty"),
    ],
)
def test_only_titles_that_share_a_telling_word_are_suggested(given: str, near: str) -> None:
    others = "Fence Erectors", "Art Director", "Program Director", "Toy Fixer", "Managers"
    known = listed(*((each, ()) for each in (*others, "Marketing Managers")))
    with pytest.raises(WrongUse) as error:
        pick(given, known)
    assert near in str(error.value)
    assert "Fence" not in str(error.value)


def test_skills_that_courses_are_called_by_come_first(
    make_file: Callable[..., Path], tmp_path: Path
) -> None:
    skills = [
        "forecast catering services",
        "manage baking",
        "reputation management",
        "web analytics",
    ]
    path = esco_parquet(tmp_path, optional_skills=[skills])
    said = tomllib.loads(run("from-esco", path, "marketing chief").stdout)
    assert said["curious"] == [*skills[2:], *skills[:2]]
    given = path, make_file("sfr.csv", SKILLS_FR), make_file("sen.csv", SKILLS_EN)
    said = tomllib.loads(run("from-esco", *given, "marketing chief", "--lang", "fr").stdout)
    assert said["wants"] == ["étude de marché", "stratégies de prix de la marque"]
    assert said["curious"] == [
        "e-réputation",
        "mesure d'audience",
        "cuire",
        "forecast catering services",
    ]


def test_files_that_are_something_else_are_named(make_file: Callable[..., Path]) -> None:
    other = make_file("x.csv", "a,b\n1,2\n")
    assert "is none of the downloads" in refused(run("from-esco", other, "x"))
    assert "is none of the downloads" in refused(run("from-rome", other, "x"))
    wrong = make_file("x.parquet", b"no parquet")
    assert "x.parquet" in refused(run("from-onet", wrong, "x"))
    labels = make_file("s.csv", SKILLS_FR)
    assert "names occupations" in refused(run("from-esco", labels, "x"))


def test_a_download_of_the_other_kind_is_named(
    make_file: Callable[..., Path], tmp_path: Path
) -> None:
    parquet = make_file("rome.csv", b"PAR1\xae\x00")
    assert "is a Parquet file; give the CSV" in refused(run("from-rome", parquet, "x"))
    assert "iconv -f WINDOWS-1252" in refused(run("from-rome", make_file("l.csv", b"\xe9,a"), "x"))
    table = make_file("onet.csv", ROME)
    assert "is no Parquet file; give the Parquet" in refused(run("from-onet", table, "x"))
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    pandas.DataFrame({"a": [1]}).to_parquet(tmp_path / "other.parquet")
    said = refused(run("from-onet", tmp_path / "other.parquet", "x"))
    assert said.endswith(
        "is damaged or another Parquet file; give the one with the columns onetsoc_code,"
        " occupation_title, occupation_description, knowledge_list and work_activities_list"
    )


def test_without_pyarrow_the_error_names_it(
    make_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    said = refused(run("from-onet", make_file("x.parquet", b"PAR1"), "x"))
    assert "pip install 'moocscout[parquet]'" in said


ROME = (
    "title,category,code_rome,description\n"
    'Directeur / Directrice du marketing,x,M1711,"Le Directeur pilote la fidélisation client.'
    '\\nDéfinit la politique de marque\\nAnaly"\n'
)
TITLES = 'libelle_appellation_long,code_rome\n"Chef / Cheffe de marque",M1711\n'


def test_from_rome_by_any_title(make_file: Callable[..., Path]) -> None:
    given = make_file("rome.csv", ROME), make_file("titles.csv", TITLES)
    said = tomllib.loads(run("from-rome", *given, "cheffe de marque").stdout)
    assert said["role"] == "Cheffe de marque"
    assert said["text"] == (
        "Le Directeur pilote la fidélisation client. Définit la politique de marque."
    )
    assert said["wants"] == ["fidélisation client"]


def test_from_onet_by_the_singular(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    path = tmp_path / "onet.parquet"
    pandas.DataFrame(
        {
            "onetsoc_code": ["11-2021.00"],
            "occupation_title": ["Marketing Managers"],
            "occupation_description": ["Develop pricing strategies."],
            "knowledge_list": [["Administrative", "Sales and Marketing"]],
            "work_activities_list": [["Selling"]],
        }
    ).to_parquet(path)
    said = tomllib.loads(run("from-onet", path, "marketing manager").stdout)
    assert said["role"] == "Marketing Manager"
    assert said["wants"] == ["pricing strategy"]
    assert said["curious"] == ["Sales and Marketing"]


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("Chargé / Chargée d'études", ["Chargé d'études", "Chargée d'études"]),
        (
            "directeur technique/directrice technique",
            ["directeur technique", "directrice technique"],
        ),
        ("Responsable marketing", ["Responsable marketing"]),
    ],
)
def test_titles_of_both_genders(written: str, forms: list[str]) -> None:
    assert list(titles(written)) == forms


@pytest.mark.shared
@pytest.mark.parametrize(
    ("command", "patterns", "title", "wanted"),
    [
        ("from-esco", ("esco*.csv", "esco*.parquet"), "directrice marketing", "analyse de marché"),
        (
            "from-esco",
            ("esco108_*_en.csv", "esco*.parquet"),
            "marketing manager",
            "market research",
        ),
        ("from-rome", ("rome*.csv",), "Chef de produit", "gamme de produits"),
        ("from-onet", ("onet*.parquet",), "Marketing Manager", "pricing strategy"),
    ],
)
def test_the_official_downloads(
    shared: Path, command: str, patterns: tuple[str, ...], title: str, wanted: str
) -> None:
    folder = shared / "data" / "roles"
    paths = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
    done = run(command, *paths, title)
    assert done.exit_code == 0, done.output
    made = parse(done.stdout, name="p", source="it")
    assert len(made.text) > 100
    assert wanted in (*made.wants, *made.curious), made.wants


def test_the_front_door_knows_it(command: Callable[..., Any]) -> None:
    done = command("profile", "new", "-", "--lang", "en")
    assert done.code == 2
    assert "nothing to rank for" in done.err


def test_language_is_read_from_the_text() -> None:
    assert language_of(CV) == "fr"
