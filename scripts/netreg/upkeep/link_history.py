"""The addresses that the registry cites: where each is used, what was seen there, and since when it has been dead.

The history is a JSON file with one line an address: ``"https://…": ["2026-11-24 alive 200", "2026-12-24 dead dns"]``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from netreg.core.atomic import write_file
from netreg.core.dates import try_parse
from netreg.core.load.bytes import read_bytes
from netreg.core.project import UsageError
from netreg.entry import Entry, Source
from netreg.model import Registry

PLACE = "docs/data/link-history.json"
KEPT = 10
"""Visits that are remembered of an address."""

FAILURES = 3
DEAD_AFTER = timedelta(days=21)
"""An address counts as dead after so many failures on different days, the first and the last so far apart: servers of
small bodies may be down for days, in holidays for weeks."""

_LARGEST = 8_000_000  # bytes: ten visits of 10,000 addresses take about half of it
_MARK = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) (alive|doubtful|blocked|dead) ([a-z0-9-]{1,30})")


@dataclass(frozen=True, order=True)
class Mark:
    """One visit."""

    day: date
    outcome: LinkState
    reason: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.outcome} {self.reason}"


History = Mapping[str, Sequence[Mark]]


def read_history(path: Path) -> History:
    """The history in a file; empty where there is none. A UsageError where the file is there and holds no history."""
    try:
        data = read_bytes(path, _LARGEST)
        if len(data) > _LARGEST:
            raise ValueError("too large")
        raw = json.loads(data)
        return {str(address): sorted(map(_mark, marks)) for address, marks in raw.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        raise UsageError(
            f"{path.name} holds no history of links. Take its last good state from Git, or delete it to begin anew."
        ) from None


def _mark(text: str) -> Mark:
    match = _MARK.fullmatch(text)
    if not match:
        raise ValueError(text)
    return Mark(date.fromisoformat(match[1]), LinkState(match[2]), match[3])


def with_visits(history: History, seen: Mapping[str, Seen], day: date, used: Iterable[str]) -> History:
    """The history after a tour on a day; addresses that the registry no longer uses are forgotten.

    A second visit on the same day takes the place of the first, so that a day counts once.
    """
    kept = {address: list(history.get(address, ())) for address in used}
    for address, now in seen.items():
        before = [mark for mark in kept.get(address, ()) if mark.day != day]
        kept[address] = sorted([*before, Mark(day, now.outcome, now.reason)])[-KEPT:]
    return {address: marks for address, marks in sorted(kept.items()) if marks}


def as_text(history: History) -> str:
    """The history as its file holds it: sorted, one line an address."""
    lines = [
        f"  {json.dumps(address, ensure_ascii=False)}: {json.dumps([str(mark) for mark in marks])}"
        for address, marks in sorted(history.items())
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_history(path: Path, history: History) -> None:
    """Put the history in its file, which is left alone where nothing has changed.

    A UsageError where it cannot be written.
    """
    text = as_text(history)
    if not path.exists() or path.read_text(encoding="utf-8", errors="replace") != text:
        write_file(path, text)


def failures(marks: Sequence[Mark]) -> list[Mark]:
    """The visits since it was last alive at which it was dead; none where the newest visit was no failure.

    A visit that was blocked or doubtful proves nothing, so it neither counts nor clears anybody.
    """
    if not marks or marks[-1].outcome is not LinkState.DEAD:
        return []
    last_alive = max((place for place, mark in enumerate(marks) if mark.outcome is LinkState.ALIVE), default=-1)
    return [mark for mark in marks[last_alive + 1 :] if mark.outcome is LinkState.DEAD]


def is_dead(marks: Sequence[Mark]) -> bool:
    """Whether it failed often and long enough that somebody should look for another address."""
    found = failures(marks)
    return len(found) >= FAILURES and found[-1].day - found[0].day >= DEAD_AFTER


def last_alive(marks: Sequence[Mark]) -> date | None:
    """The last day on which it was seen alive, as far as is remembered."""
    return max((mark.day for mark in marks if mark.outcome is LinkState.ALIVE), default=None)


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


class LinkState(StrEnum):
    """Only a person can tell of two: ``doubtful``, something answers that may be another page, and ``blocked``,
    somebody answers, but not to a machine, or we ourselves did not ask.
    """

    ALIVE = "alive"
    DOUBTFUL = "doubtful"
    BLOCKED = "blocked"
    DEAD = "dead"


@dataclass(frozen=True)
class Seen:
    """What was seen at an address once.

    ``reason`` is a status number of HTTP or a key of ``REASONS``; ``moved_to`` is where it
    leads for good, or by way of a doubt; else empty.
    """

    outcome: LinkState
    reason: str
    moved_to: str = ""


@dataclass(frozen=True)
class Answer:
    """A server's answer: names of headers in small letters, ``body`` the first bytes of the text or nothing."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


