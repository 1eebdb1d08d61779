"""Findings as text: the place, the line with a caret below, what is wrong, what to do."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from netreg.core.finding import Finding, Level, Place, found_in_words

_WIDTH = 100  # columns, however wide the screen: longer lines are hard to read
_BEFORE = 40  # columns shown before the place in a long line, so that the caret stands in the middle
Paint = Callable[[str, str], str]

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}


def as_text(findings: Sequence[Finding], texts: Mapping[str, str], *, colour: bool = False) -> str:
    """All findings with a closing line that counts them."""
    paint = _painted if colour else _plain
    quoted = {finding.place.path for finding in findings}.intersection(texts)
    lines_of = {path: texts[path].split("\n") for path in quoted}
    blocks = [_block(finding, lines_of.get(finding.place.path, []), paint) for finding in findings]
    return "\n\n".join([*blocks, _summary(findings, count_entries(texts))]) + "\n"


def count_entries(paths: Iterable[str]) -> int:
    """How many of the checked files are entries; small data lists of the project lie in ``docs/``."""
    return sum(not path.startswith("docs/") for path in paths)


def _plain(text: str, _code: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m"


def _block(finding: Finding, lines: Sequence[str], paint: Paint) -> str:
    place, level = finding.place, paint(finding.level, f"1;{_COLOURS[finding.level]}")
    where = f"{printable(place.path)}:{place.line}:{place.column}"
    head = f"{paint(where, '1')}: {level} {finding.rule}"
    return "\n".join([head, *_quotation(place, lines, paint), *_wrapped(finding.message), *_wrapped(finding.fix)])


def _wrapped(text: str) -> list[str]:
    # A build log obeys lines that begin with two colons, indented or not; a space that does not break prevents one.
    safe = printable(text).replace(" ::", "\N{NO-BREAK SPACE}::")
    indent = "  "
    return textwrap.wrap(
        safe, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _quotation(place: Place, lines: Sequence[str], paint: Paint) -> list[str]:
    """The line that the finding points to, cut to the screen, and a caret line; none for a whole file."""
    if not place.end_column or place.line > len(lines) or not lines[place.line - 1].strip():
        return []
    line = lines[place.line - 1].removesuffix("\r")
    start = max(0, min(place.column - 1 - _BEFORE, len(line) - _WIDTH))
    shown = printable(line[start : start + _WIDTH])
    before, marked = shown[: place.column - 1 - start], shown[place.column - 1 - start : place.end_column - 1 - start]
    number = str(place.line)
    gutter = paint(" " * len(number) + " |", "2")
    carets = " " * cells(before) + paint("^" * max(1, cells(marked)), "31")
    return [f"  {paint(number + ' |', '2')} {shown}", f"  {gutter} {carets}"]


def cells(text: str) -> int:
    """How many columns of a terminal the text fills."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) > 0 for sign in text)


def printable(text: str) -> str:
    """The text with every sign that a terminal would act on, or not show, replaced by a visible one.

    A build log obeys commands in ``##[`` wherever they stand.
    """
    shown = "".join(sign if sign.isprintable() else "�" for sign in text.replace("\t", "⇥"))
    return shown.replace("##[", "##(")


def _summary(findings: Sequence[Finding], entries: int) -> str:
    files = f"{entries} {'entry' if entries == 1 else 'entries'}"
    if not findings:
        return f"{files} checked, nothing found."
    rules = sorted({finding.rule for finding in findings})
    more = f"Why, with examples: netreg explain {' '.join(rules)}"
    return f"{found_in_words(findings)} in {files}.\n{more}"
