"""Writes down which real data a process opens, and where: a test that reads them breaks with the next plain correction.

Python imports a module of this name when it starts, so that every Python that a test starts is watched as well.
"""

from __future__ import annotations

import os
import stat
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
    given = os.fsdecode(args[0])
    if not _leads_there(given):
        return
    path = os.path.realpath(given)
    log = os.environ.get(LOG)
    # A folder alone is opened only in order to empty it, with names below that mean another folder.
    if log and not (event == "open" and Path(path).is_dir()):
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(f"{os.path.relpath(path, _ROOT)}, by {_who()}\n")


_known: dict[tuple[int, int], bool] = {}
"""Whether a folder is a real one, by its device and number; asked of its name each time, it is half of an opening."""


def _leads_there(path: str) -> bool:
    """Whether what is opened is real data or stands among them, by whatever links its name leads there."""
    try:
        mode = os.lstat(path).st_mode
    except (OSError, ValueError):
        mode = 0
    if stat.S_ISLNK(mode):
        return _is_real(os.path.realpath(path))
    folder = path if stat.S_ISDIR(mode) else os.path.dirname(path) or os.curdir  # noqa: PTH120 - for each opening
    try:
        found = os.stat(folder)  # noqa: PTH116
    except (OSError, ValueError):
        return _is_real(os.path.realpath(path))
    key = found.st_dev, found.st_ino
    if key not in _known:
        _known[key] = _is_real(os.path.realpath(folder))
    return _known[key]


def _is_real(path: str) -> bool:
    return any(path == real or path.startswith(real + os.sep) for real in _REAL)


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
