"""Wording: where two texts differ, sentence by sentence and then word by word, with some words around each difference.

What is new is shown whole, since it is what somebody decides on; what is gone may be shortened inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from netreg.core.mask import masked
from netreg.review.equivalence import split
from netreg.review.spans import Bit, Bits, Style, bits, cut, cut_inside, quoted

LONGEST_GONE = 320
"""Characters of a text that is gone, beyond which its middle is left out."""

_LONGEST_NEW = 1300
"""Characters of a new text at most: more than the schema allows to any."""

_MOST_PIECES = 80
"""Words, or sentences, between the first and the last difference at most; comparing takes up to the cube of it."""

_AROUND = 4
_LEAST_ALIKE = 0.3
Words = list[str]
_Piece = TypeVar("_Piece", str, tuple[str, ...])
_Block = tuple[bool, Sequence[_Piece], Sequence[_Piece]]


def reworded(before: str, after: str) -> Bits:
    """The new text with what is gone and what is new marked; both texts where they have little in common."""
    before, after = masked(before), masked(after)
    was, now = split(before), split(after)
    head = _shared(was, now)
    tail = _shared(was[head:][::-1], now[head:][::-1])
    steps = tuple(_by_sentence(was[head : len(was) - tail], now[head : len(now) - tail]))
    kept = head + tail + sum(len(words) for style, words in steps if style is Style.THEIRS)
    if kept < _LEAST_ALIKE * len(now) and any(words for style, words in steps if style is Style.GONE):
        gone = quoted(cut_inside(before, LONGEST_GONE), LONGEST_GONE + 3)
        return bits(quoted(after, _LONGEST_NEW), " instead of ", gone)
    around = _before(now[:head]), _behind(now[len(now) - tail :])
    return bits("“", around[0], joined_by_spaces([_shown(*step) for step in steps]), around[1], "”")


_Step = tuple[Style, Words]


def _shared(one: Words, other: Words) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _by_sentence(gone: Words, new: Words) -> Iterator[_Step]:
    """Whole sentences that both have keep the others apart, and those are compared word by word."""
    was, now = _sentences(gone), _sentences(new)
    for same, old_ones, new_ones in _blocks(was, now):
        if same:
            yield Style.THEIRS, _words(new_ones)
        else:
            yield from _by_word(_words(old_ones), _words(new_ones))


def _by_word(gone: Words, new: Words) -> Iterator[_Step]:
    common = len(set(gone) & set(new))
    alike = 2 * common >= _LEAST_ALIKE * (len(set(gone)) + len(set(new)))
    for same, old_ones, new_ones in _blocks(gone, new) if alike else [(False, gone, new)]:
        if same:
            yield Style.THEIRS, list(new_ones)
        else:
            yield Style.GONE, list(old_ones)
            yield Style.NEW, list(new_ones)


def _blocks(gone: Sequence[_Piece], new: Sequence[_Piece]) -> Iterator[_Block[_Piece]]:
    """The pieces in turn, those that both have and those that only one has."""
    if not gone or not new or max(len(gone), len(new)) > _MOST_PIECES:
        yield False, gone, new
        return
    from difflib import SequenceMatcher

    for step, start, end, new_start, new_end in SequenceMatcher(None, gone, new, autojunk=False).get_opcodes():
        yield step == "equal", gone[start:end], new[new_start:new_end]


def _sentences(words: Words) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    start = 0
    for end, word in enumerate(words, start=1):
        if word.endswith((".", "!", "?", ";", ".”", ".)")) or end == len(words):
            found.append(tuple(words[start:end]))
            start = end
    return found


def _words(sentences: Sequence[tuple[str, ...]]) -> Words:
    return [word for sentence in sentences for word in sentence]


def _shown(style: Style, words: Words) -> Bit:
    text = " ".join(words)
    if style is Style.GONE:
        return Bit(cut_inside(text, LONGEST_GONE), style)
    return Bit(cut(text, _LONGEST_NEW), style) if style is Style.NEW else Bit(_between(words), style)


def joined_by_spaces(pieces: list[Bit]) -> Bits:
    """The bits that hold words, with a space between each two."""
    full = [piece for piece in pieces if piece.text]
    return bits(*(part for piece in full for part in (" ", piece)))[1:]


def _between(words: Words) -> str:
    if len(words) > 2 * _AROUND + 2:
        words = [*words[:_AROUND], "…", *words[-_AROUND:]]
    return cut(" ".join(words), LONGEST_GONE)


def _before(words: Words) -> Bits:
    near = words if len(words) <= _AROUND + 2 else ["…", *words[-_AROUND:]]
    return bits(Bit(cut(" ".join(near), LONGEST_GONE) + " ", Style.THEIRS)) if near else ()


def _behind(words: Words) -> Bits:
    near = words if len(words) <= _AROUND + 2 else [*words[:_AROUND], "…"]
    return bits(Bit(" " + cut(" ".join(near), LONGEST_GONE), Style.THEIRS)) if near else ()


def is_prose(value: object) -> bool:
    """Whether a difference is better shown inside the text than by the two texts."""
    return isinstance(value, str) and " " in value and (len(value) > 70 or value.count(" ") >= 4)
