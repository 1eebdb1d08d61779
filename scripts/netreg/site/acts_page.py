"""Legal acts: on which texts the networks rest, by the kind of text, those in force first."""

from __future__ import annotations

import re

from netreg.entry import Entry, Statement
from netreg.entry.evidence import is_in_force
from netreg.model import Registry, phrases
from netreg.model.sheet import Sheet
from netreg.site.listing import Opening, Row, Section, network_links, plain, tables_page
from netreg.site.page import Page

ACT_COLUMNS = ("Text", "As what")

_KINDS = (
    ("council-decision", "Council decisions", r"Council Decision"),
    ("joint-action", "Joint actions and other acts of the Council", r"Joint Action|Act of the Council"),
    ("regulation", "Regulations", r"(Council )?Regulation"),
    ("directive", "Directives", r"Directive"),
    ("commission", "Texts of the Commission", r"Commission Decision|Communication|Joint Communication|Green Paper"),
    ("council-text", "Council conclusions, resolutions and papers", r"Council ([Cc]onclusion|[Rr]esol|[Rr]ecom|doc)"),
    (
        "council-of-europe",
        "Texts of the Council of Europe",
        r".*(Council of Europe|Committee of Ministers)",
    ),
    ("treaty", "Treaties, conventions and agreements", r".*([Tt]reaty|[Cc]onvention|[Aa]greement|[Cc]harter)"),
    ("other", "Other texts", ""),
)
"""The kinds of text by how their titles begin, each with its anchor; the first that fits counts."""


def acts_page(registry: Registry) -> Page:
    """All texts on which networks rest, or under which they work, by their kind."""
    rows = [(act, act_row(registry, entry, act)) for entry in registry.networks for act in entry.legal_basis]
    parts = []
    for anchor, title, _pattern in _KINDS:
        found = [(act, row) for act, row in rows if _kind(act) == anchor]
        found.sort(key=lambda pair: (not _rests(pair[1].entry, pair[0]), pair[1].entry.label.casefold()))
        force = sum(_rests(row.entry, act) for act, row in found)
        about = f"{force} in force, as far as told." if force else "None in force, as far as told."
        parts.append(Section(anchor, title, tuple(row for _, row in found), ACT_COLUMNS, about, number=str(len(found))))
    silent = network_links(entry for entry in registry.networks if not entry.legal_basis)
    about = "No source that we read names a text on which these rest. Do you know one?"
    parts.append(Section("not-known", "No text known", about=about, runs=(("", silent),), number=str(len(silent))))
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


def _kind(act: Statement) -> str:
    """The anchor of the kind of a text."""
    if (act.document or ("",))[0] == "coe":
        return "council-of-europe"
    return next(anchor for anchor, _title, pattern in _KINDS if re.match(pattern, act.title))
