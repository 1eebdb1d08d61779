"""Who takes part: each case of the table, and no order of what is said changes what is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import ROOT

from netreg.core.canonical import canonical_data
from netreg.core.load import parse_document
from netreg.core.schema import Schema, read_schema
from netreg.entry import Entry
from netreg.entry.country_sets import MATRIX, codes, read_country_sets
from netreg.model import build_registry
from netreg.model.participation import Cell, Tense, cells

SCHEMA, SETS = read_schema(ROOT), read_country_sets(ROOT)
READ = {
    "title": "About us",
    "author": "Quay Forum",
    "kind": "self-presentation",
    "url": "https://quay.example/",
    "language": "en",
    "read": {"date": "2026-11-20", "how": "live"},
}
SOURCES: list[dict[str, Any]] = [
    {"id": f"s{year}", **READ, "published": year} for year in "2004 2019 2022 2024".split()
]
SOURCES.append({"id": "bare", **READ})
_FILE = Path(__file__).parent / "cells.yaml"
_ROOT = parse_document("cells.yaml", _FILE.read_bytes()).root
assert _ROOT is not None
CASES: list[dict[str, Any]] = _ROOT.plain()


def entry_of(schema: Schema, case: dict[str, Any], id_: str = "quay") -> Entry:
    """An entry that says what a case says."""
    participants = {key: case[key] for key in ("range", "countries") if case.get(key)}
    fields = {
        "name": "Quay Forum",
        "group": "other-european",
        "status": {"value": case.get("status", "active")},
        "sources": SOURCES,
    }
    text = canonical_data({**fields, **({"participants": participants} if participants else {})}, schema)
    return Entry(parse_document(f"registry/{id_}.yaml", text.encode()), schema)


def told(cell: Cell) -> str:
    """What is known of a country, as the table has it."""
    when = cell.when.text if cell.when else "undated" if cell.claims else ""
    return " ".join(filter(None, (cell.verdict, cell.role, when, "likely" * cell.likely, "past" * cell.is_past)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_table(case: dict[str, Any]) -> None:
    """Each case of the table comes out as it stands there, with the claims on whose word it is."""
    (cell,) = cells(entry_of(SCHEMA, case), [case["of"]], SETS)
    assert told(cell) == case["expect"]
    assert len(cell.claims) == case.get("claims", 0 if told(cell).removesuffix(" past") == "not-known" else 1)


def test_the_table_is_long_enough() -> None:
    """Names are told once, so that a failure leads to one line."""
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 40


@pytest.mark.parametrize(
    ("status", "source", "tense"),
    [
        ("active", "s2024", Tense.TODAY),
        ("active", "s2022", Tense.LAST_KNOWN),
        ("active", "bare", Tense.UNDATED),
        ("ended", "s2024", Tense.PAST),
        ("ended", "bare", Tense.PAST),
    ],
)
def test_the_tense(status: str, source: str, tense: Tense) -> None:
    """What is over is past, however new the evidence; else the evidence of the last three years is of today."""
    claim = {"role": "member", "value": ["FR"], "sources": [source]}
    (cell,) = cells(entry_of(SCHEMA, {"status": status, "countries": [claim]}), ["FR"], SETS)
    assert cell.tense(date(2026, 11, 23)) is tense


@pytest.mark.parametrize("likely", [0, 1])
def test_of_two_that_disagree_the_first_says_whether_it_is_our_reading(likely: int) -> None:
    """The verdict is told in the words of the first."""
    claims = [{"role": role, "value": ["FR"], "sources": ["s2022"]} for role in ("member", "observer")]
    claims[likely]["certainty"] = "likely"
    (cell,) = cells(entry_of(SCHEMA, {"countries": claims}), ["FR"], SETS)
    assert len({claim.likely for claim in cell.claims}) == 2
    assert cell.likely is cell.claims[0].likely


def test_whom_an_entry_names() -> None:
    """Countries of whatever role count, beyond the columns too; exceptions do not."""
    claims = [{"role": "member", "sets": ["benelux"], "except": ["LU"]}, {"role": "participated", "value": ["US"]}]
    named = [codes(claim, SETS) for claim in entry_of(SCHEMA, {"countries": claims}).countries]
    assert frozenset().union(*named) == {"BE", "NL", "US"}


def test_a_country_beyond_the_columns_has_its_cells() -> None:
    """Behind those of the matrix, one for each network, as these have."""
    claims = [[{"role": "partner", "value": ["US"], "sources": ["s2022"]}], [{"role": "member", "value": ["FR"]}]]
    documents = [entry_of(SCHEMA, {"countries": one}, f"quay-{number}").document for number, one in enumerate(claims)]
    found = build_registry(documents, SCHEMA, date(2026, 11, 23), SETS).by_country
    assert [*found] == [*sorted(SETS[MATRIX].members), "US"]
    assert [(cell.entry.id, told(cell)) for cell in found["US"]] == [
        ("quay-0", "takes-part partner 2022"),
        ("quay-1", "not-known"),
    ]


CODES = st.lists(st.sampled_from(["FR", "DE", "GB", "CH"]), min_size=1, max_size=3, unique=True).map(sorted)
CLAIMS = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["member", "member", "observer", "associate", "partner", "founder", "participated"]),
        "value": CODES,
        "sources": st.lists(st.sampled_from([source["id"] for source in SOURCES]), min_size=1, max_size=2, unique=True),
    },
    optional={
        "complete": st.just(True),
        "certainty": st.just("likely"),
        "as_of": st.sampled_from(["2019", "2022", "2019/2024", "2004~"]),
        "until": st.sampled_from(["2010", "2020-01-31"]),
        "sets": st.lists(st.sampled_from(["eu27", "eu28", "nordic"]), min_size=1, max_size=2, unique=True),
    },
)
WITH_OTHERS = st.builds(lambda claim, other: {**claim, "other": other} if other else claim, CLAIMS, st.lists(CLAIMS))
RANGES = st.sampled_from([None, {"value": "eu-states", "sources": ["s2022"]}, {"value": "eu-states", "as_of": "2019"}])


def known(claims: Sequence[dict[str, Any]], range_: dict[str, Any] | None) -> list[tuple[str, list[dict[str, Any]]]]:
    """What is known of each column, with the deciding claims."""
    entry = entry_of(SCHEMA, {"countries": list(claims), "range": range_})
    return [
        (told(cell), [{**claim.node.plain(), "other": None} for claim in cell.claims])
        for cell in cells(entry, sorted(SETS[MATRIX].members), SETS)
    ]


@given(st.data(), st.lists(WITH_OTHERS, min_size=1, max_size=4), RANGES)
def test_no_order_of_claims_changes_a_cell(data: st.DataObject, claims: list[Any], range_: Any) -> None:
    """Claims, and those beside them, in any order decide each cell alike, by the same words."""
    shuffled = [
        {**claim, **({"other": data.draw(st.permutations(claim["other"]))} if "other" in claim else {})}
        for claim in data.draw(st.permutations(claims))
    ]
    assert known(shuffled, range_) == known(claims, range_)


@given(st.data(), st.lists(st.lists(CLAIMS, min_size=1, max_size=2), min_size=2, max_size=3))
def test_no_order_of_entries_changes_a_cell(data: st.DataObject, claims: list[list[Any]]) -> None:
    """A registry read in another order has the same cells; one network says nothing of another."""
    entries = [entry_of(SCHEMA, {"countries": one}, f"quay-{number}") for number, one in enumerate(claims)]

    def all_cells(order: Sequence[Entry]) -> set[tuple[str, str, str]]:
        registry = build_registry([entry.document for entry in order], SCHEMA, date(2026, 11, 23), SETS)
        return {(cell.entry.id, cell.country, told(cell)) for cell in registry.cells}

    together = all_cells(entries)
    assert all_cells(data.draw(st.permutations(entries))) == together
    assert set().union(*(all_cells([one]) for one in entries)) == together
