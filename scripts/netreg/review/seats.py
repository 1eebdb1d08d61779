"""Seats: which countries take part in a network by two states of its entry, and for which that is decided otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from netreg.core.load.document import Document
from netreg.core.load.node import tree
from netreg.core.schema import Schema
from netreg.entry import Claim, Entry
from netreg.entry.country_sets import MATRIX, CountrySet
from netreg.model.participation import Cell, Verdict, cells, codes
from netreg.review.equivalence import same, without

Plain = Mapping[str, Any]
_DECIDE = ("participants", "sources")


def countries_of(claim: Any, sets: Mapping[str, CountrySet]) -> frozenset[str]:
    """The codes of the countries that a claim names, alone or in sets."""
    return codes(Claim((), tree(claim), {}), sets) if isinstance(claim, dict) else frozenset()


class Seats:
    """Two states of an entry; what is known of each country is computed when somebody asks."""

    def __init__(self, before: Plain, after: Plain) -> None:
        self._states = [{key: state[key] for key in _DECIDE if key in state} for state in (before, after)]
        self._cells: list[tuple[Cell, Cell]] | None = None

    def decided_by(
        self, before: Any, after: Any, schema: Schema, sets: Mapping[str, CountrySet]
    ) -> Iterable[tuple[Verdict, str]]:
        """The countries for which one claim, that changed, decides otherwise than before, and how."""
        if self._cells is None:
            both = (cells(_entry(state, schema), sorted(sets[MATRIX].members), sets) for state in self._states)
            self._cells = [pair for pair in zip(*both, strict=True) if pair[0].verdict is not pair[1].verdict]
        named = countries_of(before, sets)
        for was, now in self._cells:
            if was.country in named or _rests_on(was, before) or _rests_on(now, after):
                yield now.verdict, now.country


def _entry(state: Plain, schema: Schema) -> Entry:
    return Entry(Document("", "", "", tree(state), ()), schema)


def _rests_on(cell: Cell, claim: Any) -> bool:
    return any(same(without(one.node.plain(), ("other",)), claim) for one in cell.claims)
