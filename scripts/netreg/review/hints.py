"""Hints: what a reviewer should look at first, told from the changes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from netreg.age import evidence_of
from netreg.dates import Date
from netreg.review.bits import Bits, bits, code, joined, label, quoted, several
from netreg.review.change import WHOLE, Change, Cited, Kind, value_of
from netreg.review.compare import contents
from netreg.review.same import same
from netreg.review.words import Words

MANY = 10
"""From so many entries on, a change is better split, or read as a table."""

_NEW_VALUE = frozenset({Kind.CLAIM_CHANGED, Kind.STATUS_CHANGED, Kind.RIVAL_PROMOTED})
_SAID = frozenset({*_NEW_VALUE, Kind.CLAIM_SET, Kind.SOURCE_LOST, Kind.SOURCE_CHANGED})
_ITEMS_SAID = frozenset(
    {
        Kind.LEGAL_ACT_ADDED,
        Kind.LEGAL_ACT_CHANGED,
        Kind.RELATION_ADDED,
        Kind.RELATION_CHANGED,
        Kind.EVENT_ADDED,
        Kind.EVENT_CHANGED,
    }
)
_ITEM_CHANGED = frozenset({Kind.LEGAL_ACT_CHANGED, Kind.RELATION_CHANGED, Kind.EVENT_CHANGED})
_QUALIFY = ("sources", "note", "certainty")
_ITEM_REMOVED = frozenset({Kind.LEGAL_ACT_REMOVED, Kind.RELATION_REMOVED, Kind.EVENT_REMOVED})
_WORDING = ("purpose", "summary", "tasks", "governance")
"""Fields whose old wording nobody keeps."""


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
    return (*_many(changes), *_moved(changes), *(hint for change in changes for hint in _of(change, words)))


def _many(changes: Sequence[Change]) -> Iterator[Hint]:
    entries = {change.entry for change in changes if change.kind is not Kind.FORM_ONLY}
    if len(entries) >= MANY:
        text = f"{len(entries)} entries change at once; nobody reads so many well. Could it come in parts?"
        yield Hint("many-entries", "", "", "", (), bits(text))


def _moved(changes: Sequence[Change]) -> Iterator[Hint]:
    """Files that only got another name, which is what an id must never do."""
    gone = {_title_of(change.before): change for change in changes if change.kind is Kind.ID_LOST}
    for change in changes:
        old = gone.get(_title_of(change.after)) if change.kind is Kind.ENTRY_ADDED else None
        if old is not None:
            text = bits("has the name of ", code(old.entry), ", which is gone; an id never changes, nor does its file")
            yield Hint("id-changed", change.entry, change.name, "", (), text)


def _title_of(entry: Any) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    return name.casefold() if isinstance(name, str) else ""


def _of(change: Change, words: Words) -> Iterator[Hint]:
    for sort, kinds, look in _LOOKS:
        if change.kind in kinds:
            said = look(change, words)
            if said:
                yield Hint(sort, change.entry, change.name, change.field, _about(change, words), said)


def _lost(_change: Change, _words: Words) -> Bits:
    return bits("an entry is never removed, since its address is for good; withdraw it instead")


def _unreadable(_change: Change, _words: Words) -> Bits:
    return bits("nothing in the file could be compared")


def _withdrawn(change: Change, _words: Words) -> Bits:
    stone = change.after.get("entry") if isinstance(change.after, dict) else None
    see = stone.get("see") if isinstance(stone, dict) else None
    if see is None:
        return bits("this is for entries that were wrong; a body that ended keeps its entry, with a status")
    return bits("does ", code(see), " hold what was proved here?")


def _same_sources(change: Change, _words: Words) -> Bits:
    unlike = not same(value_of(change.before), value_of(change.after))
    if not unlike or change.kind is Kind.RIVAL_PROMOTED or change.gained or change.lost:
        return ()
    return bits("the value changed, its sources did not")


def _item_same_sources(change: Change, _words: Words) -> Bits:
    was, now = ({key: side[key] for key in side if key not in _QUALIFY} for side in (change.before, change.after))
    if same(was, now) or change.gained or change.lost:
        return ()
    return bits("changed, its sources did not")


def _more_certain(change: Change, _words: Words) -> Bits:
    was, now = (side.get("certainty") if isinstance(side, dict) else None for side in (change.before, change.after))
    if was is None or now is not None or change.gained or _is_other_value(change):
        return ()
    return bits("no longer marked as our reading, with no new source")


def _dropped(change: Change, _words: Words) -> Bits:
    if change.after is None or change.kept or not change.lost:
        return ()
    left = "" if change.is_on else ", and has none left"
    titles = [bits(quoted(_title(one), 60)) for one in change.lost]
    return bits("no longer rests on ", several(titles), left)


def _third_parties(change: Change, _words: Words) -> Bits:
    return bits("rests on third parties only") if _only_third(change.is_on) else ()


def _third_parties_before_too(change: Change, words: Words) -> Bits:
    """A change of what stood on third parties before is no news, but for a new value."""
    if _only_third(change.was_on) and not _is_other_value(change):
        return ()
    return _third_parties(change, words)


def _cleared(_change: Change, _words: Words) -> Bits:
    return bits("deleted; what somebody proved stays, with its dates or as another value")


def _not_kept(change: Change, _words: Words) -> Bits:
    if change.kept or change.field in _WORDING or not _is_other_value(change):
        return ()
    if isinstance(value_of(change.before), list):
        return ()
    return bits("the old value is not kept beside the new one")


def _old_name(change: Change, _words: Words) -> Bits:
    gone = change.before is not None and not change.kept
    return bits("the old name is not filed among the other names") if gone else ()


def _outsider(change: Change, _words: Words) -> Bits:
    now, was = change.after, change.before
    if not isinstance(now, dict) or now.get("name") is None:
        return ()
    if isinstance(was, dict) and same(was.get("name"), now["name"]):
        return ()
    return bits("names a body outside the registry, ", quoted(now["name"], 80), "; is it an entry or a known actor?")


def _active_again(change: Change, _words: Words) -> Bits:
    if value_of(change.after) != "active" or not _is_other_value(change):
        return ()
    was, now = _evidence(change.before, change.was_on), _evidence(change.after, change.is_on)
    if now is not None and (was is None or now.latest > was.latest):
        return ()
    return bits("active again, but no evidence is newer than before")


def _same_note(change: Change, _words: Words) -> Bits:
    was, now = (side.get("note") if isinstance(side, dict) else None for side in (change.before, change.after))
    if now is None or not same(was, now) or change.field in _WORDING or not _is_other_value(change):
        return ()
    return bits("the value changed, its note did not: ", quoted(now, 120))


def _older(change: Change, _words: Words) -> Bits:
    was, now = _evidence(change.before, change.was_on), _evidence(change.after, change.is_on)
    if was is None or (now is not None and now.latest >= was.latest):
        return ()
    if now is None:
        return bits("its evidence had a date and has none now")
    return bits("its evidence is older than before")


def _other_source(change: Change, _words: Words) -> Bits:
    was, now = change.before, change.after
    if not (isinstance(was, dict) and isinstance(now, dict)) or was.get("id") != now.get("id"):
        return ()
    if all(not same(was.get(key), now.get(key)) for key in ("title", "url")):
        return bits("the source ", code(now.get("id"), 60), " is another one now; does what cites it still hold?")
    return ()


def _other_address(change: Change, _words: Words) -> Bits:
    was, now = (side.get("url") if isinstance(side, dict) else None for side in (change.before, change.after))
    if not isinstance(was, str) or not isinstance(now, str) or _host(was) == _host(now):
        return ()
    title = quoted(_title(change.after), 60)
    return bits("the source ", title, " is read at another site than before: ", code(_host(now), 80))


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].casefold().removeprefix("www.")


def _other_word(change: Change, words: Words) -> Bits:
    was, now = (side.get("kind") if isinstance(side, dict) else None for side in (change.before, change.after))
    if was is None or same(was, now):
        return ()
    part = words.part("sources", "kind")
    title = quoted(_title(change.after), 60)
    return bits("the source ", title, " counts as ", words.said(part, now), " now, not as ", words.said(part, was))


def _new_entry(change: Change, words: Words) -> Bits:
    """What stands on third parties only, and who is outside the registry, in an entry that is new as a whole."""
    inside = contents(change)
    third = [one for one in inside if one.kind is Kind.CLAIM_SET and _only_third(one.is_on)]
    outside = [one for one in inside if one.kind is Kind.RELATION_ADDED and _outsider(one, words)]
    bare = [one for one in inside if one.kind is Kind.CLAIM_SET and not one.is_on]
    said = [*_counted(third, "on third parties only", words), *_counted(bare, "without a source", words)]
    if outside:
        bodies = [bits(quoted(one.after["name"], 60)) for one in outside]
        said.append(bits("bodies outside the registry: ", several(bodies, 5)))
    return joined(said, "; ", "; ")


def _counted(statements: Sequence[Change], what: str, words: Words) -> list[Bits]:
    if not statements:
        return []
    fields = list(dict.fromkeys(words.field(one.field, one.after) for one in statements))
    return [bits(f"{what}: ", several([bits(field.lower()) for field in fields], 6))]


WHOLE_NEW = frozenset({Kind.ENTRY_ADDED, Kind.ENTRY_RESTORED, Kind.ENTRY_MENDED})
_LOOKS: tuple[tuple[str, frozenset[Kind], Callable[[Change, Words], Bits]], ...] = (
    ("id-lost", frozenset({Kind.ID_LOST}), _lost),
    ("withdrawn", frozenset({Kind.ENTRY_WITHDRAWN}), _withdrawn),
    ("unreadable", frozenset({Kind.ENTRY_UNREADABLE}), _unreadable),
    ("new-entry", WHOLE_NEW, _new_entry),
    ("same-sources", _NEW_VALUE, _same_sources),
    ("same-sources", _ITEM_CHANGED, _item_same_sources),
    ("more-certain", _SAID | _ITEMS_SAID, _more_certain),
    ("source-dropped", frozenset(Kind) - WHOLE, _dropped),
    ("third-parties-only", _SAID | _ITEMS_SAID, _third_parties_before_too),
    ("claim-cleared", frozenset({Kind.CLAIM_CLEARED, Kind.RIVAL_REMOVED, *_ITEM_REMOVED}), _cleared),
    ("old-value-not-kept", _NEW_VALUE, _not_kept),
    ("old-name-not-kept", frozenset({Kind.RENAMED}), _old_name),
    ("outside-actor", frozenset({Kind.RELATION_ADDED, Kind.RELATION_CHANGED}), _outsider),
    ("active-without-newer-evidence", _NEW_VALUE, _active_again),
    ("same-note", _NEW_VALUE, _same_note),
    ("older-evidence", _NEW_VALUE | {Kind.SOURCE_CHANGED, Kind.SOURCE_LOST}, _older),
    ("other-source", frozenset({Kind.LISTED_SOURCE_CHANGED}), _other_source),
    ("other-site", frozenset({Kind.LISTED_SOURCE_CHANGED}), _other_address),
    ("other-kind-of-source", frozenset({Kind.LISTED_SOURCE_CHANGED}), _other_word),
)
"""What each look is called, at which kinds of change it looks, and the function that tells what it sees, or nothing."""


def _about(change: Change, words: Words) -> Bits:
    """The field, and in a list the item, at which something is to be seen."""
    if not change.field or change.kind in (Kind.RENAMED, Kind.LISTED_SOURCE_CHANGED):
        return ()
    statement = change.after if change.after is not None else change.before
    field = bits(label(words.field(change.field, statement)))
    is_item = isinstance(statement, dict) and "value" not in statement
    return bits(field, ", ", words.item(change.field, statement)) if is_item else field


def _is_other_value(change: Change) -> bool:
    return not same(value_of(change.before), value_of(change.after))


def _only_third(sources: Sequence[Cited]) -> bool:
    return bool(sources) and all(source.kind == "third-party" for source in sources)


def _evidence(statement: Any, sources: Sequence[Cited]) -> Date | None:
    as_of = statement.get("as_of") if isinstance(statement, dict) else None
    return evidence_of(None if as_of is None else str(as_of), (source.published for source in sources))


def _title(source: Any) -> str:
    if isinstance(source, Cited):
        return source.title or source.id
    return str(source.get("title", source.get("id", ""))) if isinstance(source, dict) else str(source)
