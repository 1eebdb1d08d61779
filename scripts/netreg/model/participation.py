"""Participation: who takes part in a network and who leads it, each in the tense that its evidence bears.

For each country and network one cell says as what, of when and on whose word.

The cell of a country is decided in this order:

1. Of the claims that name it, alone or as a member of a set in the set's own years, the one with the latest evidence;
   undated ones come last, and where two of one age, or undated, disagree on the role, nothing is known.
2. Else the newest complete list of members on which it does not stand, or a range of EU states for a state outside the
   EU: it is no member, at that date. What is only likely decides no such thing.
3. Else nothing is known.

Founders and those who took part once decide nothing: the one says nothing of later years, the other makes no member.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from netreg.core.dates import Date, try_parse
from netreg.entry import Claim, Entry, Statement
from netreg.entry.country_sets import EU, CountrySet, codes
from netreg.entry.evidence import bounds, deciding_roles, is_sign_of_life

_WHOLE = "member"
"""The role whose complete list tells who is no member."""

_EU_STATES = "eu-states"
"""The range that leaves every state outside the EU out."""


class Tense(StrEnum):
    """In which tense a role can be told, from what is so today to what was; a page tells them in this order."""

    TODAY = "today"
    LAST_KNOWN = "last-known"
    UNDATED = "undated"
    PAST = "past"


class Verdict(StrEnum):
    """What is known of a country and a network."""

    TAKES_PART = "takes-part"
    NOT_A_MEMBER = "not-a-member"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True)
class Cell:
    """What is known of one country and one network.

    ``claims`` are those on whose word it is said, the deciding one first; two where they disagree. ``when`` is the date
    of their evidence, None where it is undated; ``is_past`` says that the network is no more, or that the deciding
    claim has an end.
    """

    country: str
    entry: Entry
    verdict: Verdict
    claims: tuple[Claim, ...] = ()
    when: Date | None = None
    is_past: bool = False

    @property
    def role(self) -> str:
        """As what the country takes part: a term of ``country_role``; empty where it does not, or nobody knows."""
        return self.claims[0].role if self.verdict is Verdict.TAKES_PART else ""

    @property
    def is_decided(self) -> bool:
        """Whether anything is known."""
        return self.verdict is not Verdict.NOT_KNOWN

    def tense(self, today: date) -> Tense:
        """In which tense it can be told, from what evidence of the last three years says to what is over."""
        if self.is_past:
            return Tense.PAST
        if self.when is None:
            return Tense.UNDATED
        return Tense.TODAY if is_sign_of_life(self.when, today) else Tense.LAST_KNOWN

    @property
    def likely(self) -> bool:
        """Whether it is our reading."""
        return bool(self.claims) and self.claims[0].likely


def cells(entry: Entry, countries: Iterable[str], sets: Mapping[str, CountrySet]) -> Iterator[Cell]:
    """The cells of one network, in the order of the countries."""
    table = _Table(entry, sets)
    for country in countries:
        yield table.cell(country)


def takes_part(entry: Entry, country: str, role: str, sets: Mapping[str, CountrySet]) -> Cell | None:
    """The cell of a country that takes part, also of one beyond the matrix; None where it does not, or nobody knows.

    ``role`` is as what, any where it is empty; who founded or came once is found by the claim, since no cell tells it.
    """
    if role and role not in deciding_roles(entry.schema):
        found = [cell for cell in occasions(entry, sets) if (cell.country, cell.role) == (country, role)]
        return max(found, key=lambda cell: _rank(cell.claims[0], cell.when), default=None)
    (cell,) = cells(entry, [country], sets)
    return cell if cell.verdict is Verdict.TAKES_PART and role in ("", cell.role) else None


def occasions(entry: Entry, sets: Mapping[str, CountrySet]) -> Iterator[Cell]:
    """Who founded the network or came once, by each account that says so; none of it decides who takes part."""
    roles = deciding_roles(entry.schema)
    for claim in entry.accounts:
        if claim.role not in roles:
            for country in sorted(codes(claim, sets)):
                yield Cell(country, entry, Verdict.TAKES_PART, (claim,), entry.evidence_of(claim))


def named_countries(entry: Entry, sets: Mapping[str, CountrySet]) -> frozenset[str]:
    """The countries that any statement on who takes part or who leads names, alone or in a set."""
    leading = (item.texts("countries") for headline in entry.leadership for item in headline.with_others())
    return frozenset().union(*(codes(claim, sets) for claim in entry.accounts), *leading)


class _Table:
    """The accounts of who takes part in one network, the latest evidence first."""

    def __init__(self, entry: Entry, sets: Mapping[str, CountrySet]) -> None:
        self.entry = entry
        self.sets = sets
        dated = [(claim, entry.evidence_of(claim)) for claim in entry.accounts]
        dated.sort(key=lambda pair: _rank(*pair), reverse=True)
        roles = deciding_roles(entry.schema)
        self.deciding = [(claim, when, codes(claim, sets)) for claim, when in dated if claim.role in roles]

    def cell(self, country: str) -> Cell:
        """What is known of one country."""
        naming = [(claim, when) for claim, when, named in self.deciding if country in named]
        if not naming:
            return self._without_name(country)
        claim, when = naming[0]
        same_age = (other for other, age in naming if bounds(age) == bounds(when))
        if rival := next((other for other in same_age if other.role != claim.role), None):
            return self._made(country, Verdict.NOT_KNOWN, (claim, rival), when)
        return self._made(country, Verdict.TAKES_PART, (claim,), when)

    def _without_name(self, country: str) -> Cell:
        """No claim names it: the newest account that leaves it out decides."""
        for claim, when, kept in self._leaving_out:
            if country not in kept:
                return self._made(country, Verdict.NOT_A_MEMBER, (claim,), when)
        return self._made(country, Verdict.NOT_KNOWN, (), None)

    @cached_property
    def _leaving_out(self) -> list[tuple[Claim, Date | None, frozenset[str]]]:
        """The accounts that leave countries out, the newest first, each with those that it does not leave out."""
        whole = (one for one in self.deciding if one[0].role == _WHOLE and one[0].is_complete)
        found = [(claim, when, named) for claim, when, named in whole if not claim.likely]
        range_ = self.entry.at("participants.range")
        if range_ is not None and range_.value == _EU_STATES and not range_.likely:
            when = self.entry.evidence_of(range_)
            if states := self._eu_states(when):
                found.append((range_, when, states))
        return sorted(found, key=lambda one: _rank(*one[:2]), reverse=True)

    def _eu_states(self, when: Date | None) -> frozenset[str]:
        """The states that were in the EU on a day that the evidence may be of."""
        first, last = (when.earliest, when.latest) if when else (date.min, date.max)
        eu = [one for one in self.sets.values() if one.id.startswith(EU)]
        then = [one for one in eu if one.overlaps(first, last)] or eu  # the sets do not reach back before 1995
        return frozenset().union(*(one.members for one in then))

    def _made(self, country: str, verdict: Verdict, claims: tuple[Claim, ...], when: Date | None) -> Cell:
        is_past = self.entry.is_closed or any(claim.until for claim in claims)
        return Cell(country, self.entry, verdict, claims, when, is_past)


def _rank(claim: Claim, when: Date | None) -> tuple[object, ...]:
    """Orders accounts by the age of their evidence, undated first; of one age by what they say, wherever they stand."""
    own = sorted((key, repr(node.plain())) for key, node in claim.node.items() if key != "other")
    return (bounds(when) or _UNDATED, not claim.likely, claim.is_complete, own)


_UNDATED = (date.min, date.min)


# Who leads, chairs, serves or houses a network


@dataclass(frozen=True)
class Lead:
    """A role in a network and who holds it.

    ``item`` is the statement, with its role and whoever holds it: ``countries`` and a unit, a target, a name or a rule.
    ``when`` is the date of its evidence, or else the end that it gives; None where it is undated. ``is_rival`` says
    that it stands beside the account that the entry puts first.
    """

    entry: Entry
    item: Statement
    tense: Tense
    when: Date | None
    is_rival: bool = False

    @property
    def role(self) -> str:
        """The role: a term of ``leader_role``."""
        return self.item.role

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of the countries that hold it."""
        return self.item.texts("countries")


