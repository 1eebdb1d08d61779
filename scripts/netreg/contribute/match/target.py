"""The entry that a request is about, from the words in which somebody names it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from netreg.contribute.match.duplicates import SURE, Likeness
from netreg.contribute.parse.references import address_of
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, say
from netreg.contribute.request import FilledForm
from netreg.core.dates import spoken
from netreg.core.escape import as_code
from netreg.core.mask import masked
from netreg.entry import Entry
from netreg.lists.refused import Refusal, refused_change


def find_entry(filled: FilledForm, field: str = "entry") -> Reading[Entry | None]:
    """The entry that a request names, which is a mapping and was not withdrawn; None where it is not clear which."""
    said = filled.said(field)
    if not said:
        return Reading(None, ask("entry") if field == "entry" else filled.needed(field).told)
    id_ = id_in(said, filled)
    found = Reading(id_) if id_ else _id_alike(said, filled)
    if not found.value:
        return Reading(None, found.told)
    entry = filled.base.subjects[found.value]
    if entry.root is None or entry.root.kind != "mapping":
        return Reading(None, hand_over("person-unreadable"))
    if entry.is_withdrawn:
        return Reading(None, ask("entry-withdrawn", said=said))
    known, words = (re.findall(r"\w+", text.casefold()) for text in (f"{entry.id} {entry.document.text}", said))
    return Reading(entry, filled.kept(field) if not address_of(said) and set(words) - set(known) else Reply())


def id_in(said: str, filled: FilledForm) -> str:
    """An id that stands there as it is: alone, in brackets behind a name, or in the address of a page of ours."""
    bracket = re.search(r"\(([a-z0-9-]{1,60})\)$", said[-70:])
    page = _PAGE.search(said)
    words = (said, *(match[1] for match in (bracket, page) if match))
    return next((word for word in words if word in filled.base.subjects), "")


_PAGE = re.compile(r"(?:/networks/|/registry/|^registry/)([a-z0-9-]{1,60})(?:/|\.yaml|\.json|[?#]|$)")
"""Where an id stands in the addresses of a page, of the same page as data, and of its file."""


def _id_alike(said: str, filled: FilledForm) -> Reading[str]:
    """The one entry with this name, acronym or website; otherwise those that may be meant are offered."""
    detector = filled.base.detector
    found = detector.look_alikes(said, website=address_of(said))
    sure = {likeness.id for likeness in found if likeness.score >= SURE} or _ids_in_parts(said, filled)
    if len(sure) == 1:
        return Reading(next(iter(sure)))
    both = [_ids_in_parts(part, filled, whole=True) for part in _TWO.split(said[:_LONGEST])]
    if all(both) and len(set().union(*both)) > 1 and len(both) > 1:
        return Reading("", ask("entry-two", said=said))
    near = sorted(sure) or [likeness.id for likeness in found] or detector.near(said)
    choices = Ours(", ".join(f"`{id_}`" for id_ in near))
    return Reading("", ask("entry-unsure", said=said, choices=choices) if near else ask("entry-unknown", said=said))


_TWO = re.compile(r" +(?:and|&|et|und) +|, +|(?<=\w) ?[/+] ?(?=\w)")
_JOINT = re.compile(r" +[-–—/|] +|: +|, +")
_GENERAL = frozenset("the network forum group platform eu european centre center committee".split())
_LONGEST = 300


def _ids_in_parts(said: str, filled: FilledForm, *, whole: bool = False) -> set[str]:
    """The entries that parts of the words name, as in *ENFSI network* and *EUCPN – Crime Prevention Network*."""
    parts = _JOINT.split(said[:_LONGEST])
    parts += [" ".join(word for word in part.split() if word.casefold() not in _GENERAL) for part in parts[:1]]
    found = (filled.base.detector.same(part) for part in dict.fromkeys(parts) if part and (whole or part != said))
    return set().union(*found)


def refused_before(refusal: Refusal | None) -> Reply:
    """That the same was asked before, and why it was not done."""
    if refusal is None:
        return Reply()
    said = say("refused", date=Ours(spoken(refusal.date)), reason=Ours(as_code(masked(refusal.reason))))
    return Reply(seen_before=(said,), is_refused=True)


def refused_value(filled: FilledForm, entry: Entry, about: str, values: Iterable[str]) -> Reply:
    """That one of these values was refused before for the same fact."""
    known = (refused_change(entry.id, about, value, filled.base.refused) for value in values)
    return refused_before(next(filter(None, known), None))


def alike(found: Likeness) -> Reply:
    """That an entry looks like the body that a request is about, and by which name, acronym or address."""
    return Reply(seen_before=(say("alike", title=found.title, id=Ours(found.id), by=found.by),))


def name_of_another(filled: FilledForm, entry: Entry, name: str) -> Reply:
    """Leave it to a person where a new name is that of another entry."""
    found = filled.base.detector.look_alikes(name)
    others = [alike(one) for one in found if one.score >= SURE and one.id != entry.id]
    return sum(others, hand_over("person-alike") if others else Reply())
