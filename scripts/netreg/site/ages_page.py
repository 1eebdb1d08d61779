"""Ages: which claims are older than five years, and which rest on one kind of source only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from netreg.core import dates
from netreg.entry.evidence import OLD
from netreg.model import Registry
from netreg.model.statements import StatementRow, figures
from netreg.site.listing import Opening, Row, Section, aged, network_links, plain, tables_page
from netreg.site.page import Link, Page, entry_path
from netreg.upkeep.stale import Stale, said, stale_claims

AGES = "ages/"

Claims = Mapping[str, Sequence[StatementRow]]
"""The rows of each claim, one for each of its sources, by the address of the claim."""


def ages_page(registry: Registry) -> Page:
    """The claims by age, the old ones that matter most, and those on one kind of source."""
    claims: dict[str, list[StatementRow]] = defaultdict(list)
    for row in registry.statements:
        if row.source:
            claims[row.claim].append(row)
    old = sum(_is_old(registry, rows) for rows in claims.values())
    day = dates.spoken(dates.shifted(registry.today, -OLD).isoformat())
    lead = (
        f"{old:,} of {len(claims):,} claims rest on evidence older than five years, from before {day}. That makes none "
        "of them wrong: a founding does not grow old, who leads does."
    )
    parts = [_by_age(registry), _changing(registry), _by_network(registry, claims), *_by_kind(registry, claims)]
    return tables_page(registry, Opening(AGES, "Old claims", lead), parts)


def _is_old(registry: Registry, rows: Sequence[StatementRow]) -> bool:
    return rows[0].latest is not None and registry.today - rows[0].latest > OLD


def _by_age(registry: Registry) -> Section:
    counted = figures(registry)["statements_by_age"].items()
    rows = tuple((Link(name[0].upper() + name[1:]), (number,)) for name, number in counted)
    about = "The age of a claim is that of its newest evidence, never the day on which somebody read it."
    return Section("by-age", "All claims by age", columns=("Evidence", "Claims"), figures=rows, about=about)


def _changing(registry: Registry) -> Section:
    found = [one for one in stale_claims(registry) if one.evidence and registry.today - one.evidence.latest > OLD]
    rows = tuple(_changing_row(registry, one) for one in found)
    about = "Facts that change, of bodies that go on, the most pressing first. Do you know better? Tell us."
    return Section("changing", "Facts that change", rows, ("Fact",), about)


def _changing_row(registry: Registry, one: Stale) -> Row:
    label = plain(registry.schema.label(one.watched.field))
    return Row(one.entry, one.claim, label, aged(registry, one.entry, one.claim), said(registry, one.claim))


def _by_network(registry: Registry, claims: Claims) -> Section:
    found: dict[str, list[Sequence[StatementRow]]] = defaultdict(list)
    for rows in claims.values():
        found[rows[0].network].append(rows)
    figured = []
    for id_, of_one in found.items():
        old = sum(_is_old(registry, rows) for rows in of_one)
        undated = sum(rows[0].latest is None for rows in of_one)
        link = Link(registry.entries[id_].label, entry_path(id_))
        figured.append((link, (len(of_one), old, undated)))
    figured.sort(key=lambda one: (-one[1][1], one[0].title.casefold()))
    columns = ("Network", "Claims", "Older than five years", "Undated")
    return Section("by-network", "By network", columns=columns, figures=tuple(figured), number=str(len(figured)))


def _by_kind(registry: Registry, claims: Claims) -> list[Section]:
    """How many claims rest on one kind of source only, and of which networks all do."""
    kinds = {claim: {row.kind for row in rows} for claim, rows in claims.items()}
    of_network: dict[str, set[str]] = defaultdict(set)
    for claim, rows in claims.items():
        of_network[rows[0].network] |= kinds[claim]
    terms = registry.schema.terms("source_kind")
    alone = tuple((Link(term.title), (sum(found == {term.value} for found in kinds.values()),)) for term in terms)
    runs = (
        (term.title, network_links(registry.entries[id_] for id_, found in of_network.items() if found == {term.value}))
        for term in terms
    )
    wholly = tuple(run for run in runs if run[1])
    about = "On one kind of source alone: nobody of another kind has been found to say the same."
    told = "Each claim of these networks rests on one kind of source. Another would help: tell us on the entry."
    return [
        Section("one-kind", "Claims on one kind of source", columns=("Kind", "Claims"), figures=alone, about=about),
        Section("networks-on-one-kind", "Networks on one kind of source", about=told, runs=wholly),
    ]
