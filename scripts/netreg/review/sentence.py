"""Sentences: each kind of change in one line for people, with the labels of the schema and spoken dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from netreg.entry.evidence import needs_source
from netreg.review.change import CITED_BY, EMPTY, Change, Cited, Kind, title_of, value_of
from netreg.review.difference import differences, instead, qualifiers
from netreg.review.equivalence import COUNTRIES, IN_ORDER, SAID, SAID_IN, items, same
from netreg.review.spans import Span, Spans, Style, code, counted, joined, label, quoted, several, spans, theirs
from netreg.review.words import JOIN, LONG, WHEN, Words

_TOLD = ("value", "unit", "sources", "other")
"""Keys of a statement that its sentence tells by other means than as a difference."""

_NEW = Span(", new")
_ONLY_NEW = (_NEW, *JOIN)
_FEW = 4
_BESIDE = ("id", "read", "language")
"""What may change of a source without touching what leans on it."""


def sentence(change: Change, words: Words) -> Spans:
    """The change in one line, without the name of the entry and without a full stop."""
    if change.said is not None:
        return change.said
    kind = change.kind.value
    told = _SENTENCES.get(kind) or _SENTENCES[kind.rpartition("-")[2]]
    if change.kind in _WITHOUT_FIELD:
        return told(change, words)
    said = spans(label(words.field_of(change)), ": ", told(change, words))
    return said if change.states is None else _with_what_follows(said, change, words)


def _with_what_follows(said: Spans, change: Change, words: Words) -> Spans:
    """The sentence with the countries of which something else is known by this change, ahead of the evidence."""
    at = next((index for index, span in enumerate(said) if span.style is Style.EVIDENCE), len(said))
    return spans(said[:at], _what_follows(change, words), said[at:])


def _what_follows(change: Change, words: Words) -> Spans:
    found = list(words.decided_by(change))
    told: Spans = ()
    for verdict, lead in _FOLLOWS.items():
        who = words.who((), (), [cell.country for cell in found if cell.verdict.value == verdict])
        told = spans(told, lead, joined(who)) if who else told
    return told


_FOLLOWS = {"not-a-member": "; not a member by this: ", "not-known": "; not known by this: "}
"""What is said ahead of the countries that get this verdict; that one takes part is told as the change itself."""


def statement(change: Change, words: Words) -> Spans:
    """The same for a part of an entry that is new as a whole, where "new" would be said of everything."""
    return tuple(span for span in sentence(change, words) if not any(span is one for one in _ONLY_NEW))


# An entry as a whole


def _full_name(entry: Any) -> Spans:
    name, acronym = entry.get("name"), entry.get("acronym")
    said = spans(quoted(name)) if name is not None else spans("without a name")
    return spans(said, " (", theirs(acronym, 40), ")") if isinstance(acronym, str) else said


def _withdrawn(change: Change, words: Words) -> Spans:
    tombstone = change.after.get("entry")
    told = tombstone if isinstance(tombstone, dict) else {}
    said = [words.said(words.part("entry", "withdrawn"), told["withdrawn"])] if "withdrawn" in told else []
    said += [spans(quoted(told["reason"], 300))] if "reason" in told else []
    said += [spans("see ", code(told["see"]))] if "see" in told else []
    return spans("Entry withdrawn: ", joined(said, last=", "))


def _unreadable(change: Change, _words: Words) -> Spans:
    problem = change.after if isinstance(change.after, dict) else {}
    if problem.get("rule") == EMPTY:
        return spans("The file is empty now")
    where = f"line {problem.get('line', 1)}"
    return spans("The file cannot be read (", where, "): ", quoted(problem.get("message", ""), 300))


def _commented(change: Change, _words: Words) -> Spans:
    both = [(lead, side) for lead, side in (("new", change.after), ("deleted", change.before)) if side]
    said = [spans(f"{lead} ", several([spans(quoted(comment, 300)) for comment in side], 6)) for lead, side in both]
    return spans(label("Comments in the file"), ": ", joined(said, "; ", "; "))


# What needs no source


def _editorial(change: Change, words: Words) -> Spans:
    part, before, after = words.part(change.field), change.before, change.after
    if before is None:
        return spans(words.said(part, after), _NEW)
    if after is None:
        return spans("deleted; was ", words.said(part, before))
    if change.kind is Kind.RENAMED:
        said = spans(quoted(after), " instead of ", quoted(before))
    else:
        said = instead(words, part, before, after, in_order=change.field in IN_ORDER)
    return spans(said, "; the old one is filed among the other names" if change.kept else "")


# Claims


def _set(change: Change, words: Words) -> Spans:
    is_joining = change.field == COUNTRIES
    said = words.claim(change.field, change.after, verb=JOIN) if is_joining else _claim(change.after, change, words)
    return spans(said, _note(change.after) if is_joining else _NEW, _on(change, words))


def _cleared(change: Change, words: Words) -> Spans:
    return spans("deleted; was ", _claim(change.before, change, words), _was_on(change, words))


def _claim(claim: Any, change: Change, words: Words) -> Spans:
    return spans(words.claim(change.field, claim), _note(claim))


def _changed(change: Change, words: Words) -> Spans:
    """Another value, or the same value said of another time, or with another note."""
    lead = "the other value " if change.kind is Kind.ALTERNATIVE_CHANGED else ""
    if not change.is_other_value:
        return spans(lead, _in_short(change, words), _details(change, words, _TOLD), _evidence(change, words))
    kept = "; the old value is kept beside it" if change.kept and not lead else ""
    return spans(lead, _values(change, words), kept, _evidence(change, words))


def _values(change: Change, words: Words) -> Spans:
    """The value and the one before it, with what is said of each; what is said of one that is kept stays with it."""
    keys = change.other_keys
    key = keys[0] if len(keys) == 1 else "value"
    before, after = change.both(key)
    is_list = key == "value" and isinstance(before, list) and isinstance(after, list)
    beside = (*_TOLD, *SAID_IN.get(change.field, SAID))
    if change.field == COUNTRIES:
        told = _moved(change, words)
    elif is_list or (_is_long(before) and _is_long(after)):
        told = instead(words, words.part(change.field, key), before, after)
    else:
        is_other = change.is_other_unit
        now = words.claim(change.field, change.after, counted=is_other)
        told = spans(now, " instead of ", words.claim(change.field, change.before, counted=is_other))
        beside = (*beside, *WHEN)
    if not change.kept:
        return spans(told, _details(change, words, beside))
    found = list(qualifiers(words, change.field, change.after, beside))
    return spans(told, "; " if found else "", joined(found, "; ", "; "))


def _moved(change: Change, words: Words) -> Spans:
    """Which countries join a role and which are no longer named in it; sets by their titles."""
    was, now = map(words.codes, (change.before, change.after))
    old, new = map(items, change.both("sets"))
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    told: list[Spans] = []
    if gone and come:
        told.append(spans(joined(words.who(come, (), ())), " instead of ", joined(words.who(gone, (), ()))))
        gone, come = [], []
    for verbs, side, codes, sets in ((JOIN, change.after, now - was, come), (_LEAVE, change.before, was - now, gone)):
        # The members of a set that comes or goes are told by its title.
        who = words.who(sets, (), codes - words.codes({"sets": sets}))
        is_one = len(who) == 1 and not sets
        if who:
            told.append(spans(joined(who), verbs[not is_one], words.role(side, is_one=is_one)))
    if was & now and not same(*change.both("role")):
        who, is_one = words.who((), (), was & now), len(was & now) == 1
        told.append(spans(joined(who), " now", words.role(change.after, is_one=is_one)))
    keys = ("complete",) if told else ("sets", "except", "value", "complete")
    both = [{key: side.get(key) for key in keys} for side in (change.before, change.after)]
    told = told or [words.countries(change.before, (), _FEW - 1)]
    return joined([*told, *differences(words, change.field, both[0], both[1], ())], "; ", "; ")


_LEAVE = (" is no longer named", " are no longer named")


def _in_short(change: Change, words: Words) -> Spans:
    """The statement that a change is about, as briefly as it can be told."""
    said, value = change.statement, value_of(change.statement)
    if isinstance(said, dict) and change.field == COUNTRIES:
        return words.countries(said, (), _FEW - 1)
    if isinstance(said, dict) and "value" not in said and change.field not in SAID_IN:
        return words.item(change.field, said)
    return spans(quoted(value, 60)) if _is_long(value) else words.value(change.field, said)


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > 70


def _promoted(change: Change, words: Words) -> Spans:
    counted = change.is_other_unit
    now, was = (words.claim(change.field, side, counted=counted) for side in (change.after, change.before))
    kept = ", which is kept beside it" if change.kept else spans(_note(change.before), ", which is deleted")
    lost = () if change.kept or not change.was_on else spans("; the deleted one was by ", words.cited(change.was_on))
    return spans(now, ", so far another value, instead of ", was, kept, _on(change, words), lost)


def _alternative_added(change: Change, words: Words) -> Spans:
    said = words.claim(change.field, change.after)
    return spans(said, " as another value", _note(change.after), _on(change, words))


def _alternative_removed(change: Change, words: Words) -> Spans:
    return spans("the other value ", _claim(change.before, change, words), ", deleted", _was_on(change, words))


# Items of lists


def _item_added(change: Change, words: Words) -> Spans:
    said = spans(words.item(change.field, change.after), words.extras(change.field, change.after))
    return spans(said, _NEW, _note(change.after), _on(change, words))


def _item_changed(change: Change, words: Words) -> Spans:
    known = words.item(change.field, _unchanged(change))
    return spans(known, _details(change, words, _TOLD, "; " if known else ""), _evidence(change, words))


def _item_removed(change: Change, words: Words) -> Spans:
    said = spans(words.item(change.field, change.before), words.extras(change.field, change.before))
    return spans(said, _note(change.before), ", deleted", _was_on(change, words))


def _unchanged(change: Change) -> Any:
    """The part of an item that is as before, by which a reader knows it again."""
    before, after = change.before, change.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    return {key: value for key, value in after.items() if same(before.get(key), value)}


def _details(change: Change, words: Words, told: Sequence[str], between: str = "; ") -> Spans:
    """What else is said otherwise about the same thing, each part behind a semicolon."""
    found = list(differences(words, change.field, change.before, change.after, told))
    return spans(between, joined(found, "; ", "; ")) if found else ()


def _note(statement: Any) -> Spans:
    """What is noted beside a statement or a source that is new or gone."""
    text = statement.get("note") if isinstance(statement, dict) else None
    return () if text is None else spans(", note ", quoted(text, LONG))


# Questions


def _question(change: Change, words: Words) -> Spans:
    about, item = change.statement.get("about") if isinstance(change.statement, dict) else None, change.statement
    on = theirs(words.schema.label(about).replace(": ", ", ").lower(), 60) if about and isinstance(about, str) else ""
    head = spans(label("Question"), spans(" on ", on) if on else "")
    if change.kind is not Kind.QUESTION_CHANGED:
        return spans(head, ": ", words.item(change.field, item), _ENDS[change.kind])
    known = _unchanged(change)
    text = spans(": ", words.item(change.field, known)) if isinstance(known, dict) and "text" in known else ()
    return spans(head, text, _details(change, words, (), "; " if text else ": "))


_ENDS: dict[Kind, str | Span] = {
    Kind.QUESTION_OPENED: _NEW,
    Kind.QUESTION_ANSWERED: ", answered",
    Kind.QUESTION_REMOVED: ", deleted; no new value answers it",
}


# Evidence: on which sources a statement stands and stood.


def _begun(text: str) -> Span:
    return Span(f"; {text}", Style.EVIDENCE)


def _on(change: Change, words: Words) -> Spans:
    """The sources of what is new."""
    if change.is_on:
        return spans(_begun("by "), words.cited(change.is_on))
    is_name = change.field == "other_names" and not needs_source(change.both("kind")[1], words.schema)
    return () if is_name else spans(_begun("without a source"))


def _was_on(change: Change, words: Words) -> Spans:
    """The sources of what is gone."""
    return spans(_begun("was by "), words.cited(change.was_on)) if change.was_on else ()


def _evidence(change: Change, words: Words) -> Spans:
    """What became of the sources of a statement that stands."""
    gained, lost = change.gained, change.lost
    if not gained and not lost:
        return _same_evidence(change, words)
    staying = [source for source in change.is_on if source not in gained]
    rest = spans("; still by ", words.cited(staying, 3)) if staying else ()
    if gained and lost:
        return spans(_begun("now by "), words.cited(gained), " instead of ", words.cited(lost), rest)
    if gained:
        return spans(_begun("now also by " if change.was_on else "now by "), words.cited(gained))
    return spans(_begun("no longer by "), words.cited(lost), rest or ", so without a source")


_as_cited = attrgetter("title", "kind", "where")


def _same_evidence(change: Change, words: Words) -> Spans:
    """The sources of a statement whose ids are as before; told is where the place, or what was listed, is another."""
    others: list[Cited] = []
    for now in change.is_on if change.is_on != change.was_on else ():
        others += [was for was in change.was_on if was.id == now.id and _as_cited(was) != _as_cited(now)]
    if others:
        is_listed_otherwise = {one.title for one in others} - {one.title for one in change.is_on}
        lead = ", so far listed as " if is_listed_otherwise else ", so far "
        return spans(_begun("by "), words.cited(change.is_on), lead, words.cited(others))
    return spans(_begun("still by "), words.cited(change.is_on, 3)) if change.is_on else ()


def _evidence_only(change: Change, words: Words) -> Spans:
    return spans(_in_short(change, words), _evidence(change, words))


# Listed sources


def _listed(change: Change, words: Words) -> Spans:
    id_ = str(change.both("id")[1])
    lead = f"Source {words.numbers[id_]}" if id_ in words.numbers else "Source added"
    said = spans(label(lead), ": ", words.item("sources", change.after), _note(change.after))
    if change.before is None:
        return said
    return spans(said, "; the address of ", quoted(title_of(change.before), 110), ", which is listed already")


def _unlisted(change: Change, words: Words) -> Spans:
    return spans(label("Source deleted"), ": ", words.item("sources", change.before), _note(change.before))


def _corrected(change: Change, words: Words) -> Spans:
    """What is said otherwise of a listed source, and what leans on it."""
    item = _unchanged(change)
    title = item.get("title") if isinstance(item, dict) else item
    name = quoted(title) if title is not None else code(change.both("id")[1] or "")
    fields = change.both(CITED_BY)[1]
    cited: Spans = ()
    if isinstance(fields, list) and touches_what_cites_it(change):
        said = counted(words.field(str(field)).lower() for field in fields)
        cited = spans(_begun("cited by "), several(said, 5) if said else "no statement")
    return spans(label("Source corrected"), ": ", name, "; ", correction(change, words), cited)


def correction(change: Change, words: Words) -> Spans:
    """What is said otherwise of a listed source, without its name."""
    return joined(list(differences(words, "sources", change.before, change.after, (CITED_BY,))), "; ", "; ")


def corrections(changes: Sequence[Change], words: Words) -> Spans:
    """The same said otherwise of several listed sources; by their names where they are few."""
    if len(changes) > _FEW:
        return spans(label(f"{len(changes)} sources"), ": ", correction(changes[0], words))
    names = [spans(quoted(title_of(change.after), 110)) for change in changes]
    return spans(label("Sources corrected"), ": ", joined(names), "; ", correction(changes[0], words))


def touches_what_cites_it(change: Change) -> bool:
    """Whether something else of a listed source changes than how it was read."""
    if not (isinstance(change.before, dict) and isinstance(change.after, dict)):
        return True
    keys = {*change.before, *change.after} - {*_BESIDE, CITED_BY}
    return any(not same(*change.both(key)) for key in keys)


_Tell = Callable[[Change, Words], Spans]


def _always(text: str) -> _Tell:
    return lambda _change, _words: spans(text)


_SENTENCES: dict[str, _Tell] = {
    "entry-added": lambda change, _: spans("New entry: ", _full_name(change.after)),
    "entry-withdrawn": _withdrawn,
    "entry-restored": _always("The entry stands again; it was withdrawn"),
    "entry-unreadable": _unreadable,
    "entry-mended": _always("The file can be read again; what it said before could not be compared"),
    "entry-moved": lambda change, _: spans("Moved from ", code(change.before), " to ", code(change.after)),
    "id-lost": lambda change, _: spans("The entry is gone: ", _full_name(change.before)),
    "comments-changed": _commented,
    "form-only": _always("Only the form changed (order, quotes or line breaks); the entry says the same"),
    "renamed": _editorial,
    "editorial-changed": _editorial,
    "status-changed": _changed,
    "claim-set": _set,
    "claim-changed": _changed,
    "claim-cleared": _cleared,
    "rival-promoted": _promoted,
    "rival-added": _alternative_added,
    "rival-changed": _changed,
    "rival-removed": _alternative_removed,
    **dict.fromkeys(("source-gained", "source-lost", "source-changed"), _evidence_only),
    **dict.fromkeys(("question-opened", "question-changed", "question-answered", "question-removed"), _question),
    "listed-source-added": _listed,
    "listed-source-changed": _corrected,
    "listed-source-removed": _unlisted,
    # The items of all other lists: names, legal acts, relations and events.
    "added": _item_added,
    "changed": _item_changed,
    "removed": _item_removed,
}
_LEADING = ("entry", "id", "comments", "form", "question", "listed")
_WITHOUT_FIELD = frozenset(kind for kind in Kind if kind.startswith(_LEADING))
"""Kinds whose sentence begins in a way of its own, and not with the name of the field."""
