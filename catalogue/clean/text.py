"""HTML or text as it comes -> plain text that any page, CSV or feed can carry."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from collections.abc import Iterable, Iterator

from catalogue.errors import Unreadable

# Only real elements are tags: "a < b", "C++ <templates>" and "List<String>" are text. `data`,
# `map`, `object`, `template` and `var` are left out, being words of programming courses.
_BREAK = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html li main"
    " menu nav ol option p pre section select summary table tbody textarea tfoot thead title tr"
    " ul"
)
_PARAGRAPH = "blockquote dl h1 h2 h3 h4 h5 h6 ol p pre table ul"
_INLINE = (
    "a abbr acronym applet area audio b base basefont bdi bdo big button canvas caption cite code"
    " col colgroup datalist del dfn em embed font frame i iframe img input ins kbd label legend"
    " link mark meta meter noscript optgroup output param picture progress q rp rt ruby s samp"
    " slot small source span strike strong sub sup svg path g time track tt u video wbr o:p"
    " st1:place"
)
_CELL = "td th"
_INVISIBLE = "script style noframes"


def word_set(words: str) -> frozenset[str]:
    """The words of a table that is written as text."""
    return frozenset(words.split())


# Attributes hold a "=": "a<b and c>d" is no tag.
_ATTRIBUTES = r"""(?:\s*/?|[\s/](?=[^<>]*=)(?:[^<>"']++|"[^"]{0,2000}"|'[^']{0,2000}'|["'])*+)?"""


def _tag(names: str) -> re.Pattern[str]:
    return re.compile(rf"</?(?:{'|'.join(names.split())}){_ATTRIBUTES}>", re.IGNORECASE)


_MARKUP = (
    # An unclosed script swallows the rest, as in a browser.
    (re.compile(rf"<({'|'.join(_INVISIBLE.split())})\b{_ATTRIBUTES}>.*?(?:</\1\s*>|\Z)",
                re.IGNORECASE | re.DOTALL), " "),
    (re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<!doctype\b[^>]*>|<\?xml\b[^>]*>",
                re.IGNORECASE | re.DOTALL), ""),
    # Ends of blocks stay apart from line ends until the white space between tags is gone.
    (_tag(_PARAGRAPH), "\x0c"),
    (re.compile(rf"<br{_ATTRIBUTES}>", re.IGNORECASE), "\n"),
    (_tag(_BREAK), "\x0b"),
    (_tag(_CELL), " "),
    (_tag(_INLINE), ""),
    # Any other name is a tag when it has attributes, closed or cut off at the end of a summary.
    (re.compile(r"<[a-z][\w:-]*\s+[a-z][\w:-]*\s*=\s*[\"'][^<>]*(?:>|\Z)", re.IGNORECASE), ""),
)  # fmt: skip
_AMPERSANDS = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
# Runs of white space, and single ones that are neither a plain nor a no-break space.
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n \u00a0\u202f]")
_BLANK_LINES = re.compile(r"\n{3,}")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# What UTF-8 looks like when read as Windows-1252, Mac Roman or code page 437. ftfy's own test for
# damage costs half a millisecond on a French page; this tells which pages are worth it.
_AFTER = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_SUSPECT = re.compile(
    f"[\xc2-\xdf]{_AFTER}|[\xe0-\xef]{_AFTER}{{2}}|[\xf0-\xf4]{_AFTER}{{3}}|[ÃÂ] "
    "|[¬√ƒ≈‚Ô├┬Γ][^\x00-\x7f]|[\x80-\x9f]"
)
# C1 control characters are Windows-1252 read as Latin-1: "d\x92exercices", as HTML 5 has it too.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_LONGEST_FIELD = 2000
_NO_BREAK = "\u00a0\u202f"
_ROUNDS = 8

_NOTHING = word_set(
    "n/a na n.a. n.a none null nil undefined nan - -- --- – — ? tbd tba tbc unknown inconnu"
    " inconnue unspecified"
) | {"not available", "not specified", "not mentioned", "non renseigné", "non précisé",
     "non communiqué", "à définir", "to be determined", "to be announced"}  # fmt: skip


def plain(html: str | None) -> str | None:
    """HTML or text as plain text; None when nothing is left.

    Tags go (with the content of scripts and styles), block elements become line breaks, entities
    are decoded however often they were encoded, damage from wrong encodings is repaired, control,
    zero-width and bidi characters are dropped, spaces collapsed, at most one line left blank.
    No-break spaces survive, as French needs them. NFC. `plain(plain(x)) == plain(x)`.
    """
    if not html:
        return None
    if _as_it_stands(html):
        return html
    text = html
    for _ in range(_ROUNDS):
        before, text = text, _once(text)
        if text == before:
            return text or None
    # Markup wrapped in itself more than eight times is an attack: take away what it is made of.
    return _once(text.replace("<", " ").replace("&", " ")) or None


def _as_it_stands(text: str) -> bool:
    """Is there nothing to do? So it is with most fields, and this is much quicker than doing it."""
    return (
        text.isascii()
        and text.isprintable()
        and not ("<" in text or "&" in text or "  " in text or "]]>" in text)
        and text[0] != " " != text[-1]
    )


def _once(text: str) -> str:
    if "<" in text or "]]>" in text:
        text = _LINE_ENDS.sub("\n", text)
        for pattern, replacement in _MARKUP:
            text = pattern.sub(replacement, text)
        text = "\n\n".join(_filled(_blocks(part) for part in text.split("\x0c")))
    if "&" in text:
        text = entities.unescape(_AMPERSANDS.sub("&", text))
    return _spaced(_visible(_repaired(text)))


def _blocks(text: str) -> str:
    """Blocks as lines; the white space between their tags is none of the text."""
    return "\n".join(_filled(text.split("\x0b"))) if "\x0b" in text else text


def _filled(parts: Iterable[str]) -> Iterator[str]:
    return (stripped for part in parts if (stripped := part.strip()))


def _repaired(text: str) -> str:
    if text.isascii() or not _SUSPECT.search(text):
        return text
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    # A zero-width space in UTF-8 read as Mac Roman, which ftfy takes for text.
    text = text.replace("‚Äã", "")
    return str(fix_encoding(text)) if is_bad(text) else text


def _visible(text: str) -> str:
    if not text.replace("\n", "").isprintable():
        text = _UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text.translate(_WINDOWS)))
    return unicodedata.normalize("NFC", text)


def _spaced(text: str) -> str:
    if "  " in text or not text.isprintable():
        text = _SPACES.sub(_space, text)
    if "\n" in text:
        text = "\n".join([each.strip() for each in text.split("\n")])
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip()


def _space(run: re.Match[str]) -> str:
    """One space for a run: the no-break one where the run is nothing else."""
    first = run[0][0]
    return first if first in _NO_BREAK and not run[0].strip(_NO_BREAK) else " "


def line(text: str | None) -> str | None:
    """The same as `plain`, in one line."""
    cleaned = plain(text)
    if cleaned is None or "\n" not in cleaned:
        return cleaned
    return _SPACES.sub(_space, re.sub(r"\n+", " ", cleaned))


def items(values: Iterable[str | None] | None) -> tuple[str, ...] | None:
    """Each value as a line, once, in order, empty ones dropped; None when none is left."""
    lines = dict.fromkeys(line(value) for value in values or ())
    return tuple(each for each in lines if each) or None


def blank(text: str | None) -> bool:
    """Does the field say nothing: empty, "N/A", "undefined", "non précisé" and their like?"""
    return not text or not (said := text.strip()) or said.casefold() in _NOTHING


def stated(text: str | None, wanted: str) -> str | None:
    """The words of a short field, in one line; None when it says nothing.

    Raises Unreadable on more than 2,000 characters: that is no field but a page.
    """
    if text is not None and len(text) > _LONGEST_FIELD:
        raise Unreadable(text, wanted)
    said = line(text)
    return None if blank(said) else said
