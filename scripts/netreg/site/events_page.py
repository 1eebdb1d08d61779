"""Events of the world: by year, and the report of each of the last half-years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from netreg.core import dates
from netreg.core.dates import try_parse
from netreg.entry import Entry, Statement
from netreg.entry.evidence import is_sign_of_life
from netreg.model import Registry, phrases
from netreg.model.lineage import ENDINGS, FOUNDINGS, Event
from netreg.model.participation import Tense, tense_of
from netreg.site.listing import Opening, Row, Section, aged, not_known, plain, tables_page
from netreg.site.page import Link, Page

EVENTS, HALF_YEARS = "events/", "half-year/"

_HOW_MANY = 6
"""Half-years that have a report: three years, after which evidence is no longer of today."""

_LONGEST = 366
"""Days that an event known by its year alone may span; what is known less exactly belongs to no report."""

_JOINING = ("participant-joined", "participant-left")
_REPORTED = (
    ("founded", "Founded", FOUNDINGS, "It was set up, met for the first time, or took up its work."),
    ("ended", "Ended", ENDINGS, "It ended, or went on inside another body."),
    ("renamed", "Renamed", ("renamed",), "It took another name."),
)
"""What a report tells first: anchor, title, kinds of event, and what is meant."""


def events_page(registry: Registry) -> Page:
    """All events by the year in which they began, the newest year first."""
    by_year: dict[int, list[Row]] = defaultdict(list)
    for event in registry.events:
        by_year[event.when.sort_key[0].year].append(_event_row(registry, event))
    years = sorted(by_year.items(), reverse=True)
    parts = [Section(f"y{year}", str(year), tuple(rows), ("What",)) for year, rows in years]
    lead = (
        f"{len(registry.events)} events that entries tell of: what was founded, renamed, decided and ended in the "
        "world. What changed in the registry itself stands under what’s new."
    )
    return tables_page(registry, Opening(EVENTS, "Events by year", lead), parts)


def _event_row(registry: Registry, event: Event) -> Row:
    kind = plain(registry.term("event_kind", event.kind).title)
    when = dates.spoken(event.when.text, between=event.item.field != "history")
    return Row(event.entry, event.item, kind, when, phrases.sentence(event.text))


@dataclass(frozen=True)
class HalfYear:
    """One half of a year, as far as it has gone."""

    year: int
    half: int
    today: date

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day, or today where that is earlier."""
        return min(self.today, date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31))

    @property
    def title(self) -> str:
        """How it is called."""
        return f"{'First' if self.half == 1 else 'Second'} half of {self.year}"

    @property
    def path(self) -> str:
        """The address of its report."""
        return f"{HALF_YEARS}{self.year}-{self.half}/"

    def has(self, text: str) -> bool:
        """Whether a date surely falls into it."""
        when = try_parse(text)
        return when is not None and self.first <= when.earliest and when.latest <= self.last


