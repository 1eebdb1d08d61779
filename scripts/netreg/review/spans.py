"""Bits: pieces of a sentence that know whether the words are ours or come from an entry.

Only the last step, to text or to Markdown, turns them into characters, so that no text of an entry is forgotten there.
What people should not have sent is masked in the first step, before anything is cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from netreg.core.mask import masked

LONGEST = 160
"""Characters of a quoted text at most."""


class Style(Enum):
    """How a bit is shown: ``SAID`` are words of ours, ``EVIDENCE`` those with which the evidence begins."""

    SAID = "said"
    LABEL = "label"
    QUOTED = "quoted"
    THEIRS = "theirs"
    CODE = "code"
    EVIDENCE = "evidence"
    GONE = "gone"
    NEW = "new"


class Bit(NamedTuple):
    """One piece."""

    text: str
    style: Style = Style.SAID


Bits = tuple[Bit, ...]


def bits(*pieces: str | Bit | Iterable[Bit]) -> Bits:
    """Words of ours, bits, and runs of bits, one behind the other."""
    flat: list[Bit] = []
    for piece in pieces:
        if isinstance(piece, str):
            flat.append(Bit(piece))
        elif isinstance(piece, Bit):
            flat.append(piece)
        else:
            flat.extend(piece)
    return tuple(bit for bit in flat if bit.text)


def label(text: str) -> Bit:
    """The name of a field."""
    return Bit(cut(text, 60), Style.LABEL)


def quoted(text: object, longest: int = LONGEST) -> Bit:
    """Words of an entry, shown in quotes."""
    return Bit(cut(masked(str(text)), longest), Style.QUOTED)


def theirs(text: object, longest: int = LONGEST) -> Bit:
    """Words of an entry, shown as they are."""
    return Bit(cut(masked(str(text)), longest), Style.THEIRS)


def code(text: object, longest: int = LONGEST) -> Bit:
    """An id, a number or an address."""
    return Bit(cut(masked(str(text)), longest), Style.CODE)


def cut(text: object, longest: int) -> str:
    """The text; what is too long ends in an ellipsis."""
    whole = str(text)
    return whole if len(whole) <= longest else f"{whole[: longest - 1].rstrip()}…"


def cut_inside(text: object, longest: int) -> str:
    """The text; of what is too long the beginning and the end, since both tell which text it is."""
    whole, half = str(text), longest // 2
    return whole if len(whole) <= longest else f"{whole[:half].rstrip()} … {whole[-half:].lstrip()}"


def bounded(said: Iterable[Bit], longest: int) -> Bits:
    """The sentence; what is too long ends in an ellipsis."""
    kept: list[Bit] = []
    for bit in said:
        longest -= len(bit.text)
        if longest < 0:
            return (*kept, bit._replace(text=cut(bit.text, max(1, len(bit.text) + longest))))
        kept.append(bit)
    return tuple(kept)


def joined(items: Sequence[Bits], between: str = ", ", last: str = " and ") -> Bits:
    """``a, b and c``."""
    flat: list[Bit] = []
    for index, item in enumerate(items):
        if index:
            flat.append(Bit(last if index == len(items) - 1 else between))
        flat.extend(item)
    return tuple(flat)


def several(items: Sequence[Bits], most: int = 3, between: str = ", ", last: str = " and ") -> Bits:
    """The first of many, and how many more there are."""
    if len(items) <= most + 1:
        return joined(items, between, last)
    return joined([*items[:most], bits(f"{len(items) - most} more")], between, last)


def plain(sentence: Iterable[Bit]) -> str:
    """The words without any marks but quotes, for a reader that escapes by itself."""
    return "".join(f"“{bit.text}”" if bit.style is Style.QUOTED else bit.text for bit in sentence)
