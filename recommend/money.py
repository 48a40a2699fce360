"""Prices in euros, for comparing with a budget. Rates are rounded: they decide, never display."""

from __future__ import annotations

from catalogue.money import RATES_FILE, euros, rate_day, rates

__all__ = ["MONTH", "RATES_FILE", "converted", "euros", "rates"]

MONTH = 365.25 / 12 / 7
"""Weeks in a month."""


def converted(amount: float | None, currency: str | None) -> dict[str, str]:
    """What a sentence says beside an amount in euros that was stated in another currency."""
    day = rate_day(currency) if amount else None
    return {"rate_day": day} if day else {}
