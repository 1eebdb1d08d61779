"""From what somebody says about where others can read it, to the sources of an entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from netreg.contribute import table
from netreg.contribute.edit.draft import is_same_source
from netreg.contribute.form import SPEAKS_FOR_IT
from netreg.contribute.parse.references import Places, document_at, document_key, places_in
from netreg.contribute.parse.values import language_of
from netreg.contribute.reply.messages import Ours, Reading, Reply, ask, hand_over, leave, say, understood
from netreg.contribute.request import FilledForm
from netreg.core.address import host_of
from netreg.core.dates import spoken
from netreg.core.load import Node
from netreg.core.mask import masked
from netreg.entry import Entry
from netreg.model import phrases

SourceData = dict[str, Any]
"""A source as an entry has it, and under ``where`` the place in it that the sender names."""

OWN, OFFICIAL, STATEMENT = "self-presentation", "official-document", "statement-to-registry"

_NOT_OPENED, _UNKNOWN_LANGUAGE = "reported", "und"
"""How a source was read that nobody of the registry has opened yet, and what ISO 639 has for a language not said."""

_MOST = 5
"""Sources of one request at most; who gives more is read by a person."""

_DESCRIPTION = ("source_title", "source_author")


@dataclass(frozen=True, slots=True)
class Body:
    """The body that a request is about, whose own words its sources may hold; ``listed`` are those of its entry."""

    name: str
    website: str
    listed: Sequence[Node] = ()


def sources_said(filled: FilledForm, body: Body) -> Reading[list[SourceData]]:
    """The sources that a request gives, without ids; none where one is missing, cut, or no place to read it."""
    text = filled.answers.text("source")
    places = places_in(text, filled.request.sent.year, filled.base.site)
    told = filled.choice("source_kind").told
    for said, what in places.refused:
        told += ask("no-source", said=said, what=Ours(what))
    for key, all_said in (("source-cut", places.cut), ("source-two-ways", places.unclear)):
        told += sum((ask(key, said=said) for said in all_said), Reply())
    if places.refused or places.cut or places.unclear:
        return Reading([], told)
    sources = _sources(places)
    if not sources:
        stated = _without_place(filled, body, text)
        return Reading(stated.value, told + stated.told)
    is_more = bool(places.rest) or len(sources) > _MOST
    described = [_described(source, filled, body, is_alone=len(sources) == 1) for source in sources[:_MOST]]
    told += sum((one.told for one in described), filled.kept("source") if is_more else Reply())
    return Reading([one.value for one in described if one.value], told)


def sources_cited(filled: FilledForm, entry: Entry) -> Reading[list[SourceData]]:
    """The same for an entry, with the place in the source, where one source and one place are given."""
    website = str(entry.website.value or "") if entry.website else ""
    body, where = Body(entry.name or entry.label, website, entry.items("sources")), filled.said("where")
    said = sources_said(filled, body)
    if len(said.value) == 1 and 0 < len(where) <= filled.schema.at(("form", "sources", 0, "where"))["maxLength"]:
        told = said.told + understood("understood-where", where=where)
        return Reading([{**said.value[0], "where": where}], told)
    return Reading(said.value, said.told + filled.kept("where"))


def _sources(places: Places) -> list[SourceData]:
    """The places as sources; one address and one document, with nothing between, are one."""
    documents = [{"type": kind, "number": number} for kind, number in places.documents]
    if len(places.addresses) == len(documents) == 1 and not places.rest:
        return [{"url": places.addresses[0], "document": documents[0]}]
    found: list[SourceData] = []
    for address in places.addresses:
        at = document_at(address)
        found.append({"url": address, **({"document": {"type": at[0], "number": at[1]}} if at else {})})
    known = {document_key(source["document"]["number"]) for source in found if "document" in source}
    return found + [{"document": one} for one in documents if document_key(one["number"]) not in known]


def _described(source: SourceData, filled: FilledForm, body: Body, *, is_alone: bool) -> Reading[SourceData]:
    """A source with whose words it holds; empty where that is not said and cannot be told."""
    place, kind = _place_of(source), _kind(source, filled, body)
    if not kind:
        return Reading({}, ask("source-kind", source=place))
    title, author = (filled.said(id_) if is_alone else "" for id_ in _DESCRIPTION)
    known = next((node for node in body.listed if is_same_source(node, source)), None)
    language = _language(filled)
    number = str(source.get("document", {}).get("number", ""))
    both = place if number in place else f"{place}, {number}"
    echo = say("understood-source-known", source=both, title=known.string("title") or "") if known else None
    told = language.told + Reply(sources=(echo or say("understood-source", source=both),))
    told += filled.kept(*_DESCRIPTION) if not is_alone or known else Reply()
    given = {"title": title, "author": author, "language": language.value}
    if not known and not all(given.values()):
        labels = (str(filled.schema.at(("sources", 0, name))["title"]).lower() for name in given if not given[name])
        told += leave("person-source", source=place, labels=Ours(", ".join(labels)))
    described = {
        "title": title or place,
        "author": author or _author(source, kind, body),
        "kind": kind,
        **source,
        "language": language.value or _UNKNOWN_LANGUAGE,
        **({"request": filled.request.number} if filled.request.number else {}),
        # The day of the request: that others can read it there is so far the word of the sender.
        "read": {"date": filled.request.sent.isoformat(), "how": _NOT_OPENED},
    }
    return Reading(described, told)


def _author(source: SourceData, kind: str, body: Body) -> str:
    """Whose words they are, as far as the place shows it: the body on its own site, an institution by its register."""
    own = body.name if kind == OWN and _is_own_site(source, body) else ""
    return own or _institution(source) or host_of(source.get("url", "")) or _place_of(source)


def _is_own_site(source: SourceData, body: Body) -> bool:
    return host_of(source.get("url", "")) == host_of(body.website) != ""


def _institution(source: SourceData) -> str:
    """Whose documents its register holds; empty where it is in none, or this holds others than official ones."""
    return str(table("parse/references.yaml")["registers"].get(source.get("document", {}).get("type"), ""))


def _place_of(source: SourceData) -> str:
    """Where a source is, for people: its address without the scheme and without a password, or its number."""
    address = masked(source.get("url", ""))
    return address.partition("://")[2].rstrip("/") if address else str(source["document"]["number"])


def _kind(source: SourceData, filled: FilledForm, body: Body) -> str:
    """Whose words it holds: as chosen, else as the body's own site or a register of documents shows."""
    chosen = filled.term("source_kind").value
    if chosen is not None and chosen.value != STATEMENT:
        return chosen.value
    return OWN if _is_own_site(source, body) else OFFICIAL if _institution(source) else ""


