"""Carriers: what rests on a source, on it with others and on it alone, and so which one to open first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from netreg.entry import Claim, Entry, Source, Statement
from netreg.model import Registry, phrases

_NAMING = ("name", "title", "text", "target")
"""Keys under which an item that has no value says what it is."""


@dataclass(frozen=True)
class Carrier:
    """A source that somebody can open, with the claims that rest on it; ``alone`` counts those with no other."""

    entry: Entry
    source: Source
    claims: tuple[Statement, ...]
    alone: int

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Sorts those first that nobody opened at their address, then by what rests on them alone, then on them."""
        return (self.source.is_live, -self.alone, -len(self.claims))


def carriers(entry: Entry) -> list[Carrier]:
    """The sources of an entry in the order in which it lists them; a letter to us is nothing that others can open."""
    found: dict[str, dict[Statement, bool]] = defaultdict(dict)
    for item in entry.statements():
        for id_ in item.sources:
            found[id_][item] = len(set(item.sources)) == 1
    open_ = (source for source in entry.source_by_id.values() if not source.statement)
    return [Carrier(entry, one, tuple(found[one.id]), sum(found[one.id].values())) for one in open_]


def by_importance(registry: Registry) -> list[Carrier]:
    """All sources that can be opened, by their rank."""
    found = [one for entry in registry.networks for one in carriers(entry)]
    return sorted(found, key=lambda one: (one.rank, one.entry.id, one.source.id))


def in_words(registry: Registry, item: Statement) -> str:
    """A claim with the name of its field, as in ``Seat: Strasbourg``."""
    return f"{registry.schema.label('.'.join(item.leaf))}: {said(registry, item)}"


def said(registry: Registry, item: Statement) -> str:
    """What a claim or an item says, in one line: ``Strasbourg``, ``Chair: Belgium``, ``Part of: Europol``."""
    if isinstance(item, Claim):
        return phrases.value(item, registry.schema.at(item.leaf), registry.schema)
    if item.field == "leadership":
        return registry.role_in_words(item)
    if item.field == "relations":
        return f"{registry.term('relation_type', item.type).title}: {registry.party(item).name}"
    return next(filter(None, map(item.node.string, _NAMING)), "")
