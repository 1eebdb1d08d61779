"""From a body's own yes to an entry to the edit that files it, once a maintainer has seen proof of who wrote."""

from __future__ import annotations

import re

from netreg.contribute.ask.form import SPEAKS_FOR_IT, WORD
from netreg.contribute.edit.draft import Draft
from netreg.contribute.edit.sourcing import own_word
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, leave, told_in, understood
from netreg.contribute.reply.outcome import Proposal
from netreg.contribute.request import FilledForm
from netreg.core.address import host_of
from netreg.core.dates import spoken
from netreg.entry import Entry
from netreg.model import phrases

OWN_HOST = "own-host"
"""The proof that the mail itself can speak for, or against."""

_STATE = re.compile(r"[0-9a-f]{7,64}")


def propose_confirmation(filled: FilledForm, entry: Entry) -> Reading[Proposal | None]:
    """The entry with its confirmation; without proof there is none, and a person has to see to it."""
    state, word = filled.needed("state"), filled.choice("word")
    told = told_in(state, word)
    if not (word.value or told.missing):
        told += ask("field", label=filled.label("word"))
    if state.value and not _STATE.fullmatch(filled.said("state")):
        told += ask("confirm-state", said=state.value)
    if filled.role and filled.role not in SPEAKS_FOR_IT:
        told += ask("confirm-role")
    if word.value == WORD[1] or filled.answers.text("more").strip():
        return Reading(None, told + hand_over("person-but-for"))
    value, day = filled.said("state"), filled.request.sent.isoformat()
    if filled.role and not told.missing:
        by = Ours(phrases.sender(filled.role))
        told += understood("understood-confirmed", network=entry.label, value=value, role=by, date=Ours(spoken(day)))
    told += _proof(filled, entry)
    if not filled.role or not told.is_ready:
        return Reading(None, told)
    draft = Draft(entry.document, filled.schema)
    cited = str(draft.cite(own_word(filled, entry.name or entry.label)))
    draft.set_block("confirmed", {"by": cited, "date": day, "commit": value})
    return draft.proposed(told + leave("person-state", value=value))


def _proof(filled: FilledForm, entry: Entry) -> Reply:
    """What is known of who wrote; what a mail says of its sender speaks against a proof, and never is one."""
    request = filled.request
    site = host_of(str(entry.website.value)) if entry.website else ""
    is_own = bool(site) and f".{request.sender_host}".endswith(f".{site}")
    if request.proof == OWN_HOST and request.sender_host and not is_own:
        return hand_over("person-other-host")
    told = leave("person-own-host") if is_own and not request.proof else Reply()
    if not request.proof:
        return hand_over("person-proof") + told
    return Reply() if request.number else hand_over("request-number")
