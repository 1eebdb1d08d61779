"""Tables as comma-separated values, for spreadsheets, and the raw form that DuckDB reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import TextIO

from netreg.export.tables import Cells, Filled

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def as_csv(filled: Filled) -> str:
    """One table; before a text that a spreadsheet would take for a formula stands an apostrophe."""
    file = io.StringIO()
    write_rows(file, filled, defused)
    return file.getvalue()


def write_rows(file: TextIO, filled: Filled, cell: Callable[[str], str] = str) -> None:
    """The names of the columns and the rows, after ``cell`` has been at each text; nothing stands for None."""
    writer = csv.writer(file)  # lines end as RFC 4180 says, so that a line end within a cell is quoted
    writer.writerow(column.name for column in filled.table.columns)
    writer.writerows(_lines(filled, cell))


def _lines(filled: Filled, cell: Callable[[str], str]) -> Iterator[Cells]:
    flags = [place for place, column in enumerate(filled.table.columns) if column.type == "boolean"]
    for row in filled.rows:
        line = [cell(value) if type(value) is str else value for value in row]
        for place in flags:
            line[place] = "true" if line[place] else "false"
        yield tuple(line)


def defused(text: str) -> str:
    """The text so that no spreadsheet calculates it."""
    return f"'{text}" if text.startswith(FORMULA) else text
