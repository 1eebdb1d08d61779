"""Who leads a network is told in the tense that the evidence bears."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from netreg.core.canonical import canonical_data
from netreg.core.load import parse_document
from netreg.core.schema import Schema
from netreg.entry import Entry
from netreg.model.participation import Lead, leads

TODAY = date(2026, 11, 23)
SOURCES = [{"id": "old", "published": "2019-05"}, {"id": "new", "published": "2026-01"}, {"id": "bare"}]


def leads_of(schema: Schema, *items: dict[str, Any], status: str = "active") -> list[Lead]:
    """The leads of an entry with these items of leadership."""
    fields = {"name": "Quay Forum", "status": {"value": status}, "leadership": list(items), "sources": SOURCES}
    document = parse_document("registry/quay.yaml", canonical_data(fields, schema).encode())
    return list(leads(Entry(document, schema), TODAY))


@pytest.mark.parametrize(
    ("item", "tense", "when"),
    [
        ({"countries": ["NL"], "sources": ["new"]}, "today", "2026-01"),
        ({"countries": ["NL"], "sources": ["old", "new"]}, "today", "2026-01"),
        ({"countries": ["NL"], "sources": ["old"]}, "last-known", "2019-05"),
        ({"countries": ["NL"], "as_of": "2023", "sources": ["old"]}, "today", "2023"),
        ({"countries": ["NL"], "as_of": "2022", "sources": ["new"]}, "last-known", "2022"),
        ({"countries": ["NL"], "as_of": "2022/2025", "sources": ["new"]}, "last-known", "2022/2025"),
        ({"countries": ["NL"], "until": "2026-06", "sources": ["new"]}, "past", "2026-01"),
        ({"countries": ["NL"], "until": "2026", "sources": ["new"]}, "today", "2026-01"),
        ({"countries": ["NL"], "from": "2026", "until": "2029", "sources": ["new"]}, "today", "2026-01"),
        ({"countries": ["NL"], "until": "2012", "sources": ["bare"]}, "past", "2012"),
        ({"countries": ["NL"], "until": "2029", "sources": ["old"]}, "last-known", "2019-05"),
        ({"countries": ["NL"], "from": "2025", "sources": ["bare"]}, "undated", None),
        ({"name": "Port of Nowhere", "sources": ["bare"]}, "undated", None),
        ({"target": "europol", "certainty": "likely", "sources": ["new"]}, "today", "2026-01"),
        ({"rule": "rotates", "sources": ["bare"]}, "today", None),
        ({"rule": "council-presidency", "sources": ["old"]}, "today", "2019-05"),
        ({"rule": "council-presidency", "until": "2009", "sources": ["old"]}, "past", "2019-05"),
        ({"rule": "council-presidency", "certainty": "likely", "sources": ["old"]}, "last-known", "2019-05"),
        ({"rule": "rotates", "countries": ["NL"], "sources": ["old"]}, "last-known", "2019-05"),
    ],
)
def test_the_tense(schema: Schema, item: dict[str, Any], tense: str, when: str | None) -> None:
    """Today leads whom recent evidence without an end or a standing rule names; others are told in other tenses."""
    (lead,) = leads_of(schema, {"role": "lead", **item})
    assert (lead.tense, lead.when.text if lead.when else None) == (tense, when)


def test_nobody_leads_what_is_no_more(schema: Schema) -> None:
    """However new the evidence and whatever the rule, an ended network has only had leads."""
    found = leads_of(
        schema,
        {"role": "lead", "countries": ["NL"], "sources": ["new"]},
        {"role": "chair", "rule": "rotates", "sources": ["bare"]},
        status="ended",
    )
    assert [(lead.role, lead.countries, lead.tense) for lead in found] == [
        ("lead", ("NL",), "past"),
        ("chair", (), "past"),
    ]


def test_rival_accounts_of_a_post(schema: Schema) -> None:
    """What stands beside an item is a lead of its own, and known as such."""
    rival = {"role": "lead", "countries": ["BE"], "sources": ["old"]}
    found = leads_of(schema, {"role": "lead", "countries": ["NL", "FR"], "sources": ["new"], "other": [rival]})
    assert [(lead.countries, lead.tense, lead.is_rival) for lead in found] == [
        (("NL", "FR"), "today", False),
        (("BE",), "past", True),
    ]


@pytest.mark.parametrize(
    ("later", "tense"),
    [
        ({"role": "lead", "countries": ["BE"], "sources": ["new"]}, "past"),
        ({"role": "lead", "countries": ["BE"], "as_of": "2019", "sources": ["new"]}, "last-known"),
        ({"role": "lead", "countries": ["BE"], "until": "2010", "sources": ["new"]}, "last-known"),
        ({"role": "lead", "countries": ["BE"], "as_of": "2010", "until": "2029", "sources": ["new"]}, "last-known"),
        ({"role": "lead", "rule": "rotates", "sources": ["new"]}, "last-known"),
        ({"role": "chair", "countries": ["BE"], "sources": ["new"]}, "last-known"),
    ],
)
def test_who_was_followed_is_past(schema: Schema, later: dict[str, Any], tense: str) -> None:
    """A later holder of the same role ends the earlier one; an earlier one, a rule and another role do not."""
    first = leads_of(schema, {"role": "lead", "countries": ["NL"], "sources": ["old"]}, later)[0]
    assert first.tense == tense


@pytest.mark.parametrize(("day", "tense"), [("2019-05-01", "last-known"), ("2019-05-02", "past")])
def test_who_held_it_on_the_same_day_followed_nobody(schema: Schema, day: str, tense: str) -> None:
    """A day later is surely later."""
    first, later = (
        {"role": "lead", "countries": [country], "as_of": when, "sources": ["new"]}
        for country, when in (("NL", "2019-05-01"), ("BE", day))
    )
    assert leads_of(schema, first, later)[0].tense == tense
