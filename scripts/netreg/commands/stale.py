"""``netreg stale``: which facts were last proved long ago, and what would make them fresh."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterator, Sequence

from netreg.commands.options import at_least_one, parser, wants_colour
from netreg.commands.reading import with_registry
from netreg.core.dates import spoken
from netreg.core.project import find_project
from netreg.core.report import printable
from netreg.entry import Source
from netreg.model import Registry
from netreg.terminal.screen import Column, Screen, fitted, line, this_screen
from netreg.upkeep.monthly import field_label
from netreg.upkeep.stale import IF_NOTHING, OldReading, Stale, old_readings, said, stale_claims

SHOWN = 20
"""Rows of each list where nothing else is asked for."""

_COLUMNS = (Column("id", 60, 3), Column("fact", 12, 1), Column("evidence of", 20, 2), Column("says", 12, 0))
_SOURCES = (Column("id", 60, 3), Column("source", 12, 1), Column("read on", 16, 2), Column("address", 12, 0))


def run(args: Sequence[str]) -> int:
    """Print the lists; an old fact is no error, so the exit code is 0."""
    options = parser(
        "stale",
        "List facts that change and were last proved long ago, the most important first, then those without a date, "
        "then the sources that nobody has opened for a year. Only the date of the evidence counts, never the day of "
        "reading.",
    )
    options.add_argument("--limit", metavar="N", type=at_least_one, help=f"lines of each list (default: {SHOWN})")
    options.add_argument("--json", action="store_true", help="print all as one object, or N of each list")
    chosen = options.parse_args(args)
    make = _as_json if chosen.json else _as_text
    sys.stdout.write(with_registry(find_project(), lambda registry: make(registry, chosen.limit)))
    return 0


def _as_text(registry: Registry, limit: int | None) -> str:
    screen = this_screen(wants_colour())
    claims = stale_claims(registry)
    dated = [item for item in claims if item.evidence]
    undated = [item for item in claims if not item.evidence]
    readings = old_readings(registry)
    most = limit or SHOWN
    lines = [
        *_claims("Old", dated, most, registry, screen),
        *_claims("Undated", undated, most, registry, screen),
        *_readings(readings, most, screen),
        *_cures([*dated[:most], *undated[:most]], registry, screen),
    ]
    closing = textwrap.wrap(_closing(dated, undated, readings), screen.text_width)
    return "\n".join([*lines, *closing]) + "\n"


def _claims(head: str, items: Sequence[Stale], most: int, registry: Registry, screen: Screen) -> Iterator[str]:
    rows: list[list[str]] = []
    for item in items[:most]:
        fact = f"{field_label(registry.schema, item.watched.field)}{' ?' if item.asked else ''}"
        rows.append([item.entry.id, fact, item.when, printable(said(registry, item.claim))])
    if rows:
        yield from _table(head, _COLUMNS, rows, len(items), screen)
        yield ""


def _readings(items: Sequence[OldReading], most: int, screen: Screen) -> Iterator[str]:
    if items:
        rows = [
            [item.entry.id, item.source.id, _read(item.source), printable(item.source.url or item.source.title)]
            for item in items[:most]
        ]
        yield from _table("Sources that nobody has opened yet, or not for a year", _SOURCES, rows, len(items), screen)
        yield from _wrapped(
            "netreg reread ID tells what rests on them, and writes the day; netreg links tells which are dead.", screen
        )
        yield ""


def _read(source: Source) -> str:
    by = ", by a reader" if source.read_by == "reader" else ""
    return f"{spoken(source.read_on)}{by}" if source.is_opened else "not yet"


def _table(
    head: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], total: int, screen: Screen
) -> Iterator[str]:
    widths = fitted(columns, rows, screen.width)
    heading = f"{head}: {total}" + (f", the first {len(rows)}" if len(rows) < total else "")
    yield from map(screen.strong, textwrap.wrap(heading, screen.text_width))
    yield screen.soft(line([column.head for column in columns], widths))
    yield from (line(row, widths) for row in rows)


def _cures(items: Sequence[Stale], registry: Registry, screen: Screen) -> Iterator[str]:
    """Why each kind of fact is listed and what to do, once for all of its kind."""
    if not items:
        return
    yield screen.strong("Why, and what to do")
    yield from _wrapped(
        "A fact is old when its newest evidence is more than five years old; the status of a body that is called "
        "active, with no legal basis in force, after three. Undated: neither the claim nor its sources bear a date.",
        screen,
    )
    for watched in sorted({item.watched for item in items}, key=lambda watched: (-watched.weight, watched.field)):
        yield from _wrapped(f"{field_label(registry.schema, watched.field)}: {watched.cure}", screen)
    yield from _wrapped(IF_NOTHING, screen)
    if any(item.asked for item in items):
        yield from _wrapped("?: an open question asks about it already.", screen)
    yield ""


def _wrapped(text: str, screen: Screen) -> list[str]:
    return textwrap.wrap(text, screen.text_width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _closing(dated: Sequence[Stale], undated: Sequence[Stale], readings: Sequence[OldReading]) -> str:
    if not (dated or undated or readings):
        return "No fact is old or undated, and every source was opened within a year."
    opened = f"{len(readings)} not opened for a year" if readings else "all opened within a year"
    return f"Facts: {len(dated)} old, {len(undated)} undated. Sources: {opened}."


def _as_json(registry: Registry, limit: int | None) -> str:
    claims = stale_claims(registry)
    data = {
        "today": registry.today.isoformat(),
        "old": [_object(item) for item in claims if item.evidence][:limit],
        "undated": [_object(item) for item in claims if not item.evidence][:limit],
        "sources": [_source_object(item) for item in old_readings(registry)][:limit],
    }
    return json.dumps(data, indent=2) + "\n"


def _object(item: Stale) -> dict[str, object]:
    plain = {} if isinstance(item.value, dict) else item.claim.node.plain()
    return {
        "id": item.entry.id,
        "field": item.watched.field,
        "value": item.value,
        **{key: plain[key] for key in ("unit", "qualifier", "role") if key in plain},
        "evidence": item.evidence.text if item.evidence else None,
        "years": item.years if item.evidence else None,
        "weight": item.watched.weight,
        "score": item.score,
        "asked": item.asked,
        "why": item.why,
        "cure": item.watched.cure,
    }


def _source_object(item: OldReading) -> dict[str, object]:
    source = item.source
    return {
        "id": item.entry.id,
        "source": source.id,
        "title": source.title,
        "url": source.url,
        "read": source.read_on,
        "how": source.read_how,
        "by": source.read_by,
        "days": item.days,
    }
