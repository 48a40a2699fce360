"""`moocscout recommend` and `explain`, as a person and as a program call them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.course import SOURCES, Course, Quote, Session
from recommend import wording
from recommend.profiling import wording as profiling

Stock = Callable[..., Path]
Command = Callable[..., Any]
DIRECTOR = Path(__file__).parent / "fixtures" / "director.toml"
DAY = ("--day", "2026-11-22")
CATALOGUE = "catalogue.db"


def test_a_french_profile_is_answered_in_french(stock: Stock, command: Command) -> None:
    stock()
    done = command("recommend", DIRECTOR, "--top", 3, *DAY)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("Sélection pour Directeur marketing, produits frais")
    assert ". Nudge : les petits coups de pouce" in done.out
    assert "Université de Nantaire\xa0· fun\xa0· français" in done.out
    assert "ouvert, ferme dans 9\xa0jours\xa0: le 1er\xa0décembre\xa02026" in done.out
    assert "gratuit, certificat 60\xa0€" in done.out
    assert "Pourquoi\xa0: " in done.out
    assert re.search(r"nudge\xa0\+\d+,\d\d", done.out)
    assert "profil director" in re.sub(r"\s+", " ", done.out)


def test_a_catalogue_without_a_course_is_called_so(tmp_path: Path, command: Command) -> None:
    assert command("crawl", "fun", "--base-url", "http://127.0.0.1:1").code == 1
    checked = ("profile", "check", "cmo", "--db", tmp_path / CATALOGUE)
    for asked in (("recommend", "cmo"), ("digest", "cmo", "--since", "2026-10-01"), checked):
        done = command(*asked)
        assert (done.code, done.out) == (2, "")
        assert f"{tmp_path / CATALOGUE} has no course; crawl again" in done.err


def test_an_english_answer_for_a_french_profile(stock: Stock, command: Command) -> None:
    stock()
    done = command("recommend", DIRECTOR, "--top", 3, "--lang", "en", *DAY)
    assert "open, closes in 9\xa0days: 1\xa0December\xa02026" in done.out
    assert "free, certificate €60" in done.out
    assert re.search(r"nudge\xa0\+\d+\.\d\d", done.out)


def test_lines_fit_the_terminal_and_carry_no_colour(stock: Stock, command: Command) -> None:
    stock()
    done = command("recommend", DIRECTOR, *DAY, TERM="xterm", FORCE_COLOR="1")
    assert "\x1b" not in done.out
    wide = [line for line in done.out.splitlines() if len(line) > 80 and "://" not in line]
    assert wide == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_name_and_its_points_stay_on_one_line(stock: Stock, command: Command, lang: str) -> None:
    stock()
    shown = [
        command(*arguments, "--lang", lang, *DAY).out.splitlines()
        for arguments in (("recommend", DIRECTOR), ("explain", DIRECTOR, "fun:3"))
    ]
    for line in (line.strip() for lines in shown for line in lines[2:]):
        assert not line.startswith("·"), line
    reasons = [line for line in shown[0] if re.match(r" {4,6}\S", line)]
    assert len(reasons) > 50
    assert not [line for line in reasons if re.match(r"\s+[+−]\d", line)]


def test_where_a_fact_was_read_is_said_in_words(stock: Stock, command: Command) -> None:
    quote = {name: Quote(words="331.5 EUR (390.0)", source="jsonld") for name in ("price",)}
    quote["weeks"] = Quote(words="6 weeks", source="dom")
    facts: dict[str, Any] = {"price": 331.5, "currency": "EUR", "weeks": 6.0, "quotes": quote}
    stock(Course(platform="fun", ref="1", url="https://fun.example/1", title="Nudge", **facts))
    said = {
        lang: " ".join(command("explain", DIRECTOR, "fun:1", "--lang", lang, *DAY).out.split())
        for lang in ("fr", "en")
    }
    assert "(331,50 € au lieu de 390 €, données structurées de la page)" in said["fr"]
    assert "(€331.50 instead of €390, structured data of the page)" in said["en"]
    assert "“6 weeks” (text of the page)" in said["en"]
    assert "[" not in said["fr"] + said["en"]


def test_every_source_has_its_words() -> None:
    assert set(wording.SOURCES) == set(SOURCES)


def test_a_price_of_a_platform_s_data_in_words() -> None:
    assert wording.priced("fr", "49.0 USD") == "49\xa0$"
    assert wording.priced("en", "free") is None
    assert wording.priced("en", "331.5 EUR (390.0) a month") is None


def test_an_address_is_never_broken(stock: Stock, command: Command) -> None:
    url = f"https://fun.example/{'nudge-' * 20}1"
    stock(Course(platform="fun", ref="1", url=url, title="Nudge"))
    assert url in command("explain", DIRECTOR, "fun:1", *DAY).out.splitlines()


def test_free_with_limits_is_said_beside_the_price_of_the_whole(
    stock: Stock, command: Command
) -> None:
    money = {"access": "free_audit_limited", "price": 45.0, "currency": "EUR"}
    stock(Course(platform="fun", ref="1", url="https://fun.example/1", title="Nudge", **money))
    out = command("recommend", DIRECTOR, *DAY).out
    assert "gratuit avec limites, 45\xa0€ en entier" in out
    assert "prix\xa0+3,00" in out


def test_names_keep_their_capitals_and_wishes_are_not_repeated(
    stock: Stock, command: Command, tmp_path: Path
) -> None:
    url = "https://fun.example/1"
    skills = ("behavioral economics", "SEO", "comportement du consommateur")
    stock(Course(platform="fun", ref="1", url=url, title="IA", skills=skills, language="fr"))
    path = tmp_path / "p.toml"
    wants = '["économie comportementale", "seo technique", "comportement du consommateur", "IA"]'
    path.write_text(f'language = "fr"\nreads = ["fr", "en"]\nwants = {wants}', encoding="utf-8")
    why = re.sub(r"\s+", " ", command("recommend", path, *DAY).out)
    assert "économie comportementale (behavioral economics, économie) +" in why
    assert "comportement du consommateur +" in why
    assert "IA +" in why
    assert "+0,00" not in why


def test_a_score_ends_at_the_edge_whatever_signs_the_title_has(
    stock: Stock, command: Command
) -> None:
    stock(
        Course(platform="fun", ref="1", url="https://fun.example/1", title="Nudge 🤖 影響"),
        Course(platform="fun", ref="2", url="https://fun.example/2", title="Nudge"),
    )
    lines = command("recommend", DIRECTOR, *DAY).out.splitlines()
    wide, narrow = sorted((line for line in lines if re.match(r" [12]\. ", line)), key=len)
    assert (len(wide), len(narrow)) == (77, 80)


def test_why_a_provider_is_of_its_kind_is_said_in_the_reader_s_language() -> None:
    why = "providers.csv: Quais, with which it begins"
    assert wording.kind_why("en", why) == why
    assert wording.kind_why("fr", why) == "providers.csv\xa0: Quais, par quoi son nom commence"
    assert wording.kind_why("fr", "word in its name: ecole") == "mot de son nom\xa0: ecole"


def test_french_typography(stock: Stock, command: Command) -> None:
    stock()
    for arguments in (
        ("recommend", DIRECTOR),
        ("explain", DIRECTOR, "fun:1"),
    ):
        out = command(*arguments, *DAY).out
        words = re.sub(r"https?://\S+|Nudge : les|création : innover", "", out)
        assert not re.search(r" [:;!?»]|« ", words), words


def test_program_output(stock: Stock, command: Command) -> None:
    stock()
    found = command("recommend", DIRECTOR, "--json", "--top", 2, *DAY).json
    assert found["day"] == "2026-11-22"
    assert len(found["matches"]) == 2
    again = command("recommend", DIRECTOR, "--json", "--top", 2, *DAY).json
    assert found == again


def test_the_profile_s_day_stands_unless_one_is_given(
    stock: Stock, command: Command, tmp_path: Path
) -> None:
    stock()
    path = tmp_path / "p.toml"
    path.write_text('wants = ["nudge"]\nday = 2027-01-05', encoding="utf-8")
    assert command("recommend", path, "--json").json["day"] == "2027-01-05"
    assert command("recommend", path, "--json", *DAY).json["day"] == "2026-11-22"


def test_explained_to_the_last_point(stock: Stock, command: Command) -> None:
    stock()
    done = command("explain", DIRECTOR, "fun:1", *DAY)
    rows = re.findall(r"^ *([+−]\d+,\d\d)  \S", done.out, re.MULTILINE)
    (total,) = re.findall(r"^ *(\d+,\d\d)  Total$", done.out, re.MULTILINE)

    def figure(text: str) -> float:
        return float(text.replace(",", ".").replace("−", "-"))

    assert len(rows) > 5
    assert round(sum(map(figure, rows)), 2) == figure(total)
    flat = re.sub(r" *\n +", " ", done.out)
    assert "(inscription à partir du 1er\xa0" in flat or "(inscription jusqu’au " in flat
    assert "enrolment_" not in flat
    assert "[platform]" not in flat
    assert "«\xa06 semaines, 2h/semaine\xa0»" in re.sub(r" *\n +", " ", done.out)


@pytest.mark.parametrize(
    "name",
    ["fun:1", "https://fun.example/1", "Nudge : les petits coups de pouce qui changent tout"],
)
def test_a_course_by_any_name(stock: Stock, command: Command, name: str) -> None:
    stock()
    found = command("explain", DIRECTOR, name, "--json", *DAY).json
    assert found["matches"][0]["course"]["ref"] == "1"


TYPED = "L\u2019e\u2011mail\xa0: «\xa0les premières heures\xa0»\u202f!"


@pytest.mark.parametrize(
    "name",
    [
        TYPED,
        'L\'e-mail : "les premières heures" !',
        "l'E-MAIL : les premieres heures",
        "L\u2019e–mail: “les premières heures”",
    ],
)
def test_a_title_typed_on_a_plain_keyboard(stock: Stock, command: Command, name: str) -> None:
    others = ("L'e-mail", "Les premières heures", "L'e-mail et les premières heures")
    stock(
        *(
            Course(platform="fun", ref=str(at), url=f"https://fun.example/{at}", title=title)
            for at, title in enumerate((TYPED, *others))
        )
    )
    found = command("explain", DIRECTOR, name, "--json", *DAY)
    assert found.err == ""
    assert found.json["matches"][0]["course"]["ref"] == "0"


def test_a_title_of_several_courses_is_said_to_be_so(stock: Stock, command: Command) -> None:
    stock(
        Course(platform="fun", ref="1", url="https://fun.example/1", title="Nudge\xa0: un début"),
        Course(platform="nau", ref="1", url="https://nau.example/1", title="Nudge : un début"),
        Course(platform="nau", ref="2", url="https://nau.example/2", title="Nudge"),
    )
    done = command("explain", DIRECTOR, "nudge: un début", *DAY)
    assert done.code == 2
    assert "2 courses are called “nudge: un début”; name one of them" in done.err
    assert re.findall(r"^  (\S+)", done.err, re.MULTILINE) == ["fun:1", "nau:1"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("recommend", "directeur-marketting"), "no profile is called"),
        (("recommend", "nowhere.toml"), "nowhere.toml cannot be read"),
        (("explain", "cmo", "fun:404"), "no course is called “fun:404”"),
        (("recommend", "cmo", "--day", "soon"), "'soon' is not a day"),
        (("recommend", "cmo", "--day", "0001-01-01"), "is not between 1970 and 2199"),
        (("digest", "cmo", "--since", "9999-12-31"), "is not between 1970 and 2199"),
        (("recommend", "cmo", "--top", "0"), "0 is not in the range"),
        (("recommend", "cmo", "--lang", "de"), "'de' is not one of"),
    ],
)
def test_wrong_use_is_named(
    stock: Stock, command: Command, arguments: tuple[str, ...], words: str
) -> None:
    stock()
    done = command(*arguments)
    assert done.code == 2
    assert words in done.err
    assert done.out == ""


def test_no_catalogue_yet(command: Command) -> None:
    done = command("recommend", "cmo")
    assert done.code == 2
    assert "crawl" in done.err


def test_nothing_found_is_said(stock: Stock, command: Command, tmp_path: Path) -> None:
    stock()
    path = tmp_path / "p.toml"
    path.write_text('role = "xylophone"\nlanguage = "fr"', encoding="utf-8")
    done = command("recommend", path, *DAY)
    assert done.code == 0
    assert "Aucun cours" in done.out
    assert "`moocscout profile check`" in re.sub(r"\s+", " ", done.out)


def test_harvested_words_cannot_steer_the_terminal(stock: Stock, command: Command) -> None:
    title = "Nudge \x1b[31m\u202egnitekram\r\n<b>=1+1"
    stock(Course(platform="fun", ref="1", url="https://fun.example/\x1b[2J", title=title))
    done = command("recommend", DIRECTOR, *DAY)
    assert not set("\x1b\u202e\r") & set(done.out)
    assert "Nudge" in done.out
    for arguments in (
        ("catalogue", "show", "fun", "1"),
        ("catalogue", "search", "nudge"),
        ("explain", DIRECTOR, "fun:1"),
        ("explain", DIRECTOR, "nudge gnitekram"),
    ):
        done = command(*arguments)
        assert not set("\x1b\u202e\r") & set(done.out + done.err), arguments
        assert "Nudge" in done.out + done.err


def test_a_course_is_shown_in_80_columns(stock: Stock, command: Command) -> None:
    text = "Des mots. " * 40 + "\n\n" + "D'autres. " * 40
    url = "https://fun.example/1"
    more = {"weeks": 5.0, "translations": {"en": {"url": "https://fun.example/en/1"}}}
    stock(Course(platform="fun", ref="1", url=url, title="Nudge", description=text, **more))
    lines = command("catalogue", "show", "fun", "1").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "weeks              5" in lines
    assert "translations       en https://fun.example/en/1" in lines


@pytest.mark.parametrize(
    ("lang", "given", "said"),
    [
        ("fr", 1234.5, "1\u202f234,50\xa0€"),
        ("en", 1234.5, "€1,234.50"),
        ("fr", 49.0, "49\xa0€"),
    ],
)
def test_money(lang: str, given: float, said: str) -> None:
    assert wording.money(lang, given) == said


def test_figures_in_both_languages() -> None:
    assert wording.money("en", 10, "XTS") == "10\xa0XTS"
    assert wording.day("fr", "2027-01-01") == "1er\xa0janvier\xa02027"
    assert wording.day("en", "2027-01-01") == "1\xa0January\xa02027"
    assert wording.hours("fr", 2.5) == "2,5\xa0h"
    assert wording.hours("fr", 2.25) == "2,25\xa0h"
    assert wording.hours("en", 10 / 3) == "3.3\xa0h"
    assert wording.counted_points("fr", 1.58) == "1,58\xa0point"
    assert wording.counted_points("en", 1.58) == "1.58\xa0points"
    assert wording.read_language("fr", "en") == "l’anglais"
    assert wording.read_language("fr", "pt") == "le portugais"
    assert wording.read_language("en", "fr") == "French"
    assert (wording.weeks("fr", 2 / 7), wording.weeks("en", 1 / 7)) == ("2\xa0jours", "1\xa0day")
    assert (wording.weeks("fr", 0.05), wording.weeks("en", 0.5)) == ("0,4\xa0jour", "4\xa0days")
    assert (wording.weeks("fr", 1.5), wording.weeks("en", 1.5)) == (
        "1,5\xa0semaine",
        "1.5\xa0weeks",
    )
    assert wording.points("fr", -0.5) == "−0,50"
    assert wording.language("fr", "pt-BR") == "portugais"
    assert (wording.language("fr", "ko"), wording.language("en", "uk")) == ("coréen", "Ukrainian")
    assert wording.read_language("fr", "he") == "l’hébreu"
    assert wording.language("en", "qqq") == "qqq"


@pytest.mark.parametrize(
    ("lang", "rule", "values", "said"),
    [
        ("en", "rating.shrunk",
         {"stars": 4.0, "count": 1, "shrunk_stars": 4.3, "mean_figure": 4.4},
         "4\xa0stars from 1 rating, counted as 4.3\xa0stars, against 4.4 on average"),
        ("en", "rating.shrunk", {"stars": 1.0, "count": 900, "mean_figure": 4.4},
         "1\xa0star from 900 ratings, against 4.4 on average"),
        ("fr", "rating.shrunk",
         {"stars": 4.0, "count": 1, "shrunk_stars": 4.3, "mean_figure": 4.4},
         "4\xa0étoiles pour 1 avis, compté 4,3\xa0étoiles, contre 4,4 en moyenne"),
        ("en", "substance.thin", {"words_count": 1}, "the page says little: 1 telling word"),
        ("en", "substance.thin", {"words_count": 0}, "the page says little: 0 telling words"),
        ("fr", "substance.thin", {"words_count": 0}, "la page dit peu\xa0: 0 mot parlant"),
        ("fr", "substance.thin", {"words_count": 2}, "la page dit peu\xa0: 2 mots parlants"),
        ("fr", "completeness.stated", {"stated_count": 1, "all_count": 9},
         "1 fait indiqué sur 9"),
        ("fr", "completeness.stated", {"stated_count": 2, "all_count": 9},
         "2 faits indiqués sur 9"),
    ],
)  # fmt: skip
def test_one_and_many(lang: str, rule: str, values: dict[str, Any], said: str) -> None:
    assert wording.sentence(lang, rule, values) == said


def test_what_is_known_is_not_quoted_as_new(stock: Stock, command: Command, tmp_path: Path) -> None:
    title = "Plan marketing et podcast"
    stock(Course(platform="fun", ref="1", url="https://fun.example/1", title=title, language="fr"))
    path = tmp_path / "p.toml"
    path.write_text('language = "fr"\nwants = ["podcast"]\nknows = ["plan marketing"]')
    said = " ".join(command("explain", path, "fun:1", *DAY).out.split())
    assert re.search(r"% de nouveau pour vous ; vous connaissez « plan marketing » [^«]", said)


def test_every_phrase_stands_in_both_languages() -> None:
    asked = (profiling.QUESTIONS, profiling.PHRASES, profiling.REMARKS, profiling.EXPECTED)
    for table in (wording.LABELS, wording.SENTENCES, wording.PHRASES, wording.FIELDS, *asked):
        for name, words in table.items():
            assert set(words) == {"fr", "en"}, name
            assert not re.search(r" [:;!?»]|« |\w'[\w{«]", words["fr"]), name


def test_a_course_of_days_ends_when_its_session_does(stock: Stock, command: Command) -> None:
    dates = Session(ref="s", start="2026-12-17", end="2026-12-18", enrolment_start="2026-10-01")
    short = Course(
        platform="fun", ref="9", url="https://x.example/9", title="Deux jours de nudge",
        weeks=2 / 7, total_hours=14.0, pace="instructor", sessions=(dates,),
    )  # fmt: skip
    stock(short)
    shown = command("recommend", "directeur-marketing", "--day", "2026-11-22").out
    assert "2 jours, 14 h → se termine le 18 décembre 2026" in " ".join(shown.split())
    assert "semaine" not in shown.partition("→")[0].splitlines()[-1]
