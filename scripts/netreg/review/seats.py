"""Seats: which countries take part in a network by two states of its entry, and for which that is decided otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from netreg.core.load.document import Document
from netreg.core.load.node import tree
from netreg.core.schema import Schema
from netreg.entry import Claim, Entry
from netreg.entry.country_sets import MATRIX, CountrySet, codes
from netreg.model.participation import Cell, cells
from netreg.review.change import Change
from netreg.review.equivalence import same, without


def countries_of(claim: Any, sets: Mapping[str, CountrySet]) -> frozenset[str]:
    """The codes of the countries that a claim names, alone or in sets."""
    return codes(Claim((), tree(claim), {}), sets) if isinstance(claim, dict) else frozenset()


def decided_by(change: Change, schema: Schema, sets: Mapping[str, CountrySet]) -> Iterator[Cell]:
    """The countries of which something else is known than before, by one change in who takes part."""
    columns = sorted(sets[MATRIX].members) if sets else ()
    both = (cells(_entry(state, schema), columns, sets) for state in change.states or ())
    named = countries_of(change.before, sets)
    for was, now in zip(*both, strict=True):
        if was.verdict is now.verdict:
            continue
        if was.country in named or _rests_on(was, change.before) or _rests_on(now, change.after):
            yield now


def _entry(state: Mapping[str, Any], schema: Schema) -> Entry:
    deciding = {key: state[key] for key in ("participants", "sources") if key in state}
    return Entry(Document("", "", "", tree(deciding), ()), schema)


def _rests_on(cell: Cell, claim: Any) -> bool:
    return any(same(without(one.node.plain(), ("other",)), claim) for one in cell.claims)
