"""A preview: the page of one entry in a frame of its own, for its author's browser alone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

from netreg.entry import Entry
from netreg.model import Registry
from netreg.review.history import History
from netreg.site.entry_page import entry_page
from netreg.site.news import News
from netreg.site.page import ASSETS, render
from netreg.site.settings import Settings


def preview(registry: Registry, entry: Entry, settings: Settings) -> str:
    """The page as one file of HTML, which takes its looks from where the theme is installed."""
    page = entry_page(registry, entry, settings, News(registry, History()))
    return render("preview.html", page=page, html=Markup(page.html), sheets=[path.as_uri() for path in style_sheets()])


def style_sheets() -> Iterator[Path]:
    """The style sheets in the order in which the theme loads them; nothing of it is imported, which takes long."""
    material = find_spec("material")
    if material and material.origin:
        yield from sorted((Path(material.origin).parent / "templates/assets/stylesheets").glob("*.css"))
    yield from sorted(ASSETS.glob("*.css"))
