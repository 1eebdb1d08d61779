"""The screen: how wide it is, and whether it may be coloured."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass

READABLE = 100
"""Columns of running text at most, however wide the screen."""


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
