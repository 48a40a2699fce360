"""Parquet files of role lists. The one place on the way to a profile that needs pandas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from catalogue.errors import WrongUse


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
    try:
        frame = pandas.read_parquet(path, columns=list(columns))
    except (OSError, ValueError, KeyError) as error:
        why, *_ = str(error).splitlines() or [""]  # the rest lists every column
        raise WrongUse(f"{path} is not the Parquet file expected: {why}") from error
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return rows
