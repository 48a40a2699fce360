"""Prices in euros, for comparing with a budget. Rates are rounded: they decide, never display."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.money import RATES_FILE, euros, rate_day, rates
from catalogue.months import MONTH

__all__ = ["MONTH", "RATES_FILE", "converted", "euros", "is_subscription", "once", "rates"]


def is_subscription(course: Mapping[str, Any]) -> bool:
    """Is its price paid again and again, were it not said how often?"""
    billing = course["billing"]
    return billing in ("month", "year") or (billing is None and course["access"] == "subscription")


def once(course: Mapping[str, Any]) -> float | None:
    """Euros to follow a course, paid once; None where that is not known, as of a subscription.

    What is free with limits is free to follow, whatever the whole of it costs.
    """
    price, access = course["price"], course["access"]
    if access == "free_audit_limited" or (price is None and access == "free_full"):
        return 0.0
    return None if price and is_subscription(course) else euros(price, course["currency"])


def converted(amount: float | None, currency: str | None) -> dict[str, Any]:
    """An amount in euros for a sentence: as stated, or about so much by the rate of a day."""
    day = rate_day(currency) if amount else None
    return {"rated_money": amount, "rate_day": day} if day else {"stated_money": amount}
