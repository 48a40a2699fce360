"""plain, line, items and blank: what reaches a page is text, and none of it is lost."""

import json
import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue import clean

PIECES = (
    *(
        "<p>",
        "</p>",
        "<b",
        ">",
        "<",
        "<br/>",
        "<li>",
        "</li>",
        'a="',
        "'",
        "=",
        "é",
        "œ",
        " ",
        "\n",
    ),
    *("&amp;", "&lt;", "&", "amp;", "#38;", "<script>", "</script>", "<!--", "-->", "<![CDATA["),
    *("Ã©", "â\x80", "\x85", "\x92", "\x00", "\u0301", "\u200b", "\u202e", "\ud800", "]]>"),
    *("\u00a0", "\u202f"),
)
MARKUP = st.lists(st.sampled_from(PIECES)).map("".join)
WORDS = (
    "d’été l'œuvre n° « citation » où ça, prix : 10 000 € A à – nœud… 50 % C++ M. Électricité ; !"
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Bonjour</p><p>Au revoir</p>", "Bonjour\n\nAu revoir"),
        ("<ul>\n  <li>un</li>\n  <li>deux</li>\n</ul>", "un\ndeux"),
        ("<p>Plan&nbsp;:</p><ul><li>un</li><li>deux</li></ul>", "Plan\u00a0:\n\nun\ndeux"),
        ("une ligne<br/>une autre<br><br>une troisième", "une ligne\nune autre\n\nune troisième"),
        ("<b>H</b>ello <em class='x'>you</em>", "Hello you"),
        ('<a href="x" title="a > b">lien</a>', "lien"),
        ("<td>un</td><td>deux</td>", "un deux"),
        ("avant<script>alert('x < y')</script>après", "avant après"),
        ("avant<style>p { color: red }", "avant"),
        ("a<!-- <p>caché</p> -->b", "ab"),
        ("R&amp;D &eacute;tendue &#233; &lt;b&gt;fort&lt;/b&gt;", "R&D étendue é fort"),
        ("R&amp;amp;amp;D", "R&D"),
        ("un résumé coupé <a href='https://exam", "un résumé coupé"),
    ],
)
def test_markup_becomes_text(html, expected):
    assert clean.plain(html) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "if a<b and c>d",
        "C++ <templates>",
        "List<String> et Map<Integer, List<T>>",
        "#include <iostream>",
        "x <- 3",
        "moins de 5 <",
        "AT&T, Q&A",
        "« Bonjour »\u202f! Prix\u00a0: 10\u202f000\u00a0€",
        "Électricité – l’œuvre",
        "C#",
        "🤖 Машинное обучение ⚡",
        "تحليل البيانات",
        "+1000 Questions & Answers",
        "=1+1",
    ],
)
def test_text_stays_itself(text):
    assert clean.plain(text) == text


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("DonnÃ©es et Ã©tudes", "Données et études"),
        ("Beginner Â· Course", "Beginner · Course"),
        ("Mergers and Acquisitions ‚Äì The Pursuit", "Mergers and Acquisitions – The Pursuit"),
        ("weâ€™ll", "we’ll"),
        (
            "une leçon d\x92exercices, \x95 mise en \x9cuvre",
            "une leçon d’exercices, • mise en œuvre",
        ),
        ("Ã la carte", "à la carte"),
        ("Exploring ‚Äãand ‚ÄãPreparing", "Exploring and Preparing"),
    ],
)
def test_mojibake_is_repaired(damaged, expected):
    assert clean.plain(damaged) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("bidi \u202eoverride\u202c \u2066isolate\u2069", "bidi override isolate"),
        ("nul\x00 bell\x07 soft\u00adhyphen", "nul bell softhyphen"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("e\u0301te\u0301", "été"),
        ("trop   d'espaces\t\tici", "trop d'espaces ici"),
        ("un\r\n\r\n\r\n\r\ndeux\u2028trois", "un\n\ndeux\ntrois"),
        ("a\u00a0\u00a0b \u00a0 c", "a\u00a0b c"),
        ("idéographique\u3000espace", "idéographique espace"),
    ],
)
def test_what_cannot_be_seen_goes(text, expected):
    assert clean.plain(text) == expected


@pytest.mark.parametrize("nothing", [None, "", "  \n ", "<p> </p>", "&nbsp;", "\u200b", "<br>"])
def test_nothing_left_is_none(nothing):
    assert clean.plain(nothing) is None
    assert clean.line(nothing) is None


def test_line_is_one_line():
    assert clean.line("<p>un</p>\n<p>deux\ntrois</p>") == "un deux trois"


def test_items_are_lines_once_in_order():
    assert clean.items(["<b>b</b>", "a", "", None, "b ", "c\nd"]) == ("b", "a", "c d")
    assert clean.items(["", None]) is None
    assert clean.items(None) is None


@pytest.mark.parametrize("said", [None, "", " ", "N/A", "n.a.", "-", "undefined", "Non précisé"])
def test_blank(said):
    assert clean.blank(said)


@pytest.mark.parametrize("said", ["0", "no", "Gratuit", "x"])
def test_not_blank(said):
    assert not clean.blank(said)


def check_clean(text):
    """What holds of every text that leaves `plain` and `line`."""
    for cleaner in (clean.plain, clean.line):
        cleaned = cleaner(text)
        if cleaned is None:
            continue
        assert cleaner(cleaned) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert cleaned == cleaned.strip()
        assert not re.search(r"\n{3}|  | \n|\n ", cleaned)
        kinds = {unicodedata.category(char) for char in cleaned if char != "\n"}
        assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        cleaned.encode()
    assert "\n" not in (clean.line(text) or "")


@settings(deadline=None)
@given(st.text(st.characters()))
@example("&" + "amp;" * 50 + "lt;p>")
@example("<" * 30 + "p>" * 30)
@example("&amp" * 40)
def test_any_text_comes_out_clean(text):
    check_clean(text)


@settings(deadline=None)
@given(MARKUP)
def test_any_markup_comes_out_clean(text):
    check_clean(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS.split())))
def test_french_text_stays_itself(words):
    text = " ".join(words)
    assert clean.plain(text) == (text or None)


@pytest.mark.shared
def test_hostile_strings_come_out_clean(shared):
    cases = (shared / "data" / "hostile_strings_dev.json").read_text(encoding="utf-8")
    for case in json.loads(cases):
        check_clean(case["value"])
        cleaned = clean.plain(case["value"])
        assert cleaned is not None
        if case["kind"].startswith(("html", "mojibake")):
            assert not re.search(r"</?(?:p|b|li|div)>|&amp;|&lt;|‚Ä|Ã©", cleaned)
        else:
            assert len(cleaned) > len(case["value"]) / 2
