"""Where things are: the project's root and today's date, from outside."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

from netreg.core import UsageError

__all__ = ["Project", "UsageError", "clock", "find_project"]

_YEARS = range(1970, 9000)
"""Years of today's date: with room on both sides, since rules count years back and forth."""


class Project(NamedTuple):
    """A checkout: ``root`` holds ``registry/`` and ``schema/``; ``today`` is given, never looked up by a rule.

    A named tuple, since what every command loads should load little.
    """

    root: Path
    today: date


def find_project(start: Path | None = None) -> Project:
    """The project around a folder, by default the current one.

    ``NETREG_TODAY`` sets the date, so that a build can be repeated. A UsageError where there is no project here, or the
    date is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "schema" / "network.schema.json").is_file() and (folder / "registry").is_dir():
            return Project(folder, _today())
    raise UsageError(f"No registry here: {here} holds no registry/ and schema/. Run it in the project's folder.")


def _today() -> date:
    given = os.environ.get("NETREG_TODAY")
    if not given:
        return date.today()
    try:
        today = date.fromisoformat(given)
        if today.year in _YEARS:
            return today
    except ValueError:
        pass  # said below
    raise UsageError(f"NETREG_TODAY is {given!r}; write it as 2026-11-23.")


def clock() -> int:
    """Nanoseconds now, by which the cache tells whether a file may be changing; nothing that is said depends on it."""
    return time.time_ns()
