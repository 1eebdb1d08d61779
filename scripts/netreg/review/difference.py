"""Difference: what is said of the same thing otherwise than before, key by key, and texts word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from netreg.core.mask import masked
from netreg.core.schema import Part
from netreg.review.change import meaning, same, split
from netreg.review.spans import Span, Spans, Style, cut, cut_inside, joined, quoted, spans, theirs
from netreg.review.words import LEADS, WHEN, Words, spoken_date

REWORDED = "reworded: "
_LONGEST_GONE = 320
"""Characters of a text that is gone, beyond which its middle is left out."""

_LONGEST_NEW = 1300
"""Characters of a new text at most: more than the schema allows to any."""

_MOST_PIECES = 80
"""Words, or sentences, between the first and the last difference at most; comparing takes up to the cube of it."""

_AROUND = 4
"""Words shown before and behind a difference, so that it is found in the text."""

_LEAST_ALIKE = 0.3
"""The share of common words below which two texts are told one after the other: marks in them would be all there is."""

_LEADS = {**dict.fromkeys(WHEN, ""), "as_of": LEADS["as_of"], "certainty": "marked as "}
_LEADS_OF_SOURCES = {
    "published": "dated ",
    "copy_by": "marked as copied by ",
    "kind": "counts as ",
    "archive": "archived, ",
    "opened_by_person": "opened by a person on ",
}


def differences(words: Words, path: str, before: Any, after: Any, beside: Sequence[str]) -> Iterator[Spans]:
    """What qualifies a statement otherwise than before; ``beside`` are keys told elsewhere."""
    was, now = before if isinstance(before, dict) else {}, after if isinstance(after, dict) else {}
    for key in dict.fromkeys((*now, *was)):
        if key not in beside and not same(was.get(key), now.get(key)):
            yield _difference(words, path, key, was.get(key), now.get(key))


def qualifiers(words: Words, path: str, statement: Any, beside: Sequence[str]) -> Iterator[Spans]:
    """What qualifies a statement; ``beside`` are keys told elsewhere."""
    for key, value in statement.items() if isinstance(statement, dict) else ():
        if key not in beside and value is not None:
            yield _detail(words, path, key, value)


def instead(words: Words, part: Part, before: Any, after: Any, *, in_order: bool = False) -> Spans:
    """A value and the one that it replaces; texts and lists by where they differ."""
    if isinstance(before, list) and isinstance(after, list):
        return _list_instead(words, part, before, after, in_order=in_order)
    if _is_prose(before) and _is_prose(after):
        return spans(REWORDED, reworded(before, after))
    was = spans(_gone(before)) if _is_prose(before) else words.said(part, before)
    return spans(words.said(part, after), " instead of ", was)


def _gone(text: str) -> Span:
    return quoted(cut_inside(text, _LONGEST_GONE), _LONGEST_GONE + 3)


def _list_instead(words: Words, part: Part, before: list[Any], after: list[Any], *, in_order: bool) -> Spans:
    was, now = set(map(meaning, before)), set(map(meaning, after))
    new = [item for item in after if meaning(item) not in was]
    gone = [item for item in before if meaning(item) not in now]
    both = (("now also " if was & now else "now ", new), ("no longer ", gone))
    said = [spans(lead, words.said(part, items)) for lead, items in both if items]
    if not said:
        lead = "in another order: " if len(before) == len(after) else "now "
        return spans(lead, words.said(part, after), () if in_order else spans(" instead of ", words.said(part, before)))
    if in_order and before and after and not same(before[0], after[0]):
        first = after[:1]
        is_new = same(new, first)
        said[0] = spans(said[0], ", as the first" if is_new else spans("; the first is now ", words.said(part, first)))
    return joined(said, "; ", "; ")


def _difference(words: Words, path: str, key: str, before: Any, after: Any) -> Spans:
    if words.part(path, key).get("type") == "boolean":
        lead = "now " if after is True else "no longer " if before is True else "expressly not "
        return spans(lead, "marked as ", _name(words, path, key))
    if before is None:
        return spans("now ", _detail(words, path, key, after))
    if after is None:
        return spans("no longer ", _detail(words, path, key, before))
    part = words.part(path, key)
    is_both = isinstance(before, dict) and isinstance(after, dict)
    if (path, key) == ("relations", "type"):
        return spans(quoted(words.term(part, after), 60), " instead of ", quoted(words.term(part, before), 60))
    if (path, key) == ("sources", "kind"):
        now, was = (theirs(words.term(part, side).lower(), 60) for side in (after, before))
        return spans("counts as ", now, ", no longer as ", was)
    if key == "document" and is_both:
        return spans(words.document(path, after), " instead of ", words.document(path, before))
    if (path, key) == ("sources", "read") and is_both and before.keys() == after.keys() == {"date", "how"}:
        days = [spoken_date(str(side["date"])) for side in (after, before)]
        ways = [theirs(words.term(words.part(path, key, "how"), side["how"]).lower(), 60) for side in (after, before)]
        is_same_way = same(before["how"], after["how"])
        said = [spans(day) if is_same_way else spans(day, " (", way, ")") for day, way in zip(days, ways, strict=True)]
        return spans("read on ", said[0], " instead of ", said[1])
    return spans(_name(words, path, key), " ", instead(words, part, before, after))


def _detail(words: Words, path: str, key: str, value: Any) -> Spans:
    """What qualifies a statement, behind "now" or "no longer"."""
    if key in WHEN:
        return spans(_LEADS[key], words.qualifier(path, key, value))
    if key == "document" and isinstance(value, dict):
        return spans("with ", words.document(path, value))
    lead = _LEADS_OF_SOURCES.get(key) if path == "sources" else None
    return spans(lead or spans("with the ", _name(words, path, key), " "), words.said(words.part(path, key), value))


def _name(words: Words, path: str, key: str) -> Span:
    return theirs(words.field(f"{path}.{key}").lower(), 60)


# Texts: where they differ, sentence by sentence and then word by word, with some words around each difference.

_Piece = TypeVar("_Piece", str, tuple[str, ...])
_Step = tuple[Style, list[str]]


def _is_prose(value: object) -> bool:
    """Whether a difference is better shown inside the text than by the two texts."""
    return isinstance(value, str) and " " in value and (len(value) > 70 or value.count(" ") >= 4)


def reworded(before: str, after: str) -> Spans:
    """The new text with what is gone and what is new marked; both texts where they have little in common.

    What is new is shown whole, since it is what somebody decides on; what is gone may be shortened inside.
    """
    before, after = masked(before), masked(after)
    was, now = split(before), split(after)
    head = _shared(was, now)
    tail = _shared(was[head:][::-1], now[head:][::-1])
    steps = list(_by_sentence(was[head : len(was) - tail], now[head : len(now) - tail]))
    kept = head + tail + sum(len(words) for style, words in steps if style is Style.THEIRS)
    if kept < _LEAST_ALIKE * len(now) and any(words for style, words in steps if style is Style.GONE):
        return spans(quoted(after, _LONGEST_NEW), " instead of ", _gone(before))
    around = [now[:head], now[len(now) - tail :]]
    near = [words if len(words) <= _AROUND + 2 else None for words in around]
    first = near[0] if near[0] is not None else ["…", *around[0][-_AROUND:]]
    last = near[1] if near[1] is not None else [*around[1][:_AROUND], "…"]
    edges = [[Span(cut(" ".join(words), _LONGEST_GONE), Style.THEIRS)] if words else [] for words in (first, last)]
    pieces = [span for span in (*edges[0], *map(_shown, steps), *edges[1]) if span.text]
    return spans("“", joined([(span,) for span in pieces], " ", " "), "”")


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _by_sentence(gone: list[str], new: list[str]) -> Iterator[_Step]:
    """Whole sentences that both have keep the others apart, and those are compared word by word."""
    for is_same, old, newer in _blocks(_sentences(gone), _sentences(new)):
        old_words, new_words = ([word for sentence in side for word in sentence] for side in (old, newer))
        if is_same:
            yield Style.THEIRS, new_words
        else:
            yield from _by_word(old_words, new_words)


def _by_word(gone: list[str], new: list[str]) -> Iterator[_Step]:
    common = len(set(gone) & set(new))
    is_alike = 2 * common >= _LEAST_ALIKE * (len(set(gone)) + len(set(new)))
    for is_same, old, newer in _blocks(gone, new) if is_alike else [(False, gone, new)]:
        if is_same:
            yield Style.THEIRS, list(newer)
        else:
            yield Style.GONE, list(old)
            yield Style.NEW, list(newer)


def _blocks(gone: Sequence[_Piece], new: Sequence[_Piece]) -> Iterator[tuple[bool, Sequence[_Piece], Sequence[_Piece]]]:
    """The pieces in turn, those that both have and those that only one has."""
    if max(len(gone), len(new)) > _MOST_PIECES:
        yield False, gone, new
        return
    from difflib import SequenceMatcher

    for step, start, end, new_start, new_end in SequenceMatcher(None, gone, new, autojunk=False).get_opcodes():
        yield step == "equal", gone[start:end], new[new_start:new_end]


def _sentences(words: list[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    start = 0
    for end, word in enumerate(words, start=1):
        if word.endswith((".", "!", "?", ";", ".”", ".)")) or end == len(words):
            found.append(tuple(words[start:end]))
            start = end
    return found


def _shown(step: _Step) -> Span:
    style, words = step
    if style is Style.GONE:
        return Span(cut_inside(" ".join(words), _LONGEST_GONE), style)
    if style is Style.NEW:
        return Span(cut(" ".join(words), _LONGEST_NEW), style)
    if len(words) > 2 * _AROUND + 2:
        words = [*words[:_AROUND], "…", *words[-_AROUND:]]
    return Span(cut(" ".join(words), _LONGEST_GONE), style)
