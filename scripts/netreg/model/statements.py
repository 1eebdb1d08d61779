"""Statements: the one table, a row for each statement and source; whatever is counted anywhere is counted on it.

Who takes part (``participation``) and who leads (``leads``) are views of the same statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from netreg.entry import Claim, Entry, Spot, Statement
from netreg.entry.evidence import bounds

COUNTRIES = "participants.countries"
"""The field that says who takes part."""

_ROLES = ("role", "kind", "type", "event", "scheme")
"""Keys under which an item says as what it is meant."""

_COLUMNS = frozenset(
    {*_ROLES, *"unit qualifier as_of from until certainty sources note other request complete document".split()}
)
"""Keys with a column of their own, and those that say nothing of the value."""


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
