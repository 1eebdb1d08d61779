"""A change: one thing that an entry says otherwise than before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from netreg.review.equivalence import same


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
    RIVAL_PROMOTED = "rival-promoted"
    RIVAL_ADDED = "rival-added"
    RIVAL_CHANGED = "rival-changed"
    RIVAL_REMOVED = "rival-removed"
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


WHOLE = frozenset({Kind.ENTRY_ADDED, Kind.ENTRY_WITHDRAWN, Kind.ENTRY_RESTORED, Kind.ENTRY_MENDED, Kind.ID_LOST})
"""Kinds whose ``before`` and ``after`` are whole entries."""

NOT_SAID = frozenset({Kind.FORM_ONLY, Kind.COMMENTS_CHANGED})
"""Kinds that change nothing which an entry says."""

NOTHING_NEW = NOT_SAID | {Kind.LISTED_SOURCE_ADDED}
"""Kinds that change no statement by themselves."""


EMPTY = "empty"
"""Stands for the rule that a file breaks which holds nothing at all."""

CITED_BY = "cited_by"
"""Key under which a corrected source says, beside what is written of it, which fields cite it."""

VALUE_KEYS = ("value", "unit")
"""What a claim says: with another unit the same number is another statement."""


REPORTED = "reported"
"""How a source was read that only the sender of a request names."""


class Cited(NamedTuple):
    """A source as a statement cites it; all but ``id`` is empty where the entry lists none by that id.

    ``how`` tells how it was read.
    """

    id: str
    title: str = ""
    author: str = ""
    kind: str = ""
    published: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change in meaning.

    ``entry`` is the id and ``name`` what everybody calls the body. ``field`` is the dotted path of the schema, empty
    for the entry as a whole. ``before`` and ``after`` are plain data: a whole entry, a claim without its rivals, an
    item of a list or an editorial value; None where there is none. Of an entry that moved they are the two ids, of
    comments those of one side alone, and ``before`` of a new source is one that is listed with the same address.
    ``was_on`` and ``is_on`` are the sources cited before and after. ``kept`` tells that the value, or the name, of
    before still stands in the entry.
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

    @property
    def statement(self) -> Any:
        """What it is about: the newer state, or the older one of what is gone."""
        return self.after if self.after is not None else self.before

    @property
    def is_other_value(self) -> bool:
        """Whether something else is said, be it of what is counted, and not only on other evidence or with a note."""
        was, now = self.before, self.after
        return not all(same(_part(was, key), _part(now, key)) for key in VALUE_KEYS)

    @property
    def is_other_unit(self) -> bool:
        """Whether something else is counted than before."""
        was, now = self.before, self.after
        return isinstance(was, dict) and isinstance(now, dict) and not same(was.get("unit"), now.get("unit"))

    @property
    def gained(self) -> tuple[Cited, ...]:
        """The sources cited now and not before."""
        known = {source.id for source in self.was_on}
        return tuple(source for source in self.is_on if source.id not in known)

    @property
    def lost(self) -> tuple[Cited, ...]:
        """The sources cited before and not now."""
        known = {source.id for source in self.is_on}
        return tuple(source for source in self.was_on if source.id not in known)


def value_of(claim: Any) -> Any:
    """The value of a claim, or the thing itself where it is none."""
    return _part(claim, "value")


def _part(claim: Any, key: str) -> Any:
    return claim.get(key) if isinstance(claim, dict) else claim
