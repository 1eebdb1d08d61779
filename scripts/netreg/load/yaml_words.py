"""The parser's complaints in a contributor's words."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError

from netreg.load.problem import Problem

_QUOTE_IT = 'Put the whole text in double quotes: "like this: and this".'

# By a part of the parser's own words: what is wrong, and what to do.
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
    ("did not find expected node content", "Something is missing here, or a bracket is not closed.", ""),
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
        "Here a key without a colon, or a line with the wrong indentation.",
        "Write key: value, and let keys of one level begin in the same column.",
    ),
    (
        "did not find expected key",
        "This line does not fit the lines above it: its indentation, or a quote in its text, is off.",
        "Let keys of one level begin in the same column; put texts that begin with a quote wholly in quotes.",
    ),
    (
        "did not find expected '-' indicator",
        "This line does not fit the list above it.",
        "Begin each item of a list with a hyphen in the same column.",
    ),
    ("block sequence entries are not allowed", "A list cannot begin here.", "Begin the list on a line of its own."),
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
    for words, message, fix in _WORDS:
        if words in said:
            return Problem("yaml-syntax", *_inside(text, line, column), message, fix)
    return Problem("yaml-syntax", *_inside(text, line, column), f"This cannot be read as YAML: {error.problem}.")


def _place(error: MarkedYAMLError) -> tuple[int, int]:
    opened = "flow" in (error.context or "") or "end of stream" in (error.problem or "")
    mark = error.context_mark if opened and error.context_mark else error.problem_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _inside(text: str, line: int, column: int) -> tuple[int, int]:
    """The parser may point behind the last line; show the end of the last line with text instead."""
    lines = text.rstrip().split("\n")
    if line <= len(lines):
        return line, column
    return len(lines), len(lines[-1]) + 1
