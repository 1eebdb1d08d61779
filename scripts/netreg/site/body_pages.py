"""Bodies, leads, acts: what institutions lead, house, list and fund; who leads each network; what it rests on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from netreg.core import dates
from netreg.core.schema import Term
from netreg.entry import Entry, Statement
from netreg.entry.evidence import is_in_force
from netreg.model import Party, Registry, Tie, phrases
from netreg.model.participation import Lead, Tense
from netreg.model.sheet import Sheet
from netreg.site.listing import (
    Opening,
    Row,
    Section,
    aged,
    lead_sections,
    network_links,
    newest_first,
    nobody_told,
    not_known,
    plain,
    tables_page,
)
from netreg.site.page import Link, Page, body_path, entry_path

BODIES, LEADS = "bodies/", "leads/"


def leads_page(registry: Registry) -> Page:
    """Who leads, chairs, serves and houses each network: today, last known, undated, and before."""
    told = [lead for lead in registry.leads if not lead.is_rival]
    silent = [entry for entry in registry.networks if not entry.leadership]
    today = sum(lead.tense is Tense.TODAY for lead in told)
    lead = (
        f"Who leads, chairs, serves or houses which network: {today} of {len(told)} roles are known to be held so "
        "today. For the others stands who held them last, and when that was told."
    )
    about = "No source that we read says who leads these. Do you know? Choose the network and tell us."
    parts = [*lead_sections(registry, registry.leads), nobody_told(registry, silent, about)]
    return tables_page(registry, Opening(LEADS, "Who leads", lead), parts)


def body_pages(registry: Registry) -> Iterator[Page]:
    """The page over all bodies, then one for each."""
    leads: dict[str, list[Lead]] = defaultdict(list)
    for lead in registry.leads:
        rule = lead.item.rule
        leads[lead.item.target or (registry.term("leader_rule", rule).holder if rule else "")].append(lead)
    yield _overview(registry, leads)
    for body in registry.bodies.values():
        yield _body_page(registry, body, leads[body.id])


def _overview(registry: Registry, leads: Mapping[str, Sequence[Lead]]) -> Page:
    rows = tuple(
        (Link(body.name, body_path(body.id)), (*_held(leads[body.id]), len(_ties(registry, body))))
        for body in registry.bodies.values()
    )
    lead = "Institutions, agencies and other bodies that lead, house, list, fund or set up networks."
    columns = ("Body", "Leads today", "Last known to lead", "Undated", "Led before", "Other ties")
    bodies = Section("all", "By name", columns=columns, figures=rows, number=str(len(rows)))
    asked = not_known("Which other bodies lead, house or fund networks, nobody has told us.")
    return tables_page(registry, Opening(BODIES, "Bodies", lead), [bodies, asked])


def _held(leads: Sequence[Lead]) -> tuple[int, ...]:
    """How many roles are held in each tense, by the accounts that entries put first."""
    return tuple(sum(lead.tense is tense and not lead.is_rival for lead in leads) for tense in Tense)


def _ties(registry: Registry, body: Party) -> list[Tie]:
    """What entries state of a body beside the roles that it holds."""
    return [tie for tie in registry.ties_to(body.id) if tie.relation.field == "relations"]


def _body_page(registry: Registry, body: Party, leads: Sequence[Lead]) -> Page:
    entry = registry.entries.get(body.id)
    ties = _ties(registry, body)
    told = Opening(
        body_path(body.id),
        f"{body.name}: what it leads, houses and funds",
        f"{body.name}: roles in networks {sum(_held(leads))}, other ties to them {len(ties)}. All as sources tell.",
        Link("Bodies", BODIES),
        entry.title if entry else body.name,
    )
    parts = lead_sections(registry, leads, told.path)
    parts += [_tied(registry, term, ties) for term in registry.schema.terms("relation_type")]
    if entry:
        acts = tuple(act_row(registry, entry, act) for act in entry.legal_basis if is_in_force(act))
        own = (Link(entry.title, entry_path(entry.id)),)
        parts += [
            Section("rests-on", "Rests on", acts, ACT_COLUMNS),
            Section("own", "The body itself", runs=(("Its entry", own),), number=""),
        ]
    parts.append(
        not_known(f"What {body.name} leads, houses or funds beyond this, nobody has told us. Do you know more?")
    )
    return tables_page(registry, told, parts)


def _tied(registry: Registry, term: Term, ties: Sequence[Tie]) -> Section:
    """The networks with one sort of tie to a body, as they state it: it has no tense, as in ``Set up by it``."""
    found = [tie for tie in ties if tie.type == term.value]
    found.sort(key=lambda tie: newest_first(tie.stated_in.evidence_of(tie.relation), tie.stated_in))
    rows = tuple(Row(tie.stated_in, tie.relation, (), _when(registry, tie)) for tie in found)
    return Section(term.value, f"{term.title} it", rows)


def _when(registry: Registry, tie: Tie) -> str:
    """When a tie was made, or how old its evidence is."""
    made = dates.spoken(tie.relation.date) if tie.relation.date else ""
    return made or aged(registry, tie.stated_in, tie.relation)


ACT_COLUMNS = ("Text", "As what")


def acts_page(registry: Registry) -> Page:
    """All texts on which networks rest, or under which they work, by their kind."""
    rows = [(act, act_row(registry, entry, act)) for entry in registry.networks for act in entry.legal_basis]
    parts = []
    kinds = registry.schema.terms("act_kind")
    for kind in kinds:
        found = [(act, row) for act, row in rows if _kind(act, kinds) == kind]
        found.sort(key=lambda pair: (not _rests(pair[1].entry, pair[0]), pair[1].entry.label.casefold()))
        force = sum(_rests(row.entry, act) for act, row in found)
        about = f"{force} in force, as far as told." if force else "None in force, as far as told."
        parts.append(Section(kind.value, kind.title, tuple(row for _, row in found), ACT_COLUMNS, about))
    silent = network_links(entry for entry in registry.networks if not entry.legal_basis)
    about = "No source that we read names a text on which these rest. Do you know one?"
    parts.append(Section("not-known", "No text known", about=about, runs=(("", silent),)))
    resting = sum(entry.rests_on_law and not entry.is_closed for entry in registry.networks)
    lead = (
        f"{resting} of {len(registry.networks)} networks rest on a text in force: one that founded them or took its "
        f"place, and of which no end is told. Here are all {len(rows)} texts that entries name, by their kind."
    )
    return tables_page(registry, Opening("acts/", "What they rest on", lead, heading="What networks rest on"), parts)


def act_row(registry: Registry, entry: Entry, act: Statement) -> Row:
    """The row of a legal act: its title and number, its role, when it was adopted and until when it held."""
    role = registry.term("act_role", act.role).title
    number = Sheet(registry, entry).document(act.document) if act.document else ""
    force = "in force" if _rests(entry, act) else "not in force" if act.until or entry.is_closed else ""
    text = f"{act.title} ({number})" if number and act.document and act.document[1] not in act.title else act.title
    told = plain(text, ", ".join(filter(None, (role, force))))
    return Row(entry, act, told, phrases.act_dates(act))


def _rests(entry: Entry, act: Statement) -> bool:
    return is_in_force(act) and not entry.is_closed


def _kind(act: Statement, kinds: Sequence[Term]) -> Term:
    """The kind of a text: by the register that has its number, else the first that its title begins like."""
    register = act.document[0] if act.document else ""
    by_title = next(kind for kind in kinds if re.match(kind.titles, act.title))
    return next((kind for kind in kinds if register and kind.register == register), by_title)
