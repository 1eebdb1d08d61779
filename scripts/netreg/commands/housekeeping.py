"""``netreg housekeeping``: the monthly list of what to look at."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from netreg.commands.options import parser
from netreg.commands.reading import with_registry
from netreg.core.load.bytes import read_json
from netreg.core.project import UsageError, find_project
from netreg.core.report import printable
from netreg.host.gh import issue_number
from netreg.model import Registry
from netreg.site.settings import read_settings
from netreg.terminal.screen import this_screen
from netreg.upkeep.link_history import PLACE, read_history
from netreg.upkeep.monthly import (
    MARKER,
    TITLE,
    MonthlyItem,
    WaitingRequest,
    as_markdown,
    days_of_questions,
    monthly_items,
)

_LARGEST = 4_000_000


def run(args: Sequence[str]) -> int:
    """Print the list; that there is something to do is no error, so the exit code is 0."""
    options = parser(
        "housekeeping",
        "Write the monthly list: at most ten things to look at, of old facts, dead links, open questions and requests "
        "without an answer, each with what to do. Nothing is asked of the internet; netreg links does that.",
    )
    options.add_argument("--history", metavar="FILE", type=Path, help=f"what netreg links saw (default: {PLACE})")
    options.add_argument(
        "--requests",
        metavar="FILE",
        type=Path,
        help='open requests without an answer, as JSON: [{"number": 12, "createdAt": "2026-10-01T08:00:00Z"}]',
    )
    form = options.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one object with title, marker, items and body")
    form.add_argument("--markdown", action="store_true", help="print the body of the issue")
    chosen = options.parse_args(args)
    project = find_project()
    days = read_settings(project.root).answer_days
    requests = _requests(chosen.requests) if chosen.requests else []
    history = read_history(chosen.history or project.root / PLACE)
    asked = days_of_questions(project.root)

    def items(registry: Registry) -> list[MonthlyItem]:
        return monthly_items(registry, history, asked, requests, days)

    make = _as_json if chosen.json else as_markdown if chosen.markdown else _as_text
    sys.stdout.write(make(with_registry(project, items)))
    return 0


def _requests(path: Path) -> list[WaitingRequest]:
    """The requests of a file; only their numbers and days are taken from it."""
    refusal = f"{printable(str(path))} is no list of requests, each with number and createdAt. See --help."
    try:
        return [
            WaitingRequest(issue_number(raw["number"]), datetime.fromisoformat(raw["createdAt"]).date())
            for raw in read_json(path, _LARGEST, refusal)
        ]
    except (ValueError, TypeError, LookupError, AttributeError):
        raise UsageError(refusal) from None


def _as_json(items: Sequence[MonthlyItem]) -> str:
    data = {"title": TITLE, "marker": MARKER, "items": [asdict(item) for item in items], "body": as_markdown(items)}
    return json.dumps(data, indent=2) + "\n"


def _as_text(items: Sequence[MonthlyItem]) -> str:
    if not items:
        return "Nothing to look at this month.\n"
    return "".join(f"{text}\n" for place, item in enumerate(items, 1) for text in _lines(place, item))


def _lines(place: int, item: MonthlyItem) -> Iterator[str]:
    width = this_screen(colour=False).text_width
    name = f"{item.name} ({item.about}):" if item.about else item.name
    yield from _wrapped(f"{place:>2}. {name} {item.says} {item.shown}", width)
    yield from _wrapped(f"    {item.do}", width)
    if item.archive:
        yield f"    A copy may lie at {printable(item.archive)}; nobody has looked."


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        printable(text), width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
