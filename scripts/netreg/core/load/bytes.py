"""From a path to text: what may not be read at all is refused here, with its place."""

from __future__ import annotations

import json
import re
import stat
from itertools import islice
from pathlib import Path
from typing import Any

from netreg.core.escape import in_console
from netreg.core.load.node import Problem
from netreg.core.project import UsageError

LARGEST = 256 * 1024
"""Bytes in an entry file at most; the longest real entries have about 20,000."""

REFUSED = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)"
"""Signs that no entry may hold, neither as they are nor as codes in double quotes."""

_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\xef\xbb\xbf": "UTF-8 with a byte order mark"}


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """The text of a file and what is wrong with its bytes; the text is empty where it cannot be read."""
    try:
        refusal = _not_a_plain_file(path)
        return ("", [refusal]) if refusal else decode(read_bytes(path, LARGEST))
    except OSError as error:
        return "", [Problem("stray-file", 1, 1, f"The file cannot be read: {error.strerror}.")]


def read_bytes(path: Path, most: int) -> bytes:
    """The first bytes of a file: one more than ``most`` where it is larger, so that a caller sees that it is.

    An OSError where it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(most + 1)


def _not_a_plain_file(path: Path) -> Problem | None:
    mode = path.lstat().st_mode
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return Problem("stray-file", 1, 1, "This is a link to another file, not an entry.")
    what = "This is a folder, not an entry." if stat.S_ISDIR(mode) else "This is not an ordinary file."
    return Problem("stray-file", 1, 1, what)


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Bytes as text, with the problems of size, encoding and control characters."""
    if len(data) > LARGEST:
        size = f"more than {LARGEST // 1024} KiB"
        return "", [Problem("too-large", 1, 1, f"The file has {size}; no entry needs so much.")]
    for bom, name in _BOMS.items():
        if data.startswith(bom):
            return "", [Problem("encoding", 1, 1, f"The file is saved as {name}, not as plain UTF-8.")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"A sign here is saved in another encoding: the byte {data[error.start]:#04x} is no UTF-8."
        return "", [Problem("encoding", *_place(data[: error.start].decode("utf-8")), message)]
    return _screened(text)


def _screened(text: str) -> tuple[str, list[Problem]]:
    if text.replace("\n", "").isprintable():  # most files; no sign that is refused can be printed
        return text, []
    if text.count("\x00") > len(text) // 4:
        return "", [Problem("encoding", 1, 1, "The file looks like UTF-16, not like plain UTF-8.")]
    problems = [_control(text, match) for match in islice(re.finditer(REFUSED, text), 20)]
    if any(match.fix for match in problems):
        problems = problems[:1]
    return text, problems


def _control(text: str, match: re.Match[str]) -> Problem:
    message, fix = "The lines end with carriage returns.", ""
    if match[0] == "\r":
        fix = "Save the file with line feeds (LF) at the ends of lines."
    else:
        message = f"Here is an invisible control character (U+{ord(match[0]):04X})."
    return Problem("control-character", *_place(text[: match.start()]), message, fix)


def _place(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def read_json(path: Path, largest: int, refusal: str) -> Any:
    """What a file of JSON holds that somebody else wrote.

    A UsageError where it cannot be read; or it has more than so many bytes or is no JSON, which the refusal says.
    """
    try:
        data = read_bytes(path, largest)
        if len(data) <= largest:
            return json.loads(data)
    except OSError as error:
        raise UsageError(f"{in_console(path.name)} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        pass  # said below, in the words of whoever asks
    raise UsageError(refusal)
