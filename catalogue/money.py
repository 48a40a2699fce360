"""Amounts in euros, for comparing: by the rates of a file that an operator refreshes."""

from __future__ import annotations

import datetime as dt
import math
import os
import re
import sqlite3
from functools import cache
from pathlib import Path

import attrs

from catalogue import byhand, ecb
from catalogue.errors import WrongUse

OWN_RATES = os.environ.get("MOOCSCOUT_RATES")
"""The operator's own file of rates, where there is one."""
RATES_FILE = Path(OWN_RATES) if OWN_RATES else byhand.DATA / "money" / "rates.csv"
COLUMNS = ("currency", "per_euro", "day")
EURO = "EUR"


@attrs.frozen
class Rate:
    """How many units of a currency one euro was worth on a day."""

    currency: str
    per_euro: float
    day: str


def read_rates(path: Path | None = None) -> tuple[Rate, ...]:
    """The rates of a file, sorted by currency: the columns currency, per_euro and day, or one of
    the European Central Bank's own files, of which the newest day is taken.

    Raises WrongUse, naming the line, when it cannot be that file.
    """
    path = path or RATES_FILE
    try:
        read = _read_bank(path) or byhand.read(path, COLUMNS, _rate)
    except WrongUse as error:
        if OWN_RATES and path == RATES_FILE:
            raise WrongUse(f"{error} (MOOCSCOUT_RATES names this file)") from error
        raise
    found = {rate.currency: rate for rate in read}
    return tuple(found[currency] for currency in sorted(found))


def _read_bank(path: Path) -> list[Rate] | None:
    """The rates, where the file is the bank's."""
    try:
        text = ecb.unpacked(path.read_bytes()).decode("utf-8", errors="replace")
        found = ecb.lines(text)
        if found is None:
            return None
        return [_rate(dict(zip(COLUMNS, line, strict=True))) for line in found]
    except OSError:
        return None  # said by whoever reads it next
    except ValueError as error:
        raise WrongUse(f"{path}: {error}; see `moocscout rates --help`") from error


def _rate(cells: dict[str, str]) -> Rate:
    currency = cells["currency"].upper()
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise ValueError(f"{cells['currency']!r} is not an ISO 4217 code such as USD")
    try:
        per_euro = float(cells["per_euro"])
    except ValueError:
        per_euro = math.nan
    if not 0 < per_euro < math.inf or (currency == EURO and per_euro != 1):
        raise ValueError(f"{cells['per_euro']!r} is not how many {currency} one euro is worth")
    try:
        return Rate(currency, per_euro, dt.date.fromisoformat(cells["day"]).isoformat())
    except ValueError:
        raise ValueError(f"{cells['day']!r} is not a day; write it as 2026-11-22") from None


@cache
def rates() -> dict[str, float]:
    """Units of each currency for one euro, by the file that came with moocscout."""
    return {rate.currency: rate.per_euro for rate in read_rates()}


def euros(amount: float | None, currency: str | None) -> float | None:
    """An amount in euros; None when it or its currency is not known. 0 is 0 in any currency."""
    if amount == 0:
        return 0.0
    if amount is None or currency is None or currency not in rates():
        return None
    return amount / rates()[currency]


@cache
def _days() -> dict[str, str]:
    return {rate.currency: rate.day for rate in read_rates()}


def rate_day(currency: str | None) -> str | None:
    """The day of the rate that brings amounts of a currency to euros; None where none does."""
    return None if currency in (None, EURO) else _days().get(str(currency))


def keep(db: sqlite3.Connection, held: tuple[Rate, ...]) -> int:
    """Make the catalogue's rates those given, and say how many rows were written.

    Nothing is written where nothing differs. The caller holds the transaction.
    """
    before = {Rate(*row) for row in db.execute("select currency, per_euro, day from rate")}
    gone, new = before - set(held), set(held) - before
    db.executemany("delete from rate where currency = ?", [(rate.currency,) for rate in gone])
    db.executemany(
        "insert into rate (currency, per_euro, day) values (?, ?, ?)",
        [attrs.astuple(rate) for rate in sorted(new, key=lambda rate: rate.currency)],
    )
    return len(gone) + len(new)