SAYS: Mapping[str, Sequence[str]] = json.loads(Path(__file__).with_name("pages.json").read_text("utf-8"))
"""What pages say that are for sale, not found or behind a login, each a pattern, and what guards say to machines."""

REASONS: Mapping[str, str] = json.loads(Path(__file__).with_name("reasons.json").read_text("utf-8"))
"""What a reason that is no status number means, for people."""

NOT_ASKED = ("no-address", "private")
"""Refusals of ours, which tell nothing of the other side."""

_BLOCKED_REASONS = ("challenge", "cookies", *NOT_ASKED)  # no page is proved gone
_HARMLESS = (300, 304, 416)  # several choices, not changed, no such range: the page is there
_GONE = (404, 410)  # what a server says of a page that is no more; other 4xx may be meant for machines
_LAST_OF_CLIENT = 499
_NO_ROBOTS = 999  # what LinkedIn answers to machines

_CHALLENGE_HEADERS = {"cf-mitigated": ("challenge",), "x-amzn-waf-action": ("challenge", "captcha")}
_CHALLENGE_MARKS = tuple(mark.encode() for mark in SAYS["challenge"])


def in_words(reason: str) -> str:
    """A reason for people: ``the server says 404, Not Found``."""
    if reason in REASONS:
        return REASONS[reason]
    try:
        return f"the server says {reason}, {HTTPStatus(int(reason)).phrase}"
    except ValueError:
        return f"the server says {reason}"


def failed(reason: str) -> Seen:
    """The verdict where there was no answer to judge."""
    return Seen(LinkState.BLOCKED if reason in _BLOCKED_REASONS else LinkState.DEAD, reason)


def judge(answer: Answer) -> Seen:
    """The verdict on an answer that leads nowhere else."""
    if is_challenge(answer):
        return failed("challenge")
    return Seen(_outcome(answer), str(answer.status))


def _outcome(answer: Answer) -> LinkState:
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES or status in _HARMLESS:
        return LinkState.ALIVE
    if status in _GONE:
        return LinkState.DEAD
    if HTTPStatus.BAD_REQUEST <= status <= _LAST_OF_CLIENT or status == _NO_ROBOTS or asks_to_wait(answer):
        return LinkState.BLOCKED
    return LinkState.DEAD


def asks_to_wait(answer: Answer) -> bool:
    """Whether the server is there and wants fewer requests."""
    busy = answer.status == HTTPStatus.SERVICE_UNAVAILABLE and "retry-after" in answer.headers
    return busy or answer.status == HTTPStatus.TOO_MANY_REQUESTS


def is_challenge(answer: Answer) -> bool:
    """Whether a guard in front of the server tests for machines; it may do so under any status."""
    start, headers = answer.body.lower(), answer.headers
    says_so = any(headers.get(name, "").strip().casefold() in said for name, said in _CHALLENGE_HEADERS.items())
    return says_so or any(mark in start for mark in _CHALLENGE_MARKS)
