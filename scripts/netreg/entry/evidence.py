"""Evidence: of what date it is, how old it may be, what is a sign of life; and what follows from a status or a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from netreg.core.dates import Date, try_parse
from netreg.core.load import Node
from netreg.core.schema import Schema, Term

SIGN_OF_LIFE = timedelta(days=3 * 366)
"""How old the newest evidence of an active body may be, by the criterion of the term."""

IN_FORCE = ("founding", "current")
"""Roles of a legal act on which a body rests today, unless the act has an end."""

OLD = timedelta(days=5 * 366)
"""From this age on a page says in words that the evidence is old."""

CONFIRMED_FOR = timedelta(days=2 * 366)
"""How long a body's yes to its entry counts: two years, in which most chairs and offices change hands once."""

READ_AGAIN = timedelta(days=365)
"""How long ago somebody may have opened a source before somebody should open it again."""

Block = Node | Mapping[str, Any]
"""A source, as a node of a file or as plain data."""


def dated(source: Block) -> str:
    """The date that the words of a source are of: of its publication, or of a statement to us; empty for none."""
    return _text(source, "published") or _text(source, "statement", "date")


def evidence_of(as_of: object, published: Iterable[object]) -> Date | None:
    """The date that the evidence for a statement is of, by its own ``as_of`` and the dates of its sources; or None.

    Without an ``as_of`` the newest of these counts. The day on which somebody read a source never does.
    """
    own = try_parse(as_of)
    if own is not None:
        return own
    known = [when for text in published if (when := try_parse(text)) is not None]
    return max(known, key=lambda when: when.latest, default=None)


def bounds(when: Date | None) -> tuple[date, date] | None:
    """The first and the last day that evidence may be of, by which it is older or newer than other; None for undated.

    Of an interval those of its earlier end, since it was surely so then only; the whole where that end is unknown.
    """
    return (when.earliest, when.start.latest if when.start else when.latest) if when else None


def is_in_force(act: Any) -> bool:
    """Whether a body rests on a legal act today: as its founding or current text, of which no end is told."""
    return act.role in IN_FORCE and not act.until


def is_sign_of_life(when: Date | None, today: date) -> bool:
    """Whether evidence of this date shows that a body is active, or that what it tells is so today.

    Of an interval the earlier end counts: it was surely so then only.
    """
    return when is not None and when.start is not None and today - when.start.latest <= SIGN_OF_LIFE


def _text(block: Block, *path: str) -> str:
    """The text at a path; empty where there is none, whatever stands there."""
    if isinstance(block, Node):
        return block.string(*path) or ""
    found: Any = block
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def is_closed(status: object, schema: Schema) -> bool:
    """Whether a body of this status is no more; not for a word that is no status."""
    term = _term("status", status, schema)
    return term is not None and term.is_closed


def needs_source(kind: object, schema: Schema) -> bool:
    """Whether another name of this kind stands on somebody's word; not for a word that is no kind."""
    term = _term("name_kind", kind, schema)
    return term is not None and term.needs_source


def is_opened(how: object, schema: Schema) -> bool:
    """Whether somebody of the registry has opened a source that is said to be read in this way."""
    term = _term("read_how", how, schema)
    return term is None or term.is_opened


def deciding_roles(schema: Schema) -> frozenset[str]:
    """The roles in which a country takes part."""
    return frozenset(term.value for term in schema.terms("country_role") if term.takes_part)


def _term(vocabulary: str, value: object, schema: Schema) -> Term | None:
    return schema.by_value(vocabulary).get(value) if isinstance(value, str) else None
