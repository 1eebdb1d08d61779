"""A finding: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from netreg.core.nearest import listed, number_of


class Level(StrEnum):
    """How much a finding weighs: only an error keeps an entry from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Place(NamedTuple):
    """Where in a file; line and columns count from 1, in characters; ``end_column`` is exclusive, on the same line."""

    path: str
    line: int = 1
    column: int = 1
    end_column: int = 0


class Finding(NamedTuple):
    """One thing that is wrong: ``message`` says what, ``fix`` what to do."""

    place: Place
    rule: str
    level: Level
    message: str
    fix: str

    @property
    def sort_key(self) -> tuple[Place, str, str]:
        """The stable order in which findings are reported."""
        return (self.place, self.rule, self.message)


_NOUNS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "remark"}


def found_in_words(findings: Sequence[Finding]) -> str:
    """How many findings of which level, the worst first: ``2 errors and 1 warning``."""
    if not findings:
        return "nothing"
    counts = Counter(finding.level for finding in findings)
    return listed(number_of(counts[level], noun) for level, noun in _NOUNS.items() if counts[level])
