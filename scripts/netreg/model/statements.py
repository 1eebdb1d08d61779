"""Statements: the one table, a row for each statement and source; whatever is counted anywhere is counted on it.

Who takes part and who leads (``participation``) are views of the same statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from netreg.core.schema import Term
from netreg.entry import Claim, Entry, Spot, Statement
from netreg.entry.evidence import bounds
from netreg.model.participation import Tense, Verdict

if TYPE_CHECKING:
    from netreg.model.registry import Registry

COUNTRIES = "participants.countries"
"""The field that says who takes part."""

_ROLES = ("role", "kind", "type", "event", "scheme")
"""Keys under which an item says as what it is meant."""

_COLUMNS = frozenset(
    {*_ROLES, *"unit qualifier as_of from until certainty sources note other request complete document".split()}
)
"""Keys with a column of their own, and those that say nothing of the value."""


_FIELDS = {"topic": "topics", "kind": "kinds", "country": "countries"}
"""The fields of axes that are called otherwise: an axis is named for one term."""

_RECENT, _OLD = 3, 6
"""After how many years evidence is no longer of today, and after how many it is old."""


class StatementRow(NamedTuple):
    """One statement on the word of one source; of what stands on nobody's word one row, with an empty source.

    Texts are empty where there is nothing. Dates are EDTF texts as in the file; ``earliest`` and ``latest`` bound the
    day that the evidence is of, None where it is undated. ``claim`` is the address of the statement, ``citation`` the
    place of the source among those of the statement, from 1 for the best one; 0 where there is none.
    """

    claim: str
    network: str
    path: str
    value: str
    headline: bool = True
    role: str = ""
    unit: str = ""
    qualifier: str = ""
    complete: bool = False
    number: str = ""
    as_of: str = ""
    since: str = ""
    until: str = ""
    earliest: date | None = None
    latest: date | None = None
    certainty: str = ""
    source: str = ""
    kind: str = ""
    author: str = ""
    published: str = ""
    read_on: str = ""
    read_how: str = ""
    where: str = ""
    citation: int = 0


def statement_rows(entry: Entry) -> Iterator[StatementRow]:
    """The rows of one entry: what is ours to say, such as its group, then its statements in the order of the file."""
    for path, part in entry.schema.leaves.items():
        found = entry.at(path) if part.get("x-role") == "editorial" else ()
        if isinstance(found, str) and found:
            yield StatementRow(f"{entry.id}#{path}", entry.id, path, found)
        for place, value in enumerate(found if isinstance(found, tuple) else ()):
            if isinstance(value, str):
                yield StatementRow(f"{entry.id}#{path}.{place}", entry.id, path, value)
    for item in entry.statements():
        yield from _rows(entry, item)


def address(entry: Entry, item: Statement) -> str:
    """The address of a statement: its entry and its place, as in ``eucpn#participants.counts.0``."""
    return f"{entry.id}#{anchor(item)}"


def anchor(item: Spot) -> str:
    """The place of a statement in its entry, and the id where its page tells it: ``participants.counts.0``."""
    return ".".join(map(str, item.path))


def networks_with(rows: Iterable[StatementRow], path: str, term: str) -> frozenset[str]:
    """The ids of the entries whose headline in a field is a term, a list with it, or meant in that role."""
    found = (row for row in rows if row.path == path and row.headline)
    return frozenset(row.network for row in found if term == row.role or term in row.value.split(", "))


def _rows(entry: Entry, item: Statement) -> Iterator[StatementRow]:
    earliest, latest = bounds(entry.evidence_of(item)) or (None, None)
    role = next((item.node.string(key) for key in _ROLES if key in item.part["properties"]), "")
    own: dict[str, Any] = {
        "claim": address(entry, item),
        "network": entry.id,
        "path": ".".join(step for step in item.path if isinstance(step, str) and step != "other"),
        "value": _value(item),
        "headline": "other" not in item.path,
        "role": role or "",
        **{key: item.node.string(key) or "" for key in ("unit", "qualifier", "as_of", "until", "certainty")},
        "since": item.since,
        "complete": isinstance(item, Claim) and item.is_complete,
        "number": " ".join(item.document or ()),
        "earliest": earliest,
        "latest": latest,
    }
    cited = [(entry.source_by_id[id_], where) for id_, where in item.citations if id_ in entry.source_by_id]
    for citation, (one, where) in enumerate(cited, start=1):
        read = {"published": one.dated, "read_on": one.read_on, "read_how": one.read_how, "where": where}
        whose = {"source": one.id, "kind": one.kind, "author": one.author, "citation": citation}
        yield StatementRow(**own | read | whose)
    if not cited:
        yield StatementRow(**own)


def _value(item: Statement) -> str:
    """The value as text; where a statement has several, each after its key, in the order of the schema."""
    keys = [key for key in item.part["properties"] if key not in _COLUMNS and item.node.get(key) is not None]
    said = {key: _text(item.node.value[key].plain()) for key in keys}
    return said["value"] if keys == ["value"] else "; ".join(f"{key}: {text}" for key, text in said.items())


def _text(plain: object) -> str:
    return ", ".join(map(str, plain)) if isinstance(plain, list) else str(plain)


# Figures: how many of what the registry holds, each counted on statements, sources, cells or leads, never on files.


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
        "groups": {term.value: number for term, number in networks_by_term(registry, "group")},
        "statuses": {term.value: number for term, number in networks_by_term(registry, "status")},
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


def networks_by_term(registry: Registry, axis: str) -> list[tuple[Term, int]]:
    """How many networks stand under each term of an axis."""
    found = Counter(value for entry in registry.networks for value in terms_of(entry, axis))
    return [(term, found[term.value]) for term in registry.schema.terms(axis)]


def terms_of(entry: Entry, axis: str) -> tuple[str, ...]:
    """The terms of an entry on an axis such as ``form``, ``topic`` or ``country``; of a claim the headline alone."""
    found = getattr(entry, _FIELDS.get(axis, axis))
    value = found.value if isinstance(found, Claim) else found
    return value if isinstance(value, tuple) else (str(value),) if value else ()


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
