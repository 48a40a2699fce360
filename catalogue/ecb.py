"""The European Central Bank's reference rates, in the files that it publishes.

Every working day at about 16:00 in Frankfurt, at
https://www.ecb.europa.eu/stats/eurofxref/: eurofxref-daily.xml, eurofxref.zip (a CSV table of one
line) and eurofxref-hist.zip (of all days since 1999). Nothing is fetched here: an operator does.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator

Line = tuple[str, str, str]
"""Currency, what one euro was worth in it, and the ISO day: words, checked by who asked."""

_NAMED = "%d %B %Y"
"""The day in eurofxref.csv, "20 November 2026"; the history has ISO days."""
# Two attributes of a format that has not changed since 1999, in either kind of quotes.
_CUBE = re.compile(r"<Cube\b([^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(time|currency|rate)\s*=\s*(?:'([^']*)'|"([^"]*)")""")
_LARGEST = 50_000_000
"""Bytes of an unpacked file: the history of 27 years has 0.7 million."""


def unpacked(data: bytes) -> bytes:
    """The file itself, or the first CSV table of a zip. Raises ValueError where there is none."""
    if not data.startswith(b"PK"):
        return data
    import zipfile  # for the few who have a zip

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            tables = [each for each in archive.infolist() if each.filename.endswith(".csv")]
            if not tables or tables[0].file_size > _LARGEST:
                raise ValueError("the zip holds no CSV table of rates")
            return archive.read(tables[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"it is no zip that can be read ({error})") from error


def lines(text: str) -> list[Line] | None:
    """The rates of the newest day in the file; None where it is not one of the bank's.

    Raises ValueError on one of the bank's that holds no rates.
    """
    if text.lstrip("\ufeff \r\n").startswith("<"):
        found = list(_of_xml(text))
    elif re.match(r"\ufeff?\s*Date\s*,", text):
        found = list(_of_csv(text))
    else:
        return None
    if not found:
        raise ValueError("it looks like a file of the European Central Bank, but holds no rates")
    newest = max(day for *_, day in found)
    return [("EUR", "1", newest), *(each for each in found if each[2] == newest)]


def _of_xml(text: str) -> Iterator[Line]:
    day = ""
    for cube in _CUBE.finditer(text):
        said = {name: one or other for name, one, other in _ATTRIBUTE.findall(cube[1])}
        day = said.get("time", day)
        if "currency" in said:
            yield said["currency"], said.get("rate", ""), day


def _of_csv(text: str) -> Iterator[Line]:
    heads, *rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), skipinitialspace=True)
    for row in rows:
        if not any(row):
            continue
        day = _iso(row[0].strip())
        named = zip(heads[1:], row[1:], strict=False)
        yield from ((name.strip(), said.strip(), day) for name, said in named if _is_rate(said))


def _is_rate(said: str) -> bool:
    """Currencies of countries that had none on the day, or have the euro now, are "N/A"."""
    return said.strip() not in ("", "N/A")


def _iso(said: str) -> str:
    """The day as ISO 8601; words that are no day stay, for who asked to name them."""
    try:
        return dt.datetime.strptime(said, _NAMED).date().isoformat()  # noqa: DTZ007 - a day
    except ValueError:
        return said
