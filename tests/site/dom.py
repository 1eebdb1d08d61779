"""A page as a tree, for tests: what it shows, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(eq=False)
class Node:
    """An element with its attributes, its elements and its texts in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    parent: Node | None = None

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attrs.get("class", "").split()

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
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, tag: str = "", cls: str = "", **attrs: str) -> list[Node]:
        """The elements below with this tag, class and attributes."""
        return [node for node in self.walk() if node is not self and node.matches(tag, cls, attrs)]

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
        self.root = self.here = Node("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, parent=self.here)
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
            self.here = node.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parsed(html: str) -> Node:
    """The tree of a page or of a part of one."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
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
