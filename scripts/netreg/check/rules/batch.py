"""Batch: what only the whole of one change shows. These rules look at changed entries only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from netreg.check.rule import Hit, rule
from netreg.check.subject import Context, Subject
from netreg.core import dates
from netreg.core.dates import try_parse
from netreg.core.finding import Level
from netreg.core.nearest import quoted
from netreg.entry import Spot
from netreg.entry.spot import cited_id

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
def same_date_everywhere(subjects: list[Subject], _context: Context) -> Iterator[Hit]:
    seen: dict[tuple[str, str], list[tuple[Subject, Spot]]] = defaultdict(list)
    for subject in subjects:
        for spot in subject.spots("date"):
            if spot.dotted in ("established.value", "ended.value", "form.from") and _is_day(spot.node.text):
                seen[spot.field, spot.node.text].append((subject, spot))
    for (field, day), places in seen.items():
        if len(places) >= _MANY_ENTRIES:
            subject, spot = places[0]
            number, when = len(places), dates.spoken(day)
            yield subject.hit(spot.node, f"{number} entries of this change have {when} under {field}.")


def _is_day(text: str) -> bool:
    when = try_parse(text)
    return when is not None and when.start is not None and when.start is when.end and when.start.precision == "day"


@rule(
    "one-source-for-everything",
    Level.WARNING,
    summary="One source carries very many claims of an entry.",
    reason="A long entry on one source is most often a page copied out; a second source tells whether it is right.",
    fix="Look for a second source for the main facts, or shorten the entry.",
    over="change",
)
def one_source_for_everything(subjects: list[Subject], _context: Context) -> Iterator[Hit]:
    for subject in subjects:
        counts: dict[str, int] = defaultdict(int)
        for spot in subject.spots("source-ref"):
            counts[cited_id(spot.node)] += 1
        for id_, count in counts.items():
            source = subject.source_by_id.get(id_)
            if count > _MANY_CLAIMS and source is not None and len(subject.source_by_id) == 1:
                yield subject.hit(source.node.get("id"), f"{count} claims rest on the one source {quoted(id_)}.")
