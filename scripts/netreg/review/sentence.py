"""Sentences: each kind of change in one line for people, with the labels of the schema and spoken dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from netreg.review.change import EMPTY, Change, Kind, value_of
from netreg.review.difference import differences, instead, qualifiers
from netreg.review.evidence import corrected, evidence, listed, note, on, unchanged, unlisted, was_on
from netreg.review.list_fields import IN_ORDER
from netreg.review.spans import Bit, Bits, bits, code, joined, label, quoted, several, theirs
from netreg.review.words import WHEN, Words, quoted_question

_TOLD = ("value", "unit", "sources", "other")
"""Keys of a statement that its sentence tells by other means than as a difference."""

_NEW = Bit(", new")


def sentence(change: Change, words: Words) -> Bits:
    """The change in one line, without the name of the entry and without a full stop."""
    return _SENTENCES[change.kind](change, words)


def statement(change: Change, words: Words) -> Bits:
    """The same for a part of an entry that is new as a whole, where "new" would be said of everything."""
    return tuple(bit for bit in sentence(change, words) if bit is not _NEW)


def _head(change: Change, words: Words) -> Bits:
    return bits(label(words.field_of(change)), ": ")


def _added_entry(change: Change, _words: Words) -> Bits:
    return bits("New entry: ", _full_name(change.after))


def _lost(change: Change, _words: Words) -> Bits:
    return bits("The entry is gone: ", _full_name(change.before))


def _moved(change: Change, _words: Words) -> Bits:
    return bits("Moved from ", code(change.before), " to ", code(change.after))


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
    if problem.get("rule") == EMPTY:
        return bits("The file is empty now")
    where = f"line {problem.get('line', 1)}"
    return bits("The file cannot be read (", where, "): ", quoted(problem.get("message", ""), 300))


def _mended(_change: Change, _words: Words) -> Bits:
    return bits("The file can be read again; what it said before could not be compared")


def _form_only(_change: Change, _words: Words) -> Bits:
    return bits("Only the form changed (order, quotes or line breaks); the entry says the same")


def _commented(change: Change, _words: Words) -> Bits:
    both = (("new", change.after), ("deleted", change.before))
    said = [_comments(lead, listed) for lead, listed in both if isinstance(listed, list) and listed]
    return bits(label("Comments in the file"), ": ", joined(said, "; ", "; "))


def _comments(lead: str, comments: list[Any]) -> Bits:
    return bits(f"{lead} ", several([bits(quoted(comment, 300)) for comment in comments], 6))


def _editorial(change: Change, words: Words) -> Bits:
    head, part = _head(change, words), words.part(change.field)
    if change.before is None:
        return bits(head, words.said(part, change.after), _NEW)
    if change.after is None:
        return bits(head, "deleted; was ", words.said(part, change.before))
    told = instead(words, part, change.before, change.after, in_order=change.field in IN_ORDER)
    return bits(head, told, _filed(change))


def _renamed(change: Change, words: Words) -> Bits:
    if change.before is None or change.after is None:
        return _editorial(change, words)
    return bits(_head(change, words), quoted(change.after), " instead of ", quoted(change.before), _filed(change))


def _filed(change: Change) -> str:
    return "; the old one is filed among the other names" if change.kept else ""


def _set(change: Change, words: Words) -> Bits:
    return bits(_head(change, words), _claim(change.after, change, words), _NEW, on(change, words))


def _cleared(change: Change, words: Words) -> Bits:
    return bits(_head(change, words), "deleted; was ", _claim(change.before, change, words), was_on(change, words))


def _changed(change: Change, words: Words) -> Bits:
    if not change.is_other_value:
        return _qualified(change, words)
    kept = "; the old value is kept beside it" if change.kept else ""
    return bits(_head(change, words), _values(change, words), kept, evidence(change, words))


def _values(change: Change, words: Words) -> Bits:
    """The value and the one before it, with what is said of each; what is said of one that is kept stays with it."""
    before, after = value_of(change.before), value_of(change.after)
    is_long = _is_long(before) and _is_long(after)
    if is_long or (isinstance(before, list) and isinstance(after, list)):
        part = words.part(change.field, "value")
        return bits(instead(words, part, before, after), _beside(change, words, _TOLD))
    was, now = (words.claim(change.field, side, counted=change.is_other_unit) for side in (change.before, change.after))
    return bits(now, " instead of ", was, _beside(change, words, (*_TOLD, *WHEN)))


def _beside(change: Change, words: Words, told: tuple[str, ...]) -> Bits:
    return (_qualifiers if change.kept else _details)(change, words, told)


def _qualified(change: Change, words: Words) -> Bits:
    """The same value or item, said of another time, or with another note."""
    return bits(_head(change, words), _subject(change, words), _details(change, words, _TOLD), evidence(change, words))


def _rival_changed(change: Change, words: Words) -> Bits:
    if not change.is_other_value:
        return _qualified(change, words)
    return bits(_head(change, words), "the other value ", _values(change, words), evidence(change, words))


def _subject(change: Change, words: Words) -> Bits:
    """The statement that a change is about, as briefly as it can be told."""
    if change.kind is Kind.RIVAL_CHANGED:
        return bits("the other value ", _in_short(change, words))
    return _in_short(change, words)


def _in_short(change: Change, words: Words) -> Bits:
    statement = change.statement
    if isinstance(statement, dict) and "value" not in statement:
        return words.item(change.field, statement)
    value = value_of(statement)
    return bits(quoted(value, 60)) if _is_long(value) else words.value(change.field, statement)


def _evidence_only(change: Change, words: Words) -> Bits:
    return bits(_head(change, words), _subject(change, words), evidence(change, words))


def _promoted(change: Change, words: Words) -> Bits:
    was, now = (words.claim(change.field, side, counted=change.is_other_unit) for side in (change.before, change.after))
    kept = ", which is kept beside it" if change.kept else bits(note(change.before), ", which is deleted")
    said = bits(now, ", so far another value, instead of ", was, kept, on(change, words))
    lost = () if change.kept or not change.was_on else bits("; the deleted one was by ", words.cited(change.was_on))
    return bits(_head(change, words), said, lost)


def _rival_added(change: Change, words: Words) -> Bits:
    said = bits(words.claim(change.field, change.after), " as another value", note(change.after))
    return bits(_head(change, words), said, on(change, words))


def _rival_removed(change: Change, words: Words) -> Bits:
    said = _claim(change.before, change, words)
    return bits(_head(change, words), "the other value ", said, ", deleted", was_on(change, words))


def _item_added(change: Change, words: Words) -> Bits:
    said = bits(words.item(change.field, change.after), words.extras(change.field, change.after))
    return bits(_head(change, words), said, _NEW, note(change.after), on(change, words))


def _item_changed(change: Change, words: Words) -> Bits:
    known = words.item(change.field, unchanged(change))
    details = _details(change, words, _TOLD, between="; " if known else "")
    return bits(_head(change, words), known, details, evidence(change, words))


def _item_removed(change: Change, words: Words) -> Bits:
    said = bits(words.item(change.field, change.before), words.extras(change.field, change.before), note(change.before))
    return bits(_head(change, words), said, ", deleted", was_on(change, words))


def _asked(change: Change, words: Words) -> Bits:
    return bits(label("Question"), _about(change.after, words), ": ", words.item(change.field, change.after), _NEW)


def _asked_otherwise(change: Change, words: Words) -> Bits:
    known = unchanged(change)
    text = bits(": ", quoted_question(known)) if isinstance(known, dict) and "text" in known else ()
    between = "; " if text else ": "
    return bits(label("Question"), _about(change.after, words), text, _details(change, words, (), between=between))


def _answered(change: Change, words: Words) -> Bits:
    said = words.item(change.field, change.before)
    return bits(label("Question"), _about(change.before, words), ": ", said, ", answered")


def _no_longer_asked(change: Change, words: Words) -> Bits:
    said = words.item(change.field, change.before)
    return bits(label("Question"), _about(change.before, words), ": ", said, ", deleted; no new value answers it")


def _about(question: Any, words: Words) -> str | Bits:
    about = question.get("about") if isinstance(question, dict) else None
    if not isinstance(about, str) or not about:
        return ""
    return bits(" on ", theirs(words.schema.label(about).replace(": ", ", ").lower(), 60))


_SENTENCES: dict[Kind, Callable[[Change, Words], Bits]] = {
    Kind.ENTRY_ADDED: _added_entry,
    Kind.ENTRY_WITHDRAWN: _withdrawn,
    Kind.ENTRY_RESTORED: _restored,
    Kind.ENTRY_UNREADABLE: _unreadable,
    Kind.ENTRY_MENDED: _mended,
    Kind.ENTRY_MOVED: _moved,
    Kind.ID_LOST: _lost,
    Kind.RENAMED: _renamed,
    Kind.EDITORIAL_CHANGED: _editorial,
    Kind.STATUS_CHANGED: _changed,
    Kind.CLAIM_SET: _set,
    Kind.CLAIM_CHANGED: _changed,
    Kind.CLAIM_CLEARED: _cleared,
    Kind.RIVAL_PROMOTED: _promoted,
    Kind.RIVAL_ADDED: _rival_added,
    Kind.RIVAL_CHANGED: _rival_changed,
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
    Kind.LISTED_SOURCE_ADDED: listed,
    Kind.LISTED_SOURCE_CHANGED: corrected,
    Kind.LISTED_SOURCE_REMOVED: unlisted,
    Kind.COMMENTS_CHANGED: _commented,
    Kind.FORM_ONLY: _form_only,
}


def _full_name(entry: Any) -> Bits:
    name, acronym = entry.get("name"), entry.get("acronym")
    said = bits(quoted(name)) if name is not None else bits("without a name")
    return bits(said, " (", theirs(acronym, 40), ")") if isinstance(acronym, str) else said


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > 70


def _claim(claim: Any, change: Change, words: Words) -> Bits:
    return bits(words.claim(change.field, claim), note(claim))


def _details(change: Change, words: Words, told: tuple[str, ...], between: str = "; ") -> Bits:
    """What else is said otherwise about the same thing, each part behind a semicolon."""
    found = list(differences(words, change.field, change.before, change.after, told))
    return bits(between, joined(found, "; ", "; ")) if found else ()


def _qualifiers(change: Change, words: Words, told: tuple[str, ...]) -> Bits:
    """What is said beside a value that is new, whatever was said beside the old one."""
    found = list(qualifiers(words, change.field, change.after, told))
    return bits("; ", joined(found, "; ", "; ")) if found else ()
