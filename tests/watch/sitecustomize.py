"""Writes down which real data a process opens, and where: a test that reads them breaks with the next plain correction.

Python imports a module of this name when it starts, so that every Python that a test starts is watched as well.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

LOG = "NETREG_REAL_DATA_LOG"
"""The variable of the environment that names the file to write to, a line for each file that was opened."""

_ROOT = os.path.realpath(Path(__file__).parents[2])
_REAL = tuple(str(Path(_ROOT, *names)) for names in (("registry",), ("docs", "data")))
_OPENED = frozenset(("open", "os.listdir", "os.scandir"))


def watch() -> None:
    """Begin to write down; a process that was begun with never stops."""
    sys.addaudithook(_note)


def _note(event: str, args: tuple[object, ...]) -> None:
    if event not in _OPENED or not isinstance(args[0], str | bytes | os.PathLike):
        return
    path = os.path.realpath(os.fsdecode(args[0]))  # links lead into the real folders too
    if not any(path == real or path.startswith(real + os.sep) for real in _REAL):
        return
    log = os.environ.get(LOG)
    # A folder alone is opened only in order to empty it, with names below that mean another folder.
    if log and not (event == "open" and Path(path).is_dir()):
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(f"{os.path.relpath(path, _ROOT)}, by {_who()}\n")


def _who() -> str:
    """The innermost line of the project's own that is at work."""
    frame = sys._getframe(1)
    while frame.f_back and (frame.f_code.co_filename == __file__ or not _is_ours(frame.f_code.co_filename)):
        frame = frame.f_back
    return f"{os.path.relpath(frame.f_code.co_filename, _ROOT)}:{frame.f_lineno}"


def _is_ours(file: str) -> bool:
    return file.startswith((str(Path(_ROOT, "scripts")), str(Path(_ROOT, "tests"))))


if os.environ.get(LOG):
    watch()
