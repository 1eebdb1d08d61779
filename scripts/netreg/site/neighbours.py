"""Neighbours: the networks that state a tie to a body, a row each, with a column for each kind of tie."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from netreg.entry import Entry
from netreg.entry.evidence import bounds
from netreg.model import Registry, Tie

_FEW = 4
"""From so many neighbours on they are drawn; fewer are told in one line each."""


@dataclass(frozen=True)
class TieMark:
    """A tie as it is drawn: the year of its evidence, 0 where it is undated, and whether it is our reading."""

    year: int
    is_likely: bool


@dataclass(frozen=True)
class Neighbour:
    """A network with its ties to the body, in the order of the columns; None where it states none of that kind."""

    entry: Entry
    anchor: str
    marks: tuple[TieMark | None, ...]


@dataclass(frozen=True)
class Neighbours:
    """The columns, named as seen from the body, and the rows: by the first column in which they stand, newest first."""

    labels: tuple[str, ...]
    rows: tuple[Neighbour, ...]


def neighbours(registry: Registry, entry: Entry) -> Neighbours | None:
    """Who states a tie to an entry; None where there are too few to be drawn."""
    found: dict[str, dict[str, Tie]] = defaultdict(dict)
    ties = [tie for tie in registry.ties(entry) if tie.stated_in.id != entry.id]
    for tie in sorted(ties, key=lambda tie: _mark(tie).year):
        found[tie.stated_in.id][tie.label] = tie
    if len(found) < _FEW:
        return None
    labels = tuple(dict.fromkeys(tie.label for tie in ties))
    rows = [_neighbour(registry.entries[id_], labels, of_one) for id_, of_one in found.items()]
    return Neighbours(labels, tuple(sorted(rows, key=_order)))


def _neighbour(entry: Entry, labels: tuple[str, ...], ties: dict[str, Tie]) -> Neighbour:
    has_role = any(tie.relation.field == "leadership" for tie in ties.values())
    marks = tuple(_mark(ties[label]) if label in ties else None for label in labels)
    return Neighbour(entry, "facts" if has_role else "relations", marks)


def _mark(tie: Tie) -> TieMark:
    known = bounds(tie.stated_in.evidence_of(tie.relation))
    return TieMark(known[1].year if known else 0, tie.relation.likely)


def _order(one: Neighbour) -> tuple[int, int, str]:
    column, mark = next((place, mark) for place, mark in enumerate(one.marks) if mark)
    return (column, -mark.year, one.entry.label.casefold())