def half_years(today: date) -> list[HalfYear]:
    """The last half-years, the newest first."""
    newest = today.year * 2 + (today.month > 6)  # halves counted from the year 0
    return [HalfYear(number // 2, number % 2 + 1, today) for number in range(newest, max(newest - _HOW_MANY, 1), -1)]


def half_year_pages(registry: Registry) -> Iterator[Page]:
    """The page over the reports, then one for each half-year."""
    reports = [(half, list(_report(registry, half))) for half in half_years(registry.today)]
    anchors = [anchor for anchor, *_ in _REPORTED]
    rows = tuple(
        (
            Link(half.title, half.path),
            tuple(len(part.rows) for part in parts if part.anchor in (*anchors, "took-over", "takes-part", "silent")),
        )
        for half, parts in reports
    )
    lead = "What happened to the networks in each of the last half-years, counted from the dates that sources give."
    columns = ("Half-year", "Founded", "Ended", "Renamed", "Took over", "Takes part", "Fell silent")
    reported = Section("reports", "Reports", (), columns, figures=rows)
    yield tables_page(registry, Opening(HALF_YEARS, "Half-years", lead), [reported])
    for half, parts in reports:
        until = f", as far as {dates.spoken(half.last.isoformat())}" if half.last == registry.today else ""
        lead = (
            f"What sources tell of the {half.title.lower()}{until}: founded, ended, renamed, who took over, who takes "
            "part, and what is no longer known. Few sources are that new, so that silence proves nothing."
        )
        yield tables_page(registry, Opening(half.path, half.title, lead, Link("Half-years", HALF_YEARS)), parts)


def _report(registry: Registry, half: HalfYear) -> Iterator[Section]:
    """The parts of a report."""
    found = [event for event in registry.events if event.is_within(half.first, half.last)]
    told = {*_JOINING, "seat-moved"}
    for anchor, title, kinds, about in _REPORTED:
        told.update(kinds)
        yield _events(registry, anchor, title, about, (event for event in found if event.kind in kinds))
    moved = [_event_row(registry, event) for event in found if event.kind == "seat-moved"]
    about = "The role began or ended in these months, or the seat moved."
    yield _section("took-over", "Who took over or left", about, [*_took_over(registry, half), *moved])
    joined = [_event_row(registry, event) for event in found if event.kind in _JOINING]
    about = "Somebody joined or left."
    yield _section("takes-part", "Who takes part", about, [*joined, *_joined(registry, half)])
    rest = (event for event in found if event.kind not in told)
    yield _events(registry, "else", "What else happened", "", rest)
    yield _section("silent", "What is no longer known", _SILENT, [*_fell_silent(registry, half)])
    year = f"Some time in {half.year}, or in months that reach beyond this half-year."
    yield _events(registry, "some-time", "No closer date is told", year, _about_then(registry, half))
    yield not_known("Was anything else founded, ended or renamed, did anybody take over? Nobody has told us.")


_SILENT = (
    "The newest evidence that the network is active, or of who leads it, grew older than three years in this half-year."
)


def _section(anchor: str, title: str, about: str, rows: list[Row]) -> Section:
    return Section(anchor, title, tuple(rows), ("What",), about)


def _events(registry: Registry, anchor: str, title: str, about: str, found: Iterable[Event]) -> Section:
    return _section(anchor, title, about, [_event_row(registry, event) for event in found])


def _took_over(registry: Registry, half: HalfYear) -> Iterator[Row]:
    for lead in registry.leads:
        if half.has(lead.item.since) or half.has(lead.item.until):
            yield _lead_row(registry, lead.entry, lead.item)


def _lead_row(registry: Registry, entry: Entry, item: Statement) -> Row:
    return Row(entry, item, plain(registry.role_in_words(item)), aged(registry, entry, item))


def _joined(registry: Registry, half: HalfYear) -> Iterator[Row]:
    for entry in registry.networks:
        for claim in entry.accounts:
            if half.has(claim.since) or half.has(claim.until):
                role = registry.term("country_role", claim.role).title
                who = phrases.value(claim, claim.part, registry.schema)
                yield Row(entry, claim, plain(f"{role}: {who}"), aged(registry, entry, claim))


def _fell_silent(registry: Registry, half: HalfYear) -> Iterator[Row]:
    """Of which network the last sign of life, and of which role the last evidence, grew older than three years."""
    for entry in registry.networks:
        status = entry.status
        when = entry.evidence_of(status) if status and status.value == "active" else None
        if status and not entry.rests_on_law and when and _grew_old(when, half):
            yield Row(entry, status, plain("Last sign of life"), aged(registry, entry, status))
        for item in entry.leadership:
            before, after = (tense_of(entry, item, day) for day in (half.first, half.last))
            if (before, after) == (Tense.TODAY, Tense.LAST_KNOWN):
                yield _lead_row(registry, entry, item)


def _grew_old(when: dates.Date, half: HalfYear) -> bool:
    return is_sign_of_life(when, half.first) and not is_sign_of_life(when, half.last)


def _about_then(registry: Registry, half: HalfYear) -> Iterator[Event]:
    for event in registry.events:
        spans = (event.when.latest - event.when.earliest).days
        may = event.may_be_within(half.first, half.last) and not event.is_within(half.first, half.last)
        if may and spans <= _LONGEST:
            yield event
