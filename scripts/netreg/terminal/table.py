"""Columns of text: as wide as they need to be, and narrower where the screen is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netreg.core.report.as_text import cells

_GAP = 2
_LEAST = 8


@dataclass(frozen=True)
class Column:
    """A column with its heading; on a narrow screen it shrinks to ``least``, those with the lowest ``rank`` first."""

    head: str
    least: int
    rank: int


def fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None) -> list[int]:
    """The widths of as many columns, from the left, as fit; two at least."""
    heads = [column.head for column in columns]
    natural = [max(map(cells, values)) for values in zip(heads, *rows, strict=True)]
    if width is None:
        return natural
    widths = list(natural)
    excess = sum(widths) + _GAP * (len(widths) - 1) - width
    for index in sorted(range(len(columns)), key=lambda index: columns[index].rank):
        spare = max(0, min(excess, widths[index] - columns[index].least))
        widths[index] -= spare
        excess -= spare
    if excess > 0 and len(columns) > 2:
        return fitted(columns[:-1], [row[:-1] for row in rows], width)
    widths[-1] = max(_LEAST, widths[-1] - excess)
    return widths


def line(values: Sequence[str], widths: Sequence[int]) -> str:
    """One row; what does not fit ends in an ellipsis."""
    shown = [cut(value, width) for value, width in zip(values, widths, strict=False)]
    padded = [text + " " * (width - cells(text)) for text, width in zip(shown, widths, strict=False)]
    return (" " * _GAP).join(padded).rstrip()


def cut(text: str, width: int) -> str:
    """The text in at most so many columns of the screen."""
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"
