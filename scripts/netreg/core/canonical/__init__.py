"""Canonical: the one way in which an entry is written, so that a difference is always one of meaning."""

from __future__ import annotations

from typing import Any

from netreg.core.canonical.comments import Comments, read_comments
from netreg.core.canonical.tree import tree
from netreg.core.canonical.write import Writer
from netreg.core.load.node import Node
from netreg.core.schema import Schema

__all__ = ["canonical", "canonical_data", "same_reading"]


def canonical(text: str, root: Node, schema: Schema) -> str:
    """The canonical text of an entry.

    Args:
        text: the entry as it stands, from which the comments are taken.
        root: its tree.
        schema: the order of the fields, and which of them are dates.
    """
    return _joined(Writer(schema, read_comments(text, root)).entry(root))


def canonical_data(data: Any, schema: Schema) -> str:
    """The canonical text of plain data."""
    return _joined(Writer(schema, Comments()).entry(tree(data)))


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def same_reading(before: Node, after: Node) -> bool:
    """Whether two trees hold the same data, but for dates that were read as numbers and are text now."""
    if before.kind != after.kind:
        return False
    if before.kind == "scalar":
        return before.text == after.text if _was_date(before, after) else _same_scalar(before.value, after.value)
    ours, theirs = dict(before.items()), dict(after.items())
    return ours.keys() == theirs.keys() and all(same_reading(ours[key], theirs[key]) for key in ours)


def _was_date(before: Node, after: Node) -> bool:
    return isinstance(before.value, int | float) and isinstance(after.value, str)


def _same_scalar(before: Any, after: Any) -> bool:
    not_a_number = before != before and after != after
    return type(before) is type(after) and (before == after or not_a_number)
