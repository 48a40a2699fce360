"""Prices in euros, for comparing with a budget. Rates are rounded: they decide, never display."""

from __future__ import annotations

from catalogue.money import RATES_FILE, euros, rates

__all__ = ["MONTH", "RATES_FILE", "euros", "rates"]

MONTH = 365.25 / 12 / 7
"""Weeks in a month."""
