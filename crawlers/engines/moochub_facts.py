"""Workload, offers and level of a MOOChub resource, from the words and shapes of both versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from catalogue import clean
from catalogue.clean import Workload
from catalogue.errors import Unreadable
from crawlers.engines.moochub_values import first, many, names_of, text, words_in
from crawlers.facts import Facts

_DAY, _WEEK = 24.0, 168.0
_ISO = re.compile(r"P(?=.)(?P<days>[\d.,YMWD]*)(?:T(?P<time>[\d.,HMS]+))?", re.IGNORECASE)
_FREE, _PAID = "free", "paid"
_OTHER_ACCESS = {"student", "member-only", "other"}
"""Says for whom, not for how much."""
_BILLING = {
    **dict.fromkeys(("one-time", "one_time", "once"), "once"),
    **dict.fromkeys(("month", "monthly", "per-month"), "month"),
    **dict.fromkeys(("year", "yearly", "annually", "per-year"), "year"),
}
_COURSE, _CERTIFICATE = ("course", "complete"), "certificate"


def take_workload(facts: Facts, said: Mapping[str, Any]) -> None:
    """Length from `duration`, effort from `workload`."""
    duration = text(said.get("duration"))
    _take(facts, "duration", _length, duration, duration)
    stated = said.get("workload")
    if isinstance(stated, Mapping):
        value, unit = text(stated.get("timeValue")), text(stated.get("timeUnit"))
        words = f"{value} {unit or ''}".strip() if value else None
        _take(facts, "workload", _rate, words, words)
    elif isinstance(stated, int | float) and not isinstance(stated, bool):
        # version 2: a bare number is hours a week
        _take(facts, "workload", _rate, f"{stated} h/week", text(stated))
    else:
        words = text(stated)
        _take(facts, "workload", clean.workload, words, words)


def _take(facts: Facts, field: str, reader: Any, words: str | None, quote: str | None) -> None:
    if words is not None:
        facts.take_workload(words, "api", reader, quote or "", field)


def _length(words: str) -> Workload | None:
    """A duration is from the first day to the last: "P1DT23H45M" is two days, not 47 hours' work.

    Only a duration without days ("PT3H") can be work. Other words are read as they are.
    """
    said = _ISO.fullmatch(words.strip())
    if said is None or not said["days"]:
        return clean.workload(words)
    if not said["time"]:
        return Workload(weeks=clean.iso_weeks(words))
    hours = clean.iso_hours(f"PT{said['time']}") or 0.0
    weeks = clean.iso_weeks(f"P{said['days']}") or 0.0
    return Workload(weeks=round(weeks + hours / _WEEK, 3) or None)


_RATES = {"h/week": 1.0, "h/month": 12 / 52.18}
"""Hours a week that one hour of a unit is; of hours a day nobody knows how many days a week."""


def _rate(words: str) -> Workload | None:
    """Version 3: a value and its unit."""
    value, _, unit = words.partition(" ")
    if unit not in _RATES:
        raise Unreadable(words, "hours a week or month")
    hours = round(float(_number(value)) * _RATES[unit], 2) or None
    return Workload(weekly_low=hours, weekly_high=hours)


def _number(value: str) -> float:
    try:
        number = float(value.replace(",", "."))
    except ValueError as error:
        raise Unreadable(value, "a number") from error
    if not 0 <= number < float("inf"):
        raise Unreadable(value, "a number of hours")
    return number


def take_level(facts: Facts, said: Mapping[str, Any]) -> None:
    """Levels of several frameworks together are mixed."""
    named = [name for each in many(said.get("educationalLevel")) for name in names_of(each)]
    facts.take("level", _one_level, tuple(named) or None, "api", ", ".join(named))


def _one_level(names: Iterable[str]) -> str | None:
    found = {level for name in names if (level := clean.level(name))}
    return "mixed" if len(found) > 1 else next(iter(found), None)


def take_offers(facts: Facts, said: Mapping[str, Any]) -> None:
    """Access, price and certificate from `access` and the offers.

    openHPI's software writes `offers`, and prices whose unit nobody has written down (its test
    has 1000): of these only nought is a price.
    """
    scaled = [(each, True) for each in many(said.get("offer"))]
    unscaled = [(each, False) for each in many(said.get("offers"))]
    offers = [(each, sure) for each, sure in scaled or unscaled if isinstance(each, Mapping)]
    if scaled or not _certificate_alone(unscaled):
        _take_access(facts, list(words_in(said.get("access"))))
    for offer, sure in offers:
        kind = text(first(offer, "category")) or "course"
        field = "certificate_price" if kind == _CERTIFICATE else "price"
        if kind not in (*_COURSE, _CERTIFICATE):
            facts.unreadable.append(("offer", Unreadable(kind, "an offer's category")))
            continue
        _take_price(facts, field, offer, sure=sure)


def _certificate_alone(offers: Iterable[tuple[Any, bool]]) -> bool:
    """Is it only the certificate that has a price? openHPI's software then says "paid" too."""
    priced = [each for each, _ in offers if isinstance(each, Mapping) and each.get("price")]
    return bool(priced) and all(each.get("category") == _CERTIFICATE for each in priced)


def _take_access(facts: Facts, words: list[str]) -> None:
    known = {each.casefold() for each in words}
    if unknown := known - {_FREE, _PAID} - _OTHER_ACCESS:
        facts.unreadable.append(("access", Unreadable(", ".join(sorted(unknown)), "an access")))
    kinds = {
        frozenset({_FREE}): "free_full",
        frozenset({_PAID}): "paid",
        frozenset({_FREE, _PAID}): "free_audit_limited",
    }
    access = kinds.get(frozenset(known & {_FREE, _PAID}))
    facts.take("access", lambda _: access, access, "api", ", ".join(words))


def _take_price(facts: Facts, field: str, offer: Mapping[str, Any], *, sure: bool) -> None:
    currency = text(first(offer, "priceCurrency", "price_currency"))
    said = offer.get("price")
    words = f"{text(said) or ''} {currency or ''}".strip()
    price = _price(facts, field, said, currency)
    if price is None:
        return
    if field == "certificate_price":
        facts.take("certificate", lambda _: "paid" if price else "free", words, "api")
    if price and not sure:
        facts.unreadable.append((field, Unreadable(words, "a price in a unit that is known")))
        return
    facts.take(field, lambda amount: amount, price, "api", words)
    frequency = text(first(offer, "paymentFrequency", "payment_frequency")) or ""
    if price and field == "price" and (billing := _BILLING.get(frequency.casefold())):
        facts.values.setdefault("billing", billing)
    if currency:
        facts.values.setdefault("currency", currency)


def _price(facts: Facts, field: str, said: Any, currency: str | None) -> float | None:
    if not isinstance(said, str | int | float):
        return None
    try:
        price = clean.price(said, currency)
    except Unreadable as error:
        facts.unreadable.append((field, error))
        return None
    return price.amount if price else None
