"""A tree of nodes from plain data, for entries that are made and not read."""

from __future__ import annotations

from typing import Any

from netreg.core.load.node import Node


def tree(data: Any) -> Node:
    """The tree of mappings, lists and scalars; it stands nowhere, so all places are 0."""
    if isinstance(data, dict):
        return Node("mapping", {key: _below(key, value) for key, value in data.items()}, 0, 0, 0, 0)
    if isinstance(data, list):
        return Node("sequence", [tree(item) for item in data], 0, 0, 0, 0)
    return Node("scalar", data, 0, 0, 0, 0, text="" if data is None else str(data))


def _below(key: str, value: Any) -> Node:
    node = tree(value)
    node.key = tree(key)
    return node
