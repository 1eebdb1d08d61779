"""Answers: which question that is gone was answered by what changed elsewhere in the entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from netreg.core.dates import try_parse
from netreg.review.change import Change, Kind
from netreg.review.claims import without
from netreg.review.equivalence import same

_ANSWERS = frozenset(
    {
        Kind.STATUS_CHANGED,
        Kind.CLAIM_SET,
        Kind.CLAIM_CHANGED,
        Kind.RIVAL_PROMOTED,
        Kind.RIVAL_ADDED,
        Kind.RIVAL_CHANGED,
        Kind.NAME_ADDED,
        Kind.NAME_CHANGED,
        Kind.LEGAL_ACT_ADDED,
        Kind.LEGAL_ACT_CHANGED,
        Kind.RELATION_ADDED,
        Kind.RELATION_CHANGED,
        Kind.EVENT_ADDED,
        Kind.EVENT_CHANGED,
    }
)
"""Kinds that may answer a question about their field."""

_QUALIFY = ("sources", "note", "certainty", "as_of")
"""What is told of a statement; to change it alone says nothing that anybody could have asked for."""


def with_answers(changes: Sequence[Change]) -> Iterator[Change]:
    """The same changes, where a question that is gone counts as answered if its field says something new."""
    told: set[str] | None = None
    for change in changes:
        if change.kind is Kind.QUESTION_REMOVED:
            told = {one.field for one in changes if _says_new(one)} if told is None else told
            yield replace(change, kind=Kind.QUESTION_ANSWERED) if _touched(change.before, told) else change
        else:
            yield change


def _says_new(change: Change) -> bool:
    if change.kind not in _ANSWERS:
        return False
    if not same(*(without(side, _QUALIFY) for side in (change.before, change.after))):
        return True
    return bool(change.gained) and _is_newer(change)


def _is_newer(change: Change) -> bool:
    """Whether the same is said for a later date, as whoever asks what has happened since wants to know."""
    was, now = (try_parse(side.get("as_of")) for side in (change.before, change.after))
    return now is not None and (was is None or now.latest > was.latest)


def _touched(question: Any, told: set[str]) -> bool:
    about = question.get("about") if isinstance(question, dict) else None
    return isinstance(about, str) and any(f"{field}.".startswith(f"{about}.") for field in told)
