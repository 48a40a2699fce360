"""What a course costs, from the words of a price tag."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

import attrs

from catalogue.clean.text import stated, word_set
from catalogue.errors import Unreadable
from catalogue.words import fold

# A bare "$" is USD: sites of the other dollar countries write theirs with a letter. "¥" and "kr"
# are of several countries and stay without a currency unless the caller knows it.
_SIGNS = {
    "$": "USD", "us$": "USD", "usd$": "USD", "$us": "USD", "€": "EUR", "£": "GBP", "s$": "SGD",
    "sg$": "SGD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "cad$": "CAD",
    "$ca": "CAD", "can$": "CAD", "nz$": "NZD", "hk$": "HKD", "nt$": "TWD", "mx$": "MXN",
    "r$": "BRL", "₹": "INR", "rs": "INR", "rs.": "INR", "₽": "RUB", "руб": "RUB", "руб.": "RUB",
    "₩": "KRW", "₺": "TRY", "tl": "TRY", "₴": "UAH", "₪": "ILS", "฿": "THB", "₫": "VND",
    "₱": "PHP", "₦": "NGN", "₸": "KZT", "zł": "PLN", "kč": "CZK", "rp": "IDR", "rm": "MYR",
    "euro": "EUR", "euros": "EUR", "dollars": "USD", "dollar": "USD", "livres": "GBP",
    "fr.": "CHF", "sfr": "CHF", "sfr.": "CHF", "francs suisses": "CHF", "円": "JPY", "元": "CNY",
    "원": "KRW",    "грн": "UAH", "грн.": "UAH", "лв": "BGN", "лв.": "BGN",
    "dh": "MAD", "dhs": "MAD", "fcfa": "XOF", "cfa": "XOF",
}  # fmt: skip
_SIGNS_OF_MANY = frozenset({"¥", "kr", "kr.", "￥"})
_CODES = word_set(
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY"
    " KRW KZT MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN RON RUB SAR SEK SGD THB TND TRY TWD UAH"
    " USD VND XAF XOF ZAR"
)
_FREE = word_set(
    "free gratuit gratuite gratuits gratuitement gratis kostenlos kostenfrei gratuito gratuita"
    " gratuitos бесплатно ucretsiz 免费 免費 無料 무료 безкоштовно مجاني مجانا"
) | {"free of charge", "for free", "sans frais", "no cost", "free course", "free online course",
     "cours gratuit", "acces gratuit", "acces libre", "curso gratuito", "curso gratis"}  # fmt: skip
_ACCESS = {
    "free online course audit": "free_audit_limited", "free to audit": "free_audit_limited",
    "audit": "free_audit_limited", "free audit": "free_audit_limited",
    "free online course": "free_full", "free certificate": "free_full", "free video": "free_full",
    "free trial available": "free_trial", "free trial": "free_trial",
    "essai gratuit": "free_trial", "paid course": "paid", "paid": "paid", "payant": "paid",
    "premium course": "paid", "premium": "paid",
    "unlimited subscription": "subscription", "subscription": "subscription",
    "abonnement": "subscription", "sur abonnement": "subscription", "unlimited": "subscription",
    "with subscription": "subscription", "subscription required": "subscription",
}  # fmt: skip
_SILENT = re.compile(
    r"conference talk|part of \w+|\d+ courses|error loading price|fee based certification"
    r"|digital upgrade|paid certificate|price|prix"
)
_BILLING = (
    ("month", re.compile(r"(?:/|per|a|par|al|por|pro|each|every|im)\s*(?:mo|month|mois|mes|mês"
                         r"|monat|mese)\b\.?|\bmonthly\b|\bmensuel\w*|\bmonatlich\w*|\bmensual\w*"
                         r"|\bmensile\b|\bmensal\b")),
    ("year", re.compile(r"(?:/|per|a|par|al|por|pro|each|every|im)\s*(?:yr|year|an|année|año|ano"
                        r"|jahr|anno)\b\.?|\bannual(?:ly)?\b|\byearly\b|\bannuel\w*|\bjährlich\w*"
                        r"|\banual\w*|\bannuale\b")),
    ("once", re.compile(r"\bone[- ]time(?: payment| fee)?\b|\bonce\b|\bpaiement unique\b"
                        r"|\ben une (?:seule )?fois\b|\beinmalig\b|\bpago único\b")),
)  # fmt: skip
_FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f\u2009.,'’]\d+)*")
_WORDS_ALLOWED = word_set(
    "current price prix tarif ht ttc hors taxe taxes toutes comprises tva vat incl excl"
    " included excluded inkl mwst only seulement de du des le la for pour a the cost cout fee"
    " fees plus iva incluido incluse inclus compris comprise total course cours per par person"
    " personne now sale"
)
# Any other sign beside a figure, as in "$49+" or "> 49 €", makes something else of it.
_MARKS_ALLOWED = frozenset("/|*()[]:;,.!–—-'’\"«»")


@attrs.frozen
class Price:
    """What a price tag states; None is what it does not.

    amount: in `currency`, 0 is free. currency: ISO 4217. billing: once, month or year. access: one
    of `options.ACCESS`, only where the words say so.
    """

    amount: float | None = None
    currency: str | None = None
    billing: str | None = None
    access: str | None = None


def price(said: str | float | None, currency: str | None = None) -> Price | None:
    """Read a price; `currency` is the site's own, for figures that name none.

    Raises Unreadable on ranges ("39 - 59 USD"): neither end is the price.
    """
    if said is None or isinstance(said, bool):
        return None
    if isinstance(said, int | float | Decimal):
        return _figure_alone(float(said), currency, said)
    return _price(said, currency)


def _figure_alone(amount: float, currency: str | None, said: object) -> Price:
    if not 0 <= amount < float("inf"):
        raise Unreadable(said, "a price")
    return Price(amount=amount, currency=currency)


@lru_cache(maxsize=8192)
def _price(text: str, currency: str | None) -> Price | None:
    said = stated(text, "a price")
    if said is None:
        return None
    key = " ".join(re.findall(r"[^\W_]+", fold(said)))
    if _SILENT.fullmatch(key):
        return None
    if key in _FREE or key in _ACCESS:
        # A free certificate says nothing of what the course costs.
        free = key in _FREE or key in {"free online course", "free video"}
        return Price(
            amount=0.0 if free else None,
            currency=currency if free else None,
            access=_ACCESS.get(key),
        )
    return _stated(said.casefold(), text, currency)


def _stated(said: str, text: str, currency: str | None) -> Price:
    # Udemy: "Current price $19.99 Original price $89.99 Discount 78% off".
    said = re.sub(r"^(current price.*?)\s*original price.*", r"\1", said)
    billing, rest = _billing(said)
    figures = _FIGURE.findall(rest)
    if len(figures) != 1 or re.search(r"-\s*\d|%", rest):
        raise Unreadable(text, "one price")
    named = _currency(_FIGURE.sub(" ", rest), text)
    return Price(amount=_amount(figures[0], text), currency=named or currency, billing=billing)


def _billing(said: str) -> tuple[str | None, str]:
    for name, pattern in _BILLING:
        rest, times = pattern.subn(" ", said)
        if times:
            return name, rest
    return None, said


def _currency(words: str, text: str) -> str | None:
    """The ISO code among the words beside a figure; "$79 CAD" is CAD."""
    signed: set[str] = set()
    coded: set[str] = set()
    for word in re.sub(r"\b(us|ca|au) ?\$|\$ ?(us|ca|au)\b", r" \1\2$ ", words).split():
        bare = word.strip("()[]:;,–—-.!*") or word
        if sign := _SIGNS.get(word) or _SIGNS.get(bare):
            signed.add(sign)
        elif bare.upper() in _CODES:
            coded.add(bare.upper())
        elif bare not in _SIGNS_OF_MANY and not _allowed(bare):
            raise Unreadable(text, f"a price ({word!r} is not understood)")
    found = coded or signed
    if len(found) > 1 or signed - found - {"USD"}:
        raise Unreadable(text, "a price in one currency")
    return found.pop() if found else None


def _allowed(word: str) -> bool:
    """Does a word change nothing of the figure beside it? "dès" ("from") does, "des" does not."""
    parts = re.findall(r"[^\W_]+", fold(word))
    if not parts:
        return all(mark in _MARKS_ALLOWED for mark in word)
    return word != "dès" and all(part in _WORDS_ALLOWED for part in parts)


def _amount(figure: str, text: str) -> float:
    from price_parser import Price as Tag

    amount = Tag.fromstring(figure).amount
    if amount is None:
        raise Unreadable(text, "a price")
    return float(amount)
