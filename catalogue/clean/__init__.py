"""Words on a page -> values. Pure: no network, no clock, no state but caches.

Every function returns None where the page says nothing (None, blank, "N/A" and its like) and
raises `catalogue.errors.Unreadable` on words that no rule understands; nothing is guessed.
"""

from catalogue.clean.dates import day
from catalogue.clean.free_track import free_track
from catalogue.clean.language import detected, language, languages
from catalogue.clean.level import level
from catalogue.clean.numbers import number, stars
from catalogue.clean.price import Price, price
from catalogue.clean.text import blank, items, line, plain
from catalogue.clean.workload import (
    Workload,
    hours,
    iso_hours,
    iso_weeks,
    length,
    weeks,
    workload,
)

__all__ = [
    "Price",
    "Workload",
    "blank",
    "day",
    "detected",
    "free_track",
    "hours",
    "iso_hours",
    "iso_weeks",
    "items",
    "language",
    "languages",
    "length",
    "level",
    "line",
    "number",
    "plain",
    "price",
    "stars",
    "weeks",
    "workload",
]
