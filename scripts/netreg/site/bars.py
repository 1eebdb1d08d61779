"""Bars: lifetimes drawn on a scale of years, in percent of the drawing's width, so that it fits a phone and a sheet.

The timeline has one of each network, by group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from netreg.core import dates
from netreg.core.schema import Term
from netreg.entry import Entry
from netreg.model import Registry
from netreg.model.lifetime import Lifetime, Window, lifetime
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
