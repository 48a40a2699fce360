"""French and English words become terms that meet each other."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue import words
from recommend import files, lexicon, text, topics


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("CRM", "crm"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("A/B", "a/b"),
        ("a/b testing", "a/b"),
        ("tests A/B", "a/b"),
        ("Google Ads", "google ads"),
        ("e-mailing", "e-mail"),
        ("E-commerce", "e-commerce"),
        ("RGPD", "gdpr"),
        ("intelligence artificielle", "ai"),
        ("IA générative", "generative ai"),
        ("R&D", "r&d"),
    ],
)
def test_names_stay_whole(written: str, kept: str) -> None:
    assert text.terms(f"Le {written} !") == [kept]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("marketing", "market data"),
        ("taux de conversion", "a conversation"),
        ("experience", "experiments"),
        ("spiritueux", "spiritual care"),
        ("customs", "customer, customised"),
        ("customers", "custom models, customisation"),
        ("carrière", "charge carriers"),
        ("career", "caring"),
        ("supplier", "supply"),
        ("gestion d'équipe", "this course equips you"),
        ("dons", "données"),
        ("données", "donné, donner"),
        ("data", "dates"),
        ("inclusion", "certificat inclus"),
        ("publicité", "politiques publiques, publications"),
        ("référencement", "références"),
        ("présentation", "the present"),
        ("urbanisme", "Urbana-Champaign"),
        ("prospection", "prospective"),
        ("concertation", "concerts"),
        ("bien commun", "communication"),
        ("hospitality", "hospitals"),
        ("stories", "stores, stored"),
        ("lead generation", "leading"),
        ("positioning", "positive"),
        ("import", "important, importance"),
        ("product", "productivity, productive"),
        ("search engines", "engineering, engineers"),
        ("concurrence", "concurrency"),
        ("securities", "cyber security"),
        ("relation client", "a related topic, relatively, relational"),
    ],
)
def test_words_are_kept_apart_though_their_stems_are_one(one: str, other: str) -> None:
    assert not set(text.terms(one, phrases=False)) & set(text.terms(other, phrases=False))


def test_words_kept_apart_are_met_in_any_number_and_as_what_they_count_as() -> None:
    assert text.terms("Marketing pour marketeurs", phrases=False) == ["marketing="] * 2
    assert len(set(text.terms("story, stories", phrases=False))) == 1
    assert len(set(text.terms("visite, visits", phrases=False))) == 1
    assert len(set(text.terms("génératif, génératives, generative", phrases=False))) == 1


def test_i_have_is_no_artificial_intelligence() -> None:
    assert "ai" not in text.terms("J'ai dirigé, je n’ai pas suivi, ai-je compris ?")
    assert "ai" in text.terms("AI, j'ai, IA")


WRITTEN = st.text() | st.lists(
    st.sampled_from(
        [
            *"aAe'’-+/_. \xa0",
            "j'ai",
            "J’AI++",
            "ai-je",
            "google",
            " ads ",
            "A/B",
            "tests ",
            "aide à la ",
        ]
    )
    | st.sampled_from(sorted(text.names())).map(" {} ".format)
).map("".join)


@given(WRITTEN)
def test_tokens_are_those_of_the_whole_text(written: str) -> None:
    with patch.object(text, "_openings", dict):
        found = text.tokens(written)
    assert [each.casefold() for each in found] == words.tokens(
        text._AI.sub(" ", written.casefold())
    )


@example("intelligence artificielle générative, business to business to consumer")
@given(WRITTEN)
def test_the_longest_name_is_joined_from_the_left(written: str) -> None:
    with patch.object(text, "_openings", dict):
        left = text.tokens(written)
    expected = []
    while left:
        ends = (end for end in range(len(left), 0, -1) if " ".join(left[:end]) in text.names())
        end = next(ends, 1)
        expected.append(text.names().get(" ".join(left[:end]), left[0]))
        left = left[end:]
    assert text.tokens(written) == expected


@example(["Google", "Ads"])
@given(st.lists(WRITTEN))
def test_texts_read_in_a_row_are_read_as_each_alone(passages: list[str]) -> None:
    row = chain.from_iterable(("  ", *passage.split()) for passage in passages)
    apart = chain.from_iterable(("  ", *text.tokens(passage)) for passage in passages)
    assert text.read(row) == list(apart)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("prédictif", "predictive"),
        ("nudges", "nudge"),
        ("L'économie", "economie"),
        ("consommateurs", "consommateur"),
        ("Neuromarketing", "neuromarketing"),
        ("œuvre", "oeuvres"),
    ],
)
def test_forms_of_a_word_share_a_term(one: str, other: str) -> None:
    assert set(text.terms(one)) & set(text.terms(other))


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("le R.O.I.", ["roi"]),
        ("S.E.O", ["seo"]),
        ("A.I. and R.S.E.", ["ai", "csr", "ai csr"]),
        ("an M.A.", []),
        ("an age A.D.", ["age"]),
        ("J.-C. or Node.js", ["node.js"]),
    ],
)
def test_letters_with_full_stops_are_one_word(words: str, terms: list[str]) -> None:
    assert text.terms(words) == terms


def test_no_phrase_goes_over_a_pause_but_a_title_goes_on_behind_its_colon() -> None:
    assert "social medi" not in text.terms("Audio social, media")
    assert "social medi" not in text.terms("Going social. Media!")
    assert "social medi" in text.terms("Social: the media")
    assert "social medi" not in text.terms("social media", phrases=False)


def test_no_name_goes_over_a_comma() -> None:
    assert "a/b" not in text.terms("The A, B, C's of IPv6")
    assert "a/b" in text.terms("The A B tests")


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("Learn R", ["R"]),
        ("R: (R) basics, in R", ["R", "R"]),
        ("Shiny, “R” et Python", ["R", "python", "R python"]),
        ("R&D", ["r&d"]),
        ("R & D", ["r&d"]),
        ("R. Dupont", ["dupont"]),
        ("l'R, J.-R., R/S, (r)évolution, r", []),
        ("C'est SAFe(R) et SAFe (R)", []),
    ],
)
def test_r_is_a_name_where_it_stands_alone_and_capital(words: str, terms: list[str]) -> None:
    unasked = ("shiny", "shini", "saf", "safe", "revolu", "evolu")
    assert [t for t in text.terms(words) if not t.startswith(unasked)] == terms


def test_a_name_of_one_letter_is_shown_with_its_capital() -> None:
    assert text.name_as_written("R", "statistics with R") == "R"


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("google ads", "Google Ads"),
        ("e-mail", "e-mail"),
        ("nps", "NPS"),
    ],
)
def test_a_name_that_nobody_wrote_is_shown_as_itself(term: str, shown: str) -> None:
    assert text.name_as_written(term, "") == shown
    assert lexicon.crossing(text.content("R"), "fr") is None


def test_phrases_skip_stop_words_but_not_passages() -> None:
    assert text.phrase("communication", "crise") in text.terms("communication de crise")
    row = {"title": "Communication", "skills": '["Crise", "Presse"]'}
    assert not [term for term in text.course_terms(row) if " " in term]


def test_boilerplate_says_nothing() -> None:
    assert text.terms("In this course you will learn, week after week, the skills") == []
    assert text.terms("Dans ce cours, vous apprendrez chaque semaine des compétences") == []


def test_fields_weigh_by_repetition() -> None:
    terms = text.course_terms({"title": "Nudge", "skills": ["Nudge"], "description": "nudge"})
    assert terms.count("nudg") == 3 + 2 + 1


def test_running_text_has_no_phrases() -> None:
    row = {"title": "Social media", "description": "visual identity"}
    assert [term for term in text.course_terms(row) if " " in term] == ["social medi"] * 3


def test_where_a_term_stands() -> None:
    row = {"title": "Nudge", "skills": None, "description": "A nudge for consumers"}
    found = text.standing(row, ["nudg", "consum", "crm"])
    assert found == {
        "nudg": (["title", "description"], ["nudge"]),
        "consum": (["description"], ["consumers"]),
        "crm": ([], []),
    }


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Consommateurs", "consommateur", True),
        ("strategies", "Strategy", True),
        ("Stratégie", "strategie", True),
        ("prix", "Prix", True),
        ("manage", "management", False),
        ("comportement consommateurs", "comportement du consommateur", True),
        ("gdpr", "RGPD", True),
    ],
)
def test_forms_that_need_no_telling(one: str, other: str, alike: bool) -> None:
    assert text.is_alike(one, other) == alike


def test_the_bridge_takes_the_longest_entry() -> None:
    found = [
        each for _, each in lexicon.met("la gestion de la relation client et les ventes", "fr")
    ]
    assert [each.written for each in found] == ["gestion de la relation client", "vente"]
    assert "customer relationship management" in found[0].others


def test_the_bridge_prefers_what_is_written_so() -> None:
    ((_, retail),) = lexicon.met("enseigne", "fr")
    assert retail.others == ("retail chain",)


def test_the_bridge_goes_back() -> None:
    ((_, found),) = lexicon.met("Public Speaking", "en")
    assert "prise de parole en public" in found.others


def test_every_pair_says_something_in_both_languages() -> None:
    for french, english, field in lexicon.pairs():
        assert text.content(french), french
        assert text.content(english) or french == "travail", english
        assert field, french


FALSE_FRIENDS = {
    "actuellement": "actually",
    "éventuellement": "eventually",
    "assister": "assist",
    "librairie": "library",
    "sensible": "sensible",
    "monnaie": "money",
    "conférence": "conference call",
    "location": "location",
    "formation": "formation",
    "stage": "stage",
    "cadre": "frame",
    "entretien": "entertainment",
    "compétition": "competence",
    "global": "worldwide",
    "raisin": "raisin",
    "préservatif": "preservative",
    "société": "society",
    "commande": "command",
    "issue": "issue",
    "agenda": "agenda",
}


def test_no_false_friend_crosses() -> None:
    pairs = {(french, english) for french, english, _ in lexicon.pairs()}
    assert not pairs & set(FALSE_FRIENDS.items())


def test_no_pair_stands_twice() -> None:
    assert len(set(lexicon.pairs())) == len(lexicon.pairs()) >= 500


def test_word_lists_hold_each_word_once() -> None:
    for path in text.FILES:
        held = list(files.lines(path))
        assert len(set(held)) == len(held), path.name


@pytest.mark.parametrize(
    ("topic", "language", "said", "named"),
    [
        ("segmentation", "fr", "Customer Segmentation with R", "segmentation"),
        ("économie comportementale", "fr", "Behavioral Economics", "behavioral economics"),
        ("nudge", "fr", "Les nudges", "nudges"),
        ("mix marketing", "fr", "Digital marketing", None),
        ("prise de parole", "fr", "Parole donnée, prise de risque", None),
    ],
)
def test_a_topic_is_named(topic: str, language: str, said: str, named: str | None) -> None:
    assert topics.named_in(topic, language, said) == named


def test_what_is_kept_is_made_anew_when_a_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LEXICON", tmp_path)
    monkeypatch.setattr(files, "_BEGUN", 2**63)
    source, made = tmp_path / "list.txt", []

    def make() -> dict[tuple[str, ...], str]:
        made.append(source.read_text())
        return {("said",): made[-1]}

    def said() -> str:
        return files.kept("words", [source], make)["said",]

    source.write_text("one")
    assert (said(), said(), made) == ("one", "one", ["one"])
    source.write_text("another")
    assert said() == "another"
    (held,) = (tmp_path / "__pycache__").iterdir()
    held.write_bytes(b"\x00")
    assert said() == "another"
    assert len(made) == 3, "what cannot be read is made again"
    monkeypatch.setattr(files, "LEXICON", tmp_path / "not" / "there")
    assert (said(), len(made)) == ("another", 4)


def test_what_a_process_builds_of_sources_younger_than_it_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LEXICON", tmp_path)
    source = tmp_path / "list.txt"
    source.write_text("one")
    assert [files.kept("words", [source], lambda at=at: at) for at in (1, 2)] == [1, 2]
    monkeypatch.setattr(files, "_BEGUN", 2**63)
    assert [files.kept("words", [source], lambda at=at: at) for at in (3, 4)] == [3, 3]


@pytest.mark.parametrize(
    ("said", "tokens", "written"),
    [
        ("Défendre mes prix et ses prix", ["prix"], "prix"),
        ("Je veux Défendre ses Prix.", ["défendre", "prix"], "Défendre ses Prix"),
        ("marketing digital et marketing automation", ["marketing", "automation"],
         "marketing automation"),
        ("les produits, un produit", ["produit"], "produit"),
        ("l'innovation produit", ["innovation", "produit"], "innovation produit"),
        ("Animer avec Google Analytics", ["google analytics"], "Google Analytics"),
        ("art de la martingale, l'Art", ["art"], "art"),
        ("smart art", ["art"], "art"),
        ("rien de tel", ["nudge"], None),
    ],
)  # fmt: skip
def test_words_are_found_as_they_stand(said: str, tokens: list[str], written: str | None) -> None:
    assert text.stretch(said, tokens) == written
