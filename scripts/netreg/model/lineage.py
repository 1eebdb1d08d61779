"""Lineage: which body came out of which, and which went on in which, as relations tell from either side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from netreg.core import dates
from netreg.core.dates import Date
from netreg.entry import Entry, Statement

if TYPE_CHECKING:
    from netreg.model.registry import Registry

_OLDER_FIRST: Mapping[str, bool] = {
    "successor_of": True,
    "split_from": True,
    "set_up_by": True,
    "part_of": True,
    "merged_into": False,
}
"""The relations that make a lineage, and whether the body that they name comes before the one that states them."""
_WITHIN = ("set_up_by", "part_of")
"""Those that leave the older body as it was; of these only ties between entries count."""
PASSED_ON = tuple(kind for kind in _OLDER_FIRST if kind not in _WITHIN)
"""Those by which one body takes over from another: a family goes on along them to any degree."""


@dataclass(frozen=True)
class Party:
    """One side of a tie: an entry, a known actor, or only a name. ``id`` is empty where it has none."""

    name: str
    id: str = ""
    is_entry: bool = False


@dataclass(frozen=True)
class Descent:
    """A relation that leads from an older body to a younger one, and the entry whose sources prove it."""

    older: Party
    younger: Party
    relation: Statement
    stated_in: Entry

    @property
    def type(self) -> str:
        """The kind of relation."""
        return self.relation.type

    @property
    def is_within(self) -> bool:
        """Whether the older body went on as it was."""
        return self.type in _WITHIN

    @property
    def when(self) -> Date | None:
        """When the one came out of the other; None where the relation gives no date."""
        own = (getattr(self.relation, "date", ""), self.relation.since)
        return next((when for text in own if (when := dates.try_parse(text))), None)


@dataclass(frozen=True)
class Family:
    """Bodies that descend from one another: the older before the younger, as far as that can be."""

    members: tuple[Party, ...]
    descents: tuple[Descent, ...]

    @property
    def head(self) -> Party:
        """The member with the most ties; of several the first."""
        ties = [party for one in self.descents for party in (one.older, one.younger)]
        return max(self.members, key=ties.count)


@dataclass(frozen=True)
class Lineage:
    """All descents of a registry."""

    registry: Registry

    @cached_property
    def descents(self) -> tuple[Descent, ...]:
        """Every descent, in the order of the networks."""
        return tuple(
            one
            for entry in self.registry.networks
            for relation in entry.relations
            if (one := self._of(entry, relation))
        )

    def _of(self, entry: Entry, relation: Statement) -> Descent | None:
        if relation.type not in _OLDER_FIRST or (relation.target and not self.registry.knows(relation.target)):
            return None
        own, other = Party(entry.label, entry.id, is_entry=True), self.registry.party(relation)
        if own == other or (relation.type in _WITHIN and not other.is_entry):
            return None
        older, younger = (other, own) if _OLDER_FIRST[relation.type] else (own, other)
        return Descent(older, younger, relation, entry)

    @cached_property
    def _by_party(self) -> Mapping[Party, list[Descent]]:
        found: dict[Party, list[Descent]] = defaultdict(list)
        for one in self.descents:
            found[one.older].append(one)
            found[one.younger].append(one)
        return found

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The bodies that are tied to others, each in one family, in the order of the networks."""
        found, seen = [], set[Party]()
        for one in self.descents:
            if one.older not in seen:
                family = self._family(self._reached(one.older, within=True))
                seen.update(family.members)
                found.append(family)
        return tuple(found)

    def of(self, entry: Entry) -> Family | None:
        """What a network went through: forerunners and successors to any degree, its parts and what it is part of."""
        own = Party(entry.label, entry.id, is_entry=True)
        ties = self._reached(own, within=False) | dict.fromkeys(self._by_party.get(own, ()))
        return self._family(ties) if ties else None

    def _reached(self, start: Party, *, within: bool) -> dict[Descent, None]:
        """The descents to which a chain of descents leads, in order; ``within`` also over those that are within."""
        ties: dict[Descent, None] = {}
        waiting, seen = [start], {start}
        while waiting:
            party = waiting.pop()
            for one in self._by_party.get(party, ()):
                if within or not one.is_within:
                    ties[one] = None
                    waiting += {one.older, one.younger} - seen
                    seen |= {one.older, one.younger}
        return ties

    def _family(self, ties: Iterable[Descent]) -> Family:
        descents = tuple(ties)
        members = {party for one in descents for party in (one.older, one.younger)}
        placed: dict[Party, None] = {}

        def place(party: Party, waiting: frozenset[Party]) -> None:
            """Place whoever is older first; who is met again on the way there stands in a circle and is passed over."""
            if party in placed or party in waiting:
                return
            for older in sorted((one.older for one in descents if one.younger == party), key=self._by_age):
                place(older, waiting | {party})
            placed[party] = None

        for party in sorted(members, key=self._by_age):
            place(party, frozenset())
        return Family(tuple(placed), descents)

    def _by_age(self, party: Party) -> tuple[date, str]:
        """Puts the oldest first; where nobody tells the age, names without an entry first and entries last."""
        entry = self.registry.entries[party.id] if party.is_entry else None
        began = dates.parse(str(entry.established.value)).sort_key[0] if entry and entry.established else None
        return (began or (date.max if party.is_entry else date.min), party.name.casefold())
