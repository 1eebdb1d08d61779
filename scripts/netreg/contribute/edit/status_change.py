"""From the form for what became of a body to an edit of its entry."""

from __future__ import annotations

import re
from typing import Any

from netreg.contribute.ask.form import RENAMED
from netreg.contribute.edit.draft import Draft
from netreg.contribute.edit.sourcing import SourceData, sources_cited
from netreg.contribute.parse.facts import fact_at, values_of, was_seen_after
from netreg.contribute.parse.values import is_remark
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, leave, told_in, understood
from netreg.contribute.reply.outcome import Proposal
from netreg.contribute.request import FilledForm, id_in, name_of_another, refused_value
from netreg.core.dates import spoken
from netreg.core.schema import Term
from netreg.entry import Entry

_WITH_ACRONYM = re.compile(r"(.+?) \(([^()\s]{2,30})\)")


def propose_status(filled: FilledForm, entry: Entry) -> Reading[Proposal | None]:
    """The entry of a body that ended, merged, went on as another or took another name."""
    change = filled.term("change")
    if change.value is None:
        return Reading(None, change.told if change.told.missing else ask("field", label=filled.label("change")))
    sources, is_event = sources_cited(filled, entry), change.value.is_closed or change.value.value == RENAMED
    day, dates = filled.date("when"), filled.moment_or_since("when")
    when, since = (day.value, "") if is_event else dates.value
    told = told_in(change, day if is_event else dates, sources)
    if change.value.value == RENAMED:
        changed = _renamed(filled, entry, when, sources.value)
    else:
        changed = _in_another_state(filled, entry, change.value, (when, since), sources.value)
    return Reading(changed.value, told + changed.told)


def _in_another_state(
    filled: FilledForm, entry: Entry, status: Term, dates: tuple[str, str], sources: list[SourceData]
) -> Reading[Proposal | None]:
    """The new status in front, with the end and the body that it went into, where they are known."""
    other = filled.said("other")
    told = refused_value(filled, entry, "status", (status.value, status.title))
    old = values_of(fact_at("status", filled.schema), entry)
    key, was = ("understood-status", old[0].text) if old else ("understood-first-status", "")
    told += understood(key, network=entry.label, label=Ours(status.title), old=was)
    for key, date in zip(("understood-when", "understood-since"), dates, strict=True):
        told += understood(key, when=Ours(spoken(date, between=True))) if date else Reply()
    seen = old[0].known_from if old else None
    if status.is_closed and seen and was_seen_after(dates[0], old):
        told += hand_over("person-order", old=f"{old[0].text}, {spoken(seen.text)}")
    elif status.value == "active" and entry.ended:
        told += leave("person-status")
    if other:
        told += understood("understood-into", other=other)
    elif status.value in ("merged", "replaced"):
        told += ask("other-body")
    if not sources:
        return Reading(None, told)
    if other and status.value != "merged":
        told += leave("person-relation", other=other)
    draft = Draft(entry.document, filled.schema)
    _close(draft, status, dates, _merged_into(other, filled) if other and status.value == "merged" else {}, sources)
    return draft.proposed(told)


def _close(
    draft: Draft, status: Term, dates: tuple[str, str], relation: dict[str, Any], sources: list[SourceData]
) -> None:
    when, since = dates
    cited = [draft.cite(source) for source in sources]
    moment = "" if "/" in when else when
    # The date is that of a sign of life for a body that is active, else the one from which on it is so.
    dated = {"as_of": moment, "from": since} if status.value == "active" else {"from": moment or since}
    claim = {"value": status.value, **dated, "sources": cited}
    draft.set_claim(("status",), {key: value for key, value in claim.items() if value})
    if status.is_closed and when:
        draft.set_claim(("ended",), {"value": when, "sources": cited})
    if relation:
        draft.add_item("relations", {**relation, **({"date": moment} if moment else {}), "sources": cited})


def _merged_into(other: str, filled: FilledForm) -> dict[str, Any]:
    """The relation to the body that it went into: an entry or a known actor where there is one, else by name."""
    sure = list(filled.base.detector.same(other))
    actors = [term.value for term in filled.schema.terms("actor") if term.title.casefold() == other.casefold()]
    id_ = id_in(other, filled) or (sure[0] if len(sure) == 1 else next(iter(actors), ""))
    return {"type": "merged_into", **({"target": id_} if id_ else {"name": other})}


def _renamed(filled: FilledForm, entry: Entry, when: str, sources: list[SourceData]) -> Reading[Proposal | None]:
    """The new name in front, the old one filed, and the renaming in the history where its date is known."""
    said = filled.said("other")
    if not said:
        return Reading(None, ask("new-name"))
    if not sources:
        return Reading(None)
    told = refused_value(filled, entry, "name", (said,))
    if is_remark(said):
        told += hand_over("person-words", label=filled.label("other"), said=said) + filled.kept("other")
        return Reading(None, told)
    match = _WITH_ACRONYM.fullmatch(said)
    name, acronym = (match[1], match[2]) if match and sum(map(str.isupper, match[2])) >= 2 else (said, "")
    told += name_of_another(filled, entry, name)
    told += understood("understood-renamed", network=entry.label, value=name)
    if name == entry.name:
        return Reading(None, told + Reply(is_done=True))
    if len(name.split()) == 1:
        return Reading(None, told + ask("full-name", said=name))
    old = entry.acronym
    if acronym and acronym != old:
        told += understood("understood-acronym", value=acronym)
    elif old and not acronym:
        told += leave("person-acronym", said=old)
    told += understood("understood-when", when=Ours(spoken(when, between=True))) if when else Reply()
    draft = Draft(entry.document, filled.schema)
    _rename(draft, (name, acronym), (entry.name, old), when, sources)
    return draft.proposed(told)


def _rename(draft: Draft, now: tuple[str, str], then: tuple[str, str], when: str, sources: list[SourceData]) -> None:
    """Give an entry another name, and another acronym where there is one; the old ones are former names."""
    cited = [draft.cite(source) for source in sources]
    (name, acronym), (old_name, old_acronym) = now, then
    old = {"name": old_name, "acronym": old_acronym if acronym != old_acronym and acronym else ""}
    former = {**old, "kind": "former", "until": "" if "/" in when else when, "sources": cited}
    draft.set_plain("name", name)
    if acronym:
        draft.set_plain("acronym", acronym)
    draft.add_item("other_names", {key: value for key, value in former.items() if value})
    if when:
        text = f"It takes the name “{name}”."
        draft.add_item("history", {"date": when, "event": RENAMED, "text": text, "sources": cited})
