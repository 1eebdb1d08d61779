"""From YAML text to nodes, event by event; and the parser's complaints in a contributor's words.

Going through events without recursion keeps hostile nesting and alias bombs harmless: an alias is never followed, a tag
never acted on, and depth is counted as it grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from netreg.core.escape import TYPOGRAPHIC_QUOTES
from netreg.core.load.bytes import REFUSED
from netreg.core.load.node import Node, Problem, resolved

DEEPEST = 12
"""Levels of nesting at most; a rival count in ``participants`` has seven."""

MOST_VALUES = 5000
"""Values and keys at most; the longest entries have about a thousand."""

_MOST_PROBLEMS = 20  # of one file: more than a screen helps nobody, and hostile files have no end of them


def compose(text: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a file and its problems; no tree where the text is no YAML that may be read."""
    composer = _Composer()
    try:
        composer.run(_events(text))
    except MarkedYAMLError as error:
        composer.problems.append(in_plain_words(error, text))
    except YAMLError as error:
        composer.problems.append(Problem("yaml-syntax", 1, 1, f"This cannot be read as YAML: {error}."))
    if (composer.root is None or composer.root.value is None) and not composer.problems:
        nothing = Problem("yaml-syntax", 1, 1, "The file holds no entry.", "Write one, or delete the file.")
        composer.problems.append(nothing)
    return (None if composer.problems else composer.root), composer.problems


def _events(text: str) -> Iterator[Any]:
    try:
        from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]
    except ImportError:
        from ruamel.yaml import YAML

        return iter(YAML(typ="safe", pure=True).parse(text))
    return iter(CParser(text).get_event, None)


class _Stop(Exception):
    """The rest of the file is not worth reading."""


class _Composer:
    """Builds the tree; ``open`` holds the collections not yet closed, ``key`` waits for its value in the last one."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.open: list[Node] = []
        self.key: Node | None = None
        self.documents = 0
        self.values = 0

    def run(self, events: Iterator[Any]) -> None:
        take = {  # by the very class, since a file has a thousand events and more
            ScalarEvent: self._scalar,
            MappingStartEvent: self._begin,
            SequenceStartEvent: self._begin,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
            DocumentStartEvent: self._start_document,
        }
        with suppress(_Stop):
            for event in events:
                if step := take.get(type(event)):
                    step(event)

    def _scalar(self, event: Any) -> None:
        text, style, start, end = event.value, event.style, event.start_mark, event.end_mark
        if event.anchor or event.ctag:
            self._note_marks(event)
        if style == '"':
            if not text.isprintable():
                self._note_codes(event)
        elif style is None and ":" in text:
            self._refuse_colon(event)
        value, style = (text, style) if style else (resolved(text), "")
        self._place(Node("scalar", value, start.line + 1, start.column + 1, end.line + 1, end.column + 1, style, text))

    def _alias(self, event: Any) -> None:
        self._problem("anchor-or-alias", event, f'"*{event.anchor}" stands for another part of the file.')
        self._place(_empty(event))

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._problem("several-documents", event, "A second document begins here.")
            raise _Stop
        if event.version or event.tags:
            fix = "Delete the lines that begin with a percent sign, and the three hyphens."
            self._problem("yaml-syntax", event, "A directive stands before the entry.", fix)

    def _note_marks(self, event: Any) -> None:
        if event.anchor:
            self._problem("anchor-or-alias", event, f'"&{event.anchor}" gives a name to a part of the file.')
        if event.tag and str(event.tag) != "!":
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._problem("tag", event, f'"{_short(tag)}" asks for a type of its own.')

    def _note_codes(self, event: Any) -> None:
        """In double quotes a code such as ``\\e`` stands for a sign that the bytes of the file do not show."""
        if match := re.search(REFUSED, event.value):
            sign = f"U+{ord(match[0]):04X}"
            self._problem("control-character", event, f"A code in this text stands for a control character ({sign}).")

    def _refuse_colon(self, event: Any) -> None:
        """The fast reader takes no colon in a plain text in brackets, so the one in Python must not either."""
        if self.open and self.open[-1].style:
            mark = event.start_mark
            self.problems.append(colon_in_braces(event.value, mark.line + 1, mark.column + 1))
            raise _Stop

    def _begin(self, event: Any) -> None:
        if event.anchor or event.ctag:
            self._note_marks(event)
        style = "{" if event.flow_style else ""
        is_mapping = type(event) is MappingStartEvent
        node = Node("mapping", {}, *_begin(event), style) if is_mapping else Node("sequence", [], *_begin(event), style)
        if len(self.open) >= DEEPEST:
            self._problem("too-deep", event, f"This is nested more than {DEEPEST} levels deep.")
            raise _Stop
        self._place(node)
        self.open.append(node)

    def _end(self, event: Any) -> None:
        node = self.open.pop()
        node.end_line, node.end_column = event.end_mark.line + 1, event.end_mark.column + 1

    def _place(self, node: Node) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            self._problem_at("too-large", node, f"The file holds more than {MOST_VALUES:,} values.")
            raise _Stop
        parent, key = self.open[-1] if self.open else None, self.key
        if parent is None:
            self.root = node
        elif parent.kind == "sequence":
            parent.value.append(node)
        elif key is None:
            self.key = node
            if node.kind != "scalar":
                fix = "Write one word before the colon; a text that begins with [ or { needs quotes."
                self._problem_at("yaml-syntax", node, "A key must be a word, not a list or a block.", fix)
                raise _Stop
        else:
            self.key = None
            node.key = key
            first = parent.value.setdefault(key.text, node)
            if first is not node:
                message = f'"{_short(key.text)}" stands here a second time; the first is in line {first.key.line}.'
                self._problem_at("duplicate-key", key, message, width=max(1, key.end_column - key.column))

    def _problem(self, rule: str, event: Any, message: str, fix: str = "") -> None:
        self._problem_at(rule, _empty(event), message, fix)

    def _problem_at(self, rule: str, node: Node, message: str, fix: str = "", width: int = 1) -> None:
        self.problems.append(Problem(rule, node.line, node.column, message, fix, width))
        if len(self.problems) >= _MOST_PROBLEMS:
            raise _Stop


def _empty(event: Any) -> Node:
    return Node("scalar", None, *_begin(event))


def _begin(event: Any) -> tuple[int, int, int, int]:
    """The place of the first sign of an event; the end of a collection is put right once it is read."""
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    return line, column, line, column + 1


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


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
    import json  # hardly any file needs it

    known: list[dict[str, str]] = json.loads(Path(__file__).with_name("yaml_errors.json").read_text(encoding="utf-8"))
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
