"""Narrowing: which networks fit an option of ``netreg find``, and what there is to tell of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from netreg.core import dates
from netreg.core.nearest import did_you_mean_id
from netreg.core.project import UsageError
from netreg.core.report import printable
from netreg.core.schema import Schema
from netreg.model import Registry
from netreg.model.participation import Cell, Lead, Tense, takes_part
from netreg.model.statements import networks_with

View = Mapping[str, Mapping[str, Any]]
"""The networks that fit one of the options, by their ids, each with what is to be told of it."""


def view(registry: Registry, axis: str, field: str, wanted: Mapping[str, str]) -> View:
    """The networks that fit the term that is wanted of an axis; a role with a country is that of the country.

    A UsageError where nobody is called what is said to lead.
    """
    term = wanted[axis]
    if axis == "country" or (axis == "role" and "country" in wanted):
        code, role = wanted["country"], wanted.get("role", "")
        cells = (takes_part(entry, code, role, registry.sets) for entry in registry.networks)
        return {cell.entry.id: {"takes_part": _cell(cell)} for cell in cells if cell}
    if axis == "lead":
        bodies = [*registry.entries, *registry.schema.by_value("actor")]
        if term not in bodies and not term.isupper():
            raise UsageError(f'--lead: "{printable(term)}" is no country and no body.{did_you_mean_id(term, bodies)}')
        held = [lead for lead in registry.leads if _is_held_by(lead, term)]
        ids = {one.entry.id for one in held}
        return {id_: {"leads": [_lead(one) for one in held if one.entry.id == id_]} for id_ in ids}
    return {id_: {} for id_ in networks_with(registry.statements, field, term)}


def _is_held_by(lead: Lead, who: str) -> bool:
    """Whether a country or a body holds it, or did so when it was last told; not by a rival account."""
    return who in (*lead.countries, lead.item.target) and lead.tense is not Tense.PAST and not lead.is_rival


def _cell(cell: Cell) -> dict[str, Any]:
    when = cell.when.text if cell.when else ""
    return {"role": cell.claims[0].role, "as_of": when, "likely": cell.likely, "past": cell.is_past}


def _lead(lead: Lead) -> dict[str, Any]:
    when = lead.when.text if lead.when else ""
    return {"role": lead.role, "as_of": when, "likely": lead.item.likely, "tense": lead.tense}


def said(schema: Schema, told: Mapping[str, Any]) -> Iterator[str]:
    """As what a country takes part, or what it leads, each with the age of its evidence."""
    seats = [("country_role", told["takes_part"])] if "takes_part" in told else []
    for vocabulary, one in (*seats, *(("leader_role", lead) for lead in told.get("leads", ()))):
        when = f"as of {dates.spoken(one['as_of'])}" if one["as_of"] else "undated"
        tense = {Tense.TODAY: "today", Tense.LAST_KNOWN: when.replace("as of", "last known")}.get(
            one.get("tense"), when
        )
        extra = [word for word, key in (("in the past", "past"), ("our reading", "likely")) if one.get(key)]
        yield ", ".join([schema.term(vocabulary, one["role"]).title, tense, *extra])
