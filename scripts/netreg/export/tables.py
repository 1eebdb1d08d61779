"""Tables: the registry as rows and columns, each of which stands in every format.

A cell is a text, a whole number, a yes or no, or None where there is nothing; dates are texts, so that one query means
the same to every engine. No column is named with a word of SQL.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from netreg.core.dates import Date
from netreg.core.schema import Part, Schema
from netreg.entry import Claim
from netreg.entry.evidence import bounds
from netreg.model import Registry
from netreg.model.phrases import country
from netreg.model.statements import address

Cells = tuple[Any, ...]


@dataclass(frozen=True)
class TableColumn:
    """A column: its name, what stands in it, and its type, as Frictionless calls it: string, integer or boolean."""

    name: str
    about: str
    type: str = "string"


@dataclass(frozen=True)
class Table:
    """A table: its name, what a row is, its columns, and those by which a row is told from all others.

    ``refers`` maps columns that name a row of another table to that table.
    """

    name: str
    about: str
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]
    refers: Mapping[tuple[str, ...], str]


@dataclass(frozen=True)
class Filled:
    """A table with its rows."""

    table: Table
    rows: Sequence[Cells]


def filled(registry: Registry) -> tuple[Filled, ...]:
    """All tables with their rows, one that others refer to before them."""
    return tuple(Filled(one, [_cells_of(row) for row in _ROWS[one.name](registry)]) for one in tables(registry.schema))


def tables(schema: Schema) -> tuple[Table, ...]:
    """All tables of ``tables.json``; that of the networks has a column more for each field that holds one value."""
    return tuple(
        Table(
            one["name"],
            one["about"],
            tuple(_columns(one, schema)),
            tuple(one["key"]),
            {tuple(to["columns"]): to["table"] for to in one["refers"]},
        )
        for one in _read()
    )


@lru_cache(maxsize=1)
def _read() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return found


def _columns(table: Mapping[str, Any], schema: Schema) -> Iterator[TableColumn]:
    if table["name"] == "networks":
        yield from _network_columns(schema)
    yield from (TableColumn(**column) for column in table["columns"])


def _cells_of(row: Cells) -> Cells:
    return tuple([None if one == "" else one.isoformat() if type(one) is date else one for one in row])


# The networks


def _single(schema: Schema) -> Iterator[tuple[str, Part]]:
    """The fields that hold one value, and the topics, but for those that only a withdrawn or confirmed entry has."""
    for path, part in schema.leaves.items():
        if path == "topics" or ("items" not in part and not path.startswith(("entry.", "confirmed."))):
            yield path, part


def _network_columns(schema: Schema) -> Iterator[TableColumn]:
    yield TableColumn("id", "The id of the network, which never changes.")
    for path, part in _single(schema):
        name = path.rpartition(".")[2]
        yield TableColumn(_NAMES.get(name, name), f"{part['title']}. {part['description']}")


_NAMES = {"group": "network_group"}
"""What is called otherwise than in an entry, since the word means something to SQL."""


def _networks(registry: Registry) -> Iterator[Cells]:
    paths = [path for path, _ in _single(registry.schema)]
    countries = Counter(cell.entry.id for cell in registry.cells if cell.role)
    claims = Counter(claim.partition("#")[0] for claim in {row.claim for row in registry.statements if row.source})
    for entry in registry.networks:
        seen = entry.evidence_of(entry.status) if entry.status else None
        yield (
            entry.id,
            *(_first(entry.at(path)) for path in paths),
            _text(seen),
            registry.is_active(entry),
            countries[entry.id],
            claims[entry.id],
            len(entry.sources),
            len(entry.open_questions),
        )


def _first(found: Any) -> str:
    value = found.value if isinstance(found, Claim) else found
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _text(when: Date | None) -> str:
    return when.text if when else ""


# The statements, and what rests on them


def _statements(registry: Registry) -> Iterator[Cells]:
    (names,) = ([column["name"] for column in one["columns"]] for one in _read() if one["name"] == "statements")
    return map(attrgetter(*("where" if name == "passage" else name for name in names)), registry.statements)


def _cells(registry: Registry) -> Iterator[Cells]:
    for cell in registry.cells:
        claims = [address(cell.entry, claim) for claim in cell.claims[:2]]
        yield (
            *(cell.entry.id, cell.country, country(cell.country), cell.verdict.value, cell.role),
            *(cell.is_past, cell.likely, *_when(cell), *claims, *[None] * (2 - len(claims))),
        )


def _when(item: Any) -> Cells:
    """Of what date a cell or a lead is, with its first and last day."""
    return (_text(item.when), *(bounds(item.when) or (None, None)))


def _leads(registry: Registry) -> Iterator[Cells]:
    for lead in registry.leads:
        item = lead.item
        said = ", ".join(lead.countries), item.unit, item.target, item.name, item.rule
        yield (
            *(address(lead.entry, item), lead.entry.id, lead.role, lead.tense.value, lead.is_rival),
            *(*said, *_when(lead), item.likely),
        )


def _relations(registry: Registry) -> Iterator[Cells]:
    for entry in registry.networks:
        for item in entry.relations:
            name = registry.party(item).name
            yield address(entry, item), entry.id, item.type, item.target, name, item.since, item.until, item.likely


def _sources(registry: Registry) -> Iterator[Cells]:
    for entry in registry.networks:
        for one in entry.source_by_id.values():
            said = one.title, one.author, one.kind, one.copy_by, one.url, " ".join(one.document or ()), one.language
            read = one.dated, one.read_on, one.read_how, one.read_by
            yield entry.id, one.id, *said, *read, (one.archived or {}).get("url")


def _events(registry: Registry) -> Iterator[Cells]:
    for one in registry.events:
        yield address(one.entry, one.item), one.entry.id, one.kind, one.when.text, one.when.earliest, one.when.latest


def _questions(registry: Registry) -> Iterator[Cells]:
    for entry in registry.networks:
        for number, question in enumerate(entry.open_questions):
            yield f"{entry.id}#open_questions.{number}", entry.id, question.about, question.text


_ROWS: Mapping[str, Callable[[Registry], Iterator[Cells]]] = {
    "networks": _networks,
    "sources": _sources,
    "statements": _statements,
    "participation": _cells,
    "leads": _leads,
    "relations": _relations,
    "events": _events,
    "questions": _questions,
}
"""How the rows of each table of ``tables.json`` are made."""


@dataclass(frozen=True)
class Query:
    """A question and its SQL."""

    title: str
    sql: str


def queries() -> tuple[Query, ...]:
    """Those of ``queries.sql``, which a blank line parts; the first line of each is its title."""
    text = Path(__file__).with_name("queries.sql").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.strip().split("\n\n"))
    return tuple(Query(title.removeprefix("-- "), sql) for title, _, sql in parts)
