"""Withheld changes: what is told nowhere of the past, since it brought personal data in or took it out."""

from __future__ import annotations

from pathlib import Path

from netreg.check.list_check import WITHHELD
from netreg.core.load import read_document

PATH = WITHHELD


def read_withheld(root: Path) -> frozenset[str]:
    """The names of the commits that a project withholds; none where it has no such list.

    Raises:
        ValueError: the list is there and cannot be understood, so that nothing of the past may be told.
    """
    if not (root / PATH).exists():
        return frozenset()
    document = read_document(root / PATH, PATH)
    listed = document.root.get("withheld") if document.root else None
    if listed is None or listed.kind != "sequence":
        raise ValueError(f"{PATH} holds no list of withheld changes")
    names = [node.string("commit") for _, node in listed.items()]
    if not all(names):
        raise ValueError(f"{PATH} has an item without the name of a commit")
    return frozenset(filter(None, names))
