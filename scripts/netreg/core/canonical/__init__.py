"""Canonical: the one way in which an entry is written, so that a difference is always one of meaning."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

from netreg.core.canonical.comments import Comments, read_comments
from netreg.core.canonical.write import Writer
from netreg.core.load.compose import compose
from netreg.core.load.node import Node, tree
from netreg.core.schema import Schema

__all__ = ["canonical", "canonical_data", "same_reading"]


def canonical(text: str, root: Node, schema: Schema) -> str:
    """The canonical text of an entry: ``text`` has the comments, ``root`` is the tree, ``schema`` orders the fields."""
    return _written(root, schema, read_comments(text, root))


def canonical_data(data: Any, schema: Schema) -> str:
    """The canonical text of plain data."""
    return _written(tree(data), schema, Comments())


def _written(root: Node, schema: Schema, comments: Comments) -> str:
    written = "\n".join(Writer(schema, comments).entry(root)) + "\n"
    composed = normalize("NFC", written)
    again = compose(composed)[0] if composed != written else None  # it fills less room
    return canonical(composed, again, schema) if again else written


def same_reading(before: Node, after: Node) -> bool:
    """Whether two trees say the same, sign by sign: a number may have become the text that it was, and a letter with
    its accent one sign; nothing else.
    """
    if before.kind != after.kind:
        return False
    if before.kind == "scalar":
        return _same_scalar(before, after)
    ours, theirs = ({normalize("NFC", str(key)): child for key, child in node.items()} for node in (before, after))
    return ours.keys() == theirs.keys() and all(same_reading(ours[key], theirs[key]) for key in ours)


def _same_scalar(before: Node, after: Node) -> bool:
    if before.value is None or after.value is None:
        return before.value is after.value
    same_type = type(before.value) is type(after.value)
    return normalize("NFC", before.text) == normalize("NFC", after.text) and (same_type or isinstance(after.value, str))
