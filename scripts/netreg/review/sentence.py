"""Sentences: each kind of change in one line for people, with the labels of the schema and spoken dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from netreg.review.bits import Bit, Bits, bits, code, joined, label, quoted, theirs
from netreg.review.change import Change, Kind, value_of
from netreg.review.same import same
from netreg.review.words import Words

_TOLD = ("value", "unit", "sources", "other")
"""Keys of a statement that its sentence tells by other means than as a difference."""

_WHEN = ("as_of", "from", "until", "certainty")


_NEW = Bit(", new")


def sentence(change: Change, words: Words) -> Bits:
    """The change in one line, without the name of the entry and without a full stop."""
    return _SENTENCES[change.kind](change, words)


def statement(change: Change, words: Words) -> Bits:
    """The same for a part of an entry that is new as a whole, where "new" would be said of everything."""
    return tuple(bit for bit in sentence(change, words) if bit is not _NEW)


def _head(change: Change, words: Words) -> Bits:
    statement = change.after if change.after is not None else change.before
    return bits(label(words.field(change.field, statement)), ": ")


def _added_entry(change: Change, _words: Words) -> Bits:
    return bits("New entry: ", _full_name(change.after))


def _lost(change: Change, _words: Words) -> Bits:
    return bits("The entry is gone: ", _full_name(change.before))


def _withdrawn(change: Change, words: Words) -> Bits:
    stone = change.after.get("entry")
    told = stone if isinstance(stone, dict) else {}
    said = [words.said(words.part("entry", "withdrawn"), told["withdrawn"])] if "withdrawn" in told else []
    if "reason" in told:
        said.append(bits(quoted(told["reason"], 300)))
    if "see" in told:
        said.append(bits("see ", code(told["see"])))
    return bits("Entry withdrawn: ", joined(said, last=", "))


def _restored(_change: Change, _words: Words) -> Bits:
    return bits("The entry stands again; it was withdrawn")


def _unreadable(change: Change, _words: Words) -> Bits:
    problem = change.after if isinstance(change.after, dict) else {}
    where = f"line {problem.get('line', 1)}"
    return bits("The file cannot be read (", where, "): ", quoted(problem.get("message", ""), 300))


def _mended(_change: Change, _words: Words) -> Bits:
    return bits("The file can be read again; what it said before could not be compared")


def _form_only(_change: Change, _words: Words) -> Bits:
    return bits("Only the form changed (order, quotes, line breaks or comments); the entry says the same")


def _editorial(change: Change, words: Words) -> Bits:
    head, part = _head(change, words), words.part(change.field)
    if change.before is None:
        return bits(head, words.said(part, change.after), _NEW)
    if change.after is None:
        return bits(head, "deleted; was ", words.said(part, change.before))
    return bits(head, words.instead(part, change.before, change.after), _filed(change))


def _renamed(change: Change, words: Words) -> Bits:
    if change.before is None or change.after is None:
        return _editorial(change, words)
    return bits(_head(change, words), quoted(change.after), " instead of ", quoted(change.before), _filed(change))


def _filed(change: Change) -> str:
    return "; the old one is filed among the other names" if change.kept else ""


def _set(change: Change, words: Words) -> Bits:
    return bits(_head(change, words), _claim(change.after, change, words), _NEW, _on(change, words))


def _cleared(change: Change, words: Words) -> Bits:
    return bits(_head(change, words), "deleted; was ", _claim(change.before, change, words), _was_on(change, words))


def _changed(change: Change, words: Words) -> Bits:
    if same(value_of(change.before), value_of(change.after)):
        return _qualified(change, words)
    part = words.part(change.field, "value")
    before, after = value_of(change.before), value_of(change.after)
    if _is_long(before) and _is_long(after):
        told: Bits = bits(words.instead(part, before, after), _details(change, words, _TOLD))
    elif isinstance(before, list) and isinstance(after, list):
        told = bits(words.instead(part, before, after), _details(change, words, _TOLD))
    else:
        was, now = (words.claim(change.field, side) for side in (change.before, change.after))
        told = bits(now, " instead of ", was, _details(change, words, (*_TOLD, *_WHEN)))
    kept = "; the old value is kept beside it" if change.kept else ""
    return bits(_head(change, words), told, kept, _evidence(change, words))


def _qualified(change: Change, words: Words) -> Bits:
    """The same value or item, said of another time, or with another note."""
    return bits(_head(change, words), _subject(change, words), _details(change, words, _TOLD), _evidence(change, words))


def _subject(change: Change, words: Words) -> Bits:
    """The statement that a change is about, as briefly as it can be told."""
    statement = change.after if change.after is not None else change.before
    if change.kind in _RIVALS:
        return bits("the other value ", words.value(change.field, statement))
    if isinstance(statement, dict) and "value" not in statement:
        return words.item(change.field, statement)
    value = value_of(statement)
    return bits(quoted(value, 60)) if _is_long(value) else words.value(change.field, statement)


def _evidence_only(change: Change, words: Words) -> Bits:
    return bits(_head(change, words), _subject(change, words), _evidence(change, words))


def _promoted(change: Change, words: Words) -> Bits:
    was, now = (words.claim(change.field, side) for side in (change.before, change.after))
    kept = ", which is kept beside it" if change.kept else ", which is deleted"
    said = bits(now, ", so far another value, instead of ", was, kept)
    return bits(_head(change, words), said, _on(change, words))


def _rival_added(change: Change, words: Words) -> Bits:
    said = bits(words.claim(change.field, change.after), " as another value", _note(change.after))
    return bits(_head(change, words), said, _on(change, words))


def _rival_removed(change: Change, words: Words) -> Bits:
    said = _claim(change.before, change, words)
    return bits(_head(change, words), "the other value ", said, " deleted", _was_on(change, words))


def _item_added(change: Change, words: Words) -> Bits:
    said = bits(words.item(change.field, change.after), words.extras(change.field, change.after))
    return bits(_head(change, words), said, _NEW, _note(change.after), _on(change, words))


def _item_changed(change: Change, words: Words) -> Bits:
    told = words.item(change.field, _unchanged(change.before, change.after))
    return bits(_head(change, words), told, _details(change, words, _TOLD), _evidence(change, words))


def _unchanged(before: Any, after: Any) -> Any:
    """The part of an item that is as before, by which a reader knows it again; all of it where there is none."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    return {key: value for key, value in after.items() if same(before.get(key), value)} or after