def _language(filled: FilledForm) -> Reading[str]:
    said = filled.said("source_language")
    code = language_of(said)
    return Reading(code, ask("language", said=said) if said and not code else Reply())


def _without_place(filled: FilledForm, body: Body, text: str) -> Reading[list[SourceData]]:
    """The sender's own word, where it counts and was chosen, whatever stands in the field for a place."""
    chosen = filled.term("source_kind").value
    # A paper that nobody else can read: where the body itself writes, it is no more than its own word.
    papers = table("parse/references.yaml")["papers"].replace("| ", "|")
    names_paper = re.search(rf"\b(?:{papers})\b", text, re.IGNORECASE) is not None
    is_paper = names_paper and (chosen is None or chosen.value == OWN)
    is_unclear = bool(text.strip()) and (chosen is None or chosen.value != STATEMENT) and not is_paper
    if filled.role not in SPEAKS_FOR_IT or is_unclear:
        unclear = "source-letter" if names_paper else "source-unclear"
        return Reading([], ask(unclear, said=text) if text.strip() else ask("source"))
    if filled.request.number is None:
        return Reading([], hand_over("request-number"))
    told = filled.kept("source", *_DESCRIPTION) + leave("person-statement")
    told += understood("understood-own-paper", said=text) if is_paper else Reply()
    when, by = Ours(spoken(filled.request.sent.isoformat())), Ours(phrases.sender(filled.role))
    told += Reply(sources=(say("understood-statement", date=when, role=by),))
    language = _language(filled)
    return Reading([own_word(filled, body.name, language.value or "en")], told + language.told)


def own_word(filled: FilledForm, author: str, language: str = "en") -> SourceData:
    """The word of a body as a source; how a maintainer made sure that it is the body's stands with it, no address."""
    request, sent = filled.request, filled.request.sent.isoformat()
    proof = {"proof": request.proof} if request.proof else {}
    return {
        "title": f"Statement to the registry in request {request.number}",
        "author": author,
        "kind": STATEMENT,
        "statement": {"request": request.number, "role": filled.role, "date": sent, **proof},
        "language": language,
        "read": {"date": sent, "how": "live"},
    }
