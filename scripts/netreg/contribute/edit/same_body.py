"""From the form for two entries of one body to the tombstone of the one that goes."""

from __future__ import annotations

from netreg.contribute.edit.draft import Draft
from netreg.contribute.match.target import find_entry
from netreg.contribute.parse.references import places_in
from netreg.contribute.reply.messages import Reading, ask, leave, told_in, understood
from netreg.contribute.reply.outcome import Proposal
from netreg.contribute.request import FilledForm
from netreg.entry import Entry


def propose_tombstone(filled: FilledForm, entry: Entry) -> Reading[Proposal | None]:
    """The entry that goes, whole and withdrawn, which names the one that stays; what to carry over is for a person."""
    twin, why = find_entry(filled, "twin"), filled.needed("why")
    places = places_in(why.value, filled.request.sent.year, filled.base.site)
    told = told_in(twin, why) + filled.kept("why")
    if why.value and not (places.addresses or places.documents):
        told += ask("same-where")
    if twin.value is None:
        return Reading(None, told)
    if twin.value.id == entry.id:
        return Reading(None, told + ask("same-one", network=entry.label))
    where = ", ".join([*places.addresses, *(number for _, number in places.documents)])
    told += understood("understood-one-body", network=entry.label, other=twin.value.label, source=where)
    draft = Draft(twin.value.document, filled.schema)
    reason = f"It is a second entry for {entry.label}."
    day = filled.request.sent.isoformat()
    draft.set_block("entry", {"withdrawn": day, "reason": reason, "see": entry.id})
    return draft.proposed(told + leave("person-same", network=entry.label))
