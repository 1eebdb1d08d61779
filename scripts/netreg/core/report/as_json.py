"""Findings as JSON, one object with a list, for editors and scripts; and such a report of another run read again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from netreg.core.finding import Finding, Level, Place
from netreg.core.load.bytes import read_json
from netreg.core.project import UsageError

_LARGEST = 8 * 1024 * 1024
"""Bytes of a report at most."""


def as_json(findings: Sequence[Finding], entries: int) -> str:
    """``{"entries": n, "findings": [{path, line, column, end_column, level, rule, message, fix}]}``."""
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
    """The findings in a file that ``netreg check --format json`` wrote.

    A UsageError where there is no such file, or it holds something else.
    """
    refusal = f"{path} is no report of netreg check --format json, or too large for one."
    try:
        return tuple(map(_finding, read_json(path, _LARGEST, refusal)["findings"]))
    except (ValueError, LookupError, TypeError):
        raise UsageError(refusal) from None


def _finding(item: dict[str, Any]) -> Finding:
    place = Place(str(item["path"]), int(item["line"]), int(item["column"]), int(item.get("end_column", 0)))
    return Finding(place, str(item["rule"]), Level(item["level"]), str(item["message"]), str(item["fix"]))
