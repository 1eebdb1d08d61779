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
    """Whether somebody leads today, or did so when it was last told."""

    TODAY = "today"
    LAST_KNOWN = "last-known"
    UNDATED = "undated"


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
    for item in entry.spots("item"):
        if item.field == "leadership" and isinstance(item, Statement):
            when = entry.evidence_of(item) or try_parse(item.until)
            tense = _tense(item, when, today, is_closed=entry.is_closed)
            yield Lead(entry, item, tense, when, is_rival="other" in item.path)


def _tense(item: Statement, when: Date | None, today: date, *, is_closed: bool) -> Tense:
    if not is_closed and not _is_over(item, today) and (_is_standing(item) or is_sign_of_life(when, today)):
        return Tense.TODAY
    return Tense.LAST_KNOWN if when else Tense.UNDATED


def _is_over(item: Statement, today: date) -> bool:
    """Whether it has an end, unless that is still to come: a post may be given until 2029."""
    end = try_parse(item.until)
    return bool(item.until) and (end is None or end.latest <= today)


def _is_standing(item: Statement) -> bool:
    """Whether a rule holds the post, which does not grow old; nobody by name, and not by our reading alone."""
    return bool(item.rule) and not item.likely and not item.texts("countries")
