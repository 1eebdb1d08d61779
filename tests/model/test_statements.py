"""Statements: a row for each statement and source, in which nothing that an entry says is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.conftest import INVENTED, ROOT

from netreg.core.load import read_folder
from netreg.core.schema import Schema
from netreg.entry.country_sets import read_country_sets
from netreg.model import Registry, build_registry
from netreg.model.statements import StatementRow, address, networks_with


@pytest.fixture(scope="module")
def registry(schema: Schema) -> Registry:
    """The made-up registry."""
    return build_registry(read_folder(INVENTED), schema, date(2026, 11, 23), read_country_sets(ROOT))


def of(registry: Registry, claim: str) -> list[StatementRow]:
    """The rows of one statement."""
    return [row for row in registry.statements if row.claim == claim]


def said(row: StatementRow, *columns: str) -> tuple[Any, ...]:
    """What stands in some columns."""
    return tuple(getattr(row, column) for column in columns)


@pytest.mark.parametrize(
    ("claim", "path", "role", "value"),
    [
        ("bellpol#group", "group", "", "other-european"),
        ("bellpol#established", "established", "", "1996"),
        ("bellpol#participants.kinds", "participants.kinds", "", "police"),
        ("bellpol#participants.counts.0", "participants.counts", "", "30"),
        ("bellpol#participants.countries.0", "participants.countries", "member", "BE, FR, GB"),
        ("towerpol#participants.countries.0", "participants.countries", "member",
         "sets: eu27; except: MT; value: CH, XK"),
        ("towerpol#leadership.0", "leadership", "presidency", "countries: NL"),
        ("towerpol#leadership.3", "leadership", "secretariat", "target: europier"),
        ("towerpol#relations.0", "relations", "successor_of", "target: bellpol; date: 2021-01-01"),
        ("towerpol#other_names.0", "other_names", "former",
         "name: European Bell Tower Police Network; acronym: BELLPOL"),
        ("bellpol#history.0", "history", "founded", "date: 1996; text: Forces of five states found it."),
    ],
)  # fmt: skip
def test_what_is_said(registry: Registry, claim: str, path: str, role: str, value: str) -> None:
    """A value stands alone where a statement has one, after its keys where it has several, beside its role."""
    row = of(registry, claim)[0]
    assert said(row, "network", "path", "role", "value") == (claim.partition("#")[0], path, role, value)


def test_on_whose_word_and_of_when(registry: Registry) -> None:
    """Each row has its source with kind, dates, reading and place, and the bounds of the evidence."""
    (row,) = of(registry, "towerpol#participants.countries.0")
    assert said(row, "source", "kind", "author", "published", "read_on", "read_how", "where") == (
        "calendar",
        "self-presentation",
        "European Tower Policing Network",
        "2026",
        "2026-11-21",
        "live",
        "last page",
    )
    assert said(row, "as_of", "earliest", "latest", "complete") == ("2026", date(2026, 1, 1), date(2026, 12, 31), True)


def test_a_row_for_each_source_and_rivals_apart(registry: Registry) -> None:
    """A statement on two words has two rows; what stands under other is no headline and has an address of its own."""
    assert [said(row, "source", "citation") for row in of(registry, "enlip#status")] == [
        ("news-2026", 1),
        ("dec-2009", 2),
    ]
    assert [said(row, "source", "citation") for row in of(registry, "enlip#group")] == [("", 0)]
    (rival,) = of(registry, "enlip#form.other.0")
    assert said(rival, "path", "headline", "value", "until") == ("form", False, "informal-circle", "2004-03-01")
    assert "enlip" not in networks_with(registry.statements, "form", "informal-circle")
    assert "enlip" in networks_with(registry.statements, "topics", "crime-prevention")


def test_no_statement_and_no_source_is_lost(registry: Registry) -> None:
    """Whatever an entry states is there with each of its sources; withdrawn entries state nothing."""
    found = [(row.claim, row.source) for row in registry.statements]
    for entry in registry.networks:
        for item in entry.statements():
            wanted = [(address(entry, item), id_) for id_ in item.sources or ("",)]
            assert [pair for pair in found if pair[0] == address(entry, item)] == wanted
    assert {row.network for row in registry.statements} == {entry.id for entry in registry.networks}


def test_rows_are_values(registry: Registry) -> None:
    """Equal entries give equal rows, read anew."""
    again = Registry(registry.entries, registry.schema, date(2031, 1, 1), registry.sets)
    assert again.statements == registry.statements
