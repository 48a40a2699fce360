"""How long a course lasts and how much work it is, from what a platform says of it.

Calendar length (days, weeks, months) is weeks; effort (hours, minutes) is hours, a week or in
all. Neither is worked out from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from catalogue.clean.signs import signs
from catalogue.clean.text import plain, stated
from catalogue.errors import Unreadable
from catalogue.months import MONTH

_HOURS = {"h": 1.0, "m": 1 / 60, "s": 1 / 3600}
_WEEKS = {"Y": 12 * MONTH, "M": MONTH, "w": 1.0, "d": 1 / 7}
_COARSE_TO_FINE = "YMwdhms"
# "4 weeks, 3 hours" is how FutureLearn writes hours a week. More than this may be the total.
_MOST_WEEKLY = 10.0
# "2 days (14 h)" are hours in all, since no day of work has so many; "2 days (7 h)" may be either.
_MOST_DAILY = 10.0
_RATES = {"%": "weekly", "@": "daily"}

_FIGURE = r"\d+\.\d+"
_AMOUNT = re.compile(
    rf"(?:(?P<bound>[<>]) )?(?P<low>{_FIGURE})(?: (?P<first>[hmsdwMY])(?= -))?"
    rf"(?: - (?P<high>{_FIGURE}))?(?P<more> \+)? (?P<unit>[hmsdwMY])(?P<more_after> \+(?! [\d<>]))?"
)
_COUNTED = re.compile(rf"{_FIGURE} (?:- {_FIGURE} )?(?:\+ )?[#%](?! [\d])|(?<!/ )#")


@attrs.frozen
class Workload:
    """What is stated of length and effort; what is not stated is None.

    weeks: calendar length, a month being 365.25 / 12 / 7 weeks. weekly_low, weekly_high: hours a
    week, equal where one figure is stated, one of them None where only the other limit is.
    total_hours: hours in all. Where a range or a limit is stated in place of one figure:
    weeks_low, weeks_high, total_low, total_high.
    """

    weeks: float | None = None
    weekly_low: float | None = None
    weekly_high: float | None = None
    total_hours: float | None = None
    weeks_low: float | None = None
    weeks_high: float | None = None
    total_low: float | None = None
    total_high: float | None = None

    def columns(self) -> dict[str, float]:
        """The columns of a course that it fills."""
        stated = {
            "weeks": self.weeks,
            "weeks_low": self.weeks_low,
            "weeks_high": self.weeks_high,
            "weekly_hours_low": self.weekly_low,
            "weekly_hours_high": self.weekly_high,
            "total_hours": self.total_hours,
            "total_hours_low": self.total_low,
            "total_hours_high": self.total_high,
        }
        return {column: value for column, value in stated.items() if value is not None}


@attrs.frozen
class _Amount:
    kind: str
    """weeks, effort (hours, not yet known of what), weekly or daily (hours a week, a day)."""
    low: float | None
    high: float | None
    in_days: bool
    """Is it a length counted in days?"""
    apart: bool
    """A comma or the like parts it from the amount before."""
    in_all: bool
    """The words beside it say that it is the total."""


@lru_cache(maxsize=16384)
def workload(text: str | None) -> Workload | None:
    """Read any words on duration, in any language of the lexicon, or an ISO 8601 duration.

    - Hours without "a week" are the total when no weeks are stated, or when words say so ("23
      hours worth of material, 5 weeks long"). After weeks and a comma up to ten are hours a week,
      as FutureLearn means them: "4 weeks, 3 hours", and so in "4 weeks of 3 hours". "4 weeks,
      30 hours" could be either, and "2 days, 7 hours" as well: Unreadable. Of hours in brackets
      behind days so many that they are no day's are the total: "2 jours (14 h)".
    - Hours a day of a length in days are the total: "2 jours, 7 h/jour" is 14 hours. Of any other
      length nobody knows on how many days one works: Unreadable.
    - A range or a limit ("1-2 h", "1 - 3 months", "less than 2 hours") is kept whole: neither end
      and no middle is the figure.
    - Days beside hours are 24 hours ("1 day 9 hours" is 33 hours of video); days alone are
      calendar days.
    - A figure without unit is hours if it has a decimal point (weeks and minutes are counted
      whole), else Unreadable.
    - Words that understandably state nothing ("On-Demand", "60 questions") are None.
    """
    if stated(text, "a workload") is None:
        return None
    said = (plain(text) or "").casefold()
    if re.fullmatch(r"0+(?:\.0+)?", said):
        return None
    if re.fullmatch(r"p(?:\d|t).*", said):
        return _iso(said.upper())
    if re.fullmatch(r"\d+\.\d+", said):
        return Workload(total_hours=_rounded(float(said)))
    try:
        return _workload(signs(said))
    except Unreadable as error:
        raise Unreadable(text, error.wanted) from error


def _workload(row: str) -> Workload | None:
    outside = _COUNTED.sub("", re.sub(r"\([^()]*\)", ",", row))
    found = list(_amounts(outside))
    inside = re.findall(r"\(([^()]*)\)", row)
    if not found:
        found = list(_amounts(_COUNTED.sub("", re.sub(r"[()]", ",", row))))
    elif inside:
        # Brackets explain or add; what stands outside them is the answer.
        kinds = {amount.kind for amount in found}
        extra = (_in_brackets(each, found) for part in inside for each in _quietly(part))
        found += [each for each in extra if _adds(each, kinds)]
    return _assembled(_told_apart(found)) if found else None


def _adds(amount: _Amount, kinds: set[str]) -> bool:
    return amount.kind not in kinds and (amount.kind in _RATES.values() or amount.in_all)


def _in_brackets(amount: _Amount, before: list[_Amount]) -> _Amount:
    """An amount in brackets; of hours behind days, that they are those in all, beyond doubt."""
    if amount.kind != "effort" or [each.in_days for each in before] != [True]:
        return amount
    hours, weeks = ({each.low, each.high} for each in (amount, before[0]))
    if None in hours | weeks or len(hours) + len(weeks) > 2:
        return amount
    spent, days = float(amount.low or 0), round(7 * float(before[0].low or 0), 3)
    in_all = spent <= 24 * days and (days == 1 or spent > _MOST_DAILY)
    return attrs.evolve(amount, in_all=amount.in_all or in_all)


def _quietly(row: str) -> list[_Amount]:
    try:
        return list(_amounts(_COUNTED.sub("", row)))
    except Unreadable:
        return []


def _amounts(row: str) -> Iterator[_Amount]:
    """The amounts of a row of signs, "1 h 30 m" and "8 h + 30 h" being one each."""
    if re.search(r"[\d/<>½hmsdwMY]", _AMOUNT.sub("", row)):
        raise Unreadable(row, "a workload")
    chain: list[re.Match[str]] = []
    for found in _AMOUNT.finditer(row):
        if chain and not _linked(chain[-1], found, row):
            yield _amount(chain, row)
            chain = []
        chain.append(found)
    if chain:
        yield _amount(chain, row)


def _linked(one: re.Match[str], other: re.Match[str], row: str) -> bool:
    """Do two amounts make one: "1 h 30 m", "1 h , 30 m", "8 h + 30 h", "1 d 9 h"?"""
    between = row[one.end() : other.start()].strip()
    same = (one["unit"] in _HOURS) == (other["unit"] in _HOURS)
    if between == "+":
        return same
    finer = _COARSE_TO_FINE.index(other["unit"]) > _COARSE_TO_FINE.index(one["unit"])
    if between == ",":
        return finer and same
    return not between and finer and (same or one["unit"] == "d")


def _amount(chain: list[re.Match[str]], row: str) -> _Amount:
    units = {found["unit"] for found in chain}
    if len(chain) > 1 and any(found["high"] for found in chain):
        raise Unreadable(row, "a workload")
    scale = _scale(units, row)
    low = sum(float(found["low"]) * scale[found["first"] or found["unit"]] for found in chain)
    last = chain[-1]
    high = float(last["high"]) * scale[last["unit"]] if last["high"] else low
    if high < low:
        raise Unreadable(row, "a workload (a range upside down)")
    before, after = row[: chain[0].start()].rstrip(), row[last.end() :].lstrip()
    if before.endswith("+") or (units == {"d"} and after.startswith("%")):
        raise Unreadable(row, "a workload (so much more of another kind, or days of each week)")
    rate = _rate(before, after) if units <= _HOURS.keys() else None
    bound = chain[0]["bound"] or (">" if last["more"] or last["more_after"] else "")
    return _Amount(
        kind=rate or ("weeks" if scale is _WEEKS else "effort"),
        low=None if bound == "<" else low,
        high=None if bound == ">" else high,
        in_days=units == {"d"},
        apart=before.endswith(","),
        in_all=bool(re.search(r"=(?: ,)?$", before)) or after.startswith("="),
    )


def _rate(before: str, after: str) -> str | None:
    """What an effort is of, by the sign behind it or else before it."""
    found = re.match(r"[%@]", after) or re.search(r"(?:^|[^hms] )([%@])(?: ,)*$", before)
    return _RATES[found[0].strip(" ,")[-1]] if found else None


def _scale(units: set[str], row: str) -> dict[str, float]:
    if units <= _HOURS.keys():
        return _HOURS
    if units <= _WEEKS.keys():
        return _WEEKS
    if units <= {"d", *_HOURS}:
        return _HOURS | {"d": 24.0}
    raise Unreadable(row, "a workload (weeks or months and hours in one)")


def _told_apart(found: list[_Amount]) -> dict[str, _Amount]:
    """Each amount by what it is of: weeks, weekly or total."""
    kinds: dict[str, _Amount] = {}
    weeks_stated = any(amount.kind == "weeks" for amount in found)
    for amount in found:
        kind = amount.kind
        if kind == "effort":
            kind = _effort(amount, kinds, weeks_stated=weeks_stated)
        if kind in kinds and (kinds[kind].low, kinds[kind].high) != (amount.low, amount.high):
            raise Unreadable(amount, "a workload (two that differ)")
        kinds.setdefault(kind, amount)
    if "daily" in kinds:
        kinds["total"] = _of_days(kinds.pop("daily"), kinds)
    return kinds


def _of_days(daily: _Amount, kinds: dict[str, _Amount]) -> _Amount:
    """Hours in all, of hours a day and a length in days."""
    length = kinds.get("weeks")
    if length is None or not length.in_days or "weekly" in kinds:
        raise Unreadable(daily, "a workload (hours a day, and how many days?)")
    low, high = (
        None if hours is None or weeks is None else hours * weeks * 7
        for hours, weeks in ((daily.low, length.low), (daily.high, length.high))
    )
    total = attrs.evolve(daily, low=low, high=high)
    stated = kinds.get("total", total)
    if (_rounded(stated.low), _rounded(stated.high)) != (_rounded(low), _rounded(high)):
        raise Unreadable(daily, "a workload (two that differ)")
    return total


def _effort(amount: _Amount, kinds: dict[str, _Amount], *, weeks_stated: bool) -> str:
    if amount.in_all or kinds.keys() & _RATES.values() or not weeks_stated:
        return "total"
    length = kinds.get("weeks")
    if length is None or length.in_days or not amount.apart:
        raise Unreadable(amount, "a workload (hours a week or in all?)")
    if (amount.high or amount.low or 0) <= _MOST_WEEKLY:
        return "weekly"
    raise Unreadable(amount, "a workload (hours a week or in all?)")


def _assembled(kinds: dict[str, _Amount]) -> Workload | None:
    weeks, weekly, total = (_ends(kinds.get(kind)) for kind in ("weeks", "weekly", "total"))
    read = Workload(
        weekly_low=weekly[0],
        weekly_high=weekly[1],
        **_one_or_both("weeks", *weeks),
        **_one_or_both("total", *total),
    )
    return None if read == Workload() else read


def _one_or_both(name: str, low: float | None, high: float | None) -> dict[str, float | None]:
    if low != high:
        return {f"{name}_low": low, f"{name}_high": high}
    return {"total_hours" if name == "total" else name: low}


def _ends(amount: _Amount | None) -> tuple[float | None, float | None]:
    """Least and most of an amount; nought is a field left empty."""
    return (_rounded(amount.low), _rounded(amount.high)) if amount else (None, None)


def _rounded(value: float | None) -> float | None:
    return round(value, 3) or None if value is not None else None


_ALONE = re.compile(r"\s*(\d{1,6}(?:[.,]\d+)?)\s*")


def _alone(text: str | None) -> float | None:
    """The figure that is all a field says; None where it says nothing, or more."""
    found = _ALONE.fullmatch(text) if text is not None else None
    # Taken out, as `float` strips less than \s stands for.
    return float(found[1].replace(",", ".")) if found else None


def length(text: str | None) -> Workload | None:
    """Calendar length, of a field that states nothing else; "6" is 6 weeks."""
    if (figure := _alone(text)) is not None:
        weeks = _rounded(figure)
        return Workload(weeks=weeks) if weeks else None
    read = workload(text)
    if read and attrs.evolve(read, weeks=None, weeks_low=None, weeks_high=None) != Workload():
        raise Unreadable(text, "a length in weeks")
    return read


def weeks(text: str | None) -> float | None:
    """Calendar length in weeks, in one figure, of a field that states nothing else."""
    read = length(text)
    if read is not None and read.weeks is None:
        raise Unreadable(text, "a length in weeks")
    return read.weeks if read else None


def hours(text: str | None) -> float | None:
    """Effort in all, in hours, of a field that states nothing else; "12" is 12 hours."""
    if (figure := _alone(text)) is not None:
        return _rounded(figure)
    read = workload(text)
    if read is not None and (
        read.total_hours is None or attrs.evolve(read, total_hours=None) != Workload()
    ):
        raise Unreadable(text, "an effort in hours")
    return read.total_hours if read else None


_ISO = re.compile(
    r"P(?:(?P<Y>[\d.,]+)Y)?(?:(?P<M>[\d.,]+)M)?(?:(?P<w>[\d.,]+)W)?(?:(?P<d>[\d.,]+)D)?"
    r"(?:T(?:(?P<h>[\d.,]+)H)?(?:(?P<m>[\d.,]+)M)?(?:(?P<s>[\d.,]+)S)?)?"
)


def _parts(text: str) -> dict[str, float]:
    found = _ISO.fullmatch(text.strip().upper())
    try:
        stated = found.groupdict() if found else {}
        parts = {unit: float(said.replace(",", ".")) for unit, said in stated.items() if said}
    except ValueError as error:
        raise Unreadable(text, "an ISO 8601 duration") from error
    if not parts:
        raise Unreadable(text, "an ISO 8601 duration")
    return parts


def _iso(text: str) -> Workload | None:
    parts = _parts(text)
    scale = _scale(set(parts), text)
    value = _rounded(sum(figure * scale[unit] for unit, figure in parts.items()))
    if value is None:
        return None
    return Workload(weeks=value) if scale is _WEEKS else Workload(total_hours=value)


def iso_hours(text: str | None) -> float | None:
    """An ISO 8601 duration of effort in hours: "PT33H19M51S" is 33.331, "P1DT9H" is 33."""
    said = stated(text, "an effort in hours")
    read = _iso(said) if said else None
    if read is not None and read.total_hours is None:
        raise Unreadable(text, "an effort in hours")
    return read.total_hours if read else None


def iso_weeks(text: str | None) -> float | None:
    """An ISO 8601 duration of calendar time in weeks: "P4W" is 4, "P10D" 1.429, "P3M" 13.045."""
    said = stated(text, "a length in weeks")
    read = _iso(said) if said else None
    if read is not None and read.weeks is None:
        raise Unreadable(text, "a length in weeks")
    return read.weeks if read else None
