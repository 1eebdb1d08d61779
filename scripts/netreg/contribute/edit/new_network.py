"""From the form for a new network to an entry that holds what was said, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netreg.contribute.case import Case
from netreg.contribute.edit.draft import first_source_id
from netreg.contribute.edit.sourcing import Body, sources_said
from netreg.contribute.match.target import SURE
from netreg.contribute.parse.fact_value import shown
from netreg.contribute.parse.facts import Fact, facts
from netreg.contribute.parse.references import address_of
from netreg.contribute.reply.messages import Ours, say
from netreg.contribute.reply.objections import objections
from netreg.contribute.reply.outcome import Proposal
from netreg.core.canonical import canonical_data
from netreg.core.ids import is_free_form, slug
from netreg.lists.refused import refused_network

_CLAIMED = ("form", "status", "established", "purpose", "summary", "website")
_OPEN = ("group", "topics", "form", "status")
"""What every entry needs and a form may leave open."""


def propose_network(case: Case) -> Proposal | None:
    """The entry of a new network; None where something is missing, or it is known or was refused already."""
    name = case.needed("name")
    summary = case.needed("summary")
    if not name:
        return None
    case.report.understood.append(say("understood-network", name=name))
    website = _website(case)
    _look_around(case, name, website)
    data = _entry(case, name, summary, website)
    sources = sources_said(case, Body(name, website))
    if not summary or not sources:
        return None
    return _proposal(case, _with_sources(data, sources))


def _website(case: Case) -> str:
    said = case.said("website")
    address = address_of(said)
    if said and not address:
        case.report.ask(say("address", said=said))
    return address


def _look_around(case: Case, name: str, website: str) -> None:
    """Whether it has an entry already, or was refused."""
    refusal = refused_network(name, case.said("acronym"), case.base.refused)
    if refusal:
        case.refuse(refusal)
    likenesses = case.base.detector.look_alikes(name, case.said("acronym"), website)
    alike = {likeness.id: (likeness.title, likeness.by) for likeness in likenesses}
    for id_, title in case.base.detector.with_acronym(case.said("acronym")):
        alike.setdefault(id_, (title, case.said("acronym")))
    for id_, (title, by) in alike.items():
        case.report.seen_before.append(say("alike", title=title, id=Ours(id_), by=by))
    if any(likeness.score >= SURE for likeness in likenesses) or (alike and not case.said("more")):
        case.report.ask_a_person(say("person-alike"))


def _entry(case: Case, name: str, summary: str, website: str) -> dict[str, Any]:
    """The entry without its sources."""
    said: dict[str, Any] = {
        "name": name,
        "acronym": case.said("acronym"),
        "group": _value(case, "group"),
        "topics": _topics(case),
        "form": _value(case, "form"),
        "status": _value(case, "status"),
        "established": case.date("established"),
        "purpose": case.said("purpose"),
        "summary": summary,
        "website": website,
    }
    _measure(case, said)
    data = {key: {"value": value} if key in _CLAIMED else value for key, value in said.items() if value}
    reach = _value(case, "participants_range")
    if reach:
        data["participants"] = {"range": {"value": reach}}
    _tell(case, data)
    return data


def _measure(case: Case, said: dict[str, Any]) -> None:
    """Note what is too long for its field."""
    for key in ("name", "acronym", "purpose", "summary"):
        part = case.schema.at((key, "value") if key in _CLAIMED else (key,))
        length, limit = len(said[key]), int(part["maxLength"])
        if length > limit:
            case.report.ask(say("too-long", label=case.label(key), length=Ours(length), limit=Ours(limit)))
    most = int(case.schema.at(("topics",))["maxItems"])
    if len(said["topics"]) > most:
        case.report.ask(say("too-many", label=case.label("topics"), number=Ours(len(said["topics"])), limit=Ours(most)))


def _value(case: Case, id_: str) -> str:
    term = case.term(id_)
    return term.value if term else ""


def _topics(case: Case) -> list[str]:
    assert case.answers.form is not None
    terms = case.answers.form.field("topics").terms
    case.choice("topics")
    chosen = case.answers.chosen.get("topics", ())
    return [term.value for term in terms if term.title in chosen]


def _tell(case: Case, data: dict[str, Any]) -> None:
    """What was understood, field by field, and what a person adds."""
    known = {fact.dotted: fact for fact in facts(case.schema)}
    for dotted, value in _said(data):
        label = Ours(known[dotted].label)
        case.report.understood.append(say("understood-field", label=label, value=_shown(known[dotted], value, case)))
    left_open = [known[key].label for key in _OPEN if key not in data]
    if left_open:
        case.report.for_a_person.append(say("person-adds", labels=Ours(", ".join(left_open))))


def _said(data: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if key == "participants":
            yield "participants.range", value["range"]["value"]
        elif key != "name":
            yield key, value["value"] if key in _CLAIMED else value


def _shown(fact: Fact, value: Any, case: Case) -> str:
    vocabularies = {"group": "group", "topics": "topic"}
    if fact.dotted in vocabularies:
        values = value if isinstance(value, list) else [value]
        return ", ".join(case.schema.term(vocabularies[fact.dotted], one).title for one in values)
    return shown(fact, value, "", case.schema)


def _with_sources(data: dict[str, Any], sources: list[dict[str, Any]]) -> dict[str, Any]:
    """The entry with all its claims resting on the sources."""
    ids: list[str] = []
    for source in sources:
        ids.append(first_source_id(source, ids))
    listed = [{"id": id_, **source} for id_, source in zip(ids, sources, strict=True)]
    claims = [data[key] for key in _CLAIMED if key in data]
    claims += [data["participants"]["range"]] if "participants" in data else []
    for claim in claims:
        claim["sources"] = list(ids)
    return {**data, "sources": listed}


def _proposal(case: Case, data: dict[str, Any]) -> Proposal | None:
    id_ = _free_id(case, str(data.get("acronym", "")), str(data["name"]))
    if not id_:
        case.report.ask_a_person(say("person-id"))
        return None
    text = canonical_data(data, case.schema)
    return Proposal(id_, text, is_new=True) if objections(case, id_, text) else None


def _free_id(case: Case, acronym: str, name: str) -> str:
    """An id that no entry and no known actor has, from the acronym or the name."""
    taken = {document.id.casefold() for document in case.base.documents}
    taken |= {term.value for term in case.schema.terms("actor")}
    candidates = (slug(acronym), slug(name), f"{slug(acronym)}-{slug(name)}"[:60].strip("-"))
    return next((id_ for id_ in candidates if is_free_form(id_) and id_ not in taken), "")
