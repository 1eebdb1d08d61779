"""Batch: what only the whole of one change shows. These rules look at changed entries only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from netreg.check.outline import At, Outline
from netreg.check.rule import Context, Hit, rule
from netreg.core import dates
from netreg.core.finding import Level
from netreg.core.nearest import quoted

_MANY_ENTRIES = 5
_MANY_CLAIMS = 30


@rule(
    "same-date-everywhere",
    Level.WARNING,
    summary="One and the same day is given to many entries in one change.",
    reason="When many unrelated bodies end or begin on one day, it is most often the day on which somebody looked, "
    "not the day on which it happened.",
    fix="Give each date as its source gives it; for the day of a list use as_of.",
    over="change",
)
def same_date_everywhere(outlines: list[Outline], _context: Context) -> Iterator[Hit]:
    seen: dict[tuple[str, str], list[tuple[Outline, At]]] = defaultdict(list)
    for outline in outlines:
        for field, day, at in outline.days:
            seen[field, day].append((outline, at))
    for (field, day), places in seen.items():
        if len(places) >= _MANY_ENTRIES:
            outline, at = places[0]
            number, when = len(places), dates.spoken(day)
            yield outline.hit(at, f"{number} entries of this change have {when} under {field}.")


@rule(
    "one-source-for-everything",
    Level.WARNING,
    summary="One source carries very many claims of an entry.",
    reason="A long entry on one source is most often a page copied out; a second source tells whether it is right.",
    fix="Look for a second source for the main facts, or shorten the entry.",
    over="change",
)
def one_source_for_everything(outlines: list[Outline], _context: Context) -> Iterator[Hit]:
    for outline in outlines:
        count, id_, at = outline.single or (0, "", (1, 1, 0))
        if count > _MANY_CLAIMS:
            yield outline.hit(at, f"{count} claims rest on the one source {quoted(id_)}.")
