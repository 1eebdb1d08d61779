"""Age: how old the evidence for a claim is, and whether it still counts as a sign of life."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from netreg.core.dates import Date, try_parse

SIGN_OF_LIFE = timedelta(days=3 * 366)
"""How old the newest evidence of an active body may be, by the criterion of the term."""

IN_FORCE = ("founding", "current")
"""Roles of a legal act on which a body rests today, unless the act has an end."""

OLD = timedelta(days=5 * 366)
"""From this age on a page says in words that the evidence is old."""


def evidence_of(as_of: object, published: Iterable[object]) -> Date | None:
    """The date that the evidence for a claim is of.

    That is the claim's own ``as_of``, else the newest date on which one of its sources was published or written to the
    registry, else None: undated. The day on which somebody read the source never counts.
    """
    own = try_parse(as_of)
    if own is not None:
        return own
    dated = [when for text in published if (when := try_parse(text)) is not None]
    return max(dated, key=lambda when: when.latest, default=None)


def is_sign_of_life(evidence: Date | None, today: date) -> bool:
    """Whether evidence of this date shows that a body is active."""
    return evidence is not None and today - evidence.latest <= SIGN_OF_LIFE
