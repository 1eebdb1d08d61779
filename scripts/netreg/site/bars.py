"""Bars: lifetimes and lineages on a scale of years, in percent of the width, so that they fit a phone and a sheet.

The timeline has a bar of each network, by group. In a family the older bodies stand above, with a stem to each younger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from netreg.core import dates
from netreg.core.nearest import listed
from netreg.core.schema import Term
from netreg.entry import Entry, Statement
from netreg.model import Registry
from netreg.model.lineage import Descent, Family, Lifetime, Party, Window, lifetime, window
from netreg.site.page import Page, render

_YEAR = timedelta(days=366)
_FADE_IN = 8 * _YEAR
_FADE_OUT = 6 * _YEAR
"""How long a bar takes to come out of what nobody knows, and to go there: lengths for drawing, told nowhere."""
_STEPS, _MOST = (2, 5, 10, 20, 50, 100, 500, 2000), 9
"""How many years may lie between two rules, and how many rules fit a phone."""


@dataclass(frozen=True)
class Ruler:
    """A scale of years from ``first`` to ``last``."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """The place of a day in percent of the width; days beyond an end are drawn at that end."""
        whole = (self.last - self.first).days or 1  # on the first day of all nothing is earlier
        return round(100 * min(max((day - self.first).days / whole, 0), 1), 2)

    @property
    def years(self) -> Iterator[tuple[int, float]]:
        """The years that have a rule, each with its place."""
        span = self.last.year - self.first.year
        step = next(step for step in _STEPS if span / step < _MOST)
        for year in range(self.first.year // step * step + step, self.last.year + 1, step):
            yield year, self.at(date(year, 1, 1))


def ruler(lifetimes: Iterable[Lifetime], today: date) -> Ruler:
    """The scale on which lifetimes can be drawn, from a year before the first of them to today."""
    days = [day for one in lifetimes if (day := one.beginning.first if one.beginning else one.first)]
    first = min([*days, dates.shifted(today, -_YEAR)])
    return Ruler(dates.shifted(date(first.year, 1, 1), -_YEAR), today)


@dataclass(frozen=True)
class Stroke:
    """A part of a bar: ``rise`` out of doubt, ``body``, ``on`` since the last sign, ``fall`` into doubt."""

    kind: str
    start: float
    end: float

    @property
    def width(self) -> float:
        """Its width in percent, and a hair more, so that no seam shows between two parts."""
        return round(self.end - self.start + 0.1, 2)


@dataclass(frozen=True)
class Bar:
    """One line of a drawing: the body and its lifetime in words and as strokes; ``ticks`` are ends that are sharp.

    ``lead`` is where the bar begins, up to which a dotted line leads from the name; None where nothing is dated.
    """

    entry: Entry
    life: Lifetime
    strokes: tuple[Stroke, ...]
    ticks: tuple[float, ...]

    @property
    def lead(self) -> float | None:
        """The left end of what is drawn."""
        return min((stroke.start for stroke in self.strokes), default=None)


def bar(entry: Entry, life: Lifetime, scale: Ruler) -> Bar:
    """A lifetime on a scale."""
    first = life.first or life.last
    if first is None:
        return Bar(entry, life, (), ())
    last = max(life.last or first, first)
    parts = [(kind, days) for kind, days in _parts(life, first, last, scale.last) if days.last > days.first]
    strokes = tuple(Stroke(kind, scale.at(days.first), scale.at(days.last)) for kind, days in parts)
    ticks = tuple(scale.at(days.middle) for days in (life.beginning, life.end) if days and days.is_sharp)
    return Bar(entry, life, strokes, ticks)


def _parts(life: Lifetime, first: date, last: date, today: date) -> Iterator[tuple[str, Window]]:
    """What is drawn from when to when: the beginning, what was surely so, and what came after the last sign."""
    yield "rise", Window(life.beginning.first if life.beginning else dates.shifted(first, -_FADE_IN), first)
    yield "body", Window(first, last)
    if life.end:
        yield "fall", Window(last, max(life.end.last, last))
    elif life.is_active:
        yield "on", Window(last, today)
    else:
        yield "fall", Window(last, min(dates.shifted(last, _FADE_OUT), today))


@dataclass(frozen=True)
class Bundle:
    """The bars of one group: those whose beginning a source tells, the oldest first, then the others."""

    term: Term
    known: tuple[Bar, ...]
    unknown: tuple[Bar, ...]


def timeline(registry: Registry) -> Page:
    """The page with all networks on one scale of years."""
    lives = {entry.id: lifetime(registry, entry) for entry in registry.networks}
    scale = ruler(lives.values(), registry.today)
    bars = sorted((bar(entry, lives[entry.id], scale) for entry in registry.networks), key=_by_age)
    bundles = [
        Bundle(
            term,
            tuple(one for one in bars if one.entry.group == term.value and one.life.began),
            tuple(one for one in bars if one.entry.group == term.value and not one.life.began),
        )
        for term in registry.schema.terms("group")
    ]
    bundles = [bundle for bundle in bundles if bundle.known or bundle.unknown]
    html = render("timeline.html", scale=scale, bundles=bundles, groups=registry.schema.terms("group"), bars=bars)
    about = "All networks on one scale of years: when each began, was last seen and ended."
    return Page("timeline/", "Timeline", html, description=about)


def _by_age(one: Bar) -> tuple[date, str]:
    began = one.life.beginning
    return (began.middle if began else one.life.first or date.max, one.entry.label.casefold())


@dataclass(frozen=True)
class Stem:
    """The part in one row of the line from an older body to a younger one: its place and its ends, in percent.

    ``tip`` says where its younger end points in this row: ``down``, ``up``, or empty where it only passes.
    """

    descent: Descent
    at: float
    top: int
    bottom: int
    tip: str = ""


@dataclass(frozen=True)
class FamilyRow:
    """A body with its bar, which only an entry that stands has, the stems in its row, and where it took a new name."""

    party: Party
    bar: Bar | None
    stems: tuple[Stem, ...]
    renamed: tuple[float, ...]

    @property
    def lead(self) -> float | None:
        """Up to where a dotted line leads from the name of a body without a bar."""
        return None if self.bar else min((stem.at for stem in self.stems), default=None)


@dataclass(frozen=True)
class FamilyPicture:
    """A family as rows on a scale; ``renamings`` are its bodies with a former name of which the end is known."""

    family: Family
    scale: Ruler
    rows: tuple[FamilyRow, ...]
    renamings: tuple[tuple[Party, Statement], ...]

    @property
    def anchor(self) -> str:
        """The anchor on the page of all lineages: the id of the head, or of the first member that has an entry."""
        return next(party.id for party in (self.family.head, *self.family.members) if party.is_entry)

    @property
    def title(self) -> str:
        """The members by name, or the head and how many others."""
        names = [party.name for party in self.family.members if party.is_entry]
        others = len(self.family.members) - 1
        return listed(names) if len(names) <= _NAMED else f"{self.family.head.name} and {others} others"


_NAMED = 3
"""So many members a title can name."""


def lineages(registry: Registry) -> Page:
    """The page with all families on one scale, the oldest first."""
    lives = _lives(registry, [party for family in registry.lineage.families for party in family.members])
    scale = ruler(lives.values(), registry.today)
    pictures = [_picture(registry, family, lives, scale) for family in registry.lineage.families]
    pictures.sort(key=lambda one: min(row.bar.lead or 100 if row.bar else 100 for row in one.rows))
    html = render("lineages.html", pictures=pictures, registry=registry, groups=registry.schema.terms("group"))
    about = "Which network came out of which, what took over from it, and what is part of what."
    return Page("lineages/", "Lineages", html, description=about)


def strip(registry: Registry, entry: Entry) -> FamilyPicture | None:
    """The picture of one network's lineage; None where no source tells of any."""
    family = registry.lineage.of(entry)
    if family is None:
        return None
    lives = _lives(registry, family.members)
    return _picture(registry, family, lives, ruler(lives.values(), registry.today))


