"""The table of all networks, which can be narrowed and sorted."""

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from netreg.core import dates
from netreg.core.names import folded, normal_form
from netreg.core.schema import Term
from netreg.entry import Claim, Entry
from netreg.model import Registry
from netreg.model.participation import Verdict
from netreg.model.phrases import count, country
from netreg.model.statements import networks_by_term, terms_of
from netreg.site.entry_page import status_of
from netreg.site.page import Page, render


@dataclass(frozen=True)
class TableRow:
    """One network in the table of all; ``facets`` are the terms by which the table can be narrowed.

    ``short`` is the name by which it is sorted, empty where only ``full`` is there; ``anchor`` the id of the first row
    of a letter. ``status`` is the word and when it was last seen; ``members`` a number with its unit.
    """

    entry: Entry
    short: str
    full: str
    anchor: str
    group: Term
    form: Term | None
    range: Term | None
    step: int
    status: tuple[str, str]
    since: str
    since_order: str
    members: str
    members_order: int
    facets: dict[str, str]
    search: str


@dataclass(frozen=True)
class Facet:
    """One way to narrow the table: its key in the address, its label, its terms as value, title, number of networks."""

    key: str
    label: str
    terms: list[tuple[str, str, int]]


_FACETS = (
    ("status", "Status"),
    ("topic", "Topic"),
    ("form", "Degree of formalisation"),
    ("range", "Range"),
    ("group", "Group"),
)


def networks(registry: Registry) -> Page:
    """The table of all networks, by the name that everybody uses."""
    letters: dict[str, str] = {}
    taking_part = _taking_part(registry)
    rows = [_row(registry, entry, letters, taking_part) for entry in sorted(registry.networks, key=_order)]
    facets = [Facet(key, label, _terms(registry, key)) for key, label in _FACETS]
    facets.append(Facet("country", "Country", _countries(taking_part)))
    alphabet = [(letter, letters.get(letter, "")) for letter in string.ascii_uppercase]
    html = render("networks.html", rows=rows, facets=facets, letters=alphabet)
    about = f"All {len(rows)} networks in one table: status, founding, members, degree of formalisation and range."
    return Page("networks/", "All networks", html, description=about)


def _terms(registry: Registry, key: str) -> list[tuple[str, str, int]]:
    return [(term.value, term.title, number) for term, number in networks_by_term(registry, key) if number]


def _taking_part(registry: Registry) -> Mapping[str, list[str]]:
    """By network the countries that take or took part in it, as sources tell."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, cells in registry.by_country.items():
        for cell in cells:
            if cell.verdict is Verdict.TAKES_PART:
                found[cell.entry.id].append(code)
    return found


def _countries(taking_part: Mapping[str, list[str]]) -> list[tuple[str, str, int]]:
    found = Counter(code for codes in taking_part.values() for code in codes)
    return sorted(
        ((code, country(code), number) for code, number in found.items()), key=lambda one: normal_form(one[1])
    )


def _order(entry: Entry) -> str:
    return re.sub(r"^\W+", "", folded(_short(entry) or entry.title))  # @ON stands among the letters


def _short(entry: Entry) -> str:
    """The name of one word in a narrow column; empty where there is none."""
    return entry.acronym or (entry.short_name if " " not in entry.short_name else "")


def _row(registry: Registry, entry: Entry, letters: dict[str, str], taking_part: Mapping[str, list[str]]) -> TableRow:
    """The row of a network; the first one of a letter is noted in ``letters``."""
    facets = {key: terms_of(entry, key) for key, _label in _FACETS}
    form, range_ = ([registry.term(key, value) for value in facets[key]] for key in ("form", "range"))
    letter = _order(entry)[:1].upper()
    is_first = letter not in letters
    anchor = letters.setdefault(letter, f"letter-{letter.lower()}")
    members = entry.counts[0] if entry.counts else None
    names = [entry.name, entry.short_name, *entry.names, *(str(part.value) for part in [entry.purpose] if part)]
    topics = [registry.term("topic", topic).title for topic in entry.topics]
    return TableRow(
        entry=entry,
        short=_short(entry),
        full=entry.title if entry.title != _short(entry) else "",
        anchor=anchor if is_first else "",
        group=registry.term("group", entry.group),
        form=form[0] if form else None,
        range=range_[0] if range_ else None,
        step=registry.step(entry),
        status=status_of(registry, entry),
        since=_year(entry.established),
        since_order=dates.parse(str(entry.established.value)).latest.isoformat() if entry.established else "",
        members=count(members, registry.schema) if members else "",
        members_order=int(members.value) if members else -1,
        facets={key: " ".join(values) for key, values in {**facets, "country": taking_part.get(entry.id, ())}.items()},
        search=" ".join(dict.fromkeys(filter(None, [*names, *topics]))),
    )


def _year(claim: Claim | None) -> str:
    """The founding year as exactly as it is known, for a narrow column."""
    if claim is None:
        return ""
    when = dates.parse(str(claim.value))
    years = sorted({point.earliest.year for point in (when.start, when.end) if point})
    if when.start is None or (when.start.precision in ("decade", "century")):
        return dates.spoken(when.text)
    about = "about " if when.start.qualifier else ""
    return about + " to ".join(map(str, years))
