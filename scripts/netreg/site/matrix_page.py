"""The matrix: each network and each country of Europe in one table, whose headings alone are links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from netreg.core import dates
from netreg.entry.evidence import bounds
from netreg.model import Registry, phrases
from netreg.model.participation import Cell, Verdict
from netreg.model.statements import age_class, figures
from netreg.site.listing import by_group
from netreg.site.page import Page, country_path, to_root
from netreg.site.render import render

MATRIX = "matrix/"

_MEMBER = "member"
"""The role that has a sign of its own."""


@dataclass(frozen=True)
class Square:
    """A cell as it is shown: what it says for the ear, and the classes of its sign."""

    text: str
    style: str


def matrix_page(registry: Registry) -> Page:
    """The networks of which anything is known for any country, by group; the others by name."""
    by_network = [list(cells) for _, cells in groupby(registry.cells, key=lambda cell: cell.entry.id)]
    known = [cells for cells in by_network if any(cell.is_decided for cell in cells)]
    unknown = [cells[0].entry for cells in by_network if not any(cell.is_decided for cell in cells)]
    counted = figures(registry)["cells"]
    ages = tuple(counted["by_age"])
    rows = [(cells[0].entry, [_square(registry, ages, cell) for cell in cells]) for cells in known]
    groups = [
        (term, of_group)
        for term in registry.schema.terms("group")
        if (of_group := [row for row in rows if row[0].group == term.value])
    ]
    html = render(
        "matrix.html",
        columns=[(cell.country, phrases.country(cell.country), country_path(cell.country)) for cell in by_network[0]]
        if by_network
        else [],
        groups=groups,
        counted=counted,
        members=sum(cell.role == _MEMBER for cell in registry.cells),
        verdicts=Verdict,
        runs=by_group(registry, unknown),
        unknown=len(unknown),
        root=to_root(MATRIX),
    )
    about = "Who takes part: each network and each country of Europe in one table."
    return Page(MATRIX, "Matrix of networks and countries", html, description=about)


def _square(registry: Registry, ages: Sequence[str], cell: Cell) -> Square:
    """The sign of one cell: its shape by what is known, its ink by the age of the evidence; the newest is the first."""
    if not cell.is_decided:
        return Square("not known", "u")
    when = dates.spoken(cell.when.text) if cell.when else "undated"
    known = bounds(cell.when)
    age = ages.index(age_class(known[0] if known else None, registry.today))
    shape, word = _said(registry, cell)
    return Square(f"{word}, {when}", f"{shape}{age}")


def _said(registry: Registry, cell: Cell) -> tuple[str, str]:
    """The letter of the shape, and what it means."""
    if cell.verdict is Verdict.NOT_A_MEMBER:
        return "n", "was not a member" if cell.is_past else "not a member"
    role = phrases.lower_first(registry.term("country_role", cell.role).title)
    return ("m" if cell.role == _MEMBER else "o"), f"was {role}" if cell.is_past else role