def _item_removed(change: Change, words: Words) -> Bits:
    said = bits(words.item(change.field, change.before), words.extras(change.field, change.before))
    return bits(_head(change, words), said, ", deleted", _was_on(change, words))


def _asked(change: Change, words: Words) -> Bits:
    return bits(label("Question"), _about(change.after, words), ": ", words.item(change.field, change.after), _NEW)


def _asked_otherwise(change: Change, words: Words) -> Bits:
    return bits(label("Question"), _about(change.after, words), _details(change, words, (), between=": "))


def _answered(change: Change, words: Words) -> Bits:
    said = words.item(change.field, change.before)
    return bits(label("Question"), _about(change.before, words), ": ", said, ", answered")


def _no_longer_asked(change: Change, words: Words) -> Bits:
    said = words.item(change.field, change.before)
    return bits(label("Question"), _about(change.before, words), ": ", said, ", deleted; nothing new is said about it")


def _about(question: Any, words: Words) -> str | Bits:
    about = question.get("about") if isinstance(question, dict) else None
    if not isinstance(about, str) or not about:
        return ""
    return bits(" on ", theirs(words.schema.label(about).replace(": ", ", ").lower(), 60))


def _listed(change: Change, words: Words) -> Bits:
    id_ = str(change.after.get("id")) if isinstance(change.after, dict) else ""
    lead = f"Source {words.numbers[id_]}" if id_ in words.numbers else "Source added"
    return bits(label(lead), ": ", words.item("sources", change.after), _note(change.after))


def _unlisted(change: Change, words: Words) -> Bits:
    return bits(label("Source deleted"), ": ", words.item("sources", change.before))


def _corrected(change: Change, words: Words) -> Bits:
    item = _unchanged(change.before, change.after)
    title = item.get("title") if isinstance(item, dict) else item
    name = quoted(title) if title is not None else code(item.get("id", ""))
    return bits(label("Source corrected"), ": ", name, _details(change, words, ()))


_RIVALS = frozenset({Kind.RIVAL_ADDED, Kind.RIVAL_CHANGED, Kind.RIVAL_REMOVED})

