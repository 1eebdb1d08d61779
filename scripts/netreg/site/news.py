"""News: the history of the registry in sentences, by day and by network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice

from netreg.core import dates
from netreg.entry import Entry
from netreg.model import Registry
from netreg.review.change import NOT_SAID, NOTHING_NEW, Change, Kind
from netreg.review.history import Gap, History, Revision
from netreg.review.sentence import sentence
from netreg.review.spans import Spans
from netreg.review.words import Words

MANY_AT_ONCE = 20
"""From so many networks on, a day or a revision is told by their names alone: nobody reads twenty in sentences."""

MANY_NEW = 5
"""From so many new entries on, a revision tells them in one piece."""

CORRECTIONS = frozenset(
    {Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.ALTERNATIVE_PROMOTED, Kind.CLAIM_CLEARED, Kind.ENTRY_WITHDRAWN}
)
"""Kinds of change by which the registry takes back what it said; of a change of a claim, that of its value."""


@dataclass(frozen=True)
class Told:
    """What became of one network: sentences, and whether it has a page of its own."""

    id: str
    name: str
    has_page: bool
    sentences: tuple[Spans, ...]


@dataclass(frozen=True)
class Day:
    """What changed on one day; ``form_only`` counts the entries that were only written otherwise."""

    day: str
    added: tuple[Told, ...]
    changed: tuple[Told, ...]
    form_only: int

    @property
    def in_short(self) -> bool:
        """Whether so much changed that only the names are told."""
        return len(self.changed) > MANY_AT_ONCE


@dataclass(frozen=True)
class Correction:
    """One statement that says something else than before, is deleted or stands in a withdrawn entry."""

    day: str
    told: Told


@dataclass(frozen=True)
class Log:
    """The changes of one entry by day, the newest first; ``published`` is empty where the history does not tell."""

    published: str
    days: tuple[tuple[str, tuple[Spans, ...]], ...]


_BESIDE = ("confirmed", "sources")
"""Fields in which nothing is said of the body."""


class News:
    """Says in words what a history holds."""

    def __init__(self, registry: Registry, history: History) -> None:
        self.history = history
        self._registry = registry
        self._words = Words(registry.schema)

    @property
    def gap(self) -> str:
        """What the history leaves out, as a sentence; empty where it is whole."""
        if self.history.gap is Gap.NONE:
            return ""
        if not self.history.revisions:
            return "This copy of the site was built without the history of the entries, so it cannot tell what changed."
        since = dates.spoken(self.history.revisions[-1].day.isoformat())
        return f"This copy of the site was built from the newer history only: changes before {since} are left out."

    @property
    def withheld(self) -> str:
        """How many changes are not told for the sake of a person; empty where there are none."""
        number = self.history.withheld
        if not number:
            return ""
        changes = "One change is" if number == 1 else f"{number} changes are"
        return f"{changes} not told here, since personal data were part of {'it' if number == 1 else 'them'}."

    def days(self, most: int) -> Iterator[Day]:
        """The newest days on which something changed."""
        grouped = groupby(self.history.revisions, key=lambda one: one.day)
        return islice((self._day(day.isoformat(), list(group)) for day, group in grouped), most)

    def _day(self, day: str, revisions: list[Revision]) -> Day:
        changes = [change for one in revisions for change in one.changes]
        added = {change.entry: change for change in changes if change.kind is Kind.ENTRY_ADDED}
        entries = [entry for one in revisions for entry in one.entries]
        form_only = {entry.id for entry in entries if all(change.kind in NOT_SAID for change in entry.changes)}
        return Day(
            day,
            self._by_name(self.told(id_, [change]) for id_, change in added.items()),
            self._by_name(self._changed(change for change in changes if change.kind is not Kind.ENTRY_ADDED)),
            len(form_only),
        )

    @staticmethod
    def _by_name(told: Iterable[Told]) -> tuple[Told, ...]:
        return tuple(sorted(told, key=lambda one: (one.name.casefold(), one.id)))

    def _changed(self, changes: Iterable[Change]) -> Iterator[Told]:
        by_entry: dict[str, list[Change]] = {}
        for change in changes:
            if change.kind not in NOTHING_NEW:
                by_entry.setdefault(change.entry, []).append(change)
        return (self.told(id_, found) for id_, found in by_entry.items())

    def told(self, id_: str, changes: Iterable[Change]) -> Told:
        """The changes of one entry in words."""
        changes = list(changes)
        entry = self._registry.entries.get(id_)
        name = entry.label if entry else changes[0].name
        return Told(id_, name, entry is not None, self._sentences(changes))

    def _sentences(self, changes: Iterable[Change]) -> tuple[Spans, ...]:
        return tuple(sentence(change, self._words) for change in changes if change.kind not in NOTHING_NEW)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """All corrections made, the newest first."""
        return tuple(
            Correction(one.day.isoformat(), self.told(change.entry, [change]))
            for one in self.history.revisions
            for change in one.changes
            if _is_correction(change)
        )

    def state(self, entry: Entry) -> str:
        """The commit by which an entry came to stand as it does; empty where the history does not tell."""
        return next((one.commit for one, _ in self.history.by_entry.get(entry.id, ())), "")

    def changed_since(self, entry: Entry, state: str) -> str | None:
        """The newest day on which an entry said otherwise than in a state of it; empty where it never did.

        None where the history does not know that state. The yes to it, and what is known of sources, change nothing
        that the entry says.
        """
        days: list[str] = []
        for one, found in self.history.by_entry.get(entry.id, ()):
            if state and one.commit.startswith(state):
                return days[0] if days else ""
            if any(change.field not in _BESIDE and change.kind not in NOTHING_NEW for change in found.changes):
                days.append(one.day.isoformat())
        return None

    def log(self, entry: Entry) -> Log:
        """The changes of one entry; its first publication is told by its day alone."""
        published = self.history.published(entry.id)
        days: dict[str, list[Spans]] = {}
        for one, found in self.history.by_entry.get(entry.id, ()):
            said = self._sentences(change for change in found.changes if change.kind is not Kind.ENTRY_ADDED)
            if said:
                days.setdefault(one.day.isoformat(), []).extend(said)
        listed = tuple((day, tuple(sentences)) for day, sentences in days.items())
        return Log(published.isoformat() if published else "", listed)


def _is_correction(change: Change) -> bool:
    if change.kind is Kind.CLAIM_CHANGED:
        return change.is_other_value
    return change.kind in CORRECTIONS
