"""Load: from bytes that anybody may have sent to a document: its text, its tree with exact positions, its problems."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from netreg.core.atomic import LEFT_OVER
from netreg.core.load.bytes import decode, read_text
from netreg.core.load.compose import compose as compose_text
from netreg.core.load.node import Node, Problem

__all__ = ["Document", "Node", "Problem", "id_of", "parse_document", "read_document", "read_folder"]


class Document(NamedTuple):
    """One file: ``path`` as shown to people, ``id`` from its name, ``root`` None where it cannot be read."""

    path: str
    id: str
    text: str
    root: Node | None
    problems: tuple[Problem, ...]


def read_document(path: Path, shown: str) -> Document:
    """Read one file; nothing raises, all refusals are problems."""
    return _document(shown, *read_text(path))


def parse_document(shown: str, data: bytes) -> Document:
    """The same for bytes that are in memory already, such as a blob of an older revision."""
    return _document(shown, *decode(data))


def _document(shown: str, text: str, problems: list[Problem]) -> Document:
    id_ = id_of(shown)
    if problems:
        return Document(shown, id_, text, None, tuple(problems))
    if not shown.endswith((".yaml", ".yml")):
        return Document(shown, id_, text, None, ())
    root, found = compose_text(text)
    return Document(shown, id_, text, root, tuple(found))


def id_of(path: str) -> str:
    """The id that the name of a file gives."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def read_folder(root: Path, folder: str = "registry") -> list[Document]:
    """All files of a registry folder in the order of their names; an OSError where the folder cannot be listed."""
    names = sorted(item.name for item in (root / folder).iterdir() if not LEFT_OVER.fullmatch(item.name))
    return [read_document(root / folder / name, f"{folder}/{printed(name)}") for name in names]


def printed(name: str) -> str:
    """A file name as text; bytes in it that are no UTF-8 become question marks in diamonds."""
    return os.fsencode(name).decode("utf-8", errors="replace")
