"""The page on the data: every file, every column, and lines to copy."""

from __future__ import annotations

from netreg.core.schema import Schema
from netreg.export.queries import queries
from netreg.export.tables import tables
from netreg.site.page import Page
from netreg.site.render import render


def data_page(schema: Schema) -> Page:
    """The page; its tables and columns are those of the files."""
    html = render("data.html", tables=tables(schema), queries=queries())
    about = "The whole register as a workbook, as tables for R, pandas and SQL, and as JSON: free to use, no account."
    return Page("data/", "Data", html, description=about, has_contents=True)
