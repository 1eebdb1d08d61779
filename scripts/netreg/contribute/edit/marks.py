"""Marks: what is written down of an entry or a source and is no fact of the body: a yes, a reading, a withdrawal."""

from __future__ import annotations

import re
from datetime import timedelta

from netreg.contribute.edit.draft import Data, Draft
from netreg.contribute.edit.sourcing import own_word
from netreg.contribute.form import FOUND, SPEAKS_FOR_IT, WORD
from netreg.contribute.parse.references import address_of, places_in
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, leave, told_in, understood
from netreg.contribute.reply.outcome import Proposal
from netreg.contribute.request import FilledForm, find_entry
from netreg.core.address import fold, host_of
from netreg.core.dates import spoken, try_parse
from netreg.entry import Entry, Source
from netreg.entry.evidence import READ_AGAIN
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


_COPIED = re.compile(r"https?://[^/]+/(?:web/)?(?P<day>(?:19|20)[0-9]{6})[0-9]{0,6}[a-z_]{0,4}/(?P<page>.+)")
"""The address of a copy in the common web archives: the moment at which it was made, then the page itself."""


def propose_reading(filled: FilledForm, entry: Entry) -> Reading[Proposal | None]:
    """The entry with a reader's reading of a source, or with a copy of it; all else that was found is for a person."""
    which, found, opened = filled.needed("which"), filled.choice("found"), filled.date("opened")
    told = told_in(which, found, opened)
    if not (found.value or told.missing):
        told += ask("field", label=filled.label("found"))
    source = _source(entry, which.value)
    if which.value and source is None:
        told += ask("source-which", network=entry.label, said=which.value)
    if source is None or not found.value:
        return Reading(None, told)
    key = next(key for key, title in FOUND.items() if title == found.value)
    if key in _FOR_A_PERSON or not (source.url and filled.request.number):
        left = _FOR_A_PERSON.get(key, "person-no-address" if not source.url else "request-number")
        found_ = understood("understood-found", network=entry.label, title=source.title, choices=Ours(found.value))
        return Reading(None, told + found_ + hand_over(left) + filled.kept("copy"))
    if key == "copy":
        drafted = _copy(filled, entry, source)
    else:
        drafted = _seen(filled, entry, source, opened.value, is_reading=key == "says-so")
        told += filled.kept("copy")
    return Reading(drafted.value if told.is_ready else None, told + drafted.told)


_FOR_A_PERSON = {"says-else": "person-found-else", "gone": "person-gone"}


def _source(entry: Entry, said: str) -> Source | None:
    """The source by its short name, or by its address; a letter to us is none that somebody could open."""
    sources = [one for one in entry.source_by_id.values() if not one.statement]
    wanted = said.strip().strip("`“”\"'")
    address = fold(address_of(wanted))
    return next((one for one in sources if one.id == wanted or (address and fold(one.url) == address)), None)


def _seen(
    filled: FilledForm, entry: Entry, source: Source, opened: str, *, is_reading: bool
) -> Reading[Proposal | None]:
    """The day on which a reader found it so at its address, or on which a person opened what turns programs away.

    A younger one stays, and of a reading one of our own of this year.
    """
    day, about = opened or filled.request.sent.isoformat(), {"network": entry.label, "title": source.title}
    known = (source.read_on if source.is_live else "") if is_reading else source.opened_by_person
    now, before = try_parse(day), try_parse(known)
    ours = READ_AGAIN if is_reading and source.read_by == "registry" else timedelta()
    if now and before and now.latest <= before.latest + ours:
        told = understood("understood-opened-before", **about, date=Ours(spoken(known)))
        return Reading(None, told + Reply(is_done=True))
    told = understood("understood-reading" if is_reading else "understood-opened", **about, date=Ours(spoken(day)))
    read = {"date": day, "how": "live", "by": "reader", "request": filled.request.number}
    return _marked(entry, source, *(("read", read) if is_reading else ("opened_by_person", day))).proposed(told)


def _copy(filled: FilledForm, entry: Entry, source: Source) -> Reading[Proposal | None]:
    """A copy in a web archive, by an address that shows whose copy it is and of which day."""
    said = filled.said("copy")
    address = address_of(said)
    found = _COPIED.fullmatch(address)
    when = try_parse(f"{found['day'][:4]}-{found['day'][4:6]}-{found['day'][6:]}") if found else None
    if not (found and when) or host_of(found["page"]) != host_of(source.url) or when.latest > filled.request.sent:
        return Reading(None, ask("copy-address", said=said) if said else ask("field", label=filled.label("copy")))
    day = Ours(spoken(when.text))
    told = understood("understood-copy", network=entry.label, title=source.title, date=day, source=address)
    return _marked(entry, source, "archive", {"url": address, "date": when.text}).proposed(told)


def _marked(entry: Entry, source: Source, key: str, data: Data | str) -> Draft:
    draft = Draft(entry.document, entry.schema)
    draft.mark_source(source.id, key, data)
    return draft


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
