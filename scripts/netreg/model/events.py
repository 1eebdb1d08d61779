"""Events: what happened to the networks in the world, apart from what changed in the registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from netreg.core.dates import Date, parse
from netreg.entry import Entry, Statement

FOUNDINGS = ("founded", "first-meeting", "started-work")
ENDINGS = ("ended", "merged")


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
    told = [Event(entry, parse(item.date), item.event, item.text, item) for item in entry.history]
    yield from told
    for kinds, event in _by_date(entry):
        if not any(one.kind in kinds and one.may_be_within(event.when.earliest, event.when.latest) for one in told):
            yield event


def _by_date(entry: Entry) -> Iterator[tuple[tuple[str, ...], Event]]:
    """Events that a date tells of, each with the kinds under which the history may have it already."""
    if entry.established:
        when = parse(str(entry.established.value))
        yield FOUNDINGS, Event(entry, when, "founded", "", entry.established)
    if entry.ended:
        kind = "merged" if entry.status and entry.status.value == "merged" else "ended"
        yield ENDINGS, Event(entry, parse(str(entry.ended.value)), kind, "", entry.ended)
    for name in entry.other_names:
        if name.kind == "former" and name.until:
            yield ("renamed",), Event(entry, parse(name.until), "renamed", f"Until then: {name.name}", name)
