"""The screen: how wide it is, whether it may be coloured, tables that fit it, and what long work is at."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TextIO

from netreg.core.report import cells

READABLE = 100
"""Columns of running text at most, however wide the screen."""

PATIENCE = 2.0
"""Seconds in which nobody asks what is going on."""

_PAUSE = 0.1  # seconds between two lines: nobody reads faster
_CLEAR = "\r\033[K"


@dataclass(frozen=True)
class Screen:
    """``width`` is None where nothing limits a line: output goes into a pipe or a file."""

    width: int | None = None
    colour: bool = False

    @property
    def text_width(self) -> int:
        """How wide running text is set."""
        return min(self.width or READABLE, READABLE)

    def strong(self, text: str) -> str:
        """The text, bold where the screen can show it."""
        return f"\033[1m{text}\033[0m" if self.colour and text else text

    def soft(self, text: str) -> str:
        """The text, dimmed where the screen can show it."""
        return f"\033[2m{text}\033[0m" if self.colour and text else text


def this_screen(colour: bool) -> Screen:
    """The screen that standard output goes to; ``COLUMNS`` sets its width, for a pipe too."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return Screen(max(20, shutil.get_terminal_size((READABLE, 24)).columns), colour)
    return Screen(None, colour)


_GAP = 2  # columns between two columns of a table
_LEAST = 8  # columns of the last one, however narrow the screen: enough to tell two values apart


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


class Progress:
    """Says each step on a stream that is a terminal, once work has lasted ``PATIENCE``; in a pipe nothing."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._is_heard = stream.isatty()
        self._next = clock() + PATIENCE
        self._said = False

    def __call__(self, step: str) -> None:
        """Say what is being done now, in place of what was said before; no step takes the line away."""
        if self._said and not step:
            self._write("")
        elif step and self._is_heard and self._clock() >= self._next:
            self._write(cut(step, shutil.get_terminal_size().columns - 1))
            self._next = self._clock() + _PAUSE

    def _write(self, text: str) -> None:
        self._stream.write(_CLEAR + text)
        self._stream.flush()
        self._said = bool(text)
