"""Report: findings as text for people, as JSON for machines, as annotations for the code host."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from netreg.core.finding import Finding, Level, Place, found_in_words

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("text", "json", "github")

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
"""What the code host calls the levels. Source:
https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""

_LARGEST = 8 * 1024 * 1024
"""Bytes of a report at most."""

_WIDTH = 100  # columns, however wide the screen: longer lines are hard to read
_BEFORE = 40  # columns shown before the place in a long line, so that the caret stands in the middle
Paint = Callable[[str, str], str]

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.INFO: "36"}


def render(findings: Sequence[Finding], texts: Mapping[str, str], style: str, *, colour: bool = False) -> str:
    """The findings, in their order, in one of the ``FORMATS``.

    ``texts`` are those of the checked files by path, to quote from; an unreadable file has an empty one. With
    ``colour`` text is coloured for a terminal.
    """
    if style == "json":
        return as_json(findings, count_entries(texts))
    if style == "github":
        return as_github(findings)
    return as_text(findings, texts, colour=colour)


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


def as_github(findings: Sequence[Finding]) -> str:
    """A workflow command a finding, shown beside the changed line; no entry's words can end one or begin another."""
    return "".join(map(_command, findings))


def _command(finding: Finding) -> str:
    from netreg.core.mask import masked

    place = finding.place
    properties = {
        "file": printable(place.path),
        "line": place.line,
        "endLine": place.line,
        "col": place.column,
        "endColumn": place.end_column or place.column + 1,
        "title": finding.rule,
    }
    joined = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    text = printable(masked(f"{finding.message} {finding.fix}".strip()))
    return f"::{_COMMANDS[finding.level]} {joined}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(findings: Sequence[Finding], entries: int) -> str:
    """``{"entries": n, "findings": [{path, line, column, end_column, level, rule, message, fix}]}``."""
    import json

    return json.dumps({"entries": entries, "findings": [_as_object(item) for item in findings]}, indent=2) + "\n"


def _as_object(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column or place.column + 1,
        "level": finding.level.value,
        "rule": finding.rule,
        "message": finding.message,
        "fix": finding.fix,
    }


def read_findings(path: Path) -> tuple[Finding, ...]:
    """The findings in a file that ``netreg check --format json`` wrote; a UsageError where it holds something else."""
    from netreg.core.load.bytes import read_json
    from netreg.core.project import UsageError

    refusal = f"{path} is no report of netreg check --format json, or too large for one."
    try:
        return tuple(map(_finding, read_json(path, _LARGEST, refusal)["findings"]))
    except (ValueError, LookupError, TypeError):
        raise UsageError(refusal) from None


def _finding(item: dict[str, Any]) -> Finding:
    place = Place(str(item["path"]), int(item["line"]), int(item["column"]), int(item.get("end_column", 0)))
    return Finding(place, str(item["rule"]), Level(item["level"]), str(item["message"]), str(item["fix"]))
