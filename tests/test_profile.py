"""Profiles: shipped ones load, mistakes are named with what was probably meant."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import jsonschema
import pytest

from catalogue.errors import WrongUse
from recommend import files, profile
from recommend.language import language_of
from recommend.profile import Profile, load, parse


def said(toml: str) -> Profile:
    return parse(toml, name="p", source="p.toml")


def test_a_profile_reads_whole() -> None:
    found = said(
        """
role = "Directrice"
wants = ["nudge", " nudge ", "", "CRM"]
reads = ["fr", "en"]
language = "fr"
hours_per_week = 3
weeks_at_most = 6.5
budget = 0
certificate = false
level = "advanced"
day = 2027-01-05
[weights]
open = 2
text = 0.5
"""
    )
    assert found == Profile(
        role="Directrice",
        wants=("nudge", "CRM"),
        reads=("fr", "en"),
        language="fr",
        hours_per_week=3.0,
        weeks_at_most=6.5,
        budget=0.0,
        certificate=False,
        level="advanced",
        day="2027-01-05",
        weights={"open": 2.0, "text": 0.5},
    )


def test_its_language_is_found_where_it_does_not_say() -> None:
    assert said('text = "Je dirige les ventes de la région"').language == "fr"
    assert said('wants = ["social media"]').language == "en"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Plombier chauffagiste", "fr"),
        ("Directeur, nudge", "fr"),
        ("CRM, fidélisation, segmentation", "fr"),
        ("Responsable SEO", "fr"),
        ("Vendeuse", "fr"),
        ("Plumber", "en"),
        ("SEO manager, nudge", "en"),
        ("Brand strategist", "en"),
        ("CRM", "en"),
        ("I'm a nurse.", "en"),
        ("I'm a data analyst. SQL, Tableau.", "en"),
        ("à Paris", "fr"),
    ],
)
def test_the_language_of_a_few_words(words: str, language: str) -> None:
    assert language_of(words) == language


@pytest.mark.parametrize("name", profile.shipped())
def test_the_language_of_shipped_profiles_is_found(name: str) -> None:
    found = load(name)
    assert language_of(" ".join(found.wants)) == found.language
    assert language_of(f"{found.role} {found.text}") == found.language


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('wnats = ["nudge"]', "there is no key “wnats”; did you mean “wants”?"),
        ("heures = 3", "there is no key “heures”"),
        ('role = "x"\nwants = "nudge"', "wants must be a list of texts"),
        ('role = "x"\nwants = ["a", 3]', "wants must be a list of texts"),
        (
            'role = "x"\nhours_per_week = "3"',
            "hours_per_week must be a number from 0.1 to 168, such as 2.5, not “3”",
        ),
        ('role = "x"\nhours_per_week = -3', "hours_per_week must be from 0.1 to 168, not -3;"),
        ('role = "x"\nweights = {open = -1}', "weights must be a table of numbers from 0 to 5"),
        ('role = "x"\nhours_per_week = 2,5', "(at line 2, column 19); write decimals with a point"),
        ("role = “x”", "(at line 1, column 8); use straight quotation marks"),
        ("role = x", '(at line 1, column 8); put text in quotation marks: role = "x"'),
        ('role = "x"\nlevel = "mixed"\nrole = "y"', "; the key role is there twice"),
        ('role = "x', "; close the quotation mark"),
        ('role = "x"\nwants = ["a", "b"', "; close the list with ]"),
        (
            'role = "x"\nhours_per_week = 0',
            "hours_per_week must be from 0.1 to 168, not 0; without",
        ),
        ('role = "x"\nhours_per_week = 1e308', "must be from 0.1 to 168, not 1e+308; without a"),
        ('role = "x"\nhours_per_week = 1e-9', "must be from 0.1 to 168, not 1e-09"),
        ('role = "x"\nweeks_at_most = 521', "weeks_at_most must be from 0.1 to 520, not 521"),
        ('role = "x"\nbudget = 1e7', "budget must be from 0 to 1,000,000, not 1e+07"),
        (f'text = "{"x" * 20_001}"', "text has 20,001 characters, 20,000 at most; keep what says"),
        (f'wants = ["{"x" * 15_000}", "{"y" * 5_001}"]', "wants has 20,001 characters"),
        (
            'role = "x"\nreads = ["fr", "anglais"]',
            "by their codes, such as fr or en, not “anglais”",
        ),
        ('role = "x"\nbudget = true', "budget must be a number"),
        ('role = "x"\nbudget = nan', "budget must be a number"),
        ('role = "x"\ncertificate = "yes"', "certificate must be true or false"),
        ("role = 3", "role must be text in quotes, not 3"),
        ('role = "x"\nlevel = "expert"', "level cannot be “expert”"),
        ('role = "x"\nlanguage = "de"', "language cannot be “de”; it is one of: fr, en"),
        ('role = "x"\nday = "soon"', "day must be a near day such as 2027-01-05, not “soon”"),
        ('role = "x"\nday = 0001-01-01', "not “0001-01-01”"),
        ('role = "x"\nweights = {opan = 1}', "“opan” can be weighted; did you mean “open”?"),
        ('role = "x"\nweights = {open = 9}', "weights must be a table of numbers from 0 to 5"),
        ('role = "x', "is not TOML"),
        ("", "says nothing to rank for"),
        ("hours_per_week = 3", "says nothing to rank for"),
        ('role = " "', "says nothing to rank for"),
    ],
)
def test_mistakes_are_named(toml: str, words: str) -> None:
    with pytest.raises(WrongUse, match=r"^p\.toml") as error:
        parse(toml, name="p", source="p.toml", lang="en")
    assert words in str(error.value)


def test_the_mark_of_windows_editors_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "moi.toml"
    path.write_bytes(b"\xef\xbb\xbf" + b'role = "Cheffe de produit"\nbudget = 0\n')
    assert (load(str(path)).role, load(str(path)).budget) == ("Cheffe de produit", 0)


def test_the_hash_is_of_what_is_said() -> None:
    one = said('role = "x"\nbudget = 3\nlanguage = "en"')
    other = parse('language = "en"\nbudget = 3.0\nrole = "x"', name="q", source="q")
    assert one.hash == other.hash
    assert len(one.hash) == 12
    assert int(one.hash, 16)
    assert said('role = "x"\nbudget = 4\nlanguage = "en"').hash != one.hash


@pytest.mark.parametrize("name", profile.shipped())
def test_shipped_profiles_are_complete(name: str) -> None:
    found = load(name)
    assert found.name == name
    assert found.role
    assert len(found.wants) >= 5
    assert found.reads
    assert found.reads[0] == found.language
    assert found.hours_per_week
    assert found.weeks_at_most
    jsonschema.validate(found.as_dict(), profile.schema())
    assert (files.PROFILES / f"{name}.toml").read_text(encoding="utf-8").startswith("#:schema ")


def test_at_least_eight_are_shipped_in_both_languages() -> None:
    languages = [load(name).language for name in profile.shipped()]
    assert len(languages) >= 8
    assert {"fr", "en"} == set(languages)


def test_the_schema_is_the_class() -> None:
    kept = (files.PROFILES / "profile.schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == profile.schema()
    jsonschema.Draft202012Validator.check_schema(profile.schema())


@pytest.mark.parametrize(
    "wrong",
    [
        {"wnats": []},
        {"role": 3},
        {"hours_per_week": 3},
        {"role": "x", "hours_per_week": 0},
        {"role": "x", "weeks_at_most": 521},
        {"text": "x" * 20_001},
        {"role": "x", "reads": ["français"]},
    ],
)
def test_the_schema_refuses_what_we_refuse(wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, profile.schema())


def test_a_file_and_stdin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "me.toml"
    path.write_text('role = "Chef de produit"\nlanguage = "fr"', encoding="utf-8")
    assert load(str(path)).name == "me"
    monkeypatch.setattr("sys.stdin", io.StringIO('role = "x"'))
    assert load("-").role == "x"


def test_names_near_the_one_given() -> None:
    with pytest.raises(WrongUse, match=r"no profile is called “directeur-marketting”.*directeur-m"):
        load("directeur-marketting")


def test_unreadable_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=r"nowhere.toml cannot be read: No such file"):
        load(str(tmp_path / "nowhere.toml"))
    with pytest.raises(WrongUse, match="cannot be read: Is a directory"):
        load(str(tmp_path))
    (tmp_path / "latin.toml").write_bytes('role = "é"'.encode("latin-1"))
    with pytest.raises(
        WrongUse, match=r"latin.toml .* not UTF-8 .* iconv -f WINDOWS-1252 -t UTF-8"
    ):
        load(str(tmp_path / "latin.toml"))
    for encoding in ("utf-16", "utf-16-le"):
        (tmp_path / "wide.toml").write_bytes('role = "chef"'.encode(encoding))
        with pytest.raises(WrongUse, match=r"it is not UTF-8 text; .* iconv -f UTF-16"):
            load(str(tmp_path / "wide.toml"))


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('wnats = ["nudge"]', ": pas de clé « wnats » ; vouliez-vous dire « wants » ?"),
        ("wants = “nudge”", '(at line 2, column 9) ; mettez des guillemets droits : "'),
        ("hours_per_week = 2,5", "écrivez les décimales avec un point, comme 2.5"),
        ("hours_per_week = -3", "hours_per_week va de 0.1 à 168, -3 n’en est pas ; sans limite"),
        ("hours_per_week = 'x'", "doit être un nombre de 0.1 à 168, comme 2.5, et non « x »"),
        ('level = "expert"', "level ne peut être « expert » ; choisissez entre : beginner"),
        ('reads = ["anglais"]', "nomme les langues par leur code, comme fr ou en, et non « ang"),
        ("budget = 3", "ne dit rien à classer ; donnez un role, un text ou wants = ["),
    ],
)
def test_mistakes_in_a_french_profile_are_told_in_french(toml: str, words: str) -> None:
    for given in (f'language = "fr"\n{toml}', f"# Cheffe de produit\n{toml}"):
        lang = "fr" if given.startswith("#") else None
        with pytest.raises(WrongUse) as error:
            parse(given, name="p", source="p.toml", lang=lang)
        assert words in re.sub("[\xa0\u202f]", " ", str(error.value))