def _lives(registry: Registry, members: list[Party] | tuple[Party, ...]) -> dict[Party, Lifetime]:
    entries = {party: registry.entries[party.id] for party in members if party.is_entry}
    return {party: lifetime(registry, entry) for party, entry in entries.items() if not entry.withdrawn}


def _picture(registry: Registry, family: Family, lives: Mapping[Party, Lifetime], scale: Ruler) -> FamilyPicture:
    stems = _stems(family, lives, scale)
    rows, renamings = [], []
    for place, party in enumerate(family.members):
        names = _former_names(registry.entries[party.id]) if party in lives else ()
        drawn = bar(registry.entries[party.id], lives[party], scale) if party in lives else None
        ends = tuple(scale.at(window(dates.parse(name.until)).middle) for name in names)
        rows.append(FamilyRow(party, drawn, tuple(stems[place]), ends))
        renamings += [(party, name) for name in names]
    return FamilyPicture(family, scale, tuple(rows), tuple(renamings))


def _former_names(entry: Entry) -> tuple[Statement, ...]:
    return tuple(name for name in entry.other_names if name.kind == "former" and name.until)


def _stems(family: Family, lives: Mapping[Party, Lifetime], scale: Ruler) -> Mapping[int, list[Stem]]:
    """The stems by the row in which they are drawn, one for two bodies; where nothing is dated there is none."""
    found: dict[int, list[Stem]] = defaultdict(list)
    dated_last = sorted(family.descents, key=lambda one: one.when is not None)
    for one in {(one.older, one.younger): one for one in dated_last}.values():
        day = _day(one, lives)
        older, younger = family.members.index(one.older), family.members.index(one.younger)
        upper, lower = sorted((older, younger))
        if day is None:
            continue
        for row in range(upper, lower + 1):
            tip = ("down" if upper == older else "up") if row == younger else ""
            found[row].append(Stem(one, scale.at(day), 50 if row == upper else 0, 50 if row == lower else 100, tip))
    return found


def _day(one: Descent, lives: Mapping[Party, Lifetime]) -> date | None:
    """The day at which a stem is drawn: of the relation itself, else when the younger began or the older ended."""
    if one.when:
        days = window(one.when, likely=False)
        return days.middle if one.when.start else days.last
    older, younger = lives.get(one.older), lives.get(one.younger)
    began = younger and (younger.beginning.middle if younger.beginning else younger.first)
    if one.is_within and began and older and older.first:
        return max(began, older.first)
    return began or (older.last if older else None)
