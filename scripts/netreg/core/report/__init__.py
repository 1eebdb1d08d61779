"""Report: findings as text for people, as JSON for machines, as annotations for the code host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from netreg.core.finding import Finding

FORMATS = ("text", "json", "github")

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
"""What the code host calls the levels. Source:
https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""

_LARGEST = 8 * 1024 * 1024
"""Bytes of a report at most."""


def render(findings: Sequence[Finding], texts: Mapping[str, str], style: str, *, colour: bool = False) -> str:
    """The findings, in their order, in one of the ``FORMATS``.

    ``texts`` are those of the checked files by path, to quote from; an unreadable file has an empty one. With
    ``colour`` text is coloured for a terminal.
    """
    from netreg.core.report.as_text import as_text, count_entries

    if style == "json":
        return as_json(findings, count_entries(texts))
    if style == "github":
        return as_github(findings)
    return as_text(findings, texts, colour=colour)


def as_github(findings: Sequence[Finding]) -> str:
    """A workflow command a finding, shown beside the changed line; no entry's words can end one or begin another."""
    return "".join(map(_command, findings))


def _command(finding: Finding) -> str:
    from netreg.core.mask import masked
    from netreg.core.report.as_text import printable

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
    from netreg.core.finding import Finding, Level, Place

    place = Place(str(item["path"]), int(item["line"]), int(item["column"]), int(item.get("end_column", 0)))
    return Finding(place, str(item["rule"]), Level(item["level"]), str(item["message"]), str(item["fix"]))