_SENTENCES: dict[Kind, Callable[[Change, Words], Bits]] = {
    Kind.ENTRY_ADDED: _added_entry,
    Kind.ENTRY_WITHDRAWN: _withdrawn,
    Kind.ENTRY_RESTORED: _restored,
    Kind.ENTRY_UNREADABLE: _unreadable,
    Kind.ENTRY_MENDED: _mended,
    Kind.ID_LOST: _lost,
    Kind.RENAMED: _renamed,
    Kind.EDITORIAL_CHANGED: _editorial,
    Kind.STATUS_CHANGED: _changed,
    Kind.CLAIM_SET: _set,
    Kind.CLAIM_CHANGED: _changed,
    Kind.CLAIM_CLEARED: _cleared,
    Kind.RIVAL_PROMOTED: _promoted,
    Kind.RIVAL_ADDED: _rival_added,
    Kind.RIVAL_CHANGED: _qualified,
    Kind.RIVAL_REMOVED: _rival_removed,
    **dict.fromkeys((Kind.SOURCE_GAINED, Kind.SOURCE_LOST, Kind.SOURCE_CHANGED), _evidence_only),
    **dict.fromkeys((Kind.NAME_ADDED, Kind.LEGAL_ACT_ADDED, Kind.RELATION_ADDED, Kind.EVENT_ADDED), _item_added),
    **dict.fromkeys(
        (Kind.NAME_CHANGED, Kind.LEGAL_ACT_CHANGED, Kind.RELATION_CHANGED, Kind.EVENT_CHANGED), _item_changed
    ),
    **dict.fromkeys(
        (Kind.NAME_REMOVED, Kind.LEGAL_ACT_REMOVED, Kind.RELATION_REMOVED, Kind.EVENT_REMOVED), _item_removed
    ),
    Kind.QUESTION_OPENED: _asked,
    Kind.QUESTION_CHANGED: _asked_otherwise,
    Kind.QUESTION_ANSWERED: _answered,
    Kind.QUESTION_REMOVED: _no_longer_asked,
    Kind.LISTED_SOURCE_ADDED: _listed,
    Kind.LISTED_SOURCE_CHANGED: _corrected,
    Kind.LISTED_SOURCE_REMOVED: _unlisted,
    Kind.FORM_ONLY: _form_only,
}


def _full_name(entry: Any) -> Bits:
    name, acronym = entry.get("name"), entry.get("acronym")
    said = bits(quoted(name)) if name is not None else bits("without a name")
    return bits(said, " (", theirs(acronym, 40), ")") if isinstance(acronym, str) else said


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > 70


def _claim(claim: Any, change: Change, words: Words) -> Bits:
    return bits(words.claim(change.field, claim), _note(claim))


def _note(statement: Any) -> Bits:
    note = statement.get("note") if isinstance(statement, dict) else None
    return () if note is None else bits(", note ", quoted(note, 240))


def _details(change: Change, words: Words, told: tuple[str, ...], between: str = "; ") -> Bits:
    """What else is said otherwise about the same thing, each part behind a semicolon."""
    found = list(words.differences(change.field, change.before, change.after, told))
    return bits(between, joined(found, "; ", "; ")) if found else ()


def _on(change: Change, words: Words) -> Bits:
    return bits("; by ", words.cited(change.is_on)) if change.is_on else bits("; without a source")


def _was_on(change: Change, words: Words) -> Bits:
    return bits("; was by ", words.cited(change.was_on)) if change.was_on else ()


def _evidence(change: Change, words: Words) -> Bits:
    """What became of the sources of a statement that stands."""
    gained, lost = change.gained, change.lost
    if not gained and not lost:
        return bits("; still by ", words.cited(change.is_on)) if change.is_on else ()
    if gained and lost:
        return bits("; now by ", words.cited(gained), " instead of ", words.cited(lost), _rest(change, words))
    if gained:
        return bits("; now also by " if change.was_on else "; now by ", words.cited(gained))
    return bits("; no longer by ", words.cited(lost), _rest(change, words) or ", so without a source")


def _rest(change: Change, words: Words) -> Bits:
    known = {source.id for source in change.gained}
    staying = [source for source in change.is_on if source.id not in known]
    return bits("; still by ", words.cited(staying)) if staying else ()
