"""The parser's complaints in a contributor's words."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from ruamel.yaml.error import MarkedYAMLError

from netreg.core.escape import TYPOGRAPHIC_QUOTES
from netreg.core.load.node import Problem


def in_plain_words(error: MarkedYAMLError, text: str) -> Problem:
    """The problem that a parser's error stands for, at the place where a person would look."""
    said = f"{error.context or ''} {error.problem or ''}"
    line, column = _place(error)
    if text.split("\n")[line - 1 : line] and text.split("\n")[line - 1][column - 1 : column] == "\t":
        said = "found a tab character"
    if "found unexpected ':'" in said:
        return colon_in_braces(text.split("\n")[line - 1][column - 1 :], line, column)
    if "could not find expected ':'" in said:
        key = re.match(rf"{_KEY}(:?)", text.split("\n")[line - 1])
        if key:
            return _missing_colon(key, line, "The space after the colon" if key[2] else "The colon")
    if "mapping values are not allowed" in said:
        found = _misplaced_colon(text.split("\n"), line, column)
        if found:
            return found
    if "did not find expected key" in said and text.split("\n")[line - 1][: column - 1].rstrip().endswith(("'", '"')):
        said = "behind the quote"
    place = _inside(text, line, column)
    for known in _known():
        if known["said"] in said:
            return Problem("yaml-syntax", *place, known["message"], known["fix"])
    return Problem("yaml-syntax", *place, f"This cannot be read as YAML: {error.problem}.")


@lru_cache(maxsize=1)
def _known() -> list[dict[str, str]]:
    """By a part of the parser's own words, what is wrong and what to do; the first that fits counts."""
    known: list[dict[str, str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return known


def colon_in_braces(rest: str, line: int, column: int) -> Problem:
    """An address inside ``{ }`` or ``[ ]`` without quotes, which some readers take and others do not."""
    words = re.split(r", |[\]},]*$|[\]}]", rest)[0][:60]
    message = "A text inside { } or [ ] holds a colon and stands without quotes."
    return Problem("yaml-syntax", line, column, message, f'Write "{words}" in quotes.', width=max(1, len(words)))


def _place(error: MarkedYAMLError) -> tuple[int, int]:
    opened = any(words in f"{error.context} {error.problem}" for words in ("flow", "end of stream", "expected ':'"))
    mark = error.context_mark if opened and error.context_mark else error.problem_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


_KEY = r"\s*(?:- )?([\w-]+)"


def _misplaced_colon(lines: list[str], line: int, column: int) -> Problem | None:
    """The causes that a person can see in the line of an unexpected colon and in the line above it."""
    here, above = lines[line - 1], lines[line - 2] if line > 1 else ""
    before = here[: column - 1]
    unmarked = re.match(rf"{_KEY} *[{{\[]", before)
    if unmarked:
        return _missing_colon(unmarked, line)
    if not re.fullmatch(_KEY, before):
        return _typographic(here, line)
    if unmarked := re.match(rf"{_KEY}(?= |$)", above):
        return _missing_colon(unmarked, line - 1)
    if unmarked := re.match(rf"{_KEY}:(?=\S)", above):
        return _missing_colon(unmarked, line - 1, "The space after the colon")
    begins = len(here) - len(here.lstrip()) + 1
    message = "This key is set further in than the line above it, and that line has a value already."
    return Problem("yaml-syntax", line, begins, message, "Let keys of one level begin in the same column.")


def _missing_colon(key: re.Match[str], line: int, what: str = "The colon") -> Problem:
    message = f'{what} of "{key[1]}" is missing.'
    fix = f"Write {key[1]}: and the value; if the line belongs to the text above, set it further in."
    return Problem("yaml-syntax", line, key.start(1) + 1, message, fix, width=len(key[1]))


def _typographic(here: str, line: int) -> Problem | None:
    at = next((place for place, sign in enumerate(here, 1) if sign in TYPOGRAPHIC_QUOTES), 0)
    message = "The quotes around this text are those of a word processor; here they are letters."
    return Problem("yaml-syntax", line, at, message, 'Type straight quotes: "like this".') if at else None


def _inside(text: str, line: int, column: int) -> tuple[int, int]:
    """The parser may point behind the last line; show the end of the last line with text instead."""
    lines = text.rstrip().split("\n")
    if line <= len(lines):
        return line, column
    return len(lines), len(lines[-1]) + 1
