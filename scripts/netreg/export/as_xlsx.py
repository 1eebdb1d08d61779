"""Tables as one workbook: a sheet a table, after a sheet that explains them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from netreg.export.as_csv import FORMULA
from netreg.export.edition import LICENCE, Edition
from netreg.export.tables import Filled

LONGEST_SHEET = 1_048_576
"""Rows of a sheet at most, by the format."""


def as_xlsx(edition: Edition) -> bytes:
    """The workbook; the same bytes for the same edition, whoever writes it where.

    No text is a formula: each is written as a text, and one that begins like a formula is marked as quoted, which
    spreadsheets keep when the cell is edited.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    # Row by row, so that memory holds one row and not all of them.
    book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    midnight = datetime.combine(edition.registry.today, time())
    book.set_properties({"title": edition.title, "author": edition.publisher, "created": midnight})
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    _write_readme(book.add_worksheet("read me"), edition, bold)
    for filled in edition.tables:
        if len(filled.rows) < LONGEST_SHEET:
            _write(book.add_worksheet(filled.table.name), filled, bold, quoted)
    book.close()
    return file.getvalue()


def _write_readme(sheet: Any, edition: Edition, bold: Any) -> None:
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 110)
    for number, line in enumerate(_readme(edition)):
        for place, text in enumerate(line):
            sheet.write_string(number, place, text, bold if line[0] and place == 0 else None)


def _readme(edition: Edition) -> Iterator[tuple[str, ...]]:
    yield (edition.title,)
    yield "Edition", edition.version
    yield "Date", edition.date
    yield "Commit", edition.commit or "not known"
    yield "Licence", LICENCE
    for filled in edition.tables:
        table = filled.table
        fits = len(filled.rows) < LONGEST_SHEET
        rows = f"{len(filled.rows)} rows" if fits else "too long for a sheet: take the file of comma-separated values"
        yield ("",)
        yield table.name, rows, table.about
        for column in table.columns:
            yield "", column.name, column.about


def _write(sheet: Any, filled: Filled, bold: Any, quoted: Any) -> None:
    columns = filled.table.columns
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(filled.rows), len(columns) - 1)
    sheet.set_column(0, len(columns) - 1, 18)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
    writers = {str: sheet.write_string, bool: sheet.write_boolean, int: sheet.write_number}
    for number, row in enumerate(filled.rows, start=1):
        for place, value in enumerate(row):
            if value is not None:
                style = (quoted,) if type(value) is str and value.startswith(FORMULA) else ()
                writers[type(value)](number, place, value, *style)
