"""Hints: what a reviewer should look at first, told from the changes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from netreg.review import looks
from netreg.review.change import NOT_SAID, REPORTED, WHOLE, Change, Cited, Kind
from netreg.review.compare import contents
from netreg.review.evidence import title_of
from netreg.review.spans import Bits, bits, bounded, label, quoted
from netreg.review.words import Words

MANY = 10
"""From so many entries on, a change is better split, or read as a table."""

_SHORT = 60
"""Characters by which a statement is known again; the sentence further below tells all of it."""


class Hint(NamedTuple):
    """One thing to look at: ``sort`` names it for machines; ``entry`` is empty for the change as a whole.

    ``about`` is the statement that it is seen at, for people; empty for the entry as a whole.
    """

    sort: str
    entry: str
    name: str
    field: str
    about: Bits
    text: Bits


def hints(changes: Sequence[Change], words: Words) -> tuple[Hint, ...]:
    """What to look at, the whole first, then entry by entry."""
    fresh = {(one.entry, one.field) for one in changes if one.kind in _CHANGED and one.gained}
    found = (hint for change in changes for hint in (*_preferred(change, fresh, words), *_of(change, words)))
    return (*_many(changes), *found, *_unopened(changes))


def _many(changes: Sequence[Change]) -> Iterator[Hint]:
    entries = {change.entry for change in changes if change.kind not in NOT_SAID}
    if len(entries) >= MANY:
        text = "nobody reads well what changes in so many entries at once; could it come in parts?"
        yield Hint("many-entries", "", "", "", (), bits(text))


def _unopened(changes: Sequence[Change]) -> Iterator[Hint]:
    """Sources that nobody of the registry has opened and that alone prove something new, each once."""
    told: dict[tuple[str, str], tuple[Change, Cited]] = {}
    for change in changes:
        for one in contents(change) if change.kind in WHOLE_NEW else (change,):
            if all(source.how == REPORTED for source in one.gained):
                told |= {(one.entry, source.id): (one, source) for source in one.gained}
    for change, source in told.values():
        about = bits(label("Source"), " ", quoted(title_of(source), _SHORT))
        text = bits("nobody of the registry has opened it yet, and what is new rests on it")
        yield Hint("source-unopened", change.entry, change.name, "sources", about, text)


def _preferred(change: Change, fresh: set[tuple[str, str]], words: Words) -> Iterator[Hint]:
    """A value that moved up; ``fresh`` are the fields of entries in which a statement gained a source."""
    if change.kind is Kind.RIVAL_PROMOTED and (change.entry, change.field) not in fresh:
        yield _hint("other-value-preferred", change, words, bits("another value is preferred now, with no new source"))


def _of(change: Change, words: Words) -> Iterator[Hint]:
    for sort, look in _BY_KIND.get(change.kind, ()):
        said = look(change, words)
        if said:
            yield _hint(sort, change, words, said)


def _hint(sort: str, change: Change, words: Words, text: Bits) -> Hint:
    return Hint(sort, change.entry, change.name, change.field, _about(change, words), text)


def _about(change: Change, words: Words) -> Bits:
    """The field, and where there are several the item, at which something is to be seen."""
    if not change.field or change.kind is Kind.RENAMED:
        return ()
    if change.field == "sources":
        return bits(label("Source"), " ", quoted(title_of(change.statement), _SHORT))
    item = _item(change, words)
    return bits(label(words.field_of(change)), ", " if item else "", bounded(item, _SHORT))


def _item(change: Change, words: Words) -> Bits:
    statement = change.statement
    if isinstance(statement, dict) and "value" not in statement:
        return words.item(change.field, statement)
    value = words.value(change.field, statement)
    if change.kind in _RIVALS:
        return bits("the other value ", value)
    is_one_of_several = isinstance(statement, dict) and "unit" not in statement and "items" in words.part(change.field)
    return value if is_one_of_several else ()


WHOLE_NEW = frozenset({Kind.ENTRY_ADDED, Kind.ENTRY_RESTORED, Kind.ENTRY_MENDED})
_NEW_VALUE = frozenset({Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.RIVAL_PROMOTED})
_RIVALS = frozenset({Kind.RIVAL_ADDED, Kind.RIVAL_CHANGED, Kind.RIVAL_REMOVED})
_CHANGED = frozenset({Kind.CLAIM_CHANGED, Kind.SOURCE_GAINED, Kind.SOURCE_CHANGED})
_CLAIMS = frozenset({Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.RIVAL_CHANGED})
_SAID = frozenset({*_NEW_VALUE, Kind.CLAIM_SET, Kind.SOURCE_LOST, Kind.SOURCE_CHANGED})
_ITEM_ADDED = frozenset({Kind.LEGAL_ACT_ADDED, Kind.RELATION_ADDED, Kind.EVENT_ADDED})
_ITEM_CHANGED = frozenset({Kind.LEGAL_ACT_CHANGED, Kind.RELATION_CHANGED, Kind.EVENT_CHANGED})
_ITEM_REMOVED = frozenset({Kind.LEGAL_ACT_REMOVED, Kind.RELATION_REMOVED, Kind.EVENT_REMOVED})

_LOOKS: tuple[tuple[str, frozenset[Kind], Callable[[Change, Words], Bits]], ...] = (
    ("id-lost", frozenset({Kind.ID_LOST}), looks.lost),
    ("id-changed", frozenset({Kind.ENTRY_MOVED}), looks.moved),
    ("withdrawn", frozenset({Kind.ENTRY_WITHDRAWN}), looks.withdrawn),
    ("unreadable", frozenset({Kind.ENTRY_UNREADABLE}), looks.unreadable),
    ("new-entry", WHOLE_NEW, looks.new_entry),
    ("same-sources", _NEW_VALUE | {Kind.RIVAL_CHANGED}, looks.same_sources),
    ("same-sources", _ITEM_CHANGED, looks.item_same_sources),
    ("other-date", _CLAIMS, looks.other_date),
    ("other-note", _CLAIMS | _ITEM_CHANGED | {Kind.NAME_CHANGED}, looks.other_note),
    ("more-certain", _SAID | _ITEM_ADDED | _ITEM_CHANGED | {Kind.RIVAL_CHANGED}, looks.more_certain),
    ("source-dropped", frozenset(Kind) - WHOLE, looks.dropped),
    ("third-parties-only", _SAID | _ITEM_ADDED | _ITEM_CHANGED, looks.third_parties),
    ("claim-cleared", frozenset({Kind.CLAIM_CLEARED, Kind.RIVAL_REMOVED}), looks.cleared),
    ("claim-cleared", _ITEM_REMOVED, looks.item_removed),
    ("old-value-not-kept", _NEW_VALUE, looks.not_kept),
    ("old-name-not-kept", frozenset({Kind.RENAMED, Kind.EDITORIAL_CHANGED}), looks.old_name),
    ("outside-actor", frozenset({Kind.RELATION_ADDED, Kind.RELATION_CHANGED}), looks.outsider),
    ("active-without-newer-evidence", _NEW_VALUE, looks.active_again),
    ("same-note", _NEW_VALUE, looks.same_note),
    ("older-evidence", _NEW_VALUE | {Kind.SOURCE_CHANGED, Kind.SOURCE_LOST}, looks.older),
    ("question-removed", frozenset({Kind.QUESTION_REMOVED}), looks.unanswered),
    ("listed-twice", frozenset({Kind.LISTED_SOURCE_ADDED}), looks.listed_twice),
    ("other-source", frozenset({Kind.LISTED_SOURCE_CHANGED}), looks.other_source),
    ("other-kind-of-source", frozenset({Kind.LISTED_SOURCE_CHANGED}), looks.other_word),
    ("source-note", frozenset({Kind.LISTED_SOURCE_CHANGED}), looks.noted),
    ("source-newer", frozenset({Kind.LISTED_SOURCE_CHANGED}), looks.newer),
)
"""What each look is called, at which kinds of change it looks, and the function that tells what it sees, or nothing."""

_BY_KIND: dict[Any, list[tuple[str, Callable[[Change, Words], Bits]]]] = {
    kind: [(sort, look) for sort, kinds, look in _LOOKS if kind in kinds] for kind in Kind
}
