"""A finding: what is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs: only an error keeps an entry from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a file; line and columns count from 1, in characters; ``end_column`` is exclusive, on the same line."""

    path: str
    line: int = 1
    column: int = 1
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
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
