"""Moved: a file with another name that holds the entry of one that is gone, told by what differs between the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from netreg.review.change import Change, Kind
from netreg.review.claims import items
from netreg.review.compare import compare
from netreg.review.equivalence import meaning
from netreg.review.listed import page_of

_MOST_PAIRS = 2500
"""Pairs of files whose sources are held against each other at most; of more only the titles."""


def moved(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes, where an entry that is gone and one that is new and the same give way to what differs."""
    gone = [change for change in changes if change.kind is Kind.ID_LOST and isinstance(change.before, dict)]
    new = [change for change in changes if change.kind is Kind.ENTRY_ADDED and isinstance(change.after, dict)]
    if not gone or not new:
        return tuple(changes)
    found = {id(now): was for was, now in _matched(gone, new)}
    left = {id(was) for was in found.values()}
    return tuple(one for change in changes if id(change) not in left for one in _told(change, found.get(id(change))))


def _told(change: Change, was: Change | None) -> Iterator[Change]:
    if was is None:
        yield change
    else:
        yield Change(Kind.ENTRY_MOVED, change.entry, change.name, "", was.entry, change.entry)
        yield from compare(change.entry, was.before, change.after)


def _matched(gone: Iterable[Change], new: list[Change]) -> Iterator[tuple[Change, Change]]:
    """Each entry that is gone with the new one that has its title, or most of its sources."""
    gone = list(gone)
    for key in (_title_of, _pages_of) if len(gone) * len(new) <= _MOST_PAIRS else (_title_of,):
        for was in tuple(gone):
            now = next((now for now in new if _alike(key(was.before), key(now.after))), None)
            if now:
                gone.remove(was)
                new.remove(now)
                yield was, now


def _alike(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """Whether two sets share more than half of what is in either."""
    return 2 * len(one & other) > len(one | other)


def _title_of(entry: dict[str, Any]) -> frozenset[Any]:
    title = entry.get("name")
    return frozenset({title.casefold()}) if isinstance(title, str) else frozenset()


def _pages_of(entry: dict[str, Any]) -> frozenset[Any]:
    return frozenset(page_of(source) or meaning(source) for source in items(entry.get("sources")))
