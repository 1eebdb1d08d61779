"""From the form for a new network to an entry that holds what was said, and nothing else."""

from __future__ import annotations

from typing import Any

from netreg.contribute.duplicates import SURE
from netreg.contribute.edit.draft import first_source_id
from netreg.contribute.edit.sourcing import Body, SourceData, sources_said
from netreg.contribute.parse.facts import fact_at, shown
from netreg.contribute.parse.references import address_of, contact_of
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, leave, told_in, understood
from netreg.contribute.reply.outcome import Proposal
from netreg.contribute.request import FilledForm, alike, refused_before
from netreg.core.canonical import canonical_data
from netreg.core.escape import one_line
from netreg.core.ids import LONGEST, is_free_form, slug
from netreg.lists import refused_network

_CHOSEN = ("group", "topics", "form", "status", "participants.range")
_IN_WORDS = ("leadership", "countries")
"""What a person brings into form: who does what in which role is not told by a list alone."""

_OPEN = ("group", "topics", "form", "status")
"""What every entry needs and a form may leave open."""


def propose_network(filled: FilledForm) -> Reading[Proposal | None]:
    """The entry of a new network; None where something is missing, or it has no id."""
    name, summary = (filled.needed(id_) for id_ in ("name", "summary"))
    told = told_in(name, summary)
    if not name.value:
        return Reading(None, told)
    said = _said(filled)
    body = Body(one_line(name.value), said.value.get("website", ""))
    told += understood("understood-network", name=body.name) + _look_around(filled, body) + said.told
    told += _understood(filled, said.value)
    sources = sources_said(filled, body)
    told += sources.told
    if not summary.value or not sources.value:
        return Reading(None, told)
    id_ = _free_id(filled, filled.said("acronym"), body.name)
    if not id_:
        return Reading(None, told + hand_over("person-id"))
    data = _entry(filled, said.value, sources.value)
    return Reading(Proposal(id_, canonical_data(data, filled.schema), is_new=True), told)


def _said(filled: FilledForm) -> Reading[dict[str, Any]]:
    """The values of the fields by their places in an entry, without what was left open."""
    typed = {key: filled.said(key) for key in ("name", "acronym", "purpose", "summary")}
    chosen = {dotted: filled.terms(dotted.replace(".", "_")) for dotted in _CHOSEN}
    established, website, contact = filled.date("established"), _reached(filled, "website"), _reached(filled, "contact")
    terms = {dotted: [term.value for term in reading.value] for dotted, reading in chosen.items()}
    values = {
        **{key: typed[key] for key in ("name", "acronym")},
        **{key: found if key == "topics" else "".join(found) for key, found in terms.items() if "." not in key},
        "established": established.value,
        **{key: typed[key] for key in ("purpose", "summary")},
        "website": website.value,
        "contact": contact.value,
        "participants.range": "".join(terms["participants.range"]),
    }
    told = told_in(website, contact, *chosen.values(), established) + _too_long(filled, typed, terms["topics"])
    for key in _IN_WORDS:
        told += leave("person-list", label=filled.label(key), said=filled.said(key)) if filled.said(key) else Reply()
    return Reading({key: value for key, value in values.items() if value}, told + filled.kept(*_IN_WORDS))


def _reached(filled: FilledForm, key: str) -> Reading[str]:
    said = filled.answers.text(key)
    message, parse = ("address", address_of) if key == "website" else ("contact", contact_of)
    found = parse(said)
    return Reading(found, ask(message, said=said, label=filled.label(key)) if said and not found else Reply())


def _too_long(filled: FilledForm, typed: dict[str, str], topics: list[str]) -> Reply:
    told = Reply()
    for key, text in typed.items():
        part = filled.schema.at((key,))
        limit = int((filled.schema.child(part, "value") or part)["maxLength"])
        if len(text) > limit:
            told += ask("too-long", label=filled.label(key), length=Ours(len(text)), limit=Ours(limit))
    most = int(filled.schema.at(("topics",))["maxItems"])
    if len(topics) > most:
        told += ask("too-many", label=filled.label("topics"), number=Ours(len(topics)), limit=Ours(most))
    return told


def _look_around(filled: FilledForm, body: Body) -> Reply:
    detector, acronym = filled.base.detector, filled.said("acronym")
    likenesses = detector.look_alikes(body.name, acronym, body.website)
    found = {likeness.id: alike(likeness) for likeness in [*detector.with_acronym(acronym), *likenesses]}
    told = sum(found.values(), refused_before(refused_network(body.name, acronym, filled.base.refused)))
    is_sure = any(likeness.score >= SURE for likeness in likenesses)
    return told + (hand_over("person-alike") if is_sure or (found and not filled.said("more")) else Reply())


def _understood(filled: FilledForm, said: dict[str, Any]) -> Reply:
    told = Reply()
    for dotted, value in said.items():
        if dotted != "name":
            fact = fact_at(dotted, filled.schema)
            told += understood(
                "understood-field", label=Ours(fact.label), value=shown(fact, {"value": value}, filled.schema)
            )
    strange = filled.answers.strange
    left_open = [filled.schema.label(key) for key in _OPEN if key not in said and key not in strange]
    return told + (leave("person-adds", labels=Ours(", ".join(left_open))) if left_open else Reply())


def _entry(filled: FilledForm, said: dict[str, Any], sources: list[SourceData]) -> dict[str, Any]:
    """The entry, all its claims resting on all sources."""
    ids: list[str] = []
    ids.extend(first_source_id(source, ids) for source in sources)
    data: dict[str, Any] = {}
    for dotted, value in said.items():
        *above, key = path = tuple(dotted.split("."))
        is_claim = filled.schema.at(path).get("x-kind") == "claim"
        inside = data.setdefault(above[0], {}) if above else data
        inside[key] = {"value": value, "sources": list(ids)} if is_claim else value
    return {**data, "sources": [{"id": id_, **source} for id_, source in zip(ids, sources, strict=True)]}


def _free_id(filled: FilledForm, acronym: str, name: str) -> str:
    """An id that no entry and no known actor has, from the acronym or the name."""
    taken = {id_.casefold() for id_ in filled.base.subjects} | filled.schema.by_value("actor").keys()
    candidates = (slug(acronym), slug(name), f"{slug(acronym)}-{slug(name)}"[:LONGEST].strip("-"))
    return next((id_ for id_ in candidates if is_free_form(id_) and id_ not in taken), "")
