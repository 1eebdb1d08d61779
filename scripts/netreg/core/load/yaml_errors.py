"""The parser's complaints in a contributor's words."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from netreg.core.load.node import Problem
from netreg.core.nearest import TYPOGRAPHIC_QUOTES

_QUOTE_IT = 'Put the whole text in double quotes: "like this: and this".'

# By a part of the parser's own words: what is wrong, and what to do. The first that fits counts.
_WORDS = (
    (
        "mapping values are not allowed",
        "A colon stands where none fits: a text that holds one needs quotes, or the line begins in the wrong column.",
        _QUOTE_IT,
    ),
    (
        "did not find expected ',' or '}'",
        "The { … } begun here is not closed, or a text in it holds a comma, a quote or a bracket.",
        "Put texts inside { } in double quotes, or write one key a line without the brackets.",
    ),
    (
        "did not find expected ',' or ']'",
        "The [ … ] begun here is not closed, or a text in it holds a quote or a bracket.",
        "Close it with ], and put texts with such signs in double quotes.",
    ),
    (
        "did not find expected node content",
        "Something is missing here, or a bracket is not closed.",
        "Close what is open, and put texts with brackets or commas in double quotes.",
    ),
    (
        "found unexpected end of stream",
        "A quote that begins here is never closed.",
        'Add the closing quote: "like this".',
    ),
    (
        "found a tab character",
        "A tab stands where spaces belong.",
        "Use two spaces for each level; most editors can change tabs to spaces.",
    ),
    (
        "found character that cannot start any token",
        "No text may begin with this sign unless it is quoted.",
        _QUOTE_IT,
    ),
    (
        "could not find expected ':'",
        "This line has no key and no colon.",
        "Write key: value; a text that runs over several lines is set further in than its key.",
    ),
    (
        "did not find expected key",
        "This line does not fit the lines above it: its indentation, or a quote in its text, is off.",
        "Let keys of one level begin in the same column; put texts that begin with a quote wholly in quotes.",
    ),
    (
        "behind the quote",
        "The text ends at this quote and goes on behind it.",
        'Put the whole text in double quotes, and write \\" for a quote in it.',
    ),
    (
        "did not find expected '-' indicator",
        "This line does not fit the list above it.",
        "Begin each item of a list with a hyphen in the same column.",
    ),
    ("block sequence entries are not allowed", "A list cannot begin here.", "Begin the list on a line of its own."),
    (
        "mapping keys are not allowed",
        "No text may begin with a question mark and a space unless it is quoted.",
        _QUOTE_IT,
    ),
    (
        "invalid Unicode character escape",
        "This code in double quotes stands for no sign.",
        "Type the sign itself.",
    ),
    ("unknown escape character", "A backslash in double quotes begins a code, and this is none.", "Write \\\\ for \\."),
    ("did not find expected <document start>", "Nothing may follow the end of the entry.", "Delete the rest."),
    (
        "while scanning a directive",
        "A line cannot begin with a percent sign.",
        "Delete the line; an entry needs no directives.",
    ),
)


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
    for words, message, fix in _WORDS:
        if words in said:
            return Problem("yaml-syntax", *_inside(text, line, column), message, fix)
    return Problem("yaml-syntax", *_inside(text, line, column), f"This cannot be read as YAML: {error.problem}.")


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
