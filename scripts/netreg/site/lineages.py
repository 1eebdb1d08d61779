"""Pictures of lineage: the bodies of a family on a scale of years, the older above, with a stem to each younger one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from netreg.core import dates
from netreg.core.nearest import listed
from netreg.entry import Entry, Statement
from netreg.model import Registry
from netreg.model.lifetime import Lifetime, lifetime, window
from netreg.model.lineage import Descent, Family, Party
from netreg.site.bars import Bar, Ruler, bar, ruler
from netreg.site.page import Page, render


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
