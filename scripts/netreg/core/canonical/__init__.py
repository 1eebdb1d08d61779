"""Canonical: the one way in which an entry is written, so that a difference is always one of meaning."""

from __future__ import annotations

import textwrap
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from netreg.core.canonical import scalars
from netreg.core.canonical.comments import MODELINE, Comments, read_comments
from netreg.core.load.compose import compose
from netreg.core.load.node import Node, tree
from netreg.core.schema import Part, Schema


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


_WIDTH = 110
"""Columns that a line with a collection in brackets may have: as many as a line of folded text."""

_LONGEST_KEY = 160
"""Readers look no further than 1024 characters for the colon behind a key; one sign may be written with six."""


class Writer:
    """Writes one tree line by line; ``indent`` counts the columns before a block."""

    def __init__(self, schema: Schema, comments: Comments) -> None:
        self._schema = schema
        self._comments = comments
        self._opened: set[Node] = set()
        self._listed: dict[Node, list[tuple[str, Node, Part]]] = {}
        self._flowed: dict[Node, str] = {}
        self._lines: list[str] = []

    def entry(self, root: Node) -> list[str]:
        """All lines of a file."""
        comments = self._comments
        if comments:
            self._settle(root, self._schema.root, in_list=False)
        self._lines = [MODELINE, *comments.header, *comments.before.get(root, ())]
        if len(self._lines) > 1:
            self._lines.append("")
        self._root(root)
        if root in comments.behind:
            self._lines.append(comments.behind[root])
        self._lines += comments.within.get(root, ())
        return self._lines

    def _root(self, root: Node) -> None:
        if root.kind == "scalar":
            self._lines.append(scalars.scalar(root, {}))
        elif not root.value:
            self._lines.append("{}" if root.kind == "mapping" else "[]")
        elif root.kind == "sequence":
            self._children(root, self._schema.root, 0)
        else:
            self._parts(root)

    def _parts(self, root: Node) -> None:
        """The top-level fields; one that takes several lines has an empty line before and after it."""
        lines, after_block = self._lines, False
        for index, (key, child, part) in enumerate(self._items(root, self._schema.root)):
            self._lines = []
            self._slot(f"{_key(key, 0)}:", child, part, 0)
            is_block = len(self._lines) > 1
            if index and (is_block or after_block):
                lines.append("")
            lines += self._comments.before.get(child, ())
            lines += self._lines
            after_block = is_block
        if after_block and (root in self._comments.within or root in self._comments.behind):
            lines.append("")
        self._lines = lines

    def _items(self, node: Node, part: Part) -> list[tuple[str, Node, Part]]:
        """The children of a collection: of a mapping in the order of the schema, unknown ones last; of a list without
        keys.
        """
        items = self._listed.get(node)
        if items is None:  # a block asks after its brackets did
            items = self._listed[node] = self._in_order(node, part)
        return items

    def _in_order(self, node: Node, part: Part) -> list[tuple[str, Node, Part]]:
        children = node.value
        if node.kind == "mapping":
            known = self._schema.below(part)
            items = [(key, children[key], below) for key, below in known.items() if key in children]
            if len(items) < len(children):
                items += [(key, child, {}) for key, child in children.items() if key not in known]
            return items
        below = self._schema.resolve(part.get("items"))
        return [("", child, below) for child in children] if node.kind == "sequence" else []

    def _children(self, node: Node, part: Part, indent: int, lead: str = "") -> None:
        """A block; its first line begins with ``lead`` where that is given, and is not indented then."""
        margin = " " * indent
        in_list = node.kind == "sequence"
        commented = node in self._opened
        for key, child, below in self._items(node, part):
            if commented and not lead:
                self._lines += [margin + line for line in self._above(child, below, indent, in_list=in_list)]
            head = "-" if in_list else f"{_key(key, indent)}:"
            self._slot((lead or margin) + head, child, below, indent)
            lead = ""
        if commented and indent:
            self._lines += [margin + line for line in self._comments.within.get(node, ())]

    def _slot(self, head: str, node: Node, part: Part, indent: int) -> None:
        """One child behind its key or hyphen."""
        comment = self._comments.behind.get(node)
        behind = f"  {comment}" if comment else ""
        if node.kind == "scalar":
            self._scalar(head, node, part, indent, behind)
        elif inline := self._flow(node, part, _room(head)):
            self._lines.append(f"{head} {inline}{behind}")
        elif codes := self._filled(node, part, indent + 2):
            self._lines += [f"{head}{behind}", *codes]
        elif head.endswith("-"):
            self._children(node, part, indent + 2, f"{head} ")
        else:
            self._lines.append(f"{head}{behind}")
            self._children(node, part, indent + 2)

    def _scalar(self, head: str, node: Node, part: Part, indent: int, behind: str) -> None:
        text = scalars.scalar(node, part)
        may_fold = len(text) > _room(head) and not scalars.is_date(part)
        lines = scalars.folded(node, indent + 2) if may_fold else []
        if lines:
            self._lines.append(f"{head} >-{behind}")
            self._lines += lines
        else:
            self._lines.append(f"{head} {text}{behind}")

    def _flow(self, node: Node, part: Part, room: int = _WIDTH) -> str:
        """A short collection in brackets; empty where it is long, nested, or holds free text or a comment."""
        found = self._flowed.get(node)
        if found is None:  # a collection is asked for by what it stands in, and for itself where that is a block
            found = self._flowed[node] = self._in_brackets(node, part)
        return found if len(found) <= room or not node.value else ""  # an empty one has no other form

    def _in_brackets(self, node: Node, part: Part) -> str:
        in_list = node.kind == "sequence"
        opening, closing = "[]" if in_list else "{}"
        if not node.value:
            return opening + closing
        if node in self._opened or (_is_nested(node) and part.get("x-kind") != "sources"):
            return ""
        texts, left = [], _WIDTH
        for key, child, below in self._items(node, part):
            text = self._in_flow(child, below)
            name = "" if in_list else scalars.written_in_flow(key)
            if text is None or name is None:
                return ""
            left -= len(text)  # most that are too long are so long before their end
            if left < 0:
                return ""
            texts.append(text if in_list else f"{name}: {text}")
        return f"{opening}{', '.join(texts)}{closing}"

    def _in_flow(self, node: Node, part: Part) -> str | None:
        """A child inside brackets: a scalar, or a collection that belongs there."""
        return scalars.scalar_in_flow(node, part) if node.kind == "scalar" else self._flow(node, part) or None

    def _filled(self, node: Node, part: Part, indent: int) -> list[str]:
        """A long list of codes in brackets, as many on a line as there is room for; empty for any other list."""
        if self._schema.resolve(part.get("items")).get("x-kind") != "country":
            return []
        if node.kind != "sequence" or node in self._opened:
            return []
        codes = [self._in_flow(child, {}) for child in node.value]
        if None in codes:
            return []
        margin = " " * indent
        return textwrap.wrap(
            f"[{', '.join(map(str, codes))}]", _WIDTH, initial_indent=margin, subsequent_indent=f"{margin} "
        )

    def _settle(self, node: Node, part: Part, *, in_list: bool) -> None:
        """Note which collections hold comments and so cannot stand on one line.

        An item of a list begins on the line of its hyphen; comments before its first child move up before the item.
        """
        comments = self._comments
        for key, child, below in self._items(node, part):
            self._settle(child, below, in_list=node.kind == "sequence")
            if child in comments.behind and _is_long(key):
                comments.before[child].append(comments.behind.pop(child))
        first = next((child for _, child, _ in self._items(node, part)), None)
        if in_list and first in comments.before:
            comments.before[node] += comments.before.pop(first)
        if node in comments.within or any(comments.touch(child) or child in self._opened for _, child in node.items()):
            self._opened.add(node)

    def _above(self, node: Node, part: Part, indent: int, *, in_list: bool) -> list[str]:
        """The comments above a child; also those behind it where a block in a list leaves them no room."""
        lines = list(self._comments.before.get(node, ()))
        if in_list and self._begins_behind_hyphen(node, part, indent):
            if node in self._comments.behind:
                lines.append(self._comments.behind[node])
            _, first, below = self._items(node, part)[0]
            lines += self._above(first, below, indent + 2, in_list=node.kind == "sequence")
        return lines

    def _begins_behind_hyphen(self, node: Node, part: Part, indent: int) -> bool:
        return node.kind != "scalar" and not self._flow(node, part, _room(" " * indent + "-"))


def _is_nested(node: Node) -> bool:
    """Whether a list holds a collection, or a mapping another mapping, that is not empty."""
    if node.kind == "sequence":
        return any(child.kind != "scalar" and child.value for child in node.value)
    return any(child.kind == "mapping" and child.value for child in node.value.values())


def _room(head: str) -> int:
    return _WIDTH - (len(head) - head.rfind("\n"))


@lru_cache(maxsize=1 << 10)
def _key(key: str, indent: int) -> str:
    """A key without its colon; a very long one in the form that readers find however long it is."""
    text = scalars.written(key)
    return f"? {text}\n{' ' * indent}" if _is_long(key) else text


def _is_long(key: str) -> bool:
    return len(key) > _LONGEST_KEY
