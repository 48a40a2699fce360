"""Prices in euros, for comparing with a budget. Rates are rounded: they decide, never display."""

from __future__ import annotations

from typing import Any

from catalogue.money import RATES_FILE, euros, rate_day, rates

__all__ = ["MONTH", "RATES_FILE", "converted", "euros", "rates"]

MONTH = 365.25 / 12 / 7
"""Weeks in a month."""


def converted(amount: float | None, currency: str | None) -> dict[str, Any]:
    """An amount in euros for a sentence: as stated, or about so much by the rate of a day."""
    day = rate_day(currency) if amount else None
    return {"rated_money": amount, "rate_day": day} if day else {"stated_money": amount}
