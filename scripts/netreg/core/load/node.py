"""A node: one value of a YAML file and where it stands; a problem: what keeps a file from having any."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

Kind = Literal["mapping", "sequence", "scalar"]


class Node:
    """One value with its place; lines and columns count from 1, in characters; the end is exclusive.

    ``value`` is a ``dict[str, Node]``, a ``list[Node]`` or a YAML 1.2 core scalar (str, int, float, bool, None).
    ``style`` is the quote or block mark of a scalar ("" for plain), or "{" for a flow collection.
    ``key`` is the key that leads to it in a mapping.
    """

    __slots__ = ("column", "end_column", "end_line", "key", "kind", "line", "style", "text", "value")

    def __init__(  # noqa: PLR0913 -- written out, since a dataclass takes longer to make than many a command to run
        self,
        kind: Kind,
        value: Any,
        line: int,
        column: int,
        end_line: int,
        end_column: int,
        style: str = "",
        text: str = "",
    ) -> None:
        self.kind = kind
        self.value = value
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.style = style
        self.text = text
        self.key: Node | None = None

    def get(self, *path: str | int) -> Node | None:
        """The node below, or None where there is none."""
        node: Node | None = self
        for step in path:
            if node is not None and node.kind == "mapping":
                node = node.value.get(step)
            elif node is not None and node.kind == "sequence" and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                return None
        return node

    def items(self) -> Iterator[tuple[str | int, Node]]:
        """The children with their keys or indices; none for a scalar."""
        if self.kind == "mapping":
            yield from self.value.items()
        elif self.kind == "sequence":
            yield from enumerate(self.value)

    def string(self, *path: str | int) -> str | None:
        """The text at a path below, or None where it is absent or no text."""
        node = self.get(*path)
        return node.value if node and isinstance(node.value, str) else None

    def plain(self) -> Any:
        """The value as ordinary Python data."""
        if self.kind == "mapping":
            return {key: child.plain() for key, child in self.value.items()}
        if self.kind == "sequence":
            return [child.plain() for child in self.value]
        return self.value


def tree(data: Any) -> Node:
    """The tree of plain data, for entries that are made and not read; it stands nowhere, so all places are 0."""
    if isinstance(data, dict):
        return Node("mapping", {key: _below(key, value) for key, value in data.items()}, 0, 0, 0, 0)
    if isinstance(data, list):
        return Node("sequence", [tree(item) for item in data], 0, 0, 0, 0)
    text = str(data).lower() if isinstance(data, bool) else "" if data is None else str(data)
    return Node("scalar", data, 0, 0, 0, 0, text=text)


def _below(key: str, value: Any) -> Node:
    node = tree(value)
    node.key = tree(key)
    return node


# What an unquoted scalar means

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Longer digits stay text: no count needs them, and turning them into a number costs more than linear time.
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
# The others are compiled by the first text that is no such number.
_OCTAL_OR_HEX = r"0o[0-7]{1,18}|0x[0-9a-fA-F]{1,15}"
_FLOAT = r"[-+]?(\.[0-9]{1,18}|[0-9]{1,18}(\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,3})?"
_SPECIAL = r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
_MAY_BE_NUMBER = frozenset("-+.0123456789")


def resolved(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar, by the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAY_BE_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if re.fullmatch(_OCTAL_OR_HEX, text):
        return int(text, 0)
    if re.fullmatch(_FLOAT, text):
        return float(text)
    if re.fullmatch(_SPECIAL, text):
        return float(text.replace(".", ""))
    return text


class Problem(NamedTuple):
    """What makes a file unreadable, before any rule can look at it.

    ``rule`` is the id of the syntax rule that reports it, ``width`` counts characters.
    """

    rule: str
    line: int
    column: int
    message: str
    fix: str = ""
    width: int = 1
