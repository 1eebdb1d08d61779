"""Findings as JSON: one object with a list, for editors and scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from netreg.core.finding import Finding


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
