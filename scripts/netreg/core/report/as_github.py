"""Findings as workflow commands, which the code host shows beside the changed lines.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Sequence

from netreg.core.finding import Finding, Level
from netreg.core.mask import masked
from netreg.core.report.as_text import printable

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def as_github(findings: Sequence[Finding]) -> str:
    """One command a finding; nothing that an entry holds can end a command or begin another."""
    return "".join(_command(finding) for finding in findings)


def _command(finding: Finding) -> str:
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
