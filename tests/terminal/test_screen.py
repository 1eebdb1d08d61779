"""Progress: at a terminal it is seen once work lasts, and leaves nothing behind; elsewhere it is never there."""

from __future__ import annotations

import io

import pytest

from netreg.terminal.screen import PATIENCE, Progress


class Stream(io.StringIO):
    """A stream that is a terminal, or is none."""

    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        """Whether somebody looks at it."""
        return self.is_terminal


def told(stream: Stream, *steps: tuple[float, str]) -> str:
    """What stands on a stream after steps at these seconds."""
    now = 0.0
    progress = Progress(stream, lambda: now)
    for now, step in steps:  # noqa: B007 -- the clock reads it
        progress(step)
    return stream.getvalue()


def test_nothing_in_a_pipe() -> None:
    """What is no terminal gets not one sign, however long it takes."""
    assert told(Stream(False), (1, "one"), (60, "two"), (90, "")) == ""


def test_nothing_while_nobody_wonders() -> None:
    """Work that is done in two seconds says nothing, and takes nothing away either."""
    assert told(Stream(True), (0, "one"), (PATIENCE - 0.01, "two"), (PATIENCE - 0.01, "")) == ""


def test_one_line_that_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step takes the place of the one before, fits the screen, comes no faster than it is read, and goes."""
    monkeypatch.setenv("COLUMNS", "12")
    said = told(Stream(True), (2, "one"), (2.01, "two"), (3, "three and a half"), (9, ""), (9.5, ""))
    assert said == "\r\033[Kone\r\033[Kthree and…\r\033[K"
