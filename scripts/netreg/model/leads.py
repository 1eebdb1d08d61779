"""Leads: who leads a network, and in which tense it can be said."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from netreg.entry import Entry, Statement
from netreg.entry.evidence import is_sign_of_life


class Tense(StrEnum):
    """In which tense a role can be told, from what is so today to what was; a page tells them in this order."""

    TODAY = "today"
    LAST_KNOWN = "last-known"
    UNDATED = "undated"
    PAST = "past"


def tense_of(entry: Entry, item: Statement, today: date) -> Tense:
    """In which tense the holder of a role can be told.

    Somebody holds it today if no end is known, nobody is known to have held it later, the network stands, and the
    evidence is of the last three years or a standing rule names the holder.
    """
    evidence = entry.evidence_of(item)
    if item.until or entry.is_closed or _was_followed(entry, item):
        return Tense.PAST
    if item.rule or is_sign_of_life(evidence, today):
        return Tense.TODAY
    return Tense.LAST_KNOWN if evidence else Tense.UNDATED


def _was_followed(entry: Entry, item: Statement) -> bool:
    """Whether another is known to have held the same role later; two at once are one item."""
    mine = entry.evidence_of(item)
    others = (entry.evidence_of(other) for other in entry.leadership if other.role == item.role)
    return mine is not None and any(when is not None and when.earliest > mine.latest for when in others)
