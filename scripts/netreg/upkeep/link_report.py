"""The addresses that the registry cites: where each is used, which to visit first, and where a copy may lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from netreg.core.dates import try_parse
from netreg.entry import Entry, Source
from netreg.model import Registry
from netreg.upkeep.link_history import History, Mark, failures, is_dead, last_alive
from netreg.upkeep.verdict import LinkState

ARCHIVE = "web.archive.org"


@dataclass(frozen=True)
class Use:
    """Where an address stands: as a source of an entry, or else in its ``field``."""

    entry: Entry
    source: Source | None = None
    field: str = "website"

    @property
    def place(self) -> str:
        """The place for people: ``eucpn (source dec-2009)``."""
        return f"{self.entry.id} ({f'source {self.source.id}' if self.source else self.field})"


def uses(registry: Registry, ids: Collection[str] = ()) -> Mapping[str, Sequence[Use]]:
    """The addresses with their uses, those of all networks or of some; withdrawn entries are left out."""
    found: defaultdict[str, list[Use]] = defaultdict(list)
    for entry in registry.networks:
        if ids and entry.id not in ids:
            continue
        for field, claim in (("website", entry.website), ("contact", entry.at("contact"))):
            if claim and "://" in str(claim.value):
                found[str(claim.value)].append(Use(entry, field=field))
        for source in entry.sources:
            if source.url:
                found[source.url].append(Use(entry, source))
    return dict(sorted(found.items()))


def opened_on(sources: Iterable[Source]) -> date | None:
    """The last day on which a person opened one of these sources, where machines are turned away, or a reader did."""
    days = ((one.opened_by_person, one.read_on if one.is_live and one.read_by == "reader" else "") for one in sources)
    return max((day.latest for pair in days for said in pair if (day := try_parse(said))), default=None)


def with_persons(used: Mapping[str, Sequence[Use]], history: History) -> History:
    """The history of the addresses in use, in which what a person opened was alive on that day."""
    days = {address: opened_on(use.source for use in places if use.source) for address, places in used.items()}
    seen = {address: [Mark(day, LinkState.ALIVE, "opened")] for address, day in days.items() if day}
    return {address: sorted([*history.get(address, ()), *seen.get(address, ())]) for address in used}


def to_visit(addresses: Collection[str], history: History, limit: int) -> list[str]:
    """As many as asked for: first those never visited, then those visited longest ago."""

    def turn(address: str) -> tuple[date, str]:
        marks = history.get(address, ())
        return (marks[-1].day if marks else date.min, address)

    return sorted(addresses, key=turn)[:limit]


@dataclass(frozen=True)
class DeadLink:
    """An address that counts as dead, with its failures in order."""

    address: str
    uses: Sequence[Use]
    failures: Sequence[Mark]
    archive: str

    @property
    def since(self) -> date:
        """The day of the first failure."""
        return self.failures[0].day


def dead_links(used: Mapping[str, Sequence[Use]], history: History) -> list[DeadLink]:
    """The addresses in use that count as dead: those that carry most first, then those dead for longest."""
    known = with_persons(used, history)
    found = [
        DeadLink(address, places, failures(marks), archive_address(address, places, marks))
        for address, places in used.items()
        if is_dead(marks := known[address])
    ]
    return sorted(found, key=lambda link: (-len(link.uses), link.since, link.address))


def archive_address(address: str, places: Sequence[Use], marks: Sequence[Mark] = ()) -> str:
    """Where a copy may lie, of the day on which the page was last read or seen; nobody has looked whether there is one.

    Empty for an address that is one of the archive already.
    """
    if (urlsplit(address).hostname or "").endswith(ARCHIVE):
        return ""
    read = (try_parse(place.source.read_on) for place in places if place.source)
    days = [when.latest for when in read if when]
    seen = last_alive(marks)
    day = max([*days, *([seen] if seen else [])], default=None)
    return f"https://{ARCHIVE}/web/{day.strftime('%Y%m%d') if day else '2'}/{address}"
