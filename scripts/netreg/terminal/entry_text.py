"""One entry as text: head, description, facts with their sources, relations from both sides, questions, sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from netreg.core import dates
from netreg.core.report import cells, printable
from netreg.entry import Entry
from netreg.model import Registry
from netreg.model.sheet import EntryWords
from netreg.terminal.screen import Screen

_LABEL = 22
"""Columns of the labels at the left."""

_NARROW = 60
"""Below so many columns the values stand under their labels."""

_JOINT = "\x1f"
"""A space at which no line breaks, while a text is set: a sign that no entry can hold."""


def entry_as_text(registry: Registry, entry: Entry, screen: Screen) -> str:
    """The whole entry; nothing in it can act on the terminal."""
    lines = _tombstone(entry, screen) if entry.withdrawn else _EntryText(registry, entry, screen).lines()
    return "\n".join(lines) + "\n"


def _tombstone(entry: Entry, screen: Screen) -> Iterator[str]:
    withdrawn = dict(entry.withdrawn or {})
    yield screen.strong(printable(entry.title))
    yield f"Withdrawn on {dates.spoken(withdrawn['withdrawn'])}. {printable(withdrawn['reason'])}"
    if withdrawn.get("see"):
        yield f"See instead: netreg show {printable(withdrawn['see'])}"


class _EntryText:
    """Sets the outline of an entry in columns."""

    def __init__(self, registry: Registry, entry: Entry, screen: Screen) -> None:
        self._entry = entry
        self._screen = screen
        self._outline = EntryWords(registry, entry, _JOINT)

    def lines(self) -> Iterator[str]:
        outline, soft = self._outline, self._screen.soft
        yield from map(self._screen.strong, self._wrapped(outline.title))
        if self._entry.short_name:
            yield from self._wrapped(self._entry.name)
        yield from map(soft, self._wrapped(outline.kind))
        if outline.summary:
            yield from ["", *self._wrapped(outline.summary)]
        for title, pairs in outline.parts:
            yield from self._heading(title)
            for label, text in pairs:
                yield from self._pair(label, text)
        yield from self._heading("Sources")
        for number, said, addresses in outline.sources():
            first, rest = f"{number:>3}  ", " " * 5
            yield from self._wrapped(said, first, rest)
            yield from (rest + soft(printable(address)) for address in addresses)

    def _heading(self, text: str) -> Iterator[str]:
        yield ""
        yield from map(self._screen.strong, self._wrapped(text))

    def _pair(self, label: str, text: str) -> Iterator[str]:
        """A label at the left and its text at the right, or below where the screen is narrow."""
        if self._screen.text_width < _NARROW:
            yield from map(self._screen.soft, self._wrapped(label, "  ", "  ") if label else ())
            yield from self._wrapped(text, "    ", "    ")
            return
        indent = " " * (_LABEL + 2)
        labels = self._wrapped(label, "  ", "  ", _LABEL) if label else []
        for left, right in zip_longest(labels, self._wrapped(text, indent, indent), fillvalue=""):
            yield (self._screen.soft(left) + " " * (len(indent) - cells(left)) + right[len(indent) :]).rstrip()

    def _wrapped(self, text: str, first: str = "", rest: str = "", width: int = 0) -> list[str]:
        lines = textwrap.wrap(
            _JOINT.join(map(printable, text.split(_JOINT))),
            width or self._screen.text_width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )
        return [line.replace(_JOINT, " ") for line in lines]
