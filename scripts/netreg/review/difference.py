"""Difference: what is said of the same thing otherwise than before, key by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from netreg.core.mask import masked
from netreg.core.schema import Part
from netreg.review.equivalence import meaning, same
from netreg.review.spans import Bits, bits, cut_inside, joined, quoted, theirs
from netreg.review.wording import LONGEST_GONE, is_prose, reworded
from netreg.review.words import WHEN, Words, spoken_date

REWORDED = "reworded: "


def differences(words: Words, path: str, before: Any, after: Any, beside: Sequence[str]) -> Iterator[Bits]:
    """What qualifies a statement otherwise than before; ``beside`` are keys told elsewhere."""
    was, now = (side if isinstance(side, dict) else {} for side in (before, after))
    for key in (*now, *(key for key in was if key not in now)):
        if key not in beside and not same(was.get(key), now.get(key)):
            yield _difference(words, path, key, was.get(key), now.get(key))


def qualifiers(words: Words, path: str, statement: Any, beside: Sequence[str]) -> Iterator[Bits]:
    """What qualifies a statement; ``beside`` are keys told elsewhere."""
    for key, value in statement.items() if isinstance(statement, dict) else ():
        if key not in beside and value is not None:
            yield _detail(words, path, key, value)


def instead(words: Words, part: Part, before: Any, after: Any, *, in_order: bool = False) -> Bits:
    """A value and the one that it replaces; texts and lists by where they differ."""
    if isinstance(before, list) and isinstance(after, list):
        return _list_instead(words, part, before, after, in_order=in_order)
    if is_prose(before) and is_prose(after):
        return bits(REWORDED, reworded(before, after))
    return bits(words.said(part, after), " instead of ", _gone(words, part, before))


def _gone(words: Words, part: Part, value: Any) -> Bits:
    if is_prose(value):
        return bits(quoted(cut_inside(masked(value), LONGEST_GONE), LONGEST_GONE + 3))
    return words.said(part, value)


def _list_instead(words: Words, part: Part, before: list[Any], after: list[Any], *, in_order: bool) -> Bits:
    was, now = set(map(meaning, before)), set(map(meaning, after))
    new = [item for item in after if meaning(item) not in was]
    gone = [item for item in before if meaning(item) not in now]
    both = (("now also " if was & now else "now ", new), ("no longer ", gone))
    said = [bits(lead, words.said(part, items)) for lead, items in both if items]
    if not said:
        lead = "in another order: " if len(before) == len(after) else "now "
        return bits(lead, words.said(part, after), "" if in_order else bits(" instead of ", words.said(part, before)))
    if in_order and before and after and not same(before[0], after[0]):
        said[0] = bits(said[0], _as_the_first(words, part, new, after[:1]))
    return joined(said, "; ", "; ")


def _as_the_first(words: Words, part: Part, new: list[Any], first: list[Any]) -> Bits:
    return bits(", as the first") if same(new, first) else bits("; the first is now ", words.said(part, first))


def _difference(words: Words, path: str, key: str, before: Any, after: Any) -> Bits:
    if before is None:
        return bits("now ", _detail(words, path, key, after))
    if after is None:
        return bits("no longer ", _detail(words, path, key, before))
    told = _TOLD.get((path, key)) or _TOLD.get(("", key))
    if told and (said := told(words, path, before, after)):
        return said
    return bits(_name(words, path, key), " ", instead(words, words.part(path, key), before, after))


def _detail(words: Words, path: str, key: str, value: Any) -> Bits:
    """What qualifies a statement, behind "now" or "no longer"."""
    if key in WHEN:
        return bits(_LEADS.get(key, ""), words.qualifier(path, key, value))
    if key == "document" and isinstance(value, dict):
        return bits("with ", words.document(path, value))
    lead = _LEADS.get(key) if path == "sources" else None
    return bits(lead or bits("with the ", _name(words, path, key), " "), words.said(words.part(path, key), value))


_LEADS = {
    "as_of": "as of ",
    "certainty": "marked as ",
    "published": "dated ",
    "copy_by": "marked as copied by ",
    "kind": "counts as ",
}


def _name(words: Words, path: str, key: str) -> Bits:
    return bits(theirs(words.name_of(f"{path}.{key}"), 60))


def _type_of_relation(words: Words, path: str, before: Any, after: Any) -> Bits:
    part = words.part(path, "type")
    return bits(quoted(words.term(part, after), 60), " instead of ", quoted(words.term(part, before), 60))


def _kind_of_source(words: Words, path: str, before: Any, after: Any) -> Bits:
    part = words.part(path, "kind")
    now, was = (theirs(words.term(part, side).lower(), 60) for side in (after, before))
    return bits("counts as ", now, ", no longer as ", was)


def _document(words: Words, path: str, before: Any, after: Any) -> Bits:
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return ()
    return bits(words.document(path, after), " instead of ", words.document(path, before))


def _read(words: Words, path: str, before: Any, after: Any) -> Bits:
    """The day on which a source was read; how only where it is another way than before."""
    if not all(isinstance(side, dict) and side.keys() == {"date", "how"} for side in (before, after)):
        return ()
    part = words.part(path, "read", "how")
    days = [bits(spoken_date(str(side["date"]))) for side in (after, before)]
    if not same(before["how"], after["how"]):
        ways = [theirs(words.term(part, side["how"]).lower(), 60) for side in (after, before)]
        days = [bits(day, " (", way, ")") for day, way in zip(days, ways, strict=True)]
    return bits("read on ", days[0], " instead of ", days[1])


_TOLD: dict[tuple[str, str], Callable[[Words, str, Any, Any], Bits]] = {
    ("relations", "type"): _type_of_relation,
    ("sources", "kind"): _kind_of_source,
    ("sources", "read"): _read,
    ("", "document"): _document,
}
"""Keys whose two values are not best told by the name of the key, in a field or, with none, in any."""
