"""From what somebody says about where others can read it, to the sources of an entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from netreg.contribute.case import Case
from netreg.contribute.edit.draft import is_same_source
from netreg.contribute.parse.references import address_of, addresses_in, beside, documents_in
from netreg.contribute.parse.values import language_of
from netreg.contribute.reply.messages import Ours, say
from netreg.core.address import host_of
from netreg.core.dates import spoken
from netreg.core.load import Node

Source = dict[str, Any]

REPORTED = "reported"
"""How a source was read that nobody of the registry has opened yet."""

OWN, OFFICIAL, STATEMENT = "self-presentation", "official-document", "statement-to-registry"

UNKNOWN_LANGUAGE = "und"
"""What ISO 639 has for a language that nobody said."""

_MOST = 5
_REGISTERS = {
    "celex": "European Union",
    "oj": "European Union",
    "council": "Council of the European Union",
    "commission": "European Commission",
    "coe": "Council of Europe",
    "bundestag": "Deutscher Bundestag",
}
"""Registers that hold official documents only, and whose they are."""


@dataclass(frozen=True, slots=True)
class Body:
    """The body that a request is about, whose own words its sources may hold; ``entry`` is None for a new one."""

    name: str
    website: str
    entry: Node | None = None

    def knows(self, source: Source) -> bool:
        """Whether its entry has this source already."""
        listed = self.entry.get("sources") if self.entry else None
        return any(is_same_source(node, source) for _, node in listed.items()) if listed else False


def sources_said(case: Case, body: Body) -> list[Source]:
    """The sources that a request gives, without ids; none where one is missing, which is then noted."""
    text = case.answers.text("source")
    case.choice("source_kind")
    places = list(_places(text))
    if not places:
        return _without_place(case, body, text)
    if beside(text) or len(places) > _MOST:
        case.report.keep(case.label("source"), text)
    described = [_described(source, case, body, alone=len(places) == 1) for source in places[:_MOST]]
    return [{**source, **_read(case)} for source in described if source]


def _places(text: str) -> Iterator[Source]:
    """The addresses and document numbers in a text; one of each, with nothing between, is one source."""
    addresses = addresses_in(text) or list(filter(None, [address_of(text)]))
    documents = documents_in(text)
    if len(addresses) == len(documents) == 1 and not beside(text):
        yield {"url": addresses[0], "document": _document(*documents[0])}
        return
    yield from ({"url": address} for address in addresses)
    yield from ({"document": _document(*document)} for document in documents)


def _document(kind: str, number: str) -> Source:
    return {"type": kind, "number": number}


def _read(case: Case) -> Source:
    """The day of the request: that others can read it there is so far the word of the sender."""
    return {"read": {"date": case.request.sent.isoformat(), "how": REPORTED}}


def _described(source: Source, case: Case, body: Body, *, alone: bool) -> Source:
    """A source with whose words it holds; empty where that is not said and cannot be told."""
    place = place_of(source)
    kind = _kind(source, case, body)
    if not kind:
        case.report.ask(say("source-kind", source=place))
        return {}
    given = {name: case.said(f"source_{name}") if alone else "" for name in ("title", "author")}
    if not alone or body.knows(source):
        _keep_description(case)
    language = _language(case)
    left_open = [name for name in ("title", "author") if not given[name]] + ([] if language else ["language"])
    if left_open and not body.knows(source):
        labels = Ours(", ".join(str(case.schema.at(("sources", 0, name))["title"]).lower() for name in left_open))
        case.report.for_a_person.append(say("person-source", source=place, labels=labels))
    case.report.sources.append(say("understood-source", source=place))
    return {
        "title": given["title"] or place,
        "author": given["author"] or _author(source, kind, body),
        "kind": kind,
        **source,
        "language": language or UNKNOWN_LANGUAGE,
    }


def _keep_description(case: Case) -> None:
    """Keep what was said of a source where it does not go into the entry."""
    for name in ("title", "author"):
        case.report.keep(case.label(f"source_{name}"), case.answers.text(f"source_{name}"))


def _author(source: Source, kind: str, body: Body) -> str:
    """Whose words they are, as far as the place shows it: the body on its own site, an institution by its register."""
    if kind == OWN and host_of(source.get("url", "")) and host_of(source.get("url", "")) == host_of(body.website):
        return body.name
    register = _REGISTERS.get(source.get("document", {}).get("type", ""), "")
    return register or host_of(source.get("url", "")) or place_of(source)


def place_of(source: Source) -> str:
    """Where a source is, for people: its address without the scheme, or its number."""
    return source["url"].partition("://")[2].rstrip("/") if "url" in source else str(source["document"]["number"])


def _kind(source: Source, case: Case, body: Body) -> str:
    """Whose words it holds: as chosen, else as the body's own site or a register of documents shows."""
    chosen = case.term("source_kind")
    if chosen is not None and chosen.value != STATEMENT:
        return chosen.value
    if host_of(source.get("url", "")) and host_of(source.get("url", "")) == host_of(body.website):
        return OWN
    return OFFICIAL if source.get("document", {}).get("type") in _REGISTERS else ""


def _language(case: Case) -> str:
    said = case.said("source_language")
    code = language_of(said)
    if said and not code:
        case.report.ask(say("language", said=said))
    return code


def _without_place(case: Case, body: Body, text: str) -> list[Source]:
    """The sender's own word, where it counts."""
    if not case.speaks_for_it or (text.strip() and not _is_no_place(case)):
        key = "source-unclear" if text.strip() else "source"
        case.report.ask(say(key, said=text))
        return []
    if case.request.number is None:
        case.report.ask_a_person(say("request-number"))
        return []
    case.report.keep(case.label("source"), text)
    _keep_description(case)
    return [_statement(case, body, case.request.number)]


def _is_no_place(case: Case) -> bool:
    """Whether the sender chose to give a word and no page, whatever stands in the field for it."""
    chosen = case.term("source_kind")
    return chosen is not None and chosen.value == STATEMENT


def _statement(case: Case, body: Body, number: int) -> Source:
    sent = case.request.sent.isoformat()
    role = Ours(f"the {case.role}" if case.role == "secretariat" else f"a {case.role}")
    case.report.sources.append(say("understood-statement", date=Ours(spoken(sent)), role=role))
    case.report.for_a_person.append(say("person-statement"))
    return {
        "title": f"Statement to the registry in request {number}",
        "author": body.name,
        "kind": STATEMENT,
        "statement": {"request": number, "role": case.role, "date": sent},
        "language": _language(case) or "en",
        "read": {"date": sent, "how": "live"},
    }
