"""Findings as JSON, one object with a list, for editors and scripts; and such a report of another run read again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from netreg.core.finding import Finding, Level, Place
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

    Raises:
        UsageError: there is no such file, or it holds something else.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise UsageError(f"{path} is too large for a report of netreg check.")
        return tuple(_finding(item) for item in json.loads(data)["findings"])
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, LookupError, TypeError, RecursionError):
        raise UsageError(f"{path} is no report of netreg check --format json.") from None


def _finding(item: dict[str, Any]) -> Finding:
    place = Place(str(item["path"]), int(item["line"]), int(item["column"]), int(item.get("end_column", 0)))
    return Finding(place, str(item["rule"]), Level(item["level"]), str(item["message"]), str(item["fix"]))
