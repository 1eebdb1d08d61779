"""Legal acts: on which texts the networks rest, by the kind of text, those in force first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from netreg.core.schema import Term
from netreg.entry import Entry, Statement
from netreg.entry.evidence import is_in_force
from netreg.model import Registry, phrases
from netreg.model.sheet import Sheet
from netreg.site.listing import Opening, Row, Section, network_links, plain, tables_page
from netreg.site.page import Page

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
