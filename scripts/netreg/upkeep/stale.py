"""Stale claims: facts that change and were last proved long ago, the most important first, and what rests on a source.

What counts is the date that the evidence is of, never the day on which somebody read it. Facts that do not change,
such as a founding, do not grow old, nor does anything of a body that has ended. Of a body that may be gone only the
question whether it is counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from netreg.core import dates
from netreg.core.dates import Date, try_parse
from netreg.core.schema import Schema
from netreg.entry import Claim, Entry, Source, Statement
from netreg.entry.evidence import OLD, READ_AGAIN, SIGN_OF_LIFE, deciding_roles
from netreg.model import Registry, phrases
from netreg.upkeep.link_history import opened_on

FULL_AGE = 10
"""Years from which on a claim grows no more urgent: beyond them age tells nothing, and importance should decide."""

IN_DOUBT = ("unknown", "dormant")
"""What has become of a body that may be gone."""

_WHO = ("role", "countries", "unit", "target", "name", "rule")

IF_NOTHING = "Nothing newer to be found? Ask: add an open question about it, and it leaves the monthly list."


@dataclass(frozen=True)
class Watched:
    """A fact that changes: how much an old one weighs against others, and what would make it fresh."""

    field: str
    weight: int
    cure: str


def watched_facts(schema: Schema) -> dict[str, Watched]:
    """The facts that change, by their fields, the most important first, as the schema says beside each field.

    The weights are such that an old status outweighs everything else of the same age.
    """
    parts = ((field, part["x-watch"]) for field, part in schema.leaves.items() if "x-watch" in part)
    found = [Watched(field, watch["weight"], watch["cure"]) for field, watch in parts]
    return {watched.field: watched for watched in sorted(found, key=lambda watched: -watched.weight)}


@dataclass(frozen=True)
class Stale:
    """A claim, or an item on who leads, that has grown old, or whose age nobody knows.

    ``asked`` tells that the entry has an open question about it already.
    """

    entry: Entry
    watched: Watched
    claim: Statement
    evidence: Date | None
    today: date
    asked: bool

    @property
    def years(self) -> int:
        """Whole years since the day that the evidence is of, or 0 where it is undated."""
        return int(self._age / timedelta(days=365.25))

    @cached_property
    def _age(self) -> timedelta:
        return self.today - self.evidence.latest if self.evidence else timedelta()

    @property
    def value(self) -> Any:
        """What it says: the value of a claim, or who has which role."""
        if isinstance(self.claim, Claim) and self.claim.value is not None:
            return self.claim.value
        plain = self.claim.node.plain()
        return {key: plain[key] for key in (*_WHO, "sets", "except") if key in plain}

    @property
    def score(self) -> float:
        """Weight times age in years; an undated claim has none."""
        return round(self.watched.weight * min(self._age / timedelta(days=365.25), FULL_AGE), 2)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Dated ones by what weighs most, then undated ones by importance; in both, last those already asked about."""
        latest = self.evidence.latest if self.evidence else date.max
        urgency = (-self.score, -self.watched.weight, latest)
        return (self.evidence is None, self.asked, *urgency, self.entry.id, str(self.value))

    @property
    def when(self) -> str:
        """The age for a column: ``January 2018, 8 years`` or ``undated``."""
        if self.evidence is None:
            return "undated"
        return f"{dates.spoken(self.evidence.text)}, {self.years} years"

    @property
    def why(self) -> str:
        """Why it is listed, in one sentence."""
        if self.evidence is None:
            return "Neither the claim nor its sources bear a date."
        said = f"Its newest evidence is of {dates.spoken(self.evidence.text)}, {self.years} years ago"
        return f"{said}{_CRITERION if _needs_sign_of_life(self.entry, self.watched) else ''}."


_CRITERION = "; active needs a sign of life within three years, or a legal basis in force"


def stale_claims(registry: Registry) -> list[Stale]:
    """All stale claims of the registry, the most urgent first; rival and earlier values are history and count no more.

    Nothing changes any more of a body that is no more; of one that may be gone only the status is worth a look.
    """
    facts = watched_facts(registry.schema)
    found = (item for entry in registry.networks if not entry.is_closed for item in _of(entry, facts, registry.today))
    return sorted(found, key=lambda item: item.sort_key)


def _of(entry: Entry, facts: Mapping[str, Watched], today: date) -> Iterator[Stale]:
    asked = {question.about for question in entry.open_questions}
    in_doubt = entry.status is not None and entry.status.value in IN_DOUBT
    for field, claim in _statements(entry, facts):
        watched = facts[field]
        if claim.until or (in_doubt and field != "status") or _is_standing(entry, field, claim):
            continue
        evidence, limit = entry.evidence_of(claim), SIGN_OF_LIFE if _needs_sign_of_life(entry, watched) else OLD
        if evidence is None or today - evidence.latest > limit:
            yield Stale(entry, watched, claim, evidence, today, _is_asked(field, asked))


def _statements(entry: Entry, fields: Iterable[str]) -> Iterator[tuple[str, Statement]]:
    for field in fields:
        found = entry.at(field)
        yield from ((field, one) for one in (found if isinstance(found, tuple) else (found,)) if one is not None)


def _is_standing(entry: Entry, field: str, claim: Statement) -> bool:
    """Whether it does not change with time: a rule by which a post is filled, or what countries did once."""
    if field == "participants.countries":
        return claim.role not in deciding_roles(entry.schema)
    return field == "leadership" and bool(claim.rule)


def _needs_sign_of_life(entry: Entry, watched: Watched) -> bool:
    """Whether it is the status of a body that is called active, and no law says so."""
    is_active = entry.status is not None and entry.status.value == "active"
    return watched.field == "status" and is_active and not entry.rests_on_law


def _is_asked(field: str, asked: set[str]) -> bool:
    """Whether a question is about the field, or about the part of the entry that it belongs to."""
    return field in asked or (field.count(".") == 1 and field.partition(".")[0] in asked)


@dataclass(frozen=True)
class OldReading:
    """A source that nobody has opened for long, or ever; ``days`` since then, or since it was named."""

    entry: Entry
    source: Source
    days: int


def old_readings(registry: Registry) -> list[OldReading]:
    """The sources that nobody has opened yet, then those opened longest ago; those of the last year are left out."""
    found = [item for entry in registry.networks for item in _readings(entry, registry.today)]
    return sorted(found, key=lambda item: (item.source.is_opened, -item.days, item.entry.id, item.source.id))


def _readings(entry: Entry, today: date) -> Iterator[OldReading]:
    for source in entry.sources:
        read, opened = try_parse(source.read_on), opened_on([source])
        days = min((today - day).days for day in (read.latest, opened) if day) if read else 0
        is_old = days > READ_AGAIN.days and source.url
        if read and not source.statement and (is_old or not (source.is_opened or opened)):
            yield OldReading(entry, source, days)


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
