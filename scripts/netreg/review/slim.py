"""Slim: of many changes what a comment needs to tell them, where a folder holds only so much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from netreg.review.change import CITED_BY, WHOLE, Change, Kind
from netreg.review.equivalence import meaning, same
from netreg.review.evidence import title_of, touches_what_cites_it

_KNOWN_BY = ("entry", "name", "acronym")
"""What is told of an entry that is gone, beside what is said of its file."""

_ADDS = frozenset(
    {
        Kind.ENTRY_ADDED,
        Kind.ENTRY_RESTORED,
        Kind.ENTRY_MENDED,
        Kind.CLAIM_SET,
        Kind.RIVAL_ADDED,
        Kind.SOURCE_GAINED,
        Kind.NAME_ADDED,
        Kind.LEGAL_ACT_ADDED,
        Kind.RELATION_ADDED,
        Kind.EVENT_ADDED,
        Kind.QUESTION_OPENED,
        Kind.QUESTION_CHANGED,
        Kind.QUESTION_ANSWERED,
        Kind.LISTED_SOURCE_ADDED,
    }
)
"""Kinds that take nothing back."""


def weight(change: Change) -> int:
    """How much would be missed: most what takes something back, least what says nothing else."""
    if change.kind is Kind.FORM_ONLY or _is_reading(change):
        return 0
    return 1 if change.kind in _ADDS else 2


def slim(change: Change) -> Change:
    """The same change without what nobody is told of it."""
    if _is_reading(change):
        was, now = change.before, change.after
        return replace(change, before=_differing(was, now), after=_differing(now, was))
    if change.kind is Kind.ENTRY_WITHDRAWN:
        return replace(change, before=_known(change.before), after=_known(change.after))
    if change.kind in WHOLE or change.kind is Kind.ENTRY_UNREADABLE:
        return replace(change, before=_known(change.before))
    return change


def alike(changes: Sequence[Change]) -> list[list[Change]]:
    """The changes, those together that say the same of several sources of an entry."""
    found: dict[object, list[Change]] = {}
    for change in changes:
        found.setdefault(_said(change), []).append(change)
    return list(found.values())


def unfolded(first: Change, titles: Sequence[str]) -> Iterator[Change]:
    """The first of several changes that are alike, and the others by the titles of their sources."""
    yield first
    for title in titles:
        yield replace(first, before=_titled(first.before, title), after=_titled(first.after, title))


def _titled(source: Any, title: str) -> Any:
    return {**source, "title": title} if isinstance(source, dict) else source


def _is_reading(change: Change) -> bool:
    """Whether nothing changes but how a source was read."""
    return change.kind is Kind.LISTED_SOURCE_CHANGED and not touches_what_cites_it(change)


def _said(change: Change) -> object:
    if not _is_reading(change):
        return id(change)
    short = slim(change)
    sides = ({key: value for key, value in side.items() if key != "title"} for side in (short.before, short.after))
    return (change.entry, *map(meaning, sides))


def _differing(side: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A source by its title, with what is said of it otherwise on the other side."""
    kept = {key: value for key, value in side.items() if key != CITED_BY and not same(value, other.get(key))}
    return {"title": title_of(side), **kept}


def _known(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {key: entry[key] for key in _KNOWN_BY if key in entry}