def leads(entry: Entry, today: date) -> Iterator[Lead]:
    """The leads of one network, in the order of the entry."""
    for headline in entry.leadership:
        for item in headline.with_others():
            when = entry.evidence_of(item) or try_parse(item.until)
            yield Lead(entry, item, tense_of(entry, item, today), when, is_rival=item is not headline)


def tense_of(entry: Entry, item: Statement, today: date) -> Tense:
    """In which tense the holder of a role can be told.

    Somebody holds it today if it has not ended, nobody is known to have held it later, the network stands, and the
    evidence is of the last three years or a standing rule fills the post.
    """
    when = entry.evidence_of(item)
    if entry.is_closed or _is_over(item, today) or (when and _was_followed(entry, item, when)):
        return Tense.PAST
    if _is_standing(item) or is_sign_of_life(when, today):
        return Tense.TODAY
    return Tense.LAST_KNOWN if when else Tense.UNDATED


def _is_over(item: Statement, today: date) -> bool:
    """Whether it has an end, unless that is still to come: a post may be given until 2029."""
    end = try_parse(item.until)
    return bool(item.until) and (end is None or end.latest <= today)


def _is_standing(item: Statement) -> bool:
    """Whether a rule fills the post, which does not grow old; nobody by name, and not by our reading alone."""
    return bool(item.rule) and not item.likely and not item.texts("countries")


def _was_followed(entry: Entry, item: Statement, when: Date) -> bool:
    """Whether another is known to have held the same role later; two at once are one item, and a rule holds no post."""
    others = (other for other in entry.leadership if other.role == item.role and not (item.rule or other.rule))
    return any(known.earliest > when.latest for other in others for known in _surely_held(entry, other))


def _surely_held(entry: Entry, item: Statement) -> Iterator[Date]:
    """The last time for which a source tells of the holder: of its evidence, or its end, whichever is earlier."""
    known = filter(None, (entry.evidence_of(item), try_parse(item.until)))
    yield from sorted(known, key=lambda when: when.earliest)[:1]
