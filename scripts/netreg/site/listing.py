"""Tables: pages that tell of many networks, a row a statement, each with its age and on whose word it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from netreg.core.dates import Date
from netreg.entry import Entry, Statement
from netreg.entry.evidence import bounds
from netreg.model import Registry, phrases
from netreg.model.participation import Lead, Tense
from netreg.site.page import Link, Page, body_path, country_path, entry_path, render, to_root


@dataclass(frozen=True)
class Row:
    """One row: a network, what is told of it, when it was so, and the statement that tells it.

    ``told`` are the cells between the name and the age, each a few pieces of which some are links; ``detail`` stands
    under the last of them. ``is_rival`` says that it is another account than the one that the entry puts first.
    """

    entry: Entry
    item: Statement
    told: tuple[tuple[Link, ...], ...]
    when: str
    detail: str = ""
    is_rival: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a page: a table of rows, one of ``figures``, or ``runs``, lists of links by label.

    ``columns`` are the headings: of rows those between the network and the age. ``number`` is what the heading counts
    where that is not the rows or the links. Where ``is_asked``, the way to tell follows.
    """

    anchor: str
    title: str
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    about: str = ""
    figures: tuple[tuple[Link, tuple[int, ...]], ...] = ()
    runs: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    number: str | None = None
    is_asked: bool = False

    @property
    def counted(self) -> str:
        """What the heading counts; empty for nothing."""
        if self.number is not None:
            return self.number
        return str(len(self.rows) + sum(len(links) for _, links in self.runs) or "")

    @property
    def is_shown(self) -> bool:
        """Whether it has anything to tell."""
        return bool(self.rows or self.figures or self.runs or self.is_asked)


@dataclass(frozen=True)
class Opening:
    """What a page says above its parts: its address, title and first paragraph, and the page above it."""

    path: str
    title: str
    lead: str
    above: Link | None = None
    heading: str = ""


def tables_page(registry: Registry, told: Opening, sections: Iterable[Section]) -> Page:
    """A page of tables, without the parts that have nothing to tell."""
    shown = [section for section in sections if section.is_shown]
    html = render("tables.html", registry=registry, told=told, sections=shown, root=to_root(told.path))
    return Page(told.path, told.title, html, description=told.lead)


def plain(*texts: str) -> tuple[tuple[Link, ...], ...]:
    """Cells of text."""
    return tuple((Link(text),) for text in texts)


def aged(registry: Registry, entry: Entry, item: Statement) -> str:
    """How old the evidence is, and when it was so."""
    age, period = phrases.age(entry, item, registry.today), phrases.period(item)
    return period if period and entry.evidence_of(item) is None else ", ".join(filter(None, (age, period)))


def newest_first(when: Date | None, entry: Entry) -> tuple[int, str]:
    """Orders rows by the age of their evidence, undated last, then by name."""
    known = bounds(when)
    return (-(known[1] if known else date.min).toordinal(), entry.label.casefold())


def network_links(entries: Iterable[Entry], anchor: str = "") -> tuple[Link, ...]:
    """The networks by name, each leading to its page, or to a place below it."""
    ordered = sorted(entries, key=lambda entry: entry.label.casefold())
    return tuple(Link(entry.label, entry_path(entry.id) + anchor) for entry in ordered)


def not_known(about: str) -> Section:
    """The part of a page that asks for what the page lacks."""
    return Section("not-known", "Not known", about=about, is_asked=True)


def nobody_told(registry: Registry, entries: Sequence[Entry], about: str) -> Section:
    """The networks of which nobody has told what a page is about, each leading to where it can be told."""
    return Section("not-known", "Nobody has told us", about=about, runs=by_group(registry, entries))


def by_group(registry: Registry, entries: Sequence[Entry]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Networks of which something is not known, under their groups, each leading to where it can be told."""
    groups = ((term, [one for one in entries if one.group == term.value]) for term in registry.schema.terms("group"))
    return tuple((term.title, network_links(found, "correct/#else")) for term, found in groups if found)


def holders(registry: Registry, item: Statement) -> tuple[Link, ...]:
    """Who holds a role, each with its page where it has one, and by what rule."""
    countries = sorted((phrases.country(code), country_path(code)) for code in item.texts("countries"))
    party = registry.party(item)
    named = [*(Link(*one) for one in countries), Link(party.name, party_path(registry, party.id))]
    return tuple(link for link in (*named, Link(item.unit), Link(registry.rule(item))) if link.title)


def party_path(registry: Registry, id_: str) -> str:
    """The address of a body: its page among the bodies, else that of its entry; empty where it has none."""
    if id_ in registry.bodies:
        return body_path(id_)
    return entry_path(id_) if id_ in registry.entries else ""


def lead_sections(registry: Registry, leads: Iterable[Lead], without: str = "") -> list[Section]:
    """Who leads, a part for each tense; a heading counts the accounts that entries put first.

    ``without`` is the page of the one who holds them all, and is not named in each row.
    """
    found = sorted(leads, key=lambda lead: newest_first(lead.when, lead.entry))
    columns = ("As what", "With, or for whom" if without else "Who")
    sections = []
    for tense in Tense:
        told = [lead for lead in found if lead.tense is tense]
        title, about = _LEADS[tense]
        rows = tuple(_lead_row(registry, lead, without) for lead in told)
        number = str(sum(not lead.is_rival for lead in told))
        sections.append(Section(f"leads-{tense}", title, rows, columns, about, number=number))
    return sections


def _lead_row(registry: Registry, lead: Lead, without: str) -> Row:
    role = (Link(registry.term("leader_role", lead.role).title),)
    who = tuple(one for one in holders(registry, lead.item) if not one.href or one.href != without)
    return Row(lead.entry, lead.item, (role, who), aged(registry, lead.entry, lead.item), is_rival=lead.is_rival)


_LEADS = {
    Tense.TODAY: ("Leads today", "By evidence of the last three years, or by a rule that fills the post."),
    Tense.LAST_KNOWN: ("Last known to lead", "The evidence is older than three years. Who leads today is not known."),
    Tense.UNDATED: ("Said to lead, undated", "No source says when it was so."),
    Tense.PAST: ("Led before", "The role ended, somebody followed, or the network is no more."),
}
"""For each tense the heading over those who lead, and what it means."""
