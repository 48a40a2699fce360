from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue import words


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Électricité", "electricite"), ("Cœur", "coeur"), ("ÇA", "ca"), ("ﬁn", "fin")],
)
def test_fold(text: str, folded: str) -> None:
    assert words.fold(text) == folded


def test_elisions_are_cut_and_tool_names_kept() -> None:
    assert words.tokens("L'économie d’aujourd'hui, C++ et C#") == [
        "économie", "aujourd", "hui", "c++", "et", "c#",
    ]  # fmt: skip
    assert words.tokens("I'm a cook, I’m here") == ["i", "a", "cook", "i", "here"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nudge", "nudges"),
        ("prédictif", "predictive"),
        ("entreprises", "entreprise"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert set(words.stems(one)) & set(words.stems(other))


def test_different_words_do_not() -> None:
    assert not set(words.stems("nudge")) & set(words.stems("nuage"))


@example("𝕬")
@given(st.text())
def test_stemmed_never_fails_and_holds_no_accent(text: str) -> None:
    assert words.stemmed(text) == words.fold(words.stemmed(text))


PIECES = st.sampled_from(
    [*"lLdſ'’_+#-e ", "qu", "puısqu", "jusqu'", "eau", "ÉTÉ", "c++", "été", "\u202f", "\xa0", "\0"]
)


@example("a++l'eau d’été l'_l'un")
@given(st.text() | st.lists(PIECES).map("".join))
def test_words_read_blank_by_blank_are_those_of_the_whole_text(text: str) -> None:
    whole = words._ELISION.sub(" ", text.casefold())
    assert words.tokens(text) == words._TOKEN.findall(whole)


def test_what_is_remembered_is_short_and_not_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_MOST", 2)
    lengths = words.Remembered(len)
    long = "a" * 1000
    assert [lengths[each] for each in ("a", "bb", long, "a")] == [1, 2, 1000, 1]
    assert set(lengths) == {"a", "bb"}
    assert lengths["ccc"] == 3
    assert set(lengths) == {"ccc"}


def test_a_word_that_ends_in_an_accent_has_no_english_stem() -> None:
    assert "rate" in words.stems("rates")
    assert "rate" not in words.stems("ratés")
    assert set(words.stems("stratégie")) & set(words.stems("strategy")), "others have both"
