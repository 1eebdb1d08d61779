"""Countries: a page for each, with all that is known of it and each network, one over them all, and the matrix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from netreg.core import dates
from netreg.core.names import normal_form
from netreg.entry import Claim
from netreg.entry.country_sets import EU, MATRIX
from netreg.entry.evidence import bounds
from netreg.model import Registry, phrases
from netreg.model.participation import Cell, Lead, Tense, Verdict
from netreg.model.statements import age_class, figures
from netreg.site.listing import (
    Opening,
    Row,
    Section,
    aged,
    by_group,
    lead_sections,
    newest_first,
    nobody_told,
    not_known,
    plain,
    tables_page,
)
from netreg.site.page import Link, Page, country_path, render, to_root

COUNTRIES = "countries/"


@dataclass(frozen=True)
class Country:
    """A country and what is known of it: a cell for each network, what it did once, and what it leads.

    ``is_beyond`` says that it is none of the matrix: a source names it, and no silence tells anything of it.
    """

    code: str
    name: str
    cells: tuple[Cell, ...]
    occasions: tuple[Cell, ...]
    leads: tuple[Lead, ...]
    is_beyond: bool

    @property
    def path(self) -> str:
        """The address of its page."""
        return country_path(self.code)

    def taking_part(self) -> list[Cell]:
        """The networks in which it takes, or took, part."""
        return [cell for cell in self.cells if cell.verdict is Verdict.TAKES_PART]

    def parts_in(self, tense: Tense, today: date) -> int:
        """In how many networks it takes part, in a tense."""
        return sum(cell.tense(today) is tense for cell in self.taking_part())

    def leading(self, tense: Tense) -> int:
        """How many roles it holds in a tense, by the accounts that entries put first."""
        return sum(lead.tense is tense and not lead.is_rival for lead in self.leads)


def country_doors(registry: Registry) -> list[tuple[str, str, int]]:
    """The countries of the matrix by name, each with the address of its page and in how many networks it takes part."""
    return [(one.name, one.path, len(one.taking_part())) for one in _countries(registry) if not one.is_beyond]


def country_pages(registry: Registry) -> Iterator[Page]:
    """The page over all countries, then one for each."""
    countries = _countries(registry)
    yield _overview(registry, countries)
    for country in countries:
        yield _country_page(registry, country)


def _countries(registry: Registry) -> list[Country]:
    occasions: dict[str, list[Cell]] = defaultdict(list)
    leads: dict[str, list[Lead]] = defaultdict(list)
    for cell in registry.occasions:
        occasions[cell.country].append(cell)
    for lead in registry.leads:
        for code in lead.countries:
            leads[code].append(lead)
    matrix = registry.sets[MATRIX].members if MATRIX in registry.sets else ()
    found = [
        Country(
            code, phrases.country(code), cells, tuple(occasions[code]), tuple(leads[code]), is_beyond=code not in matrix
        )
        for code, cells in registry.by_country.items()
    ]
    return sorted(found, key=lambda country: normal_form(country.name))


def _overview(registry: Registry, countries: Sequence[Country]) -> Page:
    """All countries in three parts, with what each takes part in and leads."""
    sets = registry.sets.values()
    eu = frozenset().union(
        *(one.members for one in sets if one.id.startswith(EU) and one.overlaps(registry.today, registry.today))
    )
    inside = [one for one in countries if not one.is_beyond]
    rest = [one for one in inside if one.code not in eu]
    beyond = [one for one in countries if one.is_beyond]
    total = len(registry.networks)
    lead = f"Which country takes part in which of {total} networks, as what and on whose word; and what it leads."
    about = "Countries and territories outside the Council of Europe that a source names."
    parts = (
        _part(registry, "eu", "EU Member States", [one for one in inside if one.code in eu]),
        _part(registry, "europe", "Other members of the Council of Europe, and Kosovo", rest),
        _part(registry, "beyond", "Beyond", beyond, about),
        not_known("What is missing here, nobody has told us."),
    )
    return tables_page(registry, Opening(COUNTRIES, "Countries", lead), parts)


_FIGURES = ("Country", "Takes or took part", "Last three years", "Leads today", "Last known to lead")


def _part(registry: Registry, anchor: str, title: str, countries: Sequence[Country], about: str = "") -> Section:
    rows = tuple(
        (
            Link(one.name, one.path),
            (
                len(one.taking_part()),
                one.parts_in(Tense.TODAY, registry.today),
                one.leading(Tense.TODAY),
                one.leading(Tense.LAST_KNOWN),
            ),
        )
        for one in countries
    )
    return Section(anchor, title, (), _FIGURES, about, rows, number=str(len(rows)))


def _country_page(registry: Registry, country: Country) -> Page:
    told = Opening(
        country.path,
        f"{country.name}: networks it takes part in",
        _lead(registry, country),
        Link("Countries", COUNTRIES),
        country.name,
    )
    parts = [*_taking_part(registry, country), *lead_sections(registry, country.leads, country.path)]
    once = "That alone makes nobody a member."
    parts.append(_cells(registry, "once", "Founded, or came once", once, country.occasions))
    if not country.is_beyond:
        out = [cell for cell in country.cells if cell.verdict is Verdict.NOT_A_MEMBER]
        about = "A list of all members, or a rule on who may join, leaves it out, at its date."
        parts += [_cells(registry, "not-a-member", "Not a member", about, out), _disagreeing(registry, country)]
    parts.append(_not_known(registry, country))
    return tables_page(registry, told, parts)


def _lead(registry: Registry, country: Country) -> str:
    """What the page comes to, in numbers."""
    found = country.taking_part()
    recent = country.parts_in(Tense.TODAY, registry.today)
    said = (
        f"{country.name} takes or took part in {len(found)} of {len(registry.networks)} networks, as sources tell: in "
        f"{recent} by evidence of the last three years."
    )
    if country.is_beyond:
        return said
    out = sum(cell.verdict is Verdict.NOT_A_MEMBER for cell in country.cells)
    return f"{said} {out} are known to leave it out; of {len(country.cells) - len(found) - out} nobody has told us."


_TAKING_PART = {
    Tense.TODAY: ("Takes part", "By evidence of the last three years."),
    Tense.LAST_KNOWN: ("Last known to take part", "A source named it then. Whether it takes part today is not known."),
    Tense.UNDATED: ("Named, undated", "A source names it and does not say when."),
    Tense.PAST: ("Took part in what is over", "The network is no more, or the country left it."),
}


def _taking_part(registry: Registry, country: Country) -> Iterator[Section]:
    for tense in Tense:
        found = [cell for cell in country.taking_part() if cell.tense(registry.today) is tense]
        title, about = _TAKING_PART[tense]
        yield _cells(registry, tense, title, about, found)


def _cells(registry: Registry, anchor: str, title: str, about: str, cells: Iterable[Cell]) -> Section:
    """A part with a row for each cell, the newest evidence first; without a cell it is not shown."""
    found = sorted(cells, key=lambda cell: newest_first(cell.when, cell.entry))
    column = "Why" if any(cell.verdict is Verdict.NOT_A_MEMBER for cell in found) else "As what"
    return Section(anchor, title, tuple(_row(registry, cell, cell.claims[0]) for cell in found), (column,), about)


_LEFT_OUT = {"countries": "Not on the list of members", "range": "Open to EU Member States only"}
"""Why a country is no member, by the claim of ``participants`` that leaves it out."""


def _row(registry: Registry, cell: Cell, claim: Claim) -> Row:
    is_out = cell.verdict is Verdict.NOT_A_MEMBER
    word = _LEFT_OUT[str(claim.path[1])] if is_out else registry.term("country_role", claim.role).title
    return Row(cell.entry, claim, plain(word), aged(registry, cell.entry, claim))


def _disagreeing(registry: Registry, country: Country) -> Section:
    found = [cell for cell in country.cells if cell.verdict is Verdict.NOT_KNOWN and cell.claims]
    rows = tuple(_row(registry, cell, claim) for cell in found for claim in cell.claims)
    about = "Sources of the same age, or undated, name it in two roles, so that we decide for neither."
    return Section("disagree", "Sources disagree", rows, ("As what",), about, number=str(len(found)))


def _not_known(registry: Registry, country: Country) -> Section:
    unknown = [cell.entry for cell in country.cells if cell.verdict is Verdict.NOT_KNOWN and not cell.claims]
    if country.is_beyond:
        return not_known(f"Only networks of which a source names {country.name} stand here. Do you know of another?")
    about = f"No source that we read says whether {country.name} takes part. Do you know? Choose the network."
    return nobody_told(registry, unknown, about)


_MATRIX = "matrix/"

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
        root=to_root(_MATRIX),
    )
    about = "Who takes part: each network and each country of Europe in one table."
    return Page(_MATRIX, "Matrix of networks and countries", html, description=about)


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
