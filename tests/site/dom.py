"""A page as a tree, for tests: what it shows, and where it leads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Tree:
    """All elements of a page in their order, and where in it those of each tag and of each class stand."""

    def __init__(self) -> None:
        """A page that has nothing yet."""
        self.nodes: list[Node] = []
        self.places: dict[str, list[int]] = {}

    def add(self, node: Node) -> None:
        """Put an element behind all others."""
        for name in (node.tag, *(f".{one}" for one in set(node.classes))):
            self.places.setdefault(name, []).append(len(self.nodes))
        self.nodes.append(node)

    def named(self, name: str, begin: int, end: int) -> Iterator[Node]:
        """The elements between two places that have a tag, or a class behind a full stop."""
        places = self.places.get(name, [])
        return (self.nodes[at] for at in places[bisect_left(places, begin) : bisect_left(places, end)])


@dataclass(eq=False)
class Node:
    """An element with its attributes, its elements and its texts in order; it and all below it stand side by side."""

    tag: str
    page: Tree
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take the next place in the page; whoever closes the element says where it ends."""
        self.classes = self.attrs.get("class", "").split()
        self.begin = len(self.page.nodes)
        self.end = self.begin + 1
        self.page.add(self)

    @property
    def raw_text(self) -> str:
        """All text in it, as it stands."""
        return "".join(child if isinstance(child, str) else child.raw_text for child in self.children)

    @property
    def text(self) -> str:
        """All text in it, with single spaces."""
        return " ".join(self.raw_text.split())

    def walk(self) -> Iterator[Node]:
        """This element, then all below it, in order."""
        return iter(self.page.nodes[self.begin : self.end])

    def all(self, tag: str = "", cls: str = "", **attrs: str) -> list[Node]:
        """The elements below with this tag, class and attributes."""
        first = f".{cls}" if cls else tag
        below = self.page.named(first, self.begin + 1, self.end) if first else islice(self.walk(), 1, None)
        return [node for node in below if node.matches(tag, cls, attrs)]

    def one(self, tag: str = "", cls: str = "", **attrs: str) -> Node:
        """The only element below with this tag, class and attributes."""
        (found,) = self.all(tag, cls, **attrs)
        return found

    def matches(self, tag: str, cls: str, attrs: dict[str, str]) -> bool:
        """Whether it has this tag, class and attributes, each where given."""
        fits = (not tag or self.tag == tag) and (not cls or cls in self.classes)
        return fits and all(self.attrs.get(name) == value for name, value in attrs.items())

    def section(self, anchor: str) -> Node | None:
        """The section whose heading has this id; None where the page has none."""
        headings = self.all("h2", id=anchor)
        return headings[0].parent if headings else None


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("", Tree())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, self.root.page, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in _VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.here
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.leave_to(node.parent)

    def leave_to(self, node: Node | None) -> None:
        """Close the open elements below one; all of them for None."""
        while self.here is not node:
            self.here.end = len(self.root.page.nodes)
            if self.here.parent is None:
                return
            self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parsed(html: str) -> Node:
    """The tree of a page or of a part of one."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    builder.leave_to(None)
    return builder.root


@cache
def page_at(file: Path) -> Node:
    """The tree of a file."""
    return parsed(file.read_text(encoding="utf-8"))


def addresses_in_css(text: str) -> list[str]:
    """What a style sheet loads: fonts, pictures and other sheets."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    urls = re.findall(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*?))\s*\)""", bare)
    return ["".join(parts) for parts in urls] + re.findall(r"""@import\s+["']([^"']+)""", bare)
