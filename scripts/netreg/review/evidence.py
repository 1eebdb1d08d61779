"""Evidence: on which sources a statement stands and stood, and what becomes of the sources themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from netreg.review.change import CITED_BY, Change, Cited
from netreg.review.difference import differences
from netreg.review.equivalence import same
from netreg.review.spans import Bit, Bits, Style, bits, code, joined, label, quoted, several, theirs
from netreg.review.words import LONG, Words

_FEW = 4
NAMES_WITHOUT_SOURCE = ("short", "translation", "variant", "misspelling")
"""Kinds of other names that need no source."""

_BESIDE = ("id", "read", "language")
"""What may change of a source without touching what leans on it."""


def _begun(text: str) -> Bit:
    return Bit(f"; {text}", Style.EVIDENCE)


def on(change: Change, words: Words) -> Bits:
    """The sources of what is new."""
    if change.is_on:
        return bits(_begun("by "), words.cited(change.is_on))
    return () if _needs_no_source(change) else bits(_begun("without a source"))


def _needs_no_source(change: Change) -> bool:
    kind = change.after.get("kind") if isinstance(change.after, dict) else None
    return change.field == "other_names" and kind in NAMES_WITHOUT_SOURCE


def was_on(change: Change, words: Words) -> Bits:
    """The sources of what is gone."""
    return bits(_begun("was by "), words.cited(change.was_on)) if change.was_on else ()


def evidence(change: Change, words: Words) -> Bits:
    """What became of the sources of a statement that stands."""
    gained, lost = change.gained, change.lost
    if not gained and not lost:
        return _the_same(change, words)
    if gained and lost:
        return bits(_begun("now by "), words.cited(gained), " instead of ", words.cited(lost), _rest(change, words))
    if gained:
        return bits(_begun("now also by " if change.was_on else "now by "), words.cited(gained))
    return bits(_begun("no longer by "), words.cited(lost), _rest(change, words) or ", so without a source")


def _the_same(change: Change, words: Words) -> Bits:
    """The sources of a statement whose ids are as before; what else was listed under one of them is told."""
    if not change.is_on:
        return ()
    was = {source.id: source for source in change.was_on}
    others = [was[source.id] for source in change.is_on if _is_another(was[source.id], source)]
    if not others:
        return bits(_begun("still by "), words.cited(change.is_on, 3))
    return bits(_begun("by "), words.cited(change.is_on), ", so far listed as ", words.cited(others))


def _is_another(was: Cited, now: Cited) -> bool:
    return (was.title, was.kind) != (now.title, now.kind)


def _rest(change: Change, words: Words) -> Bits:
    known = {source.id for source in change.gained}
    staying = [source for source in change.is_on if source.id not in known]
    return bits("; still by ", words.cited(staying, 3)) if staying else ()


def listed(change: Change, words: Words) -> Bits:
    """A source that is new in the list."""
    id_ = str(change.after.get("id")) if isinstance(change.after, dict) else ""
    lead = f"Source {words.numbers[id_]}" if id_ in words.numbers else "Source added"
    said = bits(label(lead), ": ", words.item("sources", change.after), note(change.after))
    if change.before is None:
        return said
    return bits(said, "; the address of ", quoted(title_of(change.before), 110), ", which is listed already")


def note(statement: Any) -> Bits:
    """What is noted beside a statement or a source that is new or gone."""
    text = statement.get("note") if isinstance(statement, dict) else None
    return () if text is None else bits(", note ", quoted(text, LONG))


def unlisted(change: Change, words: Words) -> Bits:
    """A source that is listed no more."""
    return bits(label("Source deleted"), ": ", words.item("sources", change.before), note(change.before))


def corrected(change: Change, words: Words) -> Bits:
    """What is said otherwise of a listed source, and what leans on it."""
    item = unchanged(change)
    title = item.get("title") if isinstance(item, dict) else item
    name = quoted(title) if title is not None else code(_id_of(change.after))
    return bits(label("Source corrected"), ": ", name, "; ", correction(change, words), _cited_by(change, words))


def correction(change: Change, words: Words) -> Bits:
    """What is said otherwise of a listed source, without its name."""
    return joined(list(differences(words, "sources", change.before, change.after, (CITED_BY,))), "; ", "; ")


def corrections(changes: Sequence[Change], words: Words) -> Bits:
    """The same said otherwise of several listed sources; by their names where they are few."""
    if len(changes) > _FEW:
        return bits(label(f"{len(changes)} sources"), ": ", correction(changes[0], words))
    names = [bits(quoted(title_of(change.after), 110)) for change in changes]
    return bits(label("Sources corrected"), ": ", joined(names), "; ", correction(changes[0], words))


def touches_what_cites_it(change: Change) -> bool:
    """Whether something else of a listed source changes than how it was read."""
    if not (isinstance(change.before, dict) and isinstance(change.after, dict)):
        return True
    keys = {*change.before, *change.after} - {*_BESIDE, CITED_BY}
    return any(not same(change.before.get(key), change.after.get(key)) for key in keys)


def _cited_by(change: Change, words: Words) -> Bits:
    fields = change.after.get(CITED_BY) if isinstance(change.after, dict) else None
    if not isinstance(fields, list) or not touches_what_cites_it(change):
        return ()
    counts = Counter(words.name_of(str(field)) for field in fields)
    said = [bits(theirs(name, 60), f" ({number})" if number > 1 else "") for name, number in counts.items()]
    return bits(_begun("cited by "), several(said, 5) if said else "no statement")


def unchanged(change: Change) -> Any:
    """The part of an item that is as before, by which a reader knows it again."""
    before, after = change.before, change.after
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    return {key: value for key, value in after.items() if same(before.get(key), value)}


def title_of(source: Any) -> str:
    """What a source is called, in an entry or as a statement cites it."""
    if isinstance(source, Cited):
        return source.title or source.id
    return str(source.get("title", source.get("id", ""))) if isinstance(source, dict) else str(source)


def _id_of(source: Any) -> str:
    return str(source.get("id", "")) if isinstance(source, dict) else ""
