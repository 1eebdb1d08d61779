"""From the form for what became of a body to an edit of its entry."""

from __future__ import annotations

import re
from typing import Any

from netreg.contribute.ask.form import RENAMED
from netreg.contribute.case import Case
from netreg.contribute.edit.current_value import CLOSED, Standing, values_of, was_seen_after
from netreg.contribute.edit.draft import Draft
from netreg.contribute.edit.sourcing import Source, sources_said
from netreg.contribute.match.target import SURE, Target, checked, id_in, tell_likeness, tell_refusal
from netreg.contribute.parse.fact_value import is_remark
from netreg.contribute.parse.facts import fact_at
from netreg.contribute.reply.messages import Ours, say
from netreg.contribute.reply.outcome import Proposal
from netreg.core.dates import spoken

_WHEN = {"active": "as_of"}
"""What the date is of: of a body that is active that of a sign of life, else that from which on it is so."""

_WITH_ACRONYM = re.compile(r"(.+?) \(([^()\s]{2,30})\)")


def propose_status(case: Case, target: Target) -> Proposal | None:
    """The entry of a body that ended, merged, went on as another or took another name."""
    change = case.term("change")
    if change is None:
        if not case.answers.strange.get("change"):
            case.needed("change")
        return None
    other = case.said("other")
    when, since = _when(case, change.value)
    sources = sources_said(case, target.body)
    if change.value == RENAMED:
        return _renamed(case, target, other, when, sources)
    tell_refusal(case, target, "status", (change.value, change.title))
    old = values_of(fact_at("status", case.schema), "", target.root, case.schema)
    key = "understood-status" if old else "understood-first-status"
    was = old[0].text if old else ""
    case.report.understood.append(say(key, network=target.title, label=Ours(change.title), old=was))
    for key, date in (("understood-when", when), ("understood-since", since)):
        if date:
            case.report.understood.append(say(key, when=Ours(spoken(date, between=True))))
    _compare_with_end(case, target, change.value, when, old)
    if change.value in ("merged", "replaced") and not other:
        case.report.ask(say("other-body"))
    elif other:
        case.report.understood.append(say("understood-into", other=other))
    if not sources:
        return None
    return _closed(case, target, change.value, (when, since), other, sources)


def _when(case: Case, change: str) -> tuple[str, str]:
    """When it happened, or, for what goes on, since when it is so; one of the two is empty."""
    return (case.date("when"), "") if change in (*CLOSED, RENAMED) else case.moment_or_since("when")


def _compare_with_end(case: Case, target: Target, status: str, when: str, old: list[Standing]) -> None:
    """Leave it to a person where a sign of life is newer than the end, or a body that has an end is at work."""
    seen = old[0].known_from if old else None
    if status in CLOSED and seen and was_seen_after(when, old):
        case.report.ask_a_person(say("person-order", old=f"{old[0].text}, {spoken(seen.text)}"))
    elif status == "active" and target.root.get("ended"):
        case.report.for_a_person.append(say("person-status"))


def _closed(
    case: Case, target: Target, status: str, dates: tuple[str, str], other: str, sources: list[Source]
) -> Proposal | None:
    when, since = dates
    draft = Draft(target.document, case.schema)
    before = draft.text()
    ids = [draft.add_source(source) for source in sources]
    moment = "" if "/" in when else when
    claim = {"value": status, "from": since, "sources": ids}
    if moment:
        claim[_WHEN.get(status, "from")] = moment
    draft.set_claim(("status",), {key: value for key, value in claim.items() if value})
    if status in CLOSED and when:
        draft.set_claim(("ended",), {"value": when, "sources": ids})
    if other and status == "merged":
        draft.add_item("relations", _merged_into(case, other, when, ids))
    elif other:
        case.report.for_a_person.append(say("person-relation", other=other))
    if draft.text() == before:
        case.report.is_done = True
        return None
    return checked(case, target, draft.text())


def _merged_into(case: Case, other: str, when: str, ids: list[str]) -> dict[str, Any]:
    """The relation to the body that it went into: an entry or a known actor where there is one, else by name."""
    id_ = id_in(other, case) or _other_id(other, case)
    party = {"target": id_} if id_ else {"name": other}
    dated = {"date": when} if when and "/" not in when else {}
    return {"type": "merged_into", **party, **dated, "sources": ids}


def _other_id(other: str, case: Case) -> str:
    sure = [likeness for likeness in case.base.detector.look_alikes(other) if likeness.score >= SURE]
    actors = [term.value for term in case.schema.terms("actor") if term.title.casefold() == other.casefold()]
    return sure[0].id if len(sure) == 1 else next(iter(actors), "")


def _renamed(case: Case, target: Target, name: str, when: str, sources: list[Source]) -> Proposal | None:
    """The new name in front, the old one filed, and the renaming in the history where its date is known."""
    if not name:
        case.report.ask(say("new-name"))
    if not name or not sources:
        return None
    tell_refusal(case, target, "name", (name,))
    if is_remark(name):
        case.report.ask_a_person(say("person-words", label=case.label("other"), said=name))
        case.report.keep(case.label("other"), name)
        return None
    name, acronym = _with_acronym(name)
    tell_likeness(case, target, name)
    case.report.understood.append(say("understood-renamed", network=target.title, value=name))
    if name == target.name:
        case.report.is_done = True
        return None
    if len(name.split()) == 1:
        case.report.ask(say("full-name", said=name))
        return None
    draft = Draft(target.document, case.schema)
    ids = [draft.add_source(source) for source in sources]
    until = {"until": when} if when and "/" not in when else {}
    former = {"name": target.name, "kind": "former", **until, "sources": ids}
    draft.set_plain("name", name)
    draft.add_item("other_names", _with_old_acronym(case, target, draft, acronym, former))
    if when:
        text = f"It takes the name “{name}”."
        draft.add_item("history", {"date": when, "event": RENAMED, "text": text, "sources": ids})
    return checked(case, target, draft.text())


def _with_acronym(name: str) -> tuple[str, str]:
    """A name, and the acronym in brackets behind it."""
    match = _WITH_ACRONYM.fullmatch(name)
    return (match[1], match[2]) if match and sum(sign.isupper() for sign in match[2]) >= 2 else (name, "")


def _with_old_acronym(case: Case, target: Target, draft: Draft, acronym: str, former: dict[str, Any]) -> dict[str, Any]:
    """The former name with its acronym, where that changes too; otherwise somebody looks whether it still holds."""
    old = target.root.string("acronym") or ""
    if acronym and acronym != old:
        draft.set_plain("acronym", acronym)
        case.report.understood.append(say("understood-acronym", value=acronym))
        return {"name": former["name"], **({"acronym": old} if old else {}), **former}
    if old and not acronym:
        case.report.for_a_person.append(say("person-acronym", said=old))
    return former
