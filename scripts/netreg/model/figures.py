"""Figures: how many of what the registry holds, each counted on statements, sources, cells or leads, never on files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from netreg.entry.evidence import bounds
from netreg.model.leads import Tense
from netreg.model.participation import Verdict
from netreg.model.registry import Registry
from netreg.model.statements import COUNTRIES, StatementRow

_RECENT, _OLD = 3, 6
"""After how many years evidence is no longer of today, and after how many it is old."""


def age_class(day: date | None, today: date) -> str:
    """The class of evidence by the first day that it may be of: ``since 2023``, ``2020 to 2022``, ``undated`` ..."""
    if day is None:
        return "undated"
    recent, old = today.year - _RECENT, today.year - _OLD
    if day.year >= recent:
        return f"since {recent}"
    return f"{old} to {recent - 1}" if day.year >= old else f"before {old}"


def figures(registry: Registry) -> dict[str, Any]:
    """All figures of the networks, as plain data; a statement is counted once, a citation for each of its sources."""
    cited = [row for row in registry.statements if row.source]
    claims = list({row.claim: row for row in cited}.values())
    live = Counter(one.read_by for entry in registry.networks for one in entry.source_by_id.values() if one.is_live)
    return {
        "date": registry.today.isoformat(),
        "networks": len(networks_telling(registry.statements, "name")),
        "groups": _terms(registry, "group"),
        "statuses": _terms(registry, "status"),
        "statements": len(claims),
        "statements_by_age": _by_age(registry, (row.earliest for row in claims)),
        "citations": len(cited),
        "sources_read_live": {term.value: live[term.value] for term in registry.schema.terms("reader")},
        "citations_by_kind": _counted(registry, "source_kind", (row.kind for row in cited)),
        "networks_with_countries": len(networks_telling(registry.statements, COUNTRIES)),
        "cells": _cells(registry),
        "countries": dict(sorted(Counter(cell.country for cell in registry.cells if cell.role).items())),
        "leads": _leads(registry),
        "websites": len(networks_telling(registry.statements, "website")),
        "contacts": len(networks_telling(registry.statements, "contact")),
        "acts": len({row.claim for row in registry.statements if row.path == "legal_basis"}),
        "acts_with_number": len({row.claim for row in registry.statements if row.path == "legal_basis" and row.number}),
    }


def networks_telling(rows: Iterable[StatementRow], path: str) -> frozenset[str]:
    """The ids of the entries that say something in a field; of countries, who takes part and not who once did."""
    return frozenset(row.network for row in rows if row.path == path and row.role != "participated")


def _terms(registry: Registry, field: str) -> dict[str, int]:
    """In how many networks each term is the headline of a field."""
    headlines = {row.network: row.value for row in registry.statements if row.path == field and row.headline}
    return _counted(registry, field, headlines.values())


def _counted(registry: Registry, vocabulary: str, values: Iterable[str]) -> dict[str, int]:
    found = Counter(values)
    return {term.value: found[term.value] for term in registry.schema.terms(vocabulary)}


def _by_age(registry: Registry, days: Iterable[date | None]) -> dict[str, int]:
    found = Counter(age_class(day, registry.today) for day in days)
    year = registry.today.year
    ages = [date(year, 1, 1), date(max(year - _OLD, 1), 1, 1), date.min, None]  # one of each class, the newest first
    return {name: found[name] for name in (age_class(day, registry.today) for day in ages)}


def _cells(registry: Registry) -> dict[str, Any]:
    verdicts = Counter(cell.verdict for cell in registry.cells)
    decided = [cell for cell in registry.cells if cell.is_decided]
    return {
        "all": len(registry.cells),
        **{verdict: verdicts[verdict] for verdict in Verdict},
        "decided": len(decided),
        "dated": sum(cell.when is not None for cell in decided),
        "likely": sum(cell.likely for cell in decided),
        "past": sum(cell.is_past for cell in decided),
        "by_age": _by_age(registry, ((bounds(cell.when) or (None,))[0] for cell in decided)),
    }


def _leads(registry: Registry) -> dict[str, int]:
    headlines = [lead for lead in registry.leads if not lead.is_rival]
    found = Counter(lead.tense for lead in headlines)
    return {"networks": len({lead.entry.id for lead in headlines}), **{tense: found[tense] for tense in Tense}}
