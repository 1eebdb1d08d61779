"""The page on the data: every file, every column, and lines to copy."""

from __future__ import annotations

from netreg.core.schema import Schema
from netreg.export.queries import queries
from netreg.export.tables import tables
from netreg.site.page import Heading, Page
from netreg.site.render import render

_SECTIONS = (
    ("one-file", "In one file"),
    ("tables", "Tables"),
    ("copy", "Lines to copy"),
    ("sql", "Questions in SQL"),
    ("api", "JSON"),
    ("one-network", "One network"),
    ("whole", "Is my copy whole?"),
    ("cite", "Cite and reuse"),
)


def data_page(schema: Schema) -> Page:
    """The page; its tables and columns are those of the files."""
    html = render("data.html", tables=tables(schema), queries=queries())
    headings = tuple(Heading(anchor, title) for anchor, title in _SECTIONS)
    about = "The whole register as a workbook, as tables for R, pandas and SQL, and as JSON: free to use, no account."
    return Page("data/", "Data", html, description=about, headings=headings)
