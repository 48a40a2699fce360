"""Parquet files of role lists. The one place on the way to a profile that needs pandas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from catalogue.errors import WrongUse


def is_parquet(path: Path) -> bool:
    """Is it one, by its first bytes? A file that cannot be read is none."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


def read_parquet(path: Path, *columns: str) -> list[dict[str, Any]]:
    """The named columns of a Parquet file, row by row; lists are arrays, missing ones None.

    Raises WrongUse when it cannot be read, or pandas or pyarrow is not installed.
    """
    try:
        import pandas
        import pyarrow  # noqa: F401 - pandas needs it to read Parquet
    except ImportError as error:
        raise WrongUse(
            f"{path.name} is a Parquet file, which {error.name} reads: install it with"
            " pip install 'moocscout[parquet]', or give the CSV files alone"
        ) from error
    if not is_parquet(path):
        raise WrongUse(f"{path} is no Parquet file; give the Parquet that was downloaded")
    try:
        frame = pandas.read_parquet(path, columns=list(columns))
    except (OSError, ValueError, KeyError) as error:
        *first, last = columns
        raise WrongUse(
            f"{path} is damaged or another Parquet file; give the one with the columns"
            f" {', '.join(first)} and {last}"
        ) from error
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return rows
