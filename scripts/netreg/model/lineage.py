"""Lifetimes and lineage: what happened to the networks in the world, which came out of which, and went on in which.

A lifetime tells between which days a body began, was last seen and ended, as exactly as its sources tell; what changed
in the registry itself is no event. Relations tell a lineage from either side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from netreg.core import dates
from netreg.core.dates import Date
from netreg.entry import Claim, Entry, Statement
from netreg.entry.evidence import bounds

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


FOUNDINGS = ("founded", "first-meeting", "started-work")
ENDINGS = ("ended", "merged")

_YEAR = timedelta(days=366)
_ONE_SIDED = 5 * _YEAR
"""How far a date with one side only ("by 2014") is taken to reach: a length for drawing, told nowhere."""
_SHARP = timedelta(days=31)


@dataclass(frozen=True)
class Window:
    """The first and the last day on which something may have happened."""

    first: date
    last: date

    @property
    def is_sharp(self) -> bool:
        """Whether it is known to the month."""
        return self.last - self.first < _SHARP

    @property
    def middle(self) -> date:
        """The day halfway."""
        return self.first + (self.last - self.first) / 2


def window(when: Date, *, likely: bool = False) -> Window:
    """The days that a date may mean; one that is qualified, or our reading, may be off by a year on either side."""
    first = when.earliest if when.start else dates.shifted(when.latest, -_ONE_SIDED)
    last = when.latest if when.end else dates.shifted(first, _ONE_SIDED)
    points = [point for point in (when.start, when.end) if point]
    slack = _YEAR if likely or any(point.qualifier for point in points) else timedelta()
    return Window(dates.shifted(first, -slack), dates.shifted(last, slack))


@dataclass(frozen=True)
class Lifetime:
    """When a body began, of when the first and the last sign of it is, and when it ended; None where nobody tells.

    ``is_active`` and ``is_closed`` say whether it lives today, or is no more; of what is neither nobody knows.
    ``status`` is the word for what became of it.
    """

    began: Claim | None
    first_sign: Date | None
    last_sign: Date | None
    ended: Claim | None
    is_active: bool
    is_closed: bool
    status: str

    @property
    def beginning(self) -> Window | None:
        """Between which days it began."""
        return _claimed(self.began)

    @property
    def end(self) -> Window | None:
        """Between which days it ended."""
        return _claimed(self.ended) if self.is_closed else None

    @property
    def first(self) -> date | None:
        """The first day on which it was surely there: after its beginning, else of its first sign."""
        if self.beginning:
            return self.beginning.last
        return self.first_sign.latest if self.first_sign else None

    @property
    def last(self) -> date | None:
        """The last day on which it was surely there, to judge by the evidence for its status."""
        if self.end:
            return self.end.first
        seen = bounds(self.last_sign)
        return seen[1] if seen else None

    @property
    def began_in_words(self) -> str:
        """When it began, or of when the first sign of it is: ``about 2008``, ``first sign in 2011``."""
        if self.began:
            return _spoken(self.began)
        return f"first sign {dates.spoken(self.first_sign.text)}" if self.first_sign else "no dated sign"

    @property
    def ended_in_words(self) -> str:
        """What became of it and when: ``merged by July 2015``, ``active, seen May 2024``, ``last seen 2013``."""
        if self.ended and self.is_closed:
            return f"{self.status} {_spoken(self.ended)}"
        seen = f"seen {dates.spoken(self.last_sign.text)}" if self.last_sign else "undated"
        if self.is_active or not self.last_sign:
            return f"{self.status}, {seen}"
        return f"{self.status}, last {seen}" if self.is_closed else f"last {seen}"


def _claimed(claim: Claim | None) -> Window | None:
    return window(dates.parse(str(claim.value)), likely=claim.likely) if claim else None


def _spoken(claim: Claim) -> str:
    said = dates.spoken(str(claim.value), between=True)
    return f"{said}, our reading" if claim.likely else said


def lifetime(registry: Registry, entry: Entry) -> Lifetime:
    """The lifetime of a network."""
    status = entry.status
    return Lifetime(
        began=entry.established,
        first_sign=min(_signs(entry), key=lambda when: when.latest, default=None),
        last_sign=entry.evidence_of(status) if status else None,
        ended=entry.ended,
        is_active=registry.is_active(entry),
        is_closed=entry.is_closed,
        status=registry.term("status", str(status.value)).title.lower() if status else "withdrawn",
    )


def _signs(entry: Entry) -> Iterator[Date]:
    """The dates of what happened to it, and those that the evidence for its statements is of."""
    yield from (when for event in entry.history if (when := dates.try_parse(event.date)))
    yield from (when for statement in entry.statements() if (when := entry.evidence_of(statement)))


# What happened to a body


@dataclass(frozen=True)
class Event:
    """What happened to a network and when: ``kind`` is a term of ``event_kind``, ``item`` the statement that tells it.

    ``text`` is empty where a date alone tells of it.
    """

    entry: Entry
    when: Date
    kind: str
    text: str
    item: Statement

    def is_within(self, first: date, last: date) -> bool:
        """Whether it surely happened between two days."""
        return first <= self.when.earliest and self.when.latest <= last

    def may_be_within(self, first: date, last: date) -> bool:
        """Whether it may have happened between two days."""
        return self.when.earliest <= last and first <= self.when.latest


def events(entry: Entry) -> Iterator[Event]:
    """The events of one network: its history, and a founding, an end or a new name that only a date tells of."""
    told = [Event(entry, dates.parse(item.date), item.event, item.text, item) for item in entry.history]
    yield from told
    for kinds, event in _by_date(entry):
        if not any(one.kind in kinds and one.may_be_within(event.when.earliest, event.when.latest) for one in told):
            yield event


def _by_date(entry: Entry) -> Iterator[tuple[tuple[str, ...], Event]]:
    """Events that a date tells of, each with the kinds under which the history may have it already."""
    if entry.established:
        when = dates.parse(str(entry.established.value))
        yield FOUNDINGS, Event(entry, when, "founded", "", entry.established)
    if entry.ended:
        kind = "merged" if entry.status and entry.status.value == "merged" else "ended"
        yield ENDINGS, Event(entry, dates.parse(str(entry.ended.value)), kind, "", entry.ended)
    for name in entry.other_names:
        if name.kind == "former" and name.until:
            yield ("renamed",), Event(entry, dates.parse(name.until), "renamed", f"Until then: {name.name}", name)
