"""The history of links: what was seen at each address, and since when it has been dead.

It is a JSON file with one line an address: ``"https://…": ["2026-11-24 alive 200", "2026-12-24 dead dns"]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from netreg.core.atomic import write_file
from netreg.core.load.bytes import read_bytes
from netreg.core.project import UsageError
from netreg.upkeep.verdict import LinkState, Seen

PLACE = "docs/data/link-history.json"
KEPT = 10
"""Visits that are remembered of an address."""

FAILURES = 3
DEAD_AFTER = timedelta(days=21)
"""An address counts as dead after so many failures on different days, the first and the last so far apart: servers of
small bodies may be down for days, in holidays for weeks."""

_LARGEST = 8_000_000  # bytes: ten visits of 10,000 addresses take about half of it
_MARK = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) (alive|doubtful|blocked|dead) ([a-z0-9-]{1,30})")


@dataclass(frozen=True, order=True)
class Mark:
    """One visit."""

    day: date
    outcome: LinkState
    reason: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.outcome} {self.reason}"


History = Mapping[str, Sequence[Mark]]


def read_history(path: Path) -> History:
    """The history in a file; empty where there is none.

    Raises:
        UsageError: the file is there and holds no history.
    """
    try:
        data = read_bytes(path, _LARGEST)
        if len(data) > _LARGEST:
            raise ValueError("too large")
        raw = json.loads(data)
        return {str(address): sorted(map(_mark, marks)) for address, marks in raw.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        raise UsageError(
            f"{path.name} holds no history of links. Take its last good state from Git, or delete it to begin anew."
        ) from None


def _mark(text: str) -> Mark:
    match = _MARK.fullmatch(text)
    if not match:
        raise ValueError(text)
    return Mark(date.fromisoformat(match[1]), LinkState(match[2]), match[3])


def with_visits(history: History, seen: Mapping[str, Seen], day: date, used: Iterable[str]) -> History:
    """The history after a tour on a day; addresses that the registry no longer uses are forgotten.

    A second visit on the same day takes the place of the first, so that a day counts once.
    """
    kept = {address: list(history.get(address, ())) for address in used}
    for address, now in seen.items():
        before = [mark for mark in kept.get(address, ()) if mark.day != day]
        kept[address] = sorted([*before, Mark(day, now.outcome, now.reason)])[-KEPT:]
    return {address: marks for address, marks in sorted(kept.items()) if marks}


def as_text(history: History) -> str:
    """The history as its file holds it: sorted, one line an address."""
    lines = [
        f"  {json.dumps(address, ensure_ascii=False)}: {json.dumps([str(mark) for mark in marks])}"
        for address, marks in sorted(history.items())
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_history(path: Path, history: History) -> None:
    """Put the history in its file, which is left alone where nothing has changed.

    Raises:
        UsageError: it cannot be written.
    """
    text = as_text(history)
    if not path.exists() or path.read_text(encoding="utf-8", errors="replace") != text:
        write_file(path, text)


def failures(marks: Sequence[Mark]) -> list[Mark]:
    """The visits since it was last alive at which it was dead; none where the newest visit was no failure.

    A visit that was blocked or doubtful proves nothing, so it neither counts nor clears anybody.
    """
    if not marks or marks[-1].outcome is not LinkState.DEAD:
        return []
    last_alive = max((place for place, mark in enumerate(marks) if mark.outcome is LinkState.ALIVE), default=-1)
    return [mark for mark in marks[last_alive + 1 :] if mark.outcome is LinkState.DEAD]


def is_dead(marks: Sequence[Mark]) -> bool:
    """Whether it failed often and long enough that somebody should look for another address."""
    found = failures(marks)
    return len(found) >= FAILURES and found[-1].day - found[0].day >= DEAD_AFTER


def last_alive(marks: Sequence[Mark]) -> date | None:
    """The last day on which it was seen alive, as far as is remembered."""
    return max((mark.day for mark in marks if mark.outcome is LinkState.ALIVE), default=None)
