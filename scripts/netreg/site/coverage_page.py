"""The page of coverage: public lists of networks, and what each name on them has here."""

from __future__ import annotations

from netreg.check.list_check import COVERAGE
from netreg.lists.coverage import Coverage
from netreg.model import Registry
from netreg.site.page import Heading, Page
from netreg.site.render import render


def coverage_page(registry: Registry, coverage: Coverage) -> Page:
    """All lists with the share of their names that have an entry, and the names that were left out."""
    counts = {
        "names": sum(len(item.names) for item in coverage.lists),
        "with_entry": sum(item.with_entry for item in coverage.lists),
        "entries": len(coverage.entries),
        "elsewhere": len(registry.networks) - len(coverage.entries),
    }
    html = render("coverage.html", registry=registry, coverage=coverage, counts=counts)
    headings = [Heading(item.id, item.title) for item in coverage.lists]
    if coverage.left_out:
        headings.append(Heading("left-out", "Left out"))
    about = "How many names on public lists of networks have an entry."
    return Page("coverage/", "Coverage", html, about, tuple(headings), edit=COVERAGE, searched=False)
