"""Changes as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from netreg.core.escape import in_console
from netreg.review.hints import grouped
from netreg.review.overview import EntryChanges, Review, headline, lines, new_parts
from netreg.review.spans import Span, Style, code, several, spans, theirs

WIDTH = 100
"""Columns where the screen is not narrower."""

_MOST = 4000
"""Characters of one sentence at most."""


def as_text(seen: Review, *, colour: bool = False, width: int = WIDTH) -> str:
    """The summing-up, what to look at, then entry by entry.

    Args:
        seen: the changes with hints.
        colour: whether the terminal can show it.
        width: columns of a line at most.
    """
    page = _TextPage(width, colour=colour)
    blocks = [page.wrapped(headline(seen), "")]
    if seen.hints:
        groups = [page.wrapped(group.said()) for group in grouped(seen.hints)]
        blocks.append("\n".join(["Look at this first:", *groups]))
    blocks += ["\n".join(page.entry(entry, seen)) for entry in seen.telling]
    if seen.telling and seen.in_form_only:
        names = several([spans(theirs(entry.name, 60)) for entry in seen.in_form_only], 12)
        blocks.append(page.wrapped(spans("In form only: ", names), ""))
    return "\n\n".join(blocks) + "\n"


class _TextPage:
    """How the text is set: how wide, and whether a part of it stands out by colour."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self.colour = colour

    def bold(self, text: str) -> str:
        return f"\033[1m{text}\033[0m" if self.colour else text

    def entry(self, entry: EntryChanges, seen: Review) -> Iterator[str]:
        path = code(f" (registry/{entry.id}.yaml)", 120).text
        yield self.bold(in_console(theirs(entry.name, 60).text)) + in_console(path)
        for line in lines(entry.changes, seen):
            yield self.wrapped(line.said)
        for _field, line in new_parts(entry, seen.words):
            yield self.wrapped(line.said, "    ")

    def wrapped(self, said: Iterable[Span], indent: str = "  ") -> str:
        text, left = "", _MOST
        for span in said:
            left -= len(span.text)
            if left < 0:
                text += "…"
                break
            text += self.shown(span)
        hanging = indent + ("  " if indent else "")
        whole = textwrap.TextWrapper(self.width, indent, hanging, break_long_words=False, break_on_hyphens=False)
        return whole.fill(text)

    def shown(self, span: Span) -> str:
        before, behind = _MARKS.get(span.style, ("", ""))
        text = f"{before}{in_console(span.text)}{behind}"
        return self.bold(text) if span.style is Style.LABEL else text


_MARKS = {Style.QUOTED: ("“", "”"), Style.GONE: ("[-", "-]"), Style.NEW: ("{+", "+}")}
