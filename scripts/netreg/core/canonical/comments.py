"""Comments: found exactly, by the places of all scalars, and tied to the node that they speak of.

A full-line comment belongs to the node that follows it, one behind a value to that value. One that stands deeper than
the node that follows belongs to the end of the block above it; one set off by an empty line at the top, to the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from netreg.core.load.node import Node

MODELINE = "# yaml-language-server: $schema=../schema/network.schema.json"
"""The first line of every entry; it tells editors where the schema is."""

_MODELINE = re.compile(r"#\s*yaml-language-server:")
_IN_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*\s*(#.*)")


class _Comment(NamedTuple):
    line: int
    column: int
    text: str


class _Event(NamedTuple):
    """Where a node begins (with its key), its value begins, or it ends."""

    line: int
    column: int
    kind: Literal["node", "value", "end"]
    node: Node


@dataclass(slots=True)
class Comments:
    """The comments by node: ``before`` it, ``behind`` it on its line, ``within`` a collection after its last child."""

    header: list[str] = field(default_factory=list)
    before: dict[Node, list[str]] = field(default_factory=lambda: defaultdict(list))
    behind: dict[Node, str] = field(default_factory=dict)
    within: dict[Node, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.header or self.before or self.behind or self.within)

    def touch(self, node: Node) -> bool:
        """Whether any stand at a node itself."""
        return node in self.before or node in self.behind


def read_comments(text: str, root: Node) -> Comments:
    """All comments of a file but the line for editors."""
    found = list(_find(text, root))
    if not found:
        return Comments()
    ties = _Ties(root)
    top = _header_length(found, ties.events[0])
    ties.comments.header = [comment.text for comment in found[:top]]
    for comment in found[top:]:
        ties.tie(comment)
    return ties.comments


def _find(text: str, root: Node) -> Iterator[_Comment]:
    """What begins with # outside of all scalars."""
    if "#" not in text.removeprefix(MODELINE):
        return
    lines = text.split("\n")
    gaps = _Gaps(lines, sorted(_spans(root)))
    for number, line in enumerate(lines, start=1):
        if "#" in line:
            column = gaps.comment_column(number)
            # Alone on its line it is the line for editors, which the writer puts first; behind a value it is a comment.
            if column and not (column == 1 and _MODELINE.match(line)):
                yield _Comment(number, column, line[column - 1 :].rstrip())


def _spans(node: Node) -> Iterator[tuple[int, int, int, int]]:
    """Begin and end of every scalar, keys included."""
    for child in _children(node):
        if child.key:
            yield child.key.line, child.key.column, child.key.end_line, child.key.end_column
        yield from _spans(child)
    if node.kind == "scalar":
        yield node.line, node.column, node.end_line, node.end_column


class _Gaps:
    """The parts of lines that no scalar covers."""

    def __init__(self, lines: list[str], spans: list[tuple[int, int, int, int]]) -> None:
        self.lines = lines
        self.spans = spans
        self.starts = [span[:2] for span in spans]

    def comment_column(self, number: int) -> int:
        """The column at which a comment begins in a line, or 0."""
        line = self.lines[number - 1]
        column = 1
        index = max(bisect_right(self.starts, (number, 0)) - 1, 0)
        for span in self.spans[index:]:
            if span[0] > number:
                break
            if span[0] == number:
                hash_ = line.find("#", column - 1, span[1] - 1)
                if hash_ >= 0:
                    return hash_ + 1
            if (span[2], span[3]) > (number, column):
                if span[2] > number:
                    return _in_block_head(line, span[1]) if span[0] == number else 0
                column = span[3]
        return line.find("#", column - 1) + 1


def _in_block_head(line: str, column: int) -> int:
    match = _IN_BLOCK_HEAD.match(line, column - 1)
    return match.start(1) + 1 if match else 0


def _header_length(found: list[_Comment], first: _Event) -> int:
    """How many of the comments stand at the top, set off by an empty line."""
    top = [comment for comment in found if comment[:2] < first[:2]]
    lines = [*(comment.line for comment in top), first.line]
    return max((index for index, (line, below) in enumerate(pairwise(lines), start=1) if below > line + 1), default=0)


class _Ties:
    """Ties comments to nodes by what begins or ends next to them."""

    def __init__(self, root: Node) -> None:
        self.comments = Comments()
        self.root = root
        self.parents: dict[Node, Node] = {}
        self.events = list(self._events(root))
        self.places = [event[:2] for event in self.events]

    def _events(self, node: Node) -> Iterator[_Event]:
        """In the order of the file. A block has neither a value of its own nor an end that could be told."""
        if node is not self.root or _stands_alone(node):
            begin = node.key or node
            yield _Event(begin.line, begin.column, "node", node)
        if _stands_alone(node):
            yield _Event(node.line, node.column, "value", node)
        for child in _children(node):
            self.parents[child] = node
            yield from self._events(child)
        if _stands_alone(node) and node.style not in (">", "|"):
            yield _Event(node.end_line, node.end_column, "end", node)

    def tie(self, comment: _Comment) -> None:
        """File one comment under its node."""
        index = bisect_right(self.places, comment[:2])
        last = self.events[index - 1] if index else None
        following = self.events[index] if index < len(self.events) else None
        if last and last.line == comment.line:
            self._put_behind(last.node, comment.text)
        elif following and following.kind == "end":
            self._put_within(following.node, comment.text)
        else:
            self._put_by_column(comment, last, following)

    def _put_by_column(self, comment: _Comment, last: _Event | None, following: _Event | None) -> None:
        if following and not self._stands_deeper(comment, following.node):
            self.comments.before[following.node].append(comment.text)
            return
        for node in self._ended(last, following):
            if node.column <= comment.column:
                self._put_within(node, comment.text)
                return
        if following:
            self.comments.before[following.node].append(comment.text)
        else:
            self._put_within(self.root, comment.text)

    def _stands_deeper(self, comment: _Comment, node: Node) -> bool:
        parent = self.parents.get(node)
        return parent is not None and parent.style != "{" and comment.column > parent.column

    def _ended(self, last: _Event | None, following: _Event | None) -> Iterator[Node]:
        """The blocks that end between two events, from the inside."""
        going_on = set(self._upwards(following.node)) if following else set()
        for node in self._upwards(last.node) if last else ():
            if node not in going_on and not _stands_alone(node):
                yield node

    def _upwards(self, node: Node) -> Iterator[Node]:
        yield node
        while node in self.parents:
            node = self.parents[node]
            yield node

    def _put_behind(self, node: Node, text: str) -> None:
        """One comment fits behind a value; an earlier one moves before it."""
        earlier = self.comments.behind.get(node)
        if earlier is not None:
            self.comments.before[node].append(earlier)
        self.comments.behind[node] = text

    def _put_within(self, node: Node, text: str) -> None:
        """An empty list or mapping is written in brackets, where no comment can stand."""
        place = self.comments.within if node.value or node is self.root else self.comments.before
        place[node].append(text)


def _stands_alone(node: Node) -> bool:
    """Whether it is a scalar or a collection in brackets: something with a beginning and an end of its own."""
    return node.kind == "scalar" or node.style == "{"


def _children(node: Node) -> list[Node]:
    return [child for _, child in node.items()]
