"""Prices in euros, for comparing with a budget. Rates are rounded: they decide, never display."""

from __future__ import annotations

import csv
from functools import cache

from recommend import files

RATES_FILE = files.DATA / "money" / "rates.csv"
MONTH = 365.25 / 12 / 7
"""Weeks in a month."""


@cache
def rates() -> dict[str, float]:
    """Units of each currency for one euro."""
    with RATES_FILE.open(encoding="utf-8", newline="") as lines:
        return {row["currency"]: float(row["per_euro"]) for row in csv.DictReader(lines)}


def euros(amount: float | None, currency: str | None) -> float | None:
    """An amount in euros; None when it or its currency is not known. 0 is 0 in any currency."""
    if amount == 0:
        return 0.0
    if amount is None or currency is None or currency not in rates():
        return None
    return amount / rates()[currency]
