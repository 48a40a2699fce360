"""Months as weeks, and back where a page counted in them."""

from __future__ import annotations

MONTH = 365.25 / 12 / 7
"""Weeks in a month."""
_ROUNDED = 0.002
"""Lengths are kept in weeks to three decimals: so far from whole months may they be."""


def in_months(*weeks: float | None) -> tuple[int, ...] | None:
    """The whole months that these weeks are; None where one is no such length."""
    found = [round(each / MONTH) if each else 0 for each in weeks]
    whole = (
        n and abs(n * MONTH - (w or 0.0)) < _ROUNDED for n, w in zip(found, weeks, strict=True)
    )
    return tuple(found) if all(whole) else None
