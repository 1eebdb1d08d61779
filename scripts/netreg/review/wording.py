"""Wording: where two texts differ, word by word, with some words around each difference."""

from __future__ import annotations

from netreg.review.bits import Bit, Bits, Style, bits, cut, quoted

_MOST_WORDS = 80
"""Words between the first and the last difference at most; comparing takes up to the cube of it."""

_AROUND = 4
_LONGEST = 320
_LEAST_ALIKE = 0.3


def reworded(before: str, after: str) -> Bits:
    """The new text with what is gone and what is new marked; both texts where they have little in common."""
    was, now = before.split(), after.split()
    head = _shared(was, now)
    tail = _shared(was[head:][::-1], now[head:][::-1])
    gone, new = was[head : len(was) - tail], now[head : len(now) - tail]
    if max(len(gone), len(new)) > _MOST_WORDS or head + tail < _LEAST_ALIKE * len(now):
        return bits(quoted(after, _LONGEST), " instead of ", quoted(before, _LONGEST))
    middle = _steps(gone, new)
    return bits("“", _before(now[:head]), middle, _behind(now[len(now) - tail :]), "”")


def _shared(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _steps(gone: list[str], new: list[str]) -> Bits:
    """The words between, where words that both have keep the differences apart."""
    from difflib import SequenceMatcher

    pieces: list[Bit] = []
    for step, start, end, new_start, new_end in SequenceMatcher(None, gone, new, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Bit(_between(new[new_start:new_end]), Style.THEIRS))
        else:
            pieces += [_marked(gone[start:end], Style.GONE), _marked(new[new_start:new_end], Style.NEW)]
    return joined_by_spaces(pieces)


def joined_by_spaces(pieces: list[Bit]) -> Bits:
    """The bits that hold words, with a space between each two."""
    full = [piece for piece in pieces if piece.text]
    return bits(*(part for piece in full for part in (" ", piece)))[1:]


def _marked(words: list[str], style: Style) -> Bit:
    return Bit(cut(" ".join(words), _LONGEST), style)


def _between(words: list[str]) -> str:
    if len(words) > 2 * _AROUND + 2:
        words = [*words[:_AROUND], "…", *words[-_AROUND:]]
    return cut(" ".join(words), _LONGEST)


def _before(words: list[str]) -> Bits:
    near = words if len(words) <= _AROUND + 2 else ["…", *words[-_AROUND:]]
    return bits(Bit(cut(" ".join(near), _LONGEST) + " ", Style.THEIRS)) if near else ()


def _behind(words: list[str]) -> Bits:
    near = words if len(words) <= _AROUND + 2 else [*words[:_AROUND], "…"]
    return bits(Bit(" " + cut(" ".join(near), _LONGEST), Style.THEIRS)) if near else ()


def is_prose(value: object) -> bool:
    """Whether a difference is better shown inside the text than by the two texts."""
    return isinstance(value, str) and (len(value) > 70 or value.count(" ") >= 4)
