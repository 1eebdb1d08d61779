"""Progress: one line at a terminal that says what long work is at, and that is gone when the work is done."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import TextIO

from netreg.terminal.screen import cut

PATIENCE = 2.0
"""Seconds in which nobody asks what is going on."""

_PAUSE = 0.1  # seconds between two lines: nobody reads faster
_CLEAR = "\r\033[K"


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
