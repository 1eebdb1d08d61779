"""Write a file wholly or not at all: beside it first, then in its place."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from netreg.core.project import UsageError

LEFT_OVER = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp")
"""Names of files beside another that a write leaves behind if somebody kills it; Git and check overlook them."""


def write_file(path: Path, text: str, shown: str = "") -> None:
    """Put a text in a file, be it there or not.

    A UsageError where it cannot be written, and is as it was; the message calls it ``shown``, or by its name.
    """
    try:
        (replace_file if path.exists() else create_file)(path, text)
    except OSError as error:
        raise UsageError(f"{shown or path.name} cannot be written: {error.strerror}.") from None


def replace_file(path: Path, text: str) -> None:
    """Put a text in the place of a file and keep the file's mode.

    An OSError where it cannot be written; the file is as it was.
    """
    with _beside(path, text.encode()) as beside:
        beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)


def create_file(path: Path, text: str) -> None:
    """Make a new file; a FileExistsError where there is one, an OSError where it cannot be written."""
    with _beside(path, text.encode()) as beside:
        beside.chmod(0o666 & ~_umask())
        _name(beside, path)


def keep_file(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file that only its owner can read, be it there or not.

    An OSError where it cannot be written; the file is as it was.
    """
    with _beside(path, data) as beside:
        beside.replace(path)


def _name(beside: Path, path: Path) -> None:
    """Give a finished file its name, which no other file may have."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: take the name first
        path.touch(exist_ok=False)
        beside.replace(path)


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """A file with this content in the same folder, whose name is no entry's, until it has another name or is dropped.

    Sweeps what killed writes of it left.
    """
    from glob import escape  # which whoever only reads needs not

    for left in path.parent.glob(f".{escape(path.name)}.*.tmp"):
        if LEFT_OVER.fullmatch(left.name):
            left.unlink(missing_ok=True)
    import tempfile

    number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
