"""A change: one thing that an entry says otherwise than before."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from netreg.review.equivalence import LEADERSHIP, SAID, SAID_IN, same
from netreg.review.spans import Spans


class Kind(StrEnum):
    """What sort of change it is; the values are part of the format of ``changes.json``."""

    ENTRY_ADDED = "entry-added"
    ENTRY_WITHDRAWN = "entry-withdrawn"
    ENTRY_RESTORED = "entry-restored"
    ENTRY_UNREADABLE = "entry-unreadable"
    ENTRY_MENDED = "entry-mended"
    ENTRY_MOVED = "entry-moved"
    ID_LOST = "id-lost"
    RENAMED = "renamed"
    EDITORIAL_CHANGED = "editorial-changed"
    STATUS_CHANGED = "status-changed"
    CLAIM_SET = "claim-set"
    CLAIM_CHANGED = "claim-changed"
    CLAIM_CLEARED = "claim-cleared"
    ALTERNATIVE_PROMOTED = "rival-promoted"
    ALTERNATIVE_ADDED = "rival-added"
    ALTERNATIVE_CHANGED = "rival-changed"
    ALTERNATIVE_REMOVED = "rival-removed"
    SOURCE_GAINED = "source-gained"
    SOURCE_LOST = "source-lost"
    SOURCE_CHANGED = "source-changed"
    NAME_ADDED = "name-added"
    NAME_CHANGED = "name-changed"
    NAME_REMOVED = "name-removed"
    LEGAL_ACT_ADDED = "legal-act-added"
    LEGAL_ACT_CHANGED = "legal-act-changed"
    LEGAL_ACT_REMOVED = "legal-act-removed"
    RELATION_ADDED = "relation-added"
    RELATION_CHANGED = "relation-changed"
    RELATION_REMOVED = "relation-removed"
    EVENT_ADDED = "event-added"
    EVENT_CHANGED = "event-changed"
    EVENT_REMOVED = "event-removed"
    QUESTION_OPENED = "question-opened"
    QUESTION_CHANGED = "question-changed"
    QUESTION_ANSWERED = "question-answered"
    QUESTION_REMOVED = "question-removed"
    LISTED_SOURCE_ADDED = "listed-source-added"
    LISTED_SOURCE_CHANGED = "listed-source-changed"
    LISTED_SOURCE_REMOVED = "listed-source-removed"
    COMMENTS_CHANGED = "comments-changed"
    FORM_ONLY = "form-only"


WHOLE_NEW = frozenset({Kind.ENTRY_ADDED, Kind.ENTRY_RESTORED, Kind.ENTRY_MENDED})
"""Kinds that bring an entry of which nothing was known before."""

WHOLE = WHOLE_NEW | {Kind.ENTRY_WITHDRAWN, Kind.ID_LOST}
"""Kinds whose ``before`` and ``after`` are whole entries."""

NOT_SAID = frozenset({Kind.FORM_ONLY, Kind.COMMENTS_CHANGED})
"""Kinds that change nothing which an entry says."""

NOTHING_NEW = NOT_SAID | {Kind.LISTED_SOURCE_ADDED}
"""Kinds that change no statement by themselves."""

NEW_VALUE = frozenset({Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.ALTERNATIVE_PROMOTED})
"""Kinds after which another value may stand in the first place."""

EMPTY = "empty"
"""Stands for the rule that a file breaks which holds nothing at all."""

CITED_BY = "cited_by"
"""Key under which a corrected source says, beside what is written of it, which fields cite it."""


class Cited(NamedTuple):
    """A source as a statement cites it; all but ``id`` is empty where the entry lists none by that id.

    ``dated`` is the date that its words are of, ``how`` tells how it was read, ``where`` is the place in it.
    """

    id: str
    title: str = ""
    author: str = ""
    kind: str = ""
    dated: str = ""
    how: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change in meaning.

    ``entry`` is the id and ``name`` what everybody calls the body. ``field`` is the dotted path of the schema, empty
    for the entry as a whole. ``before`` and ``after`` are plain data: a whole entry, a claim without its alternatives,
    an item of a list or an editorial value; None where there is none. Of an entry that moved they are the two ids, of
    comments those of one side alone, and ``before`` of a new source is one that is listed with the same address.
    ``was_on`` and ``is_on`` are the sources cited before and after. ``kept`` tells that the value, or the name, of
    before still stands in the entry. ``states`` are those of the whole entry, where what follows
    from the change for each country depends on them. ``said`` is its sentence, where it was told before.
    """

    kind: Kind
    entry: str
    name: str
    field: str = ""
    before: Any = None
    after: Any = None
    was_on: tuple[Cited, ...] = ()
    is_on: tuple[Cited, ...] = ()
    kept: bool = False
    states: tuple[Any, Any] | None = dataclasses.field(default=None, compare=False, repr=False)
    said: Spans | None = dataclasses.field(default=None, compare=False, repr=False)

    @property
    def statement(self) -> Any:
        """What it is about: the newer state, or the older one of what is gone."""
        return self.after if self.after is not None else self.before

    @property
    def is_other_value(self) -> bool:
        """Whether something else is said, be it of what is counted, and not only on other evidence or with a note."""
        is_both = isinstance(self.before, dict) and isinstance(self.after, dict)
        return bool(self.other_keys) if is_both else not same(value_of(self.before), value_of(self.after))

    @property
    def other_keys(self) -> list[str]:
        """The keys of a claim under which something else is said than before."""
        found: list[str] = []
        for key in SAID_IN.get(self.field, SAID):
            if not same(*self.both(key)):
                found.append(key)  # noqa: PERF401 -- this is asked of each change, and a comprehension is one call more
        return found

    @property
    def is_other_unit(self) -> bool:
        """Whether something else is counted than before."""
        is_both = isinstance(self.before, dict) and isinstance(self.after, dict)
        return is_both and self.field != LEADERSHIP and not same(*self.both("unit"))

    @property
    def gained(self) -> tuple[Cited, ...]:
        """The sources cited now and not before."""
        return _beyond(self.is_on, self.was_on)

    @property
    def lost(self) -> tuple[Cited, ...]:
        """The sources cited before and not now."""
        return _beyond(self.was_on, self.is_on)

    def both(self, key: str) -> tuple[Any, Any]:
        """What stands under a key before and after; None where nothing does."""
        was, now = self.before, self.after
        return was.get(key) if isinstance(was, Mapping) else None, now.get(key) if isinstance(now, Mapping) else None


def _beyond(some: tuple[Cited, ...], others: tuple[Cited, ...]) -> tuple[Cited, ...]:
    if some == others:
        return ()
    known = set(map(attrgetter("id"), others))
    return tuple(source for source in some if source.id not in known)


def value_of(claim: Any) -> Any:
    """The value of a claim, or the thing itself where it is none."""
    return claim.get("value") if isinstance(claim, dict) else claim


def title_of(source: Any) -> str:
    """What a source is called, in an entry or as a statement cites it."""
    if isinstance(source, Cited):
        return source.title or source.id
    return str(source.get("title", source.get("id", ""))) if isinstance(source, dict) else str(source)
