"""Changes as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from netreg.core.escape import in_console
from netreg.review.groups import Group, grouped
from netreg.review.headline import headline
from netreg.review.hints import WHOLE_NEW
from netreg.review.overview import Entry, Review, inside, lines
from netreg.review.sentence import statement
from netreg.review.spans import Bit, Bits, Style, bits, code, joined, several, theirs

WIDTH = 100
"""Columns where the screen is not narrower."""

_MOST = 4000
"""Characters of one sentence at most."""

Paint = Callable[[str, str], str]


class Page(NamedTuple):
    """How the text is set: how wide, and how a part of it stands out."""

    width: int
    paint: Paint


def as_text(seen: Review, *, colour: bool = False, width: int = WIDTH) -> str:
    """The summing-up, what to look at, then entry by entry.

    Args:
        seen: the changes with hints.
        colour: whether the terminal can show it.
        width: columns of a line at most.
    """
    page = Page(width, _painted if colour else _plain)
    blocks = ["\n".join(_wrapped(headline(seen), page, ""))]
    if seen.hints:
        blocks.append("\n".join(["Look at this first:", *_looks(seen, page)]))
    blocks += ["\n".join(_entry(entry, seen, page)) for entry in seen.telling]
    if seen.telling and seen.in_form_only:
        names = several([bits(theirs(entry.name, 60)) for entry in seen.in_form_only], 12)
        blocks.append("\n".join(_wrapped(bits("In form only: ", names), page, "")))
    return "\n\n".join(blocks) + "\n"


def _looks(seen: Review, page: Page) -> Iterator[str]:
    for group in grouped(seen.hints):
        yield from _wrapped(_group(group), page)


def _group(group: Group) -> Bits:
    names = several([bits(theirs(name, 60)) for name in group.names if name], 5)
    lead = joined([piece for piece in (names, group.about) if piece], ", ", ", ")
    return bits(lead, ": " if lead else "", joined(group.texts, "; ", "; "))


def _entry(entry: Entry, seen: Review, page: Page) -> Iterator[str]:
    path = f" (registry/{entry.id}.yaml)"
    yield page.paint(in_console(theirs(entry.name, 60).text), "1") + in_console(code(path, 120).text)
    for line in lines(entry.changes, seen):
        yield from _wrapped(line.said, page)
    for change in entry.changes:
        if change.kind in WHOLE_NEW:
            numbered = seen.words.numbered(change.after)
            for one in inside(change):
                yield from _wrapped(statement(one, numbered), page, "    ")


def _wrapped(said: Iterable[Bit], page: Page, indent: str = "  ") -> list[str]:
    text = "".join(_bounded(said, page.paint))
    hanging = indent + ("  " if indent else "")
    return textwrap.wrap(
        text,
        page.width,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _bounded(said: Iterable[Bit], paint: Paint) -> Iterator[str]:
    left = _MOST
    for bit in said:
        left -= len(bit.text)
        if left < 0:
            yield "…"
            return
        yield _shown(bit, paint)


def _shown(bit: Bit, paint: Paint) -> str:
    text = in_console(bit.text)
    if bit.style is Style.QUOTED:
        return f"“{text}”"
    if bit.style is Style.GONE:
        return f"[-{text}-]"
    if bit.style is Style.NEW:
        return f"{{+{text}+}}"
    return paint(text, "1") if bit.style is Style.LABEL else text


def _plain(text: str, _code: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m"
