"""Leads: who leads, chairs, serves or houses a network, each in the tense that its evidence bears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from netreg.core.dates import Date, try_parse
from netreg.entry import Entry, Statement
from netreg.entry.evidence import is_sign_of_life


class Tense(StrEnum):
    """In which tense a role can be told, from what is so today to what was; a page tells them in this order."""

    TODAY = "today"
    LAST_KNOWN = "last-known"
    UNDATED = "undated"
    PAST = "past"


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
