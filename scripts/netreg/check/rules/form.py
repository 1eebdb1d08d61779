"""Form: one way of writing, so that a difference is always one of meaning."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from unicodedata import normalize

from netreg.check.rule import Context, Hit, Subject, rule
from netreg.core.canonical import canonical
from netreg.core.finding import Place

_WORSE = ("unknown-key", "wrong-type")
"""Errors that have to be mended by hand first."""

_SHOWN = 60
"""Signs of a line that a message quotes."""


@rule(
    "not-canonical",
    summary="The file is not in canonical form.",
    reason="Every entry is written in the same way, so that a reviewer sees what changed in meaning and nothing else.",
    fix="netreg format does it for you.",
)
def not_canonical(subject: Subject, context: Context) -> Iterator[Hit]:
    if subject.root is None or _has_worse(subject):
        return
    found, wanted = subject.document.text, canonical(subject.document.text, subject.root, context.schema)
    if found != wanted:
        yield _hit(subject.document.path, found.split("\n"), wanted.split("\n"))


def _has_worse(subject: Subject) -> bool:
    """Whether other rules say enough; a date without quotes is a finding of its own, which the formatter mends too."""
    unquoted = any(not spot.node.style for spot in subject.spots("date"))
    return unquoted or any(subject.shape_errors(rule) for rule in _WORSE)


def _hit(path: str, found: list[str], wanted: list[str]) -> Hit:
    """Points to the first line that differs, from its first sign that differs."""
    pairs = zip_longest(found, wanted)
    number, (ours, theirs) = next((n, pair) for n, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
    start = _first_difference(ours or "", theirs or "")
    line = min(number, len(found))
    column = start + 1 if number == line else len(found[-1]) + 1
    return Hit(Place(path, line, column, max(len(ours or ""), column) + 1), _words(ours, theirs, start))


def _first_difference(ours: str, theirs: str) -> int:
    pairs = zip_longest(ours, theirs)
    return next((index for index, (one, other) in enumerate(pairs) if one != other), 0)


def _words(ours: str | None, theirs: str | None, start: int) -> str:
    """What is there and what should be; None stands for the end of the file."""
    if ours is None and not theirs:
        return "The last line of the file does not end."
    if ours is None:
        return f"Here the line {_shown(theirs or '', 0)} is missing."
    if theirs is None:
        return "Lines too many stand at the end of the file."
    if ours == f"{theirs}\r":
        return "The lines end as on Windows (CR LF)."
    if ours.rstrip() == theirs:
        return "Spaces stand at the end of this line." if theirs else "Spaces stand on this empty line."
    if not theirs:
        return "An empty line belongs before this line."
    if not ours:
        return f"This empty line does not belong here; {_shown(theirs, 0)} follows."
    if ours[start : start + 1] == "\t":
        return f"A tab stands here; the canonical form is {_shown(theirs, start)}."
    if normalize("NFC", ours) == theirs:
        return f"A letter and its accent are two signs here; the canonical form of {_shown(theirs, start)} has one."
    return f"Here stands {_shown(ours, start)}; the canonical form is {_shown(theirs, start)}."


def _shown(line: str, start: int) -> str:
    """The part of a line around the difference, in quotes."""
    begin = max(0, min(start - 15, len(line) - _SHOWN))
    part = line[begin : begin + _SHOWN].strip()
    before, after = "…" if begin else "", "…" if begin + _SHOWN < len(line) else ""
    return f"“{before}{part}{after}”"
