"""A problem: what makes a file unreadable, before any rule can look at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where; ``rule`` is the id of the syntax rule that reports it, ``width`` counts characters."""

    rule: str
    line: int
    column: int
    message: str
    fix: str = ""
    width: int = 1
