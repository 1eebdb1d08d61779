"""Tables as comma-separated values, for spreadsheets, and the raw form that DuckDB reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from netreg.export.tables import Cells, Filled

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def as_csv(filled: Filled) -> str:
    """One table; before a text that a spreadsheet would take for a formula stands an apostrophe."""
    file = io.StringIO()
    write_rows(file, filled, map(_defused, filled.rows))
    return file.getvalue()


def write_rows(file: TextIO, filled: Filled, rows: Iterable[Sequence[Any]]) -> None:
    """The names of the columns, then the rows; nothing stands for None."""
    writer = csv.writer(file)  # lines end as RFC 4180 says, so that a line end within a cell is quoted
    writer.writerow(column.name for column in filled.table.columns)
    writer.writerows(rows)


def _defused(row: Cells) -> Sequence[Any]:
    """The cells so that no spreadsheet calculates a text, and each reads yes and no as a program does."""
    return [
        f"'{one}" if type(one) is str and one.startswith(FORMULA) else str(one).lower() if type(one) is bool else one
        for one in row
    ]
