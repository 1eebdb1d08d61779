"""From what somebody found who opened a source to the edit that writes the reading down, or to a person."""

from __future__ import annotations

import re
from datetime import timedelta

from netreg.contribute.ask.form import FOUND
from netreg.contribute.edit.draft import Data, Draft
from netreg.contribute.parse.references import address_of
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, told_in, understood
from netreg.contribute.reply.outcome import Proposal
from netreg.contribute.request import FilledForm
from netreg.core.address import fold, host_of
from netreg.core.dates import spoken, try_parse
from netreg.entry import Entry, Source
from netreg.entry.evidence import READ_AGAIN

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
