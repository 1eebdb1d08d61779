"""Sums: what tells whether a release is whole, by the SHA-256 of each of its files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SUMS = "SHA256SUMS"
"""The file with the sums of all others, as ``sha256sum --check`` reads it."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def with_sums(files: Iterable[tuple[str, str | bytes]]) -> Iterator[tuple[str, bytes]]:
    """The files as bytes, which take half of the room of a text, and last that of their sums."""
    sums = {}
    for path, content in files:
        data = content.encode() if isinstance(content, str) else content
        sums[path] = hashlib.sha256(data).hexdigest()
        yield path, data
    yield SUMS, _text(sums).encode()


def differences(folder: Path) -> tuple[str, ...]:
    """What is not as it was released, a line each; nothing where the copy is whole.

    It proves that nothing changed on the way, not who made it. An OSError where a file cannot be read.
    """
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    sums = there.pop(SUMS, None)
    if sums is None:
        return (f"{SUMS} is missing.",)
    # The sums of what is there, written as a release writes them, are the very bytes of the file.
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    released = sums.read_bytes()
    if released == _text(found).encode():
        return ()
    lines = released.decode(errors="replace").split("\n")
    wanted = {line[2]: line[1] for line in map(_LINE.fullmatch, lines) if line}
    return tuple(_told(wanted, found)) or (f"{SUMS} is not as it was released.",)


def _told(wanted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} is missing." for name in sorted(wanted.keys() - found))
    yield from (f"{name} is not part of the release." for name in sorted(found.keys() - wanted))
    changed = (name for name in sorted(found.keys() & wanted) if found[name] != wanted[name])
    yield from (f"{name} is not as it was released." for name in changed)


def _text(sums: Mapping[str, str]) -> str:
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums))
