"""Spans: pieces of a sentence that know whether the words are ours or come from an entry.

Only the last step, to text or to Markdown, turns them into characters, so that no text of an entry is forgotten there.
What people should not have sent is masked in the first step, before anything is cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from operator import itemgetter
from typing import NamedTuple

from netreg.core.mask import masked

LONGEST = 160
"""Characters of a quoted text at most."""


class Style(Enum):
    """How a span is shown: ``SAID`` are words of ours, ``EVIDENCE`` those with which the evidence begins."""

    SAID = "said"
    LABEL = "label"
    QUOTED = "quoted"
    THEIRS = "theirs"
    CODE = "code"
    EVIDENCE = "evidence"
    GONE = "gone"
    NEW = "new"


class Span(NamedTuple):
    """One piece."""

    text: str
    style: Style = Style.SAID


Spans = tuple[Span, ...]


def spans(*pieces: str | Span | Iterable[Span]) -> Spans:
    """Words of ours, spans, and runs of spans, one behind the other."""
    flat: list[Span] = []
    for piece in pieces:
        if isinstance(piece, str):
            flat.append(Span(piece))
        elif isinstance(piece, Span):
            flat.append(piece)
        else:
            flat.extend(piece)
    return tuple(filter(itemgetter(0), flat))


def label(text: str) -> Span:
    """The name of a field."""
    return Span(cut(text, 60), Style.LABEL)


def quoted(text: object, longest: int = LONGEST) -> Span:
    """Words of an entry, shown in quotes."""
    return Span(cut(masked(str(text)), longest), Style.QUOTED)


def theirs(text: object, longest: int = LONGEST) -> Span:
    """Words of an entry, shown as they are."""
    return Span(cut(masked(str(text)), longest), Style.THEIRS)


def code(text: object, longest: int = LONGEST, official: Collection[str] = ()) -> Span:
    """An id, a number or an address; mailboxes that are known as ``official`` are not masked."""
    return Span(cut(masked(str(text), official), longest), Style.CODE)


def cut(text: object, longest: int) -> str:
    """The text; what is too long ends in an ellipsis."""
    whole = str(text)
    return whole if len(whole) <= longest else f"{whole[: longest - 1].rstrip()}…"


def cut_inside(text: object, longest: int) -> str:
    """The text, masked; of what is too long the beginning and the end, since both tell which text it is."""
    whole, half = masked(str(text)), longest // 2
    return whole if len(whole) <= longest else f"{whole[:half].rstrip()} … {whole[-half:].lstrip()}"


def bounded(said: Iterable[Span], longest: int) -> Spans:
    """The sentence; what is too long ends in an ellipsis."""
    kept: list[Span] = []
    for span in said:
        longest -= len(span.text)
        if longest < 0:
            return (*kept, span._replace(text=cut(span.text, max(1, len(span.text) + longest))))
        kept.append(span)
    return tuple(kept)


def joined(pieces: Sequence[Spans], between: str = ", ", last: str = " and ") -> Spans:
    """``a, b and c``."""
    flat: list[Span] = []
    for index, piece in enumerate(pieces):
        if index:
            flat.append(Span(last if index == len(pieces) - 1 else between))
        flat.extend(piece)
    return tuple(flat)


def several(pieces: Sequence[Spans], most: int = 3, between: str = ", ", last: str = " and ") -> Spans:
    """The first of many, and how many more there are."""
    if len(pieces) > most + 1:
        pieces = [*pieces[:most], (Span(f"{len(pieces) - most} more"),)]
    return joined(pieces, between, last)


def counted(texts: Iterable[str]) -> list[Spans]:
    """Each text once, and how often it stands there, where that is more than once."""
    each = Counter(texts).items()
    return [spans(theirs(text, 60), f" ({number})" if number > 1 else "") for text, number in each]


def plain(sentence: Iterable[Span]) -> str:
    """The words without any marks but quotes, for a reader that escapes by itself."""
    said = ""
    for text, style in sentence:
        said += f"“{text}”" if style is Style.QUOTED else text
    return said
